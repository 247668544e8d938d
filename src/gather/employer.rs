//! An employer's name and where it is in, by what it is known out; two of them in, how they agree out.

use serde::{Deserialize, Serialize};

use super::words::{each_meant, is_slip, is_small, is_unit, turns_a_name};
use crate::text;

/// A name as it is compared: the organizations that it names, each as its words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employer {
    /// `Rod Library, University of Northern Iowa` names two. Words in one spelling, small ones left out.
    pub parts: Vec<Vec<String>>,
    /// It is a system or a district of several.
    #[serde(default)]
    pub system: bool,
}

impl Employer {
    pub fn new(name: &str) -> Self {
        let mut employer = Employer::default();
        for piece in pieces(name) {
            let mut words = Vec::new();
            each_meant(&text::fold(piece), |word| {
                employer.system |= matches!(word, "system" | "district");
                if !is_small(word) && !words.iter().any(|known| known == word) {
                    words.push(word.to_owned());
                }
            });
            // `(MN)` and `Inc.` name nothing.
            if words.iter().any(|word| word.len() > 2) {
                employer.parts.push(words);
            }
        }
        employer
    }

    pub fn is_known(&self) -> bool {
        !self.parts.is_empty()
    }

    /// All words, the telling ones and the others.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().flatten().map(String::as_str)
    }

    /// The words that are no general name of a part or of the whole; all, if there are no others.
    pub fn telling(&self) -> Vec<&str> {
        let telling: Vec<_> = self.words().filter(|word| !is_unit(word)).collect();
        let all = || self.words().collect();
        sorted(if telling.is_empty() { all() } else { telling })
    }

    /// The organizations, each as one text to look it up by; a town that the work is in is left out,
    /// since of one campus some boards name the town and others do not.
    pub fn keys(&self, towns: &[&str]) -> Vec<String> {
        let mut keys: Vec<String> = Vec::new();
        for part in &self.parts {
            let words: Vec<&str> = part.iter().map(String::as_str).filter(|word| !is_unit(word)).collect();
            let tells = words.len() > 1 || words.iter().any(|word| !turns_a_name(word));
            let short: Vec<&str> = words.iter().copied().filter(|word| !towns.contains(word)).collect();
            let named = short.iter().any(|word| !turns_a_name(word));
            let key = sorted(if named { short } else { words }).join(" ");
            if tells && !keys.contains(&key) {
                keys.push(key);
            }
        }
        // `University of Elm - Boulder` is written with and without what parts it.
        let whole =
            self.telling().into_iter().filter(|word| !towns.contains(word)).collect::<Vec<_>>().join(" ");
        if keys.len() > 1 && keys.len() < 3 && !keys.contains(&whole) {
            keys.push(whole);
        }
        keys
    }
}

/// The parts of a name that stand apart in it: at commas, parentheses, dashes between spaces, ` at `.
fn pieces(name: &str) -> impl Iterator<Item = &str> {
    let at_marks = name.split([',', '(', ')', '/', ';', '|', ':', '–', '—']);
    at_marks.flat_map(|piece| piece.split(" - ")).flat_map(|piece| piece.split(" at the ")).flat_map(
        |piece| {
            // `at Boulder` is a campus, which belongs to what it stands beside.
            match piece.split_once(" at ") {
                Some((unit, whole))
                    if !unit.starts_with("University of") && !unit.contains(" University of") =>
                {
                    [unit, whole].into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>()
                }
                _ => vec![piece],
            }
        },
    )
}

fn sorted(mut words: Vec<&str>) -> Vec<&str> {
    words.sort_unstable();
    words.dedup();
    words
}

/// How two employers agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    Same,
    /// One is a part of the other: `Rod Library`, `University of Northern Iowa (Rod Library)`.
    Unit,
    /// One names the town of the campus, the other does not.
    Campus,
    /// One is the system that the other belongs to, as far as names tell.
    System,
    /// Two parts of one whole.
    Siblings,
    /// One is not known.
    Unknown,
    /// Two campuses of one system.
    OtherCampus,
    Other,
}

