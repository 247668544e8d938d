//! An employer's name as written in, its settled form out.

use crate::text::{decode, fold, squash};

use super::title::case;
use super::title::looks::{self, affinity, ends_place, is_state_code, lowered, name_key, tokens};

/// Longest name in bytes: what is longer is a paragraph.
const LONGEST: usize = 200;

/// What forms hold where nobody is named, folded.
const PLACEHOLDERS: [&str; 25] = [
    "",
    "n a",
    "na",
    "none",
    "null",
    "nil",
    "unknown",
    "tbd",
    "tba",
    "various",
    "multiple",
    "not specified",
    "not stated",
    "unspecified",
    "confidential",
    "company confidential",
    "employer confidential",
    "confidential employer",
    "confidential company",
    "private",
    "anonymous",
    "see description",
    "see below",
    "unavailable",
    "test",
];

/// Words that rank the units of one name: the parent is the unit of the highest rank.
const RANKS: [(u8, &[&str]); 3] = [
    (
        4,
        &[
            "university",
            "college",
            "universities",
            "colleges",
            "suny",
            "cuny",
            "nyu",
            "universite",
            "universitat",
        ],
    ),
    (
        3,
        &[
            "institute",
            "institution",
            "hospital",
            "museum",
            "foundation",
            "society",
            "council",
            "county",
            "city",
            "company",
            "corporation",
            "inc",
            "llc",
            "association",
            "consortium",
            "school",
            "academy",
            "seminary",
            "ymca",
            "ymha",
            "diocese",
            "archdiocese",
            "laboratory",
            "authority",
            "commission",
            "agency",
            "ministry",
            "system",
        ],
    ),
    (2, &["library", "libraries", "archives", "archive", "department", "dept"]),
];

/// The employer's name as a reader would write it; `None` for a placeholder, an address of the
/// web or of mail, or a paragraph.
///
/// Of a name said twice one stays; of `Unit - Parent` the parent; `Unit, Parent` stays. A place
/// at the end goes (`…, Newton, NJ`), also a state in parentheses, but for a university or a
/// college, which it tells from its namesakes. Words all in capitals become ordinary.
pub fn clean(raw: &str) -> Option<String> {
    // Decoding and squashing only shorten, by no more than this for any sane name.
    if raw.len() > 8 * LONGEST {
        return None;
    }
    let name = squash(&decode(raw));
    let name = name.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '|' | '/' | '"' | '“' | '”')
    });
    let address = name.contains('@') || name.contains("://") || name.starts_with("www.");
    if name.len() > LONGEST || address || PLACEHOLDERS.contains(&fold(name).as_str()) {
        return None;
    }
    let name = article(name);
    let name = without_tail(&parent(&slashes(&name))).to_owned();
    let name = case::calm(name.trim_matches(|c: char| c == ' ' || c == ',' || c == '-'));
    (!name.is_empty()).then_some(name)
}

/// `Example University, The` in its usual order.
fn article(name: &str) -> String {
    let tail = name.len().checked_sub(5).filter(|at| name.is_char_boundary(*at));
    match tail.map(|at| name.split_at(at)) {
        Some((front, tail)) if tail.eq_ignore_ascii_case(", the") => format!("The {front}"),
        _ => name.to_owned(),
    }
}

/// Two names around a slash: one of them if it says the other, `Parent, Unit` if they are a
/// university and its library, else as they stand.
fn slashes(name: &str) -> String {
    let Some((first, second)) = name.split_once('/').map(|(a, b)| (a.trim(), b.trim())) else {
        return name.to_owned();
    };
    if second.contains('/') || first.contains('(') || first.is_empty() || second.is_empty() {
        return name.to_owned();
    }
    let (a, b) = (name_key(first), name_key(second));
    if contains(&b, &a) {
        second.to_owned()
    } else if contains(&a, &b) {
        first.to_owned()
    } else if rank(first) == 4 && affinity(second) > 0 && rank(second) < 4 {
        format!("{first}, {second}")
    } else {
        name.to_owned()
    }
}

/// Whether the words of `part` stand in `whole` one after the other.
fn contains(whole: &str, part: &str) -> bool {
    whole.match_indices(part).any(|(at, _)| {
        let end = at + part.len();
        (at == 0 || whole.as_bytes()[at - 1] == b' ') && (end == whole.len() || whole.as_bytes()[end] == b' ')
    })
}

fn rank(name: &str) -> u8 {
    let lower = lowered(name);
    RANKS
        .iter()
        .find(|(_, known)| tokens(&lower).any(|word| known.contains(&word)))
        .map_or(0, |(rank, _)| *rank)
}

/// Of the names between spaced dashes, the parent's.
fn parent(name: &str) -> String {
    let parts = dashed(name);
    let [first, rest @ ..] = parts.as_slice() else { return name.to_owned() };
    if rest.is_empty() || is_campus(first, rest) {
        return name.to_owned();
    }
    // Of equals the last: boards write the unit before its parent, or one name twice.
    let best = parts.iter().max_by_key(|part| rank(part)).filter(|best| rank(best) >= 2);
    match best {
        Some(best) => (*best).to_owned(),
        None if rest.iter().all(|part| fold(part) == fold(first)) => (*first).to_owned(),
        None => name.to_owned(),
    }
}

/// `University of Ashford - Riverton`: a campus, without which the name is another's.
fn is_campus(first: &str, rest: &[&str]) -> bool {
    let [campus] = rest else { return false };
    let lower = first.to_lowercase();
    let system = ["university of ", "state university", "suny", "cuny"].iter().any(|s| lower.contains(s));
    system && rank(campus) == 0 && affinity(campus) == 0 && campus.split_whitespace().count() <= 3
}

fn dashed(name: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = name;
    while let Some((at, length)) = [" - ", " – ", " — ", " -- ", "--"]
        .iter()
        .filter_map(|dash| rest.find(dash).map(|at| (at, dash.len())))
        .min_by_key(|(at, _)| *at)
    {
        parts.push(rest[..at].trim());
        rest = &rest[at + length..];
    }
    parts.push(rest.trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// The name without the place or the unit that ends it.
fn without_tail(name: &str) -> &str {
    let mut rest = name;
    if rest.ends_with(')')
        && let Some(open) = rest.rfind('(')
        && open > 0
    {
        let inside = &rest[open + 1..rest.len() - 1];
        let state = is_state_code(inside.trim());
        let campus = tokens(&lowered(inside))
            .any(|word| matches!(word, "campus" | "branch" | "office" | "library" | "libraries"));
        if (state && rank(rest) < 4) || campus || looks::is_place(inside) {
            let front = rest[..open].trim_end();
            // `Example Library, Newtown (CT)`: the town goes with its state.
            return if state { front.rsplit_once(", ").map_or(front, |(name, _)| name) } else { front };
        }
    }
    let Some((before, end)) = rest.rsplit_once(',') else { return rest };
    if !ends_place(end) || before.trim().is_empty() {
        return rest;
    }
    rest = before.trim_end();
    // The town of a university is a part of its name: `University of Ashford, Riverside, CA`.
    let named = rest.to_lowercase().contains("university of ");
    let town = rest
        .rsplit_once(", ")
        .filter(|(_, town)| !named && affinity(town) == 0 && town.split(' ').count() <= 3);
    let town = town.or_else(|| {
        rest.rsplit_once(" in ").filter(|(front, town)| affinity(front) > 0 && town.split(' ').count() <= 3)
    });
    town.map_or(rest, |(front, _)| front.trim_end())
}
