//! A field that states places in, the places out.

use super::Hint;
use super::gazetteer::{HUNDRED_THOUSAND, MILLION, TEN_THOUSAND, Town, towns};
use super::list::places_of_list;
use super::lookup::{Scope, add, alone, place, within};
use super::noise::without_label;
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
pub(super) struct Group<'a> {
    join: Option<Join>,
    pub towns: Vec<(&'a str, Option<Mark>)>,
    pub marks: Vec<Mark>,
    /// How many towns stood before the first region.
    before_region: Option<usize>,
    postal: Option<Postal>,
}

/// Reads a field that states places: `Bronx, NY`, `441 E. Fordham Road, Bronx, NY 10458`,
/// `Philadelphia, PA or Washington, DC`, `Remote`. No place twice; empty where nothing is sure.
pub fn read(text: &str, hint: &Hint) -> Vec<Place> {
    let text = without_label(beginning(text));
    let capitals = with_capitals(text);
    let text = capitals.as_deref().unwrap_or(text);
    let mut out = Vec::new();
    if text.len() > PROSE && !text.contains([';', '|', '\n']) {
        scan(text, hint).into_iter().for_each(|place| add(&mut out, place));
        if out.is_empty() {
            out.extend(world_city(text));
        }
        return out;
    }
    let groups = groups(&pieces(text, hint));
    let mut before: Option<Scope> = None;
    for (at, group) in groups.iter().enumerate() {
        let after = groups[at + 1..].iter().find_map(Group::region).filter(|_| group.region().is_none());
        let after = after.filter(|_| joined(groups.get(at + 1)));
        // What stands before speaks for a country, and like an employer's seat for a region.
        let country = hint.country.or(before.and_then(|scope| scope.country));
        let region = before.and_then(|scope| scope.region).filter(|_| follows(group));
        let near = Hint { country, ..*hint };
        let list = places_of_list(group, after, &near);
        let found =
            if list.is_empty() { resolve(group, after, region, &near).into_iter().collect() } else { list };
        for place in found {
            before = place
                .country
                .as_deref()
                .and_then(|country| Scope::of_code(place.region.as_deref().unwrap_or(country)));
            add(&mut out, place);
        }
    }
    if out.is_empty() {
        find::institution(text, hint).into_iter().for_each(|place| add(&mut out, place));
    }
    out
}

/// `albany, ny` with its state in capitals; `None` where a text has capitals of its own.
fn with_capitals(text: &str) -> Option<String> {
    if text.len() > PROSE || text.contains(char::is_uppercase) {
        return None;
    }
    let (town, state) = text.rsplit_once(", ")?;
    let code = state.to_ascii_uppercase();
    (code.len() == 2 && iso::region(&code, None).is_some()).then(|| format!("{town}, {code}"))
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
        let lone = town.is_empty() && !region && !marks.is_empty();
        let countries = lone
            && current.is_country()
            && !marks.iter().any(|mark| mark.country == current.marks[0].country);
        let differs = region && told && !marks.iter().any(same) || countries;
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
    // "Berlin" before "CT" is no state of Germany, "New York" behind "US" and before "Albany" is the state.
    if region.is_some_and(|region| also.region.is_some_and(|own| own[..2] != region[..2])) {
        return (piece.town, None);
    }
    let state_of = |next: &Piece| {
        towns(&iso::key(next.town)).any(|town| town.region == also.region && !town.name.is_empty())
    };
    if group.is_country() && also.region.is_some() && next.is_some_and(state_of) {
        return ("", Some(also));
    }
    let beside = group.towns.last().and_then(|(words, also)| also.map(|also| is_city_state(words, also)));
    if beside == Some(true) && is_city_state(piece.town, also) {
        return (piece.town, Some(also));
    }
    let open = group.before_region.is_none();
    if open && !group.towns.is_empty() && matches!(piece.join, Join::Part | Join::Inner | Join::Slash) {
        return ("", Some(also));
    }
    // Of "Berlin, Hamburg" neither lies in the other.
    let alike = piece.marks.is_empty() && piece.postal.is_none() && is_city_state(piece.town, also);
    if piece.join == Join::Slash || region.is_some() && !alike {
        return ("", Some(also));
    }
    (piece.town, Some(also))
}

