//! A path in, the file or the files of the folder out.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::{Document, Error, Fetched, Validators};

/// Endings of the files that are read from a folder; what else lies there (pictures, a README
/// without an ending) is nobody's posting.
const ENDINGS: [&str; 14] = [
    "md", "markdown", "mkd", "rss", "atom", "rdf", "xml", "json", "csv", "tsv", "txt", "html", "htm", "feed",
];

pub fn fetch(path: &Path, limit: u64, since: Option<u64>) -> Result<Fetched, Error> {
    let error = |error| Error::File { path: path.display().to_string(), error };
    let documents = if std::fs::metadata(path).map_err(error)?.is_dir() {
        let mut names: Vec<_> = std::fs::read_dir(path)
            .map_err(error)?
            .map(|entry| entry.map(|e| e.path()))
            .collect::<Result<_, _>>()
            .map_err(error)?;
        names.retain(|name| is_wanted(name));
        names.sort();
        names.iter().map(|name| read(name, limit)).collect::<Result<Vec<_>, _>>()?
    } else {
        vec![read(path, limit)?]
    };
    let mut hash = Xxh3::new();
    for document in &documents {
        hash.update(document.location.as_bytes());
        hash.update(&(document.body.len() as u64).to_le_bytes());
        hash.update(&document.body);
    }
    let validators = Validators { body: Some(hash.digest()), ..Validators::default() };
    if since == validators.body {
        return Ok(Fetched::NotModified(validators));
    }
    Ok(Fetched::Documents(documents, validators))
}

fn is_wanted(path: &Path) -> bool {
    let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    !hidden && path.is_file() && ENDINGS.contains(&ending.as_str())
}

fn read(path: &Path, limit: u64) -> Result<Document, Error> {
    let location = path.display().to_string();
    let error = |error| Error::File { path: location.clone(), error };
    let mut body = Vec::new();
    File::open(path).map_err(error)?.take(limit + 1).read_to_end(&mut body).map_err(error)?;
    if body.len() as u64 > limit {
        return Err(Error::TooLarge { limit });
    }
    let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(Document { location, file_name, content_type: None, body: body.into() })
}
