//! A field's text in, its pieces out: a town's words, the state and country behind them, the joint.
//!
//! `15 West 16th St. New York  NY 10011` is one piece: the words `15 West 16th St. New York`, the
//! mark `NY`, the postal code `10011`.

use super::Hint;
use super::gazetteer::{TEN_THOUSAND, towns};
use super::lookup::{Scope, is_word, within};
use super::noise::{without_around, without_leading_code};
use super::postal::{self, Postal};
use crate::iso;

/// How a piece is joined to the one before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Join {
    /// `;`, `|`, a new line: another place, or the next line of an address.
    Hard,
    /// `and`, `or`, `&`: another place.
    List,
    /// `/`: another place, or the state of this one.
    Slash,
    /// `,` or a dash: a part of the same place, most often.
    Part,
    /// In parentheses: a comment.
    Inner,
}

/// A state or country. With both, the words can mean either (`CA`, `Georgia`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mark {
    pub region: Option<&'static str>,
    pub country: Option<&'static str>,
    /// The region of another country that has the abbreviation: `WA`, `NT`.
    pub other: Option<&'static str>,
}

/// Abbreviations that two countries have for their regions.
const SHARED: [(&str, &str); 2] = [("US-WA", "AU-WA"), ("CA-NT", "AU-NT")];

#[derive(Debug, PartialEq)]
pub(super) struct Piece<'a> {
    pub join: Join,
    /// The words before marks and postal codes; may be a street or an institution.
    pub town: &'a str,
    /// In the order of the text.
    pub marks: Vec<Mark>,
    pub postal: Option<Postal>,
    /// What `town` means if it is no town: `New York`, `Ontario`, `Jamaica`.
    pub also: Option<Mark>,
}

/// Beginnings of places that are written from the country down: `US-NY-New York`.
const CODED: [&str; 7] = ["US-", "USA-", "CA-", "CAN-", "GB-", "UK-", "AU-"];

/// What an `ID` is of.
const IDENTIFIED: [&str; 8] =
    ["job", "posting", "position", "requisition", "req", "vacancy", "reference", "agency"];

/// Words of a region's part that is no town.
pub(super) const DIRECTIONS: [&str; 14] = [
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "upstate",
    "downstate",
    "northwestern",
    "northeastern",
    "southwestern",
    "southeastern",
    "greater",
    "metro",
    "coastal",
];

/// Cuts a field into pieces, at most 40: one field was seen to list twenty places.
pub(super) fn pieces<'a>(text: &'a str, hint: &Hint) -> Vec<Piece<'a>> {
    let mut out = Vec::new();
    for (join, part) in cuts(text) {
        let mut join = join;
        for part in listed(part) {
            if let Some(piece) = piece(join, part, hint) {
                out.push(piece);
            }
            join = Join::List;
        }
        if out.len() >= 40 {
            break;
        }
    }
    out
}

/// The text cut at its punctuation.
fn cuts(text: &str) -> Vec<(Join, &str)> {
    let mut out = Vec::new();
    let (mut from, mut join) = (0, Join::Hard);
    let mut cut = |at: usize, width: usize, next: Join, join: &mut Join| {
        let part = text[from..at].trim();
        if !part.is_empty() {
            out.push((*join, part));
            *join = next;
        } else if *join == Join::Part {
            *join = next;
        }
        from = at + width;
    };
    let spaced = |at: usize, width: usize| {
        let before = text[..at].chars().next_back().is_none_or(char::is_whitespace);
        before && text[at + width..].chars().next().is_none_or(char::is_whitespace)
    };
    let coded = CODED.iter().any(|country| text.starts_with(country));
    let most = if coded { 2 } else { usize::from(begins_with_state(text)) };
    let mut dashes = 0;
    for (at, c) in text.char_indices() {
        let next = match c {
            '-' if dashes < most => {
                dashes += 1;
                Join::Part
            }
            ';' | '|' | '\n' | '\r' | '•' | '·' => Join::Hard,
            '/' => Join::Slash,
            ',' | ')' | ']' | ':' | '>' | '–' | '—' => Join::Part,
            '(' | '[' => Join::Inner,
            '-' if spaced(at, 1) => Join::Part,
            '.' if ends_sentence(&text[..at], &text[at + 1..]) => Join::Part,
            _ => continue,
        };
        cut(at, c.len_utf8(), next, &mut join);
    }
    cut(text.len(), 0, Join::Hard, &mut join);
    out
}

/// `NY-Albany`: a state's code before a dash and a name.
fn begins_with_state(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shape = bytes.len() > 4 && bytes[..2].iter().all(u8::is_ascii_uppercase) && bytes[2] == b'-';
    shape && bytes[3].is_ascii_uppercase() && iso::region(&text[..2], None).is_some()
}

