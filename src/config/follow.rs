//! `[source.follow]` of feeds.toml in, how one source is asked in several requests out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `[source.follow]`: a source whose list is in several documents. All of them are asked for at the host
/// that gave the first, one after the other with a pause between.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Follow {
    /// Whether the next page is the one that a page names itself: `rel="next"` in its links or in the
    /// HTTP header, `next_url` of JSON Feed, `links.next` of JSON:API.
    pub next: bool,
    /// How pages are asked for by number: a parameter of the address (`"paged"`), or an address relative to
    /// the source's with `{page}` in it (`"page/{page}/"`).
    pub page: Option<String>,
    /// The number of the first page, which is the source's address as it is. An offset begins with 0.
    pub first: u32,
    /// What is added for each page more; for an offset, how many entries a page has.
    pub step: u32,
    /// Documents of a list in one visit, at most.
    pub max_pages: u32,
}

impl Default for Follow {
    fn default() -> Self {
        Follow { next: false, page: None, first: 1, step: 1, max_pages: 10 }
    }
}
