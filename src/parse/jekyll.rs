//! A Markdown post with front matter in, one entry out: a file is a posting.

use std::sync::LazyLock;

use chrono::NaiveDate;
use chrono_tz::Tz;
use regex::Regex;
use serde_json::{Map, Value};

use super::decode::Decoded;
use super::{Body, Entry, Parsed, SkipReason, markdown};
use crate::date;
use crate::fetch::Document;
use crate::posting::Moment;
use crate::text;

/// Keys of the front matter, folded; for each field the best first. `jobTitle`, `organization` and
/// `closingDate` are the DH Job Archive's.
const TITLE: &[&str] = &["jobtitle", "job title", "title"];
const EMPLOYER: &[&str] = &["employer", "organization", "organisation", "institution", "company", "library"];
const PLACE: &[&str] = &["location", "place", "city"];
const COUNTRY: &[&str] = &["country"];
const SALARY: &[&str] = &["salary", "compensation", "pay"];
const EMPLOYMENT: &[&str] = &["employment", "employment type", "job type", "type"];
const CLOSING: &[&str] = &["closing", "closingdate", "closing date", "deadline", "closes", "expires"];
const URL: &[&str] = &["link", "url", "external url", "joburl", "job url"];
const APPLY: &[&str] = &["apply", "apply url", "application"];
const SUMMARY: &[&str] = &["excerpt", "summary", "description"];
const CATEGORIES: &[&str] = &["categories", "category", "tags", "tag"];
const DATE: &[&str] = &["date", "published", "posted"];
const UPDATED: &[&str] = &["last modified at", "updated", "modified"];
const LANGUAGE: &[&str] = &["lang", "language"];
const AUTHOR: &[&str] = &["author"];

/// The headings that METRO's form makes of its questions, folded, as they are written out.
const SECTIONS: [(&str, &str); 9] = [
    ("description", "Description"),
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("compensation", "Compensation"),
    ("location", "Location"),
    ("url", "URL"),
    ("to apply", "To Apply"),
    ("company information", "Company Information"),
    ("contact information", "Contact Information"),
];

/// Reads a post; what cannot be read is in [`Parsed::skipped`] under its file's name.
pub fn parse(decoded: &Decoded<'_>, document: &Document, zone: Option<Tz>) -> Parsed {
    let name = document.file_name.clone();
    let mut parsed = Parsed { complete: true, ..Parsed::default() };
    let label = || name.clone().unwrap_or_else(|| document.location.clone());
    if decoded.repair.is_some() || decoded.text.contains('\0') {
        parsed.skip(label(), SkipReason::NotText);
        return parsed;
    }
    let Some((front, body)) = split(&decoded.text).and_then(|(yaml, body)| Some((Front::read(yaml)?, body)))
    else {
        parsed.skip(label(), SkipReason::BadFrontMatter);
        return parsed;
    };
    let mut entry = entry(&front, body, zone);
    entry.published = entry.published.or_else(|| date_of_name(name.as_deref()?).map(Moment::On));
    entry.key = name;
    parsed.take(entry);
    parsed
}

