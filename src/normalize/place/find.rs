//! A name or an address block that may hold a place in, the place out.

use super::gazetteer::{HUNDRED_THOUSAND, TEN_THOUSAND, Town, towns};
use super::institution::{self, Known};
use super::lookup::{Scope, add, alone, place, within};
use super::piece::words;
use super::{Hint, beginning, scan};
use crate::iso;
use crate::posting::Place;

/// Words of an institution's name, not of a town's.
const INSTITUTION_WORDS: [&str; 30] = [
    "library",
    "libraries",
    "university",
    "college",
    "school",
    "schools",
    "museum",
    "center",
    "centre",
    "hospital",
    "institute",
    "institution",
    "archives",
    "archive",
    "society",
    "department",
    "office",
    "foundation",
    "building",
    "hall",
    "headquarters",
    "branch",
    "academy",
    "district",
    "association",
    "laboratory",
    "seminary",
    "church",
    "inc",
    "conservatory",
];

/// What follows a town's name in the name of an institution that belongs to the town. A person's
/// name can stand there too (`Vassar College`), but not before these.
const CIVIC: [&str; 12] = [
    "public library",
    "free library",
    "public libraries",
    "free public library",
    "public schools",
    "public school",
    "school district",
    "city schools",
    "historical society",
    "town library",
    "city library",
    "district library",
];

/// Words of the name of an institution that a text ends with, at most.
const LONGEST_NAME: usize = 8;

/// Inhabitants (a quarter of a million) of a town whose name before `University` is the town's
/// rather than a person's: `Boston University`, not `Davenport University`.
const PERSONS: u8 = 27;

/// What may follow the name of a large town or of a state.
const KINDS: [&str; 26] = [
    "university",
    "college",
    "state university",
    "public",
    "free",
    "community",
    "library",
    "libraries",
    "museum",
    "historical",
    "institute",
    "school",
    "academy",
    "medical",
    "city",
    "symphony",
    "botanical",
    "zoo",
    "art",
    "law",
    "department",
    "health",
    "hospital",
    "philharmonic",
    "district",
    "conservatory",
];

/// What may stand before a town's name.
const BEFORE: [&str; 22] = [
    "city of",
    "town of",
    "village of",
    "borough of",
    "township of",
    "university of",
    "college of",
    "suny",
    "suny at",
    "state university of",
    "archdiocese of",
    "diocese of",
    "museum of",
    "county of",
    "state of",
    "city college of",
    "historical society of",
    "art institute of",
    "public library of",
    "libraries of",
    "library of",
    "port of",
];

/// Finds a place in words that are not a place field: an employer's name (`Ossining Public Library`,
/// `University of Michigan, Ann Arbor`, `SUNY Albany`), an address block. An unambiguous or hinted
/// place, or nothing.
pub fn find(text: &str, hint: &Hint) -> Vec<Place> {
    let text = beginning(text);
    let found = scan(text, hint);
    if !found.is_empty() {
        return found;
    }
    let mut out = Vec::new();
    for line in text.split(['\n', ';', '|']).take(8) {
        institution(line, hint).into_iter().for_each(|place| add(&mut out, place));
        if !out.is_empty() {
            break;
        }
    }
    out
}

/// The place of the well-known institution that a text ends with: `… Part-Time Gordon State College`.
pub fn at_end(text: &str, hint: &Hint) -> Option<Place> {
    let all: Vec<_> = words(text).collect();
    let longest = all.len().min(LONGEST_NAME);
    (2..=longest).rev().find_map(|count| {
        let name = &text[all[all.len() - count].0..];
        let known = institution::exactly(&iso::key(name), hint).filter(|known| !known.town.is_empty())?;
        name.starts_with(char::is_uppercase).then(|| seat(known.town, known.scope))?
    })
}

