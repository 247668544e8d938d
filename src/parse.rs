//! A document in, entries out, in the source's own words.
//!
//! One file a dialect. Nothing here reads the clock, a file or the network.

use serde::Serialize;

use crate::posting::Moment;

/// One item of a document, in the source's words: nothing here is interpreted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Entry {
    /// The entry's own id exactly as given, never one that a parser made up.
    pub key: Option<String>,
    /// Text of the title; character references decoded once.
    pub title: String,
    /// Absolute where the document allows it.
    pub url: Option<String>,
    pub apply: Option<String>,
    pub employer: Option<String>,
    pub place: Option<String>,
    pub salary: Option<String>,
    pub employment: Option<String>,
    pub closing: Option<String>,
    /// Who wrote the entry. Some boards put the employer here, some the poster's name: it is
    /// used only where the source's settings say so.
    pub author: Option<String>,
    pub published: Option<Moment>,
    pub updated: Option<Moment>,
    pub categories: Vec<String>,
    pub body: Body,
    /// A short form of the body, where the source gives one beside it.
    pub summary: Option<Body>,
    /// The entry's language (BCP 47), if stated.
    pub language: Option<String>,
}

/// A text with its markup.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Body {
    Html(String),
    Text(String),
}

impl Default for Body {
    fn default() -> Self {
        Body::Text(String::new())
    }
}

/// What parsing made of a source's documents.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Parsed {
    pub entries: Vec<Entry>,
    pub skipped: Vec<Skipped>,
    /// Whether the document was whole: `false` for a truncated one that was read up to its break.
    pub complete: bool,
    /// What had to be mended before the document could be read: `["bare ampersands"]`.
    pub repairs: Vec<String>,
}

/// An entry that cannot be used.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Skipped {
    /// Words by which an operator finds it: its id, title or file name.
    pub entry: String,
    pub reason: SkipReason,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// Neither a title nor a text that gives one.
    NoTitle,
    /// No id, no link and no text: nothing to know it by or to send a reader to.
    NoIdentity,
    /// The file has no front matter, or one that is not YAML.
    BadFrontMatter,
    /// The row does not fit the header.
    BadRow,
    /// The file is not UTF-8 text.
    NotText,
    /// The file of a folder cannot be read as what it should be.
    BadFile,
}

/// Why a document gives no entries at all.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    #[error("the document is empty")]
    Empty,
    #[error("an HTML page came instead of a feed{}", .title.as_ref().map(|t| format!(": \"{t}\"")).unwrap_or_default())]
    Html { title: Option<String> },
    #[error("the document is not a feed: {0}")]
    NotAFeed(String),
    #[error("the CSV file has no column {0:?}")]
    NoColumn(String),
    /// The parser gave up in a way that it should not; the source is at fault or we are.
    #[error("the parser failed: {0}")]
    Panicked(String),
}
