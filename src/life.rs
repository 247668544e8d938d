//! What is known of postings and the time in, whether they are open out, or when and why they closed.
//!
//! A posting is open until the first of these: the vacancy's last day has ended; its source lists
//! everything that is open, and no longer lists it; nothing says when it ends, and it is old. A vacancy
//! is open while one of its postings is, unless an operator took it down.

mod lists;
mod zone;

use std::cmp::Reverse;

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::posting::{ClosingKind, Posting};
pub use lists::{Lists, Told};

/// Days after which a posting is over of which nothing says when it ends, where feeds.toml does not say.
/// Two months are what the boards that have such a limit use.
pub const MAX_AGE_DAYS: u32 = 60;

/// Why a posting or a vacancy is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The last day to apply has ended.
    Date,
    /// A source that lists everything that is open does not list it any more.
    Gone,
    /// Nothing says when it ends, and it is older than its source's age limit.
    Age,
    /// An operator took it down.
    Takedown,
}

impl Reason {
    pub const ALL: [Reason; 4] = [Reason::Date, Reason::Gone, Reason::Age, Reason::Takedown];

    /// The word that stands for it in files.
    pub fn word(self) -> &'static str {
        match self {
            Reason::Date => "date",
            Reason::Gone => "gone",
            Reason::Age => "age",
            Reason::Takedown => "takedown",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Reason::ALL.into_iter().find(|reason| reason.word() == word)
    }

    /// For readers: `the last day to apply is over`.
    pub fn sentence(self) -> &'static str {
        match self {
            Reason::Date => "the last day to apply is over",
            Reason::Gone => "its source no longer lists it",
            Reason::Age => "it is old and nothing says that it is still open",
            Reason::Takedown => "taken down",
        }
    }
}

/// The end of a posting or a vacancy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// When it came to be over; this may be before it was first seen.
    pub at: DateTime<Utc>,
    pub reason: Reason,
    /// What the operator who took it down said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What feeds.toml says of a source, as far as the life of its postings goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Whether it is read, and one fetch of it lists everything that is open.
    pub complete: bool,
    /// 0 for no limit.
    pub max_age_days: u32,
    /// The time zone of its dates.
    pub zone: Option<Tz>,
    /// Complete lists in a row that lack a posting before it is gone.
    pub gone_after_fetches: u32,
    /// Hours between the first and the last of them, at least.
    pub gone_after_hours: u32,
}

/// Of sources that feeds.toml does not name, or no longer.
impl Default for Terms {
    fn default() -> Self {
        Terms {
            complete: false,
            max_age_days: MAX_AGE_DAYS,
            zone: None,
            gone_after_fetches: 2,
            gone_after_hours: 24,
        }
    }
}

/// What is known of a posting's life.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub posting: &'a Posting,
    pub terms: &'a Terms,
    pub first_seen: DateTime<Utc>,
    /// When a complete list of its source last held it, or was last the same as one that did.
    pub listed: Option<DateTime<Utc>>,
    /// Since when it is taken for gone from its source.
    pub gone: Option<DateTime<Utc>>,
}

/// Whether a posting or a vacancy is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// With the time at which that has to be asked again, if time alone can change it.
    Open(Option<DateTime<Utc>>),
    Closed(Closed),
}

/// The states of a vacancy's postings at `now`, in their order.
pub fn states(postings: &[Known], now: DateTime<Utc>) -> Vec<State> {
    let last = last_moment(postings);
    postings.iter().map(|known| state(known, last, now)).collect()
}

/// The state of a vacancy whose postings have these states: closed when the last of them is, and for
/// the reason of that one. One without postings is gone since `now`.
pub fn vacancy(states: &[State], now: DateTime<Utc>) -> State {
    let mut next = None;
    let mut open = false;
    for state in states {
        if let State::Open(until) = state {
            open = true;
            next = [next, *until].into_iter().flatten().min();
        }
    }
    if open {
        return State::Open(next);
    }
    let closed = states.iter().filter_map(|state| match state {
        State::Closed(closed) => Some(closed),
        State::Open(_) => None,
    });
    let last = closed.max_by_key(|closed| (closed.at, Reverse(closed.reason))).cloned();
    State::Closed(last.unwrap_or(Closed { at: now, reason: Reason::Gone, note: None }))
}

