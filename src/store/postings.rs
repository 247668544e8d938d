//! Changes to vacancies in, postings and vacancies out.

use std::collections::HashSet;
use std::time::Instant;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use xxhash_rust::xxh3::Xxh3;

use super::feeds::Placement;
use super::known::{Kept, put_traits};
use super::sources::{SourceUpdate, note, note_newest};
use super::{Error, Store, links};
use crate::gather::{Change, ChangeKind, Incoming, VacancyId, gather, identity};
use crate::posting::{Field, How, Moment, Posting};
use crate::vacancy::Vacancy;

/// What the settings say of a vacancy: which posting speaks for it and which feeds it is in.
pub trait Shelving: Sync {
    /// Puts the postings in order, the one that speaks for the vacancy first, and drops those of
    /// sources that are no longer in the settings.
    fn arrange(&self, postings: &mut Vec<Posting>);
    /// Slugs of the regions that the postings are in.
    fn regions(&self, postings: &[Posting]) -> Vec<String>;
    /// Paths of the feeds that an open vacancy belongs in.
    fn feeds(&self, vacancy: &Vacancy) -> Vec<String>;
}

/// What a source's postings did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Applied {
    /// Vacancies that were not known.
    pub opened: u32,
    /// New postings of known vacancies.
    pub joined: u32,
    /// Known postings that changed.
    pub updated: u32,
    /// Postings that stood twice in their document.
    pub repeated: u32,
}

