//! What servers and feeds ask of their readers in, when a source is to be asked next out.
//!
//! A plan of ours says when a source is read at the earliest; what the server says of its document's
//! freshness, how often the feed says that it changes, failures in a row, and above all
//! `Retry-After` can only put that off. Each is believed within bounds, and the longest wins. All of
//! it is plain arithmetic: the caller says what time it is and what is remembered.

mod header;
mod quiet;

use std::fmt;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::config::{Heed, Scope};
use crate::fetch::Head;
use crate::parse::{Pace, Quiet};

/// What a feed or a cache header can ask for at most: a board whose template says "one year" would
/// otherwise be lost.
const DAY: Duration = Duration::days(1);

/// What `Retry-After` can ask for at most; how often a source that is gone for good is asked all the
/// same; and how old "not modified" may be before a document is asked for whole, because some servers
/// say 304 for ever.
pub const WEEK: Duration = Duration::days(7);

/// The wait after the first failure, before jitter; each further one doubles it.
const FIRST_WAIT: Duration = Duration::minutes(5);

/// The rest of a host that said 429 in the middle of a visit, and not for how long.
const HALT: Duration = Duration::hours(1);

/// A new address is believed after this many visits in a row were sent there as for good…
const MOVE_VISITS: u32 = 3;

/// …of which the last came this long after the first: a misconfigured server is mended sooner.
const MOVE_TIME: Duration = Duration::days(3);

/// Failures in a row after which a new address is no longer asked instead of the source's own.
const MOVE_FAILURES: u32 = 3;

/// How much too early a visit may be if only hints speak against it: cron does not start to the second,
/// and a source that says "hourly" would be read every other hour.
const SLACK: Duration = Duration::seconds(30);

/// What is remembered of a source beside its postings, to be polite to it. Its JSON is kept in the
/// store: a field that is new has a default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// Hash of where feeds.toml says that it is; what is remembered of another address is void.
    pub address: u64,
    /// Hash of what else it is asked with (headers); 0 before that was remembered.
    pub manner: u64,
    /// Hash of the hosts that might be asked beside the public ones; 0 before that was remembered.
    pub allowed: u64,
    /// Seconds for which its last good answer said that it stays fresh.
    pub fresh: Option<u32>,
    /// Seconds between changes, as the feed itself says.
    pub every: Option<u32>,
    /// When the feed does not want to be asked.
    pub quiet: Quiet,
    /// Last time a whole document came from a server, rather than "not modified".
    pub full: Option<DateTime<Utc>>,
    /// When it first said that it is gone for good (410), if it has not answered well since.
    pub retired: Option<DateTime<Utc>>,
    /// The host that answered last, after redirects.
    pub host: Option<String>,
    /// Until when that host asked not to be asked, if it did in its last answer.
    pub wait: Option<DateTime<Utc>>,
    /// Whether that was meant for this source alone.
    pub alone: bool,
    /// The address that is asked instead of its own, because it moved there for good.
    pub moved: Option<String>,
    /// A move that is not believed yet.
    pub heard: Option<Heard>,
}

/// A permanent redirect that the last visits met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    pub to: String,
    pub since: DateTime<Utc>,
    /// Visits in a row.
    pub seen: u32,
}

/// What one visit to a source gave.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    pub at: DateTime<Utc>,
    pub head: &'a Head,
    /// Whether a document was read, or is as it was.
    pub good: bool,
    /// What a document that was read says of when to ask for it.
    pub pace: Option<Pace>,
    /// Which of all that is followed.
    pub heed: Heed,
    /// The source's own address; none if a move of it must not be kept (it holds a secret).
    pub own: Option<&'a str>,
    /// Failures in a row before this visit.
    pub failures: u32,
}

impl Memory {
    /// What is remembered after a visit.
    pub fn after(&self, visit: &Visit<'_>) -> Memory {
        let status = visit.head.status;
        let host = visit.head.host.clone().or_else(|| self.host.clone());
        let most = visit.heed.hours.map_or(WEEK, |hours| Duration::hours(hours.into()).min(WEEK));
        let wait = header::wait(visit.head, visit.at).map(|until| until.min(visit.at + most));
        let mut new = Memory { host, wait, alone: visit.heed.retry_after == Scope::Source, ..self.clone() };
        if visit.good && matches!(status, Some(200 | 203)) {
            new.full = Some(visit.at);
        }
        if visit.good {
            new.retired = None;
            if status != Some(304) || header::speaks_of_age(visit.head) {
                // What a 304 does not repeat still holds (RFC 9111 section 4.3.4).
                new.fresh = header::fresh(visit.head, visit.at);
            }
            if let (Some(pace), Some(_)) = (visit.pace, status) {
                new.every = pace.every.and_then(|every| u32::try_from(every.as_secs()).ok());
                new.quiet = pace.quiet;
            }
            new.follow(visit);
        } else if status == Some(410) {
            new.retired = self.retired.or(Some(visit.at));
            (new.moved, new.heard) = (None, None);
        } else if visit.failures + 1 >= MOVE_FAILURES {
            new.moved = None;
        }
        new
    }

    /// Takes up what a host said in the middle of a visit, when one document led to another: what
    /// `Retry-After` asks for, or an hour after a 429 that asks for nothing.
    pub fn halted(&mut self, head: &Head, at: DateTime<Utc>) {
        let plain = (head.status == Some(429)).then(|| at + HALT);
        if let Some(until) = header::wait(head, at).or(plain) {
            self.wait = self.wait.max(Some(until));
            self.host = head.host.clone().or_else(|| self.host.take());
        }
    }

