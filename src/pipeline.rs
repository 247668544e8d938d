//! Settings and a store in, a pass's report out: the whole journey on one screen.
//!
//! Sources are fetched side by side, one at a time per host; each document is parsed and
//! normalized as it comes, on as many threads as there are cores; one writer gathers and keeps
//! what each source brought, a source a transaction; then the pages that this touched are
//! rendered. A source that fails is a line in the report and stops nothing.

mod ask;
mod find;
mod follow;
mod pages;
mod permits;
mod preview;
mod report;
mod turns;
mod visit;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Instant;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use futures_util::StreamExt;
use tokio::sync::{Semaphore, mpsc, watch};
use xxhash_rust::xxh3::xxh3_64;

pub use find::{Found, find};
pub use pages::publish;
pub use preview::{Error as PreviewError, LeftOut, Preview, Previewed, preview};
pub use report::{PagesReport, Progress, Report, SourceOutcome, SourceReport};
pub use turns::turns;

use crate::config::Config;
use crate::config::check::Loaded;
use crate::config::decisions::{Decisions, Pair, Takedown};
use crate::fetch::Client;
use crate::gather::{self, VacancyId};
use crate::normalize::Vocabulary;
use crate::select::Rules;
use crate::store::{self, Store};
use visit::Visit;

/// Raised when the same entry would become another posting than before, so that stored ones are
/// made anew from their sources.
const NORMALIZER: u32 = 2;

/// Why a pass could not run at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error(transparent)]
    Publish(#[from] crate::publish::Error),
    #[error("there is no source {name:?}{hint}")]
    NoSource { name: String, hint: String },
    #[error("a thread of the pass stopped: {0}")]
    Stopped(#[from] tokio::task::JoinError),
}

/// Which sources a pass reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// Enabled ones whose time has come; those that no schedule speaks of, when `unscheduled` has
    /// gone by since the last visit.
    Due { unscheduled: Duration },
    /// Every enabled one, but none whose host asked to be left alone.
    All,
    /// These, enabled or not, whatever anyone asked for.
    Only(Vec<String>),
}

/// What one pass is to do.
pub struct Task {
    pub loaded: Arc<Loaded>,
    pub which: Which,
    pub now: DateTime<Utc>,
    /// Whether lists of sources and feeds may shrink as much as they do.
    pub allow_shrink: bool,
    /// Turns true when the pass should end: what is in flight is given up, what was read is kept.
    pub stop: watch::Receiver<bool>,
    pub progress: Arc<dyn Progress>,
}

/// What the threads of a pass share.
struct Shared {
    loaded: Arc<Loaded>,
    now: DateTime<Utc>,
    vocabulary: OnceLock<Vocabulary>,
    /// A second connection, for questions while the writer writes.
    reader: Mutex<Store>,
    /// Hosts that asked to be left alone, before or in this pass; none if nobody listens.
    waits: Option<Mutex<turns::Waits>>,
    client: OnceLock<Result<Client, String>>,
    cores: Semaphore,
    permits: permits::Permits,
}

/// Runs one pass.
///
/// # Errors
/// If the pass cannot go on at all: the store or the output folder cannot be written. A source
/// that fails is in the report.
pub async fn pass(task: Task) -> Result<Report, Error> {
    let begun = Instant::now();
    let Task { loaded, which, now, allow_shrink, mut stop, progress } = task;
    let config = &loaded.config;
    let path = store_path(&loaded);
    let mut store = Store::open(&path)?;
    let rules = Arc::new(Rules::new(config).deciding(&loaded.decisions));
    prepare(&mut store, &loaded, &rules, now)?;
    store.close_due(rules.as_ref(), now)?;
    let mut report = Report { started: now, ..Report::default() };
    let chosen = turns::choose(config, &store, &which, now)?;
    let listens = !matches!(which, Which::Only(_));
    let waits = listens.then(|| turns::waits(&store, now)).transpose()?.map(Mutex::new);
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let shared = Arc::new(Shared {
        loaded: loaded.clone(),
        now,
        vocabulary: OnceLock::new(),
        reader: Mutex::new(Store::open_to_read(&path)?),
        waits,
        client: OnceLock::new(),
        cores: Semaphore::new(cores),
        permits: permits::Permits::default(),
    });

    progress.begin(chosen.len());
    let (visits, to_write) = mpsc::channel::<Visit>(cores);
    let writer = tokio::task::spawn_blocking({
        let (rules, progress) = (rules.clone(), progress.clone());
        move || write(store, &rules, allow_shrink, to_write, progress.as_ref())
    });
    let reading = futures_util::stream::iter(turns::by_host(config, chosen)).for_each_concurrent(
        config.fetch.concurrency,
        |group| {
            let (shared, visits, progress) = (shared.clone(), visits.clone(), progress.clone());
            async move {
                for (source, memory) in group {
                    progress.started(&shared.loaded.config.sources[source].name);
                    let visit = visit::visit(&shared, source, memory).await;
                    if visits.send(visit).await.is_err() {
                        return; // the writer has failed, and says so itself
                    }
                }
            }
        },
    );
    let stopped = tokio::select! {
        () = reading => false,
        // Also where nobody is left who could say it: whoever started the pass is gone.
        _ = stop.wait_for(|stop| *stop) => true,
    };
    drop(visits);
    let (store, sources) = writer.await??;
    store.settle(rules.as_ref(), now)?;
    report.life = store.take_turnover();
    report.unread = unread(config, &store)?;
    report.sources = sources;
    report.interrupted = stopped;
    if !stopped {
        progress.publishing();
        report.pages = tokio::task::spawn_blocking(move || {
            pages::publish_dirty(&loaded, &rules, &store, now, allow_shrink)
        })
        .await??;
    }
    report.seconds = begun.elapsed().as_secs_f64();
    Ok(report)
}

