//! A source's first document in, what it and all that it leads to give out.
//!
//! Every request goes to the host that gave the first document, by the same client, one after the
//! other with a pause between. What does not come is told and costs nothing of what came.

mod pages;

use std::sync::Arc;
use std::time::{Duration, Instant};

use url::Url;

use crate::config::{Follow, Source};
use crate::fetch::{self, Client, Document, Head, Request};
use crate::parse::{self, Entry, Parsed, parse};

/// Between two requests to one host.
const PAUSE: Duration = Duration::from_millis(300);

/// Nothing more is asked for when a visit has lasted so long.
const LONGEST: Duration = Duration::from_secs(300);

/// A document that was read.
pub(super) struct Piece {
    pub location: String,
    pub file_name: Option<String>,
    pub parsed: Result<Parsed, parse::Error>,
}

/// Reads a document.
pub(super) fn piece(source: &Source, document: &Document) -> Piece {
    let parsed = parse(source, document);
    Piece { location: document.location.clone(), file_name: document.file_name.clone(), parsed }
}

/// What the documents of a visit gave.
#[derive(Default)]
pub(super) struct Trail {
    pub pieces: Vec<Piece>,
    /// What was not read although it should have been: sentences for the operator.
    pub missed: Vec<String>,
    /// The answer after which the host was asked no more.
    pub halted: Option<Head>,
}

/// Follows one source through one visit.
pub(super) struct Follower<'a> {
    client: &'a Client,
    source: Arc<Source>,
    rules: Follow,
    /// Whether an entry was read before as it is now.
    is_known: &'a (dyn Fn(&Entry) -> bool + Sync),
    /// The address that answered first.
    home: Option<Url>,
    until: Instant,
    trail: Trail,
}

/// Why a document did not come.
enum Missed {
    Failed(fetch::Error),
    /// The visit has lasted too long.
    Late,
}

impl std::fmt::Display for Missed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Missed::Failed(error) => error.fmt(f),
            Missed::Late => write!(f, "the visit had lasted {} seconds", LONGEST.as_secs()),
        }
    }
}

impl<'a> Follower<'a> {
    pub fn new(client: &'a Client, source: &Source, is_known: &'a (dyn Fn(&Entry) -> bool + Sync)) -> Self {
        let rules = source.follow.clone().unwrap_or_default();
        let (source, until) = (Arc::new(source.clone()), Instant::now() + LONGEST);
        Follower { client, source, rules, is_known, home: None, until, trail: Trail::default() }
    }

    /// Follows the first document, whose answer had this head.
    pub async fn follow(mut self, first: Document, head: &Head) -> Trail {
        self.home = Url::parse(&first.location).ok();
        self.trail.pieces = self.pages(first, head.link.clone()).await;
        self.trail
    }

    /// The address, if it is at the host that answered first; by TLS if that was.
    fn at_home(&self, address: &str) -> Option<Url> {
        let (home, mut url) = (self.home.as_ref()?, Url::parse(address).ok()?);
        let plain = url.scheme() == "http" && url.port().is_none() && home.port().is_none();
        if plain && home.scheme() == "https" {
            url.set_scheme("https").ok()?;
        }
        let is_home = url.host().is_some()
            && url.host() == home.host()
            && url.scheme() == home.scheme()
            && url.port() == home.port();
        let bare = url.username().is_empty() && url.password().is_none();
        (is_home && bare).then_some(url)
    }

    /// Asks for one document more.
    async fn get(&mut self, url: String) -> Result<(Document, Head), Missed> {
        if Instant::now() >= self.until {
            return Err(Missed::Late);
        }
        tokio::time::sleep(PAUSE).await;
        let request = Request { url, led: true };
        let (document, head) = fetch::more(self.client, &self.source, &request).await;
        if matches!(head.status, Some(429 | 503)) {
            self.trail.halted = Some(head.clone());
        }
        document.map(|document| (document, head)).map_err(Missed::Failed)
    }
}
