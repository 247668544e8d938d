//! A posting of Lever's API in, an entry out.
//!
//! `api.lever.co/v0/postings/<site>?mode=json`, a bare array. The text is in three parts: a description,
//! lists with headings, and what is added at the end.

use serde_json::Value;

use super::Context;
use super::value::{
    address, exact, first, line, list, markup, moment, number, pay, places, scalar, sections, workplace,
};
use crate::parse::{Body, Entry};

pub(super) fn entry(posting: &Value, context: &Context) -> Option<Entry> {
    let all = list(posting, "/categories/allLocations").iter();
    let mut stated: Vec<String> = all.filter_map(scalar).collect();
    if stated.is_empty() {
        stated.extend(line(posting, "/categories/location"));
    }
    let kind = line(posting, "/workplaceType");
    let mut categories = Vec::from_iter(line(posting, "/categories/department"));
    categories.extend(line(posting, "/categories/team").filter(|team| !categories.contains(team)));
    Some(Entry {
        key: exact(posting, "/id"),
        title: line(posting, "/text").unwrap_or_default(),
        url: address(posting, "/hostedUrl").map(|url| context.absolute(url)),
        apply: address(posting, "/applyUrl"),
        place: places(&stated, workplace(kind.as_deref())),
        salary: salary(posting),
        employment: line(posting, "/categories/commitment"),
        published: moment(posting, "/createdAt", context.zone),
        updated: moment(posting, "/updatedAt", context.zone),
        categories,
        body: body(posting),
        ..Entry::default()
    })
}

fn salary(posting: &Value) -> Option<String> {
    let range = posting.get("salaryRange");
    let stated = range.and_then(|range| {
        let (currency, period) = (line(range, "/currency"), line(range, "/interval"));
        pay(number(range, "/min"), number(range, "/max"), currency.as_deref(), period.as_deref())
    });
    stated.or_else(|| first(posting, &["/salaryDescriptionPlain"]))
}

fn body(posting: &Value) -> Body {
    let either = |html: &str, plain: &str| markup(posting, html).or_else(|| markup(posting, plain));
    let mut parts = vec![(None, either("/description", "/descriptionPlain"))];
    for list in list(posting, "/lists") {
        // The items without the list around them.
        let items = exact(list, "/content").map(|items| match items.trim_start().starts_with("<li") {
            true => Body::Html(format!("<ul>{items}</ul>")),
            false => Body::html(items),
        });
        parts.push((line(list, "/text"), items));
    }
    parts.push((None, either("/additional", "/additionalPlain")));
    sections(parts)
}
