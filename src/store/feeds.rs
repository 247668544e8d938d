//! Which vacancies are in which feed, and which feeds' pages are older than what they hold.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use super::{Error, Store};
use crate::gather::VacancyId;

impl Store {
    /// Paths of the feeds whose pages are older than what they hold.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn dirty_feeds(&self) -> Result<Vec<String>, Error> {
        self.paths("SELECT path FROM feed WHERE dirty ORDER BY path")
    }

    /// Paths of all feeds that ever had a vacancy, or were asked for.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn feeds(&self) -> Result<Vec<String>, Error> {
        self.paths("SELECT path FROM feed ORDER BY path")
    }

    fn paths(&self, query: &str) -> Result<Vec<String>, Error> {
        let mut all = self.db.prepare_cached(query)?;
        let paths = all.query_map([], |row| row.get(0))?;
        Ok(paths.collect::<Result<_, _>>()?)
    }

    /// How many open vacancies each feed has.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn feed_sizes(&self) -> Result<BTreeMap<String, usize>, Error> {
        let mut all = self.db.prepare_cached(
            "SELECT f.path, (SELECT count(*) FROM member m WHERE m.feed = f.id) FROM feed f",
        )?;
        let sizes = all.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as usize)))?;
        Ok(sizes.collect::<Result<_, _>>()?)
    }

    /// The newest vacancies of a feed, at most `limit`.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn members(&self, path: &str, limit: usize) -> Result<Vec<VacancyId>, Error> {
        let mut found = self.db.prepare_cached(
            "SELECT vacancy FROM member WHERE feed = (SELECT id FROM feed WHERE path = ?1)
             ORDER BY posted DESC, vacancy LIMIT ?2",
        )?;
        let ids = found.query_map(params![path, limit as i64], |row| row.get(0).map(VacancyId))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Makes sure that these feeds are known, and marks those dirty that were not.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn ensure_feeds(&self, paths: &[String]) -> Result<(), Error> {
        self.transaction(|db| {
            for path in paths {
                db.prepare_cached("INSERT INTO feed (path, dirty) VALUES (?1, 1) ON CONFLICT DO NOTHING")?
                    .execute([path])?;
            }
            Ok(())
        })
    }

    /// Marks every feed dirty: the way they are rendered changed.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn mark_all_dirty(&self) -> Result<(), Error> {
        self.db.execute("UPDATE feed SET dirty = 1", [])?;
        Ok(())
    }

    /// Notes that these feeds' pages hold what they should.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn mark_clean(&self, paths: &[String]) -> Result<(), Error> {
        self.transaction(|db| {
            for path in paths {
                db.prepare_cached("UPDATE feed SET dirty = 0 WHERE path = ?1")?.execute([path])?;
            }
            Ok(())
        })
    }

    pub(super) fn mark_dirty(&self, db: &Connection, feeds: &BTreeSet<i64>) -> Result<(), Error> {
        let mut mark = db.prepare_cached("UPDATE feed SET dirty = 1 WHERE id = ?1 AND NOT dirty")?;
        for feed in feeds {
            mark.execute([feed])?;
        }
        Ok(())
    }

    /// Puts a vacancy into exactly these feeds. Feeds that it enters, leaves or moves in become
    /// dirty; those that it stays in only where a reader sees a change.
    #[expect(clippy::too_many_arguments, reason = "the one place that writes a membership")]
    pub(super) fn set_members(
        &self,
        db: &Connection,
        vacancy: VacancyId,
        posted: i64,
        paths: &[String],
        known: bool,
        changed: bool,
        dirty: &mut BTreeSet<i64>,
    ) -> Result<(), Error> {
        let mut wanted = BTreeSet::new();
        for path in paths {
            wanted.insert((self.feed_id(db, path)?, posted));
        }
        let mut have = BTreeSet::new();
        if known {
            let mut rows = db.prepare_cached("SELECT feed, posted FROM member WHERE vacancy = ?1")?;
            for row in
                rows.query_map([vacancy.0], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?
            {
                have.insert(row?);
            }
        }
        for gone in have.difference(&wanted) {
            db.prepare_cached("DELETE FROM member WHERE feed = ?1 AND posted = ?2 AND vacancy = ?3")?
                .execute(params![gone.0, gone.1, vacancy.0])?;
            dirty.insert(gone.0);
        }
        for new in wanted.difference(&have) {
            db.prepare_cached("INSERT INTO member VALUES (?1, ?2, ?3)")?
                .execute(params![new.0, new.1, vacancy.0])?;
            dirty.insert(new.0);
        }
        if changed {
            dirty.extend(wanted.iter().map(|(feed, _)| *feed));
        }
        Ok(())
    }

    fn feed_id(&self, db: &Connection, path: &str) -> Result<i64, Error> {
        if let Some(id) = self.feed_ids.borrow().get(path) {
            return Ok(*id);
        }
        let id = db
            .prepare_cached("INSERT INTO feed (path, dirty) VALUES (?1, 1) ON CONFLICT DO UPDATE SET path = ?1 RETURNING id")?
            .query_row([path], |row| row.get(0))?;
        self.feed_ids.borrow_mut().insert(path.to_owned(), id);
        Ok(id)
    }
}
