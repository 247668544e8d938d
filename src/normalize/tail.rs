//! The last words of a text that ends with a place in, the place out.
//!
//! Boards cut an advertisement off and put the place behind it: `… a full-time posit Glen Ellyn`. What
//! is before the place is not known to be another thing, so only whole names of places count.

use crate::iso;
use crate::posting::Place;
use crate::text::fold;

use super::place::{self, Hint};
use super::title::looks::affinity;

/// Words of a name without its state, at most: `Salt Lake City`.
const NAME: usize = 3;

/// Words that make the name behind them, or before them, another one: `North Fairbanks`.
const COMPASS: [&str; 8] = ["north", "south", "east", "west", "northern", "southern", "eastern", "western"];

/// Words for a part of a place or an institution, behind the town's name: `Columbus Campus`, `GHC -
/// Cartersville Instr. Site`.
const PARTS: [&str; 7] = ["campus", "campuses", "area", "site", "instr", "location", "center"];

/// The place that the words end with; of an institution, if it is well known.
pub fn place_at_end(tail: &str, hint: &Hint) -> Vec<Place> {
    if let Some((_, last)) = tail.rsplit_once(", ") {
        let known = |place: &Place| place.city.is_some() && place.region.is_some();
        let town = place::scan(tail, hint).into_iter().rfind(known);
        // A town that is not known may have words of the text before it, so its state alone is sure.
        let found = town.map_or_else(|| place::read(last, hint), |town| vec![town]);
        if !found.is_empty() {
            return found;
        }
    }
    if let Some(seat) = place::at_end(tail, hint) {
        return vec![seat];
    }
    // A campus' name is a town's only where its institution is.
    let home = hint.employer.or(hint.region);
    let near = |place: &Place| home.is_some() && place.region.as_deref() == home;
    // "Main Campus (Brunswick)"
    if let Some((_, inner)) = tail.strip_suffix(')').and_then(|text| text.rsplit_once('('))
        && !inner.contains(' ')
    {
        return is_named(inner, place::read(inner, hint), hint)
            .filter(|places| places.iter().all(near))
            .unwrap_or_default();
    }
    let (words, part) = without_parts(tail);
    let names = (1..=NAME).rev().filter_map(|count| words.len().checked_sub(count));
    let named = names
        .filter(|at| {
            let before = at.checked_sub(1).map_or("", |before| words[before]);
            let compass =
                |word: &str| COMPASS.contains(&fold(word.rsplit('-').next().unwrap_or(word)).as_str());
            ![before, words[*at], words[words.len() - 1]].into_iter().any(compass)
        })
        .map(|at| words[at..].join(" "))
        .filter(|name| !name.contains(['(', ')']) && affinity(name) == 0)
        .find_map(|name| is_named(&name, place::read(&name, hint), hint))
        .unwrap_or_default();
    if part && !named.iter().all(near) { Vec::new() } else { named }
}

/// A text's words without those of [`PARTS`] at its end, and whether there were some.
fn without_parts(tail: &str) -> (Vec<&str>, bool) {
    let mut words: Vec<_> = tail.split(' ').collect();
    let all = words.len();
    while words.last().is_some_and(|word| PARTS.contains(&fold(word).as_str())) {
        words.pop();
    }
    let part = words.len() < all;
    (words, part)
}

/// The place, if it is the only one, has the whole name, and is in the country where it is looked for, or in
/// the employer's.
fn is_named(name: &str, places: Vec<Place>, hint: &Hint) -> Option<Vec<Place>> {
    let [place] = places.as_slice() else { return None };
    let region = place.region.as_deref().and_then(iso::region_name);
    let whole = place.city.as_deref().or(region).is_some_and(|known| fold(known) == fold(name));
    let country = place.country.as_deref();
    let home = hint.country.is_none()
        || hint.country == country
        || hint.employer.map(|region| &region[..2]) == country;
    (whole && home).then_some(places)
}

/// Whether a text names one town alone, in the region of an employer that sits in another or whose town is
/// not known.
pub fn is_elsewhere(found: &[Place], seat: &[Place]) -> bool {
    let ([found], [seat]) = (found, seat) else { return false };
    // "State University of New York, NY" does not tell of the town.
    let region = found.region.as_deref().and_then(iso::region_name);
    let told = found.city.is_some() && found.city.as_deref() != region;
    told && found.region == seat.region && found.city != seat.city
}

/// Places of which only the state is known, with the employer's town where it sits in that state and the
/// words name it: a town may be too small for the gazetteer.
pub fn with_seat(places: Vec<Place>, words: &str, seat: &[Place]) -> Vec<Place> {
    if let ([Place { city: None, region: Some(region), .. }], [seat]) = (&places[..], seat)
        && seat.region.as_ref() == Some(region)
        && seat.city.as_ref().is_some_and(|city| words.contains(city.as_str()))
    {
        return vec![seat.clone()];
    }
    places
}
