//! Folded words in, what they mean for telling vacancies apart out: the tables of gathering.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Spellings that mean the same in titles and names: what is written, what is meant. An empty
/// meaning drops the word.
const MEANT: &[(&str, &str)] = &[
    ("acad", "academic"),
    ("acq", "acquisition"),
    ("admin", "administrative"),
    ("archival", "archive"),
    ("assoc", "associate"),
    ("asst", "assistant"),
    ("catalog", "cataloging"),
    ("cataloger", "cataloging"),
    ("catalogue", "cataloging"),
    ("cataloguer", "cataloging"),
    ("cataloguing", "cataloging"),
    ("centre", "center"),
    ("circ", "circulation"),
    ("coll", "collection"),
    ("coord", "coordinator"),
    ("dept", "department"),
    ("dir", "director"),
    ("e", "electronic"),
    ("eresource", "electronic resource"),
    ("ft", "full time"),
    ("fulltime", "full time"),
    ("govt", "government"),
    ("internship", "intern"),
    ("intl", "international"),
    ("jr", "junior"),
    ("lib", "library"),
    ("libr", "librarian"),
    ("mgmt", "management"),
    ("mgr", "manager"),
    ("mt", "mount"),
    ("natl", "national"),
    ("parttime", "part time"),
    ("prof", "professor"),
    ("pt", "part time"),
    ("ref", "reference"),
    ("repost", "reposted"),
    ("reposting", "reposted"),
    ("sci", "science"),
    ("sr", "senior"),
    ("st", "saint"),
    ("supv", "supervisor"),
    ("svc", "service"),
    ("tchr", "teacher"),
    ("tech", "technical"),
    ("temp", "temporary"),
    ("theatre", "theater"),
    ("univ", "university"),
    ("wkend", "weekend"),
    ("yr", "year"),
];

/// What a word can be; each is a bit of what [`CLASSES`] gives.
#[derive(Debug, Clone, Copy)]
enum Class {
    Empty,
    Small,
    Unit,
    Turns,
    Rank,
    Appointed,
    Plain,
    Shift,
    Branch,
    Language,
}

/// The words of each class, apart by spaces.
const WORDS: &[(Class, &str)] = &[
    // Words that say nothing of which vacancy is meant, in a title.
    (
        Class::Empty,
        "a additional all an and announcement application apply appointment at available be by \
             campus classified close closing college competitive considered contract date deadline \
             department division employment exempt extended faculty fixed for from funded grant \
             hiring hour hourly hybrid immediate in job library limited location new non now of on \
             open opening or per pool pooled position possible posting professional rank re regular \
             remote reopened reposted req requisition revised salaried salary search short soon staff \
             tenure term the to track university until updated urgent vacancy wanted week weekly with \
             year",
    ),
    // Small words, in a name.
    (Class::Small, "a an and at de for in inc llc ltd of on the to"),
    // Words by which a name says that it means a part of what it belongs to, or all parts together.
    (
        Class::Unit,
        "archive branch campus center collection department district division faculty information \
             library main office research resource service special system unit",
    ),
    // Words that make a name another name: `North Georgia` is not `Georgia`, nor is `Georgia State`.
    (
        Class::Turns,
        "a academy agricultural am area atlantic baptist catholic central christian city coastal \
             college community county east eastern free gulf high institute international jesuit \
             junior law lower medical methodist mid middle museum new north northeast northeastern \
             northern northwest northwestern pacific polytechnic public regional school south \
             southeast southeastern southern southwest southwestern state tech technical \
             technological technology unified union university upper valley west western woman",
    ),
    // Ranks and standings: a title with one more or one less of them is another job.
    (
        Class::Rank,
        "acting adjunct apprentice assistant associate casual chief deputy emeritus executive \
             graduate interim intern junior lead lecturer postdoctoral principal probationary \
             provisional resident seasonal senior student substitute supervising trainee \
             undergraduate vice visiting volunteer",
    ),
    // How somebody is appointed, which boards note beside the title: who stands in for another does not
    // have the same job.
    (Class::Appointed, "acting adjunct casual interim seasonal substitute visiting volunteer"),
    // What a title is called by alone; one made of nothing else tells little.
    (
        Class::Plain,
        "adult aide archive archivist assistant associate cataloging children circulation clerk \
             coordinator curator dean director employee fellow head intern librarian manager medium \
             page reference senior service shelver specialist supervisor teacher technical technician \
             teen tutor worker youth",
    ),
    // When the work is done.
    (
        Class::Shift,
        "afternoon day evening friday midnight monday morning night overnight saturday sunday \
             thursday tuesday wednesday weekday weekend",
    ),
    // Where in an organization, and which part: the word before or after it names one of several.
    (Class::Branch, "branch building campus location site"),
    // Languages and the areas named by them, of which a posting wants one.
    (
        Class::Language,
        "african arabic armenian asian bengali cantonese chinese czech dutch english farsi french \
             german germanic greek haitian hebrew hindi iberian indonesian italian japanese jewish \
             korean latin mandarin ottoman persian polish portuguese punjabi russian sanskrit slavic \
             spanish swahili tagalog tamil thai tibetan turkish ukrainian urdu vietnamese yiddish",
    ),
];

