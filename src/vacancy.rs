//! Postings in, one vacancy out: one open position and the postings that advertise it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::life::Closed;
use crate::posting::{ClosingKind, Posting};

/// One open position.
///
/// The JSON form is the line that `shelfwire export vacancies` prints.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Vacancy {
    /// Lower-case letters and digits; stable for the vacancy's life, whatever happens to its
    /// title, its feeds and its sources' addresses.
    pub id: String,
    /// When we first saw a posting of it.
    pub first_seen: DateTime<Utc>,
    /// When something that a reader sees last changed.
    pub updated: DateTime<Utc>,
    /// The instant that feeds sort by: the earliest date posted of its postings, never in the
    /// future of `first_seen`.
    pub posted: DateTime<Utc>,
    /// Slugs of the regions that it belongs to, sorted: `us`, `us-ny`, `new-england`, `remote`.
    pub regions: Vec<String>,
    /// When and why it closed; `None` while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closed>,
    /// The postings that advertise it, the best first, those that are over last. Never empty.
    pub postings: Vec<Posting>,
}

impl Vacancy {
    /// The posting that speaks for the vacancy.
    pub fn best(&self) -> &Posting {
        &self.postings[0]
    }

    /// Slugs of the tags of all its postings, sorted, no value twice.
    pub fn tags(&self) -> Vec<&str> {
        let mut tags: Vec<_> = self.postings.iter().flat_map(|p| &p.tags).map(String::as_str).collect();
        tags.sort_unstable();
        tags.dedup();
        tags
    }

    /// The last day to apply, where every posting that names a hard one agrees to be over by then:
    /// the latest of them, since a board that extends a deadline does so before its copies.
    pub fn closes(&self) -> Option<NaiveDate> {
        self.postings.iter().filter(|p| p.closing.kind == ClosingKind::By).filter_map(|p| p.closes).max()
    }

    /// Whether it is not closed, and its last day is not before `today`.
    pub fn is_open(&self, today: NaiveDate) -> bool {
        self.closed.is_none() && self.closes().is_none_or(|last| last >= today)
    }
}
