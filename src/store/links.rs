//! What joins postings and vacancies in, kept; ids in, the vacancies and the evidence that they lead to
//! out.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use super::feeds::Placement;
use super::life::{Kept, kept_of};
use super::{Error, Store};
use crate::gather::evidence::{Verdict, compare};
use crate::gather::{Candidate, Known, VacancyId};
use crate::posting::Posting;

/// Two postings, and what speaks for and against their being of one vacancy.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The postings' own ids, which `shelfwire same` and `not-same` take.
    pub ids: (VacancyId, VacancyId),
    pub postings: (Posting, Posting),
    pub verdict: Verdict,
    /// What an operator decided.
    pub decided: Option<bool>,
}

/// Two postings that may be of one vacancy.
#[derive(Debug, Clone, Copy)]
pub struct Possible {
    a: i64,
    b: i64,
}

impl Store {
    /// The vacancy that an id leads to: its own, that of one of its postings, or that of a vacancy
    /// that ended in it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn resolve(&self, id: VacancyId) -> Result<Option<VacancyId>, Error> {
        let mut own = self.db.prepare_cached("SELECT id FROM vacancy WHERE id = ?1")?;
        if let Some(id) = own.query_row([id.0], |row| row.get(0)).optional()? {
            return Ok(Some(VacancyId(id)));
        }
        let mut alias = self.db.prepare_cached("SELECT vacancy FROM alias WHERE id = ?1")?;
        Ok(alias.query_row([id.0], |row| row.get(0)).optional()?.map(VacancyId))
    }

    /// What joined the postings of a vacancy: for each but the first, the earlier one of which it was
    /// surest; then the postings of others that may be of it, and those that it advertises again.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn judged(&self, vacancy: VacancyId) -> Result<Vec<Judged>, Error> {
        let members = self.of_vacancy(vacancy)?;
        let mut all = Vec::new();
        for (at, member) in members.iter().enumerate().skip(1) {
            let sure = |other: &&Candidate| {
                let decided = self.decisions.get(member.own, other.own) == Some(true);
                (decided, (compare(member.side(), other.side()).score * 10.0) as i64)
            };
            if let Some(surest) = members[..at].iter().max_by_key(sure) {
                all.push(self.judge(surest, member)?);
            }
        }
        for member in &members {
            let mut found = self.db.prepare_cached(
                "SELECT b FROM possible WHERE a = ?1 UNION SELECT a FROM possible WHERE b = ?1
                 UNION SELECT older FROM again WHERE newer = ?1 UNION SELECT newer FROM again WHERE older = ?1",
            )?;
            let others: Vec<i64> =
                found.query_map([member.row], |row| row.get(0))?.collect::<Result<_, _>>()?;
            for other in others {
                let other = self.by_row(other)?.filter(|other| other.vacancy != vacancy);
                if let Some(other) = other {
                    all.push(self.judge(member, &other)?);
                }
            }
        }
        Ok(all)
    }

    /// The postings of a vacancy in the order in which they came, each with its own id.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn own_postings(&self, vacancy: VacancyId) -> Result<Vec<(VacancyId, Posting)>, Error> {
        let members = self.of_vacancy(vacancy)?;
        members.into_iter().map(|member| Ok((member.own, self.posting(member.row)?))).collect()
    }

    /// Pairs of postings of open vacancies that may be one, the surest first, on which nothing is
    /// decided. One pair for each two vacancies.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn possible(&self) -> Result<Vec<Possible>, Error> {
        let mut found = self.db.prepare_cached(
            "SELECT p.a, p.b, one.own, two.own, one.vacancy, two.vacancy
             FROM possible p JOIN trait one ON one.posting = p.a JOIN trait two ON two.posting = p.b
             JOIN vacancy first ON first.id = one.vacancy JOIN vacancy second ON second.id = two.vacancy
             WHERE one.vacancy <> two.vacancy AND first.open AND second.open
             ORDER BY p.score DESC, p.a, p.b",
        )?;
        let mut pairs: HashMap<(i64, i64), ()> = HashMap::new();
        let mut all = Vec::new();
        let mut rows = found.query([])?;
        while let Some(row) = rows.next()? {
            let own = (VacancyId(row.get(2)?), VacancyId(row.get(3)?));
            let (one, two): (i64, i64) = (row.get(4)?, row.get(5)?);
            let decided = self.decisions.get(own.0, own.1).is_some();
            if !decided && pairs.insert((one.min(two), one.max(two)), ()).is_none() {
                all.push(Possible { a: row.get(0)?, b: row.get(1)? });
            }
        }
        Ok(all)
    }

    /// What speaks for and against a possible pair; `None` if a posting is no longer there.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn evidence(&self, pair: Possible) -> Result<Option<Judged>, Error> {
        let (Some(a), Some(b)) = (self.by_row(pair.a)?, self.by_row(pair.b)?) else { return Ok(None) };
        self.judge(&a, &b).map(Some)
    }

    fn judge(&self, a: &Candidate, b: &Candidate) -> Result<Judged, Error> {
        Ok(Judged {
            ids: (a.own, b.own),
            postings: (self.posting(a.row)?, self.posting(b.row)?),
            verdict: compare(a.side(), b.side()),
            decided: self.decisions.get(a.own, b.own),
        })
    }

    pub(super) fn posting(&self, row: i64) -> Result<Posting, Error> {
        let mut found =
            self.db.prepare_cached("SELECT record, description, vacancy FROM posting WHERE id = ?1")?;
        let mut rows = found.query([row])?;
        let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        super::postings::posting(row)
    }

    /// The postings of a vacancy, each with the vacancies that it advertises again.
    pub(super) fn kept_with_links(&self, vacancy: VacancyId) -> Result<Vec<Kept>, Error> {
        let mut kept = kept_of(&self.db, vacancy)?;
        for one in &mut kept {
            one.posting.readvertises = readvertised(&self.db, one.id)?;
        }
        Ok(kept)
    }

    /// Ends a vacancy in another: its postings are of that one from now on, and its id leads there.
    pub(super) fn unite(&self, db: &Connection, ended: VacancyId, into: VacancyId) -> Result<(), Error> {
        db.prepare_cached(
            "UPDATE trait SET vacancy = ?2 WHERE posting IN (SELECT id FROM posting WHERE vacancy = ?1)",
        )?
        .execute([ended.0, into.0])?;
        db.prepare_cached("UPDATE posting SET vacancy = ?2 WHERE vacancy = ?1")?
            .execute([ended.0, into.0])?;
        db.prepare_cached("UPDATE alias SET vacancy = ?2 WHERE vacancy = ?1")?.execute([ended.0, into.0])?;
        alias(db, ended, into)?;
        self.end(db, ended)
    }

    /// Takes a vacancy that has no postings left out of the feeds, and its row away.
    pub(super) fn end(&self, db: &Connection, vacancy: VacancyId) -> Result<(), Error> {
        let told = db
            .prepare_cached("DELETE FROM vacancy WHERE id = ?1 RETURNING told IS NOT NULL")?
            .query_row([vacancy.0], |row| row.get(0))
            .optional()?;
        if told == Some(true) {
            // It is published no more, and no row is left that could say so.
            self.unpublish()?;
        }
        self.place(db, vacancy, Placement { known: true, ..Placement::default() })
    }
}

