//! A field that states places in, the places out.

use super::Hint;
use super::gazetteer::{HUNDRED_THOUSAND, MILLION, Town, towns};
use super::lookup::{Scope, add, alone, place, within};
use super::piece::{Join, Mark, Piece, pieces, words};
use super::postal::Postal;
use super::town::{as_stated, is_known, may_be_town, parts, town_alone, town_in};
use super::{beginning, find, scan};
use crate::iso;
use crate::posting::Place;

/// Regions much larger than the town of their name: `New York, United States` is the state.
const LARGER_THAN_THEIR_TOWN: [&str; 2] = ["US-NY", "CA-QC"];

/// Countries that are one city.
const CITIES: [&str; 5] = ["SG", "HK", "MO", "MC", "GI"];

/// A field that is longer than this is prose.
const PROSE: usize = 160;

/// Pieces that are one place: what can be a town of it, and what stands behind.
#[derive(Default)]
struct Group<'a> {
    join: Option<Join>,
    towns: Vec<(&'a str, Option<Mark>)>,
    marks: Vec<Mark>,
    /// How many towns stood before the first region.
    before_region: Option<usize>,
    postal: Option<Postal>,
}

/// Reads a field that states places: `Bronx, NY`, `441 E. Fordham Road, Bronx, NY 10458`,
/// `Philadelphia, PA or Washington, DC`, `Remote`. No place twice; empty where nothing is sure.
pub fn read(text: &str, hint: &Hint) -> Vec<Place> {
    let text = beginning(text);
    let mut out = Vec::new();
    if text.len() > PROSE && !text.contains([';', '|', '\n']) {
        scan(text, hint).into_iter().for_each(|place| add(&mut out, place));
        if out.is_empty() {
            out.extend(world_city(text));
        }
        return out;
    }
    let groups = groups(&pieces(text, hint));
    let mut before = None;
    for (at, group) in groups.iter().enumerate() {
        let after = groups[at + 1..].iter().find_map(Group::region).filter(|_| group.region().is_none());
        if let Some(place) = resolve(group, after.filter(|_| joined(groups.get(at + 1))), before, hint) {
            before = place.region.as_deref().and_then(Scope::of_region);
            add(&mut out, place);
        }
    }
    if out.is_empty() {
        find::institution(text, hint).into_iter().for_each(|place| add(&mut out, place));
    }
    out
}

/// Whether a group goes on with the list before it, so that its state may be theirs too.
fn joined(group: Option<&Group>) -> bool {
    group.is_some_and(|group| matches!(group.join, Some(Join::List | Join::Slash)))
}

fn groups<'a>(pieces: &[Piece<'a>]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group> = vec![Group::default()];
    for (at, piece) in pieces.iter().enumerate() {
        let current = groups.last_mut().expect("there is always a group");
        let next = pieces.get(at + 1).filter(|next| next.join != Join::Hard);
        let (town, also) = meaning(piece, next, current);
        let marks: Vec<Mark> =
            piece.marks.iter().chain(also.iter().filter(|_| town.is_empty())).copied().collect();
        let region = marks.iter().any(|mark| mark.region.is_some());
        let told = current.before_region.is_some();
        let same = |mark: &Mark| mark.region == current.region() || mark.country == current.country();
        let differs = region && told && !marks.iter().any(same);
        let has_town = !town.is_empty() && may_be_town(town);
        if piece.join == Join::Inner && told && !current.towns.is_empty() {
            continue;
        }
        let new = match piece.join {
            Join::Hard | Join::List => has_town && !current.is_empty() || differs,
            Join::Slash => {
                has_town
                    && !current.towns.is_empty()
                    && (is_known(town) || region || parts(town).any(is_known))
                    || differs
            }
            Join::Part | Join::Inner => {
                let full = told && !current.towns.is_empty();
                full && has_town && (region || is_known(town)) || differs
            }
        };
        if new {
            let late = current.late_towns(differs && !has_town);
            groups.push(Group { join: Some(piece.join), towns: late, ..Group::default() });
        }
        let current = groups.last_mut().expect("there is always a group");
        current.join = current.join.or(Some(piece.join));
        if has_town {
            current.towns.push((town, also));
        }
        if region && current.before_region.is_none() {
            current.before_region = Some(current.towns.len());
        }
        current.marks.extend(marks);
        current.postal = current.postal.or(piece.postal);
    }
    groups
}

