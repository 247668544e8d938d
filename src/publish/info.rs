//! A feed's path in, its title, description and names out.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::{Config, Format, secret};
use crate::text::squash;
use crate::{iso, taxonomy};

use super::address;

/// What a feed is called, and the names that its items need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedInfo {
    /// Its address without extension: `all`, `tag/music/us-ny`, `feed/early-career`.
    pub path: String,
    pub title: String,
    pub description: String,
    /// The tag that it is cut by.
    pub tag: Option<Label>,
    /// The region that it is cut by.
    pub region: Option<Label>,
    pub(super) names: Arc<Names>,
}

/// A slug and the name that readers see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub slug: String,
    pub name: String,
}

/// The operator's own names, by slug, and what may be said of sources.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    tags: BTreeMap<String, String>,
    regions: BTreeMap<String, String>,
    /// Addresses of the sources that are feeds themselves.
    sources: BTreeMap<String, String>,
}

/// The feed with this path: `all`, `tag/<tag>`, `region/<region>`, `tag/<tag>/<region>` or
/// `feed/<slug>`. Any other path makes a feed of that name.
pub fn info(config: &Config, path: &str) -> FeedInfo {
    let names = Names::new(config);
    let (tag, region) = match path.split('/').collect::<Vec<_>>()[..] {
        ["tag", tag] => (Some(names.tag(tag)), None),
        ["region", region] => (None, Some(names.region(region))),
        ["tag", tag, region] => (Some(names.tag(tag)), Some(names.region(region))),
        _ => (None, None),
    };
    let own = path.strip_prefix("feed/").map(|slug| config.feeds.iter().find(|feed| feed.slug == slug));
    let site = &config.site.title;
    let (title, what) = match (&tag, &region) {
        (Some(tag), Some(region)) => {
            let what = format!("{}, {}", tag.name, region.name);
            (format!("{site}: {what}"), what)
        }
        (Some(one), None) | (None, Some(one)) => (format!("{site}: {}", one.name), one.name.clone()),
        (None, None) => match own {
            Some(Some(feed)) => (feed.title.clone(), feed.title.clone()),
            Some(None) => (format!("{site}: {path}"), path.to_owned()),
            None => (site.clone(), String::from("all")),
        },
    };
    let description = format!("Open positions ({what}), gathered from library job boards by {site}.");
    FeedInfo { path: path.to_owned(), title, description, tag, region, names: Arc::new(names) }
}

impl Label {
    fn new(slug: &str, name: &str) -> Self {
        Label { slug: squash(slug), name: squash(name) }
    }

    /// No format has a category without text.
    pub(super) fn is_named(&self) -> bool {
        !self.slug.is_empty() && !self.name.is_empty()
    }
}

impl Names {
    fn new(config: &Config) -> Self {
        let tags = config.tags.iter().filter_map(|tag| Some((tag.slug.clone(), tag.name.clone()?)));
        let regions = config.regions.iter().map(|region| (region.slug.clone(), region.name.clone()));
        let sources = config.sources.iter().filter_map(|source| {
            let feed = matches!(source.format, Format::Auto | Format::Feed);
            let url = source.url.as_deref().filter(|url| feed && is_public(url))?;
            Some((source.name.clone(), address::web(url)?))
        });
        Names { tags: tags.collect(), regions: regions.collect(), sources: sources.collect() }
    }

    pub(super) fn tag(&self, slug: &str) -> Label {
        let built_in = || taxonomy::find(slug).map(|tag| tag.name.to_string());
        let name = self.tags.get(slug).cloned().or_else(built_in).unwrap_or_else(|| words(slug));
        Label::new(slug, &name)
    }

    pub(super) fn region(&self, slug: &str) -> Label {
        let code = slug.to_ascii_uppercase();
        let known = || iso::country_name(&code).or_else(|| iso::region_name(&code)).map(str::to_owned);
        let name = self
            .regions
            .get(slug)
            .cloned()
            .or_else(known)
            .unwrap_or_else(|| if is_code(&code) { code.clone() } else { words(slug) });
        Label::new(slug, &name)
    }

    /// The address of a source that is a feed, where it may be shown.
    pub(super) fn source(&self, name: &str) -> Option<&str> {
        self.sources.get(name).map(String::as_str)
    }
}

/// Whether a source's address may be shown: a query or a user's name may hold a key that is nobody
/// else's business, and without a part that is kept secret it leads nowhere.
fn is_public(url: &str) -> bool {
    !url.contains(['?', '@']) && !secret::is_in(url)
}

/// Whether it has the form of an ISO 3166-1 or 3166-2 code.
fn is_code(text: &str) -> bool {
    let (country, region) = text.split_once('-').unwrap_or((text, ""));
    country.len() == 2 && region.len() <= 3
}

/// `rare-books` as `Rare books`.
fn words(slug: &str) -> String {
    let text = slug.replace('-', " ");
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
