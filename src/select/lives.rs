//! The settings and an operator's decisions in, what they mean for the life of postings out.

use std::collections::HashMap;

use crate::config::decisions::{Decisions, Takedown};
use crate::config::{Config, Source};
use crate::life::Terms;
use crate::link;
use crate::posting::Posting;

/// What is set for the life of postings, made ready once a pass.
#[derive(Default)]
pub(super) struct Lives {
    terms: HashMap<String, Terms>,
    /// Of sources that are not in the settings.
    others: Terms,
    /// What was said of vacancies, addresses (in the form of [`link::key`]) and sources taken down.
    vacancies: HashMap<String, String>,
    addresses: HashMap<String, String>,
    sources: HashMap<String, String>,
}

impl Lives {
    pub(super) fn new(config: &Config) -> Self {
        let terms = config.sources.iter().map(|source| (source.name.clone(), terms(source))).collect();
        Lives { terms, ..Lives::default() }
    }

    pub(super) fn decide(&mut self, decisions: &Decisions) {
        for Takedown { vacancy, url, source, reason } in &decisions.takedowns {
            self.vacancies.extend(vacancy.iter().map(|id| (id.clone(), reason.clone())));
            self.addresses.extend(url.iter().map(|url| (key(url), reason.clone())));
            self.sources.extend(source.iter().map(|name| (name.clone(), reason.clone())));
        }
    }

    pub(super) fn terms(&self, source: &str) -> &Terms {
        self.terms.get(source).unwrap_or(&self.others)
    }

    /// Whether an operator took a source down.
    pub(super) fn is_down(&self, source: &str) -> bool {
        self.sources.contains_key(source)
    }

    pub(super) fn taken_down(&self, id: &str, postings: &[Posting]) -> Option<&str> {
        if let Some(reason) = self.vacancies.get(id) {
            return Some(reason);
        }
        if !self.addresses.is_empty() {
            let found = postings.iter().flat_map(addresses).find_map(|url| self.addresses.get(&key(url)));
            if let Some(reason) = found {
                return Some(reason);
            }
        }
        // What another source has too is not for this one's operator to take down.
        let of_source = |posting: &Posting| self.sources.get(&posting.source);
        let reason = of_source(postings.first()?)?;
        postings.iter().all(|posting| of_source(posting).is_some()).then_some(reason)
    }
}

fn addresses(posting: &Posting) -> impl Iterator<Item = &String> {
    [&posting.url, &posting.source_url, &posting.apply_url].into_iter().flatten()
}

fn key(url: &str) -> String {
    link::key(&link::canonical(url).unwrap_or_else(|| url.to_owned()))
}

fn terms(source: &Source) -> Terms {
    Terms {
        complete: source.complete && source.enabled,
        max_age_days: source.max_age_days,
        zone: source.defaults.time_zone.as_ref().and_then(|zone| zone.parse().ok()),
        gone_after_fetches: source.gone_after_fetches,
        gone_after_hours: source.gone_after_hours,
    }
}
