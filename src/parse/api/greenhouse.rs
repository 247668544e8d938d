//! A job of Greenhouse's board API in, an entry out.
//!
//! `boards-api.greenhouse.io/v1/boards/<token>/jobs?content=true`: the text is HTML that is escaped once more,
//! and a board's own fields stand in `metadata`, each with the name that the board gave it.

use serde_json::Value;

use super::Context;
use super::value::{
    address, exact, first, line, lines, list, markup, moment, number, one_line, pay, places, scalar,
};
use crate::parse::Entry;

/// Names of a board's own fields, in lower case, that state what an entry has a field for.
const EMPLOYMENT: [&str; 6] =
    ["employment type", "job type", "time type", "position type", "employment status", "schedule"];
const SALARY: [&str; 5] = ["salary", "salary range", "pay range", "compensation", "pay"];

pub(super) fn entry(job: &Value, context: &Context) -> Option<Entry> {
    let mut stated = Vec::from_iter(line(job, "/location/name"));
    if stated.is_empty() {
        stated = lines(job, "/offices", "/location");
    }
    if stated.is_empty() {
        stated = lines(job, "/offices", "/name");
    }
    Some(Entry {
        key: exact(job, "/id"),
        title: line(job, "/title").unwrap_or_default(),
        url: address(job, "/absolute_url").map(|url| context.absolute(url)),
        employer: line(job, "/company_name"),
        place: places(&stated, None),
        salary: ranges(job).or_else(|| own(job, &SALARY)),
        employment: own(job, &EMPLOYMENT),
        closing: first(job, &["/application_deadline"]),
        published: moment(job, "/first_published", context.zone),
        updated: moment(job, "/updated_at", context.zone),
        categories: lines(job, "/departments", "/name"),
        body: markup(job, "/content").unwrap_or_default(),
        language: line(job, "/language"),
        ..Entry::default()
    })
}

/// The value of one of the board's own fields.
fn own(job: &Value, names: &[&str]) -> Option<String> {
    let named = |field: &&Value| {
        line(field, "/name").is_some_and(|name| names.contains(&name.to_lowercase().as_str()))
    };
    list(job, "/metadata").iter().filter(named).find_map(|field| match field.get("value")? {
        Value::Array(values) => values.iter().find_map(scalar),
        range @ Value::Object(_) => {
            let (low, high) = (number(range, "/min_value"), number(range, "/max_value"));
            pay(low.or(number(range, "/amount")), high, line(range, "/unit").as_deref(), None)
        }
        value => one_line(&scalar(value)?),
    })
}

/// The ranges that `pay_transparency=true` adds, in cents.
fn ranges(job: &Value) -> Option<String> {
    let range = list(job, "/pay_input_ranges").first()?;
    let whole = |pointer| number(range, pointer).map(|cents| cents / 100.0);
    let period = line(range, "/title");
    pay(whole("/min_cents"), whole("/max_cents"), line(range, "/currency_type").as_deref(), period.as_deref())
}
