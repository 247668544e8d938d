//! The path of a value in JSON, as text, in; its steps out: `"locations[0].name"`.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// Where a value stands within an entry, or a template of several: `attributes.title`,
/// `locations[0].name`, `locations[].name` (all of them), `https://example.org/jobs/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct JsonPath {
    pub parts: Vec<JsonPart>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum JsonPart {
    /// Text of a template, as it stands.
    Text(String),
    Value(Vec<JsonStep>),
}

/// One step down.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum JsonStep {
    /// Into an object.
    Key(String),
    /// Into a list; the first is 0.
    Index(usize),
    /// Into every element of a list.
    All,
}

impl JsonPath {
    /// The steps, if it is a path and no template.
    pub fn steps(&self) -> Option<&[JsonStep]> {
        match self.parts.as_slice() {
            [JsonPart::Value(steps)] => Some(steps),
            _ => None,
        }
    }
}

impl TryFrom<String> for JsonPath {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("a path is empty; write it like \"attributes.title\"".into());
        }
        if !text.contains(['{', '}']) {
            return Ok(JsonPath { parts: vec![JsonPart::Value(steps(text)?)] });
        }
        let (mut parts, mut rest) = (Vec::new(), text);
        while let Some((before, after)) = rest.split_once('{') {
            let (path, behind) =
                after.split_once('}').ok_or_else(|| format!("{text:?} has a brace that is not closed"))?;
            if !before.is_empty() {
                parts.push(JsonPart::Text(before.to_owned()));
            }
            parts.push(JsonPart::Value(steps(path.trim())?));
            rest = behind;
        }
        if rest.contains('}') || parts.iter().any(|part| matches!(part, JsonPart::Text(t) if t.contains('}')))
        {
            return Err(format!("{text:?} has a brace that is not opened"));
        }
        if !rest.is_empty() {
            parts.push(JsonPart::Text(rest.to_owned()));
        }
        Ok(JsonPath { parts })
    }
}

fn steps(path: &str) -> Result<Vec<JsonStep>, String> {
    let mut steps = Vec::new();
    for (number, part) in path.split('.').enumerate() {
        let (key, brackets) = part.split_at(part.find('[').unwrap_or(part.len()));
        // A list of lists, or an entry that is a list, begins with a bracket.
        if !key.is_empty() {
            steps.push(JsonStep::Key(key.to_owned()));
        } else if number > 0 || brackets.is_empty() {
            return Err(format!("the path {path:?} has a step without a name"));
        }
        let mut rest = brackets;
        while !rest.is_empty() {
            let inner = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
            let Some((number, behind)) = inner else {
                return Err(format!("the path {path:?} has a bracket out of place"));
            };
            steps.push(match (number.trim(), number.trim().parse()) {
                ("", _) => JsonStep::All,
                (_, Ok(number)) => JsonStep::Index(number),
                (other, Err(_)) => {
                    return Err(format!(
                        "the path {path:?} has [{other}]; write [0] for the first, [] for all"
                    ));
                }
            });
            rest = behind;
        }
    }
    Ok(steps)
}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let template = self.steps().is_none();
        for part in &self.parts {
            match part {
                JsonPart::Text(text) => write!(f, "{text}")?,
                JsonPart::Value(steps) if template => write!(f, "{{{}}}", written(steps))?,
                JsonPart::Value(steps) => write!(f, "{}", written(steps))?,
            }
        }
        Ok(())
    }
}

fn written(steps: &[JsonStep]) -> String {
    let mut text = String::new();
    for step in steps {
        match step {
            JsonStep::Key(key) if text.is_empty() => text.push_str(key),
            JsonStep::Key(key) => text.extend([".", key]),
            JsonStep::Index(number) => text.push_str(&format!("[{number}]")),
            JsonStep::All => text.push_str("[]"),
        }
    }
    text
}

impl From<JsonPath> for String {
    fn from(path: JsonPath) -> Self {
        path.to_string()
    }
}

impl JsonSchema for JsonPath {
    fn schema_name() -> Cow<'static, str> {
        "JsonPath".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "Where a value stands: attributes.title, locations[0].name, locations[].name (all, joined), or a template with paths in braces: https://example.org/jobs/{id}.",
            "minLength": 1
        })
    }
}

/// One path or a list of them, of which the first that leads to a value is taken.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
#[schemars(with = "OneOrMany")]
pub struct JsonPaths(pub Vec<JsonPath>);

/// What the JSON Schema says of [`JsonPaths`].
#[derive(JsonSchema)]
#[schemars(untagged, rename = "JsonPathOrMany")]
#[expect(dead_code, reason = "it is only described, never made")]
enum OneOrMany {
    One(JsonPath),
    Many(Vec<JsonPath>),
}

// By hand: the derived form of "one or many" hides what is wrong with a path.
impl<'de> Deserialize<'de> for JsonPaths {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;

        impl<'de> Visitor<'de> for OneOrMany {
            type Value = JsonPaths;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a path in quotation marks, or a list of them in brackets")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<JsonPaths, E> {
                let path = JsonPath::try_from(text.to_owned()).map_err(E::custom)?;
                Ok(JsonPaths(vec![path]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<JsonPaths, A::Error> {
                let mut paths = Vec::new();
                while let Some(path) = list.next_element()? {
                    paths.push(path);
                }
                Ok(JsonPaths(paths))
            }
        }

        deserializer.deserialize_any(OneOrMany)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Result<JsonPath, String> {
        JsonPath::try_from(text.to_owned())
    }

    #[test]
    fn paths_are_written_as_they_are_read() {
        for text in ["a", "a.b_c.d-e", "a[0].b", "a[].b[][2]", "[1].a", "https://x.org/{a.b}?n={c[0]}#x"] {
            assert_eq!(path(text).map(String::from).as_deref(), Ok(text));
        }
        assert!(path("a.b[]").expect("a path").steps().is_some_and(|steps| steps.len() == 3));
        assert!(path("{a}").expect("a path").steps().is_some(), "a template of one path alone is that path");
    }

    #[test]
    fn what_is_no_path_is_told() {
        for text in
            ["", " ", ".a", "a.", "a..b", "a[", "a]b[0]x", "a[x]", "a[-1]", "{", "a}", "{}", "{a", "{a}}"]
        {
            let read = path(text);
            assert!(read.is_err(), "{text:?}: {read:?}");
        }
    }
}
