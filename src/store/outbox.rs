//! What vacancies are and what was last published of them in, what is news to subscribers out.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, SecondsFormat, Utc};
use rusqlite::params;
use serde::Serialize;

use super::{Error, Store};
use crate::gather::VacancyId;
use crate::life::Reason;

/// Days for which a change is told.
const DAYS: i64 = 30;

/// The names of the remembered settings: how many vacancies are published, and since when the
/// changes are told without a gap.
const PUBLISHED: &str = "published";
const WHOLE_SINCE: &str = "changes whole since";

/// What is news of a vacancy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    Closed,
    Opened,
    Updated,
}

/// A vacancy that is not as it was published last.
#[derive(Debug, Clone, Copy)]
pub struct Untold {
    pub vacancy: VacancyId,
    pub news: News,
}

/// The published vacancies that would be gone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Leaving {
    /// Vacancies that were open when pages were last published.
    pub published: u32,
    /// Those of them that are closed now, without those of which it was known that they would be: their last
    /// day or their age has come.
    pub closed: u32,
    /// Why they are, and of which sources they were.
    pub reasons: BTreeMap<Reason, u32>,
    pub sources: BTreeMap<String, u32>,
}

/// The rows of the index `vacancy_untold`.
const UNTOLD: &str = "told IS NOT CASE WHEN open THEN updated END";

impl Store {
    /// How many of the vacancies that are published would be gone unforeseen. Why is asked only if more than `share`
    /// of them are and there are more than `few`: then there is a reason to say so.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn leaving(&self, share: f64, few: u32) -> Result<(Leaving, bool), Error> {
        let sql = format!("SELECT count(*) FROM vacancy WHERE {UNTOLD} AND NOT open AND NOT foreseen");
        let closed = self.db.prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
        let mut leaving = Leaving { published: self.published()?, closed, ..Leaving::default() };
        let too_many = leaving.published > few && f64::from(closed) > share * f64::from(leaving.published);
        if too_many {
            leaving.reasons = self
                .counts(&format!(
                    "SELECT coalesce(reason, 'gone'), count(*) FROM vacancy WHERE {UNTOLD} AND NOT open AND NOT foreseen GROUP BY 1"
                ))?
                .into_iter()
                .filter_map(|(word, count)| Some((Reason::from_word(&word)?, count)))
                .collect();
            leaving.sources = self.counts(&format!(
                "SELECT s.name, count(DISTINCT v.id) FROM (SELECT id FROM vacancy WHERE {UNTOLD} AND NOT open AND NOT foreseen) v
                 JOIN posting p ON p.vacancy = v.id JOIN source s ON s.id = p.source GROUP BY 1"
            ))?;
        }
        Ok((leaving, too_many))
    }

    fn counts(&self, sql: &str) -> Result<BTreeMap<String, u32>, Error> {
        let mut all = self.db.prepare(sql)?;
        let rows = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many vacancies are published.
    fn published(&self) -> Result<u32, Error> {
        if let Some(count) = self.setting(PUBLISHED)?.and_then(|count| count.parse().ok()) {
            return Ok(count);
        }
        // Once, in a file of an older program.
        Ok(self.db.query_row("SELECT count(*) FROM vacancy WHERE told IS NOT NULL", [], |row| row.get(0))?)
    }

    /// Takes one vacancy away from the number of those that are published.
    pub(super) fn unpublish(&self) -> Result<(), Error> {
        self.set_setting(PUBLISHED, &self.published()?.saturating_sub(1).to_string())
    }

    /// What is not as it was published last, at most `limit`; closed ones first, since whoever misses
    /// that shows what is over.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn untold(&self, limit: usize) -> Result<Vec<Untold>, Error> {
        let mut all = Vec::new();
        for (which, news) in [
            ("NOT open", News::Closed),
            ("open AND told IS NULL", News::Opened),
            ("open AND told IS NOT NULL", News::Updated),
        ] {
            let sql = format!("SELECT id FROM vacancy WHERE {UNTOLD} AND {which} ORDER BY id LIMIT ?1");
            let mut found = self.db.prepare_cached(&sql)?;
            let left = limit.saturating_sub(all.len()) as i64;
            let rows = found.query_map([left], |row| row.get(0).map(VacancyId))?;
            for vacancy in rows {
                all.push(Untold { vacancy: vacancy?, news });
            }
        }
        Ok(all)
    }

    /// Notes that everything is published as it is now, with a record of each change; of those that
    /// `untold` names beyond its limit there is none, and of all there are at most `keep`.
    ///
    /// # Errors
    /// If the file cannot be written; then nothing is changed.
    pub fn tell(&self, records: &[String], keep: usize, now: DateTime<Utc>) -> Result<(), Error> {
        let published = self.published()?;
        self.transaction(|db| {
            let counts = format!(
                "SELECT count(*), count(CASE WHEN told IS NULL THEN 1 END), count(CASE WHEN NOT open THEN 1 END)
                 FROM vacancy WHERE {UNTOLD}"
            );
            let (all, opened, closed): (u32, u32, u32) =
                db.prepare_cached(&counts)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            let mut insert = db.prepare_cached("INSERT INTO change (at, record) VALUES (?1, ?2)")?;
            for record in records {
                insert.execute(params![now.timestamp(), record])?;
            }
            let mut gap = (all > records.len() as u32).then_some(now.timestamp());
            // The newest of what is too old or too much.
            let old = (now - Duration::days(DAYS)).timestamp();
            let beyond = "SELECT max(at) FROM change WHERE at < ?1 OR id <= (SELECT max(id) FROM change) - ?2";
            gap = gap.max(db.prepare_cached(beyond)?.query_row([old, keep as i64], |row| row.get(0))?);
            db.prepare_cached(
                "DELETE FROM change WHERE at < ?1 OR id <= (SELECT max(id) FROM change) - ?2",
            )?
            .execute([old, keep as i64])?;
            if let Some(gap) = gap.and_then(|gap| DateTime::from_timestamp(gap, 0)) {
                self.set_setting(WHOLE_SINCE, &gap.to_rfc3339_opts(SecondsFormat::Secs, true))?;
            }
            let told = format!("UPDATE vacancy SET told = CASE WHEN open THEN updated END WHERE {UNTOLD}");
            db.prepare_cached(&told)?.execute([])?;
            self.set_setting(PUBLISHED, &(published + opened).saturating_sub(closed).to_string())
        })
    }

    /// The records of changes, the newest first, and since when there is no gap in them.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn changes(&self) -> Result<(Vec<String>, Option<String>), Error> {
        let mut all = self.db.prepare_cached("SELECT record FROM change ORDER BY id DESC")?;
        let records = all.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok((records, self.setting(WHOLE_SINCE)?))
    }
}