/// The YAML between the first two lines of hyphens, and what follows.
fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let first = text.lines().next().filter(|line| line.trim_end() == "---")?;
    let rest = text[first.len()..].strip_prefix('\n').or_else(|| text[first.len()..].strip_prefix("\r\n"))?;
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&rest[..at], &rest[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

struct Front(Map<String, Value>);

impl Front {
    /// `None` if it is not YAML, or none of keys and values. A key that is there twice counts once,
    /// with its first value: templates end with empty copies.
    fn read(yaml: &str) -> Option<Front> {
        if yaml.trim().is_empty() {
            return Some(Front(Map::new()));
        }
        let options = serde_saphyr::options! {
            duplicate_keys: serde_saphyr::DuplicateKeyPolicy::FirstWins,
        };
        let read: Map<String, Value> = serde_saphyr::from_str_with_options(yaml, options).ok()?;
        Some(Front(read.into_iter().map(|(key, value)| (text::fold(&key), value)).collect()))
    }

    /// The first of these keys that holds a text.
    fn get(&self, keys: &[&str]) -> Option<String> {
        keys.iter().find_map(|key| self.0.get(*key).and_then(scalar))
    }

    /// Jekyll takes words of `categories` and `tags` apart at spaces; in the singular they are one.
    fn categories(&self) -> Vec<String> {
        let mut all = Vec::new();
        for key in CATEGORIES {
            let found: Vec<String> = match self.0.get(*key) {
                Some(Value::Array(values)) => values.iter().filter_map(scalar).collect(),
                Some(Value::String(words)) if key.ends_with('s') => {
                    words.split_whitespace().map(str::to_owned).collect()
                }
                Some(value) => scalar(value).into_iter().collect(),
                None => Vec::new(),
            };
            for category in found {
                if !all.contains(&category) {
                    all.push(category);
                }
            }
        }
        all
    }
}

/// A text; of an object its name, of a list its first.
fn scalar(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Object(object) => scalar(object.get("name")?)?,
        Value::Array(values) => scalar(values.first()?)?,
        Value::Bool(_) | Value::Null => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn entry(front: &Front, markdown: &str, zone: Option<Tz>) -> Entry {
    let markdown = headings(&without_liquid(markdown));
    let sections = sections(&markdown);
    let section = |name: &str| {
        let found = sections.iter().find(|(heading, text)| *heading == name && !text.trim().is_empty());
        found.map(|(_, text)| *text)
    };
    let text = |name| section(name).map(markdown::to_text).filter(|text| !text.is_empty());
    let url = front.get(URL).filter(|url| url.starts_with("http"));
    let place = front.get(PLACE).or_else(|| text("location").map(|place| text::squash(&place)));
    let place = match (place, front.get(COUNTRY)) {
        (Some(place), Some(country)) => Some(format!("{place}, {country}")),
        (place, country) => place.or(country),
    };
    let body = Body::Html(markdown::to_html(&markdown));
    let summary = front.get(SUMMARY).map(|text| Body::html(text::squash(&text)));
    Entry {
        key: None,
        title: text::squash(&text::decode(&front.get(TITLE).unwrap_or_default())),
        url: url.or_else(|| section("url").and_then(markdown::address)),
        apply: front.get(APPLY).or_else(|| text("to apply")),
        employer: front.get(EMPLOYER),
        place,
        salary: front.get(SALARY).or_else(|| text("compensation")),
        employment: front.get(EMPLOYMENT),
        closing: front.get(CLOSING),
        author: front.get(AUTHOR),
        department: None,
        published: front.get(DATE).and_then(|text| date::read(&text, zone)),
        updated: front.get(UPDATED).and_then(|text| date::read(&text, zone)),
        categories: front.categories(),
        body,
        summary,
        language: front.get(LANGUAGE),
    }
}

/// `2016-04-04-title.markdown`, as Jekyll names posts.
fn date_of_name(name: &str) -> Option<NaiveDate> {
    name.get(..10)?.parse().ok()
}

/// The text without what Jekyll's template language would have filled in.
fn without_liquid(markdown: &str) -> String {
    static LIQUID: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?m)^#{0,6}[ \t]*\{\{[^{}\n]*\}\}[ \t]*$|\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}")
            .expect("a fixed expression")
    });
    LIQUID.replace_all(markdown, "").into_owned()
}

/// Known headings in the one form that is a heading to every reader: older posts have
/// `### Description###`, which is none to CommonMark.
fn headings(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    for line in markdown.lines() {
        match heading(line) {
            Some((_, written)) => {
                out.push_str("\n### ");
                out.push_str(written);
                out.push('\n');
            }
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

fn heading(line: &str) -> Option<(&'static str, &'static str)> {
    let rest = line.trim().strip_prefix("##")?;
    let name = text::fold(rest.trim_matches(|c: char| matches!(c, '#' | ':' | '*') || c.is_whitespace()));
    SECTIONS.into_iter().find(|(known, _)| *known == name)
}

/// The known sections, each with its text up to the next one.
fn sections(markdown: &str) -> Vec<(&'static str, &str)> {
    let mut sections: Vec<(&str, &str)> = Vec::new();
    let mut open: Option<(&'static str, usize)> = None;
    let mut at = 0;
    for line in markdown.split_inclusive('\n') {
        if let Some((name, _)) = heading(line) {
            sections.extend(open.map(|(name, from)| (name, &markdown[from..at])));
            open = Some((name, at + line.len()));
        }
        at += line.len();
    }
    sections.extend(open.map(|(name, from)| (name, &markdown[from..])));
    sections
}
