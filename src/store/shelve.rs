//! The postings of a vacancy in, its row and the feeds that it belongs in out.

use std::time::Instant;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use xxhash_rust::xxh3::Xxh3;

use super::feeds::Placement;
use super::life::{Kept, Turnover, judge, kept_of};
use super::postings::time;
use super::{Error, Store};
use crate::gather::VacancyId;
use crate::life::{Closed, Reason, Terms};
use crate::posting::Posting;
use crate::vacancy::Vacancy;

/// What the settings say of a vacancy: which posting speaks for it and which feeds it is in.
pub trait Shelving: Sync {
    /// Puts the postings in order, the one that speaks for the vacancy first.
    fn arrange(&self, postings: &mut Vec<Posting>);
    /// Slugs of the regions that the postings are in.
    fn regions(&self, postings: &[Posting]) -> Vec<String>;
    /// Paths of the feeds that an open vacancy belongs in.
    fn feeds(&self, vacancy: &Vacancy) -> Vec<String>;
    /// What is set for the life of a source's postings.
    fn terms(&self, source: &str) -> &Terms;
    /// Whether an operator took this vacancy down, and what they said of it.
    fn taken_down(&self, id: &str, postings: &[Posting]) -> Option<&str>;
}

impl Store {
    /// Computes anew which feeds every vacancy is in, because settings changed.
    ///
    /// # Errors
    /// If the file cannot be read or written; then nothing is changed.
    pub fn reshelve(&self, shelving: &dyn Shelving, now: DateTime<Utc>) -> Result<(), Error> {
        let begun = Instant::now();
        let ids = self.vacancy_ids()?;
        self.reshelve_these(shelving, &ids, now)?;
        tracing::debug!(vacancies = ids.len(), took = ?begun.elapsed(), "computed anew which feeds every vacancy is in");
        Ok(())
    }

    /// Computes anew whether these vacancies are open and which feeds they are in.
    ///
    /// # Errors
    /// If the file cannot be read or written; then nothing is changed.
    pub fn reshelve_these(
        &self,
        shelving: &dyn Shelving,
        ids: &[VacancyId],
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        self.transaction(|db| {
            for id in ids {
                let kept = kept_of(db, *id)?;
                // A decision may name a vacancy that is not known.
                if !kept.is_empty() {
                    self.shelve(db, shelving, *id, kept, now, false)?;
                }
            }
            Ok(())
        })
    }

    /// Writes a vacancy's row and its place in feeds from its postings.
    pub(super) fn shelve(
        &self,
        db: &Connection,
        shelving: &dyn Shelving,
        id: VacancyId,
        kept: Vec<Kept>,
        now: DateTime<Utc>,
        opens: bool,
    ) -> Result<(), Error> {
        let old = if opens { None } else { old_row(db, id)? };
        let before = old.as_ref().and_then(|old| old.closed.as_ref());
        let verdict = judge(db, shelving, id, kept, before, now)?;
        let reopens = before.is_some() && verdict.closed.is_none();
        Turnover::count(&self.turnover, old.as_ref().map(|old| old.open), verdict.closed.as_ref());
        let foreseen =
            verdict.closed.as_ref().is_some_and(|end| old.as_ref().is_some_and(|old| old.foresaw(end, now)));
        let regions = shelving.regions(&verdict.postings);
        let shown = shown(&verdict.postings, &regions) as i64;
        let first_seen = old.as_ref().map_or(now, |o| o.first_seen);
        // Who was told that it is over hears that it is not.
        let changed = reopens || old.as_ref().is_none_or(|o| o.shown != shown);
        let posted = verdict.postings.iter().filter_map(|p| p.posted).map(|p| p.instant()).min();
        let vacancy = Vacancy {
            id: id.to_string(),
            first_seen,
            updated: if changed { now } else { old.as_ref().map_or(now, |o| o.updated) },
            posted: posted.unwrap_or(first_seen).min(first_seen),
            regions,
            closed: verdict.closed,
            postings: verdict.postings,
        };
        let placement = Placement {
            feeds: if vacancy.closed.is_some() {
                Vec::new()
            } else {
                self.feed_ids(db, &shelving.feeds(&vacancy))?
            },
            posted: vacancy.posted.timestamp(),
            known: old.is_some(),
            changed,
        };
        write(db, id, &vacancy, NewRow { due: verdict.due, foreseen, shown, known: old.is_some() })?;
        self.place(db, id, placement)
    }
}

/// What a vacancy's row has beside the vacancy.
struct NewRow {
    due: Option<DateTime<Utc>>,
    foreseen: bool,
    shown: i64,
    /// Whether there is a row of it.
    known: bool,
}

