//! A web page in, the entries that stand in it out.
//!
//! | module | what goes in, what comes out |
//! |---|---|
//! | `tag` | the page's text in, its tags and texts out |
//! | `tree` | those in, the tree of elements out, by what `names` knows of elements |
//! | `json_ld` | a script in, its JobPostings out |
//! | `microdata` | the tree in, its JobPostings out, as the same JSON |
//! | `posting` | a JobPosting in, an entry out |
//! | `select` | the tree and a source's selectors in, entries out |
//!
//! Nothing here follows links: a list and the pages of its postings are documents of their own.

mod json_ld;
mod microdata;
mod names;
mod posting;
mod select;
mod tag;
mod tree;

use std::collections::{HashMap, HashSet};

use chrono_tz::Tz;
use scraper::{ElementRef, Html};
use serde_json::Value;

use super::{Entry, Error, Parsed, SkipReason};
use crate::config::{Select, selector};
use crate::link;
use crate::text;

/// Reads a page: by the source's selectors if it has any, else its JobPostings; `location` is where
/// it came from, `zone` that of dates which name none.
///
/// # Errors
/// [`Error::Html`] if the page holds no posting, as pages do whose posting was taken down;
/// [`Error::NothingSelected`] if nothing fits the selectors.
pub fn parse(text: &str, location: &str, select: Option<&Select>, zone: Option<Tz>) -> Result<Parsed, Error> {
    let (html, complete) = tree::read(text);
    let page = Page::new(&html, location);
    let mut parsed = Parsed { complete, ..Parsed::default() };
    let mut entries = match select {
        Some(select) => select::entries(&html, select, zone, &mut parsed)?,
        None => {
            let postings = page.postings(&mut parsed);
            if postings.is_empty() && parsed.skipped.is_empty() {
                return Err(page.refusal());
            }
            postings.iter().map(|posting| posting::entry(posting, zone)).collect()
        }
    };
    page.complete(&mut entries, select.is_none());
    entries.into_iter().for_each(|entry| parsed.take(entry));
    Ok(parsed)
}

/// The links of a page that fit a selector, absolute, each once, without what stands behind `#`.
///
/// # Errors
/// [`Error::NothingSelected`] if none fits.
pub fn links(text: &str, location: &str, css: &str) -> Result<Vec<String>, Error> {
    let nothing = || Error::NothingSelected(css.to_owned());
    // The configuration's checks refuse a selector that is none.
    let selector = selector(css).map_err(|_| nothing())?;
    let (html, _) = tree::read(text);
    let base = Page::new(&html, location).base;
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for address in html.select(&selector).filter_map(|link| link::resolve(&base, link.attr("href")?)) {
        let address = address.split('#').next().unwrap_or_default().to_owned();
        if address.starts_with("http") && seen.insert(address.clone()) {
            found.push(address);
        }
    }
    if found.is_empty() { Err(nothing()) } else { Ok(found) }
}

/// Why a page is no feed, with the feed that it names.
pub fn refusal(text: &str, location: &str) -> Error {
    let (html, _) = tree::read(text);
    Page::new(&html, location).refusal()
}

struct Page<'a> {
    html: &'a Html,
    location: &'a str,
    /// What relative links are relative to.
    base: String,
}

/// A page's elements by name.
fn elements<'a>(html: &'a Html, name: &'static str) -> impl Iterator<Item = ElementRef<'a>> {
    html.tree.nodes().filter_map(ElementRef::wrap).filter(move |element| element.value().name() == name)
}

impl<'a> Page<'a> {
    fn new(html: &'a Html, location: &'a str) -> Page<'a> {
        let base = elements(html, "base").find_map(|base| link::resolve(location, base.attr("href")?));
        Page { html, location, base: base.unwrap_or_else(|| location.to_owned()) }
    }

    /// The JobPostings of the page, each once: those of JSON-LD, or of microdata where there are none.
    fn postings(&self, parsed: &mut Parsed) -> Vec<Value> {
        let mut found = Vec::new();
        for script in elements(self.html, "script") {
            let kind = script.attr("type").unwrap_or_default().to_ascii_lowercase();
            let text: String = script.text().collect();
            if !kind.contains("ld+json") || !text.contains("JobPosting") {
                continue;
            }
            match json_ld::read(&text) {
                Some((postings, mended)) => {
                    let repair = "broken JSON-LD".to_owned();
                    if mended && !postings.is_empty() && !parsed.repairs.contains(&repair) {
                        parsed.repairs.push(repair);
                    }
                    found.extend(postings);
                }
                None => parsed.skip("a JobPosting".into(), SkipReason::BadJsonLd),
            }
        }
        if found.is_empty() {
            microdata::postings(self.html.root_element(), &mut found);
        }
        found
    }

    /// Makes links absolute, gives the one posting of a page the page's own address, and takes from
    /// each what it shares with others: a name of the employer is no id.
    fn complete(&self, entries: &mut Vec<Entry>, own: bool) {
        let mut seen = HashSet::new();
        entries.retain(|entry| seen.insert(entry.clone()));
        let mut keys: HashMap<String, usize> = HashMap::new();
        for key in entries.iter().filter_map(|entry| entry.key.as_ref()) {
            *keys.entry(key.clone()).or_default() += 1;
        }
        let language = self.html.root_element().attr("lang").map(str::trim).filter(|lang| !lang.is_empty());
        let alone = own && entries.len() == 1;
        for entry in entries {
            entry.key.take_if(|key| keys[key] > 1);
            entry.language = entry.language.take().or_else(|| language.map(str::to_owned));
            let absolute = |address: String| link::resolve(&self.base, &address).unwrap_or(address);
            entry.url = entry.url.take().map(absolute).or_else(|| self.address().filter(|_| alone));
            entry.apply = entry.apply.take().map(absolute);
        }
    }

    /// The page's own address: the one that it calls canonical, else where it came from.
    fn address(&self) -> Option<String> {
        let canonical = elements(self.html, "link").filter(|link| has_word(link.attr("rel"), "canonical"));
        let canonical = canonical.filter_map(|link| link::resolve(&self.base, link.attr("href")?)).next();
        canonical.or_else(|| link::resolve("", self.location))
    }

    fn refusal(&self) -> Error {
        let title = elements(self.html, "title").next().map(|title| title.text().collect::<String>());
        let title = title.map(|title| text::summary(&text::decode(&title), 100)).filter(|t| !t.is_empty());
        Error::Html { title, feed: self.feed() }
    }

    /// The feed that the page names; one of comments only if there is no other.
    fn feed(&self) -> Option<String> {
        let links = elements(self.html, "link").filter(|link| has_word(link.attr("rel"), "alternate"));
        let feeds = links.filter(|link| {
            let kind = link.attr("type").unwrap_or_default().to_ascii_lowercase();
            FEEDS.iter().any(|known| kind.trim().starts_with(known))
        });
        let feeds: Vec<_> = feeds.filter_map(|link| link::resolve(&self.base, link.attr("href")?)).collect();
        feeds.iter().find(|feed| !feed.contains("comments")).or(feeds.first()).cloned()
    }
}

const FEEDS: [&str; 4] =
    ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"];

fn has_word(attribute: Option<&str>, word: &str) -> bool {
    let words = attribute.unwrap_or_default();
    words.split_ascii_whitespace().any(|given| given.eq_ignore_ascii_case(word))
}
