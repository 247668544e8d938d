//! An institution's name in, the town where it sits out.
//!
//! From `data/institutions.tsv`: universities, colleges and libraries whose names do not tell their
//! town, or tell a wrong one.

use std::sync::LazyLock;

use super::Hint;
use super::lookup::Scope;
use crate::iso;

static INSTITUTIONS: &str = include_str!("../../../data/institutions.tsv");

struct Row {
    key: String,
    town: &'static str,
    code: &'static str,
}

/// The table's rows, sorted by key.
static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let lines = INSTITUTIONS.lines().filter(|line| !line.starts_with('#'));
    let mut rows: Vec<_> = lines
        .map(|line| {
            let mut fields = line.split('\t');
            let [name, town, code] = std::array::from_fn(|_| fields.next().unwrap_or(""));
            Row { key: iso::key(name), town, code }
        })
        .collect();
    rows.sort_by(|a, b| a.key.cmp(&b.key));
    rows
});

/// An institution of the table that a name holds.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// Empty where the name tells at most a region, or nothing is to be read from it.
    pub town: &'static str,
    pub scope: Scope,
    /// The table's name is the end of this one: `University of Texas at Dallas`, which is in Richardson.
    pub whole: bool,
    /// The name is the institution's own or of a part of it that sits in the same town: not `Virginia
    /// Wesleyan University`, nor `American University of Armenia`.
    pub own: bool,
    /// Words behind the name may be a campus in the same state.
    pub open: bool,
}

/// What may stand before the name of an institution: a part of it, or a system.
const BEFORE: [&str; 12] = [
    "at",
    "of",
    "the",
    "library",
    "libraries",
    "college",
    "school",
    "center",
    "cuny",
    "suny",
    "archives",
    "museum",
];

/// What may stand behind it.
const AFTER: [&str; 18] = [
    "library",
    "libraries",
    "law",
    "school",
    "archives",
    "museum",
    "press",
    "division",
    "department",
    "office",
    "college",
    "and",
    "cuny",
    "suny",
    "main",
    "foundation",
    "the",
    "state",
];

/// Words of a name, at most.
const WORDS: usize = 12;

/// The longest institution of the table that a name (as a [key](iso::key)) holds. Where several have the
/// name, the one in the hinted region, else in the hinted country is meant, else none.
pub(super) fn known(key: &str, hint: &Hint) -> Option<Known> {
    let starts = std::iter::once(0).chain(key.match_indices(' ').map(|(at, _)| at + 1)).take(WORDS);
    let mut longest: Option<(&[Row], &str)> = None;
    for from in starts {
        let before = key[..from].trim_end().rsplit(' ').next().unwrap_or("");
        if !(before.is_empty() || BEFORE.contains(&before)) {
            continue;
        }
        let rest = &key[from..];
        let ends = rest.match_indices(' ').map(|(at, _)| at).take(WORDS).chain(std::iter::once(rest.len()));
        for end in ends {
            let name = &rest[..end];
            let first = ROWS.partition_point(|row| row.key.as_str() < name);
            let count = ROWS[first..].iter().take_while(|row| row.key == name).count();
            // Its own name comes before a part of another's, then the longer one.
            let rank = |behind: &str, length: usize| (is_own(behind), length);
            let new = rank(&rest[end..], end);
            if count > 0 && longest.is_none_or(|(rows, behind)| rank(behind, rows[0].key.len()) < new) {
                longest = Some((&ROWS[first..first + count], &rest[end..]));
            }
        }
    }
    let (rows, behind) = longest?;
    of_rows(rows, behind, hint)
}

/// The institution of the table whose name this is.
pub(super) fn exactly(key: &str, hint: &Hint) -> Option<Known> {
    let first = ROWS.partition_point(|row| row.key.as_str() < key);
    let count = ROWS[first..].iter().take_while(|row| row.key == key).count();
    of_rows(&ROWS[first..first + count], "", hint)
}

