//! One source in, its postings and what to note of it out: fetch, parse, normalize.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, PoisonError};
use std::time::Instant;

use chrono::{DateTime, SecondsFormat, Utc};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::ask::{Asked, Came, ask};
use super::follow::{self, Piece};
use super::{NORMALIZER, Shared, SourceOutcome, SourceReport, turns};
use crate::config::{Config, Source};
use crate::fetch::{Validators, keeping};
use crate::gather::Incoming;
use crate::manners::{self, Memory};
use crate::normalize::{Vocabulary, normalize};
use crate::parse::{Entry, Pace, Parsed, Skipped};
use crate::store::{Followed, Listing, Outcome, SourceUpdate};

/// What one visit to a source brought.
pub(super) struct Visit {
    /// None if it was not asked.
    pub update: Option<SourceUpdate>,
    /// Postings that are new or not as they were.
    pub incoming: Vec<Incoming>,
    pub report: SourceReport,
}

/// Visits the source of this number in the settings, of which this is remembered.
pub(super) async fn visit(shared: &Arc<Shared>, number: usize, memory: Memory) -> Visit {
    let begun = Instant::now();
    let source = &shared.loaded.config.sources[number];
    if let Some(until) = shared.hold(source, &memory) {
        let outcome = SourceOutcome::Waiting { until };
        let report = SourceReport { name: source.name.clone(), outcome, moved: memory.moved, seconds: 0.0 };
        return Visit { update: None, incoming: Vec::new(), report };
    }
    let settings = settings_hash(&shared.loaded.config, source);
    let Asked { came, head, failures, robots } =
        keeping(source.cookies, ask(shared, source, settings, &memory)).await;
    let halted = came.as_ref().ok().and_then(Came::halted).cloned();
    let Read { outcome, incoming, report, pace, mut followed } = take(shared, number, settings, came).await;
    let mut new = memory.after(&manners::Visit {
        at: shared.now,
        head: &head,
        good: !matches!(outcome, Outcome::Failed(_)),
        pace,
        heed: source.heed,
        own: turns::movable(source),
        failures,
    });
    if let Some(head) = halted {
        new.halted(&head, shared.now);
    }
    shared.heed(&new);
    let report = told(report, head.status, &memory, &new);
    let (name, seconds) = (source.name.clone(), begun.elapsed().as_secs_f64());
    let moved = new.moved.clone();
    followed.robots.extend(robots);
    let update =
        SourceUpdate { name: name.clone(), at: shared.now, outcome, memory: new, failures, followed };
    Visit { update: Some(update), incoming, report: SourceReport { name, outcome: report, moved, seconds } }
}

/// Says what a failure means for the visits to come.
fn told(outcome: SourceOutcome, status: Option<u16>, before: &Memory, after: &Memory) -> SourceOutcome {
    let SourceOutcome::Failed { stage, mut error } = outcome else { return outcome };
    match (before.retired, after.wait) {
        // Told once as a failure; from then on it is known.
        (Some(since), _) if status == Some(410) => return SourceOutcome::Retired { since },
        (None, _) if status == Some(410) => {
            error.push_str("; it is asked once a week from now on, and its postings are kept");
        }
        (_, Some(until)) => {
            let until = until.to_rfc3339_opts(SecondsFormat::Secs, true);
            error.push_str(&format!("; its host asks to be left alone until {until}"));
        }
        _ => {}
    }
    SourceOutcome::Failed { stage, error }
}

/// What came of the documents of a source.
struct Read {
    outcome: Outcome,
    incoming: Vec<Incoming>,
    report: SourceOutcome,
    /// What a document that was read says of when to ask for it.
    pace: Option<Pace>,
    /// What is to be remembered of what its documents led to.
    followed: Followed,
}

/// Reads what came, on a thread of its own.
async fn take(shared: &Arc<Shared>, number: usize, settings: u64, came: Result<Came, String>) -> Read {
    match came {
        Err(error) => failed("fetch", error),
        Ok(Came::NotModified(validators)) => Read {
            outcome: Outcome::NotModified(validators),
            incoming: Vec::new(),
            report: SourceOutcome::NotModified,
            pace: None,
            followed: Followed::default(),
        },
        Ok(came) => {
            let _core = shared.cores.acquire().await;
            let shared = shared.clone();
            let read = tokio::task::spawn_blocking(move || read(&shared, number, settings, came));
            read.await.unwrap_or_else(|stopped| failed("parse", stopped.to_string()))
        }
    }
}

fn failed(stage: &'static str, error: String) -> Read {
    Read {
        outcome: Outcome::Failed(format!("{stage}: {error}")),
        incoming: Vec::new(),
        report: SourceOutcome::Failed { stage, error },
        pace: None,
        followed: Followed::default(),
    }
}

