//! The lengths of a source's complete lists in, which of them are believed out.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// A list that fell to half or fewer is believed after so many more that are like it…
const MORE: u32 = 5;
/// …and so many hours after the first: an outage of a weekend is no end of everything.
const HOURS: i64 = 72;

/// Postings by which a list may always shrink: an employer with two openings that fills one of them
/// is no fault.
const FEW: u32 = 2;

/// What is remembered of the lists of a source that lists everything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lists {
    /// Lists that were believed, those included that were as before.
    pub number: u32,
    /// Postings in the last one that was believed.
    pub full: u32,
    /// Lists in a row since then that were much shorter.
    pub fallen: u32,
    /// When the first of them came.
    pub since: Option<DateTime<Utc>>,
    /// Entries of the last list that could not be read.
    pub faulty: u32,
    /// When a list was last believed.
    pub at: Option<DateTime<Utc>>,
}

/// Whether a list is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// What it lacks counts as missing.
    Believed,
    /// It is much shorter than the last one that was believed, which had so many.
    Fallen(u32),
    /// More of its entries than before cannot be read: what it lacks may be among them.
    Faulty,
}

impl Lists {
    /// Takes up a whole list of `count` postings and `faulty` entries that could not be read.
    /// With `shrink` it may be as short as it is.
    pub fn came(&mut self, count: u32, faulty: u32, shrink: bool, now: DateTime<Utc>) -> Told {
        let more_faulty = self.number > 0 && faulty > self.faulty;
        self.faulty = faulty;
        let lost = self.full.saturating_sub(count);
        let fell = lost > 0 && (count == 0 || lost > FEW && count <= self.full / 2);
        if fell && !shrink {
            self.fallen = self.fallen.saturating_add(1);
            let since = *self.since.get_or_insert(now);
            if self.fallen <= MORE || now - since < Duration::hours(HOURS) {
                return Told::Fallen(self.full);
            }
        }
        if more_faulty {
            return Told::Faulty;
        }
        *self = Lists {
            number: self.number.saturating_add(1),
            full: count,
            fallen: 0,
            since: None,
            at: Some(now),
            ..*self
        };
        Told::Believed
    }

    /// Takes up the news that the list is as it was: what it lacked is missing once more. A list that is
    /// not believed is asked for again whole, so this is none.
    pub fn same(&mut self, now: DateTime<Utc>) -> Told {
        if self.fallen > 0 {
            return Told::Fallen(self.full);
        }
        self.number = self.number.saturating_add(1);
        self.at = Some(now);
        Told::Believed
    }
}
