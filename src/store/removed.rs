//! Vacancies that left feeds because they closed in, what their subscribers are told of it out.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::postings::time;
use super::shelve::closed;
use super::{Error, Store};
use crate::gather::VacancyId;
use crate::life::Closed;

/// Days for which a feed speaks of a vacancy that left it.
const DAYS: i64 = 30;

/// A closed vacancy that was in a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    pub vacancy: VacancyId,
    /// When it left the feed.
    pub at: DateTime<Utc>,
    pub closed: Option<Closed>,
}

/// Notes that a closed vacancy left a feed.
pub(super) fn note(db: &Connection, feed: i64, vacancy: VacancyId, now: DateTime<Utc>) -> Result<(), Error> {
    db.prepare_cached("INSERT INTO removed VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?.execute(params![
        feed,
        now.timestamp(),
        vacancy.0
    ])?;
    Ok(())
}

/// Forgets what is too old to be told, and that these vacancies were closed: they are open again.
pub(super) fn forget(db: &Connection, open: &[VacancyId], now: DateTime<Utc>) -> Result<(), Error> {
    let old = now - Duration::days(DAYS);
    db.prepare_cached("DELETE FROM removed WHERE at < ?1")?.execute([old.timestamp()])?;
    let mut delete = db.prepare_cached("DELETE FROM removed WHERE vacancy = ?1")?;
    for vacancy in open {
        delete.execute([vacancy.0])?;
    }
    Ok(())
}

/// Notes when a vacancy last left these feeds.
pub(super) fn move_on(db: &Connection, feeds: &BTreeSet<i64>, now: DateTime<Utc>) -> Result<(), Error> {
    let mut moved = db.prepare_cached("UPDATE feed SET moved = ?2 WHERE id = ?1")?;
    for feed in feeds {
        moved.execute([*feed, now.timestamp()])?;
    }
    Ok(())
}

impl Store {
    /// The vacancies that closed and left a feed lately, the last one first, at most `limit`; and when
    /// any vacancy left it last, for whatever reason.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn removed(&self, path: &str, limit: usize) -> Result<(Vec<Removed>, Option<DateTime<Utc>>), Error> {
        let mut feed = self.db.prepare_cached("SELECT id, moved FROM feed WHERE path = ?1")?;
        let feed = feed.query_row([path], |row| Ok((row.get::<_, i64>(0)?, time(row, 1)?))).optional()?;
        let Some((feed, moved)) = feed else { return Ok((Vec::new(), None)) };
        let mut all = self.db.prepare_cached(
            "SELECT r.vacancy, r.at, v.closed, v.reason, v.note FROM removed r
             LEFT JOIN vacancy v ON v.id = r.vacancy WHERE r.feed = ?1 ORDER BY r.at DESC, r.vacancy LIMIT ?2",
        )?;
        let rows = all.query_map([feed, limit as i64], |row| {
            Ok(Removed { vacancy: VacancyId(row.get(0)?), at: time(row, 1)?, closed: closed(row, 2)? })
        })?;
        Ok((rows.collect::<Result<_, _>>()?, Some(moved).filter(|moved| moved.timestamp() > 0)))
    }
}
