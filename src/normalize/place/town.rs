//! The words of one place that may be its town in, the town out.

use super::gazetteer::{HUNDRED_THOUSAND, TEN_THOUSAND, Town, towns};
use super::lookup::{Scope, alone, is_word, within};
use super::piece::{DIRECTIONS, Mark, words};
use super::{Hint, find};
use crate::iso;

/// New York City's parts that are towns of their own to readers.
const BOROUGHS: [&str; 4] = ["Bronx", "Brooklyn", "Queens", "Staten Island"];

/// The first town of a group that its scope has: as written, else at the end or the beginning of
/// more words (`15 West 16th St. New York`, `Brooklyn MetroTech`); an area if there is no town.
pub(super) fn town_in(candidates: &[(&str, Option<Mark>)], scope: Scope) -> Option<&'static Town> {
    let whole = |(words, _): &(&str, Option<Mark>)| within(&iso::key(words), scope);
    let found: Vec<_> = candidates.iter().filter_map(whole).collect();
    let mut towns = found.iter().filter(|town| !town.name.is_empty()).copied();
    if let Some(first) = towns.next() {
        // "New York City, Brooklyn" is Brooklyn.
        let borough = towns.find(|town| first.name == "New York" && BOROUGHS.contains(&town.name));
        return Some(borough.unwrap_or(first));
    }
    let part =
        |(words, _): &(&str, Option<Mark>)| parts(words).find_map(|part| within(&iso::key(part), scope));
    let areas = || found.first().copied();
    if candidates.len() == found.len() {
        return areas();
    }
    candidates.iter().filter_map(part).find(|town| !town.name.is_empty()).or_else(areas)
}

/// The first town of a group that nothing is known of: a name that speaks for itself tells where
/// the others are (`Upper East Side, Manhattan`).
pub(super) fn town_alone(candidates: &[(&str, Option<Mark>)], hint: &Hint) -> Option<&'static Town> {
    // The largest tells where the others are: "St. George (Downtown Toronto)".
    let wholes = candidates.iter().filter_map(|(words, _)| alone(&iso::key(words), hint));
    let whole =
        wholes.reduce(|best, town| if weight(town) > weight(best).max(TEN_THOUSAND) { town } else { best });
    let part = || {
        let parts = candidates
            .iter()
            .filter(|(words, _)| !find::is_institution(words))
            .flat_map(|(words, _)| parts(words));
        let keys = parts.map(iso::key).filter(|key| !is_word(key));
        keys.filter_map(|key| alone(&key, hint)).find(|town| town.size >= HUNDRED_THOUSAND)
    };
    let found = whole.or_else(part)?;
    let scope = Scope { region: found.region, country: Some(found.country) };
    // "St. George (Downtown Toronto)" is no village near Toronto.
    let near = town_in(candidates, scope);
    near.filter(|near| weight(near) >= TEN_THOUSAND || weight(found) < HUNDRED_THOUSAND).or(Some(found))
}

/// A town's size, of a part of a town the whole's.
fn weight(town: &Town) -> u8 {
    let whole = || within(&iso::key(town.name), Scope { region: town.region, country: Some(town.country) });
    if town.size > 0 || town.name.is_empty() { town.size } else { whole().map_or(0, |town| town.size) }
}

/// The ends and beginnings of some words, the longest first, at most four words each. A street's
/// name is not looked into, only what stands behind it.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    let all: Vec<_> = words(text).take(24).collect();
    let count = all.len();
    let street = text.starts_with(|c: char| c.is_ascii_digit());
    let behind = move |at: usize| {
        let (start, end) = all[at - 1];
        let word = &text[start..end];
        let name = QUALIFIERS.iter().any(|known| word.trim_end_matches('.').eq_ignore_ascii_case(known));
        let street = !street || is_street(word) || word.contains(|c: char| c.is_ascii_digit());
        street && !name && !find::is_institution(&text[end..])
    };
    let all: Vec<_> = words(text).take(24).collect();
    let starts = all.clone();
    let ends =
        (1..count).filter(move |at| count - at <= 4 && behind(*at)).map(move |at| &text[starts[at].0..]);
    let plain = !street && !find::is_institution(text);
    let beginnings = (1..count.min(5)).rev().filter(move |_| plain).map(move |at| &text[..all[at - 1].1]);
    ends.chain(beginnings)
}

/// Words that make another name of the one behind them: West Harrison is not Harrison.
const QUALIFIERS: [&str; 26] = [
    "north", "south", "east", "west", "new", "old", "upper", "lower", "port", "mount", "mt", "lake", "fort",
    "ft", "st", "saint", "san", "santa", "los", "las", "la", "great", "little", "big", "point", "el",
];

const STREETS: [&str; 30] = [
    "street",
    "st",
    "avenue",
    "ave",
    "av",
    "road",
    "rd",
    "boulevard",
    "blvd",
    "drive",
    "dr",
    "lane",
    "ln",
    "plaza",
    "plz",
    "parkway",
    "pkwy",
    "highway",
    "hwy",
    "floor",
    "suite",
    "ste",
    "room",
    "building",
    "bldg",
    "turnpike",
    "broadway",
    "court",
    "way",
    "circle",
];

fn is_street(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    STREETS.contains(&word.as_str())
}

/// Whether words are or hold a town, or look like one that the gazetteer lacks: not a street.
pub(super) fn may_be_town(words: &str) -> bool {
    is_known(words)
        || looks_like_town(words)
        || towns(&iso::key(words)).next().is_some()
        || parts(words).any(is_known)
}

pub(super) fn is_known(town: &str) -> bool {
    towns(&iso::key(town)).any(|town| !town.name.is_empty())
}

/// A town that the gazetteer lacks, in the field's own words: the last before the state that looks
/// like one.
pub(super) fn as_stated(candidates: &[(&str, Option<Mark>)]) -> Option<String> {
    let (town, _) = candidates.iter().rev().find(|(words, _)| looks_like_town(words))?;
    if town.contains(char::is_lowercase) {
        return Some((*town).to_owned());
    }
    let mut out = String::with_capacity(town.len());
    let mut first = true;
    for c in town.chars() {
        if first {
            out.push(c)
        } else {
            out.extend(c.to_lowercase())
        }
        first = !c.is_alphanumeric() && c != '\'' && c != '’';
    }
    Some(out)
}

fn looks_like_town(text: &str) -> bool {
    let words: Vec<_> = text.split_whitespace().collect();
    let key = iso::key(text);
    let name = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '\'' | '’');
    (1..=4).contains(&words.len())
        && key.len() > 2
        && text.chars().all(name)
        && text.starts_with(char::is_uppercase)
        && !words.iter().any(|word| is_street(word) && words.len() > 1 || is_about_the_post(word))
        && !DIRECTIONS.contains(&key.as_str())
        && !key.ends_with(" county")
        && !towns(&key).any(|town| town.name.is_empty())
        && !find::is_institution(text)
}

/// Words of an advertisement's form, which a text without punctuation runs into the place.
fn is_about_the_post(word: &str) -> bool {
    const WORDS: [&str; 12] = [
        "job",
        "time",
        "full-time",
        "part-time",
        "type",
        "hours",
        "position",
        "posting",
        "date",
        "salary",
        "various",
        "none",
    ];
    WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}
