//! A resource of a JSON:API document of jobs in, an entry out.
//!
//! `jobs.code4lib.org/jobs.json` (jsonapi.org, version 1.0): the job's own values are `attributes`, its
//! employer is a relationship, named there or among the document's `included` resources. The
//! attribute `url` is where to apply; the job's page is `links.self`.

use std::collections::HashMap;

use serde_json::Value;

use super::Context;
use super::slice::{Parts, elements};
use super::value::{address, exact, first, is_true, line, moment, places, scalar, words};
use crate::parse::{Body, Entry, markdown};

/// What an employer is called as a relationship.
const EMPLOYERS: [&str; 4] = ["employer", "organization", "company", "institution"];

pub(super) fn entry(job: &Value, context: &Context) -> Option<Entry> {
    let own = job.get("attributes")?;
    let stated = Vec::from_iter(line(own, "/location"));
    let remote = is_true(own, "/telecommute").then_some("Remote");
    let page = address(job, "/links/self");
    let apply = address(own, "/url").or_else(|| exact(own, "/contact"));
    let kind = first(own, &["/job_type", "/job-type"]).map(|kind| words(&kind));
    Some(Entry {
        key: exact(job, "/id"),
        title: line(own, "/title").unwrap_or_default(),
        url: page.or_else(|| address(own, "/url")).map(|url| context.absolute(url)),
        apply,
        employer: EMPLOYERS.iter().find_map(|name| employer(job, name, context)),
        place: places(&stated, remote),
        salary: first(own, &["/salary", "/compensation"]),
        employment: kind.filter(|kind| kind != "uncategorized"),
        closing: first(own, &["/closing_date", "/deadline", "/expires_at"]),
        published: ["/published_at", "/created_at"].iter().find_map(|at| moment(own, at, context.zone)),
        updated: moment(own, "/updated_at", context.zone),
        body: own.pointer("/description").and_then(scalar).map(|text| body(&text)).unwrap_or_default(),
        ..Entry::default()
    })
}

/// Descriptions are Markdown, or HTML where the poster pasted that.
fn body(text: &str) -> Body {
    if Body::looks_like_html(text) {
        Body::html(text.to_owned())
    } else {
        Body::Html(markdown::to_html(text))
    }
}

fn employer(job: &Value, name: &str, context: &Context) -> Option<String> {
    let data = job.pointer(&format!("/relationships/{name}/data"))?;
    if let Some(name) = first(data, &["/name", "/attributes/name"]) {
        return Some(name);
    }
    let names = context.included.get_or_init(|| names(&context.document));
    let known = (exact(data, "/type").unwrap_or_default(), exact(data, "/id")?);
    names.get(&known).cloned()
}

/// The names of a document's `included` resources, by type and id.
fn names(document: &Parts) -> HashMap<(String, String), String> {
    let included = document.get("included").and_then(elements).unwrap_or_default();
    let resources = included.parts.iter().filter_map(|(_, text)| serde_json::from_str::<Value>(text).ok());
    let named = resources.filter_map(|resource| {
        let known = (exact(&resource, "/type").unwrap_or_default(), exact(&resource, "/id")?);
        Some((known, line(&resource, "/attributes/name")?))
    });
    named.collect()
}