    /// Believes a permanent redirect (RFC 9110 sections 15.4.2 and 15.4.9) that came often enough.
    fn follow(&mut self, visit: &Visit<'_>) {
        let Some(own) = visit.own else {
            (self.moved, self.heard) = (None, None);
            return;
        };
        self.heard = visit.head.moved.as_ref().map(|to| match self.heard.take() {
            Some(heard) if heard.to == *to => Heard { seen: heard.seen + 1, ..heard },
            _ => Heard { to: to.clone(), since: visit.at, seen: 1 },
        });
        let believed = |h: &mut Heard| h.seen >= MOVE_VISITS && visit.at - h.since >= MOVE_TIME;
        if let Some(heard) = self.heard.take_if(believed) {
            self.moved = (heard.to != own).then_some(heard.to);
        }
    }

    /// The host that all its sources leave alone, and until when.
    pub fn host_wait(&self) -> Option<(&str, DateTime<Utc>)> {
        self.host.as_deref().zip(self.wait).filter(|_| !self.alone)
    }

    /// Whether the next request should say nothing of what is known, so that a whole document comes.
    pub fn wants_whole(&self, now: DateTime<Utc>) -> bool {
        self.full.is_none_or(|full| now - full >= WEEK)
    }
}

/// What decides when a source is asked next.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub name: &'a str,
    /// Last time it was asked.
    pub checked: DateTime<Utc>,
    /// Last time it answered well.
    pub succeeded: Option<DateTime<Utc>>,
    /// Failures in a row, of a source that a server gives: a file needs no rest.
    pub failures: u32,
    pub memory: &'a Memory,
    /// Which of what is remembered is followed.
    pub heed: Heed,
    pub now: DateTime<Utc>,
    /// When our own plan has it next, and which plan that is.
    pub ours: Turn,
}

/// When a source is to be asked, and why not before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    pub at: DateTime<Utc>,
    pub why: Why,
}

/// What a source waits for. Each fits after "next due at … because of ".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It was never asked, not at this address.
    New,
    /// feeds.toml says nothing of it: whoever starts a pass decides.
    Unscheduled,
    Schedule,
    /// It failed so many times in a row.
    Backoff(u32),
    /// The server said how long its document stays fresh.
    Fresh,
    /// The feed says how often it changes.
    Every,
    /// The feed does not want to be asked at that hour or on that day.
    Quiet,
    Retired,
    /// The host asked to be left alone.
    Host,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Why::New => "never asked",
            Why::Unscheduled => "no schedule",
            Why::Schedule => "schedule",
            Why::Backoff(1) => "backoff after 1 failure",
            Why::Backoff(failures) => return write!(f, "backoff after {failures} failures"),
            Why::Fresh => "cache header",
            Why::Every => "ttl of the feed",
            Why::Quiet => "skipHours or skipDays of the feed",
            Why::Retired => "retired",
            Why::Host => "host asked to wait",
        })
    }
}

impl Turn {
    /// The later of two; this one if both are at once.
    #[must_use]
    pub fn or_later(self, other: Turn) -> Turn {
        if other.at > self.at { other } else { self }
    }

    /// Whether it has come.
    pub fn is_due(&self, now: DateTime<Utc>) -> bool {
        let hint = matches!(self.why, Why::Backoff(_) | Why::Fresh | Why::Every);
        self.at <= if hint { now + SLACK } else { now }
    }
}

/// When a source is asked next, apart from what its host asked of all its readers.
pub fn next(known: &Known<'_>) -> Turn {
    let (memory, heed) = (known.memory, known.heed);
    let most = heed.hours.map_or(DAY, |hours| Duration::hours(hours.into()).min(WEEK));
    let said = |heeded: bool, seconds: Option<u32>, why| {
        let time = Duration::seconds(seconds.filter(|_| heeded)?.into()).min(most);
        Some(Turn { at: known.succeeded? + time, why })
    };
    let backoff = (known.failures > 0).then(|| Turn {
        at: known.checked + backoff(known.name, known.failures),
        why: Why::Backoff(known.failures),
    });
    let retired = memory.retired.map(|_| Turn { at: known.checked + WEEK, why: Why::Retired });
    let fresh = said(heed.cache, memory.fresh, Why::Fresh);
    let every = said(heed.ttl, memory.every, Why::Every);
    let turn = [backoff, fresh, every, retired].into_iter().flatten().fold(known.ours, Turn::or_later);
    // What is long due would be asked for now.
    let at = turn.at.max(known.now);
    let quiet = if heed.skip { quiet::end(memory.quiet, at) } else { None };
    quiet.map_or(turn, |end| Turn { at: end.min(at + most), why: Why::Quiet })
}

/// The wait after so many failures in a row: about five minutes, then twice as long each time, at most
/// a day. Up to a quarter is taken off, by the name, so that sources which failed together do not come
/// back together.
pub fn backoff(name: &str, failures: u32) -> Duration {
    let doubled = FIRST_WAIT * 2_i32.pow(failures.saturating_sub(1).min(10));
    let whole = doubled.min(DAY).num_seconds();
    let share = xxh3_64_with_seed(name.as_bytes(), failures.into()) % 1000;
    Duration::seconds(whole - whole / 4 * share as i64 / 1000)
}
