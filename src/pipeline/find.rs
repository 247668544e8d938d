//! The address of a feed or of a page in, the feeds there and what their entries would become out.

use chrono::{DateTime, Utc};

use super::preview::{self, Error, Preview};
use crate::config::Source;
use crate::config::check::Loaded;
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

/// Looks for feeds at `url`: the document there if it is one, and those that a web page names. Each
/// is asked for once, one after the other.
///
/// # Errors
/// If the document there does not come, or is neither a feed nor a page that names one.
pub async fn find(loaded: &Loaded, url: &str, now: DateTime<Utc>) -> Result<Vec<Found>, Error> {
    let client = Client::new(&loaded.config.site, &loaded.config.fetch)?;
    let vocabulary = Vocabulary::new(&loaded.config);
    let source = |url: &str| Source { name: "new".into(), url: Some(url.into()), ..Source::default() };
    let read = async |url: &str| {
        let documents = preview::documents(&client, &source(url), &loaded.folder).await?;
        Ok::<_, Error>((preview::show(&vocabulary, &source(url), &documents, now), documents))
    };
    let (shown, documents) = read(url).await?;
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
        let preview = match read(&feed.url).await {
            Ok((shown, _)) => shown,
            Err(error) => Err(error),
        };
        found.push(Found { feed, preview });
    }
    Ok(found)
}

fn is_page(document: &Document) -> bool {
    let start = document.body.trim_ascii_start();
    [&b"<!doctype html"[..], b"<html"]
        .iter()
        .any(|page| start.get(..page.len()).is_some_and(|start| start.eq_ignore_ascii_case(page)))
}
