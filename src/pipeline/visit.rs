//! One source in, its postings and what to note of it out: fetch, parse, normalize.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, PoisonError};
use std::time::Instant;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::{NORMALIZER, Shared, SourceOutcome, SourceReport};
use crate::config::{Config, Source};
use crate::fetch::{self, Client, Document, Fetched, Validators};
use crate::gather::Incoming;
use crate::normalize::{Vocabulary, normalize};
use crate::parse::{Entry, Parsed, Skipped, parse};
use crate::store::{Outcome, SourceUpdate};

/// What one visit to a source brought.
pub(super) struct Visit {
    pub update: SourceUpdate,
    /// Postings that are new or not as they were.
    pub incoming: Vec<Incoming>,
    pub report: SourceReport,
}

/// Visits the source of this number in the settings.
pub(super) async fn visit(shared: &Arc<Shared>, number: usize) -> Visit {
    let begun = Instant::now();
    let source = &shared.loaded.config.sources[number];
    let settings = settings_hash(&shared.loaded.config, source);
    let (outcome, incoming, report) = match fetch(shared, source, settings).await {
        Err(error) => failed("fetch", error),
        Ok(Fetched::NotModified(validators)) => {
            (Outcome::NotModified(validators), Vec::new(), SourceOutcome::NotModified)
        }
        Ok(Fetched::Documents(documents, validators)) => {
            let _core = shared.cores.acquire().await;
            let shared = shared.clone();
            let read =
                tokio::task::spawn_blocking(move || read(&shared, number, settings, documents, validators));
            read.await.unwrap_or_else(|stopped| failed("parse", stopped.to_string()))
        }
    };
    let (name, seconds) = (source.name.clone(), begun.elapsed().as_secs_f64());
    Visit {
        update: SourceUpdate { name: name.clone(), at: shared.now, outcome },
        incoming,
        report: SourceReport { name, outcome: report, seconds },
    }
}

fn failed(stage: &'static str, error: String) -> (Outcome, Vec<Incoming>, SourceOutcome) {
    (Outcome::Failed(format!("{stage}: {error}")), Vec::new(), SourceOutcome::Failed { stage, error })
}

async fn fetch(shared: &Shared, source: &Source, settings: u64) -> Result<Fetched, String> {
    let state = {
        let reader = shared.reader.lock().unwrap_or_else(PoisonError::into_inner);
        reader.source(&source.name).map_err(|error| error.to_string())?
    };
    // With other settings every entry is to be read again, so "nothing new" is no answer.
    let since = state.filter(|state| state.settings == settings).map(|state| state.validators);
    let client = shared.client()?;
    let fetched = fetch::fetch(client, source, &shared.loaded.folder, &since.unwrap_or_default()).await;
    fetched.map_err(|error| error.to_string())
}

fn read(
    shared: &Shared,
    number: usize,
    settings: u64,
    documents: Vec<Document>,
    validators: Validators,
) -> (Outcome, Vec<Incoming>, SourceOutcome) {
    let source = &shared.loaded.config.sources[number];
    let known = {
        let reader = shared.reader.lock().unwrap_or_else(PoisonError::into_inner);
        match reader.fingerprints(&source.name) {
            Ok(known) => known,
            Err(error) => return failed("parse", error.to_string()),
        }
    };
    let mut all = Reading { complete: true, ..Reading::default() };
    let single = documents.len() == 1;
    for document in documents {
        match parse(source, &document) {
            Ok(parsed) => all.take(shared, source, settings, &known, &document, parsed),
            Err(error) if single => return failed("parse", error.to_string()),
            Err(error) => all.skip_file(&document, error),
        }
    }
    let warning = all.warning(known.len());
    let outcome = Outcome::Read {
        // What came in part is asked for again whole, whatever the server says of its age.
        validators: if warning.is_some() { Validators::default() } else { validators },
        settings,
        entries: all.entries,
        skipped: all.skipped.len() as u32,
        changed: !all.incoming.is_empty(),
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
    (outcome, all.incoming, report)
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
}

impl Reading {
    fn take(
        &mut self,
        shared: &Shared,
        source: &Source,
        settings: u64,
        known: &HashSet<u64>,
        document: &Document,
        parsed: Parsed,
    ) {
        self.entries += parsed.entries.len() as u32;
        self.skipped.extend(parsed.skipped);
        self.complete &= parsed.complete;
        self.repairs.extend(parsed.repairs);
        for (number, entry) in parsed.entries.into_iter().enumerate() {
            let fingerprint = fingerprint(&entry, settings);
            if known.contains(&fingerprint) {
                self.unchanged += 1;
                continue;
            }
            let name = entry.label(number + 1);
            match normalize(shared.vocabulary(), source, &document.location, entry, shared.now) {
                Ok(posting) => self.incoming.push(Incoming { posting, fingerprint }),
                Err(reason) => self.skipped.push(Skipped { entry: name, reason }),
            }
        }
    }

    /// What an operator should know although the source was read; `known` postings came before.
    fn warning(&self, known: usize) -> Option<String> {
        if !self.complete {
            return Some("the document was cut off; what is whole was read".into());
        }
        let empty = self.entries == 0 && self.skipped.is_empty();
        (empty && known > 0)
            .then(|| format!("the document has no entries; the {known} postings that came before are kept"))
    }

    /// A file of a folder that cannot be read is one skipped entry; the others go on.
    fn skip_file(&mut self, document: &Document, error: crate::parse::Error) {
        let entry = document.file_name.clone().unwrap_or_else(|| document.location.clone());
        self.skipped
            .push(Skipped { entry: format!("{entry}: {error}"), reason: crate::parse::SkipReason::BadFile });
    }
}

impl Shared {
    pub(super) fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| Vocabulary::new(&self.loaded.config))
    }

    fn client(&self) -> Result<&Client, String> {
        let make = || {
            let config = &self.loaded.config;
            Client::new(&config.site, &config.fetch).map_err(|error| error.to_string())
        };
        self.client.get_or_init(make).as_ref().map_err(Clone::clone)
    }
}

/// A hash of an entry's words and of what they are read with: equal means nothing to do.
fn fingerprint(entry: &Entry, settings: u64) -> u64 {
    let mut hash = Xxh3::with_seed(settings);
    entry.hash(&mut hash);
    hash.finish()
}

/// A hash of every setting that decides what an entry of this source becomes.
fn settings_hash(config: &Config, source: &Source) -> u64 {
    let Source { url, path, format, title, text, drop_prefixes, columns, defaults, .. } = source;
    let read_with = (url, path, format, title, text, drop_prefixes, columns, defaults);
    let all = (NORMALIZER, env!("CARGO_PKG_VERSION"), config.publish.taxonomy, &config.tags, read_with);
    xxh3_64(&serde_json::to_vec(&all).expect("settings were read from text and go back to it"))
}
