//! A preset's name in, the settings that it stands for out (`data/presets.toml`).
//!
//! A source takes a preset's settings where it has none of its own, before it is read as
//! [`Source`](super::Source): what an operator can write, and nothing else, a preset can hold.

use std::borrow::Cow;
use std::sync::LazyLock;

use schemars::{Schema, SchemaGenerator, json_schema};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

static TEXT: &str = include_str!("../../data/presets.toml");

static TABLE: LazyLock<DeTable<'static>> =
    LazyLock::new(|| DeTable::parse(TEXT).expect("data/presets.toml is TOML").into_inner());

/// The key of a preset that is for operators.
const ASSUMES: &str = "assumes";

/// The names of all presets, sorted.
pub fn names() -> impl Iterator<Item = &'static str> {
    TABLE.keys().map(|name| match name.get_ref() {
        Cow::Borrowed(name) => *name,
        Cow::Owned(name) => name.as_str(),
    })
}

/// What a preset takes a board to be like: a paragraph.
pub fn assumes(name: &str) -> Option<&'static str> {
    let DeValue::Table(preset) = TABLE.get(name)?.get_ref() else { return None };
    match preset.get(ASSUMES)?.get_ref() {
        DeValue::String(text) => Some(text.as_ref()),
        _ => None,
    }
}

/// The key that a saved copy of a board has no use for: a file leads nowhere.
const FOLLOW: &str = "follow";

/// The keys that a preset sets, as an operator would write them under `[[source]]`.
pub fn settings(name: &str) -> Option<String> {
    let at = TABLE.keys().find(|key| key.get_ref() == name)?.span().end;
    let is_head = |line: &&str| line.starts_with('[');
    let is_labels = |line: &&str| line.trim_end().ends_with(".labels]");
    let lines = TEXT.get(at..)?.lines().skip(1).take_while(|line| !is_head(line) || is_labels(line));
    let lines = lines.filter(|line| !line.starts_with(ASSUMES));
    let lines = lines.map(|line| if is_head(&line) { "[source.labels]" } else { line });
    Some(lines.collect::<Vec<_>>().join("\n").trim().to_owned())
}

/// Gives a `[[source]]` what its preset sets and it does not. One without a preset, or with one that
/// there is not, stays as it is.
pub fn fill(source: &mut DeTable<'_>) {
    let Some(DeValue::String(name)) = source.get("preset").map(Spanned::get_ref) else { return };
    if let Some(DeValue::Table(preset)) = TABLE.get(name.as_ref()).map(Spanned::get_ref) {
        let leads = source.contains_key(FOLLOW) || !source.contains_key("path");
        merge(source, preset);
        source.remove(ASSUMES);
        if !leads {
            source.remove(FOLLOW);
        }
    }
}

fn merge(own: &mut DeTable<'_>, preset: &DeTable<'static>) {
    for (key, value) in preset {
        match (own.get_mut(key.get_ref().as_ref()).map(Spanned::get_mut), value.get_ref()) {
            (None, _) => {
                own.insert(key.clone(), value.clone());
            }
            (Some(DeValue::Table(own)), DeValue::Table(preset)) => merge(own, preset),
            (Some(_), _) => {}
        }
    }
}

/// The JSON Schema of a preset's name, for editors.
pub(super) fn schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": ["string", "null"], "enum": names().map(Some).chain([None]).collect::<Vec<_>>() })
}