/// Writes a vacancy's row.
fn write(db: &Connection, id: VacancyId, vacancy: &Vacancy, new: NewRow) -> Result<(), Error> {
    // Two statements rather than an upsert, which keeps a journal of its own for each row.
    let write = if new.known {
        "UPDATE vacancy SET first_seen = ?2, updated = ?3, posted = ?4, closes = ?5, open = ?6, regions = ?7,
         shown = ?8, due = ?9, closed = ?10, reason = ?11, note = ?12, foreseen = ?13 WHERE id = ?1"
    } else {
        "INSERT INTO vacancy
         (id, first_seen, updated, posted, closes, open, regions, shown, due, closed, reason, note, foreseen)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
    };
    let closed = vacancy.closed.as_ref();
    db.prepare_cached(write)?.execute(params![
        id.0,
        vacancy.first_seen.timestamp(),
        vacancy.updated.timestamp(),
        vacancy.posted.timestamp(),
        vacancy.closes(),
        closed.is_none(),
        vacancy.regions.join(" "),
        new.shown,
        new.due.map(|due| due.timestamp()),
        closed.map(|closed| closed.at.timestamp()),
        closed.map(|closed| closed.reason.word()),
        closed.and_then(|closed| closed.note.as_deref()),
        new.foreseen
    ])?;
    Ok(())
}

struct OldRow {
    first_seen: DateTime<Utc>,
    updated: DateTime<Utc>,
    shown: i64,
    open: bool,
    closed: Option<Closed>,
    due: Option<DateTime<Utc>>,
    foreseen: bool,
}

impl OldRow {
    /// Whether it was known before that the vacancy would end as it does: its last day or its age has come,
    /// as time goes by. That is no reason to doubt what happened, however many end so together.
    fn foresaw(&self, end: &Closed, now: DateTime<Utc>) -> bool {
        if !self.open {
            return self.foreseen;
        }
        let by_time = matches!(end.reason, Reason::Date | Reason::Age);
        by_time && self.due.is_some_and(|due| due <= now && due.timestamp() <= end.at.timestamp())
    }
}

fn old_row(db: &Connection, id: VacancyId) -> Result<Option<OldRow>, Error> {
    let mut found = db.prepare_cached(
        "SELECT first_seen, updated, shown, open, closed, reason, note, due, foreseen FROM vacancy WHERE id = ?1",
    )?;
    let row = found.query_row([id.0], |row| {
        Ok(OldRow {
            first_seen: time(row, 0)?,
            updated: time(row, 1)?,
            shown: row.get(2)?,
            open: row.get(3)?,
            closed: closed(row, 4)?,
            due: row.get::<_, Option<i64>>(7)?.and_then(|due| DateTime::from_timestamp(due, 0)),
            foreseen: row.get(8)?,
        })
    });
    Ok(row.optional()?)
}

/// The end of a vacancy from the columns that begin with `column`: the time, the reason, the note.
pub(super) fn closed(row: &Row, column: usize) -> rusqlite::Result<Option<Closed>> {
    let at: Option<i64> = row.get(column)?;
    let reason = row.get::<_, Option<String>>(column + 1)?.and_then(|word| Reason::from_word(&word));
    let at = at.and_then(|at| DateTime::from_timestamp(at, 0));
    let note = row.get(column + 2)?;
    Ok(at.zip(reason).map(|(at, reason)| Closed { at, reason, note }))
}

/// A hash of what a reader sees of a vacancy; its `updated` moves only when this does.
fn shown(postings: &[Posting], regions: &[String]) -> u64 {
    let mut hash = Xxh3::new();
    let add = |hash: &mut Xxh3, text: &str| {
        hash.update(text.as_bytes());
        hash.update(b"\0");
    };
    // Pages take what the best posting lacks from the next.
    for posting in postings {
        let Posting { url, employer, apply_url, apply_email, .. } = posting;
        for text in [&posting.source, &posting.title, &posting.summary] {
            add(&mut hash, text);
        }
        for text in [url, employer, apply_url, apply_email] {
            add(&mut hash, text.as_deref().unwrap_or_default());
        }
        let Posting { places, remote, salary, closing, closes, employment_types, mlis, tags, .. } = posting;
        let values = (places, remote, salary, closing, closes, employment_types, mlis, tags);
        serde_json::to_writer(&mut hash, &values).expect("they are kept as JSON, and a hash takes all");
    }
    let description = postings.iter().map(|p| p.description.as_str()).find(|text| !text.is_empty());
    add(&mut hash, description.unwrap_or_default());
    for region in regions {
        add(&mut hash, region);
    }
    hash.digest()
}
