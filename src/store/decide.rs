//! What an operator decided in, vacancies sorted accordingly out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::life::kept_of;
use super::{Error, Shelving, Store, links};
use crate::gather::{Candidate, Decisions, Known, VacancyId, regroup};
use crate::posting::Posting;

impl Store {
    /// Carries out what an operator decided: the postings of the vacancies that a decision, new or
    /// taken back, speaks of are sorted anew. Says how many vacancies changed.
    ///
    /// # Errors
    /// If the file cannot be read or written; then nothing is changed.
    pub fn decide(
        &mut self,
        wanted: Decisions,
        shelving: &dyn Shelving,
        now: DateTime<Utc>,
    ) -> Result<u32, Error> {
        if wanted == self.decisions {
            return Ok(0);
        }
        let before = std::mem::replace(&mut self.decisions, wanted);
        let done = self.transaction(|db| {
            keep(db, &self.decisions)?;
            let changed = |(a, b, same): &(VacancyId, VacancyId, bool), other: &Decisions| {
                other.get(*a, *b) != Some(*same)
            };
            let new = self.decisions.iter().filter(|decision| changed(decision, &before));
            let gone = before.iter().filter(|decision| changed(decision, &self.decisions));
            let mut pairs: Vec<_> = new.chain(gone).map(|(a, b, _)| (a, b)).collect();
            pairs.sort_unstable();
            pairs.dedup();
            let mut touched = 0;
            for (a, b) in pairs {
                touched += self.sort_anew(db, &[a, b], shelving, now)?;
            }
            Ok(touched)
        });
        if done.is_err() {
            self.decisions = before;
        }
        done
    }

    /// Sorts the postings of the vacancies that these ids lead to, and of those whose postings were
    /// decided to be of them.
    fn sort_anew(
        &self,
        db: &Connection,
        ids: &[VacancyId],
        shelving: &dyn Shelving,
        now: DateTime<Utc>,
    ) -> Result<u32, Error> {
        let mut vacancies = BTreeSet::new();
        for id in ids {
            vacancies.extend(self.resolve(*id)?);
        }
        let mut postings = Vec::new();
        for vacancy in &vacancies {
            postings.extend(self.of_vacancy(*vacancy)?);
        }
        let mut groups = BTreeMap::new();
        for group in regroup(&postings, &self.decisions) {
            let group: Vec<&Candidate> = group.into_iter().map(|at| &postings[at]).collect();
            groups.insert(self.name(&group, &groups)?, group);
        }
        let mut touched = 0;
        for (vacancy, group) in &groups {
            let same = group.iter().all(|posting| posting.vacancy == *vacancy);
            if same && self.of_vacancy(*vacancy)?.len() == group.len() {
                continue;
            }
            touched += 1;
            for posting in group {
                move_to(db, posting, *vacancy)?;
            }
        }
        for vacancy in vacancies.iter().filter(|vacancy| !groups.contains_key(vacancy)) {
            touched += 1;
            self.end(db, *vacancy)?;
        }
        for (vacancy, group) in &groups {
            let opens = self.first_seen(*vacancy)?.is_none();
            let rows: Vec<i64> = group.iter().map(|posting| posting.row).collect();
            let seen = if opens { links::first_seen(db, &rows)? } else { None };
            self.shelve(db, shelving, *vacancy, kept_of(db, *vacancy)?, now, opens)?;
            if let Some(seen) = seen {
                db.prepare_cached("UPDATE vacancy SET first_seen = ?2 WHERE id = ?1")?
                    .execute(params![vacancy.0, seen.timestamp()])?;
            }
        }
        Ok(touched)
    }

    /// The id by which a group of postings goes: of the vacancies that they were of, the one seen first
    /// whose first posting is among them; else that of the posting that came first.
    fn name(
        &self,
        group: &[&Candidate],
        taken: &BTreeMap<VacancyId, Vec<&Candidate>>,
    ) -> Result<VacancyId, Error> {
        let mut known = Vec::new();
        for posting in group.iter().filter(|posting| posting.own == posting.vacancy) {
            known.push((self.first_seen(posting.own)?, posting.own));
        }
        known.sort_unstable();
        let first = group.iter().min_by_key(|posting| posting.row).map(|posting| posting.own);
        let name = known.first().map(|(_, own)| *own).or(first).expect("no group is empty");
        debug_assert!(!taken.contains_key(&name));
        Ok(name)
    }

    /// The posting that has this id of its own, if it is known.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn own_posting(&self, own: VacancyId) -> Result<Option<Posting>, Error> {
        let Some(vacancy) = self.resolve(own)? else { return Ok(None) };
        let found = self.of_vacancy(vacancy)?.into_iter().find(|posting| posting.own == own);
        found.map(|found| self.posting(found.row)).transpose()
    }
}

/// Makes a posting one of this vacancy.
fn move_to(db: &Connection, posting: &Candidate, vacancy: VacancyId) -> Result<(), Error> {
    for change in
        ["UPDATE trait SET vacancy = ?2 WHERE posting = ?1", "UPDATE posting SET vacancy = ?2 WHERE id = ?1"]
    {
        db.prepare_cached(change)?.execute([posting.row, vacancy.0])?;
    }
    if posting.own == vacancy {
        db.prepare_cached("DELETE FROM alias WHERE id = ?1")?.execute([posting.own.0])?;
        return Ok(());
    }
    links::alias(db, posting.own, vacancy)
}

/// What was carried out before. A store that a program before this one wrote has no such table yet.
pub(super) fn kept(db: &Connection) -> Result<Decisions, Error> {
    let mut decisions = Decisions::default();
    if !db.table_exists(None, "decision")? {
        return Ok(decisions);
    }
    let mut all = db.prepare("SELECT a, b, same FROM decision")?;
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        decisions.set(VacancyId(row.get(0)?), VacancyId(row.get(1)?), row.get(2)?);
    }
    Ok(decisions)
}

fn keep(db: &Connection, decisions: &Decisions) -> Result<(), Error> {
    db.execute("DELETE FROM decision", [])?;
    for (a, b, same) in decisions.iter() {
        db.prepare_cached("INSERT INTO decision VALUES (?1, ?2, ?3)")?.execute(params![a.0, b.0, same])?;
    }
    Ok(())
}
