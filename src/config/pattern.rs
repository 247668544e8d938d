//! A pattern's text in, its parts out: `"{place}: {title}, {employer}"`.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// How a title or a text is built: fields in braces, and the text between them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pattern {
    pub parts: Vec<PatternPart>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PatternPart {
    /// Text as it stands; a run of white space stands for any white space.
    Text(String),
    Field(PatternField),
}

/// What can stand in braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PatternField {
    Title,
    Employer,
    Place,
    City,
    Region,
    Country,
    Salary,
    Closing,
    /// Something that is read over: `{_}`.
    Skip,
}

/// Names in braces, with the field that each stands for.
const FIELDS: [(&str, PatternField); 9] = [
    ("title", PatternField::Title),
    ("employer", PatternField::Employer),
    ("place", PatternField::Place),
    ("city", PatternField::City),
    ("region", PatternField::Region),
    ("country", PatternField::Country),
    ("salary", PatternField::Salary),
    ("closing", PatternField::Closing),
    ("_", PatternField::Skip),
];

impl TryFrom<String> for Pattern {
    type Error = String;

    /// # Errors
    /// A sentence that says what is wrong, for the operator.
    fn try_from(text: String) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let Some(open) = rest.find('{') else {
                parts.push(PatternPart::Text(rest.into()));
                break;
            };
            if open > 0 {
                parts.push(PatternPart::Text(rest[..open].into()));
            }
            let close =
                rest[open..].find('}').ok_or_else(|| format!("pattern {text:?} has '{{' without '}}'"))?
                    + open;
            let name = &rest[open + 1..close];
            let field = FIELDS.iter().find(|(known, _)| *known == name).map(|(_, field)| *field).ok_or_else(
                || {
                    let names: Vec<_> = FIELDS.iter().map(|(known, _)| *known).collect();
                    format!("pattern {text:?} has the field {{{name}}}; known are {}", names.join(", "))
                },
            )?;
            if matches!(parts.last(), Some(PatternPart::Field(_))) {
                return Err(format!("pattern {text:?} has two fields with nothing between them"));
            }
            if field != PatternField::Skip && parts.contains(&PatternPart::Field(field)) {
                return Err(format!("pattern {text:?} has the field {{{name}}} twice"));
            }
            parts.push(PatternPart::Field(field));
            rest = &rest[close + 1..];
        }
        if !parts.iter().any(|p| matches!(p, PatternPart::Field(_))) {
            return Err(format!("pattern {text:?} has no field such as {{title}}"));
        }
        Ok(Pattern { parts })
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            match part {
                PatternPart::Text(text) => f.write_str(text)?,
                PatternPart::Field(field) => {
                    let (name, _) =
                        FIELDS.iter().find(|(_, known)| known == field).expect("every field has a name");
                    write!(f, "{{{name}}}")?;
                }
            }
        }
        Ok(())
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> Self {
        pattern.to_string()
    }
}

impl JsonSchema for Pattern {
    fn schema_name() -> Cow<'static, str> {
        "Pattern".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "Fields in braces and the text between them: {title}, {employer}, {place}, {city}, {region}, {country}, {salary}, {closing}, {_}.",
            "pattern": "\\{(title|employer|place|city|region|country|salary|closing|_)\\}"
        })
    }
}

/// One pattern or a list of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
#[schemars(with = "OneOrMany")]
pub struct Patterns(pub Vec<Pattern>);

/// What the JSON Schema says of [`Patterns`].
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "it is only described, never made")]
enum OneOrMany {
    One(Pattern),
    Many(Vec<Pattern>),
}

// By hand: the derived form of "one or many" hides what is wrong with a pattern.
impl<'de> Deserialize<'de> for Patterns {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;

        impl<'de> Visitor<'de> for OneOrMany {
            type Value = Patterns;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a pattern in quotation marks, or a list of them in brackets")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Patterns, E> {
                let pattern = Pattern::try_from(text.to_owned()).map_err(E::custom)?;
                Ok(Patterns(vec![pattern]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Patterns, A::Error> {
                let mut patterns = Vec::new();
                while let Some(pattern) = list.next_element()? {
                    patterns.push(pattern);
                }
                Ok(Patterns(patterns))
            }
        }

        deserializer.deserialize_any(OneOrMany)
    }
}
