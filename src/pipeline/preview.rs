//! A source's name, a file or an address in, what each entry would become out; nothing is kept.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Serialize;
use url::Url;

use super::follow::{self, Follower, Ground, Piece, Trail};
use super::permits::Permits;
use super::turns::position;
use crate::config::check::Loaded;
use crate::config::{Config, Follow, Source};
use crate::fetch::{self, Client, Document, Fetched, Validators, keeping};
use crate::normalize::{TagReasons, Vocabulary, normalize, why_not_relevant};
use crate::parse::{Entry, SkipReason, Skipped};
use crate::posting::Posting;

/// Documents of single postings that are asked for to show them, at most.
const MOST: u32 = 10;

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
    #[error("not fetched: {0}")]
    NotAllowed(String),
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
    let trail = keeping(source.cookies, visit(&client, &source, &folder, now)).await?;
    let shown = show_pieces(&Vocabulary::new(config), &source, trail.pieces, now)?;
    Ok(Preview { missed: trail.missed, ..shown })
}

/// Everything that a source gives and leads to, of single postings the first few.
async fn visit(client: &Client, source: &Source, folder: &Path, now: DateTime<Utc>) -> Result<Trail, Error> {
    let permits = Permits::default();
    let crawled = source.url.as_deref().filter(|_| source.is_crawled());
    if let Some(url) = crawled.and_then(|url| Url::parse(url).ok()) {
        permits.ask(client, &url, &|_| None).await.0.map_err(Error::NotAllowed)?;
    }
    let since = Validators::default();
    let (fetched, head) = match follow::first(source) {
        Some(request) => fetch::first(client, source, &request, &since).await,
        None => fetch::ask(client, source, folder, &since, None).await,
    };
    let Fetched::Documents(mut documents, _) = fetched? else { return Ok(Trail::default()) };
    let few = source.follow.clone().map(|rules| Follow { max_details: rules.max_details.min(MOST), ..rules });
    let Some((few, first)) = few.and_then(|few| Some((few, documents.pop()?))) else {
        let pieces = documents.iter().map(|document| follow::piece(source, document)).collect();
        return Ok(Trail { pieces, ..Trail::default() });
    };
    let ground = Ground {
        client,
        permits: &permits,
        stored: &|_| None,
        is_known: &|_| false,
        details: HashMap::new(),
        settings: 0,
        now,
    };
    let source = Source { follow: Some(few), ..source.clone() };
    Ok(Follower::new(ground, &source).follow(first, &head).await)
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