/// Whether words behind an institution's name leave it the institution's or a part's in the same town.
fn is_own(behind: &str) -> bool {
    behind.split(' ').nth(1).is_none_or(|next| AFTER.contains(&next))
}

fn of_rows(rows: &'static [Row], behind: &str, hint: &Hint) -> Option<Known> {
    let row = chosen(rows, hint)?;
    Some(Known {
        town: row.town,
        // A country alone stands for "not read from the name in that country".
        scope: Scope::of_code(row.code)
            .filter(|_| !row.town.is_empty() || row.code.contains('-'))
            .unwrap_or_default(),
        whole: behind.is_empty(),
        own: is_own(behind),
        open: row.code.contains('-'),
    })
}

/// The row of several of one name that a hint speaks for.
fn chosen(rows: &'static [Row], hint: &Hint) -> Option<&'static Row> {
    if let [row] = rows
        && !(row.town.is_empty() && hint.country.is_some_and(|country| !row.code.starts_with(country)))
    {
        return Some(row);
    }
    let one = |of: &dyn Fn(&Row) -> bool| {
        let mut found = rows.iter().filter(|row| of(row));
        found.next().filter(|_| found.next().is_none())
    };
    let region = [hint.region, hint.employer].into_iter().flatten();
    let near = region.into_iter().find_map(|region| one(&|row| row.code == region));
    near.or_else(|| hint.country.and_then(|country| one(&|row| row.code.starts_with(country))))
}

/// Short names of systems of universities, and the states that they may be of.
const SYSTEMS: [(&str, &[&str]); 14] = [
    ("suny", &["US-NY"]),
    ("cuny", &["US-NY"]),
    ("uc", &["US-CA"]),
    ("csu", &["US-CA"]),
    ("cal state", &["US-CA"]),
    ("cal poly", &["US-CA"]),
    ("unc", &["US-NC"]),
    ("ut", &["US-TX", "US-TN"]),
    ("uw", &["US-WI", "US-WA"]),
    ("uh", &["US-TX", "US-HI"]),
    ("umass", &["US-MA"]),
    ("siu", &["US-IL"]),
    ("penn state", &["US-PA"]),
    ("iu", &["US-IN"]),
];

/// The states that a system's short name at the beginning of a [key](iso::key) may be of.
pub(super) fn system(key: &str) -> &'static [&'static str] {
    let begins = |name: &str| key.strip_prefix(name).is_some_and(|rest| rest.starts_with(' '));
    SYSTEMS.iter().find(|(name, _)| begins(name)).map_or(&[], |(_, states)| states)
}

/// Whether a [key](iso::key) is a system's short name.
pub(super) fn is_system(key: &str) -> bool {
    SYSTEMS.iter().any(|(name, _)| *name == key)
}

/// A name without the words for a part of the institution that stand behind it: `UT Arlington Libraries`.
pub(super) fn without_units(text: &str) -> &str {
    const UNITS: [&str; 8] =
        ["library", "libraries", "university", "campus", "archives", "system", "press", "museum"];
    let mut text = text.trim_end();
    while let Some((rest, last)) = text.rsplit_once(' ')
        && UNITS.iter().any(|unit| last.eq_ignore_ascii_case(unit))
    {
        text = rest.trim_end();
    }
    text
}

/// The country that a name ends with: `National Library of Ireland`. Embassies and friends of a country
/// are elsewhere.
pub(super) fn country_in(key: &str) -> Option<Scope> {
    const OF: [&str; 9] = [
        "university",
        "library",
        "archives",
        "museum",
        "bank",
        "parliament",
        "government",
        "academy",
        "college",
    ];
    let (before, name) = key.rsplit_once(" of ")?;
    let name = name.strip_prefix("the ").unwrap_or(name);
    let kind = before.rsplit(' ').next().unwrap_or("");
    let country = iso::country_by_key(name).filter(|_| OF.contains(&kind))?;
    iso::region_by_key(name, Some("US")).is_none().then_some(Scope { region: None, country: Some(country) })
}
