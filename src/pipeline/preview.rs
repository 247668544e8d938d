//! A source's name, a file or an address in, what each entry would become out; nothing is kept.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::follow::{self, Follower, Piece};
use super::turns::position;
use crate::config::check::Loaded;
use crate::config::{Config, Source};
use crate::fetch::{self, Client, Document, Fetched, Validators};
use crate::normalize::{TagReasons, Vocabulary, normalize, why_not_relevant};
use crate::parse::{Entry, SkipReason, Skipped};
use crate::posting::Posting;

/// What a source would give.
#[derive(Debug, Serialize)]
pub struct Preview {
    pub source: String,
    pub entries: Vec<Previewed>,
    pub skipped: Vec<Skipped>,
    /// What the source's settings leave out.
    pub not_library_work: Vec<LeftOut>,
    pub repairs: Vec<String>,
    pub complete: bool,
    /// What was led to and did not come.
    pub missed: Vec<String>,
}

/// An entry in the source's words, and the posting that it becomes.
#[derive(Debug, Serialize)]
pub struct Previewed {
    pub entry: Entry,
    pub posting: Posting,
    /// Why it has its tags.
    pub tags: Vec<TagReasons>,
}

/// An entry that the source's settings leave out.
#[derive(Debug, Serialize)]
pub struct LeftOut {
    /// Its title.
    pub entry: String,
    /// Which words are there or missing.
    pub because: String,
}

/// Why there is nothing to show.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{target:?} is no source in feeds.toml{hint}, no file and no address")]
    Unknown { target: String, hint: String },
    #[error("failed to fetch: {0}")]
    Fetch(#[from] fetch::Error),
    #[error("failed to parse: {0}")]
    Parse(#[from] crate::parse::Error),
}

/// Reads a source, a file, a folder or an address, and shows what would become of it.
///
/// `loaded` gives names and vocabulary; without it only files and addresses can be shown.
///
/// # Errors
/// If `target` is nothing that can be read, or what came is no document.
pub async fn preview(loaded: Option<&Loaded>, target: &str, now: DateTime<Utc>) -> Result<Preview, Error> {
    let empty = Config::default();
    let config = loaded.map_or(&empty, |loaded| &loaded.config);
    let (source, folder) = find(loaded, target)?;
    let client = Client::new(&config.site, &config.fetch)?;
    let vocabulary = Vocabulary::new(config);
    if source.follow.is_none() {
        let documents = documents(&client, &source, &folder).await?;
        return show(&vocabulary, &source, &documents, now);
    }
    let (fetched, head) = fetch::ask(&client, &source, &folder, &Validators::default(), None).await;
    let Fetched::Documents(documents, _) = fetched? else { return show(&vocabulary, &source, &[], now) };
    let first = documents.into_iter().next().ok_or(crate::parse::Error::Empty)?;
    let trail = Follower::new(&client, &source, &|_| false).follow(first, &head).await;
    let shown = show_pieces(&vocabulary, &source, trail.pieces, now)?;
    Ok(Preview { missed: trail.missed, ..shown })
}

/// Everything that a source gives, whether it is new or not.
pub(super) async fn documents(
    client: &Client,
    source: &Source,
    folder: &Path,
) -> Result<Vec<Document>, Error> {
    Ok(match fetch::fetch(client, source, folder, &Validators::default()).await? {
        Fetched::Documents(documents, _) => documents,
        Fetched::NotModified(_) => Vec::new(),
    })
}

/// What becomes of a source's documents.
pub(super) fn show(
    vocabulary: &Vocabulary,
    source: &Source,
    documents: &[Document],
    now: DateTime<Utc>,
) -> Result<Preview, Error> {
    let pieces = documents.iter().map(|document| follow::piece(source, document)).collect();
    show_pieces(vocabulary, source, pieces, now)
}

fn show_pieces(
    vocabulary: &Vocabulary,
    source: &Source,
    pieces: Vec<Piece>,
    now: DateTime<Utc>,
) -> Result<Preview, Error> {
    let mut preview = Preview {
        source: source.name.clone(),
        entries: Vec::new(),
        skipped: Vec::new(),
        not_library_work: Vec::new(),
        repairs: Vec::new(),
        complete: true,
        missed: Vec::new(),
    };
    let single = pieces.len() == 1;
    for Piece { location, parsed, .. } in pieces {
        let parsed = match parsed {
            Ok(parsed) => parsed,
            Err(error) if single => return Err(error.into()),
            Err(error) => {
                let entry = format!("{location}: {error}");
                preview.skipped.push(Skipped { entry, reason: SkipReason::BadFile });
                continue;
            }
        };
        preview.skipped.extend(parsed.skipped);
        preview.repairs.extend(parsed.repairs);
        preview.complete &= parsed.complete;
        for (number, entry) in parsed.entries.into_iter().enumerate() {
            match normalize(vocabulary, source, &location, entry.clone(), now) {
                Ok(posting) => {
                    let tags = vocabulary.explain(source, &posting);
                    preview.entries.push(Previewed { entry, posting, tags });
                }
                Err(SkipReason::NotLibraryWork) => {
                    let name = entry.title.clone();
                    let because = why_not_relevant(source, &location, entry);
                    let because = because.unwrap_or_default();
                    preview.not_library_work.push(LeftOut { entry: name, because });
                }
                Err(reason) => preview.skipped.push(Skipped { entry: entry.label(number + 1), reason }),
            }
        }
    }
    Ok(preview)
}

/// The source that `target` names, and the folder that its path is relative to.
fn find(loaded: Option<&Loaded>, target: &str) -> Result<(Source, PathBuf), Error> {
    let mut hint = String::new();
    if let Some(loaded) = loaded {
        match position(&loaded.config, target) {
            Ok(number) => return Ok((loaded.config.sources[number].clone(), loaded.folder.clone())),
            Err(super::Error::NoSource { hint: meant, .. }) => hint = meant,
            Err(_) => {}
        }
    }
    let source = Source { name: "preview".into(), ..Source::default() };
    if target.starts_with("http://") || target.starts_with("https://") {
        return Ok((Source { url: Some(target.into()), ..source }, PathBuf::new()));
    }
    if Path::new(target).exists() {
        return Ok((Source { path: Some(target.into()), ..source }, PathBuf::new()));
    }
    Err(Error::Unknown { target: target.into(), hint })
}
