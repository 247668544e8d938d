//! Changes to vacancies in, postings and vacancies out.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::known::{TraitRow, put_traits};
use super::life::{Kept, compare, kept_of, take_list};
use super::shelve::{Shelving, closed};
use super::sources::{SourceUpdate, note, note_newest};
use super::{Error, Store, links};
use crate::gather::{Change, ChangeKind, Incoming, VacancyId, gather, identity};
use crate::life::Told;
use crate::posting::{Field, How, Moment, Posting};
use crate::vacancy::Vacancy;

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
    /// Of a list of all that a source has: whether it was believed.
    pub list: Option<Told>,
}

impl Store {
    /// The fingerprints of a source's postings as they were read last. Of those that are gone from it
    /// there are none: should they come back, that is news.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn fingerprints(&self, source: &str) -> Result<HashSet<u64>, Error> {
        let mut all = self.db.prepare_cached(
            "SELECT fingerprint FROM posting
             WHERE source = (SELECT id FROM source WHERE name = ?1) AND gone IS NULL",
        )?;
        let rows = all.query_map([source], |row| row.get::<_, i64>(0))?;
        Ok(rows.map(|f| f.map(|f| f as u64)).collect::<Result<_, _>>()?)
    }

    /// Gathers what a visit to a source brought, and keeps it, as one transaction. With `shrink`, a list
    /// is believed that is much shorter than the last.
    ///
    /// # Errors
    /// If the file cannot be read or written; then nothing of it is kept.
    pub fn apply(
        &self,
        shelving: &dyn Shelving,
        update: &SourceUpdate,
        incoming: Vec<Incoming>,
        shrink: bool,
    ) -> Result<Applied, Error> {
        let terms = shelving.terms(&update.name);
        self.transaction(|db| {
            let source = note(db, update)?;
            let list = take_list(db, source, update, terms, shrink)?;
            let mut applied = Applied { list: list.map(|(told, _)| told), ..Applied::default() };
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
                let kept = put(db, source, update.at, change, &mut buffer)?;
                newest = newest.max(kept.posting.posted.map(|posted| posted.instant()));
                let kept = if opens { vec![kept] } else { kept_of(db, vacancy)? };
                self.shelve(db, shelving, vacancy, kept, update.at, opens)?;
            }
            if let Some(list) = list {
                for id in compare(db, source, update, terms, list)? {
                    self.shelve(db, shelving, id, kept_of(db, id)?, update.at, false)?;
                }
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

    /// A vacancy with its postings in order, those that are over after the others; `None` if there is
    /// none.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn vacancy(&self, shelving: &dyn Shelving, id: VacancyId) -> Result<Option<Vacancy>, Error> {
        let (mut over, mut postings): (Vec<_>, Vec<_>) =
            self.kept_with_links(id)?.into_iter().partition(|kept| kept.ended);
        let arranged = |kept: &mut Vec<Kept>| {
            let mut postings: Vec<_> = kept.drain(..).map(|kept| kept.posting).collect();
            shelving.arrange(&mut postings);
            postings
        };
        let mut postings = arranged(&mut postings);
        postings.append(&mut arranged(&mut over));
        if postings.is_empty() {
            return Ok(None);
        }
        let mut found = self.db.prepare_cached(
            "SELECT first_seen, updated, posted, regions, closed, reason, note FROM vacancy WHERE id = ?1",
        )?;
        let vacancy = found.query_row([id.0], |row| {
            Ok(Vacancy {
                id: id.to_string(),
                first_seen: time(row, 0)?,
                updated: time(row, 1)?,
                posted: time(row, 2)?,
                regions: row.get_ref(3)?.as_str()?.split_whitespace().map(str::to_owned).collect(),
                closed: closed(row, 4)?,
                postings,
            })
        });
        Ok(vacancy.optional()?)
    }
}

/// Writes the posting's row and its keys. `buffer` is room for the record, used again and again.
fn put(
    db: &Connection,
    source: i64,
    now: DateTime<Utc>,
    change: Change,
    buffer: &mut Vec<u8>,
) -> Result<Kept, Error> {
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
                 description = ?6, missing = NULL, missed = NULL, gone = NULL WHERE id = ?1",
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
        &TraitRow { posting: id, own, vacancy, source, posted },
        &change.incoming.traits,
        old.is_some(),
    )?;
    links::note(db, id, old.is_some(), &change.possible, &change.again)?;
    if own != vacancy {
        links::alias(db, own, vacancy)?;
    }
    posting.vacancy = vacancy.to_string();
    posting.description = description;
    let first_seen = old.map_or(now, |(_, first_seen)| first_seen);
    let listed = Some(now);
    Ok(Kept { id, posting, first_seen, missing: None, gone: None, listed, ended: false })
}

/// A known posting's row number, and when it was first seen.
fn known_row(db: &Connection, source: i64, identity: i64) -> Result<(i64, DateTime<Utc>), Error> {
    let mut found =
        db.prepare_cached("SELECT id, first_seen FROM posting WHERE source = ?1 AND identity = ?2")?;
    Ok(found.query_row([source, identity], |row| Ok((row.get(0)?, time(row, 1)?)))?)
}

/// The posting of a row that begins with its record, its description and its vacancy.
pub(super) fn posting(row: &Row) -> Result<Posting, Error> {
    let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
    let mut posting: Posting = serde_json::from_str(text(0)?)?;
    posting.description = text(1)?.to_owned();
    posting.vacancy = VacancyId(row.get(2)?).to_string();
    Ok(posting)
}

pub(super) fn time(row: &Row, column: usize) -> rusqlite::Result<DateTime<Utc>> {
    let seconds = row.get(column)?;
    DateTime::from_timestamp(seconds, 0).ok_or(rusqlite::Error::IntegralValueOutOfRange(column, seconds))
}
