//! A source in, a document out; the only place that reads the network.

use bytes::Bytes;

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