/// Whether words are a region abroad and a large town in it.
fn is_city_state(words: &str, also: Mark) -> bool {
    let region = also.region.filter(|region| !["US-", "CA-", "AU-"].iter().any(|of| region.starts_with(of)));
    region.is_some()
        && towns(&iso::key(words)).any(|town| town.region == region && town.size >= HUNDRED_THOUSAND)
}

impl<'a> Group<'a> {
    fn is_empty(&self) -> bool {
        self.towns.is_empty() && self.marks.is_empty() && self.postal.is_none()
    }

    /// Whether only a country is known of it.
    fn is_country(&self) -> bool {
        let lone = |mark: &Mark| mark.region.is_none() && mark.country.is_some();
        self.towns.is_empty() && !self.marks.is_empty() && self.marks.iter().all(lone)
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
    pub fn scopes(&self, hint: &Hint) -> Vec<Scope> {
        let mut countries =
            self.marks.iter().filter(|mark| mark.region.is_none()).filter_map(|mark| mark.country);
        let sure = self.marks.iter().filter(|mark| mark.country.is_none()).find_map(|mark| mark.region);
        // The larger place stands behind: "Firenze (FI), Italia".
        let country = countries.next_back();
        let mut scopes: Vec<Scope> = Vec::new();
        let fits = |scope: &Scope| country.is_none() || scope.country == country;
        for mark in &self.marks {
            let region = mark.region.filter(|region| sure.is_none_or(|sure| sure == *region));
            let home = |region: &str| hint.country.is_some_and(|country| region.starts_with(country));
            let other = mark.other.filter(|_| region.is_some_and(|region| !home(region)));
            scopes.extend(region.into_iter().chain(other).filter_map(Scope::of_region).filter(fits));
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

fn resolve(
    group: &Group,
    after: Option<&'static str>,
    before: Option<&'static str>,
    hint: &Hint,
) -> Option<Place> {
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
        let found = after.and_then(Scope::of_region).and_then(|scope| town_in(&group.towns, scope));
        // Behind a town comes one of its state, but "Boston" behind "New York" is no village there.
        let large =
            || before.and_then(|_| town_alone(&group.towns, hint)).filter(|town| town.size >= MILLION - 3);
        let near = Hint { employer: before.or(hint.employer), ..*hint };
        let found = found.or_else(large).or_else(|| town_alone(&group.towns, &near));
        return place(found, Scope::default());
    }
    for scope in &scopes {
        if let Some(town) = town_in(&group.towns, *scope) {
            return place(Some(town), *scope);
        }
    }
    // Nothing tells whether Georgia is the state or the country.
    let either = |mark: &Mark| (mark.region, mark.country) == (Some("US-GA"), Some("GE"));
    let lone = group.towns.is_empty() && group.postal.is_none() && group.marks.iter().all(either);
    if lone && hint.country.is_none() && hint.employer.is_none() {
        return None;
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
    // States are larger than towns of their name; a district abroad is hardly.
    let states = region.country.is_some_and(|country| ["US", "CA", "AU"].contains(&country));
    let least = if states { HUNDRED_THOUSAND } else { TEN_THOUSAND };
    let own = towns(&key).filter(|town| !town.name.is_empty()).find(|town| {
        // The town may lie in the region beside ("Vilnius"), or be a part of one ("Camden").
        let beside = Some(town.country) == region.country && town.size >= HUNDRED_THOUSAND;
        region.holds(town) && town.size >= least
            || !states && (beside || region.holds(town) && town.size == 0)
    });
    let larger = also.region.is_some_and(|region| LARGER_THAN_THEIR_TOWN.contains(&region));
    if own.is_some() && !(larger && scope.is_some_and(|scope| scope.region.is_none()))
        || region.region == Some("US-DC")
    {
        return Some(place(own, region));
    }
    // Washington alone is a state or a capital: only the country is sure.
    let home = |town: &Town| region.country != hint.country || Some(town.country) == hint.country;
    let rival = towns(&key).find(|town| !region.holds(town) && town.size >= MILLION - 4 && home(town));
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
