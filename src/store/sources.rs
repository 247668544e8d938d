//! What a source answered in, what is known of a source out.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

use super::{Error, Followed, Store, followed};
use crate::fetch::Validators;
use crate::manners::Memory;

/// What is known of a source.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SourceState {
    pub name: String,
    #[serde(skip)]
    pub validators: Validators,
    /// Hash of what its entries were read with; other settings make everything new to read.
    #[serde(skip)]
    pub settings: u64,
    pub checked: Option<DateTime<Utc>>,
    pub succeeded: Option<DateTime<Utc>>,
    pub changed: Option<DateTime<Utc>>,
    pub failures: u32,
    pub error: Option<String>,
    pub failed: Option<DateTime<Utc>>,
    pub entries: u32,
    pub skipped: u32,
    pub newest: Option<DateTime<Utc>>,
    #[serde(skip)]
    pub memory: Memory,
}

/// What one visit to a source gave, apart from postings.
#[derive(Debug, Clone)]
pub struct SourceUpdate {
    pub name: String,
    pub at: DateTime<Utc>,
    pub outcome: Outcome,
    /// What it is to be remembered by from now on.
    pub memory: Memory,
    /// Failures in a row before this visit, at this address.
    pub failures: u32,
    /// What its documents led to.
    pub followed: Followed,
}

#[derive(Debug, Clone)]
pub enum Outcome {
    /// Nothing new; the validators to ask with next time replace the old ones.
    NotModified(Validators),
    Read {
        validators: Validators,
        settings: u64,
        entries: u32,
        skipped: u32,
        /// Whether something was new or changed.
        changed: bool,
        listing: Listing,
    },
    Failed(String),
}

/// What stood in the documents of one visit.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// Of all postings, new or known.
    pub fingerprints: HashSet<u64>,
    pub postings: u32,
    /// Entries that could not be read.
    pub faulty: u32,
    /// Whether it came to its end.
    pub whole: bool,
}

impl Store {
    /// # Errors
    /// If the file cannot be read.
    pub fn source(&self, name: &str) -> Result<Option<SourceState>, Error> {
        let mut found = self.db.prepare_cached("SELECT * FROM source WHERE name = ?1")?;
        Ok(found.query_row([name], state).optional()?)
    }

    /// Hosts that asked to be left alone until later than `now`, each with that time.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn waits(&self, now: DateTime<Utc>) -> Result<Vec<(String, DateTime<Utc>)>, Error> {
        let mut found = self.db.prepare_cached("SELECT name, until FROM host WHERE until > ?1")?;
        let rows = found.query_map([now.timestamp()], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        Ok(rows
            .into_iter()
            .filter_map(|(name, until)| Some((name, DateTime::from_timestamp(until, 0)?)))
            .collect())
    }
}

/// Writes a visit into the source's row and gives the row's number.
pub(super) fn note(db: &Connection, update: &SourceUpdate) -> Result<i64, Error> {
    let at = update.at.timestamp();
    let manners = serde_json::to_string(&update.memory)?;
    let id: i64 = db
        .prepare_cached(
            "INSERT INTO source (name, checked, manners) VALUES (?1, ?2, ?3)
             ON CONFLICT (name) DO UPDATE SET checked = ?2, manners = ?3 RETURNING id",
        )?
        .query_row(params![update.name, at, manners], |row| row.get(0))?;
    if let Some((host, until)) = update.memory.host_wait() {
        db.prepare_cached("INSERT INTO host VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET until = ?2")?
            .execute(params![host, until.timestamp()])?;
    }
    followed::note(db, id, &update.followed, update.at)?;
    match &update.outcome {
        Outcome::NotModified(v) => {
            db.prepare_cached(
                "UPDATE source SET succeeded = ?2, failures = 0, error = NULL, etag = ?3,
                 last_modified = ?4 WHERE id = ?1",
            )?
            .execute(params![id, at, v.etag, v.last_modified])?;
        }
        Outcome::Read { validators: v, settings, entries, skipped, changed, .. } => {
            db.prepare_cached(
                "UPDATE source SET succeeded = ?2, failures = 0, error = NULL, etag = ?3, last_modified = ?4,
                 body = ?5, settings = ?6, entries = ?7, skipped = ?8,
                 changed = iif(?9, ?2, changed) WHERE id = ?1",
            )?
            .execute(params![
                id,
                at,
                v.etag,
                v.last_modified,
                v.body.map(|b| b as i64),
                *settings as i64,
                entries,
                skipped,
                changed
            ])?;
        }
        Outcome::Failed(error) => {
            db.prepare_cached("UPDATE source SET failed = ?2, failures = ?4, error = ?3 WHERE id = ?1")?
                .execute(params![id, at, error, update.failures.saturating_add(1)])?;
        }
    }
    Ok(id)
}

/// Notes the date of a source's posting, if it is the newest so far.
pub(super) fn note_newest(db: &Connection, source: i64, posted: DateTime<Utc>) -> Result<(), Error> {
    db.prepare_cached("UPDATE source SET newest = max(coalesce(newest, ?2), ?2) WHERE id = ?1")?
        .execute([source, posted.timestamp()])?;
    Ok(())
}

fn state(row: &Row) -> rusqlite::Result<SourceState> {
    let time =
        |column| row.get::<_, Option<i64>>(column).map(|t| t.and_then(|t| DateTime::from_timestamp(t, 0)));
    Ok(SourceState {
        name: row.get("name")?,
        validators: Validators {
            etag: row.get("etag")?,
            last_modified: row.get("last_modified")?,
            body: row.get::<_, Option<i64>>("body")?.map(|b| b as u64),
        },
        settings: row.get::<_, i64>("settings")? as u64,
        checked: time("checked")?,
        succeeded: time("succeeded")?,
        changed: time("changed")?,
        failures: row.get("failures")?,
        error: row.get("error")?,
        failed: time("failed")?,
        entries: row.get("entries")?,
        skipped: row.get("skipped")?,
        newest: time("newest")?,
        // What cannot be read is forgotten: the source is asked once too early.
        memory: serde_json::from_str(&row.get::<_, String>("manners")?).unwrap_or_default(),
    })
}