/// Compares two employers; `towns` are the words of the towns that either posting is in.
pub fn compare(a: &Employer, b: &Employer, towns: &[&str], states: &[&str]) -> Agreement {
    if !a.is_known() || !b.is_known() {
        return Agreement::Unknown;
    }
    let (of_a, of_b) = (a.telling(), b.telling());
    let mut only_a: Vec<_> = of_a.iter().copied().filter(|word| !of_b.contains(word)).collect();
    let mut only_b: Vec<_> = of_b.iter().copied().filter(|word| !of_a.contains(word)).collect();
    forgive_slips(&mut only_a, &mut only_b);
    if only_a.is_empty() && only_b.is_empty() {
        return Agreement::Same;
    }
    if initials(a, b) || initials(b, a) {
        return Agreement::Same;
    }
    if of_a.len() == only_a.len() || of_b.len() == only_b.len() {
        return Agreement::Other;
    }
    match (only_a.is_empty(), only_b.is_empty()) {
        (true, _) => contained(a, b, &only_b, towns, states),
        (_, true) => contained(b, a, &only_a, towns, states),
        _ => overlapping(a, b, &only_a, &only_b, towns),
    }
}

/// `short` lacks the words `more` that `long` has.
fn contained(short: &Employer, long: &Employer, more: &[&str], towns: &[&str], states: &[&str]) -> Agreement {
    if more.iter().all(|word| towns.contains(word)) {
        return Agreement::Campus;
    }
    // `Lebanon Valley College of Pennsylvania`, `Barnard College, Columbia University`.
    if long.parts.len() == 1 && more.iter().all(|word| states.contains(word)) {
        return Agreement::Same;
    }
    if is_part_of(short, long) {
        return Agreement::Unit;
    }
    if short.system {
        return Agreement::System;
    }
    // `Elm University Oak Library`: what it is called in one line with its parent's name.
    let is_unit_of = long.words().any(|word| is_unit(word) && !has(short, word));
    if is_unit_of && !more.iter().any(|word| turns_a_name(word)) {
        return Agreement::Unit;
    }
    if more.iter().any(|word| turns_a_name(word)) {
        return Agreement::Other;
    }
    // Another town's campus, or a unit whose name stands in one line with the whole's.
    if long.parts.len() == 1 && has(short, "university") {
        return Agreement::OtherCampus;
    }
    Agreement::Siblings
}

/// Each has words of its own.
fn overlapping(a: &Employer, b: &Employer, only_a: &[&str], only_b: &[&str], towns: &[&str]) -> Agreement {
    let whole = a.parts.iter().find(|part| {
        let tells = part.iter().any(|word| !turns_a_name(word) && !is_unit(word));
        tells && b.parts.iter().any(|other| same_words(part, other))
    });
    let in_town = |only: &[&str]| only.iter().all(|word| towns.contains(word));
    match whole {
        // `University of Missouri - Columbia` against `University of Missouri - St. Louis`.
        Some(_) if in_town(only_a) || in_town(only_b) => Agreement::OtherCampus,
        Some(_) => Agreement::Siblings,
        None if in_town(only_a) || in_town(only_b) => Agreement::OtherCampus,
        None => Agreement::Other,
    }
}

/// Whether `short` is one of the organizations that `long` names.
fn is_part_of(short: &Employer, long: &Employer) -> bool {
    let mut tells = false;
    let all = short.parts.iter().all(|part| {
        tells |= part.iter().any(|word| !turns_a_name(word) && !is_unit(word));
        long.parts.iter().any(|other| same_words(part, other))
    });
    all && tells && long.parts.len() > 1
}

