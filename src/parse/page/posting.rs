//! A JobPosting of schema.org in, an entry out.
//!
//! Properties and what Google asks of them: schema.org/JobPosting. Boards fill what they do not
//! know with placeholders, which are no facts.

use std::borrow::Cow;

use chrono::Months;
use chrono_tz::Tz;
use serde_json::Value;

use super::super::{Body, Entry};
use crate::date;
use crate::posting::Moment;
use crate::text;

/// Texts that stand for "not known", in lower case.
const PLACEHOLDERS: [&str; 14] = [
    "unavailable",
    "unknown",
    "n/a",
    "na",
    "none",
    "null",
    "nil",
    "undefined",
    "not specified",
    "not available",
    "not applicable",
    "other",
    "-",
    "--",
];

/// Reads a posting; links are as the page has them.
pub fn entry(posting: &Value, zone: Option<Tz>) -> Entry {
    let get = |name: &str| posting.get(name).unwrap_or(&Value::Null);
    let moment = |name: &str| date::read(&words(get(name))?, zone);
    let published = moment("datePosted");
    let url = words(get("url")).or_else(|| page(get("mainEntityOfPage"))).or_else(|| page(get("@id")));
    let apply = match get("directApply") {
        Value::String(link) if link.contains("://") => Some(link.trim().to_owned()),
        Value::Bool(true) => url.clone(),
        Value::String(yes) if yes.eq_ignore_ascii_case("true") => url.clone(),
        _ => None,
    };
    Entry {
        key: key(get("identifier")),
        title: words(get("title")).or_else(|| words(get("name"))).unwrap_or_default(),
        url,
        apply,
        employer: name(get("hiringOrganization")),
        place: place(posting),
        salary: salary(get("baseSalary"), words(get("salaryCurrency"))),
        employment: employment(get("employmentType")),
        closing: closing(get("validThrough"), published, zone),
        published,
        updated: moment("dateModified"),
        body: body(get("description")),
        language: words(get("inLanguage")),
        ..Entry::default()
    }
}

/// The first of several values.
fn one(value: &Value) -> &Value {
    match value {
        Value::Array(values) => values.iter().find(|value| !value.is_null()).unwrap_or(&Value::Null),
        value => value,
    }
}

/// All of several values.
fn all(value: &Value) -> &[Value] {
    if let Value::Array(values) = value { values } else { std::slice::from_ref(value) }
}

/// A text of one line that says something.
fn words(value: &Value) -> Option<String> {
    let text = match one(value) {
        Value::String(text) => text::squash(&text::decode(text)),
        Value::Number(number) => number.to_string(),
        // A value with its language: `{"@value": "Librarian", "@language": "en"}`.
        Value::Object(object) => return object.get("@value").filter(|v| !v.is_object()).and_then(words),
        _ => return None,
    };
    let placeholder = PLACEHOLDERS.iter().any(|known| known.eq_ignore_ascii_case(&text));
    (!placeholder && !text.is_empty()).then_some(text)
}

/// The address of a page, by itself or as the id of a node; an id that is no address is none.
fn page(value: &Value) -> Option<String> {
    let value = one(value);
    let text = words(value.get("@id").or_else(|| value.get("url")).unwrap_or(value))?;
    let web = ["http://", "https://"].iter().any(|scheme| text.starts_with(scheme));
    (web && !text.contains('#')).then_some(text)
}

fn key(value: &Value) -> Option<String> {
    let value = one(value);
    words(value.get("value").unwrap_or(value))
}

fn name(value: &Value) -> Option<String> {
    let value = one(value);
    words(value).or_else(|| words(value.get("name")?)).or_else(|| words(value.get("legalName")?))
}

