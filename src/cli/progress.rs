//! What a pass is doing in, lines for people out.

use std::collections::HashMap;
use std::io::{self, IsTerminal, Write, stderr, stdout};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use shelfwire::pipeline::{Progress, SourceOutcome, SourceReport};
use tracing_subscriber::fmt::MakeWriter;

use super::table::count;
use super::tell;

/// The lines at the bottom of a terminal; logs are written above them.
static LINES: LazyLock<MultiProgress> = LazyLock::new(MultiProgress::new);

/// How a pass shows itself: in a terminal by lines that move, elsewhere by a plain line a source,
/// and not at all where a report follows as JSON.
pub fn for_output(json: bool) -> Arc<dyn Progress> {
    match (json, stderr().is_terminal() && stdout().is_terminal()) {
        (true, _) => Arc::new(Silent),
        (false, true) => Arc::new(Terminal::default()),
        (false, false) => Arc::new(Plain),
    }
}

/// A plain line a source.
pub fn plain() -> Arc<dyn Progress> {
    Arc::new(Plain)
}

/// What a visit to a source gave, in one line.
pub fn line(report: &SourceReport) -> String {
    let what = match &report.outcome {
        SourceOutcome::NotModified => "nothing new".to_owned(),
        SourceOutcome::Waiting { until } => waiting(*until),
        SourceOutcome::Retired { since } => retired(*since),
        SourceOutcome::Failed { stage, error } => format!("failed to {stage}: {error}"),
        SourceOutcome::Read { entries, opened, joined, updated, warning, .. } => {
            let mut parts = vec![count(*entries, "entry", "entries")];
            let counts = [
                (*opened, "new", "new"),
                (*joined, "copy of a known vacancy", "copies of known vacancies"),
                (*updated, "changed", "changed"),
                (report.faulty().len() as u32, "skipped", "skipped"),
                (report.left_out() as u32, "not library work", "not library work"),
                (report.other_mails() as u32, "other mail", "other mails"),
            ];
            parts.extend(counts.iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| count(*n, one, many)));
            parts.extend(warning.clone());
            parts.join(", ")
        }
    };
    format!("{}: {what} ({:.1} s)", report.name, report.seconds)
}

/// Why a source was not asked.
pub fn waiting(until: DateTime<Utc>) -> String {
    let until = until.to_rfc3339_opts(SecondsFormat::Secs, true);
    format!("waits until {until} because the host asked for it")
}

/// Why a source was asked in vain.
pub fn retired(since: DateTime<Utc>) -> String {
    let since = since.date_naive();
    format!("gone for good since {since}: it is asked once a week, and its postings are kept")
}

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: usize) {}
    fn started(&self, _: &str) {}
    fn finished(&self, _: &SourceReport) {}
    fn publishing(&self) {}
}

struct Plain;

impl Progress for Plain {
    fn begin(&self, _: usize) {}
    fn started(&self, _: &str) {}

    fn finished(&self, report: &SourceReport) {
        tell(line(report));
    }

    fn publishing(&self) {}
}

/// A line a source in flight, and one for the whole.
#[derive(Default)]
struct Terminal {
    whole: Mutex<Option<Whole>>,
    sources: Mutex<HashMap<String, ProgressBar>>,
}

struct Whole {
    /// An empty line above the others. Where somebody types Ctrl-C, the terminal shows `^C` below the
    /// lines, and the uppermost is out of reach from then on.
    space: ProgressBar,
    bar: ProgressBar,
}

impl Whole {
    fn clear(&self) {
        self.bar.finish_and_clear();
        self.space.finish_and_clear();
    }
}

impl Progress for Terminal {
    fn begin(&self, sources: usize) {
        let empty = ProgressStyle::with_template(" ").expect("the template is sound");
        let space = LINES.insert(0, ProgressBar::new_spinner().with_style(empty));
        space.tick();
        let style = ProgressStyle::with_template("{bar:24} {pos}/{len} sources  {elapsed}");
        let bar =
            LINES.add(ProgressBar::new(sources as u64).with_style(style.expect("the template is sound")));
        *self.whole.lock().unwrap_or_else(PoisonError::into_inner) = Some(Whole { space, bar });
    }

    fn started(&self, source: &str) {
        let style =
            ProgressStyle::with_template("{spinner} {msg}  {elapsed}").expect("the template is sound");
        let bar =
            LINES.insert(1, ProgressBar::new_spinner().with_style(style).with_message(source.to_owned()));
        bar.enable_steady_tick(Duration::from_millis(120));
        self.sources.lock().unwrap_or_else(PoisonError::into_inner).insert(source.to_owned(), bar);
    }

    fn finished(&self, report: &SourceReport) {
        if let Some(bar) = self.sources.lock().unwrap_or_else(PoisonError::into_inner).remove(&report.name) {
            bar.finish_and_clear();
        }
        if let Some(whole) = &*self.whole.lock().unwrap_or_else(PoisonError::into_inner) {
            whole.bar.inc(1);
        }
    }

    fn publishing(&self) {
        if let Some(whole) = self.whole.lock().unwrap_or_else(PoisonError::into_inner).take() {
            whole.clear();
        }
    }
}

impl Drop for Terminal {
    /// A pass that ended early leaves no lines behind.
    fn drop(&mut self) {
        let sources = self.sources.get_mut().unwrap_or_else(PoisonError::into_inner);
        sources.drain().for_each(|(_, bar)| bar.finish_and_clear());
        if let Some(whole) = self.whole.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            whole.clear();
        }
    }
}

/// Writes log lines to standard error, above the lines of progress.
#[derive(Clone, Copy)]
pub struct LogWriter;

impl Write for LogWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES.suspend(|| stderr().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        stderr().flush()
    }
}

impl MakeWriter<'_> for LogWriter {
    type Writer = LogWriter;

    fn make_writer(&self) -> LogWriter {
        *self
    }
}
