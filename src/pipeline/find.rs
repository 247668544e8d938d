//! The address of a feed, of a page or of a known kind of board in, the feeds there and what their entries would become out.

use chrono::{DateTime, Utc};

use super::preview::{self, Error, Preview};
use crate::config::Source;
use crate::config::check::{self, Loaded};
use crate::discover::{self, Feed};
use crate::fetch::{Client, Document};
use crate::normalize::Vocabulary;

/// A feed that can be a source.
#[derive(Debug)]
pub struct Found {
    pub feed: Feed,
    /// What its entries would become, or why it gives none.
    pub preview: Result<Preview, Error>,
}

/// Feeds of one page that are asked for, at most.
const MOST: usize = 10;

/// Looks for feeds at `url`: that of the board whose page it is, where that says so; else the document
/// there if it is one, and those that a web page names. Each is asked for once, one after the other.
///
/// # Errors
/// If the document there does not come, or is neither a feed nor a page that names one.
pub async fn find(loaded: &Loaded, url: &str, now: DateTime<Utc>) -> Result<Vec<Found>, Error> {
    let client = Client::new(&loaded.config.site, &loaded.config.fetch)?;
    let vocabulary = Vocabulary::new(&loaded.config);
    let read = async |feed: &Feed| {
        let source = source(feed);
        let documents = preview::documents(&client, &source, &loaded.folder).await?;
        Ok::<_, Error>((preview::show(&vocabulary, &source, &documents, now), documents))
    };
    if let Some(feed) = discover::board(url) {
        // A page that only looks like a known one is looked at itself.
        if let Ok((Ok(preview), _)) = read(&feed).await {
            return Ok(vec![Found { feed, preview: Ok(preview) }]);
        }
    }
    let (shown, documents) = read(&Feed { url: url.into(), ..Feed::default() }).await?;
    let page = documents.first().filter(|document| shown.is_err() || is_page(document));
    let named = page.map(|page| discover::feeds(&String::from_utf8_lossy(&page.body), &page.location));
    let named = named.unwrap_or_default();
    let mut found = Vec::new();
    match shown {
        // A page without entries is only where feeds were looked for.
        Ok(preview) if !preview.entries.is_empty() || named.is_empty() => {
            let feed = Feed { url: url.into(), ..Feed::default() };
            found.push(Found { feed, preview: Ok(preview) });
        }
        Err(error) if named.is_empty() => return Err(error),
        _ => {}
    }
    for feed in named.into_iter().take(MOST) {
        let preview = match read(&feed).await {
            Ok((shown, _)) => shown,
            Err(error) => Err(error),
        };
        found.push(Found { feed, preview });
    }
    Ok(found)
}

/// The source that would be added.
fn source(feed: &Feed) -> Source {
    let plain = || Source { name: "new".into(), url: Some(feed.url.clone()), ..Source::default() };
    let Some(_) = feed.preset else { return plain() };
    let site = "[site]\ntitle = \"new\"\nbase_url = \"https://jobs.example.org/\"\n";
    let read = check::read(&format!("{site}{}", discover::section("new", feed, true)));
    read.ok().and_then(|config| config.sources.into_iter().next()).unwrap_or_else(plain)
}

fn is_page(document: &Document) -> bool {
    let start = document.body.trim_ascii_start();
    [&b"<!doctype html"[..], b"<html"]
        .iter()
        .any(|page| start.get(..page.len()).is_some_and(|start| start.eq_ignore_ascii_case(page)))
}
