//! What a source's documents led to in, what need not be asked for again out.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::{Error, Store};

/// A document that a list led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detail {
    /// Hash of what led there.
    pub row: u64,
    /// Hash of what it was read with.
    pub settings: u64,
    /// Whether a posting was there.
    pub found: bool,
    pub asked: DateTime<Utc>,
}

/// What is to be remembered of a visit's documents beyond the first.
#[derive(Debug, Clone, Default)]
pub struct Followed {
    pub details: Vec<Detail>,
    /// Origins of hosts with the bytes of their robots.txt, empty if there is none.
    pub robots: Vec<(String, Vec<u8>)>,
}

/// How long a robots.txt is believed (RFC 9309 section 2.4).
const ROBOTS: Duration = Duration::days(1);

/// What a list led to so long ago is forgotten: it was taken down, or is asked for once more.
const OLDEST: Duration = Duration::days(400);

impl Store {
    /// What a source's lists led to, by the hash of what led there.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn details(&self, source: &str) -> Result<HashMap<u64, Detail>, Error> {
        let mut all = self.db.prepare_cached(
            "SELECT row, settings, found, asked FROM detail
             WHERE source = (SELECT id FROM source WHERE name = ?1)",
        )?;
        let rows = all.query_map([source], |row| {
            Ok(Detail {
                row: row.get::<_, i64>(0)? as u64,
                settings: row.get::<_, i64>(1)? as u64,
                found: row.get(2)?,
                asked: DateTime::from_timestamp(row.get(3)?, 0).unwrap_or_default(),
            })
        })?;
        Ok(rows.map(|detail| detail.map(|detail| (detail.row, detail))).collect::<Result<_, _>>()?)
    }

    /// The bytes of a host's robots.txt, if it was asked for it within a day.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn robots(&self, origin: &str, now: DateTime<Utc>) -> Result<Option<Vec<u8>>, Error> {
        let mut found = self
            .db
            .prepare_cached("SELECT body FROM robots WHERE origin = ?1 AND asked > ?2 AND asked <= ?3")?;
        let since = (now - ROBOTS).timestamp();
        Ok(found.query_row(params![origin, since, now.timestamp()], |row| row.get(0)).optional()?)
    }
}

/// Writes what a visit to the source of this number led to.
pub(super) fn note(
    db: &Connection,
    source: i64,
    followed: &Followed,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    for detail in &followed.details {
        db.prepare_cached("INSERT OR REPLACE INTO detail VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
            source,
            detail.row as i64,
            detail.settings as i64,
            detail.found,
            detail.asked.timestamp()
        ])?;
    }
    if !followed.details.is_empty() {
        db.prepare_cached("DELETE FROM detail WHERE source = ?1 AND asked < ?2")?
            .execute(params![source, (now - OLDEST).timestamp()])?;
    }
    for (origin, body) in &followed.robots {
        db.prepare_cached("INSERT OR REPLACE INTO robots VALUES (?1, ?2, ?3)")?.execute(params![
            origin,
            now.timestamp(),
            body
        ])?;
    }
    Ok(())
}
