//! Feeds that changed in, their pages out, written only if their bytes are new.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};

use super::{Error, PagesReport, store_path};
use crate::config::check::Loaded;
use crate::gather::VacancyId;
use crate::publish::{self, FeedInfo, Gone, History, Page, Written};
use crate::select::Rules;
use crate::store::{News, Removed, Store, Untold};
use crate::vacancy::Vacancy;

/// Vacancies kept in memory between the feeds that show them, at most: about 20 MB.
const KEPT: usize = 2000;

/// Vacancies up to which all may leave at once: a site that small is watched by its operator.
const FEW: u32 = 20;

/// Changes that the log holds, at most.
const CHANGES: usize = 1000;

/// Closed vacancies that a feed speaks of, at most.
const REMOVED: usize = 100;

/// Renders every page anew from the store.
///
/// # Errors
/// If the store or the output folder cannot be written.
pub fn publish(loaded: &Loaded, now: DateTime<Utc>, allow_shrink: bool) -> Result<PagesReport, Error> {
    let mut store = Store::open(&store_path(loaded))?;
    let rules = Rules::new(&loaded.config).deciding(&loaded.decisions);
    super::prepare(&mut store, loaded, &rules, now)?;
    store.close_due(&rules, now)?;
    store.settle(&rules, now)?;
    store.mark_all_dirty()?;
    publish_dirty(loaded, &rules, &store, now, allow_shrink)
}

/// Renders the pages of the feeds that changed since they were rendered last, unless too many of the
/// published vacancies would be gone from them.
pub(super) fn publish_dirty(
    loaded: &Loaded,
    rules: &Rules,
    store: &Store,
    now: DateTime<Utc>,
    allow_shrink: bool,
) -> Result<PagesReport, Error> {
    let output = loaded.folder.join(&loaded.config.site.output);
    let dirty = store.dirty_feeds()?;
    let mut report = PagesReport { feeds: dirty.len() as u32, ..PagesReport::default() };
    if dirty.is_empty() && output.join("index.html").exists() {
        return Ok(report);
    }
    let (leaving, too_many) = store.leaving(loaded.config.publish.max_shrink, FEW)?;
    if too_many && !allow_shrink {
        return Ok(PagesReport { held: Some(leaving), ..PagesReport::default() });
    }
    let names = Names::new(loaded);
    for written in render_side_by_side(loaded, rules, &names, &output, &dirty)? {
        report.count(written);
    }
    let sizes = store.feed_sizes()?;
    let feeds: Vec<_> = sizes.into_iter().map(|(path, size)| (names.info(&path), size)).collect();
    for page in publish::render_index(&loaded.config.site, &feeds)? {
        report.count(publish::write(&output, &page)?);
    }
    report.count(publish::write(&output, &log(loaded, rules, &names, store, now)?)?);
    // Only now: a pass that is killed before renders them again.
    store.mark_clean(&dirty)?;
    Ok(report)
}

/// The log of changes, with those since the last publication; they are told by that.
fn log(
    loaded: &Loaded,
    rules: &Rules,
    names: &Names,
    store: &Store,
    now: DateTime<Utc>,
) -> Result<Page, Error> {
    let site = &loaded.config.site;
    let all = names.info("all");
    let mut records = Vec::new();
    for Untold { vacancy: id, news } in store.untold(CHANGES)? {
        let vacancy = store.vacancy(rules, id)?;
        let what = match news {
            News::Closed => "closed",
            News::Opened => "opened",
            News::Updated => "updated",
        };
        records.push(publish::change(site, &all, what, &id.to_string(), vacancy.as_ref(), now));
    }
    store.tell(&records, CHANGES, now)?;
    let (records, whole_since) = store.changes()?;
    Ok(publish::render_changes(site, &records, whole_since.as_deref())?)
}

/// What a feed's pages say of what left it.
fn history(store: &Store, path: &str) -> Result<History, Error> {
    let (removed, moved) = store.removed(path, REMOVED)?;
    let gone = |one: Removed| Gone { vacancy: one.vacancy.to_string(), at: one.at, closed: one.closed };
    Ok(History { removed: removed.into_iter().map(gone).collect(), moved })
}

/// Renders and writes feeds on as many threads as there are cores.
fn render_side_by_side(
    loaded: &Loaded,
    rules: &Rules,
    names: &Names,
    output: &Path,
    dirty: &[String],
) -> Result<Vec<Written>, Error> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(dirty.len().max(1));
    let next = AtomicUsize::new(0);
    let shown = Shown::default();
    let work = || -> Result<Vec<Written>, Error> {
        let store = Store::open_to_read(&store_path(loaded))?;
        let mut all = Vec::new();
        while let Some(path) = dirty.get(next.fetch_add(1, Ordering::Relaxed)) {
            let ids = store.members(path, names.limit(path))?;
            let vacancies =
                ids.into_iter().map(|id| shown.vacancy(&store, rules, id)).collect::<Result<Vec<_>, _>>()?;
            let vacancies: Vec<&Vacancy> = vacancies.iter().flatten().map(AsRef::as_ref).collect();
            let history = history(&store, path)?;
            for page in publish::render_with(&loaded.config.site, &names.info(path), &vacancies, &history)? {
                all.push(publish::write(output, &page)?);
            }
        }
        Ok(all)
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut all = Vec::new();
        for worker in workers {
            all.extend(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(all)
    })
}

/// Vacancies that were read for one feed and stand in another too.
#[derive(Default)]
struct Shown(Mutex<HashMap<VacancyId, Option<Arc<Vacancy>>>>);

impl Shown {
    fn vacancy(&self, store: &Store, rules: &Rules, id: VacancyId) -> Result<Option<Arc<Vacancy>>, Error> {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept().get(&id) {
            return Ok(found.clone());
        }
        let read = store.vacancy(rules, id)?.map(Arc::new);
        let mut kept = kept();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(id, read.clone());
        Ok(read)
    }
}

/// The names of feeds, from the settings.
struct Names<'a> {
    loaded: &'a Loaded,
    limits: BTreeMap<String, usize>,
}

impl<'a> Names<'a> {
    fn new(loaded: &'a Loaded) -> Self {
        let own = |feed: &crate::config::Feed| feed.limit.map(|limit| (format!("feed/{}", feed.slug), limit));
        Names { loaded, limits: loaded.config.feeds.iter().filter_map(own).collect() }
    }

    fn limit(&self, path: &str) -> usize {
        self.limits.get(path).copied().unwrap_or(self.loaded.config.publish.limit)
    }

    fn info(&self, path: &str) -> FeedInfo {
        publish::info(&self.loaded.config, path)
    }
}

impl PagesReport {
    fn count(&mut self, written: Written) {
        match written {
            Written::New | Written::Changed => self.written += 1,
            Written::Unchanged => self.unchanged += 1,
        }
    }
}
