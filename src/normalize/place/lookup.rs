//! A town's name and what is known beside it in, the one town that is meant out.

use super::Hint;
use super::gazetteer::{HUNDRED_THOUSAND, MILLION, Town, towns};
use crate::iso;
use crate::posting::Place;

/// How much larger a town must be than every other of its name to be meant without more words, in
/// thirds of doublings: eight times.
pub(super) const RIVALS: u8 = 9;

/// How much larger a world city must be to be meant though the hinted country has a town of its
/// name: about a hundred times (Moscow, not Moscow in Idaho).
pub(super) const FAMOUS: u8 = 20;

/// What a town's neighbourhood in the text says of it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Scope {
    pub region: Option<&'static str>,
    pub country: Option<&'static str>,
}

impl Scope {
    pub fn holds(self, town: &Town) -> bool {
        // Of some towns abroad the region is not known.
        self.region.is_none_or(|region| town.region.is_none_or(|own| own == region))
            && self.country.is_none_or(|country| town.country == country)
    }

    /// The scope of a subdivision's code, or of a country's.
    pub fn of_code(code: &str) -> Option<Scope> {
        let country = || Some(Scope { region: None, country: Some(iso::known_country(code)?) });
        Scope::of_region(code).or_else(country)
    }

    pub fn of_region(region: &str) -> Option<Scope> {
        let (region, country) = iso::known_region(region)?;
        Some(Scope { region: Some(region), country: Some(country) })
    }
}

/// The largest of some towns, if it has no rival; areas count as towns without inhabitants.
fn chief<'a>(towns: impl Iterator<Item = &'a Town>) -> Option<&'a Town> {
    let (mut first, mut second): (Option<&Town>, Option<u8>) = (None, None);
    for town in towns {
        match first {
            Some(best) if best.size >= town.size => second = second.max(Some(town.size)),
            _ => {
                second = second.max(first.map(|best| best.size));
                first = Some(town);
            }
        }
    }
    first.filter(|best| second.is_none_or(|rival| best.size >= rival.saturating_add(RIVALS)))
}

/// The town of this key in a scope; in a country without a region, only one without rivals.
pub(super) fn within(key: &str, scope: Scope) -> Option<&'static Town> {
    let found = chief(towns(key).filter(|town| scope.holds(town)));
    found.or_else(|| {
        // "E. Syracuse", "No. Adams": the gazetteer writes directions in full.
        let (first, rest) = key.split_once(' ')?;
        let direction = match first {
            "n" | "no" => "north",
            "s" | "so" => "south",
            "e" => "east",
            "w" => "west",
            _ => return None,
        };
        let key = format!("{direction} {rest}");
        chief(towns(&key).filter(|town| scope.holds(town)))
    })
}

/// Towns' names that are words of other meaning: without their state they are towns only where the
/// country is known.
const WORDS: [&str; 55] = [
    "of",
    "nice",
    "orange",
    "media",
    "archives",
    "reading",
    "bath",
    "mobile",
    "normal",
    "commerce",
    "industry",
    "opportunity",
    "university",
    "college",
    "home",
    "book",
    "enterprise",
    "independence",
    "liberty",
    "union",
    "center",
    "centre",
    "campus",
    "downtown",
    "main",
    "hub",
    "branch",
    "price",
    "page",
    "temple",
    "coast",
    "capital",
    "federal",
    "mission",
    "north",
    "south",
    "east",
    "west",
    "central",
    "earth",
    "sandwich",
    "battle",
    "deal",
    "ware",
    "street",
    "hospital",
    "early",
    "none",
    "any",
    "all",
    "other",
    "unknown",
    "various",
    "vary",
    "open",
];

/// The town of this key where nothing else is known of it.
pub(super) fn alone(key: &str, hint: &Hint) -> Option<&'static Town> {
    let in_region =
        |region: Option<&str>| region.and_then(Scope::of_region).and_then(|scope| within(key, scope));
    if let Some(found) = in_region(hint.region) {
        return Some(found);
    }
    let at_home = |home: &str| chief(towns(key).filter(|town| town.country == home));
    // The employer's state, unless a city of its country that is a hundred times as large has the name.
    if let Some(near) = in_region(hint.employer)
        && at_home(near.country).is_none_or(|city| city.size < near.size.saturating_add(FAMOUS))
    {
        return Some(near);
    }
    let world = chief(towns(key));
    let word = WORDS.contains(&key);
    let Some(country) = hint.country else { return world.filter(|_| !word) };
    let near = at_home(country);
    if word {
        return near.filter(|town| town.size >= HUNDRED_THOUSAND);
    }
    match (near, world) {
        (Some(near), Some(world))
            if world.size >= MILLION && world.size >= near.size.saturating_add(FAMOUS) =>
        {
            Some(world)
        }
        (Some(near), _) => Some(near),
        // A small town abroad is not what a board at home means.
        (None, world) => world.filter(|town| town.size >= HUNDRED_THOUSAND),
    }
}

/// Whether a town's name is a word that means other things.
pub(super) fn is_word(key: &str) -> bool {
    WORDS.contains(&key)
}

/// A place of which town and scope are known; the scope fills what the town lacks.
pub(super) fn place(town: Option<&Town>, scope: Scope) -> Option<Place> {
    let region = town.and_then(|town| town.region).or(scope.region);
    let country = town.map(|town| town.country).or(scope.country);
    let mut city = town.map(|town| town.name).filter(|name| !name.is_empty());
    // The District of Columbia is one city.
    if region == Some("US-DC") {
        city = city.or(Some("Washington"));
    }
    (region.is_some() || country.is_some()).then(|| Place {
        city: city.map(str::to_owned),
        region: region.map(str::to_owned),
        country: country.map(str::to_owned),
    })
}

/// Adds a place, unless one is there that says as much; a region's bare name goes where a town of it
/// is named.
pub(super) fn add(places: &mut Vec<Place>, new: Place) {
    let says = |more: &Place, less: &Place| {
        let field = |more: &Option<String>, less: &Option<String>| less.is_none() || more == less;
        field(&more.city, &less.city)
            && field(&more.region, &less.region)
            && field(&more.country, &less.country)
    };
    if places.iter().any(|place| says(place, &new)) {
        return;
    }
    places.retain(|place| !says(&new, place));
    places.push(new);
}
