//! Lists of what a source has and the time in, postings and vacancies that closed or opened again out.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use serde::Serialize;

use super::postings::time;
use super::sources::{Listing, Outcome, SourceUpdate};
use super::{Error, Shelving, Store};
use crate::gather::VacancyId;
use crate::life::{self, Closed, Known, Lists, Reason, State, Terms, Told};
use crate::posting::Posting;

/// How many vacancies closed and opened since that was last asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Turnover {
    /// Vacancies that were open and are no longer, by the reason.
    pub closed: BTreeMap<Reason, u32>,
    /// Vacancies that were closed and are open again.
    pub reopened: u32,
    /// Vacancies that were over already when they were first seen.
    pub over: u32,
}

impl Turnover {
    /// Counts what became of a vacancy; `before` is whether it was open, if it was known.
    pub(super) fn count(turnover: &RefCell<Turnover>, before: Option<bool>, after: Option<&Closed>) {
        let mut turnover = turnover.borrow_mut();
        match (before, after) {
            (Some(true), Some(closed)) => *turnover.closed.entry(closed.reason).or_default() += 1,
            (Some(false), None) => turnover.reopened += 1,
            (None, Some(_)) => turnover.over += 1,
            _ => {}
        }
    }
}

/// A posting as it is kept, with what is known of its life.
pub(super) struct Kept {
    pub id: i64,
    pub posting: Posting,
    pub first_seen: DateTime<Utc>,
    pub missing: Option<DateTime<Utc>>,
    pub gone: Option<DateTime<Utc>>,
    /// When its source's list was last believed.
    pub listed: Option<DateTime<Utc>>,
    /// Whether it was over when it was last asked.
    pub ended: bool,
}

/// The postings of a vacancy, in the order in which they came.
pub(super) fn kept_of(db: &Connection, vacancy: VacancyId) -> Result<Vec<Kept>, Error> {
    let mut all = db.prepare_cached(
        "SELECT p.record, p.description, p.vacancy, p.id, p.first_seen, p.missing, p.gone, s.listed, p.ended IS NOT NULL
         FROM posting p JOIN source s ON s.id = p.source WHERE p.vacancy = ?1 ORDER BY p.id",
    )?;
    let mut rows = all.query([vacancy.0])?;
    let mut kept = Vec::new();
    while let Some(row) = rows.next()? {
        let optional = |column| row.get::<_, Option<i64>>(column).map(moment);
        kept.push(Kept {
            posting: super::postings::posting(row)?,
            id: row.get(3)?,
            first_seen: time(row, 4)?,
            missing: optional(5)?,
            gone: optional(6)?,
            listed: optional(7)?,
            ended: row.get(8)?,
        });
    }
    Ok(kept)
}

fn moment(seconds: Option<i64>) -> Option<DateTime<Utc>> {
    seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0))
}

/// What becomes of a vacancy.
pub(super) struct Verdict {
    pub closed: Option<Closed>,
    /// When it has to be asked again.
    pub due: Option<DateTime<Utc>>,
    /// Its postings in order, those that are over after the others.
    pub postings: Vec<Posting>,
}

/// Decides whether a vacancy is open, and notes which of its postings are over. `before` is how it was.
pub(super) fn judge(
    db: &Connection,
    shelving: &dyn Shelving,
    id: VacancyId,
    kept: Vec<Kept>,
    before: Option<&Closed>,
    now: DateTime<Utc>,
) -> Result<Verdict, Error> {
    let known: Vec<_> = kept
        .iter()
        .map(|one| Known {
            posting: &one.posting,
            terms: shelving.terms(&one.posting.source),
            first_seen: one.first_seen,
            listed: one.missing.or(one.listed),
            gone: one.gone,
        })
        .collect();
    let states = life::states(&known, now);
    let state = life::vacancy(&states, now);
    let (mut open, mut over) = (Vec::new(), Vec::new());
    for (one, state) in kept.into_iter().zip(&states) {
        note_end(db, &one, state)?;
        if matches!(state, State::Open(_)) { open.push(one.posting) } else { over.push(one.posting) }
    }
    shelving.arrange(&mut open);
    shelving.arrange(&mut over);
    open.append(&mut over);
    let taken_down = shelving.taken_down(&id.to_string(), &open).map(|note| {
        let before = before.filter(|before| before.reason == Reason::Takedown);
        Closed {
            at: before.map_or(now, |before| before.at),
            reason: Reason::Takedown,
            note: Some(note.to_owned()),
        }
    });
    let (closed, due) = match (taken_down, state) {
        (Some(closed), _) | (None, State::Closed(closed)) => (Some(closed), None),
        (None, State::Open(due)) => (None, due),
    };
    Ok(Verdict { closed, due, postings: open })
}

/// Writes when and why a posting was over, if that is news.
fn note_end(db: &Connection, one: &Kept, state: &State) -> Result<(), Error> {
    let closed = match state {
        State::Closed(closed) => Some(closed),
        State::Open(_) => None,
    };
    if one.ended == closed.is_some() {
        return Ok(());
    }
    let (at, reason) = closed.map(|closed| (closed.at.timestamp(), closed.reason.word())).unzip();
    db.prepare_cached("UPDATE posting SET ended = ?2, reason = ?3 WHERE id = ?1")?
        .execute(params![one.id, at, reason])?;
    Ok(())
}

