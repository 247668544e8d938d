//! What left a feed in, what its pages say of it out.

use chrono::{DateTime, Utc};

use crate::life::Closed;

/// What a feed was, beside the vacancies that it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Vacancies that closed and left it lately, the last one first.
    pub removed: Vec<Gone>,
    /// When a vacancy last left it, for whatever reason.
    pub moved: Option<DateTime<Utc>>,
}

/// A vacancy that left a feed because it closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// The vacancy's id.
    pub vacancy: String,
    /// When it left the feed.
    pub at: DateTime<Utc>,
    pub closed: Option<Closed>,
}

impl Gone {
    /// Why it left, for readers.
    pub(super) fn why(&self) -> Option<String> {
        let closed = self.closed.as_ref()?;
        let sentence = closed.reason.sentence();
        Some(match closed.note.as_deref().filter(|note| !note.trim().is_empty()) {
            Some(note) => format!("{sentence}: {}", crate::text::squash(note)),
            None => sentence.to_owned(),
        })
    }
}
