//! A source in, what its server or its files gave out: the first document, and what it leads to.

use std::collections::HashSet;
use std::sync::PoisonError;

use url::Url;

use super::Shared;
use super::follow::{self, Follower, Ground, Trail};
use super::permits;
use super::visit::{fingerprint, settings_hash};
use crate::config::{Format, Source};
use crate::fetch::{self, Client, Document, Fetched, Head, Validators};
use crate::manners::Memory;
use crate::parse::{self, Entry};
use crate::store::SourceState;

/// What came of a source.
pub(super) enum Came {
    NotModified(Validators),
    Documents(Vec<Document>, Validators),
    /// The first document, and those that it led to.
    Trail(Box<Trail>, Validators),
}

impl Came {
    /// The answer after which no more was asked for.
    pub fn halted(&self) -> Option<&Head> {
        if let Came::Trail(trail, _) = self { trail.halted.as_ref() } else { None }
    }
}

/// What a source answered, and how often it had failed before.
pub(super) struct Asked {
    pub came: Result<Came, String>,
    pub head: Head,
    pub failures: u32,
    /// A robots.txt that was asked for first.
    pub robots: Option<permits::Came>,
}

pub(super) async fn ask(shared: &Shared, source: &Source, settings: u64, memory: &Memory) -> Asked {
    let refused = |error| Asked { came: Err(error), head: Head::default(), failures: 0, robots: None };
    let state = {
        let reader = shared.reader.lock().unwrap_or_else(PoisonError::into_inner);
        match reader.source(&source.name) {
            Ok(state) => state,
            Err(error) => return refused(error.to_string()),
        }
    };
    let of_here = |state: &&SourceState| [0, memory.address].contains(&state.memory.address);
    let failures = state.as_ref().filter(of_here).map_or(0, |state| state.failures);
    // With other settings every entry is to be read again, so "nothing new" is no answer.
    let since = state.filter(|state| state.settings == settings).map(|state| state.validators);
    let mut since = since.unwrap_or_default();
    if memory.wants_whole(shared.now) {
        since = Validators { body: since.body, ..Validators::default() };
    }
    let client = match shared.client() {
        Ok(client) => client,
        Err(error) => return Asked { failures, ..refused(error) },
    };
    let (permit, mut robots) = shared.permit(client, source, source.is_crawled()).await;
    if let Err(error) = permit {
        return Asked { failures, robots, ..refused(error) };
    }
    let (fetched, head) = match follow::first(source) {
        Some(request) => fetch::first(client, source, &request, &since).await,
        None => fetch::ask(client, source, &shared.loaded.folder, &since, memory.moved.as_deref()).await,
    };
    if let Ok(Fetched::Documents(documents, _)) = &fetched
        && !source.is_crawled()
        && source.format == Format::Auto
        && documents.iter().any(parse::is_page)
    {
        // What it is could not be known before.
        let (permit, came) = shared.permit(client, source, source.robots).await;
        robots = robots.or(came);
        if let Err(error) = permit {
            return Asked { head, failures, robots, ..refused(error) };
        }
    }
    let came = match fetched {
        Err(error) => Err(error.to_string()),
        Ok(Fetched::NotModified(validators)) => Ok(Came::NotModified(validators)),
        Ok(Fetched::Documents(mut documents, validators)) => match (&source.follow, documents.pop()) {
            (Some(_), Some(first)) => {
                let quick = since.body.is_some() && !source.complete;
                let trail = shared.follow(client, source, settings, quick, first, &head).await;
                trail.map(|trail| Came::Trail(Box::new(trail), validators))
            }
            (_, last) => Ok(Came::Documents(documents.into_iter().chain(last).collect(), validators)),
        },
    };
    Asked { came, head, failures, robots }
}

impl Shared {
    /// The fingerprints of a source's postings.
    pub(super) fn known(&self, source: &Source) -> Result<HashSet<u64>, String> {
        let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        reader.fingerprints(&source.name).map_err(|error| error.to_string())
    }

    /// Follows the first document of a source to others; if `quick`, not beyond what is known.
    async fn follow(
        &self,
        client: &Client,
        source: &Source,
        settings: u64,
        quick: bool,
        first: Document,
        head: &Head,
    ) -> Result<Trail, String> {
        let known = self.known(source)?;
        let details = {
            let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
            reader.details(&source.name).map_err(|error| error.to_string())?
        };
        // Whatever leads to a document, it is read the same.
        let reading = settings_hash(&self.loaded.config, &Source { follow: None, ..source.clone() });
        let leads = source.follow.as_ref().is_some_and(|follow| follow.details.is_some());
        let was_asked: HashSet<u64> = details.keys().copied().collect();
        let is_known = |entry: &Entry| {
            let before = if leads {
                was_asked.contains(&fingerprint(entry, 0))
            } else {
                known.contains(&fingerprint(entry, settings))
            };
            quick && before
        };
        let ground = Ground {
            client,
            permits: &self.permits,
            stored: &|origin| self.stored_robots(origin),
            is_known: &is_known,
            details,
            settings: reading,
            now: self.now,
        };
        Ok(Follower::new(ground, source).follow(first, head).await)
    }

    /// Whether robots.txt lets the first document of a source be used, if it has a say.
    async fn permit(
        &self,
        client: &Client,
        source: &Source,
        has_say: bool,
    ) -> (Result<(), String>, Option<permits::Came>) {
        let url = source.url.as_deref().filter(|_| has_say).and_then(|url| Url::parse(url).ok());
        let Some(url) = url else { return (Ok(()), None) };
        let (permit, came) = self.permits.ask(client, &url, &|origin| self.stored_robots(origin)).await;
        (permit.map(|_| ()), came)
    }

    /// A robots.txt that was asked for within a day; one that cannot be read is asked for again.
    fn stored_robots(&self, origin: &str) -> Option<Vec<u8>> {
        let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        reader.robots(origin, self.now).ok().flatten()
    }

    fn client(&self) -> Result<&Client, String> {
        let make = || {
            let config = &self.loaded.config;
            Client::new(&config.site, &config.fetch).map_err(|error| error.to_string())
        };
        self.client.get_or_init(make).as_ref().map_err(Clone::clone)
    }
}
