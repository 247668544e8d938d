//! `[source.heed]` of feeds.toml in, which wishes of a server and its feed a source follows out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a server or feed asks of its readers and this source follows: by default all of it. For a
/// board whose operator told you that it may be asked more often than its templates say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Heed {
    /// How long the server says that a document stays fresh: `Cache-Control: max-age`, `Expires`.
    pub cache: bool,
    /// How often the feed says that it changes: `ttl`, `sy:updatePeriod`.
    pub ttl: bool,
    /// When the feed does not want to be asked: `skipHours`, `skipDays`.
    pub skip: bool,
    /// Who waits when the server says `Retry-After`.
    pub retry_after: Scope,
    /// Hours for which any of these is believed, at most: 1 to 168. Default: 24, and 168 for
    /// `Retry-After`.
    pub hours: Option<u16>,
}

/// Who waits when a server says `Retry-After`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// All sources of its host, and this one when another of them was told so.
    #[default]
    Host,
    /// This source alone, on a host that many boards share and that counts by board.
    Source,
}

impl Default for Heed {
    fn default() -> Self {
        Heed { cache: true, ttl: true, skip: true, retry_after: Scope::Host, hours: None }
    }
}
