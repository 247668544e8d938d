//! The towns of a field that lists several in, a place for each out.

use super::Hint;
use super::gazetteer::{HUNDRED_THOUSAND, Town, towns};
use super::lookup::{Scope, alone, place, within};
use super::read::Group;
use crate::iso;
use crate::posting::Place;

/// The places of a group that is a list: `New York, Boston, Chicago`, `Albany, Schenectady, Troy, NY`, the
/// towns before `and Troy, NY`. Two towns before a state are more often one in the other.
pub(super) fn places_of_list(group: &Group, after: Option<&'static str>, hint: &Hint) -> Vec<Place> {
    let mut names: Vec<_> = group.towns.iter().map(|(words, _)| iso::key(words)).collect();
    // "Raleigh-Durham"; "Winston-Salem" is one town.
    let twins = match &group.towns[..] {
        [(words, _)] if towns(&names[0]).next().is_none() => words.split_once(['-', '–']),
        _ => None,
    };
    if let Some((one, two)) = twins {
        names = vec![iso::key(one), iso::key(two)];
    }
    if names.len() < 2 {
        return Vec::new();
    }
    let stated = group.scopes(hint).first().copied().filter(|scope| scope.region.is_some());
    let scope = after.and_then(Scope::of_region).or(stated);
    let found: Option<Vec<&Town>> = match scope {
        Some(_) if after.is_none() && twins.is_none() && names.len() < 3 => None,
        Some(scope) => names.iter().map(|name| within(name, scope)).collect(),
        None if group.marks.is_empty() => {
            let large = |town: &&Town| town.size >= HUNDRED_THOUSAND;
            names.iter().map(|name| alone(name, hint).filter(large)).collect()
        }
        None => None,
    };
    let found = found.unwrap_or_default();
    let apart = |at: usize, town: &Town| {
        found[..at]
            .iter()
            .all(|other| other.name != town.name && (scope.is_some() || other.region != town.region))
    };
    // Every one a town of its own: "Flushing, Queens, New York, NY" is one place.
    let own = |name: &str, town: &Town| !town.name.is_empty() && iso::key(town.name) == name;
    let all = found.iter().enumerate().all(|(at, town)| apart(at, town) && own(&names[at], town));
    let boroughs =
        scope.is_some_and(|scope| scope.region == Some("US-NY")) && names.iter().any(|n| n == "new york");
    if !all || boroughs {
        return Vec::new();
    }
    found.into_iter().filter_map(|town| place(Some(town), Scope::default())).collect()
}
