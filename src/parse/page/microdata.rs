//! The tree of a page in, the JobPostings of its microdata out, as the JSON that JSON-LD would be.
//!
//! HTML, section 5 (microdata); `content` counts on every element, as boards write it.

use scraper::ElementRef;
use serde_json::{Map, Value};

/// Bytes of a value that is one line of text, at most.
const LINE: usize = 4_000;

/// Names of one property, at most: two are for one text that holds a town and its state.
const NAMES: usize = 3;

/// The JobPostings under an element, none within another.
pub fn postings(element: ElementRef<'_>, found: &mut Vec<Value>) {
    if let Some(item) = item(element).filter(|_| is_posting(element)) {
        return found.push(item);
    }
    element.child_elements().for_each(|child| postings(child, found));
}

fn is_posting(element: ElementRef<'_>) -> bool {
    let types = element.attr("itemtype").unwrap_or_default();
    types.split_whitespace().any(|name| {
        let name = name.trim_end_matches('/');
        name.rsplit('/').next().is_some_and(|local| local.eq_ignore_ascii_case("JobPosting"))
    })
}

/// What an element with `itemscope` says; some boards leave that out where they give the type.
fn item(element: ElementRef<'_>) -> Option<Value> {
    if !is_item(element) {
        return None;
    }
    let mut fields = Map::new();
    let kind = element.attr("itemtype").unwrap_or_default();
    fields.insert("@type".into(), kind.rsplit('/').next().unwrap_or_default().into());
    element.child_elements().for_each(|child| properties(child, &mut fields));
    Some(Value::Object(fields))
}

fn is_item(element: ElementRef<'_>) -> bool {
    element.attr("itemscope").is_some() || element.attr("itemtype").is_some()
}

/// Adds the properties of an element and of what is in it. The tree's depth is bounded.
fn properties(element: ElementRef<'_>, fields: &mut Map<String, Value>) {
    let names = element.attr("itemprop").unwrap_or_default();
    let mut names = names.split([' ', ',', '\n', '\t']).filter(|name| !name.is_empty()).take(NAMES);
    if is_item(element) {
        // An item that is no property is of nothing here. It is kept once: kept under two names, in
        // each of many layers, it would double with each.
        if let Some((name, item)) = names.next().zip(item(element)) {
            add(fields, name, item);
        }
        return;
    }
    let mut read = false;
    for name in names {
        let (value, text) = value(element, name);
        add(fields, name, Value::String(value));
        read |= text;
    }
    // Nor is a text read again for what is in it.
    if !read {
        element.child_elements().for_each(|child| properties(child, fields));
    }
}

fn add(fields: &mut Map<String, Value>, name: &str, value: Value) {
    match fields.get_mut(name) {
        None => drop(fields.insert(name.to_owned(), value)),
        Some(Value::Array(values)) => values.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}

/// The value of a property, and whether it is the text of the element.
fn value(element: ElementRef<'_>, name: &str) -> (String, bool) {
    let given = |attribute: &str| element.attr(attribute).map(str::to_owned);
    let attribute = match element.value().name() {
        // A title that is a link is named by its text.
        "a" | "area" | "link" if !matches!(name, "title" | "name") => given("href"),
        "img" | "audio" | "embed" | "iframe" | "source" | "track" | "video" => given("src"),
        "object" => given("data"),
        "data" | "meter" => given("value"),
        "time" => given("datetime"),
        _ => None,
    };
    if let Some(value) = given("content").or(attribute) {
        return (value, false);
    }
    if name == "description" {
        return (element.inner_html(), true);
    }
    let mut text = String::new();
    for piece in element.text() {
        text.push_str(piece);
        if text.len() > LINE {
            text.truncate(text.floor_char_boundary(LINE));
            break;
        }
    }
    (text, true)
}
