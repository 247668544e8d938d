//! A source in, a document out; the only place that reads the network.

mod file;
mod http;

use std::path::Path;

use bytes::Bytes;
pub use http::Client;

use crate::config::Source;

/// What came from a source: one document, or the files of a folder.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where it came from, after redirects; relative links are resolved against it. For a file,
    /// its path.
    pub location: String,
    /// The file's name without folders, for a file; the key of a file that is one posting.
    pub file_name: Option<String>,
    /// HTTP `Content-Type`, as given.
    pub content_type: Option<String>,
    pub body: Bytes,
}

/// What a server gave to ask again with (RFC 9110 section 8.8), verbatim, and the hash of the
/// bytes for servers that give nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    pub body: Option<u64>,
}

/// What a source answered.
#[derive(Debug)]
pub enum Fetched {
    /// Nothing new since the validators were given.
    NotModified(Validators),
    /// One document, or the files of a folder in the order of their names.
    Documents(Vec<Document>, Validators),
}

/// Why there is no document. Each fits after "failed to fetch: ".
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the server answered {status}{}", phrase(*.status))]
    Status { status: u16 },
    #[error("no answer within {seconds} seconds")]
    Timeout { seconds: u64 },
    #[error("no connection: {0}")]
    Connect(String),
    #[error("the answer broke off in the middle: {0}")]
    Broken(String),
    #[error("the document is larger than {limit} bytes")]
    TooLarge { limit: u64 },
    #[error("too many redirects, or one to an address that is not http or https")]
    Redirect,
    #[error("{0}")]
    Http(String),
    #[error("{path}: {error}")]
    File { path: String, error: std::io::Error },
    #[error("the source has neither `url` nor `path`")]
    Nowhere,
}

/// Says in words what an operator may have to do about a status (RFC 9110 section 15).
fn phrase(status: u16) -> &'static str {
    match status {
        401 | 403 => " (not allowed)",
        404 => " (not found: has the feed moved?)",
        410 => " (gone for good: remove the source)",
        429 => " (asked too often)",
        500..=599 => " (trouble at the server)",
        _ => "",
    }
}

/// Reads one source. `folder` is what paths in the settings are relative to; `since` is what the
/// source was last read with, if it should be asked only for what is new.
///
/// # Errors
/// If no whole document came.
pub async fn fetch(
    client: &Client,
    source: &Source,
    folder: &Path,
    since: &Validators,
) -> Result<Fetched, Error> {
    match (&source.url, &source.path) {
        (Some(url), _) => http::fetch(client, url, since).await,
        (None, Some(path)) => {
            let (path, limit, since) = (folder.join(path), client.max_bytes(), since.body);
            tokio::task::spawn_blocking(move || file::fetch(&path, limit, since))
                .await
                .unwrap_or_else(|stopped| Err(Error::Http(stopped.to_string())))
        }
        (None, None) => Err(Error::Nowhere),
    }
}