impl Store {
    /// The fingerprints of a source's postings as they were read last.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn fingerprints(&self, source: &str) -> Result<HashSet<u64>, Error> {
        let mut all = self.db.prepare_cached(
            "SELECT fingerprint FROM posting WHERE source = (SELECT id FROM source WHERE name = ?1)",
        )?;
        let rows = all.query_map([source], |row| row.get::<_, i64>(0))?;
        Ok(rows.map(|f| f.map(|f| f as u64)).collect::<Result<_, _>>()?)
    }

    /// Gathers what a visit to a source brought, and keeps it, as one transaction.
    ///
    /// # Errors
    /// If the file cannot be read or written; then nothing of it is kept.
    pub fn apply(
        &self,
        shelving: &dyn Shelving,
        update: &SourceUpdate,
        incoming: Vec<Incoming>,
        today: NaiveDate,
    ) -> Result<Applied, Error> {
        self.transaction(|db| {
            let source = note(db, update)?;
            let mut applied = Applied::default();
            let mut seen = HashSet::with_capacity(incoming.len());
            let mut buffer = Vec::with_capacity(16 << 10);
            let mut newest = None;
            for incoming in incoming {
                if !seen.insert(identity(&incoming.posting)) {
                    applied.repeated += 1;
                    continue;
                }
                let change = gather(self, incoming)?;
                match change.kind {
                    ChangeKind::Opens => applied.opened += 1,
                    ChangeKind::Joins => applied.joined += 1,
                    ChangeKind::Updates => applied.updated += 1,
                }
                let (vacancy, opens) = (change.vacancy, change.kind == ChangeKind::Opens);
                for ended in &change.unites {
                    self.unite(db, *ended, vacancy)?;
                }
                let posting = put(db, source, update.at, change, &mut buffer)?;
                newest = newest.max(posting.posted.map(|posted| posted.instant()));
                let postings = if opens { vec![posting] } else { postings_of(db, vacancy)? };
                self.shelve(db, shelving, vacancy, postings, update.at, today, opens)?;
            }
            if let Some(newest) = newest {
                note_newest(db, source, newest)?;
            }
            Ok(applied)
        })
    }

    /// Every posting, in the order in which they came.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn each_posting<E: From<Error>>(
        &self,
        mut take: impl FnMut(Posting) -> Result<(), E>,
    ) -> Result<(), E> {
        let run = |take: &mut dyn FnMut(Posting) -> Result<(), E>| -> Result<Result<(), E>, Error> {
            let mut all =
                self.db.prepare("SELECT record, description, vacancy, id FROM posting ORDER BY id")?;
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                let mut posting = posting(row)?;
                posting.readvertises = links::readvertised(&self.db, row.get(3)?)?;
                if let Err(error) = take(posting) {
                    return Ok(Err(error));
                }
            }
            Ok(Ok(()))
        };
        run(&mut take)?
    }

    /// The ids of all vacancies, the newest posted first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn vacancy_ids(&self) -> Result<Vec<VacancyId>, Error> {
        let mut all = self.db.prepare("SELECT id FROM vacancy ORDER BY posted DESC, id")?;
        let ids = all.query_map([], |row| row.get(0).map(VacancyId))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// A vacancy with its postings in order; `None` if there is none, or all its sources are gone
    /// from the settings.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn vacancy(&self, shelving: &dyn Shelving, id: VacancyId) -> Result<Option<Vacancy>, Error> {
        let mut postings = self.postings_with_links(id)?;
        shelving.arrange(&mut postings);
        if postings.is_empty() {
            return Ok(None);
        }
        let mut found = self
            .db
            .prepare_cached("SELECT first_seen, updated, posted, regions FROM vacancy WHERE id = ?1")?;
        let vacancy = found.query_row([id.0], |row| {
            Ok(Vacancy {
                id: id.to_string(),
                first_seen: time(row, 0)?,
                updated: time(row, 1)?,
                posted: time(row, 2)?,
                regions: row.get_ref(3)?.as_str()?.split_whitespace().map(str::to_owned).collect(),
                postings,
            })
        });
        Ok(vacancy.optional()?)
    }

    /// Computes anew which feeds every vacancy is in, because settings changed.
    ///
    /// # Errors
    /// If the file cannot be read or written; then nothing is changed.
    pub fn reshelve(
        &self,
        shelving: &dyn Shelving,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<(), Error> {
        let begun = Instant::now();
        let ids = self.vacancy_ids()?;
        self.transaction(|db| {
            for id in &ids {
                self.shelve(db, shelving, *id, postings_of(db, *id)?, now, today, false)?;
            }
            Ok(())
        })?;
        tracing::debug!(vacancies = ids.len(), took = ?begun.elapsed(), "computed anew which feeds every vacancy is in");
        Ok(())
    }

    /// Takes vacancies whose last day is before `today` out of all feeds; says how many.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub fn close_due(&self, today: NaiveDate) -> Result<u32, Error> {
        self.transaction(|db| {
            let mut due = db
                .prepare_cached("SELECT id FROM vacancy WHERE open AND closes IS NOT NULL AND closes < ?1")?;
            let ids: Vec<i64> = due.query_map([today], |row| row.get(0))?.collect::<Result<_, _>>()?;
            for id in &ids {
                db.prepare_cached("UPDATE vacancy SET open = 0 WHERE id = ?1")?.execute([id])?;
                self.place(db, VacancyId(*id), Placement { known: true, ..Placement::default() })?;
            }
            Ok(ids.len() as u32)
        })
    }

    /// Writes a vacancy's row and its place in feeds from its postings.
    #[expect(clippy::too_many_arguments, reason = "one step of three loops; a struct would only rename them")]
    pub(super) fn shelve(
        &self,
        db: &Connection,
        shelving: &dyn Shelving,
        id: VacancyId,
        mut postings: Vec<Posting>,
        now: DateTime<Utc>,
        today: NaiveDate,
        opens: bool,
    ) -> Result<(), Error> {
        let old = if opens { None } else { old_row(db, id)? };
        shelving.arrange(&mut postings);
        let regions = shelving.regions(&postings);
        let shown = shown(&postings, &regions) as i64;
        let first_seen = old.as_ref().map_or(now, |o| o.first_seen);
        let changed = old.as_ref().is_none_or(|o| o.shown != shown);
        let posted =
            postings.iter().filter_map(|p| p.posted).map(|p| p.instant()).min().unwrap_or(first_seen);
        let vacancy = Vacancy {
            id: id.to_string(),
            first_seen,
            updated: if changed { now } else { old.as_ref().map_or(now, |o| o.updated) },
            posted: posted.min(first_seen),
            regions,
            postings,
        };
        let open = !vacancy.postings.is_empty() && vacancy.is_open(today);
        // Two statements rather than an upsert, which keeps a journal of its own for each row.
        let write = match old {
            None => "INSERT INTO vacancy VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            Some(_) => {
                "UPDATE vacancy SET first_seen = ?2, updated = ?3, posted = ?4, closes = ?5, open = ?6,
                 regions = ?7, shown = ?8 WHERE id = ?1"
            }
        };
        db.prepare_cached(write)?.execute(params![
            id.0,
            vacancy.first_seen.timestamp(),
            vacancy.updated.timestamp(),
            vacancy.posted.timestamp(),
            vacancy.closes(),
            open,
            vacancy.regions.join(" "),
            shown
        ])?;
        let feeds = if open { self.feed_ids(db, &shelving.feeds(&vacancy))? } else { Vec::new() };
        let placement =
            Placement { feeds, posted: vacancy.posted.timestamp(), known: old.is_some(), changed };
        self.place(db, id, placement)
    }
}