/// The places of work: `Ithaca, NY, US; Remote`.
fn place(posting: &Value) -> Option<String> {
    let get = |name: &str| posting.get(name).unwrap_or(&Value::Null);
    let away = all(get("jobLocationType")).iter().filter_map(words);
    let away = away.into_iter().any(|kind| kind.to_ascii_uppercase().contains("TELECOMMUTE"));
    let mut places: Vec<String> = away.then(|| "Remote".to_owned()).into_iter().collect();
    let mut stated: Vec<_> = all(get("jobLocation")).iter().filter_map(location).collect();
    if stated.is_empty() {
        // Where someone who works from home must live.
        stated = all(get("applicantLocationRequirements")).iter().filter_map(name).collect();
    }
    for place in stated {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    (!places.is_empty()).then(|| places.join("; "))
}

fn location(place: &Value) -> Option<String> {
    if let Some(text) = words(place) {
        return Some(text);
    }
    let address = one(place.get("address").unwrap_or(place));
    if let Some(text) = words(address) {
        return Some(text);
    }
    let part = |field: &str| address.get(field).and_then(name);
    let (mut town, mut region) = (part("addressLocality"), part("addressRegion"));
    // Both in one text: `Ithaca, NY`.
    if let (Some(both), true) = (&town, region.is_none() || town == region)
        && let Some((first, rest)) = both.split_once(',')
    {
        (region, town) = (Some(rest.trim().to_owned()), Some(first.trim().to_owned()));
    }
    if town.is_none() {
        town = part("streetAddress").map(|street| match part("postalCode") {
            Some(code) if !street.contains(&code) => format!("{street} {code}"),
            _ => street,
        });
    }
    let mut line = String::new();
    for part in [town, region, part("addressCountry")].into_iter().flatten().filter(|part| !part.is_empty()) {
        // A town that its writer gave with the state: `Ithaca, NY` before `NY`.
        if line.ends_with(&format!(", {part}")) {
            continue;
        }
        if !line.is_empty() {
            line.push_str(", ");
        }
        line.push_str(&part);
    }
    Some(line).filter(|line| !line.is_empty()).or_else(|| name(place))
}

fn employment(value: &Value) -> Option<String> {
    let types = all(value).iter().filter_map(words).map(|kind| {
        let kind = kind.rsplit('/').next().unwrap_or_default().replace('_', " ");
        if kind.chars().any(char::is_lowercase) { kind } else { kind.to_lowercase() }
    });
    let types: Vec<_> = types.filter(|kind| kind != "other").collect();
    (!types.is_empty()).then(|| types.join(", "))
}

/// Periods of pay, as schema.org, UN/CEFACT and boards spell them.
const UNITS: [(&str, &str); 12] = [
    ("HOUR", "hour"),
    ("HUR", "hour"),
    ("HOURLY", "hour"),
    ("DAY", "day"),
    ("WEEK", "week"),
    ("WEE", "week"),
    ("MONTH", "month"),
    ("MON", "month"),
    ("YEAR", "year"),
    ("ANN", "year"),
    ("ANNUAL", "year"),
    ("YEARLY", "year"),
];

/// Pay in one line: `52000 - 61000 USD per year`.
fn salary(value: &Value, currency: Option<String>) -> Option<String> {
    let value = one(value);
    let amount = one(value.get("value").unwrap_or(value));
    let figure = |field: &str| {
        [amount, value].iter().find_map(|of| words(of.get(field)?)).filter(|amount| has_digit(amount))
    };
    let mut text = match (figure("minValue"), figure("maxValue")) {
        (Some(low), Some(high)) if low != high => format!("{low} - {high}"),
        (None, Some(high)) => format!("up to {high}"),
        (Some(low), _) => low,
        (None, None) => figure("value").or_else(|| words(amount).filter(|amount| has_digit(amount)))?,
    };
    let said = |field: &str| [amount, value].iter().find_map(|of| words(of.get(field)?));
    // What is words already says its own.
    if text.contains(|c: char| c.is_alphabetic() || c == '$') && !text.starts_with("up to ") {
        return Some(text);
    }
    if let Some(currency) = said("currency").or(currency) {
        text = format!("{text} {currency}");
    }
    if let Some(unit) = said("unitText").or_else(|| said("unitCode")) {
        let known = UNITS.iter().find(|(given, _)| given.eq_ignore_ascii_case(&unit));
        text = format!("{text} per {}", known.map_or(Cow::Owned(unit), |(_, unit)| Cow::Borrowed(*unit)));
    }
    Some(text)
}

/// Whether an amount is more than zero.
fn has_digit(amount: &str) -> bool {
    amount.contains(|c: char| matches!(c, '1'..='9'))
}

/// The last day, unless it was made up: before the posting, or a year after it to the day. A number
/// that is no date is one of 1970, which an empty field becomes.
fn closing(value: &Value, published: Option<Moment>, zone: Option<Tz>) -> Option<String> {
    let text = words(value)?;
    let Some(last) = date::read(&text, zone).map(|last| last.date()) else {
        return (!text.starts_with(|c: char| c.is_ascii_digit())).then_some(text);
    };
    if let Some(posted) = published.map(|posted| posted.date())
        && (last < posted || posted.checked_add_months(Months::new(12)) == Some(last))
    {
        return None;
    }
    Some(text)
}

/// The text, which may be escaped once or twice more than it should.
fn body(value: &Value) -> Body {
    let Value::String(text) = one(value) else { return Body::default() };
    let mut html = Cow::Borrowed(text.trim());
    for _ in 0..2 {
        if Body::looks_like_html(&html) || !html.contains("lt;") {
            break;
        }
        html = Cow::Owned(htmlize::unescape(html.as_ref()).into_owned());
    }
    if Body::looks_like_html(&html) {
        return Body::Html(html.into_owned());
    }
    let text = text::decode(&html).into_owned();
    if words(&Value::String(text.clone())).is_none() { Body::default() } else { Body::Text(text) }
}
