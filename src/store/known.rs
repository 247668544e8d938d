//! Keys of postings in, the known postings that have them out; traits in, kept with their posting.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::postings::{posting, time};
use super::{Error, Store};
use crate::gather::{CANDIDATES, Candidate, Decisions, Known, Sketch, Traits, VERSION, VacancyId, identity};

/// The columns of `trait` from which a candidate is read.
const CANDIDATE: &str = "posting, own, vacancy, source, posted, traits, sketch";

impl Known for Store {
    type Error = Error;

    fn known(&self, source: &str, identity: u64) -> Result<Option<(i64, VacancyId)>, Error> {
        let mut found = self.db.prepare_cached(
            "SELECT id, vacancy FROM posting
             WHERE source = (SELECT id FROM source WHERE name = ?1) AND identity = ?2",
        )?;
        let row = found
            .query_row(params![source, identity as i64], |row| Ok((row.get(0)?, VacancyId(row.get(1)?))));
        Ok(row.optional()?)
    }

    fn candidates(&self, keys: &[u64]) -> Result<Vec<Candidate>, Error> {
        let mut found = self.db.prepare_cached(
            "SELECT posting FROM posting_key WHERE key = ?1 ORDER BY posting DESC LIMIT ?2",
        )?;
        let mut ids: Vec<i64> = Vec::new();
        for key in keys {
            for id in found.query_map(params![*key as i64, CANDIDATES as i64], |row| row.get(0))? {
                ids.push(id?);
            }
        }
        ids.sort_unstable();
        ids.dedup();
        let mut all = Vec::with_capacity(ids.len());
        for id in ids {
            all.extend(self.by_row(id)?);
        }
        Ok(all)
    }

    fn of_vacancy(&self, vacancy: VacancyId) -> Result<Vec<Candidate>, Error> {
        let mut found = self.db.prepare_cached(&format!(
            "SELECT {CANDIDATE} FROM trait WHERE posting IN (SELECT id FROM posting WHERE vacancy = ?1)
             ORDER BY posting"
        ))?;
        let mut rows = found.query([vacancy.0])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(self.candidate(row)?);
        }
        Ok(all)
    }

    fn first_seen(&self, vacancy: VacancyId) -> Result<Option<DateTime<Utc>>, Error> {
        let mut found = self.db.prepare_cached("SELECT first_seen FROM vacancy WHERE id = ?1")?;
        Ok(found.query_row([vacancy.0], |row| time(row, 0)).optional()?)
    }

    fn decisions(&self) -> &Decisions {
        &self.decisions
    }
}

impl Store {
    /// A candidate from a row of [`CANDIDATE`].
    fn candidate(&self, row: &Row) -> Result<Candidate, Error> {
        let mut traits: Traits =
            serde_json::from_str(row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?)?;
        traits.sketch = Sketch::from_bytes(row.get_ref(6)?.as_blob().map_err(rusqlite::Error::from)?);
        Ok(Candidate {
            row: row.get(0)?,
            own: VacancyId(row.get(1)?),
            vacancy: VacancyId(row.get(2)?),
            source: self.source_name(row.get(3)?)?,
            posted: time(row, 4)?,
            traits,
        })
    }

    /// The posting of this number.
    pub(super) fn by_row(&self, row: i64) -> Result<Option<Candidate>, Error> {
        let mut found =
            self.db.prepare_cached(&format!("SELECT {CANDIDATE} FROM trait WHERE posting = ?1"))?;
        let mut rows = found.query([row])?;
        rows.next()?.map(|row| self.candidate(row)).transpose()
    }

    fn source_name(&self, id: i64) -> Result<Arc<str>, Error> {
        if let Some(name) = self.source_names.borrow().get(&id) {
            return Ok(name.clone());
        }
        let mut found = self.db.prepare_cached("SELECT name FROM source WHERE id = ?1")?;
        let name: Arc<str> = found.query_row([id], |row| row.get::<_, String>(0))?.into();
        self.source_names.borrow_mut().insert(id, name.clone());
        Ok(name)
    }
}

/// Where a posting is kept, and what it is of.
pub(super) struct TraitRow {
    pub posting: i64,
    pub own: VacancyId,
    pub vacancy: VacancyId,
    pub source: i64,
    /// Seconds since 1970.
    pub posted: i64,
}

/// Writes what a posting is compared by, and its keys; what was known of it before is replaced.
pub(super) fn put_traits(
    db: &Connection,
    kept: &TraitRow,
    traits: &Traits,
    known: bool,
) -> Result<(), Error> {
    if known {
        forget_traits(db, kept.posting)?;
    }
    let keys: Vec<u8> = traits.keys.iter().flat_map(|key| key.to_le_bytes()).collect();
    db.prepare_cached("INSERT INTO trait VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?.execute(params![
        kept.posting,
        kept.own.0,
        kept.vacancy.0,
        kept.source,
        kept.posted,
        serde_json::to_string(traits)?,
        keys,
        traits.sketch.to_bytes()
    ])?;
    let mut insert = db.prepare_cached("INSERT INTO posting_key VALUES (?1, ?2)")?;
    for key in &traits.keys {
        insert.execute(params![*key as i64, kept.posting])?;
    }
    Ok(())
}

fn forget_traits(db: &Connection, posting: i64) -> Result<(), Error> {
    let keys: Option<Vec<u8>> = db
        .prepare_cached("DELETE FROM trait WHERE posting = ?1 RETURNING keys")?
        .query_row([posting], |row| row.get(0))
        .optional()?;
    let mut delete = db.prepare_cached("DELETE FROM posting_key WHERE key = ?1 AND posting = ?2")?;
    for key in keys.unwrap_or_default().as_chunks::<8>().0 {
        delete.execute(params![i64::from_le_bytes(*key), posting])?;
    }
    Ok(())
}

/// Fills the tables of traits and keys anew, if they were written by another rule.
pub(super) fn refresh(db: &mut Connection) -> Result<(), Error> {
    let version = VERSION.to_string();
    let kept: Option<String> = db
        .query_row("SELECT value FROM setting WHERE name = 'gathering'", [], |row| row.get(0))
        .optional()?;
    if kept.as_deref() == Some(&version) {
        return Ok(());
    }
    let transaction = db.transaction()?;
    transaction.execute_batch("DELETE FROM posting_key; DELETE FROM trait;")?;
    {
        let mut all = transaction.prepare(
            "SELECT p.record, p.description, p.vacancy, p.id, p.source, s.name, p.posted
             FROM posting p JOIN source s ON s.id = p.source ORDER BY p.id",
        )?;
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            let posting = posting(row)?;
            let source: String = row.get(5)?;
            let kept = TraitRow {
                posting: row.get(3)?,
                own: VacancyId::of(&source, identity(&posting)),
                vacancy: VacancyId(row.get(2)?),
                source: row.get(4)?,
                posted: row.get(6)?,
            };
            put_traits(&transaction, &kept, &Traits::new(&posting), false)?;
            if kept.own != kept.vacancy {
                transaction
                    .prepare_cached("INSERT OR REPLACE INTO alias VALUES (?1, ?2)")?
                    .execute([kept.own.0, kept.vacancy.0])?;
            }
        }
    }
    transaction.execute(
        "INSERT INTO setting VALUES ('gathering', ?1) ON CONFLICT DO UPDATE SET value = ?1",
        [version],
    )?;
    transaction.commit()?;
    Ok(())
}
