//! A posting of SmartRecruiters' API in, an entry out; the clones of one posting in, one entry out.
//!
//! `api.smartrecruiters.com/v1/companies/<id>/postings`. One job that is open in several cities is posted
//! once a city, all with one `refNumber`. The list has neither texts nor addresses of pages, but those
//! are made of the company's name and the posting's id.

use std::collections::HashMap;

use serde_json::Value;

use super::Context;
use super::value::{address, exact, first, is_true, line, markup, moment, places, sections};
use crate::parse::{Body, Entry};

/// Places of one posting, at most: more are not read of a field anyway.
const PLACES: usize = 40;

const SECTIONS: [&str; 4] =
    ["companyDescription", "jobDescription", "qualifications", "additionalInformation"];

pub(super) fn entry(posting: &Value, context: &Context) -> Option<Entry> {
    let id = exact(posting, "/id");
    let page = || {
        let company = exact(posting, "/company/identifier")?;
        Some(format!("https://jobs.smartrecruiters.com/{company}/{}", id.as_ref()?))
    };
    let mut categories = Vec::from_iter(line(posting, "/department/label"));
    categories.extend(line(posting, "/function/label").filter(|label| !categories.contains(label)));
    Some(Entry {
        // Not the id of whichever clone comes first today.
        key: exact(posting, "/refNumber").or_else(|| id.clone()),
        title: line(posting, "/name").unwrap_or_default(),
        url: address(posting, "/postingUrl").map(|url| context.absolute(url)).or_else(page),
        apply: address(posting, "/applyUrl"),
        employer: line(posting, "/company/name"),
        place: place(posting),
        employment: line(posting, "/typeOfEmployment/label"),
        published: moment(posting, "/releasedDate", context.zone),
        categories,
        body: body(posting),
        language: line(posting, "/language/code"),
        ..Entry::default()
    })
}

fn place(posting: &Value) -> Option<String> {
    let country = || line(posting, "/location/country").map(|code| code.to_uppercase());
    let parts = || {
        let parts = [line(posting, "/location/city"), line(posting, "/location/region"), country()];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        Some(parts.join(", ")).filter(|place| !place.is_empty())
    };
    let stated = Vec::from_iter(first(posting, &["/location/fullLocation"]).or_else(parts));
    let remote = match (is_true(posting, "/location/hybrid"), is_true(posting, "/location/remote")) {
        (true, _) => Some("Hybrid"),
        (_, true) => Some("Remote"),
        _ => None,
    };
    places(&stated, remote)
}

/// The sections of a posting's own document.
fn body(posting: &Value) -> Body {
    sections(SECTIONS.iter().map(|name| {
        let section = format!("/jobAd/sections/{name}");
        (line(posting, &format!("{section}/title")), markup(posting, &format!("{section}/text")))
    }))
}

/// Makes one entry of the clones of each posting: the first, with the places of all.
pub(super) fn merge(entries: Vec<Entry>) -> Vec<Entry> {
    let mut merged: Vec<(Entry, Vec<String>)> = Vec::with_capacity(entries.len());
    let mut seen: HashMap<String, usize> = HashMap::new();
    for entry in entries {
        let known = entry.key.as_ref().and_then(|key| seen.get(key).copied());
        let Some(first) = known else {
            seen.extend(entry.key.clone().map(|key| (key, merged.len())));
            let places = Vec::from_iter(entry.place.clone());
            merged.push((entry, places));
            continue;
        };
        let (_, places) = &mut merged[first];
        if let Some(place) = entry.place.filter(|place| places.len() < PLACES && !places.contains(place)) {
            places.push(place);
        }
    }
    let joined = |(entry, places): (Entry, Vec<String>)| Entry {
        place: Some(places.join("; ")).filter(|place| !place.is_empty()),
        ..entry
    };
    merged.into_iter().map(joined).collect()
}
