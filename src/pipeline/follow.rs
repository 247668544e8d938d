//! A source's first document in, what it and all that it leads to give out.
//!
//! Every request goes to the host that gave the first document, by the same client, one after the
//! other with a pause between. What does not come is told and costs nothing of what came.
//!
//! | module | what goes in, what comes out |
//! |---|---|
//! | `pages` | the first page of a list in, the pages after it out |
//! | `details` | rows of a list in, what their own documents give out |

mod details;
mod pages;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use serde_json::json;
use url::Url;

use super::permits::Permits;
use crate::config::{Details, Follow, Source, workday_list};
use crate::fetch::{self, Client, Document, Head, Request};
use crate::parse::{self, Entry, Parsed, parse};
use crate::store::{Detail, Followed};

/// Between two requests to one host.
const PAUSE: Duration = Duration::from_millis(300);

/// What robots.txt can ask for between two requests, at most.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Nothing more is asked for when a visit has lasted so long.
const LONGEST: Duration = Duration::from_secs(300);

/// Rows that a list of Workday gives at once.
const WORKDAY_ROWS: u64 = 20;

/// A document that was read.
pub(super) struct Piece {
    pub location: String,
    pub file_name: Option<String>,
    pub parsed: Result<Parsed, parse::Error>,
}

/// Reads a document of postings.
pub(super) fn piece(source: &Source, document: &Document) -> Piece {
    Piece::new(document, parse(source, document))
}

impl Piece {
    fn new(document: &Document, parsed: Result<Parsed, parse::Error>) -> Piece {
        Piece { location: document.location.clone(), file_name: document.file_name.clone(), parsed }
    }

    /// Reads a document of a list: of postings, or of what only leads to them.
    fn of_list(source: &Source, document: &Document) -> Piece {
        let leads = source.follow.as_ref().is_some_and(|follow| match follow.details {
            Some(Details::Pages) => {
                source.select.is_none() && (follow.links.is_some() || follow.matching.is_some())
            }
            details => details == Some(Details::Sitemap),
        });
        if !leads {
            return piece(source, document);
        }
        let sitemap = source.follow.as_ref().is_some_and(|follow| follow.details == Some(Details::Sitemap));
        Piece::new(document, parse::leads(source, document, sitemap))
    }
}

/// What the documents of a visit gave.
#[derive(Default)]
pub(super) struct Trail {
    pub pieces: Vec<Piece>,
    /// What was not read although it should have been: sentences for the operator.
    pub missed: Vec<String>,
    /// The answer after which the host was asked no more.
    pub halted: Option<Head>,
    /// Rows of lists whose documents were read before.
    pub known: u32,
    pub followed: Followed,
}

/// What is known before a visit.
pub(super) struct Ground<'a> {
    pub client: &'a Client,
    pub permits: &'a Permits,
    /// The robots.txt of an origin, if one was asked for before.
    pub stored: &'a (dyn Fn(&str) -> Option<Vec<u8>> + Sync),
    /// Whether an entry was read before as it is now.
    pub is_known: &'a (dyn Fn(&Entry) -> bool + Sync),
    /// What lists led to before.
    pub details: HashMap<u64, Detail>,
    /// Hash of what entries are read with.
    pub settings: u64,
    pub now: DateTime<Utc>,
}

/// Follows one source through one visit.
pub(super) struct Follower<'a> {
    ground: Ground<'a>,
    source: Arc<Source>,
    rules: Follow,
    /// The address that answered first.
    home: Option<Url>,
    until: Instant,
    pause: Duration,
    trail: Trail,
}

/// Why a document did not come.
enum Missed {
    Failed(fetch::Error),
    /// robots.txt says so.
    Refused(String),
    /// The visit has lasted too long.
    Late,
}

impl std::fmt::Display for Missed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Missed::Failed(error) => error.fmt(f),
            Missed::Refused(why) => why.fmt(f),
            Missed::Late => write!(f, "the visit had lasted {} seconds", LONGEST.as_secs()),
        }
    }
}

/// How the first document of a source is asked for, if not by its address alone.
pub(super) fn first(source: &Source) -> Option<Request> {
    let rules = source.follow.as_ref().filter(|rules| rules.details == Some(Details::Workday))?;
    let url = workday_list(source.url.as_deref()?)?;
    Some(Request { url, post: Some(workday_question(rules, 0)), led: false })
}

fn workday_question(rules: &Follow, offset: u64) -> String {
    let (facets, search) = (&rules.facets, &rules.search);
    json!({"appliedFacets": facets, "limit": WORKDAY_ROWS, "offset": offset, "searchText": search})
        .to_string()
}

impl<'a> Follower<'a> {
    pub fn new(ground: Ground<'a>, source: &Source) -> Self {
        let rules = source.follow.clone().unwrap_or_default();
        let (source, until) = (Arc::new(source.clone()), Instant::now() + LONGEST);
        Follower { ground, source, rules, home: None, until, pause: PAUSE, trail: Trail::default() }
    }

    /// Follows the first document, whose answer had this head.
    pub async fn follow(mut self, first: Document, head: &Head) -> Trail {
        self.home = Url::parse(&first.location).ok();
        let index = (self.rules.details == Some(Details::Sitemap)).then(|| parse::index(&first)).flatten();
        let pieces = match index {
            Some(sitemaps) => self.sitemaps(sitemaps).await,
            None => self.pages(first, head.link.clone()).await,
        };
        self.trail.pieces = if self.rules.details.is_some() { self.details(pieces).await } else { pieces };
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
    async fn get(&mut self, request: Request) -> Result<(Document, Head), Missed> {
        if Instant::now() >= self.until {
            return Err(Missed::Late);
        }
        if let (true, Ok(url)) = (self.source.is_crawled(), Url::parse(&request.url)) {
            let Ground { client, permits, stored, .. } = self.ground;
            let (permit, came) = permits.ask(client, &url, stored).await;
            self.trail.followed.robots.extend(came);
            let delay = permit.map_err(Missed::Refused)?.unwrap_or_default();
            self.pause = PAUSE.max(delay.min(LONGEST_PAUSE));
        }
        tokio::time::sleep(self.pause).await;
        let (document, head) = fetch::more(self.ground.client, &self.source, &request).await;
        if matches!(head.status, Some(429 | 503)) {
            self.trail.halted = Some(head.clone());
        }
        document.map(|document| (document, head)).map_err(Missed::Failed)
    }
}