/// `NY. Travel required`: a full stop after a word of capitals, before another sentence.
fn ends_sentence(before: &str, after: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase()) && after.starts_with(' ')
}

/// A part cut at `and`, `or` and `&`, unless it is one country's or region's name.
fn listed(part: &str) -> Vec<&str> {
    let words: Vec<_> = words(part).collect();
    let joint = |word: &str| {
        matches!(word, "and" | "or" | "&" | "AND" | "OR" | "And" | "Or" | "und" | "oder" | "et" | "ou")
    };
    // "OR" at the end, or before a postal code, is Oregon.
    let joints: Vec<_> = words
        .iter()
        .enumerate()
        .filter(|(at, (start, end))| {
            let next = words.get(at + 1).map(|(start, end)| &part[*start..*end]);
            let word = &part[*start..*end];
            joint(word)
                && (*at > 0 || word.starts_with(char::is_lowercase) || word == "&")
                && next.is_some_and(|w| w.starts_with(char::is_alphabetic))
        })
        .map(|(_, range)| *range)
        .collect();
    let key = if joints.is_empty() { String::new() } else { iso::key(part) };
    if joints.is_empty() || iso::country_by_key(&key).or(iso::region_by_key(&key, None)).is_some() {
        return vec![part];
    }
    let mut out = Vec::new();
    let mut from = 0;
    for (start, end) in joints {
        out.push(part[from..start].trim());
        from = end;
    }
    out.push(part[from..].trim());
    out
}

/// Where words begin and end.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, usize)> {
    text.split_whitespace().map(move |word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        (start, start + word.len())
    })
}

fn piece<'a>(join: Join, text: &'a str, hint: &Hint) -> Option<Piece<'a>> {
    let (country, text) = without_leading_code(text);
    let text = without_around(text);
    let mut words: Vec<_> = words(text).collect();
    let marks = country.map(|country| Mark { region: None, country: Some(country), other: None });
    let marks: Vec<_> = marks.into_iter().collect();
    let mut piece = Piece { join, town: "", marks, postal: None, also: None };
    while let Some(&(_, end)) = words.last() {
        let rest = &text[words[0].0..end];
        if piece.postal.is_none()
            && let Some((postal, count)) = postal_at_end(text, &words, hint)
        {
            piece.postal = Some(postal);
            words.truncate(words.len() - count);
        } else if let Some((mark, count)) = mark_at_end(text, &words, hint) {
            if count == words.len() && is_town_too(rest, mark, &piece) {
                piece.also = Some(mark).filter(|mark| !is_town_first(rest, *mark));
                piece.town = rest;
                break;
            }
            piece.marks.insert(0, mark);
            words.truncate(words.len() - count);
        } else if let Some(count) = county_at_end(text, &words) {
            words.truncate(words.len() - count);
        } else {
            piece.town =
                rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | '"' | '\''));
            break;
        }
    }
    let says = !piece.town.is_empty() || !piece.marks.is_empty() || piece.postal.is_some();
    says.then_some(piece)
}

fn postal_at_end(text: &str, words: &[(usize, usize)], hint: &Hint) -> Option<(Postal, usize)> {
    let (start, end) = *words.last()?;
    let word = text[start..end].trim_end_matches('.');
    // Five digits alone are a ZIP code only where no other country is known.
    let abroad = words.len() == 1 && hint.country.is_some_and(|country| country != "US");
    let home = hint.country.and_then(|country| postal::at_home(word, country));
    if let Some(postal) = home.or_else(|| postal::zip(word).filter(|_| !abroad)) {
        return Some((postal, 1));
    }
    let (start, end) = *words.get(words.len().checked_sub(2)?)?;
    postal::halves(&text[start..end], word).map(|postal| (postal, 2))
}

/// The longest mark that a piece ends with, and its words.
fn mark_at_end(text: &str, words: &[(usize, usize)], hint: &Hint) -> Option<(Mark, usize)> {
    let end = words.last()?.1;
    let longest = words.len().min(5);
    (1..=longest).rev().find_map(|count| {
        let first = words.len() - count;
        let mark = mark(&text[words[first].0..end], hint)?;
        let fits = first == 0
            || stands_behind(&text[words[0].0..words[first].0], &text[words[first].0..end], mark, hint);
        fits.then_some((mark, count))
    })
}