/// Notes that an id leads to a vacancy.
pub(super) fn alias(db: &Connection, id: VacancyId, vacancy: VacancyId) -> Result<(), Error> {
    db.prepare_cached("INSERT INTO alias VALUES (?1, ?2) ON CONFLICT DO UPDATE SET vacancy = ?2")?
        .execute([id.0, vacancy.0])?;
    Ok(())
}

/// The vacancies that a posting's position was advertised as before.
pub(super) fn readvertised(db: &Connection, posting: i64) -> Result<Vec<String>, Error> {
    let mut found = db.prepare_cached(
        "SELECT DISTINCT old.vacancy FROM again JOIN trait old ON old.posting = again.older
         JOIN trait new ON new.posting = again.newer
         WHERE again.newer = ?1 AND old.vacancy <> new.vacancy ORDER BY old.posted DESC",
    )?;
    let ids = found.query_map([posting], |row| Ok(VacancyId(row.get(0)?).to_string()))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Notes which postings may be of the same vacancy as this one, and which it advertises again.
pub(super) fn note(
    db: &Connection,
    posting: i64,
    known: bool,
    possible: &[(i64, f32)],
    again: &[(i64, bool)],
) -> Result<(), Error> {
    if known {
        for forget in [
            "DELETE FROM possible WHERE a = ?1",
            "DELETE FROM possible WHERE b = ?1",
            "DELETE FROM again WHERE newer = ?1",
            "DELETE FROM again WHERE older = ?1",
        ] {
            db.prepare_cached(forget)?.execute([posting])?;
        }
    }
    for (other, score) in possible {
        db.prepare_cached("INSERT OR REPLACE INTO possible VALUES (?1, ?2, ?3)")?.execute(params![
            other.min(&posting),
            other.max(&posting),
            score
        ])?;
    }
    for (other, is_older) in again {
        let (newer, older) = if *is_older { (posting, *other) } else { (*other, posting) };
        db.prepare_cached("INSERT OR IGNORE INTO again VALUES (?1, ?2)")?.execute([newer, older])?;
    }
    Ok(())
}

/// When the vacancy of these postings was first seen.
pub(super) fn first_seen(db: &Connection, postings: &[i64]) -> Result<Option<DateTime<Utc>>, Error> {
    let mut found = db.prepare_cached("SELECT first_seen FROM posting WHERE id = ?1")?;
    let mut first: Option<i64> = None;
    for posting in postings {
        let seen: i64 = found.query_row([posting], |row| row.get(0))?;
        first = Some(first.map_or(seen, |first| first.min(seen)));
    }
    Ok(first.and_then(|seconds| DateTime::from_timestamp(seconds, 0)))
}