/// The instant at which the last day of a vacancy ends: the latest of the days that its postings name,
/// since a board that extends a deadline does so before its copies. It holds for the postings that
/// name none, too.
fn last_moment(postings: &[Known]) -> Option<DateTime<Utc>> {
    let hard = postings.iter().filter(|known| known.posting.closing.kind == ClosingKind::By);
    let last = hard.filter_map(|known| known.posting.closes).max()?;
    // Where copies differ in where the work is, applications are taken in each of their zones.
    let zones = postings.iter().filter(|known| known.posting.closes == Some(last)).map(zones);
    Some(zones.map(|zones| end_of(last, &zones)).max().unwrap_or_else(|| end_of(last, &[])))
}

/// The time zones in which a posting's day may be meant: those of its places, else its source's.
fn zones(known: &Known) -> Vec<Tz> {
    let places: Vec<_> = known.posting.places.iter().map(zone::of).collect();
    if !places.is_empty() && places.iter().all(Option::is_some) {
        return places.into_iter().flatten().collect();
    }
    known.terms.zone.into_iter().collect()
}

/// The instant at which a day has ended in all of these zones; in none: everywhere on earth, twelve
/// hours behind UTC, since few postings say in which zone they mean it.
fn end_of(day: NaiveDate, zones: &[Tz]) -> DateTime<Utc> {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    let midnight = next.and_time(NaiveTime::MIN);
    let everywhere = midnight.and_utc().checked_add_signed(Duration::hours(12)).unwrap_or_default();
    // Where clocks are set at midnight there is none, or two: the later one, or an hour on.
    let in_zone = |zone: &Tz| {
        let local = zone.from_local_datetime(&midnight).latest();
        let later = || zone.from_local_datetime(&(midnight + Duration::hours(1))).latest();
        local.or_else(later).map_or(everywhere, |local| local.to_utc())
    };
    // The last years of the calendar have no room for another hour.
    if day.year() > 9000 {
        return everywhere;
    }
    zones.iter().map(in_zone).max().unwrap_or(everywhere)
}

fn state(known: &Known, last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> State {
    let ends = [
        (last, Reason::Date),
        (known.gone, Reason::Gone),
        (if last.is_none() { end_of_age(known) } else { None }, Reason::Age),
    ];
    let first = ends.into_iter().filter_map(|(at, reason)| Some((at?, reason))).min();
    match first {
        Some((at, reason)) if at <= now => State::Closed(Closed { at, reason, note: None }),
        other => State::Open(other.map(|(at, _)| at)),
    }
}

/// When a posting of which nothing says when it ends is too old: counted from the day that it was
/// posted, or last stood in a list of all that is open; never before a day that it names for
/// something else, such as the begin of a review.
fn end_of_age(known: &Known) -> Option<DateTime<Utc>> {
    let limit = known.terms.max_age_days;
    if limit == 0 {
        return None;
    }
    let posted = known.posting.posted.map_or(known.first_seen, |posted| posted.instant());
    // What is dated in the future was posted when it was seen.
    let posted = posted.min(known.first_seen);
    let listed = known.listed.filter(|_| known.terms.complete);
    let from = listed.map_or(posted, |listed| listed.max(posted));
    let end = from.checked_add_signed(Duration::days(limit.into()))?;
    let named = known.posting.closing.date.map(|day| end_of(day, &zones(known)));
    // A year that was misread would keep it for ever.
    let named = named.filter(|named| *named - posted < Duration::days(366));
    Some(named.map_or(end, |named| named.max(end)))
}
