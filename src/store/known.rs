//! Keys of postings in, the known postings and vacancies that have them out.

use rusqlite::{OptionalExtension, params};

use super::postings::time;
use super::{Error, Store};
use crate::gather::{Candidate, Known, VacancyId};

impl Known for Store {
    type Error = Error;

    fn vacancy_of(&self, source: &str, identity: u64) -> Result<Option<VacancyId>, Error> {
        let mut found = self.db.prepare_cached(
            "SELECT vacancy FROM posting WHERE source = (SELECT id FROM source WHERE name = ?1) AND identity = ?2",
        )?;
        Ok(found.query_row(params![source, identity as i64], |row| row.get(0).map(VacancyId)).optional()?)
    }

    fn candidates(&self, keys: &[u64]) -> Result<Vec<Candidate>, Error> {
        let mut found = self.db.prepare_cached(
            "SELECT p.vacancy, s.name, p.title, p.posted FROM posting_key k
             JOIN posting p ON p.id = k.posting JOIN source s ON s.id = p.source WHERE k.key = ?1",
        )?;
        let mut all = Vec::new();
        for key in keys {
            let rows = found.query_map([*key as i64], |row| {
                Ok(Candidate {
                    vacancy: VacancyId(row.get(0)?),
                    source: row.get(1)?,
                    title: row.get::<_, i64>(2)? as u64,
                    posted: time(row, 3)?,
                })
            })?;
            for candidate in rows {
                all.push(candidate?);
            }
        }
        Ok(all)
    }

    fn exists(&self, vacancy: VacancyId) -> Result<bool, Error> {
        let mut found = self.db.prepare_cached("SELECT 1 FROM vacancy WHERE id = ?1")?;
        Ok(found.exists([vacancy.0])?)
    }
}
