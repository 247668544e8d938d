//! What happened in a pass, for people and for programs.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::life::Told;
use crate::parse::{SkipReason, Skipped};
use crate::store::{Applied, Leaving, Turnover};

/// What a pass did. Its JSON form is what `--json` prints.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    pub started: DateTime<Utc>,
    pub seconds: f64,
    /// In the order in which they were done with.
    pub sources: Vec<SourceReport>,
    /// Vacancies that closed, by the reason, and that opened again.
    #[serde(flatten)]
    pub life: Turnover,
    /// Sources that are not read any more, with the open vacancies that they still have; those go by age.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub unread: BTreeMap<String, u32>,
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PagesReport {
    /// Feeds that were rendered.
    pub feeds: u32,
    /// Pages whose bytes are new.
    pub written: u32,
    /// Pages that were rendered and found to be as they were.
    pub unchanged: u32,
    /// Set if nothing was published, because too many vacancies would be gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<Leaving>,
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
        if let (SourceOutcome::Read { warning, entries, .. }, Some(told)) = (&mut self.outcome, applied.list)
        {
            *warning = warning.take().or_else(|| distrust(told, *entries));
        }
    }
}

/// Why a list of all that a source has is not believed, if it is not.
fn distrust(told: Told, entries: u32) -> Option<String> {
    match told {
        Told::Believed => None,
        Told::Fallen(full) => Some(format!(
            "its list fell from {full} to {entries}: what is missing is kept until that lasts, or --allow-shrink says so"
        )),
        Told::Faulty => Some("more entries than before cannot be read: what is missing is kept".into()),
    }
}

/// Where a pass says how far it is. Called from several threads.
pub trait Progress: Send + Sync {
    fn begin(&self, sources: usize);
    fn started(&self, source: &str);
    fn finished(&self, report: &SourceReport);
    fn publishing(&self);
}
