//! A schedule in, passes at their times out.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use tokio::sync::watch;
use tracing::{error, info, warn};

use crate::config::check::{self, Loaded};
use crate::config::decisions;
use crate::pipeline::{self, Progress, Report, Task, Which};
use crate::store::Store;

/// How often feeds.toml is looked at, and the clock: a computer that slept, or whose clock was
/// set, is noticed after this long.
const LOOK: Duration = Duration::from_secs(5);

/// Between visits to a source that no schedule speaks of.
const HOUR: chrono::Duration = chrono::Duration::hours(1);

/// What the worker's surroundings give it.
pub struct Surroundings {
    pub progress: Arc<dyn Progress>,
    /// Called with every pass's report.
    pub done: Box<dyn Fn(&Report) + Send + Sync>,
    /// Turns true when the worker should end.
    pub stop: watch::Receiver<bool>,
}

/// Runs passes when sources are due, until told to stop.
///
/// A changed feeds.toml or decisions.toml is taken up between passes if it is valid; if not, its failures are
/// logged and the old settings stay. A pass that fails as a whole is logged and tried again.
///
/// # Errors
/// If the store cannot be opened at the start.
pub async fn work(mut loaded: Arc<Loaded>, mut around: Surroundings) -> Result<(), pipeline::Error> {
    Store::open(&pipeline::store_path(&loaded))?;
    let mut file = Watched::new(&loaded);
    let mut announced = None;
    while !is_told_to_stop(&around.stop) {
        if let Some(changed) = file.changed() {
            take_up(&changed, &mut loaded);
            announced = None;
        }
        let wait = match turn(&loaded, &around, &mut announced).await {
            Ok(wait) => wait,
            Err(error) => {
                error!("the pass failed and is tried again: {error}");
                LOOK
            }
        };
        pause(wait.min(LOOK), &mut around.stop).await;
    }
    info!("stopped");
    Ok(())
}

/// Runs a pass if a source is due; says how long to wait before looking again.
async fn turn(
    loaded: &Arc<Loaded>,
    around: &Surroundings,
    announced: &mut Option<Option<DateTime<Utc>>>,
) -> Result<Duration, pipeline::Error> {
    let now = Utc::now();
    let due = earliest_due(loaded, now)?;
    if due.is_some_and(|due| due <= now) {
        let report = pass(loaded, around).await?;
        (around.done)(&report);
        *announced = None;
        // A second, so that a source that is always due is no busy loop.
        return Ok(Duration::from_secs(1));
    }
    if *announced != Some(due) {
        match due {
            Some(due) => info!("next pass at {}", due.to_rfc3339()),
            None => warn!("no source is enabled: waiting for feeds.toml to change"),
        }
        *announced = Some(due);
    }
    Ok(due.and_then(|due| (due - now).to_std().ok()).unwrap_or(LOOK))
}

/// Whether it is time to end; a sender that is gone will never say so.
fn is_told_to_stop(stop: &watch::Receiver<bool>) -> bool {
    *stop.borrow() || stop.has_changed().is_err()
}

async fn pass(loaded: &Arc<Loaded>, around: &Surroundings) -> Result<Report, pipeline::Error> {
    pipeline::pass(Task {
        loaded: loaded.clone(),
        which: Which::Due { unscheduled: HOUR },
        now: Utc::now(),
        allow_shrink: false,
        stop: around.stop.clone(),
        progress: around.progress.clone(),
    })
    .await
}

async fn pause(time: Duration, stop: &mut watch::Receiver<bool>) {
    tokio::select! {
        () = tokio::time::sleep(time) => {}
        _ = stop.wait_for(|stop| *stop) => {}
    }
}

/// When the first enabled source is due; in the past if it never was visited.
fn earliest_due(loaded: &Loaded, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, pipeline::Error> {
    let store = Store::open(&pipeline::store_path(loaded))?;
    let times = pipeline::turns(&loaded.config, &store, HOUR, now)?;
    Ok(times.into_iter().map(|(_, turn)| turn.at).min())
}

/// Takes up a changed feeds.toml if it is valid.
fn take_up(path: &Path, loaded: &mut Arc<Loaded>) {
    match check::load(path) {
        Ok(new) => {
            info!("{} changed and is taken up", path.display());
            *loaded = Arc::new(new);
        }
        Err(error) => {
            error!("{} changed and is not taken up; the old settings stay:\n{error}", path.display())
        }
    }
}

/// feeds.toml, and when it and decisions.toml beside it were changed last.
struct Watched {
    path: PathBuf,
    modified: Option<SystemTime>,
    decisions: PathBuf,
    decided: Option<SystemTime>,
}

impl Watched {
    fn new(loaded: &Loaded) -> Self {
        let decisions = decisions::path(&loaded.folder);
        let decided = modified(&decisions);
        Watched { path: loaded.path.clone(), modified: loaded.modified, decisions, decided }
    }

    /// The path of feeds.toml, if one of the files is another than when last asked. A feeds.toml that is
    /// gone is not: an editor may be about to put it back.
    fn changed(&mut self) -> Option<PathBuf> {
        let now = modified(&self.path)?;
        let decided = modified(&self.decisions);
        if self.modified == Some(now) && self.decided == decided {
            return None;
        }
        (self.modified, self.decided) = (Some(now), decided);
        Some(self.path.clone())
    }
}

fn modified(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|data| data.modified()).ok()
}