/// Gathers and keeps what each source brought, in the order in which it comes.
fn write(
    store: Store,
    rules: &Rules,
    allow_shrink: bool,
    mut visits: mpsc::Receiver<Visit>,
    progress: &dyn Progress,
) -> Result<(Store, Vec<SourceReport>), Error> {
    let mut reports = Vec::new();
    while let Some(Visit { update, incoming, mut report }) = visits.blocking_recv() {
        match update {
            None => {}
            Some(update) => report.count(store.apply(rules, &update, incoming, allow_shrink)?),
        }
        progress.finished(&report);
        reports.push(report);
    }
    Ok((store, reports))
}

/// Where the store is.
pub fn store_path(loaded: &Loaded) -> PathBuf {
    loaded.folder.join(&loaded.config.store.path)
}

/// The day by which a last day to apply is over whatever its zone: it has ended everywhere on earth,
/// twelve hours behind UTC.
pub fn today(now: DateTime<Utc>) -> NaiveDate {
    (now - Duration::hours(12)).date_naive()
}

/// Sources that are not read any more and still have open vacancies.
fn unread(config: &Config, store: &Store) -> Result<BTreeMap<String, u32>, Error> {
    let enabled = config.sources.iter().filter(|source| source.enabled);
    Ok(store.left_behind(&enabled.map(|source| source.name.as_str()).collect())?)
}

/// Makes feeds follow the settings and decisions, if those changed since the last pass.
fn prepare(store: &mut Store, loaded: &Loaded, rules: &Rules, now: DateTime<Utc>) -> Result<(), Error> {
    let config = &loaded.config;
    let sources = config.sources.iter();
    let sources: BTreeMap<_, _> = sources
        .map(|s| (&s.name, (s.rank, s.enabled, s.complete, s.max_age_days, &s.defaults.time_zone)))
        .collect();
    // How much may go at once is no matter of what is in which feed.
    let publish = crate::config::Publish { max_shrink: 0.0, ..config.publish.clone() };
    let settings = (&config.site, publish, &config.tags, &config.regions, &config.feeds, sources);
    let settings = serde_json::to_vec(&settings).map_err(store::Error::from)?;
    let mark = format!("{:016x} {}", xxh3_64(&settings), env!("CARGO_PKG_VERSION"));
    let takedowns = &loaded.decisions.takedowns;
    let known = store.setting("takedowns")?.and_then(|known| serde_json::from_str(&known).ok());
    let known: Vec<Takedown> = known.unwrap_or_default();
    if store.setting("shelving")?.as_deref() != Some(&mark) {
        store.reshelve(rules, now)?;
        store.ensure_feeds(rules.standing())?;
        store.mark_all_dirty()?;
        store.set_setting("shelving", &mark)?;
    } else if known != *takedowns {
        let of_both = || known.iter().chain(takedowns);
        let changed = of_both().filter(|one| !known.contains(one) || !takedowns.contains(one));
        // Addresses and sources may concern any vacancy, and are rare.
        let ids: Option<Vec<_>> = changed.map(|one| VacancyId::parse(one.vacancy.as_deref()?)).collect();
        match ids {
            Some(ids) => store.reshelve_these(rules, &ids, now)?,
            None => store.reshelve(rules, now)?,
        }
    }
    store.decide(pairs(&loaded.decisions), rules, now)?;
    if known != *takedowns {
        let text = serde_json::to_string(takedowns).map_err(store::Error::from)?;
        store.set_setting("takedowns", &text)?;
    }
    Ok(())
}

/// The pairs of postings on which an operator decided.
fn pairs(decisions: &Decisions) -> gather::Decisions {
    let mut pairs = gather::Decisions::default();
    for (all, same) in [(&decisions.same, true), (&decisions.not_same, false)] {
        for Pair { postings: [a, b] } in all {
            if let (Some(a), Some(b)) = (VacancyId::parse(a), VacancyId::parse(b)) {
                pairs.set(a, b, same);
            }
        }
    }
    pairs
}
