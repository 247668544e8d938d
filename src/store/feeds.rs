//! Which vacancies are in which feed, and which feeds' pages are older than what they hold.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::{Error, Shelving, Store, removed};
use crate::gather::VacancyId;

/// Where a vacancy belongs.
#[derive(Debug, Default)]
pub(super) struct Placement {
    /// Row numbers; none if it is not open.
    pub feeds: Vec<i64>,
    /// Seconds since 1970, by which feeds are sorted.
    pub posted: i64,
    /// Whether it may be in feeds already.
    pub known: bool,
    /// Whether a reader sees a change.
    pub changed: bool,
}

/// Rows of `member` to delete and to insert, and the feeds that become dirty by it.
#[derive(Default)]
struct Moves {
    gone: Vec<(i64, i64, VacancyId)>,
    new: Vec<(i64, i64, VacancyId)>,
    /// Vacancies that are in no feed any more, and those that are in some.
    closed: BTreeSet<VacancyId>,
    open: Vec<VacancyId>,
    dirty: BTreeSet<i64>,
}

impl Moves {
    fn add(&mut self, db: &Connection, id: VacancyId, placement: &Placement) -> Result<(), Error> {
        let wanted: BTreeSet<_> = placement.feeds.iter().map(|feed| (*feed, placement.posted)).collect();
        let mut have = BTreeSet::new();
        if placement.known {
            let mut rows = db.prepare_cached("SELECT feed, posted FROM member WHERE vacancy = ?1")?;
            for row in rows.query_map([id.0], |row| Ok((row.get(0)?, row.get(1)?)))? {
                have.insert(row?);
            }
        }
        self.gone.extend(have.difference(&wanted).map(|(feed, posted)| (*feed, *posted, id)));
        self.new.extend(wanted.difference(&have).map(|(feed, posted)| (*feed, *posted, id)));
        if placement.changed {
            self.dirty.extend(&placement.feeds);
        }
        if placement.feeds.is_empty() {
            self.closed.insert(id);
        } else if placement.known {
            self.open.push(id);
        }
        Ok(())
    }

    fn write(mut self, db: &Connection, now: DateTime<Utc>) -> Result<(), Error> {
        removed::forget(db, &self.open, now)?;
        let mut delete =
            db.prepare_cached("DELETE FROM member WHERE feed = ?1 AND posted = ?2 AND vacancy = ?3")?;
        let mut left = BTreeSet::new();
        for (feed, posted, id) in self.gone {
            delete.execute(params![feed, posted, id.0])?;
            if self.closed.contains(&id) {
                removed::note(db, feed, id, now)?;
            }
            left.insert(feed);
        }
        removed::move_on(db, &left, now)?;
        self.dirty.append(&mut left);
        // In the order of the table.
        self.new.sort_unstable_by_key(|(feed, posted, id)| (*feed, -posted, *id));
        let mut insert = db.prepare_cached("INSERT INTO member VALUES (?1, ?2, ?3)")?;
        for (feed, posted, id) in self.new {
            insert.execute(params![feed, posted, id.0])?;
            self.dirty.insert(feed);
        }
        let mut mark = db.prepare_cached("UPDATE feed SET dirty = 1 WHERE id = ?1 AND NOT dirty")?;
        for feed in self.dirty {
            mark.execute([feed])?;
        }
        Ok(())
    }
}

impl Store {
    /// Paths of the feeds whose pages are older than what they hold.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn dirty_feeds(&self) -> Result<Vec<String>, Error> {
        let mut all = self.db.prepare_cached("SELECT path FROM feed WHERE dirty ORDER BY path")?;
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

    /// Notes where a vacancy belongs, to be written by [`Store::settle`].
    pub(super) fn place(&self, db: &Connection, vacancy: VacancyId, new: Placement) -> Result<(), Error> {
        db.prepare_cached("INSERT INTO unsettled VALUES (?1) ON CONFLICT DO NOTHING")?
            .execute([vacancy.0])?;
        let mut placed = self.placed.borrow_mut();
        match placed.entry(vacancy) {
            Entry::Vacant(entry) => drop(entry.insert(new)),
            Entry::Occupied(mut entry) => {
                let before = entry.get_mut();
                let (known, changed) = (before.known, before.changed || new.changed);
                *before = Placement { known, changed, ..new };
            }
        }
        Ok(())
    }

    /// Puts every vacancy that changed into exactly the feeds that it belongs in. Feeds that it
    /// enters, leaves or moves in become dirty; those that it stays in only where a reader sees a
    /// change.
    ///
    /// It is done once a pass and in the order of the feeds: a thousand sources that each put a
    /// handful of vacancies into the same feeds would rewrite the same pages of the file a
    /// thousand times. What a pass that was killed left is worked out anew from its postings.
    ///
    /// # Errors
    /// If the file cannot be read or written; then nothing is changed.
    pub fn settle(&self, shelving: &dyn Shelving, now: DateTime<Utc>) -> Result<(), Error> {
        self.transaction(|db| {
            let mut all = db.prepare_cached("SELECT vacancy FROM unsettled ORDER BY vacancy")?;
            let ids: Vec<_> =
                all.query_map([], |row| row.get(0).map(VacancyId))?.collect::<Result<_, _>>()?;
            if ids.is_empty() {
                return Ok(());
            }
            let mut placed = std::mem::take(&mut *self.placed.borrow_mut());
            let mut moves = Moves::default();
            for id in ids {
                let placement = match placed.remove(&id) {
                    Some(placement) => placement,
                    None => self.placement(db, shelving, id)?,
                };
                moves.add(db, id, &placement)?;
            }
            moves.write(db, now)?;
            db.execute("DELETE FROM unsettled", [])?;
            Ok(())
        })
    }

    /// Where a vacancy belongs, from its postings; as if it had changed.
    fn placement(&self, db: &Connection, shelving: &dyn Shelving, id: VacancyId) -> Result<Placement, Error> {
        let mut placement = Placement { known: true, changed: true, ..Placement::default() };
        if let Some(vacancy) = self.vacancy(shelving, id)?.filter(|vacancy| vacancy.closed.is_none()) {
            placement.posted = vacancy.posted.timestamp();
            placement.feeds = self.feed_ids(db, &shelving.feeds(&vacancy))?;
        }
        Ok(placement)
    }

    /// Row numbers of the feeds at these paths; feeds that are not there yet are made.
    pub(super) fn feed_ids(&self, db: &Connection, paths: &[String]) -> Result<Vec<i64>, Error> {
        paths.iter().map(|path| self.feed_id(db, path)).collect()
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
