//! What gathering asks of a store, kept in memory.

use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;

use chrono::{DateTime, Utc};
use shelfwire::gather::{CANDIDATES, Candidate, Change, Decisions, Known, VacancyId, posted};

#[derive(Default)]
pub struct Memory {
    pub all: Vec<Candidate>,
    entries: HashMap<(String, u64), usize>,
    keys: HashMap<u64, Vec<usize>>,
    decisions: Decisions,
}

impl Memory {
    pub fn vacancy(&self, row: i64) -> VacancyId {
        self.all[row as usize].vacancy
    }

    /// Keeps what a posting changed.
    pub fn keep(&mut self, change: Change) {
        let posting = &change.incoming.posting;
        for known in &mut self.all {
            if change.unites.contains(&known.vacancy) {
                known.vacancy = change.vacancy;
            }
        }
        let entry = (posting.source.clone(), change.identity);
        let row = self.entries.get(&entry).copied().unwrap_or(self.all.len());
        let candidate = Candidate {
            row: row as i64,
            own: change.own,
            vacancy: change.vacancy,
            source: posting.source.as_str().into(),
            posted: posted(posting),
            traits: change.incoming.traits,
        };
        for rows in self.keys.values_mut() {
            rows.retain(|known| *known != row);
        }
        for key in &candidate.traits.keys {
            self.keys.entry(*key).or_default().push(row);
        }
        self.entries.insert(entry, row);
        if row < self.all.len() {
            self.all[row] = candidate;
        } else {
            self.all.push(candidate);
        }
    }

    /// The postings of each vacancy by their own ids, sorted.
    pub fn groups(&self) -> Vec<Vec<VacancyId>> {
        let mut groups: BTreeMap<VacancyId, Vec<VacancyId>> = BTreeMap::new();
        for posting in &self.all {
            groups.entry(posting.vacancy).or_default().push(posting.own);
        }
        let mut groups: Vec<_> = groups.into_values().collect();
        groups.iter_mut().for_each(|group| group.sort_unstable());
        groups.sort_unstable();
        groups
    }
}

impl Known for Memory {
    type Error = Infallible;

    fn known(&self, source: &str, identity: u64) -> Result<Option<(i64, VacancyId)>, Infallible> {
        let row = self.entries.get(&(source.to_owned(), identity));
        Ok(row.map(|row| (*row as i64, self.all[*row].vacancy)))
    }

    fn candidates(&self, keys: &[u64]) -> Result<Vec<Candidate>, Infallible> {
        let newest = |rows: &Vec<usize>| rows.iter().rev().take(CANDIDATES).copied().collect::<Vec<_>>();
        let mut rows: Vec<usize> =
            keys.iter().filter_map(|key| self.keys.get(key)).flat_map(newest).collect();
        rows.sort_unstable();
        rows.dedup();
        Ok(rows.into_iter().map(|row| self.all[row].clone()).collect())
    }

    fn of_vacancy(&self, vacancy: VacancyId) -> Result<Vec<Candidate>, Infallible> {
        Ok(self.all.iter().filter(|known| known.vacancy == vacancy).cloned().collect())
    }

    fn first_seen(&self, vacancy: VacancyId) -> Result<Option<DateTime<Utc>>, Infallible> {
        Ok(self.all.iter().filter(|known| known.vacancy == vacancy).map(|known| known.posted).min())
    }

    fn decisions(&self) -> &Decisions {
        &self.decisions
    }
}
