//! A piece of a field in, its words without those around a place out.

use super::gazetteer::towns;
use super::piece::words;
use crate::iso;

/// Words that say how the work is done, not where.
const AWAY: [&str; 27] = [
    "remote",
    "remotely",
    "virtual",
    "virtually",
    "anywhere",
    "telework",
    "telecommute",
    "hybrid",
    "various",
    "multiple",
    "locations",
    "location",
    "global",
    "worldwide",
    "nationwide",
    "national",
    "statewide",
    "home",
    "online",
    "flexible",
    "onsite",
    "fully",
    "work",
    "from",
    "within",
    "only",
    "eligible",
];

/// Words around a town's name that do not belong to it.
const AROUND: [&str; 22] = [
    "in",
    "near",
    "of",
    "at",
    "greater",
    "downtown",
    "metro",
    "metropolitan",
    "area",
    "campus",
    "campuses",
    "vicinity",
    "city of",
    "town of",
    "village of",
    "borough of",
    "township of",
    "township",
    "twp",
    "main",
    "region",
    "based",
];

/// What stands before a place and says that it is one.
const LABELS: [&str; 12] = [
    "location",
    "locations",
    "job location",
    "work location",
    "place",
    "city",
    "address",
    "where",
    "site",
    "ort",
    "standort",
    "lieu",
];

/// What stands before the name of a part of London.
const BOROUGHS: [&str; 3] = ["royal borough of ", "london borough of ", "city of "];

/// A field without the label before it: `Location: Fargo, ND`.
pub(super) fn without_label(text: &str) -> &str {
    match text.split_once(':') {
        Some((label, rest)) if LABELS.iter().any(|known| label.trim().eq_ignore_ascii_case(known)) => {
            rest.trim()
        }
        _ => text,
    }
}

/// A piece without a postal code before its town: `D-69117 Heidelberg`, `1012 XT Amsterdam`.
/// With the country that the code begins with.
pub(super) fn without_leading_code(text: &str) -> (Option<&'static str>, &str) {
    const COUNTRIES: [(&str, &str); 16] = [
        ("D", "DE"),
        ("DE", "DE"),
        ("A", "AT"),
        ("AT", "AT"),
        ("CH", "CH"),
        ("F", "FR"),
        ("I", "IT"),
        ("E", "ES"),
        ("P", "PT"),
        ("NL", "NL"),
        ("B", "BE"),
        ("L", "LU"),
        ("DK", "DK"),
        ("S", "SE"),
        ("N", "NO"),
        ("FIN", "FI"),
    ];
    let Some((first, mut rest)) = text.split_once(' ') else { return (None, text) };
    let (prefix, digits) = first.rsplit_once('-').unwrap_or(("", first));
    let country = COUNTRIES.iter().find(|(known, _)| *known == prefix).map(|(_, country)| *country);
    if !(prefix.is_empty() || country.is_some())
        || !(4..=5).contains(&digits.len())
        || !digits.bytes().all(|b| b.is_ascii_digit())
    {
        return (None, text);
    }
    // Dutch codes go on with two letters.
    if let Some((letters, town)) = rest.split_once(' ')
        && digits.len() == 4
        && letters.len() == 2
        && letters.bytes().all(|b| b.is_ascii_uppercase())
    {
        rest = town;
    }
    // What follows is the town, not a street ("10451 Clayton Road").
    let whole = rest.trim();
    if towns(&iso::key(whole)).next().is_some() { (country, whole) } else { (None, text) }
}

/// Without words of [`AWAY`] and [`AROUND`] at both ends. A name that is a town's as it stands stays.
pub(super) fn without_around(text: &str) -> &str {
    let noise = |words: &str| {
        let key = words.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
        let capital = words.len() == 2 && words.bytes().all(|b| b.is_ascii_uppercase());
        !capital && (key.is_empty() || AWAY.contains(&key.as_str()) || AROUND.contains(&key.as_str()))
    };
    let mut text = text.trim();
    for borough in BOROUGHS {
        if text.get(..borough.len()).is_some_and(|start| start.eq_ignore_ascii_case(borough)) {
            text = text[borough.len()..].trim();
        }
    }
    loop {
        let mut ends = words(text);
        let Some(first) = ends.next() else { return text };
        let second = ends.next();
        let last = words(text).last().unwrap_or(first);
        let open = second.is_some_and(|(_, end)| noise(&text[first.0..end]));
        if !open && !noise(&text[first.0..first.1]) && !noise(&text[last.0..last.1]) {
            return text;
        }
        // Such a word may be part of a name ("Work" is no town, "Central City" and "Home" are).
        let key = second.map(|_| iso::key(text));
        if key.is_some_and(|key| towns(&key).next().is_some() || iso::region_by_key(&key, None).is_some()) {
            return text;
        }
        text = match (open, second) {
            (true, Some((_, end))) => text[end..].trim(),
            _ if noise(&text[first.0..first.1]) => text[first.1..].trim(),
            _ => text[..last.0].trim(),
        };
    }
}
