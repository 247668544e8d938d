//! `[source.labels]` and `[source.relevance]` of feeds.toml in, which words to look for out.

use std::fmt;

use schemars::JsonSchema;
use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::Part;

/// `[source.labels]`: labels in the body of postings, `Name of Employer: Elm Street Library`, by the
/// field that each gives where the entry does not state it. The value stands behind the label and a
/// colon, or on the next line.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Labels {
    /// Goes before a title that is built by a pattern.
    pub title: Names,
    pub employer: Names,
    pub place: Names,
    pub url: Names,
    pub apply: Names,
    pub closing: Names,
    pub salary: Names,
    pub employment: Names,
    /// Labels of other values, which end the value before them where a form stands on one line.
    pub other: Names,
}

/// `[source.relevance]`: which postings of a broad source are taken.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Relevance {
    /// Words or phrases of which one must be there, in any case; `*` at the end stands for any ending:
    /// `"librar*"`. Without any, the built-in words of library work.
    #[serde(default)]
    pub any: Vec<String>,
    /// Words or phrases of which none may be there.
    #[serde(default)]
    pub not: Vec<String>,
    /// Where the words are looked for; categories are also departments. Default: title and categories.
    #[serde(default = "super::default_in")]
    pub within: Vec<Part>,
}

/// One name or a list of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
#[schemars(with = "OneOrMany")]
pub struct Names(pub Vec<String>);

/// What the JSON Schema says of [`Names`].
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "it is only described, never made")]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

// By hand, as for patterns: the derived form of "one or many" hides what is wrong.
impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;

        impl<'de> Visitor<'de> for OneOrMany {
            type Value = Names;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name in quotation marks, or a list of them in brackets")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Names, E> {
                Ok(Names(vec![text.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Names, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = list.next_element()? {
                    names.push(name);
                }
                Ok(Names(names))
            }
        }

        deserializer.deserialize_any(OneOrMany)
    }
}