/// Writes the posting's row and its keys. `buffer` is room for the record, used again and again.
fn put(
    db: &Connection,
    source: i64,
    now: DateTime<Utc>,
    change: Change,
    buffer: &mut Vec<u8>,
) -> Result<Posting, Error> {
    let mut posting = change.incoming.posting;
    let (identity, fingerprint) = (change.identity as i64, change.incoming.fingerprint as i64);
    let old = match change.kind {
        ChangeKind::Updates => Some(known_row(db, source, identity)?),
        ChangeKind::Opens | ChangeKind::Joins => None,
    };
    if let Some((_, first_seen)) = old
        && posting.known(Field::Posted).is_some_and(|known| known.how == How::FirstSeen)
    {
        posting.posted = Some(Moment::At(first_seen));
    }
    let posted = posting.posted.map_or(now, |p| p.instant()).timestamp();
    let description = std::mem::take(&mut posting.description);
    buffer.clear();
    serde_json::to_writer(&mut *buffer, &posting)?;
    let record = std::str::from_utf8(buffer).expect("serde_json writes UTF-8");
    let id = match old {
        Some((id, _)) => {
            db.prepare_cached(
                "UPDATE posting SET fingerprint = ?2, vacancy = ?3, posted = ?4, record = ?5,
                 description = ?6 WHERE id = ?1",
            )?
            .execute(params![id, fingerprint, change.vacancy.0, posted, record, description])?;
            id
        }
        None => {
            db.prepare_cached(
                "INSERT INTO posting
                 (source, identity, fingerprint, vacancy, posted, first_seen, record, description)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                source,
                identity,
                fingerprint,
                change.vacancy.0,
                posted,
                now.timestamp(),
                record,
                description
            ])?;
            db.last_insert_rowid()
        }
    };
    let (own, vacancy) = (change.own, change.vacancy);
    put_traits(
        db,
        &Kept { posting: id, own, vacancy, source, posted },
        &change.incoming.traits,
        old.is_some(),
    )?;
    links::note(db, id, old.is_some(), &change.possible, &change.again)?;
    if own != vacancy {
        links::alias(db, own, vacancy)?;
    }
    posting.vacancy = vacancy.to_string();
    posting.description = description;
    Ok(posting)
}

/// A known posting's row number, and when it was first seen.
fn known_row(db: &Connection, source: i64, identity: i64) -> Result<(i64, DateTime<Utc>), Error> {
    let mut found =
        db.prepare_cached("SELECT id, first_seen FROM posting WHERE source = ?1 AND identity = ?2")?;
    Ok(found.query_row([source, identity], |row| Ok((row.get(0)?, time(row, 1)?)))?)
}

pub(super) fn postings_of(db: &Connection, vacancy: VacancyId) -> Result<Vec<Posting>, Error> {
    let mut all =
        db.prepare_cached("SELECT record, description, vacancy FROM posting WHERE vacancy = ?1 ORDER BY id")?;
    let mut rows = all.query([vacancy.0])?;
    let mut postings = Vec::new();
    while let Some(row) = rows.next()? {
        postings.push(posting(row)?);
    }
    Ok(postings)
}

/// The posting of a row that begins with its record, its description and its vacancy.
pub(super) fn posting(row: &Row) -> Result<Posting, Error> {
    let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
    let mut posting: Posting = serde_json::from_str(text(0)?)?;
    posting.description = text(1)?.to_owned();
    posting.vacancy = VacancyId(row.get(2)?).to_string();
    Ok(posting)
}

struct OldRow {
    first_seen: DateTime<Utc>,
    updated: DateTime<Utc>,
    shown: i64,
}

fn old_row(db: &Connection, id: VacancyId) -> Result<Option<OldRow>, Error> {
    let mut found = db.prepare_cached("SELECT first_seen, updated, shown FROM vacancy WHERE id = ?1")?;
    let row = found.query_row([id.0], |row| {
        Ok(OldRow { first_seen: time(row, 0)?, updated: time(row, 1)?, shown: row.get(2)? })
    });
    Ok(row.optional()?)
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

pub(super) fn time(row: &Row, column: usize) -> rusqlite::Result<DateTime<Utc>> {
    let seconds = row.get(column)?;
    DateTime::from_timestamp(seconds, 0).ok_or(rusqlite::Error::IntegralValueOutOfRange(column, seconds))
}
