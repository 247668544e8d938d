//! A path in, the file or the files of the folder out.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::{Document, Error, Fetched, Validators};

/// Endings of the files that are read from a folder; what else lies there (pictures, a licence,
/// an editor's copies) is nobody's posting.
const ENDINGS: [&str; 16] = [
    "md", "markdown", "mkd", "rss", "atom", "rdf", "xml", "json", "csv", "tsv", "txt", "html", "htm", "feed",
    "eml", "mbox",
];

/// Reads the file at `path`, or the files right in the folder there (not in folders of it), each
/// of `limit` bytes at most. `since` is the hash of what was read last.
pub(super) fn fetch(path: &Path, limit: u64, since: Option<u64>) -> Result<Fetched, Error> {
    let error = |error| Error::File { path: path.display().to_string(), error };
    let documents = if std::fs::metadata(path).map_err(error)?.is_dir() {
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(path).map_err(error)? {
            paths.push(entry.map_err(error)?.path());
        }
        paths.retain(|path| is_wanted(path));
        paths.sort();
        paths.iter().map(|path| read(path, limit)).collect::<Result<Vec<_>, _>>()?
    } else {
        vec![read(path, limit)?]
    };
    let validators = Validators { body: Some(hash(&documents)), ..Validators::default() };
    if since == validators.body {
        return Ok(Fetched::NotModified(validators));
    }
    Ok(Fetched::Documents(documents, validators))
}

/// A file that is new, gone, renamed or changed changes the hash.
fn hash(documents: &[Document]) -> u64 {
    let mut hash = Xxh3::new();
    for document in documents {
        for part in [document.location.as_bytes(), &document.body] {
            hash.update(&(part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    hash.digest()
}

fn is_wanted(path: &Path) -> bool {
    let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    !hidden && path.is_file() && ENDINGS.contains(&ending.as_str())
}

fn read(path: &Path, limit: u64) -> Result<Document, Error> {
    let location = path.display().to_string();
    let error = |error| Error::File { path: location.clone(), error };
    // A pipe or a device may never end.
    if !path.is_file() {
        return Err(error(io::Error::other("neither a file nor a folder")));
    }
    let mut body = Vec::new();
    File::open(path)
        .and_then(|file| file.take(limit.saturating_add(1)).read_to_end(&mut body))
        .map_err(error)?;
    if body.len() as u64 > limit {
        return Err(Error::TooLarge { limit });
    }
    let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(Document { location, file_name, content_type: None, body: body.into() })
}
