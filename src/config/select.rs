//! `[source.select]` of feeds.toml in, where the values of a page's postings stand in it.

use schemars::JsonSchema;
use scraper::Selector;
use serde::{Deserialize, Serialize};

/// `[source.select]`: where a web page that lists postings holds their values, by CSS selectors.
///
/// A value's selector is looked for inside the entry. With `@attribute` at its end the attribute's
/// value is taken instead of the text (`"time@datetime"`; `"@id"` is an attribute of the entry
/// itself). Of a list of selectors the first one counts that gives something.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Select {
    /// What each posting stands in: `"li.job"`, `"table#jobs tr"`.
    pub entry: String,
    /// What the page shows when nothing is open. Without it, a page in which nothing fits `entry` is
    /// an error, since it may have been rebuilt.
    #[serde(default)]
    pub empty: Option<String>,
    #[serde(default)]
    pub id: Picks,
    #[serde(default)]
    pub title: Picks,
    /// A link. Default: that of the title.
    #[serde(default)]
    pub url: Picks,
    #[serde(default)]
    pub employer: Picks,
    #[serde(default)]
    pub place: Picks,
    #[serde(default)]
    pub posted: Picks,
    #[serde(default)]
    pub closing: Picks,
    #[serde(default)]
    pub salary: Picks,
    #[serde(default)]
    pub employment: Picks,
    /// The text, with its markup.
    #[serde(default)]
    pub description: Picks,
}

impl Select {
    /// The values with the keys that they have in feeds.toml.
    pub fn values(&self) -> [(&'static str, &Picks); 10] {
        [
            ("id", &self.id),
            ("title", &self.title),
            ("url", &self.url),
            ("employer", &self.employer),
            ("place", &self.place),
            ("posted", &self.posted),
            ("closing", &self.closing),
            ("salary", &self.salary),
            ("employment", &self.employment),
            ("description", &self.description),
        ]
    }
}

/// One selector or a list of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "OneOrMany")]
#[schemars(with = "OneOrMany")]
pub struct Picks(pub Vec<String>);

#[derive(Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a selector in quotation marks, or a list of them in brackets")]
#[schemars(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl From<OneOrMany> for Picks {
    fn from(given: OneOrMany) -> Self {
        match given {
            OneOrMany::One(one) => Picks(vec![one]),
            OneOrMany::Many(many) => Picks(many),
        }
    }
}

/// A selector that was read, and the attribute to take.
#[derive(Debug, Clone)]
pub struct Pick {
    /// `None`: the entry itself.
    pub selector: Option<Selector>,
    /// `None`: the text.
    pub attribute: Option<String>,
}

impl Pick {
    /// Reads a value's selector: `a.title@href`.
    ///
    /// # Errors
    /// A sentence that says what is wrong, for the operator.
    pub fn parse(text: &str) -> Result<Pick, String> {
        let is_name =
            |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_:".contains(c));
        // A selector can hold the sign itself, in the value of an attribute: `a[href*="@"]`.
        let (css, attribute) = match text.rsplit_once('@') {
            Some((css, name)) if is_name(name.trim()) => (css, Some(name.trim().to_ascii_lowercase())),
            Some((_, "")) => return Err(format!("the selector {text:?} names no attribute after its @")),
            _ => (text, None),
        };
        let selector = match (css.trim(), &attribute) {
            ("", Some(_)) => None,
            (css, _) => Some(selector(css)?),
        };
        Ok(Pick { selector, attribute })
    }
}

/// Reads a CSS selector.
///
/// # Errors
/// A sentence that says what is wrong, for the operator.
pub fn selector(css: &str) -> Result<Selector, String> {
    if css.trim().is_empty() {
        return Err("the selector is empty".into());
    }
    Selector::parse(css).map_err(|error| {
        // The parser's own words for what it cannot name end with the kind of the fault.
        let error = error.to_string();
        format!("{css:?} is no CSS selector ({})", error.lines().next_back().unwrap_or_default())
    })
}