/// Whether a mark can stand behind these words: abbreviations can; of a full name (`Washington` in
/// `Port Washington`) the words before it must be a place in it.
fn stands_behind(before: &str, words: &str, mark: Mark, hint: &Hint) -> bool {
    let last = before.split_whitespace().next_back().unwrap_or("");
    // "Job ID" is not in Idaho.
    if words == "ID" && IDENTIFIED.iter().any(|known| last.eq_ignore_ascii_case(known)) {
        return false;
    }
    let short = words.chars().filter(|c| c.is_alphabetic()).count() <= 3;
    if short || words.contains(' ') && mark.region.is_none() {
        return true;
    }
    let whole = iso::key(&format!("{before}{words}"));
    if towns(&whole).next().is_some() {
        return false;
    }
    let key = iso::key(before);
    let scopes = [
        mark.region.and_then(Scope::of_region),
        mark.country.map(|c| Scope { region: None, country: Some(c) }),
    ];
    DIRECTIONS.contains(&key.as_str())
        || self::mark(last, hint).is_some()
        || key.ends_with(" county")
        || scopes.into_iter().flatten().any(|scope| {
            within(&key, scope).is_some()
                || (0..key.len())
                    .filter(|at| key.as_bytes()[*at] == b' ')
                    .any(|at| within(&key[at + 1..], scope).is_some())
        })
}

/// The state or country that these words are.
pub(super) fn mark(words: &str, hint: &Hint) -> Option<Mark> {
    let words = words.trim_matches(|c: char| matches!(c, ',' | ':' | '"' | '\'' | '*') || c.is_whitespace());
    if words.len() > 60 || !words.starts_with(char::is_alphabetic) || !iso::may_begin_name(words) {
        return None;
    }
    let key = iso::key(words);
    // "in", "or", "me" are words, "IN", "OR", "ME" and "Me." are not.
    let abbreviated = key.len() <= 3;
    // Tanzania's region "Coast", Bahrain's "Capital".
    if is_word(&key) {
        return None;
    }
    if abbreviated && !words.contains('.') && words.contains(char::is_lowercase) {
        return None;
    }
    let near =
        hint.country.filter(|_| abbreviated).and_then(|country| iso::region_by_key(&key, Some(country)));
    let region =
        near.or_else(|| iso::region_by_key(&key, None)).filter(|region| !is_nearer(&key, region, hint));
    // A code in capitals means more than its key.
    let country = iso::country_of_code(words).or_else(|| iso::country_by_key(&key));
    let territory = country.and_then(iso::territory);
    let country = country.filter(|_| territory.is_none());
    // Behind a town "México" is the country, not its state.
    let region = region.filter(|region| country.is_none_or(|country| !region.starts_with(country)));
    let shared = |(one, two): &(&'static str, &'static str)| match region {
        Some(region) if region == *one => Some(*two),
        Some(region) if region == *two => Some(*one),
        _ => None,
    };
    let other = SHARED.iter().filter(|_| abbreviated).find_map(shared);
    let mark = Mark { region: region.or(territory), country, other };
    (mark.region.is_some() || mark.country.is_some()).then_some(mark)
}

/// Whether a name (`Long Island`, `Middlesex County`) is that of an area or a town at home rather than
/// of this region abroad.
fn is_nearer(key: &str, region: &str, hint: &Hint) -> bool {
    let abroad = !["US-", "CA-", "AU-"].iter().any(|country| region.starts_with(country));
    let home = hint.country.filter(|country| !region.starts_with(country));
    abroad && towns(key).any(|town| town.name.is_empty() || home == Some(town.country))
}

/// `NY Ulster County`: a county behind a mark or a town is left out.
fn county_at_end(text: &str, words: &[(usize, usize)]) -> Option<usize> {
    let end = words.last()?.1;
    let county = text[..end].to_ascii_lowercase().ends_with(" county");
    let longest = words.len().checked_sub(1).filter(|_| county)?.min(4);
    (2..=longest).rev().find(|count| {
        let key = iso::key(&text[words[words.len() - count].0..end]);
        towns(&key).any(|town| town.name.is_empty())
    })
}

/// Whether words are a town's name before they are that of a district or county of its name, whose
/// postings go to a larger region: `Durham`, `Stirling`, `London`.
fn is_town_first(words: &str, mark: Mark) -> bool {
    let key = iso::key(words);
    mark.country.is_none()
        && mark.region.is_some_and(|region| {
            iso::region_name(region).is_some_and(|name| iso::key(name) != key)
                && iso::regions(&region[..2]).any(|(code, name)| code != region && iso::key(name) == key)
                && towns(&key).any(|town| town.region == Some(region) && town.size >= TEN_THOUSAND)
        })
}

/// Whether the words of a mark name a town as well, which the marks behind it allow.
fn is_town_too(words: &str, mark: Mark, piece: &Piece) -> bool {
    let key = iso::key(words);
    if key.len() <= 3 && key != "nyc" {
        return false;
    }
    let behind = piece.marks.first().and_then(|mark| mark.region).or(piece.postal.and_then(|p| p.region));
    match behind {
        Some(region) => towns(&key).any(|town| town.region == Some(region) && !town.name.is_empty()),
        None => towns(&key).any(|town| !town.name.is_empty()) || mark.region == Some("US-DC"),
    }
}
