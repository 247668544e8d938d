//! An entry of any JSON and the paths of feeds.toml in, an entry out.

use serde_json::Value;

use super::Context;
use super::slice::{Parts, elements, members};
use super::value::{LISTED, body, closing, one_line, read_moment, scalar};
use crate::config::{Fields, JsonPart, JsonPath, JsonPaths, JsonStep};
use crate::parse::{Body, Entry, Error};

/// The entries of a document, where the fields say, or in its one list.
///
/// # Errors
/// [`Error::NotAFeed`] if there is no list.
pub fn entries<'a>(fields: &Fields, text: &'a str, document: &Parts<'a>) -> Result<Vec<&'a str>, Error> {
    let Some(path) = &fields.entries else {
        return alone(text, document);
    };
    let mut found = vec![text];
    for step in path.steps().unwrap_or_default() {
        found = found.into_iter().flat_map(|text| down(text, step)).collect();
    }
    // The path leads to a list, or, with `[]` at its end, to the entries.
    let mut all = Vec::new();
    let mut lists = 0;
    for text in found.iter().copied() {
        match elements(text) {
            Some(list) => {
                lists += 1;
                all.extend(list.parts.into_iter().map(|(_, entry)| entry));
            }
            None => all.extend(Some(text).filter(|text| text.starts_with('{'))),
        }
    }
    if all.is_empty() && lists == 0 {
        return Err(Error::NotAFeed(format!("it has no list at {:?}", path.to_string())));
    }
    Ok(all)
}

/// The parts that a step leads to.
fn down<'a>(text: &'a str, step: &JsonStep) -> Vec<&'a str> {
    match step {
        JsonStep::Key(key) => members(text).and_then(|members| members.get(key)).into_iter().collect(),
        JsonStep::Index(number) => {
            let list = elements(text).unwrap_or_default();
            list.parts.get(*number).map(|(_, text)| *text).into_iter().collect()
        }
        // Some write what is a list as an object of numbered members.
        JsonStep::All => {
            let parts = elements(text).or_else(|| members(text)).unwrap_or_default().parts;
            parts.into_iter().map(|(_, text)| text).collect()
        }
    }
}

/// The document's entries, if it is a list or has one only.
fn alone<'a>(text: &'a str, document: &Parts<'a>) -> Result<Vec<&'a str>, Error> {
    let of = |list: Parts<'a>| list.parts.into_iter().map(|(_, entry)| entry).collect();
    if let Some(list) = elements(text) {
        return Ok(of(list));
    }
    let all = document.parts.iter().chain(&document.broken);
    let mut lists = all.filter_map(|(name, text)| Some((name.as_str(), elements(text)?))).collect::<Vec<_>>();
    if lists.len() == 1 {
        return Ok(lists.pop().map(|(_, list)| of(list)).unwrap_or_default());
    }
    let names: Vec<_> = lists.iter().map(|(name, _)| *name).take(8).collect();
    let why = if names.is_empty() {
        "it has no list".into()
    } else {
        format!("its lists are {}", names.join(", "))
    };
    Err(Error::NotAFeed(format!("{why}: say in [source.fields] entries where the postings stand")))
}

pub(super) fn entry(fields: &Fields, value: &Value, context: &Context) -> Entry {
    let one = |paths: &JsonPaths| one_line(&joined(value, paths, "; ")?);
    let exact = |paths: &JsonPaths| joined(value, paths, " ");
    let moment = |paths: &JsonPaths| read_moment(&exact(paths)?, context.zone);
    Entry {
        key: exact(&fields.id),
        title: one(&fields.title).unwrap_or_default(),
        url: exact(&fields.url).map(|url| context.absolute(url)),
        apply: exact(&fields.apply),
        employer: one(&fields.employer),
        place: one(&fields.place),
        salary: one(&fields.salary),
        employment: one(&fields.employment),
        closing: one(&fields.closing).map(|text| closing(&text, context.zone)),
        published: moment(&fields.posted),
        updated: moment(&fields.updated),
        categories: categories(value, &fields.categories),
        body: description(value, &fields.description),
        ..Entry::default()
    }
}

/// The values of the first path that leads to some.
fn values(value: &Value, paths: &JsonPaths) -> Vec<String> {
    let found = paths.0.iter().map(|path| at(value, path));
    found.into_iter().find(|values| !values.is_empty()).unwrap_or_default()
}

fn joined(value: &Value, paths: &JsonPaths, between: &str) -> Option<String> {
    Some(values(value, paths).join(between)).filter(|text| !text.is_empty())
}

/// The values at a path; of a template one, if there is a value for each of its paths.
fn at(value: &Value, path: &JsonPath) -> Vec<String> {
    if let Some(steps) = path.steps() {
        return scalars(value, steps);
    }
    let part = |part: &JsonPart| match part {
        JsonPart::Text(text) => Some(text.clone()),
        JsonPart::Value(steps) => Some(scalars(value, steps).join(" ")).filter(|text| !text.is_empty()),
    };
    path.parts.iter().map(part).collect::<Option<String>>().into_iter().collect()
}

/// The texts and numbers at the end of some steps, none twice; of a list all.
fn scalars(value: &Value, steps: &[JsonStep]) -> Vec<String> {
    let mut found = vec![value];
    for step in steps {
        found = found
            .into_iter()
            .flat_map(|value| match (step, value) {
                (JsonStep::Key(key), value) => value.get(key).into_iter().collect::<Vec<_>>(),
                (JsonStep::Index(number), value) => value.get(number).into_iter().collect(),
                (JsonStep::All, Value::Array(list)) => list.iter().collect(),
                (JsonStep::All, Value::Object(members)) => members.values().collect(),
                (JsonStep::All, _) => Vec::new(),
            })
            .take(LISTED)
            .collect();
    }
    let mut texts = Vec::new();
    for value in found {
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        for text in values.iter().take(LISTED).filter_map(scalar) {
            if texts.len() < LISTED && !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
    texts
}

/// One text that lists several is cut at its separators.
fn categories(value: &Value, paths: &JsonPaths) -> Vec<String> {
    let values = values(value, paths);
    let cut = values.len() == 1;
    let parts = values.iter().flat_map(|text| text.split(|c| cut && matches!(c, ',' | ';' | '|')));
    let mut all = Vec::new();
    for category in parts.filter_map(one_line).take(LISTED) {
        if !all.contains(&category) {
            all.push(category);
        }
    }
    all
}

fn description(value: &Value, paths: &JsonPaths) -> Body {
    let texts = values(value, paths);
    let between = if texts.iter().any(|text| Body::looks_like_html(text)) { "<br>\n" } else { "\n\n" };
    body(&texts.join(between))
}