/// Whether two parts have the same words, general ones aside.
fn same_words(a: &[String], b: &[String]) -> bool {
    let telling = |part: &[String]| -> Vec<String> {
        let telling: Vec<_> = part.iter().filter(|word| !is_unit(word)).cloned().collect();
        let mut telling = if telling.is_empty() { part.to_vec() } else { telling };
        telling.sort_unstable();
        telling
    };
    telling(a) == telling(b)
}

fn has(employer: &Employer, word: &str) -> bool {
    employer.words().any(|known| known == word)
}

fn forgive_slips(a: &mut Vec<&str>, b: &mut Vec<&str>) {
    if a.len() + b.len() > 8 {
        return;
    }
    a.retain(|word| match b.iter().position(|other| is_slip(word, other)) {
        Some(at) => {
            b.remove(at);
            false
        }
        None => true,
    });
}

/// Whether one name is the first letters of the other's words: `UNLV`.
fn initials(short: &Employer, long: &Employer) -> bool {
    let letters = match short.parts.as_slice() {
        [part] => match part.iter().filter(|word| !is_unit(word)).collect::<Vec<_>>().as_slice() {
            [word] if (3..=6).contains(&word.len()) => *word,
            _ => return false,
        },
        _ => return false,
    };
    let firsts: String = long.words().filter_map(|word| word.chars().next()).collect();
    firsts == *letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn employers_agree_by_their_names() {
        use Agreement::*;
        let towns = ["boulder", "columbia", "kansa", "city", "saint", "loui"];
        let states = ["ohio", "missouri"];
        for (a, b, expected) in [
            ("The Elm University", "Elm University Libraries", Same),
            ("Elm Research Institute", "The Elm Institute", Same),
            ("United Musuem of Maps", "United Museum of Maps", Same),
            ("Oak Valley College of Ohio", "Oak Valley College", Same),
            ("EOMU", "Elm and Oak Map University", Same),
            ("Rod Library", "University of Northern Elm (Rod Library)", Unit),
            ("Birch Historical Library at the University of Elm", "University of Elm", Unit),
            ("Elm University, Faculty of Arts & Sciences", "Elm University", Unit),
            ("University of Elm Boulder", "University of Elm", Campus),
            ("University of Elm at Boulder", "University of Elm Boulder", Same),
            ("University of Elm - Kansas City", "University of Elm", Campus),
            ("University of Elm System", "University of Elm Denver", System),
            ("University System of Elm", "University of North Elm", System),
            ("Maps Lab, Elm College", "Oak Library, Elm College", Siblings),
            ("University of Elm - St. Louis", "University of Elm - Columbia", OtherCampus),
            ("University of Elm Denver", "University of Elm", OtherCampus),
            ("Elm State University", "Elm Southern University", Other),
            ("University of Elm", "Elm State University", Other),
            ("University of Elm", "University of North Elm", Other),
            ("Elm College", "Elm University", Other),
            ("Elm Community College District", "Oak Community College District", Other),
            ("Elm Public Library", "Oak Public Library", Other),
            ("Elm Public Library", "Elm University Library", Other),
        ] {
            let (one, two) = (Employer::new(a), Employer::new(b));
            let forth = compare(&one, &two, &towns, &states);
            assert_eq!(forth, compare(&two, &one, &towns, &states), "{a} / {b}");
            assert_eq!(forth, expected, "{a} / {b}");
        }
    }

    #[test]
    fn an_employer_is_looked_up_by_each_organization() {
        let keys = |name: &str, towns: &[&str]| Employer::new(name).keys(towns).join(" | ");
        assert_eq!(
            keys("Rod Library, University of Northern Elm", &[]),
            "rod | elm northern university | elm northern rod university"
        );
        assert_eq!(keys("University of Elm Boulder", &["boulder"]), "elm university");
        assert_eq!(keys("Elm Public Library", &["elm"]), "elm public");
        assert_eq!(keys("University Libraries", &[]), "");
    }
}
