//! What is remembered between passes: a pass's changes in, the state of the last one out.
//!
//! One SQLite file in WAL mode, reached through this interface alone. What one source brought is
//! one transaction: killed at any moment, the file reopens with each source's last pass whole or
//! not at all. Candidates for duplicates and the contents of feeds are looked up by index, so that
//! cost grows with the change, not with the archive.

mod decide;
mod feeds;
mod followed;
mod known;
mod life;
mod links;
mod lock;
mod outbox;
mod postings;
mod removed;
mod shelve;
mod sources;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use crate::gather::{Decisions, VacancyId};

use feeds::Placement;
pub use followed::{Detail, Followed};
pub use life::Turnover;
pub use links::{Judged, Possible};
pub use lock::{Lock, LockError};
pub use outbox::{Leaving, News, Untold};
pub use postings::Applied;
pub use removed::Removed;
pub use shelve::Shelving;
pub use sources::{Listing, Outcome, SourceState, SourceUpdate};

/// The steps from an empty file to today's tables; `PRAGMA user_version` counts those done.
const MIGRATIONS: [&str; 6] = [
    include_str!("store/migrations/1.sql"),
    include_str!("store/migrations/2.sql"),
    include_str!("store/migrations/3.sql"),
    include_str!("store/migrations/4.sql"),
    include_str!("store/migrations/5.sql"),
    include_str!("store/migrations/6.sql"),
];

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the store: {0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("{} cannot be opened as the store: {error}", .path.display())]
    Open { path: PathBuf, error: rusqlite::Error },
    #[error("the store holds a posting that cannot be read: {0}")]
    Record(#[from] serde_json::Error),
    #[error(
        "the store was written by a newer version of Shelfwire (its tables are at step {found}, this program knows {known})"
    )]
    Newer { found: usize, known: usize },
    #[error("the folder of the store cannot be made: {0}")]
    Folder(#[from] std::io::Error),
}

impl Error {
    fn open(path: &Path, error: Error) -> Self {
        match error {
            Error::Sqlite(error) => Error::Open { path: path.to_owned(), error },
            other => other,
        }
    }
}

/// The file, open.
pub struct Store {
    db: Connection,
    /// Feeds' paths and their row numbers; asked for with every membership.
    feed_ids: RefCell<HashMap<String, i64>>,
    /// Where vacancies that changed belong, until [`Store::settle`] writes it.
    placed: RefCell<BTreeMap<VacancyId, Placement>>,
    /// Sources' names by their row numbers; asked for with every candidate.
    source_names: RefCell<HashMap<i64, Arc<str>>>,
    /// What an operator decided, as far as it was carried out.
    decisions: Decisions,
    /// What closed and opened since that was last asked.
    turnover: RefCell<Turnover>,
}

impl Store {
    /// Opens the file for writing, and makes it or brings its tables up to date if need be.
    ///
    /// # Errors
    /// If the file cannot be made or read, is no database, or is from a newer program.
    pub fn open(path: &Path) -> Result<Self, Error> {
        if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)?;
        }
        let opened = Connection::open(path).map_err(Error::Sqlite).and_then(Store::ready);
        opened.map_err(|error| Error::open(path, error))
    }

    /// A file opened for writing, its tables brought up to date.
    fn ready(mut db: Connection) -> Result<Self, Error> {
        prepare(&db, WRITING_CACHE)?;
        // A process that is killed loses nothing in WAL mode at NORMAL; a power cut may lose the
        // last transactions, never the file, and the next pass reads those sources again. Postings
        // are longer than a page of SQLite's usual 4 kB: in larger ones they are whole, and written at
        // once. A page size is taken up only by a file that is new.
        db.execute_batch(
            "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
             PRAGMA wal_autocheckpoint = 4000;",
        )?;
        migrate(&mut db)?;
        known::refresh(&mut db)?;
        Store::new(db)
    }

    /// Opens the file for reading alone, beside a writer.
    ///
    /// # Errors
    /// If there is no such file, or it is no database.
    pub fn open_to_read(path: &Path) -> Result<Self, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = Connection::open_with_flags(path, flags).map_err(Error::Sqlite).and_then(|db| {
            prepare(&db, READING_CACHE)?;
            known_version(&db)?;
            Store::new(db)
        });
        opened.map_err(|error| Error::open(path, error))
    }

    fn new(db: Connection) -> Result<Self, Error> {
        let (feed_ids, placed, source_names, turnover) = Default::default();
        let mut store =
            Store { db, feed_ids, placed, source_names, decisions: Decisions::default(), turnover };
        store.decisions = decide::kept(&store.db)?;
        Ok(store)
    }

    /// A remembered setting of the program's own.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn setting(&self, name: &str) -> Result<Option<String>, Error> {
        let mut found = self.db.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
        Ok(found.query_row([name], |row| row.get(0)).optional()?)
    }

    /// # Errors
    /// If the file cannot be written.
    pub fn set_setting(&self, name: &str, value: &str) -> Result<(), Error> {
        self.db
            .prepare_cached("INSERT INTO setting VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2")?
            .execute(params![name, value])?;
        Ok(())
    }

    /// Runs `work` as one transaction: all of it is kept, or nothing.
    fn transaction<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        let transaction = self.db.unchecked_transaction()?;
        let done = work(&transaction);
        match done {
            Ok(value) => {
                transaction.commit()?;
                Ok(value)
            }
            Err(error) => {
                self.feed_ids.borrow_mut().clear();
                self.source_names.borrow_mut().clear();
                Err(error)
            }
        }
    }
}

/// Memory for pages of the file, in KiB: a writer comes back to the same indexes, a reader to few pages.
const WRITING_CACHE: u32 = 16_000;
const READING_CACHE: u32 = 4_000;

fn prepare(db: &Connection, cache: u32) -> Result<(), Error> {
    db.busy_timeout(Duration::from_secs(30))?;
    db.set_prepared_statement_cache_capacity(64);
    // A plan does not depend on what is bound to it; otherwise statements are compiled anew for
    // other values.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.execute_batch(&format!("PRAGMA cache_size = -{cache}; PRAGMA temp_store = MEMORY;"))?;
    Ok(())
}

fn known_version(db: &Connection) -> Result<usize, Error> {
    let found = db.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))?;
    let found = usize::try_from(found).unwrap_or(usize::MAX);
    if found > MIGRATIONS.len() { Err(Error::Newer { found, known: MIGRATIONS.len() }) } else { Ok(found) }
}

fn migrate(db: &mut Connection) -> Result<(), Error> {
    let done = known_version(db)?;
    for (step, migration) in MIGRATIONS.iter().enumerate().skip(done) {
        let transaction = db.transaction()?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", step as i64 + 1)?;
        transaction.commit()?;
    }
    Ok(())
}
