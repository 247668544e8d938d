//! A schedule in, passes at their times out, until told to stop.

use clap::Args;
use shelfwire::worker::{Surroundings, work};

use super::{Common, Exit, progress, run, runtime, tell};

/// Stay and read every board at its time, until stopped.
///
/// When a board is read stands in feeds.toml (`[schedule] cron`, and `schedule` of a source). A
/// changed feeds.toml is taken up as soon as it has no mistakes. Ctrl-C or SIGTERM ends within
/// ten seconds, and nothing is lost.
#[derive(Debug, Args)]
pub struct Work {}

impl Work {
    pub fn run(self, common: &Common) -> anyhow::Result<Exit> {
        let loaded = common.load()?;
        let _lock = common.lock(&loaded, "work")?;
        let (runtime, stop) = runtime()?;
        let around = Surroundings {
            progress: progress::plain(),
            done: Box::new(|report| tell(run::summary(report))),
            stop,
        };
        let done = runtime.block_on(work(loaded, around));
        // A fetch in flight must not hold up the end.
        runtime.shutdown_timeout(std::time::Duration::from_secs(5));
        done?;
        Ok(Exit::AllWell)
    }
}
