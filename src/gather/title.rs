//! A posting's title in, what of it tells vacancies apart out; two titles in, how they agree out.

use serde::{Deserialize, Serialize};

use super::words::{
    each_meant, grade, is_appointed, is_branch, is_empty, is_language, is_plain, is_rank, is_shift,
};
use crate::text;

/// Bits of [`Title::hours`].
pub(super) const PART: u8 = 1;
pub(super) const FULL: u8 = 2;
pub(super) const TEMPORARY: u8 = 4;

/// A title as it is compared: its words in one spelling, and what stands beside them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// The words that tell the job, sorted, none twice.
    pub core: Vec<String>,
    /// All words of the title in their order, to see where one was cut off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub line: Vec<String>,
    /// `II`, `Level 2`: sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<u8>,
    /// `assistant`, `associate`, `full` of a professor's title, which says who may apply.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub professor: Vec<String>,
    /// `evening`, `weekend`: sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shifts: Vec<String>,
    /// What a branch, a campus or a building is called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub branches: Vec<String>,
    /// Words of the line that the title leaves out: a department, a branch, a season.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rest: Vec<String>,
    /// Part-time, full-time, temporary.
    #[serde(default)]
    pub hours: u8,
}

impl Title {
    /// Reads the job title, and the source's whole title line for what the title leaves out: hours,
    /// shifts, grades and branches. `names` are the words of the employer and of the places.
    pub fn new(title: &str, line: Option<&str>, names: &[String]) -> Self {
        let mut read = Title::default();
        let folded = text::fold(title);
        let mut words = Vec::new();
        each_meant(&folded, |word| words.push(word.to_owned()));
        read.take(&words, names, true);
        if let Some(line) = line {
            let folded = text::fold(&text::decode(line));
            let mut more = Vec::new();
            each_meant(&folded, |word| more.push(word.to_owned()));
            read.take(&more, names, false);
        }
        if read.core.is_empty() {
            read.core = std::mem::take(&mut read.professor);
        }
        read.rest.retain(|word| !words.contains(word));
        read.line = words;
        for list in
            [&mut read.core, &mut read.shifts, &mut read.branches, &mut read.professor, &mut read.rest]
        {
            list.sort_unstable();
            list.dedup();
        }
        read.grades.sort_unstable();
        read.grades.dedup();
        read
    }

    /// Takes up words of the title itself, or of the line around it, where most words are of others.
    fn take(&mut self, words: &[String], names: &[String], own: bool) {
        let is_professor = words.iter().any(|word| word == "professor");
        for (at, word) in words.iter().enumerate() {
            let next = words.get(at + 1).map_or("", String::as_str);
            let before = at.checked_sub(1).map_or("", |at| words[at].as_str());
            let word = word.as_str();
            let named = names.iter().any(|name| name == word);
            match word {
                "part" if next == "time" => self.hours |= PART,
                "full" if next == "time" => self.hours |= FULL,
                "time" if matches!(before, "part" | "full") => {}
                "temporary" => self.hours |= TEMPORARY,
                _ if is_branch(word) && !before.is_empty() => {
                    if !names.iter().any(|name| name == before) && !is_empty(before) && !is_plain(before) {
                        self.branches.push(before.to_owned());
                    }
                    self.core.retain(|known| known != before);
                }
                _ if named && !own => {}
                _ if is_shift(word) => self.shifts.push(word.to_owned()),
                _ if own && is_professor && is_professors(word) => self.professor.push(word.to_owned()),
                // `(2 year term)`, `3 days a week`.
                _ if grade(word).is_some() && is_counted(next) => {}
                _ if grade(word).is_some() => {
                    // In the line around a title `(2)` is how many are wanted.
                    if own || !word.as_bytes()[0].is_ascii_digit() {
                        self.grades.extend(grade(word));
                    }
                }
                _ if is_appointed(word) => self.core.push(word.to_owned()),
                _ if is_empty(word) => {}
                _ if !own && !is_year(word) && is_number(word) => {}
                // Codes of states, too.
                _ if !own && word.len() > 2 => self.rest.push(word.to_owned()),
                _ if !own => {}
                _ if is_number(word) => {}
                _ => self.core.push(word.to_owned()),
            }
        }
    }

    /// The words to look a title up by of which another board may leave some out: those that tell most,
    /// and the first.
    pub fn telling(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.core.iter().map(String::as_str).collect();
        words.sort_by_key(|word| (is_plain(word) || is_rank(word), std::cmp::Reverse(word.len())));
        words.truncate(2);
        // What is left of a title that was cut off.
        let first = self.line.iter().find(|word| self.core.contains(word)).map(String::as_str);
        words.extend(first.filter(|first| !words.contains(first)));
        words
    }

    /// Whether the title is one that every other employer uses, too.
    pub fn is_plain(&self) -> bool {
        self.core.iter().all(|word| is_plain(word) || is_rank(word))
    }
}

/// Whether a number before this word counts something.
fn is_counted(word: &str) -> bool {
    matches!(
        word,
        "day" | "hour" | "month" | "opening" | "position" | "semester" | "vacancy" | "week" | "year"
    )
}

/// Ranks of a faculty: who may apply, not what the work is.
fn is_professors(word: &str) -> bool {
    matches!(word, "assistant" | "associate" | "full" | "professor" | "instructor" | "lecturer")
}

