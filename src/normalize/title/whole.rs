//! A title that a board has cut off and the text below it in, the whole title out.
//!
//! Boards cut titles at an ampersand (`Research` for `Research & Instruction Librarian`) or after some
//! number of characters; the text often begins with the whole.

use super::words;

/// Bytes of the text in which the whole title is looked for.
const HEAD: usize = 1_000;

/// Bytes that may be missing.
const MISSING: usize = 120;

/// The shortest beginning of a title that is looked for in a text.
const SHORTEST: usize = 6;

/// Words with which no title ends, in lower case.
const DANGLING: [&str; 6] = ["and", "or", "of", "for", "the", "&"];

/// The title as the text has it, if that goes on where `title` ends: with an ampersand, or where
/// `title` shows by dots, by a last `and` or by an open parenthesis that it is not whole. It ends with
/// a job's word and what stands in parentheses behind it, with the parenthesis that was open, or with
/// its line.
pub fn whole(title: &str, text: &str) -> Option<String> {
    let (stump, cut) = stump(title);
    if stump.len() < SHORTEST {
        return None;
    }
    let head = &text[..text.floor_char_boundary(HEAD)];
    let ends = head.match_indices(stump).filter(|(at, _)| begins(&head[..*at]));
    ends.map(|(at, _)| &head[at + stump.len()..]).find_map(|rest| {
        let more = rest.trim_start_matches([' ', ',']);
        let goes_on = cut || more.starts_with("& ") && !more.len().eq(&rest.len());
        let end = goes_on.then(|| end(rest, depth(stump))).flatten()?;
        Some(format!("{stump}{}", &rest[..end]))
    })
}

/// A title that was cut off without what can only be read in the whole: an open parenthesis, a last `and`.
/// Any other stays as it is.
pub fn without_stump(title: &str) -> &str {
    let (stump, cut) = stump(title);
    if !cut {
        return title;
    }
    if depth(stump) > 0
        && let Some(front) =
            stump.rfind('(').map(|at| stump[..at].trim_end()).filter(|front| !front.is_empty())
    {
        return front;
    }
    let words = stump.rsplit_once(' ').filter(|(_, last)| is_dangling(last));
    words.map_or(title, |(front, _)| front.trim_end_matches([' ', ',']))
}

/// The title without dots at its end, and whether it shows that it was cut off.
fn stump(title: &str) -> (&str, bool) {
    let title = title.trim();
    let bare = title.strip_suffix("...").or_else(|| title.strip_suffix('…'));
    if let Some(bare) = bare {
        return (bare.trim_end_matches(['.', ' ']), true);
    }
    let last = title.rsplit(' ').next().unwrap_or_default();
    (title, title.len() > last.len() && is_dangling(last) || depth(title) > 0)
}

fn is_dangling(word: &str) -> bool {
    DANGLING.iter().any(|dangling| dangling.eq_ignore_ascii_case(word))
}

/// How many parentheses are open at the end.
fn depth(text: &str) -> usize {
    text.chars().fold(0_usize, |depth, c| match c {
        '(' => depth + 1,
        ')' => depth.saturating_sub(1),
        _ => depth,
    })
}

/// Whether a title can begin behind this text.
fn begins(before: &str) -> bool {
    let bare = before.trim_end_matches(' ');
    bare.is_empty() || bare.ends_with([':', '\n', '.', '–', '—', '|']) || bare.ends_with(" -")
}