fn region_of(marks: &[Mark]) -> Option<&'static str> {
    marks.iter().find_map(|mark| mark.region)
}

/// What a piece's words mean: a town, which may have another meaning, or a region or country after
/// all. `New York` before `NY` is the town, behind a town it is the state.
fn meaning<'a>(piece: &Piece<'a>, next: Option<&Piece>, group: &Group) -> (&'a str, Option<Mark>) {
    let Some(also) = piece.also else { return (piece.town, None) };
    let key = iso::key(piece.town);
    let behind = piece.marks.first().or_else(|| {
        let next = next?;
        // Only what stands alone: in "Ontario, Toronto, Canada" nothing stands behind Ontario.
        if next.town.is_empty() { next.marks.first() } else { next.also.as_ref() }
    });
    let region = behind.and_then(|mark| mark.region).or(piece.postal.and_then(|postal| postal.region));
    // "Tbilisi" before "Georgia", which may be the state or the country.
    let unsure = behind.filter(|mark| mark.region.is_some()).and_then(|mark| mark.country);
    let fits = |town: &Town| region.is_some() && town.region == region || Some(town.country) == unsure;
    if towns(&key).any(|town| fits(town) && !town.name.is_empty()) {
        return (piece.town, None);
    }
    let open = group.before_region.is_none();
    if open && !group.towns.is_empty() && matches!(piece.join, Join::Part | Join::Inner | Join::Slash) {
        return ("", Some(also));
    }
    if piece.join == Join::Slash || region.is_some() {
        return ("", Some(also));
    }
    (piece.town, Some(also))
}

impl<'a> Group<'a> {
    fn is_empty(&self) -> bool {
        self.towns.is_empty() && self.marks.is_empty() && self.postal.is_none()
    }

    fn region(&self) -> Option<&'static str> {
        region_of(&self.marks).or(self.postal.and_then(|postal| postal.region))
    }

    /// The country of the region.
    fn country(&self) -> Option<&'static str> {
        self.region().and_then(Scope::of_region).and_then(|scope| scope.country)
    }

    /// Takes the towns that stood behind the region, for a group that their region begins.
    fn late_towns(&mut self, wanted: bool) -> Vec<(&'a str, Option<Mark>)> {
        match self.before_region.filter(|_| wanted) {
            Some(before) if before > 0 => self.towns.split_off(before.min(self.towns.len())),
            _ => Vec::new(),
        }
    }

    /// What the marks can mean together, the likeliest first.
    fn scopes(&self, hint: &Hint) -> Vec<Scope> {
        let countries =
            self.marks.iter().filter(|mark| mark.region.is_none()).filter_map(|mark| mark.country);
        let sure = self.marks.iter().filter(|mark| mark.country.is_none()).find_map(|mark| mark.region);
        let country = countries.into_iter().next();
        let mut scopes: Vec<Scope> = Vec::new();
        let fits = |scope: &Scope| country.is_none() || scope.country == country;
        for mark in &self.marks {
            let region = mark.region.filter(|region| sure.is_none_or(|sure| sure == *region));
            scopes.extend(region.and_then(Scope::of_region).filter(fits));
        }
        if scopes.is_empty() {
            scopes.extend(self.postal.and_then(|p| p.region).and_then(Scope::of_region).filter(fits));
        }
        if sure.is_none() || scopes.is_empty() {
            let unsure = self.marks.iter().filter_map(|mark| mark.country);
            let postal = self.postal.map(|postal| postal.country);
            for country in country.into_iter().chain(unsure).chain(postal) {
                let scope = Scope { region: None, country: Some(country) };
                if fits(&scope) && !scopes.contains(&scope) {
                    scopes.push(scope);
                }
            }
        }
        // Of words that can be either, the one that the hint speaks for comes first.
        if let Some(near) = hint.country.filter(|_| country.is_none()) {
            scopes.sort_by_key(|scope| scope.country != Some(near));
        }
        scopes
    }
}

