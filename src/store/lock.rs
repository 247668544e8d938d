//! A store's path in, the right to run a pass on it out.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat, Utc};

/// The right to write a store, held until dropped.
///
/// It is a lock of the operating system's on a file beside the store, so that it ends with its
/// process however that ends; the file's text only says who holds it.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

#[derive(Debug, thiserror::Error)]
pub enum LockError {
    #[error("another run is at work: {holder} (lock file {})", .path.display())]
    Held { holder: String, path: PathBuf },
    #[error("the lock file {} cannot be used: {error}", .path.display())]
    Io { path: PathBuf, error: std::io::Error },
}

impl Lock {
    /// Takes the lock of the store at `store`, or says who holds it. Does not wait.
    ///
    /// # Errors
    /// If another process holds it, or its file cannot be written.
    pub fn take(store: &Path, command: &str, now: DateTime<Utc>) -> Result<Lock, LockError> {
        let mut name = store.file_name().unwrap_or_default().to_os_string();
        name.push(".lock");
        let path = store.with_file_name(name);
        let io = |error| LockError::Io { path: path.clone(), error };
        if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(io)?;
        }
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let known = file.read_to_string(&mut holder).is_ok() && !holder.trim().is_empty();
                let holder =
                    if known { holder.trim().into() } else { "a process that has just begun".into() };
                return Err(LockError::Held { holder, path });
            }
            Err(TryLockError::Error(error)) => return Err(io(error)),
        }
        let since = now.to_rfc3339_opts(SecondsFormat::Secs, true);
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| {
                writeln!(file, "process {}, `shelfwire {command}`, since {since}", std::process::id())
            })
            .map_err(io)?;
        Ok(Lock { _file: file })
    }
}
