//! The JSON of a job system in, its entries out.
//!
//! One document, no calls for more. Which system it is, its shape tells: where the list stands and
//! what its elements are called. One file a system; `fields` reads any other JSON as feeds.toml says.
//! `slice` cuts the document into entries before one is read, `value` reads values.

mod ashby;
mod code4lib;
mod fields;
mod greenhouse;
mod lever;
mod slice;
mod smartrecruiters;
mod usajobs;
mod value;
mod workday;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use chrono_tz::Tz;
use serde_json::Value;
use url::Url;

use super::{Entry, Error, Parsed, SkipReason, json};
use crate::config::{Format, Source};

use slice::{Parts, elements, members};

/// What all entries of a document have in common.
struct Context<'a> {
    /// That of dates which name none.
    zone: Option<Tz>,
    /// Where the document came from, if that is on the web.
    location: Option<Url>,
    /// The document's own members.
    document: Parts<'a>,
    /// Names of resources that a document of JSON:API brings along, by type and id.
    included: OnceCell<HashMap<(String, String), String>>,
}

impl Context<'_> {
    /// An address as it is given, relative to the document's.
    fn absolute(&self, address: String) -> String {
        match &self.location {
            Some(base) if Url::parse(&address).is_err() => base.join(&address).map_or(address, String::from),
            _ => address,
        }
    }
}

/// How a system's documents are known, and how one entry is read.
struct Shape {
    /// The members that lead to the list; none: the document is the list.
    list: &'static [&'static str],
    /// Members of which an entry has one.
    marks: &'static [&'static str],
    /// Reads an entry; `None` for one that is not meant to be shown.
    entry: fn(&Value, &Context) -> Option<Entry>,
    /// What is made of all entries of a document at last.
    finish: fn(Vec<Entry>) -> Vec<Entry>,
}

/// The first that fits is taken. A list without entries fits the first of its name.
const SHAPES: [Shape; 8] = [
    shape_of(&["jobs"], &["absolute_url"], greenhouse::entry),
    shape_of(&["jobs"], &["jobUrl", "isListed"], ashby::entry),
    shape_of(&[], &["hostedUrl"], lever::entry),
    Shape {
        finish: smartrecruiters::merge,
        ..shape_of(&["content"], &["refNumber", "releasedDate"], smartrecruiters::entry)
    },
    shape_of(&["SearchResult", "SearchResultItems"], &["MatchedObjectDescriptor"], usajobs::entry),
    shape_of(&["data"], &["attributes"], code4lib::entry),
    shape_of(&["jobPostings"], &["externalPath"], workday::entry),
    shape_of(&["jobPostingInfo"], &["jobPostingInfo"], workday::detail),
];

const fn shape_of(
    list: &'static [&'static str],
    marks: &'static [&'static str],
    entry: fn(&Value, &Context) -> Option<Entry>,
) -> Shape {
    Shape { list, marks, entry, finish: |entries| entries }
}

/// Entries that are looked at to tell a shape.
const SAMPLE: usize = 5;

/// Reads JSON: by the source's fields, if it names some, else as JSON Feed or as a known system's.
///
/// # Errors
/// [`Error::NotAFeed`] if it is nothing of these, or has no list where the fields say.
pub fn parse(text: &str, source: &Source, location: &str, zone: Option<Tz>) -> Result<Parsed, Error> {
    let fields = source.fields.as_ref().filter(|_| source.format != Format::Feed);
    let mut refused = None;
    if fields.is_none() {
        match json::parse(text, location, zone) {
            Err(error) if source.format != Format::Feed => refused = Some(error),
            result => return result,
        }
    }
    let (text, mended) = mend(text.trim_matches(['\u{feff}', '\0']).trim_start());
    let document = members(&text).or_else(|| elements(&text)).unwrap_or_default();
    let location = Url::parse(location).ok().filter(Url::has_host);
    let context = Context { zone, location, document, included: OnceCell::new() };
    let mut parsed = match fields {
        Some(fields) => {
            let list = fields::entries(fields, &text, &context.document)?;
            read(list, &context, |value, context| Some(fields::entry(fields, value, context)))
        }
        None => match shape(&text, &context.document) {
            Some((shape, list)) => {
                let mut parsed = read(list, &context, shape.entry);
                parsed.entries = (shape.finish)(parsed.entries);
                parsed
            }
            None => return Err(unknown(&context.document, refused)),
        },
    };
    parsed.complete = slice::is_whole(&text);
    parsed.repairs.extend(mended.map(str::to_owned));
    if !parsed.complete {
        parsed.repairs.push("truncated".to_owned());
    }
    Ok(parsed)
}

/// Line ends and other control characters in texts are forbidden (RFC 8259, section 7), and common.
fn mend(text: &str) -> (Cow<'_, str>, Option<&'static str>) {
    if slice::is_whole(text) || !text.contains(char::is_control) {
        return (Cow::Borrowed(text), None);
    }
    let mended = text.replace(char::is_control, " ");
    if slice::is_whole(&mended) {
        (Cow::Owned(mended), Some("control characters"))
    } else {
        (Cow::Borrowed(text), None)
    }
}

/// The shape that a document has, and its entries.
fn shape<'a>(text: &'a str, document: &Parts<'a>) -> Option<(&'static Shape, Vec<&'a str>)> {
    SHAPES.iter().find_map(|shape| {
        let has_mark = |members: &Parts| shape.marks.iter().any(|mark| members.get(mark).is_some());
        // The document of one posting.
        if has_mark(document) {
            return Some((shape, vec![text]));
        }
        let list = match shape.list {
            [] => text,
            [first, rest @ ..] => {
                rest.iter().try_fold(document.get(first)?, |at, name| members(at)?.get(name))?
            }
        };
        let list = elements(list)?;
        let entries: Vec<_> = list.parts.into_iter().map(|(_, entry)| entry).collect();
        let mut first = entries.iter().take(SAMPLE).filter_map(|entry| members(entry));
        let empty = entries.is_empty() && list.whole;
        (empty || first.any(|members| has_mark(&members))).then_some((shape, entries))
    })
}

fn read(list: Vec<&str>, context: &Context, entry: impl Fn(&Value, &Context) -> Option<Entry>) -> Parsed {
    let mut parsed = Parsed::default();
    for (number, text) in list.into_iter().enumerate() {
        let name = || format!("entry {}", number + 1);
        match serde_json::from_str::<Value>(text) {
            Ok(value) if value.is_object() => {
                if let Some(entry) = entry(&value, context) {
                    parsed.take(entry);
                }
                if let Some(skipped) = parsed.skipped.last_mut().filter(|skipped| skipped.entry.is_empty()) {
                    skipped.entry = name();
                }
            }
            _ => parsed.skip(name(), SkipReason::BadJson),
        }
    }
    parsed
}

/// What is told of a document of no known shape.
fn unknown(document: &Parts, refused: Option<Error>) -> Error {
    let feed = ["version", "items"].iter().any(|name| document.get(name).is_some());
    if let Some(error) = refused.filter(|_| feed || !document.whole) {
        return error;
    }
    let names: Vec<_> =
        document.parts.iter().map(|(name, _)| name.as_str()).filter(|n| !n.is_empty()).collect();
    let names = names.iter().take(8).copied().collect::<Vec<_>>().join(", ");
    let names = if names.is_empty() { "a list".to_owned() } else { format!("it has {names}") };
    Error::NotAFeed(format!("it is JSON of no known kind ({names}): name its values in [source.fields]"))
}
