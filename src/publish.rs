//! A feed and its vacancies in, pages out, written only if changed.
//!
//! Everything but [`write()`] is a plain function of its arguments: no clock, no network, no order
//! of a hash map. The same vacancies make the same bytes, so a page that did not change is not
//! touched, and its subscribers' conditional requests stay cheap.
//!
//! | module | what goes in, what comes out |
//! |---|---|
//! | `address` | the site's settings in, addresses and ids out |
//! | `info` | a feed's path in, its title, description and names out |
//! | `words` | values of the schema in, words for readers out |
//! | `item` | a vacancy in, what every format shows of it out |
//! | `extension` | a vacancy in, its facts as data out |
//! | `rss`, `atom`, `json_feed` | a feed in, a page out |
//! | `opml`, `index` | all feeds in, the lists of them out |
//! | `history` | what left a feed in, what its pages say of it out |
//! | `changes` | vacancies that opened, changed or closed in, the log of them out |

mod address;
mod atom;
mod changes;
mod extension;
mod history;
mod index;
mod info;
mod item;
mod json_feed;
mod opml;
mod rss;
mod words;

use std::path::{Component, Path, PathBuf};
use std::{fs, io};

use crate::config::Site;
use crate::vacancy::Vacancy;

pub use address::item_id;
pub use changes::{change, render_changes};
pub use extension::NAMESPACE;
pub use history::{Gone, History};
pub use info::{FeedInfo, Label, info};

/// Minutes for which a reader need not ask again (RSS 2.0 `ttl`).
const TTL_MINUTES: u32 = 60;

/// One file of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it goes, relative to the output folder, parted by `/`: `tag/music/us-ny.atom`.
    pub path: String,
    pub bytes: Vec<u8>,
}

/// What writing a page did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// There was no such file.
    New,
    Changed,
    /// The file had these bytes already; it was not touched.
    Unchanged,
}

/// Why a page could not be made or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot render {page}: {source}")]
    Render { page: String, source: Box<dyn std::error::Error + Send + Sync> },
    #[error("cannot write {}: {source}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("{0:?} is not the path of a page inside the output folder")]
    Outside(String),
}

/// The three pages of a feed: `<path>.rss`, `<path>.atom` and `<path>.json`, with the vacancies in
/// the order given.
///
/// # Errors
/// [`Error::Render`] if a writer fails; none is known to, whatever the text.
pub fn render(site: &Site, info: &FeedInfo, vacancies: &[&Vacancy]) -> Result<Vec<Page>, Error> {
    render_with(site, info, vacancies, &History::default())
}

/// The three pages of a feed, like [`render`], of which this is known beside what it holds.
///
/// # Errors
/// [`Error::Render`] if a writer fails; none is known to, whatever the text.
pub fn render_with(
    site: &Site,
    info: &FeedInfo,
    vacancies: &[&Vacancy],
    history: &History,
) -> Result<Vec<Page>, Error> {
    let items: Vec<_> = vacancies.iter().map(|vacancy| item::read(site, info, vacancy)).collect();
    let channel = Channel::new(site, info, &items, history);
    Ok(vec![
        page(&channel.path, "rss", rss::render(&channel, &items))?,
        page(&channel.path, "atom", atom::render(&channel, &items))?,
        page(&channel.path, "json", json_feed::render(&channel, &items))?,
    ])
}

/// The lists of all feeds, with the open vacancies that each holds: `index.html` and `feeds.opml`.
///
/// # Errors
/// [`Error::Render`] if a writer fails; none is known to, whatever the text.
pub fn render_index(site: &Site, feeds: &[(FeedInfo, usize)]) -> Result<Vec<Page>, Error> {
    let groups = index::Groups::new(feeds);
    Ok(vec![
        page("index", "html", index::render(site, &groups))?,
        page("feeds", "opml", opml::render(site, &groups))?,
    ])
}

/// Writes a page under `output` if its bytes differ from the file's. A reader sees the old file or
/// the new one, never a part: it is written beside its place and renamed. Folders are made.
///
/// # Errors
/// [`Error::Outside`] if the path leaves the folder, [`Error::Write`] if the file system refuses.
pub fn write(output: &Path, page: &Page) -> Result<Written, Error> {
    let relative = Path::new(&page.path);
    let inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
    let (true, Some(_)) = (inside, relative.file_name()) else {
        return Err(Error::Outside(page.path.clone()));
    };
    let path = output.join(relative);
    replace(&path, &page.bytes).map_err(|source| Error::Write { path, source })
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<Written> {
    let written = match fs::metadata(path) {
        Ok(file) if file.len() == bytes.len() as u64 && fs::read(path)? == bytes => {
            return Ok(Written::Unchanged);
        }
        Ok(_) => Written::Changed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Written::New,
        Err(error) => return Err(error),
    };
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".").suffix(".tmp");
    // A temporary file is its owner's alone; a page is for the web server to read.
    #[cfg(unix)]
    let public = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(public);
    let mut file = builder.tempfile_in(folder)?;
    io::Write::write_all(&mut file, bytes)?;
    // No fsync: after a power cut the next pass finds other bytes and writes them again.
    file.persist(path).map_err(|error| error.error)?;
    Ok(written)
}

/// What the three formats say of the feed itself, clean.
struct Channel<'a> {
    /// The feed's path without extension.
    path: String,
    title: String,
    description: String,
    language: String,
    licence: Option<String>,
    /// The site's name and address.
    owner: String,
    home: String,
    id: String,
    updated: chrono::DateTime<chrono::Utc>,
    info: &'a FeedInfo,
    /// What closed and left it: the item's id, when, and why.
    removed: Vec<(String, chrono::DateTime<chrono::Utc>, Option<String>)>,
}

impl<'a> Channel<'a> {
    fn new(site: &Site, info: &'a FeedInfo, items: &[item::Item], history: &History) -> Self {
        let line = |text: &str| crate::text::squash(text);
        Channel {
            path: info.path.clone(),
            title: line(&info.title),
            description: line(&info.description),
            language: line(&site.language),
            licence: site.licence.as_deref().map(line).filter(|text| !text.is_empty()),
            owner: line(&site.title),
            home: address::home(site),
            id: address::feed_id(site, &info.path),
            // A feed that never held anything never changed: the epoch, since only its items say when it
            // is, and those that left it.
            updated: items.iter().map(|item| item.updated).chain(history.moved).max().unwrap_or_default(),
            info,
            removed: history
                .removed
                .iter()
                .map(|gone| (address::item_id(site, &gone.vacancy), gone.at, gone.why()))
                .collect(),
        }
    }

    /// The address of the feed in one format.
    fn address(&self, extension: &str) -> String {
        address::page(&self.home, &self.path, extension)
    }

    /// The licence, if it is an address.
    fn licence_url(&self) -> Option<String> {
        self.licence.as_deref().and_then(address::web)
    }
}

type Rendered = Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>>;

fn page(path: &str, extension: &str, rendered: Rendered) -> Result<Page, Error> {
    let path = format!("{path}.{extension}");
    match rendered {
        Ok(bytes) => Ok(Page { path, bytes }),
        Err(source) => Err(Error::Render { page: path, source }),
    }
}