fn read(shared: &Shared, number: usize, settings: u64, came: Came) -> Read {
    let source = &shared.loaded.config.sources[number];
    let known = match shared.known(source) {
        Ok(known) => known,
        Err(error) => return failed("parse", error),
    };
    let mut all = Reading { complete: true, ..Reading::default() };
    let mut followed = Followed::default();
    let (count, validators, pieces): (_, _, Box<dyn Iterator<Item = Piece>>) = match came {
        Came::NotModified(validators) => (0, validators, Box::new(std::iter::empty())),
        Came::Documents(documents, validators) => {
            let read = |document| follow::piece(source, &document);
            (documents.len(), validators, Box::new(documents.into_iter().map(read)))
        }
        Came::Trail(trail, validators) => {
            let trail = *trail;
            (all.missed, followed) = (trail.missed, trail.followed);
            all.leads = source.follow.as_ref().is_some_and(|follow| follow.details.is_some());
            (all.entries, all.unchanged) = (trail.known, trail.known);
            (trail.pieces.len(), validators, Box::new(trail.pieces.into_iter()))
        }
    };
    for piece in pieces {
        match piece.parsed {
            Ok(parsed) => all.take(shared, source, settings, &known, &piece.location, parsed),
            Err(error) if count == 1 => return failed("parse", error.to_string()),
            Err(error) => all.skip_file(piece.file_name.unwrap_or(piece.location), error),
        }
    }
    let warning = all.warning(known.len());
    let outcome = Outcome::Read {
        // What came in part is asked for again whole, whatever the server says of its age.
        validators: if warning.is_some() { Validators::default() } else { validators },
        settings,
        entries: all.entries,
        skipped: all.faulty(),
        changed: !all.incoming.is_empty(),
        listing: all.listing(),
    };
    let report = SourceOutcome::Read {
        entries: all.entries,
        unchanged: all.unchanged,
        opened: 0,
        joined: 0,
        updated: 0,
        repeated: 0,
        skipped: all.skipped,
        repairs: all.repairs,
        warning,
    };
    Read { outcome, incoming: all.incoming, report, pace: Some(all.pace), followed }
}

/// What a source's documents gave so far.
#[derive(Default)]
struct Reading {
    entries: u32,
    unchanged: u32,
    incoming: Vec<Incoming>,
    skipped: Vec<Skipped>,
    repairs: Vec<String>,
    complete: bool,
    pace: Pace,
    /// What was led to and did not come.
    missed: Vec<String>,
    /// Fingerprints of all postings, new or known.
    fingerprints: HashSet<u64>,
    /// Whether it led to documents of single postings: those known are not read again, so what is not
    /// among the others is not gone.
    leads: bool,
}

impl Reading {
    fn take(
        &mut self,
        shared: &Shared,
        source: &Source,
        settings: u64,
        known: &HashSet<u64>,
        location: &str,
        parsed: Parsed,
    ) {
        self.entries += parsed.entries.len() as u32;
        self.skipped.extend(parsed.skipped);
        self.complete &= parsed.complete;
        self.pace = self.pace.max(parsed.pace);
        self.repairs.extend(parsed.repairs);
        for (number, entry) in parsed.entries.into_iter().enumerate() {
            let fingerprint = fingerprint(&entry, settings);
            if known.contains(&fingerprint) {
                self.unchanged += 1;
                self.fingerprints.insert(fingerprint);
                continue;
            }
            let name = entry.label(number + 1);
            match normalize(shared.vocabulary(), source, location, entry, shared.now) {
                Ok(posting) => {
                    self.fingerprints.insert(fingerprint);
                    self.incoming.push(Incoming::new(posting, fingerprint));
                }
                Err(reason) => self.skipped.push(Skipped { entry: name, reason }),
            }
        }
    }

    fn faulty(&self) -> u32 {
        self.skipped.iter().filter(|skipped| skipped.reason.is_fault()).count() as u32
    }

    /// What stood in the documents.
    fn listing(&mut self) -> Listing {
        Listing {
            postings: self.fingerprints.len() as u32,
            fingerprints: std::mem::take(&mut self.fingerprints),
            faulty: self.faulty(),
            whole: self.complete && self.missed.is_empty() && !self.leads,
        }
    }

    /// What an operator should know although the source was read; `known` postings came before.
    fn warning(&self, known: usize) -> Option<String> {
        let cut = (!self.complete).then(|| "the document was cut off; what is whole was read".to_owned());
        let missing: Vec<_> = cut.into_iter().chain(self.missed.iter().cloned()).collect();
        if !missing.is_empty() {
            return Some(missing.join("; "));
        }
        let empty = self.entries == 0 && self.skipped.is_empty();
        (empty && known > 0)
            .then(|| format!("the document has no entries; the {known} postings that came before are kept"))
    }

    /// A file of a folder that cannot be read is one skipped entry; the others go on.
    fn skip_file(&mut self, entry: String, error: crate::parse::Error) {
        self.skipped
            .push(Skipped { entry: format!("{entry}: {error}"), reason: crate::parse::SkipReason::BadFile });
    }
}

impl Shared {
    pub(super) fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| Vocabulary::new(&self.loaded.config))
    }

    /// Until when a source may not be asked.
    fn hold(&self, source: &Source, memory: &Memory) -> Option<DateTime<Utc>> {
        let waits = self.waits.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        turns::hold(source, memory, &waits, self.now)
    }

    /// Takes up what a host asked for, for those who would ask it next.
    fn heed(&self, memory: &Memory) {
        if let (Some(waits), Some((host, until))) = (&self.waits, memory.host_wait()) {
            waits.lock().unwrap_or_else(PoisonError::into_inner).insert(host.to_owned(), until);
        }
    }
}

/// A hash of an entry's words and of what they are read with: equal means nothing to do.
pub(super) fn fingerprint(entry: &Entry, settings: u64) -> u64 {
    let mut hash = Xxh3::with_seed(settings);
    entry.hash(&mut hash);
    hash.finish()
}

/// A hash of every setting that decides what an entry of this source becomes.
pub(super) fn settings_hash(config: &Config, source: &Source) -> u64 {
    let Source { url, path, format, title, text, drop_prefixes, columns, defaults, .. } = source;
    let Source { labels, relevant, relevance, fields, select, .. } = source;
    let taken = (labels, relevant, relevance, fields, select, &source.follow);
    let read_with = (url, path, format, title, text, drop_prefixes, columns, defaults, taken);
    let all = (NORMALIZER, env!("CARGO_PKG_VERSION"), config.publish.taxonomy, &config.tags, read_with);
    xxh3_64(&serde_json::to_vec(&all).expect("settings were read from text and go back to it"))
}