/// Whether some words name an institution.
pub(super) fn is_institution(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .any(|word| INSTITUTION_WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// The place that one institution's name tells.
pub(super) fn institution(text: &str, hint: &Hint) -> Option<Place> {
    let text = text.trim();
    if text.is_empty() || text.len() > 200 {
        return None;
    }
    let key = iso::key(text);
    let known = institution::known(&key, hint);
    if let Some(Known { town, scope, whole: true, .. }) = known
        && !town.is_empty()
    {
        return seat(town, scope);
    }
    let state = state_in(&key, hint);
    let systems = institution::system(&key).iter().filter_map(|region| Scope::of_code(region));
    for scope in
        state.into_iter().chain(known.filter(|known| known.open).map(|known| known.scope)).chain(systems)
    {
        if let Some(town) = campus(institution::without_units(text), scope) {
            return place(Some(town), scope);
        }
    }
    if let Some(Known { town, scope, own: true, .. }) = known {
        return if town.is_empty() { place(None, scope) } else { seat(town, scope) };
    }
    if let Some(town) = town_in_name(&key, state, hint) {
        return place(Some(town), Scope { region: town.region, country: Some(town.country) });
    }
    place(None, state.or_else(|| institution::country_in(&key))?)
}

/// An institution's town as the gazetteer spells it, or in the table's words.
fn seat(town: &str, scope: Scope) -> Option<Place> {
    let found = place(within(&iso::key(town), scope), scope)?;
    Some(Place { city: found.city.or_else(|| Some(town.to_owned())), ..found })
}

/// What may stand before a state's name that is no part of it.
const COMPASS: [&str; 12] = [
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "northwest",
    "northeast",
    "southwest",
    "southeast",
    "north",
    "east",
    "south",
];

/// The region that a name tells: `University of Michigan`, `Michigan State University`, `Westchester
/// County`.
fn state_in(key: &str, hint: &Hint) -> Option<Scope> {
    let from_start = |rest: &str| -> Option<Scope> {
        let ends = rest.match_indices(' ').map(|(at, _)| at).chain(std::iter::once(rest.len()));
        let ends: Vec<_> = ends.take(4).collect();
        ends.into_iter().rev().find_map(|end| {
            let name = &rest[..end];
            let county = name.ends_with(" county");
            let follows = rest[end..].trim_start();
            if county {
                let town = alone(name, hint).filter(|town| town.name.is_empty() || town.size > 0)?;
                return Some(Scope { region: town.region, country: Some(town.country) });
            }
            // Abbreviations are words ("or", "in"); Washington alone may be the capital, a person.
            let region =
                (name.len() > 3).then(|| iso::region_by_key(name, hint.country.or(Some("US"))))??;
            let state = follows.starts_with("state ") || follows == "state";
            (name != "washington" || state).then(|| Scope::of_region(region))?
        })
    };
    let ends = ends_of(key, " of ");
    for before in [
        "university of ",
        "state of ",
        "state university of ",
        "college of ",
        "university system of ",
        "library of ",
    ] {
        if let Some((at, end)) = first_of(key, &ends, before) {
            // "City University of New York" is the town's.
            let city = key[..at].ends_with("city ");
            if let Some(scope) = (!city).then(|| from_start(&key[end..])).flatten() {
                return Some(scope);
            }
        }
    }
    // "Northwest Missouri State University"; "West Virginia" is a state as it stands.
    let bare = key.split_once(' ').filter(|(word, _)| COMPASS.contains(word)).map_or(key, |(_, rest)| rest);
    let first = [key, bare].into_iter().find_map(|key| from_start(key).map(|scope| (key, scope)));
    let first = first.filter(|(key, scope)| {
        let name = scope.region.and_then(iso::region_name).map(iso::key).unwrap_or_default();
        let rest = key.strip_prefix(name.as_str()).map(str::trim_start);
        // A town of the state's name comes first ("New York Public Library").
        rest.is_none_or(|rest| {
            let town = within(&name, *scope).is_some_and(|town| town.size >= HUNDRED_THOUSAND);
            let of_state = starts_with_words(rest, "state");
            of_state || !town && KINDS.iter().any(|kind| starts_with_words(rest, kind))
        })
    });
    let suny = key.starts_with("suny ").then(|| Scope::of_region("US-NY")).flatten();
    first.map(|(_, scope)| scope).or(suny).or_else(|| {
        let county = key.find(" county")?;
        let words: Vec<_> = key[..county].split(' ').collect();
        (0..words.len()).rev().take(3).rev().find_map(|from| {
            let name = format!("{} county", words[from..].join(" "));
            let town = alone(&name, hint)?;
            Some(Scope { region: town.region, country: Some(town.country) })
        })
    })
}

/// The town behind the name of a state's institution: `University of Michigan, Ann Arbor`,
/// `UMass - Amherst`, `University at Buffalo`, `SUNY Albany`.
fn campus(text: &str, scope: Scope) -> Option<&'static Town> {
    let all: Vec<_> = words(text).collect();
    let last = all.len();
    (1..last)
        .filter(|at| last - at <= 3)
        .find_map(|at| {
            let before = &text[..all[at - 1].1];
            let name = &text[all[at].0..];
            let joint = before.ends_with([',', '-', '–', '—', ':'])
                || ["at", "in"].iter().any(|word| before.ends_with(&format!(" {word}")))
                || before.split(' ').next_back().is_some_and(is_institution)
                || institution::is_system(&iso::key(before))
                || scope
                    .region
                    .and_then(iso::region_name)
                    .is_some_and(|name| iso::key(before).ends_with(&iso::key(name)));
            let town = joint.then(|| within(&iso::key(name), scope)).flatten();
            town.filter(|town| !town.name.is_empty() && !is_institution(name))
        })
        .or_else(|| {
            let (_, name) = text.rsplit_once(['-', '–'])?;
            within(&iso::key(name), scope).filter(|town| !town.name.is_empty())
        })
}

/// The town that an institution's name begins or ends with.
fn town_in_name(key: &str, state: Option<Scope>, hint: &Hint) -> Option<&'static Town> {
    // "State University of New York" is the state's.
    let own = state.and_then(|scope| scope.region).and_then(iso::region_name).map(iso::key);
    let known = |name: &str, civic: bool| {
        if own.as_deref() == Some(name) {
            return None;
        }
        let scoped = state.filter(|scope| scope.region.is_some()).map(|scope| within(name, scope));
        let town = scoped.unwrap_or_else(|| alone(name, hint))?;
        let least = if civic { 0 } else { HUNDRED_THOUSAND };
        // A college at home is hardly called after a town abroad, and saints are everywhere.
        let abroad = hint.country.is_some_and(|home| town.country != home) || town.region == Some("US-PR");
        // "Washington" is a president, and half of the country is named after him.
        (!town.name.is_empty() && town.size >= least && (civic || !abroad) && name != "washington")
            .then_some(town)
    };
    let ends: Vec<_> = key.match_indices(' ').map(|(at, _)| at).take(4).collect();
    for end in ends.into_iter().rev() {
        let (name, rest) = (&key[..end], &key[end + 1..]);
        let civic = CIVIC.iter().any(|kind| rest.starts_with(kind));
        if (civic || KINDS.iter().any(|kind| starts_with_words(rest, kind)))
            && let Some(town) = known(name, civic)
            && (civic || town.size >= PERSONS)
        {
            return Some(town);
        }
    }
    let ends = [ends_of(key, " of"), ends_of(key, "suny"), ends_of(key, "suny at")].concat();
    for before in BEFORE {
        let Some((_, end)) = first_of(key, &ends, before) else { continue };
        let rest = key[end..].trim_start();
        let municipal = matches!(before, "city of" | "town of" | "village of" | "township of" | "borough of");
        let ends = rest.match_indices(' ').map(|(at, _)| at).chain(std::iter::once(rest.len())).take(4);
        let ends: Vec<_> = ends.collect();
        // The town is not its county ("Community College of Baltimore County").
        let mut ends =
            ends.into_iter().rev().filter(|end| !starts_with_words(rest[*end..].trim_start(), "county"));
        if let Some(town) = ends.find_map(|end| known(&rest[..end], municipal)) {
            return Some(town);
        }
    }
    // "… in St. Louis", "… at Buffalo", "…, Fresno": the end of the name.
    let ends = [" in ", " at "].iter().filter_map(|joint| key.rsplit_once(joint)).map(|(_, name)| name);
    ends.into_iter()
        .find_map(|name| known(name, false).filter(|town| town.size >= TEN_THOUSAND))
        .or_else(|| towns(key).next().and_then(|_| known(key, false)))
}

/// Where some words end in a key.
fn ends_of(key: &str, words: &str) -> Vec<usize> {
    if !key.contains(words) {
        return Vec::new();
    }
    key.match_indices(words).map(|(at, _)| at + words.len()).collect()
}

/// The range of some words that end at one of `ends`, where they first stand in the key, if a word
/// begins there. All have one end in common, so that a key is searched for that once.
fn first_of(key: &str, ends: &[usize], words: &str) -> Option<(usize, usize)> {
    let end = *ends.iter().find(|end| key[..**end].ends_with(words))?;
    let at = end - words.len();
    (at == 0 || key.as_bytes()[at - 1] == b' ').then_some((at, end))
}

fn starts_with_words(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_found_by_their_ends(key in "((uni)?versity |city |of |suny |at |x|state ){0,6}") {
            for (words, end) in BEFORE.map(|words| (words, " of")).into_iter().chain([("state of ", " of ")]) {
                let end = if words.ends_with(end) { end } else { words };
                let found = key.find(words).filter(|at| *at == 0 || key.as_bytes()[at - 1] == b' ');
                let first = first_of(&key, &ends_of(&key, end), words);
                prop_assert_eq!(first.map(|(at, _)| at), found, "{}", words);
            }
        }
    }
}