/// Takes up a list of all that a source has, whether it can be believed, and notes that; `None` if it
/// is no source of such lists, or it gave none.
pub(super) fn take_list(
    db: &Connection,
    source: i64,
    update: &SourceUpdate,
    terms: &Terms,
    shrink: bool,
) -> Result<Option<(Told, u32)>, Error> {
    if !terms.complete {
        return Ok(None);
    }
    let lists: String =
        db.prepare_cached("SELECT lists FROM source WHERE id = ?1")?.query_row([source], |row| row.get(0))?;
    // What cannot be read is forgotten, which closes nothing.
    let mut lists: Lists = serde_json::from_str(&lists).unwrap_or_default();
    let told = match &update.outcome {
        Outcome::Failed(_) => return Ok(None),
        Outcome::NotModified(_) => lists.same(update.at),
        Outcome::Read { listing: Listing { whole: false, .. }, .. } => return Ok(None),
        Outcome::Read { listing, .. } => lists.came(listing.postings, listing.faulty, shrink, update.at),
    };
    db.prepare_cached("UPDATE source SET lists = ?2, listed = ?3 WHERE id = ?1")?.execute(params![
        source,
        serde_json::to_string(&lists)?,
        lists.at.map(|at| at.timestamp())
    ])?;
    if told != Told::Believed {
        // It is asked for again whole, whatever the server says of its age.
        db.prepare_cached("UPDATE source SET etag = NULL, last_modified = NULL, body = NULL WHERE id = ?1")?
            .execute([source])?;
    }
    Ok(Some((told, lists.number)))
}

/// Compares the postings of a source with its list: those that it lacks are missing, and gone when
/// they were for long enough. Gives the vacancies that this may close or open.
pub(super) fn compare(
    db: &Connection,
    source: i64,
    update: &SourceUpdate,
    terms: &Terms,
    (told, number): (Told, u32),
) -> Result<BTreeSet<VacancyId>, Error> {
    let seen = match &update.outcome {
        Outcome::Read { listing, .. } => Some(&listing.fingerprints),
        Outcome::NotModified(_) => None,
        Outcome::Failed(_) => return Ok(BTreeSet::new()),
    };
    let now = update.at.timestamp();
    let mut touched = BTreeSet::new();
    for row in here(db, source, seen.is_none())? {
        let is_here = seen.is_some_and(|seen| seen.contains(&row.fingerprint));
        if is_here {
            if row.missing.is_some() {
                db.prepare_cached("UPDATE posting SET missing = NULL, missed = NULL WHERE id = ?1")?
                    .execute([row.id])?;
                touched.insert(row.vacancy);
            }
            continue;
        }
        if told != Told::Believed {
            continue;
        }
        let (missing, missed) = row.missing.unwrap_or((now, number));
        let often = number.saturating_sub(missed) + 1 >= terms.gone_after_fetches;
        let long = now - missing >= i64::from(terms.gone_after_hours) * 3600;
        let gone = (often && long).then_some(now);
        if gone.is_some() || row.missing.is_none() {
            db.prepare_cached("UPDATE posting SET missing = ?2, missed = ?3, gone = ?4 WHERE id = ?1")?
                .execute(params![row.id, missing, missed, gone])?;
        }
        if gone.is_some() {
            touched.insert(row.vacancy);
        }
    }
    Ok(touched)
}

/// A posting that is not gone from its source.
struct Here {
    id: i64,
    fingerprint: u64,
    vacancy: VacancyId,
    /// When the first list without it came, and that list's number.
    missing: Option<(i64, u32)>,
}

fn here(db: &Connection, source: i64, only_missing: bool) -> Result<Vec<Here>, Error> {
    let mut all = db.prepare_cached(if only_missing {
        "SELECT id, fingerprint, vacancy, missing, missed FROM posting
         WHERE source = ?1 AND missing IS NOT NULL AND gone IS NULL"
    } else {
        "SELECT id, fingerprint, vacancy, missing, missed FROM posting WHERE source = ?1 AND gone IS NULL"
    })?;
    let rows = all.query_map([source], |row| {
        let (missing, missed): (Option<i64>, Option<u32>) = (row.get(3)?, row.get(4)?);
        Ok(Here {
            id: row.get(0)?,
            fingerprint: row.get::<_, i64>(1)? as u64,
            vacancy: VacancyId(row.get(2)?),
            missing: missing.map(|missing| (missing, missed.unwrap_or_default())),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Store {
    /// Asks of the vacancies that time alone may close whether they are open.
    ///
    /// # Errors
    /// If the file cannot be read or written; then nothing is changed.
    pub fn close_due(&self, shelving: &dyn Shelving, now: DateTime<Utc>) -> Result<(), Error> {
        let mut due = self.db.prepare_cached("SELECT id FROM vacancy WHERE due <= ?1 ORDER BY id")?;
        let ids = due.query_map([now.timestamp()], |row| row.get(0).map(VacancyId))?;
        let ids = ids.collect::<Result<Vec<_>, _>>()?;
        self.reshelve_these(shelving, &ids, now)
    }

    /// How many vacancies closed and opened again since this was last asked.
    pub fn take_turnover(&self) -> Turnover {
        self.turnover.take()
    }

    /// Sources other than these that have open vacancies, with their number: their postings go by age.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn left_behind(&self, read: &HashSet<&str>) -> Result<BTreeMap<String, u32>, Error> {
        let mut all = self.db.prepare_cached("SELECT id, name FROM source ORDER BY name")?;
        let rows = all.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
        let mut open = self.db.prepare_cached(
            "SELECT count(DISTINCT v.id) FROM posting p JOIN vacancy v ON v.id = p.vacancy
             WHERE p.source = ?1 AND p.gone IS NULL AND v.open",
        )?;
        let mut left = BTreeMap::new();
        for row in rows {
            let (id, name) = row?;
            if !read.contains(name.as_str()) {
                left.insert(name, open.query_row([id], |row| row.get(0))?);
            }
        }
        left.retain(|_, open| *open > 0);
        Ok(left)
    }
}
