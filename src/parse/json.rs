//! The text of a JSON Feed in, its entries out.
//!
//! JSON Feed 1.0 and 1.1 (jsonfeed.org), read by serde and not by feed-rs: that one refuses a whole
//! feed for a number as id, which the specification tells readers to accept, knows no language of an
//! item, normalizes links, and makes up ids. Whatever feed-rs accepts is accepted here.

use std::borrow::Cow;

use chrono_tz::Tz;
use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::{Body, Entry, Error, Parsed};
use crate::date;
use crate::text;

#[derive(Deserialize)]
struct Feed {
    #[serde(default)]
    version: Value,
    #[serde(default)]
    home_page_url: Value,
    #[serde(default)]
    feed_url: Value,
    #[serde(default)]
    language: Value,
    #[serde(default)]
    author: Value,
    #[serde(default)]
    authors: Value,
    items: Vec<Item>,
}

/// Every field is any value: a wrong one costs no more than itself.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Item {
    id: Value,
    url: Value,
    external_url: Value,
    title: Value,
    content_html: Value,
    content_text: Value,
    summary: Value,
    date_published: Value,
    date_modified: Value,
    author: Value,
    authors: Value,
    tags: Value,
    language: Value,
}

/// Reads a JSON Feed; `location` is where it came from, `zone` that of dates which name none.
///
/// # Errors
/// [`Error::NotAFeed`] if it is not JSON, or other JSON than a feed.
pub fn parse(document: &str, location: &str, zone: Option<Tz>) -> Result<Parsed, Error> {
    let (feed, repairs) = read(document.trim_matches(['\u{feff}', '\0']))?;
    let version = scalar(feed.version);
    if version.as_ref().is_some_and(|version| !version.contains("jsonfeed.org/version/")) {
        return Err(Error::NotAFeed(format!("its version is {:?}", version.unwrap_or_default())));
    }
    let base = [feed.home_page_url, feed.feed_url, Value::String(location.to_owned())];
    let base = base.into_iter().find_map(|url| Url::parse(&scalar(url)?).ok()).filter(Url::has_host);
    let (language, author) = (scalar(feed.language), author(feed.authors, feed.author));
    let complete = !repairs.contains(&TRUNCATED);
    let repairs = repairs.into_iter().map(str::to_owned).collect();
    let mut parsed = Parsed { complete, repairs, ..Parsed::default() };
    for item in feed.items {
        let mut entry = item.into_entry(base.as_ref(), zone);
        entry.language = entry.language.or_else(|| language.clone());
        entry.author = entry.author.or_else(|| author.clone());
        parsed.take(entry);
    }
    Ok(parsed)
}

const TRUNCATED: &str = "truncated";

/// The feed, and what had to be mended: line ends and other control characters in texts, which JSON
/// forbids (RFC 8259, section 7), and an end that is missing.
fn read(document: &str) -> Result<(Feed, Vec<&'static str>), Error> {
    if document.trim_start().starts_with('[') {
        return Err(Error::NotAFeed("it is an array of JSON".into()));
    }
    let refused = |error: serde_json::Error| Error::NotAFeed(error.to_string());
    let mut error = match serde_json::from_str(document) {
        Ok(feed) => return Ok((feed, Vec::new())),
        Err(error) => error,
    };
    let (mut document, mut repairs) = (Cow::Borrowed(document), Vec::new());
    if error.is_syntax() && document.contains(char::is_control) {
        document = Cow::Owned(document.replace(char::is_control, " "));
        repairs.push("control characters");
        error = match serde_json::from_str(&document) {
            Ok(feed) => return Ok((feed, repairs)),
            Err(error) => error,
        };
    }
    if !error.is_eof() {
        return Err(refused(error));
    }
    let cut = cut(&document).ok_or_else(|| refused(error))?;
    repairs.push(TRUNCATED);
    Ok((serde_json::from_str(&cut).map_err(refused)?, repairs))
}

impl Item {
    fn into_entry(self, base: Option<&Url>, zone: Option<Tz>) -> Entry {
        let html = string(self.content_html).map(Body::html);
        let plain = string(self.content_text).map(|text| Body::Text(text.trim().to_owned()));
        let summary = string(self.summary).map(|text| Body::Text(text.trim().to_owned()));
        let (body, other) = match html {
            Some(html) => (html, summary.or(plain)),
            None => Body::longer(plain, summary),
        };
        let absolute = |link: String| match base {
            Some(base) if Url::parse(&link).is_err() => base.join(&link).map_or(link, String::from),
            _ => link,
        };
        let moment = |value| date::read(&scalar(value)?, zone);
        let tags = if let Value::Array(tags) = self.tags { tags } else { Vec::new() };
        Entry {
            key: scalar(self.id),
            title: text::squash(&scalar(self.title).unwrap_or_default()),
            url: scalar(self.url).or_else(|| scalar(self.external_url)).map(absolute),
            author: author(self.authors, self.author),
            published: moment(self.date_published),
            updated: moment(self.date_modified),
            categories: tags.into_iter().filter_map(scalar).collect(),
            summary: other.filter(|other| !other.is_empty() && *other != body),
            body,
            language: scalar(self.language),
            ..Entry::default()
        }
    }
}

/// The name of the first author of version 1.1, or of the one author of version 1.0.
fn author(authors: Value, author: Value) -> Option<String> {
    let mut all = if let Value::Array(authors) = authors { authors } else { Vec::new() };
    all.push(author);
    all.into_iter().find_map(|mut author| scalar(author.get_mut("name")?.take()))
}

/// A text of one line; the specification asks readers to take a number for its digits.
fn scalar(value: Value) -> Option<String> {
    match value {
        Value::String(text) if text.trim().len() == text.len() => Some(text),
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
    .filter(|text| !text.is_empty())
}

fn string(value: Value) -> Option<String> {
    if let Value::String(text) = value { Some(text).filter(|text| !text.trim().is_empty()) } else { None }
}

/// A truncated feed up to its last whole item.
fn cut(document: &str) -> Option<String> {
    let (mut open, mut text, mut escaped) = (Vec::new(), false, false);
    let mut last = None;
    for (at, byte) in document.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if text => escaped = true,
            b'"' => text = !text,
            _ if text => {}
            b'{' | b'[' => open.push(byte),
            b'}' | b']' => {
                open.pop();
                if open == b"{[" && byte == b'}' {
                    last = Some(at + 1);
                }
            }
            _ => {}
        }
    }
    Some(format!("{}]}}", &document[..last?]))
}