/// Requisition numbers, years, codes.
fn is_number(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.starts_with("20") && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// How two titles' words agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    Same,
    /// The same, and it is a title that many employers use.
    Plain,
    /// One is the beginning of the other, cut off at an `&` or where a board's lines end.
    Cut,
    /// One has words that the other lacks.
    More,
    /// One has a rank or a language that the other lacks.
    Rank,
    /// Each has words of its own, most are the same.
    Near,
    Other,
}

/// Boards that cut titles do so at 64 characters or later.
const CUT: usize = 8;

/// Compares two titles; `names` are the words of both employers and of both places, which one board
/// puts into the title and the other does not.
pub fn compare(a: &Title, b: &Title, names: &[&str]) -> (Agreement, Vec<String>) {
    let mut only = [only(&a.core, &b.core, names), only(&b.core, &a.core, names)];
    forgive_slips(&mut only);
    let shared = a.core.iter().filter(|word| b.core.contains(word)).count();
    let differing: Vec<_> = only.iter().flatten().map(|word| (*word).to_owned()).collect();
    let agreement = match (only[0].len(), only[1].len()) {
        (0, 0) if a.core.is_empty() || b.core.is_empty() => {
            // Of a title without words that tell, nothing else may tell either.
            if a.line == b.line { Agreement::Plain } else { Agreement::Other }
        }
        (0, 0) if a.is_plain() && b.is_plain() => Agreement::Plain,
        (0, 0) => Agreement::Same,
        _ if is_cut(&a.line, &b.line) || is_cut(&b.line, &a.line) => Agreement::Cut,
        _ if shared == 0 => Agreement::Other,
        (0, _) | (_, 0) => {
            if differing.iter().any(|word| is_rank(word) || is_language(word)) {
                Agreement::Rank
            } else {
                Agreement::More
            }
        }
        (more, other) if more + other <= shared => Agreement::Near,
        _ => Agreement::Other,
    };
    (agreement, differing)
}

/// Words that the lines around two titles have, beside those of both and of names: what each has alone.
pub fn rests<'a>(a: &'a Title, b: &'a Title, names: &[&str]) -> [Vec<&'a str>; 2] {
    let only = |one: &'a Title, other: &'a Title| -> Vec<&'a str> {
        let mut words = only(&one.rest, &other.rest, names);
        words.retain(|word| !other.line.iter().any(|known| known == word));
        words
    };
    [only(a, b), only(b, a)]
}

/// Words of `a` that `b` lacks, but for names.
fn only<'a>(a: &'a [String], b: &[String], names: &[&str]) -> Vec<&'a str> {
    a.iter()
        .filter(|word| !b.contains(word))
        .map(String::as_str)
        .filter(|word| !names.contains(word))
        .collect()
}

/// Takes out words that one side misspelt.
fn forgive_slips(only: &mut [Vec<&str>; 2]) {
    let [a, b] = only;
    if a.len() + b.len() > 8 {
        return;
    }
    a.retain(|word| match b.iter().position(|other| super::words::is_slip(word, other)) {
        Some(at) => {
            b.remove(at);
            false
        }
        None => true,
    });
}

/// Whether `short` is the beginning of `long`: at an `&`, or so long that a board cut it.
fn is_cut(short: &[String], long: &[String]) -> bool {
    !short.is_empty()
        && long.len() > short.len()
        && long.starts_with(short)
        && (short.len() >= CUT
            || long[short.len()] == "and"
            || short.last().is_some_and(|last| last == "and"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agree(a: &str, b: &str) -> Agreement {
        let title = |text| Title::new(text, None, &[]);
        let (forth, back) = (compare(&title(a), &title(b), &[]).0, compare(&title(b), &title(a), &[]).0);
        assert_eq!(forth, back, "{a} / {b}");
        forth
    }

    #[test]
    fn titles_agree_by_their_words() {
        use Agreement::*;
        for (a, b, expected) in [
            ("Asst Map Librarian", "Assistant Librarian, Maps", Same),
            ("Head of Maps & Plans", "Head, Maps and Plans", Same),
            ("Asst/Assoc Professor - Map Archivist", "Map Archivist", Same),
            ("Open Rank - Map Archivist (Tenure Track)", "Map Archivist", Same),
            ("PT Library Aide", "Library Aide", Plain),
            ("Librarian", "Librarians", Plain),
            ("Catalogue Librarian for Musuems", "Cataloging Librarian for Museums", Same),
            ("Research", "Research & Evidence Librarian", Cut),
            ("Research", "Research Data Librarian", More),
            ("Map Archivist", "Digital Map Archivist", More),
            ("Map Archivist", "Senior Map Archivist", Rank),
            ("Catalog Librarian", "Catalog Librarian - Arabic", Rank),
            ("Hebrew Cataloging Intern", "Spanish Cataloging Intern", Near),
            ("Director for Research Services", "Director for Collections Services", Near),
            ("Map Librarian", "Music Archivist", Other),
        ] {
            assert_eq!(agree(a, b), expected, "{a} / {b}");
        }
    }

    #[test]
    fn what_a_title_leaves_out_is_read_from_its_line() {
        let names = ["elm".to_owned(), "college".to_owned()];
        let line = "Librarian III (PT, Evenings), West Branch - Elm College (2)";
        let title = Title::new("Librarian", Some(line), &names);
        assert_eq!(title.core, ["librarian"]);
        assert_eq!((title.grades, title.hours), (vec![3], PART));
        assert_eq!((title.shifts, title.branches), (vec!["evening".to_owned()], vec!["west".to_owned()]));
    }
}
