//! A source in, a document out; the only place that reads the network.
//!
//! Either the whole document comes or an error says why not: one that broke off, or that is too
//! large, is never handed on as a short one, since the postings that it lacks would seem gone.

mod cookies;
mod file;
mod guard;
mod head;
mod http;
pub mod robots;
mod secret;

use std::path::Path;

use bytes::Bytes;

use crate::config::Source;
pub use cookies::keeping;
pub use guard::{NotPublic, is_public};
pub use head::Head;
pub use http::Client;

/// What came from a source: one document, or the files of a folder.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where it came from, after redirects, without a user name, password and secrets of the
    /// environment; relative links are resolved against it. For a file, its path.
    pub location: String,
    /// The file's name without folders, for a file; the key of a file that is one posting.
    pub file_name: Option<String>,
    /// HTTP `Content-Type`, as given.
    pub content_type: Option<String>,
    pub body: Bytes,
}

/// What a server gave to ask again with (RFC 9110 section 8.8), verbatim, and a hash of the
/// document for servers that give nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    pub body: Option<u64>,
}

/// What a source answered.
#[derive(Debug)]
pub enum Fetched {
    /// Nothing new since the validators were given; these are the ones to ask with next time.
    NotModified(Validators),
    /// One document, or the files of a folder in the order of their names.
    Documents(Vec<Document>, Validators),
}

/// Why there is no document. Each fits after "fetch: ".
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the server answered {status}{}", phrase(*.status))]
    Status { status: u16 },
    #[error("the document did not come whole within {seconds} seconds")]
    Timeout { seconds: u64 },
    #[error("the server sent nothing for {seconds} seconds")]
    Stalled { seconds: u64 },
    #[error("no connection: {0}")]
    Connect(String),
    #[error("no answer: {0}")]
    NoAnswer(String),
    #[error("the document broke off or came damaged: {0}")]
    Broken(String),
    #[error("the document is compressed as {0:?}, which nobody asked for")]
    Encoding(String),
    #[error("the document is larger than {limit} bytes")]
    TooLarge { limit: u64 },
    #[error("a redirect is not followed: {0}")]
    Redirect(String),
    #[error("the address cannot be asked: {0}")]
    Address(String),
    #[error(transparent)]
    NotPublic(#[from] NotPublic),
    #[error("{0}")]
    Secret(String),
    #[error("the header {0:?} cannot be sent")]
    Header(String),
    #[error("the HTTP client cannot be made: {0}")]
    Client(String),
    #[error("{path}: {error}")]
    File { path: String, error: std::io::Error },
    #[error("reading stopped: {0}")]
    Stopped(#[from] tokio::task::JoinError),
    #[error("the source has neither `url` nor `path`")]
    Nowhere,
}

/// Says in words what a status means to an operator (RFC 9110 section 15, RFC 6585).
fn phrase(status: u16) -> &'static str {
    match status {
        204..=206 => " (no whole document)",
        300..=303 | 305..=399 => " (a redirect that leads nowhere)",
        304 => " (not modified, but nobody had asked whether)",
        401 | 403 => " (not allowed)",
        404 => " (not found: has the feed moved?)",
        406 => " (it has no feed in a form that is read here)",
        410 => " (gone for good: the source can be removed)",
        429 => " (asked too often)",
        503 => " (overloaded or under repair)",
        500..=599 => " (trouble at the server)",
        _ => "",
    }
}

/// A question to a source's server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    pub url: String,
    /// JSON to ask with by POST.
    pub post: Option<String>,
    /// Whether a document led here rather than the settings: then nobody but the host of the address may
    /// be asked, also by redirects.
    pub led: bool,
}

/// Reads one source. `folder` is what paths in the settings are relative to; `since` is what the
/// source was last read with, or empty if it should be read whatever it says.
///
/// # Errors
/// If no whole document came.
pub async fn fetch(
    client: &Client,
    source: &Source,
    folder: &Path,
    since: &Validators,
) -> Result<Fetched, Error> {
    ask(client, source, folder, since, None).await.0
}

/// As [`fetch`]; what a server says beside its document, or instead of it, comes too. `instead` is
/// where the source has moved to; a source with secrets is asked at its own address alone.
pub async fn ask(
    client: &Client,
    source: &Source,
    folder: &Path,
    since: &Validators,
    instead: Option<&str>,
) -> (Result<Fetched, Error>, Head) {
    let fetched = match (&source.url, &source.path) {
        (Some(url), _) => {
            let url = instead.filter(|_| !source.has_secrets()).unwrap_or(url);
            let request = Request { url: url.to_owned(), ..Request::default() };
            return first(client, source, &request, since).await;
        }
        (None, Some(path)) => {
            let (path, limit, since) = (folder.join(path), client.max_bytes(), since.body);
            let read = tokio::task::spawn_blocking(move || file::fetch(&path, limit, since)).await;
            read.unwrap_or_else(|stopped| Err(stopped.into()))
        }
        (None, None) => Err(Error::Nowhere),
    };
    (fetched, Head::default())
}

/// Asks for the first document of a source in a way of its own.
pub async fn first(
    client: &Client,
    source: &Source,
    request: &Request,
    since: &Validators,
) -> (Result<Fetched, Error>, Head) {
    http::fetch(client, source, request, since).await
}

/// Asks for a host's robots.txt: empty if there is none, which the host says by any 4xx (RFC 9309
/// section 2.3.1.3) but for one that asks for rest.
///
/// # Errors
/// If it cannot be known what it says.
pub async fn robots_txt(client: &Client, url: &str) -> Result<Bytes, Error> {
    let request = Request { url: url.to_owned(), ..Request::default() };
    match more(client, &Source::default(), &request).await.0 {
        Ok(document) => Ok(document.body),
        Err(Error::Status { status: 400..=428 | 430..=499 }) => Ok(Bytes::new()),
        Err(error) => Err(error),
    }
}

/// Asks for one document more of a source, and for what its server says beside it.
///
/// # Errors
/// If no whole document came.
pub async fn more(client: &Client, source: &Source, request: &Request) -> (Result<Document, Error>, Head) {
    let (fetched, head) = http::fetch(client, source, request, &Validators::default()).await;
    let document = fetched.and_then(|fetched| match fetched {
        Fetched::Documents(mut documents, _) => documents.pop().ok_or(Error::Status { status: 304 }),
        Fetched::NotModified(_) => Err(Error::Status { status: 304 }),
    });
    (document, head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_that_ask_for_different_remedies_read_differently() {
        let words = |status| Error::Status { status }.to_string();
        assert_eq!(words(404), "the server answered 404 (not found: has the feed moved?)");
        assert_eq!(words(410), "the server answered 410 (gone for good: the source can be removed)");
        assert_eq!(words(429), "the server answered 429 (asked too often)");
        assert_eq!(words(500), "the server answered 500 (trouble at the server)");
        assert_eq!(words(418), "the server answered 418");
    }
}
