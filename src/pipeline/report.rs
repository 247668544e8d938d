//! What happened in a pass, for people and for programs.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::parse::{SkipReason, Skipped};
use crate::store::Applied;

/// What a pass did. Its JSON form is what `--json` prints.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    pub started: DateTime<Utc>,
    pub seconds: f64,
    /// In the order in which they were done with.
    pub sources: Vec<SourceReport>,
    /// Vacancies that left the feeds because their last day is over.
    pub closed: u32,
    pub pages: PagesReport,
    /// Whether the pass was told to end before it was done.
    pub interrupted: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct SourceReport {
    pub name: String,
    #[serde(flatten)]
    pub outcome: SourceOutcome,
    /// Where the source has moved to for good and is asked now: feeds.toml should say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<String>,
    pub seconds: f64,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum SourceOutcome {
    NotModified,
    /// It was not asked, because its host asked to be left alone until then.
    Waiting {
        until: DateTime<Utc>,
    },
    /// It still says that it is gone for good, as it did first at that time. Its postings are kept.
    Retired {
        since: DateTime<Utc>,
    },
    Read {
        entries: u32,
        /// Entries that are as they were.
        unchanged: u32,
        /// New postings of new vacancies.
        opened: u32,
        /// New postings of vacancies that another posting advertises.
        joined: u32,
        updated: u32,
        /// Entries that stood twice in their document.
        repeated: u32,
        skipped: Vec<Skipped>,
        /// What had to be mended before the document could be read.
        repairs: Vec<String>,
        /// What an operator should know although the source was read: it was cut off, or empty.
        warning: Option<String>,
    },
    Failed {
        /// `fetch` or `parse`.
        stage: &'static str,
        error: String,
    },
}

/// What became of the pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct PagesReport {
    /// Feeds that were rendered.
    pub feeds: u32,
    /// Pages whose bytes are new.
    pub written: u32,
    /// Pages that were rendered and found to be as they were.
    pub unchanged: u32,
}

impl Report {
    pub fn failed(&self) -> usize {
        self.sources.iter().filter(|s| matches!(s.outcome, SourceOutcome::Failed { .. })).count()
    }
}

impl SourceReport {
    /// Entries that cannot be used, without those that the source's settings leave out.
    pub fn faulty(&self) -> Vec<&Skipped> {
        self.skipped().iter().filter(|skipped| skipped.reason.is_fault()).collect()
    }

    /// How many entries the source's settings leave out.
    pub fn left_out(&self) -> usize {
        self.skipped().iter().filter(|skipped| skipped.reason == SkipReason::NotLibraryWork).count()
    }

    /// How many mails of its list are no postings.
    pub fn other_mails(&self) -> usize {
        self.skipped().iter().filter(|skipped| skipped.reason.is_other_mail()).count()
    }

    fn skipped(&self) -> &[Skipped] {
        match &self.outcome {
            SourceOutcome::Read { skipped, .. } => skipped,
            _ => &[],
        }
    }

    pub(super) fn count(&mut self, applied: Applied) {
        if let SourceOutcome::Read { opened, joined, updated, repeated, .. } = &mut self.outcome {
            (*opened, *joined) = (applied.opened, applied.joined);
            (*updated, *repeated) = (applied.updated, applied.repeated);
        }
    }
}

/// Where a pass says how far it is. Called from several threads.
pub trait Progress: Send + Sync {
    fn begin(&self, sources: usize);
    fn started(&self, source: &str);
    fn finished(&self, report: &SourceReport);
    fn publishing(&self);
}
