//! One pass in, its report out.

use std::io::{IsTerminal, stdout};

use clap::Args;
use shelfwire::pipeline::{self, PagesReport, Report, SourceOutcome, SourceReport, Task, Which};
use shelfwire::store::{Leaving, Turnover};

use super::table::{Align, count, layout};
use super::{Common, Exit, progress, runtime, tell};

/// Skipped entries listed for one source; `--json` lists all.
const SKIPPED_SHOWN: usize = 10;

/// Read the boards that are due, once, and write the feeds that changed (for cron).
///
/// A board that fails is reported, keeps its last good postings and does not stop the others.
/// Two runs at once are not possible: the second says who is at work and ends with exit code 1.
#[derive(Debug, Args)]
pub struct Run {
    /// Read every enabled board, whether or not it is due; not if its host asked to be left alone.
    #[arg(long)]
    all: bool,
    /// Read just this board, enabled or not, due or not, whatever its host asked for (may be given
    /// several times).
    #[arg(long, value_name = "NAME", conflicts_with = "all")]
    only: Vec<String>,
    /// Believe lists of boards, and publish feeds, that are much shorter than before.
    #[arg(long)]
    allow_shrink: bool,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

/// Write every feed anew from what is remembered, without reading any board.
#[derive(Debug, Args)]
pub struct Publish {
    /// Publish feeds that are much shorter than before.
    #[arg(long)]
    allow_shrink: bool,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

impl Run {
    pub fn run(self, common: &Common) -> anyhow::Result<Exit> {
        let loaded = common.load()?;
        let _lock = common.lock(&loaded, "run")?;
        let (runtime, stop) = runtime()?;
        let which = match (self.all, self.only.is_empty()) {
            (true, _) => Which::All,
            // Without a schedule, whoever calls `run` decides when.
            (false, true) => Which::Due { unscheduled: chrono::Duration::zero() },
            (false, false) => Which::Only(self.only),
        };
        let enabled = loaded.config.sources.iter().any(|source| source.enabled);
        let named = matches!(which, Which::Only(_));
        let task = Task {
            loaded: loaded.clone(),
            which,
            now: common.now(),
            allow_shrink: self.allow_shrink,
            stop,
            progress: progress::for_output(self.json),
        };
        let report = runtime.block_on(pipeline::pass(task));
        runtime.shutdown_timeout(std::time::Duration::from_secs(5));
        let report = report?;
        if self.json {
            tell(serde_json::to_string_pretty(&report)?);
        } else {
            if stdout().is_terminal() && !report.sources.is_empty() {
                tell(table(&report));
            }
            tell(summary(&report));
            if !enabled && !named {
                tell(format!(
                    "no source is enabled: set `enabled = true` on some in {}",
                    loaded.path.display()
                ));
            }
        }
        Ok(match () {
            () if report.interrupted => Exit::CouldNotRun,
            () if report.failed() > 0 || report.pages.held.is_some() => Exit::SomeSourceFailed,
            () => Exit::AllWell,
        })
    }
}

impl Publish {
    pub fn run(self, common: &Common) -> anyhow::Result<Exit> {
        let loaded = common.load()?;
        let _lock = common.lock(&loaded, "publish")?;
        let report = pipeline::publish(&loaded, common.now(), self.allow_shrink)?;
        if self.json {
            tell(serde_json::to_string_pretty(&report)?);
        } else {
            tell(pages(&report));
        }
        Ok(if report.held.is_some() { Exit::SomeSourceFailed } else { Exit::AllWell })
    }
}

/// What a pass did, in a few lines: what was skipped, then the whole.
pub fn summary(report: &Report) -> String {
    let mut out = String::new();
    for source in &report.sources {
        if let Some(moved) = &source.moved {
            out.push_str(&format!("{}: moved for good; feeds.toml should say {moved}\n", source.name));
        }
        let skipped = source.faulty();
        for one in skipped.iter().take(SKIPPED_SHOWN) {
            out.push_str(&format!("{}: skipped {:?}: {}\n", source.name, one.entry, one.reason));
        }
        if skipped.len() > SKIPPED_SHOWN {
            out.push_str(&format!(
                "{}: … {} more skipped (--json lists all)\n",
                source.name,
                skipped.len() - SKIPPED_SHOWN
            ));
        }
    }
    for (source, open) in &report.unread {
        let open = count(u64::from(*open), "vacancy", "vacancies");
        out.push_str(&format!("{source}: is not read any more; its {open} stay until they are old\n"));
    }
    let sum = |of: fn(&SourceReport) -> u32| report.sources.iter().map(of).sum::<u32>();
    let failures = match report.failed() {
        0 => String::new(),
        failed => format!(", {failed} failed"),
    };
    let left_out = match report.sources.iter().map(SourceReport::left_out).sum::<usize>() {
        0 => String::new(),
        left => format!(" ({left} not library work)"),
    };
    let mails = match report.sources.iter().map(SourceReport::other_mails).sum::<usize>() {
        0 => String::new(),
        mails => format!(", {}", count(mails as u64, "other mail", "other mails")),
    };
    out.push_str(&format!(
        "{}{failures}: {}{left_out}{mails}; {}, {}, {} changed, {}; {}; {:.1} s\n",
        count(report.sources.len() as u64, "source", "sources"),
        count(sum(|s| read(s).0), "entry", "entries"),
        count(sum(|s| read(s).1), "new vacancy", "new vacancies"),
        count(sum(|s| read(s).2), "copy of a known one", "copies of known ones"),
        sum(|s| read(s).3),
        turnover(&report.life),
        pages(&report.pages),
        report.seconds
    ));
    if report.interrupted {
        out.push_str("stopped before the end: what was read is kept, and the next run writes its pages\n");
    }
    out
}

/// What closed and why, and what opened again: `3 closed (1 date, 2 age), 1 open again`.
fn turnover(life: &Turnover) -> String {
    let reasons: Vec<_> = life.closed.iter().map(|(reason, n)| format!("{n} {}", reason.word())).collect();
    let mut out = format!("{} closed", life.closed.values().sum::<u32>());
    if !reasons.is_empty() {
        out.push_str(&format!(" ({})", reasons.join(", ")));
    }
    for (number, what) in [(life.over, "over when first seen"), (life.reopened, "open again")] {
        if number > 0 {
            out.push_str(&format!(", {number} {what}"));
        }
    }
    out
}

fn pages(report: &PagesReport) -> String {
    if let Some(held) = &report.held {
        return held_back(held);
    }
    format!("{} written, {} as they were", count(report.written, "page", "pages"), report.unchanged)
}

/// Why nothing is published, and what to do.
fn held_back(leaving: &Leaving) -> String {
    let list = |counts: Vec<String>| counts.join(", ");
    let reasons = leaving.reasons.iter().map(|(reason, n)| format!("{n} {}", reason.word())).collect();
    let sources = leaving.sources.iter().map(|(source, n)| format!("{n} {source}")).collect();
    format!(
        "NOTHING PUBLISHED: {} of the {} published vacancies would be gone ({}; of {}); if that is right, \
         `shelfwire publish --allow-shrink`",
        leaving.closed,
        leaving.published,
        list(reasons),
        list(sources)
    )
}

/// Entries, new vacancies, copies of known ones and changed postings of a source.
fn read(source: &SourceReport) -> (u32, u32, u32, u32) {
    match source.outcome {
        SourceOutcome::Read { entries, opened, joined, updated, .. } => (entries, opened, joined, updated),
        _ => (0, 0, 0, 0),
    }
}

fn table(report: &Report) -> String {
    let header = [
        ("source", Align::Left),
        ("entries", Align::Right),
        ("new", Align::Right),
        ("copies", Align::Right),
        ("changed", Align::Right),
        ("skipped", Align::Right),
        ("seconds", Align::Right),
        ("", Align::Left),
    ];
    let mut sources: Vec<_> = report.sources.iter().collect();
    sources.sort_by_key(|source| &source.name);
    let rows: Vec<_> = sources.into_iter().map(row).collect();
    layout(&header, &rows)
}

fn row(source: &SourceReport) -> Vec<String> {
    let seconds = format!("{:.1}", source.seconds);
    let name = source.name.clone();
    match &source.outcome {
        SourceOutcome::Read { entries, opened, joined, updated, warning, .. } => {
            let left = match source.left_out() {
                0 => None,
                left => Some(format!("{left} not library work")),
            };
            let mails = match source.other_mails() {
                0 => None,
                mails => Some(count(mails as u64, "other mail", "other mails")),
            };
            let note = warning.iter().cloned().chain(left).chain(mails).collect::<Vec<_>>().join("; ");
            let counts =
                [*entries, *opened, *joined, *updated, source.faulty().len() as u32].map(|n| n.to_string());
            [name].into_iter().chain(counts).chain([seconds, note]).collect()
        }
        other => {
            let note = match other {
                SourceOutcome::Failed { stage, error } => format!("FAILED to {stage}: {error}"),
                SourceOutcome::Waiting { until } => progress::waiting(*until),
                SourceOutcome::Retired { since } => progress::retired(*since),
                _ => "nothing new".into(),
            };
            let blank = std::iter::repeat_n("-".to_owned(), 5);
            [name].into_iter().chain(blank).chain([seconds, note]).collect()
        }
    }
}