/// Where the title ends in what follows its beginning, in which `depth` parentheses are open.
fn end(rest: &str, mut depth: usize) -> Option<usize> {
    let (mut word, mut in_word) = (0, false);
    for (at, c) in rest.char_indices().chain([(rest.len(), '\n')]).take_while(|(at, _)| *at <= MISSING) {
        if c.is_alphanumeric() {
            if !in_word {
                (word, in_word) = (at, true);
            }
            continue;
        }
        // A reader's sentence has words that no title has.
        if std::mem::take(&mut in_word) && word > 0 && !is_titled(&rest[word..at]) {
            return None;
        }
        let job = || is_job(&rest[word..at]) && at > word;
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return Some(at + 1),
            ')' => depth = depth.saturating_sub(1),
            '\n' => return (depth == 0 && job()).then_some(at),
            ' ' | ',' | ':' | ';' | '.' if depth == 0 && job() => {
                return Some(parenthesis(rest, at).unwrap_or(at));
            }
            // A label of what comes next.
            ':' => return None,
            _ => {}
        }
    }
    None
}

/// The end of a short parenthesis that begins behind a space.
fn parenthesis(rest: &str, at: usize) -> Option<usize> {
    let inner = rest[at..].strip_prefix(" (")?;
    let end =
        inner.find([')', '(', '\n']).filter(|end| *end < MISSING / 2 && inner[*end..].starts_with(')'))?;
    Some(at + 2 + end + 1)
}

fn is_titled(word: &str) -> bool {
    !word.starts_with(char::is_lowercase) || words::is_small(word)
}

fn is_job(word: &str) -> bool {
    words::kind(&word.to_lowercase()) == Some(words::Kind::Job)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn titles_are_completed_from_the_text() {
        let cases = [
            (
                "Research",
                "Research & Instruction Librarian (Senior Assistant) Rank: 3",
                "Research & Instruction Librarian (Senior Assistant)",
            ),
            (
                "Research",
                "Salary: Sample U: Research & Evidence Librarian Sample Overview",
                "Research & Evidence Librarian",
            ),
            (
                "Head of Teaching, Research,",
                "Head of Teaching, Research, & Outreach for the Elm Library (Full Librarian) Details",
                "Head of Teaching, Research, & Outreach for the Elm Library (Full Librarian)",
            ),
            (
                "Full Professor (Director of Services a...",
                "Title:Full Professor (Director of Services and Collections)Requ",
                "Full Professor (Director of Services and Collections)",
            ),
            (
                "Dean of Teaching and",
                "Dean of Teaching and Learning Librarian",
                "Dean of Teaching and Learning Librarian",
            ),
        ];
        for (title, text, expected) in cases {
            assert_eq!(whole(title, text).as_deref(), Some(expected), "{title}");
        }
    }

    #[test]
    fn whole_titles_stay() {
        let cases = [
            ("Librarian", "Librarian & Information Science Department seeks you"),
            ("Librarian", "The Librarian & Archivist will help"),
            ("Librarian", "Librarian of a small town"),
            ("Research", "Research & development of tools for librarian"),
            ("Page", "Page & Aide"),
            ("Specialist, Media", "Specialist, Media & Maps Ashford Title: Specialist"),
            ("Head of Services and", "Head of Services"),
        ];
        for (title, text) in cases {
            assert_eq!(whole(title, text), None, "{title}: {text}");
        }
    }

    #[test]
    fn stumps_without_a_text_lose_what_is_not_whole() {
        assert_eq!(without_stump("Full Professor (Director of Services a..."), "Full Professor");
        assert_eq!(without_stump("Full Professor (Director of Services and"), "Full Professor");
        assert_eq!(without_stump("Head of Teaching and"), "Head of Teaching");
        assert_eq!(without_stump("Librarian for Artificia..."), "Librarian for Artificia...");
        assert_eq!(without_stump("Librarian (Music)"), "Librarian (Music)");
        assert_eq!(without_stump("And"), "And");
    }

    proptest! {
        #[test]
        fn any_text_is_looked_into(title in "[A-Za-z(&….é ]{0,12}", text in "[A-Za-z()&:\n.é ]{0,40}") {
            without_stump(&title);
            if let Some(whole) = whole(&title, &format!("{title}{text}")) {
                prop_assert!(whole.starts_with(stump(&title).0));
            }
        }
    }
}
