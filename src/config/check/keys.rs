//! A parsed feeds.toml in, unknown keys and the line of every known one out.
//!
//! Which keys there are is read from the JSON Schema of the types, so that it cannot differ from
//! them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use schemars::schema_for;
use serde_json::Value;
use toml::de::{DeTable, DeValue};

use super::{Failure, Lines, did_you_mean};
use crate::config::Config;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| schema_for!(Config).to_value());

/// The line of each key, by its path: `source[2].url`; of a section: `source[2]`.
#[derive(Default)]
pub struct Places(HashMap<String, usize>);

impl Places {
    /// The line of a key, or of the section it should be in.
    pub fn line(&self, section: &str, key: &str) -> Option<usize> {
        self.0.get(&format!("{section}.{key}")).or_else(|| self.0.get(section)).copied()
    }
}

/// Takes unknown keys out of the table, each with a failure.
pub fn check(lines: &Lines, table: &mut DeTable, failures: &mut Vec<Failure>) -> Places {
    let mut places = Places::default();
    walk(lines, table, &SCHEMA, "", &mut places, failures);
    places
}

fn walk(
    lines: &Lines,
    table: &mut DeTable,
    schema: &Value,
    path: &str,
    places: &mut Places,
    failures: &mut Vec<Failure>,
) {
    let Some(known) = resolve(schema).get("properties").and_then(Value::as_object) else { return };
    let keys: Vec<_> = table.keys().map(|key| (key.get_ref().to_string(), key.span().start)).collect();
    for (key, at) in keys {
        let at = lines.of(at);
        let Some(schema) = known.get(&key) else {
            let hint = did_you_mean(&key, known.keys().map(String::as_str));
            let within = if path.is_empty() { "the file".into() } else { format!("[{}]", bare(path)) };
            let message = format!("{within} has no key \"{key}\"{hint}");
            failures.push(Failure { line: Some(at), check: "keys", message });
            table.remove(key.as_str());
            continue;
        };
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        places.0.insert(path.clone(), at);
        let Some(value) = table.get_mut(&Cow::<str>::Owned(key)[..]) else { continue };
        match value.get_mut() {
            DeValue::Table(inner) => walk(lines, inner, schema, &path, places, failures),
            DeValue::Array(array) => {
                let Some(items) = resolve(schema).get("items") else { continue };
                for (index, item) in array.iter_mut().enumerate() {
                    let path = format!("{path}[{index}]");
                    places.0.insert(path.clone(), lines.of(item.span().start));
                    if let DeValue::Table(inner) = item.get_mut() {
                        walk(lines, inner, items, &path, places, failures);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Follows references and "this or null" to the schema that lists properties.
fn resolve(schema: &Value) -> &Value {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix("#/$defs/")) {
        return resolve(&SCHEMA["$defs"][name]);
    }
    match schema.get("anyOf").and_then(Value::as_array) {
        Some(either) => either.iter().find(|s| s.get("$ref").is_some()).map_or(schema, resolve),
        None => schema,
    }
}

/// `source[2].defaults` as an operator writes it: `source.defaults`.
fn bare(path: &str) -> String {
    path.split('.').map(|part| part.split('[').next().unwrap_or(part)).collect::<Vec<_>>().join(".")
}