fn resolve(group: &Group, after: Option<&'static str>, before: Option<Scope>, hint: &Hint) -> Option<Place> {
    if group.is_empty() {
        return None;
    }
    let scopes = group.scopes(hint);
    if let [(words, Some(also))] = group.towns[..]
        && let Some(found) = namesake(words, also, scopes.first().copied(), hint)
    {
        return found;
    }
    if scopes.is_empty() {
        let shared = after.and_then(Scope::of_region).into_iter().chain(before.filter(|_| follows(group)));
        let found = shared.into_iter().find_map(|scope| town_in(&group.towns, scope));
        let found = found.or_else(|| town_alone(&group.towns, hint));
        return place(found, Scope::default());
    }
    for scope in &scopes {
        if let Some(town) = town_in(&group.towns, *scope) {
            return place(Some(town), *scope);
        }
    }
    let mut found = place(None, scopes[0])?;
    if found.city.is_none() && scopes[0].region.is_some() {
        let own =
            group.postal.filter(|postal| postal.region == scopes[0].region).and_then(|postal| postal.town);
        let twice = named_as_region(group, scopes[0]);
        let stated =
            group.before_region.map_or(&group.towns[..], |at| &group.towns[..at.min(group.towns.len())]);
        found.city = own.or(twice).map(str::to_owned).or_else(|| as_stated(stated));
    } else if found.city.is_none() {
        found.city = as_stated(&group.towns);
    }
    Some(found)
}

fn follows(group: &Group) -> bool {
    matches!(group.join, Some(Join::List | Join::Slash | Join::Part))
}

/// A lone name that is a region's or country's and a town's: `New York`, `Washington`, `Singapore`.
/// `None` if the town is to be looked for like any other.
fn namesake(words: &str, also: Mark, scope: Option<Scope>, hint: &Hint) -> Option<Option<Place>> {
    let key = iso::key(words);
    let hinted = hint.region.and_then(Scope::of_region).and_then(|scope| within(&key, scope));
    if let Some(town) = hinted.filter(|_| scope.is_none()) {
        return Some(place(Some(town), Scope::default()));
    }
    let scope_country = scope.and_then(|scope| scope.country);
    let region = also
        .region
        .and_then(Scope::of_region)
        .filter(|s| scope_country.is_none() || s.country == scope_country);
    let Some(region) = region else {
        let country = Scope { region: None, country: also.country };
        let own = within(&key, country).filter(|town| CITIES.contains(&town.country));
        return also.country.filter(|c| scope_country.is_none_or(|s| s == *c)).map(|_| place(own, country));
    };
    // Georgia: the state, unless nothing says that the board is American.
    if also.country.is_some() && scope.is_none() && hint.country != region.country {
        return Some(
            hint.country
                .filter(|c| also.country == Some(*c))
                .and_then(|_| place(None, Scope { region: None, country: also.country })),
        );
    }
    let own = towns(&key).find(|town| region.holds(town) && town.size >= HUNDRED_THOUSAND);
    let larger = also.region.is_some_and(|region| LARGER_THAN_THEIR_TOWN.contains(&region));
    if own.is_some() && !(larger && scope.is_some_and(|scope| scope.region.is_none()))
        || region.region == Some("US-DC")
    {
        return Some(place(own, region));
    }
    // Washington alone is a state or a capital: only the country is sure.
    let rival = towns(&key).find(|town| !region.holds(town) && town.size >= MILLION - 4);
    match rival.filter(|_| scope.is_none() && own.is_none()) {
        Some(rival) => Some(place(
            None,
            Scope { region: None, country: Some(rival.country).filter(|c| region.country == Some(c)) },
        )),
        None => Some(place(None, region)),
    }
}

/// `NY, NY 10004`: a state said twice is the town of its name.
fn named_as_region(group: &Group, scope: Scope) -> Option<&'static str> {
    let region = scope.region?;
    let times = group.marks.iter().filter(|mark| mark.region == Some(region)).count();
    let key = iso::key(iso::region_name(region)?);
    let town = within(&key, scope).filter(|town| !town.name.is_empty() && times > 1)?;
    Some(town.name)
}

/// The first world city that prose names in capitals.
fn world_city(text: &str) -> Option<Place> {
    let all: Vec<_> = words(text).collect();
    let found = (0..all.len()).find_map(|at| {
        let longest = (all.len() - at).min(3);
        (1..=longest).rev().find_map(|count| {
            let name = &text[all[at].0..all[at + count - 1].1];
            if !name.starts_with(char::is_uppercase) {
                return None;
            }
            let name = name.trim_end_matches([',', '.', ';', ':', ')']);
            let name = name.strip_suffix("’s").or_else(|| name.strip_suffix("'s")).unwrap_or(name);
            alone(&iso::key(name), &Hint::default()).filter(|town| town.size >= MILLION)
        })
    });
    place(Some(found?), Scope::default())
}