/// The classes of each word.
static CLASSES: LazyLock<HashMap<&'static str, u16>> = LazyLock::new(|| {
    let mut classes = HashMap::new();
    for (class, words) in WORDS {
        for word in words.split_whitespace() {
            *classes.entry(word).or_default() |= 1 << *class as u16;
        }
    }
    classes
});

fn is(word: &str, class: Class) -> bool {
    CLASSES.get(word).is_some_and(|classes| classes & 1 << class as u16 != 0)
}

pub(super) fn is_empty(word: &str) -> bool {
    is(word, Class::Empty)
}

pub(super) fn is_small(word: &str) -> bool {
    is(word, Class::Small)
}

pub(super) fn is_unit(word: &str) -> bool {
    is(word, Class::Unit)
}

pub(super) fn turns_a_name(word: &str) -> bool {
    is(word, Class::Turns)
}

pub(super) fn is_rank(word: &str) -> bool {
    is(word, Class::Rank)
}

pub(super) fn is_appointed(word: &str) -> bool {
    is(word, Class::Appointed)
}

pub(super) fn is_plain(word: &str) -> bool {
    is(word, Class::Plain)
}

pub(super) fn is_shift(word: &str) -> bool {
    is(word, Class::Shift)
}

pub(super) fn is_branch(word: &str) -> bool {
    is(word, Class::Branch)
}

pub(super) fn is_language(word: &str) -> bool {
    is(word, Class::Language)
}

/// A rank as a number, from a Roman or an Arabic numeral: `ii`, `2`.
pub(super) fn grade(word: &str) -> Option<u8> {
    let grades = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"];
    let roman = grades.iter().position(|roman| *roman == word).map(|at| at as u8 + 1);
    roman.or_else(|| word.parse().ok().filter(|number| (1..=9).contains(number)))
}

/// Calls `take` with each word of a folded text, in one spelling: abbreviations written out, plurals
/// without their ending.
pub(super) fn each_meant(folded: &str, mut take: impl FnMut(&str)) {
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        let mut one = singular(word);
        if let Ok(at) = MEANT.binary_search_by_key(&one.as_ref(), |(written, _)| written) {
            one = MEANT[at].1.into();
        }
        one.split(' ').for_each(&mut take);
    }
}

/// A word without the ending of a plural; short ones stay (`is`, `gis`).
fn singular(word: &str) -> Cow<'_, str> {
    match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 2 => return format!("{stem}y").into(),
        _ => {}
    }
    let kept = ["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !kept => stem.into(),
        _ => word.into(),
    }
}

/// Whether one of two words is the other misspelt: one slip in five letters, two in eight.
pub(super) fn is_slip(a: &str, b: &str) -> bool {
    let short = a.len().min(b.len());
    let allowed = match short {
        ..5 => return false,
        5..8 => 1,
        _ => 2,
    };
    // Another ending makes another word (`educator`, `education`), as does another first letter.
    let (a_bytes, b_bytes) = (a.as_bytes(), b.as_bytes());
    a.len().abs_diff(b.len()) <= 1
        && a_bytes[0] == b_bytes[0]
        && a_bytes.last() == b_bytes.last()
        && !is_number(a)
        && strsim::osa_distance(a, b) <= allowed
}

fn is_number(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_can_be_searched() {
        assert!(MEANT.is_sorted_by_key(|(written, _)| *written));
        for (written, _) in MEANT {
            assert_eq!(singular(written), *written, "looked up without its ending");
        }
    }

    fn meant(text: &str) -> String {
        let mut words = Vec::new();
        each_meant(text, |word| words.push(word.to_owned()));
        words.join(" ")
    }

    #[test]
    fn words_have_one_spelling() {
        assert_eq!(meant("asst libraries"), "assistant library");
        assert_eq!(meant("pt services"), "part time service");
        assert_eq!(meant("gis class campus"), "gis class campus");
        assert_eq!(grade("iii"), Some(3));
        assert_eq!(grade("2"), Some(2));
        assert_eq!(grade("10"), None);
    }
}
