//! A feed in, its JSON Feed 1.1 page out (jsonfeed.org/version/1.1).

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::Value;

use super::info::Label;
use super::item::Item;
use super::{Channel, Rendered};

#[derive(Serialize)]
struct Feed<'a> {
    version: &'a str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: String,
    description: &'a str,
    language: &'a str,
    authors: [Author<'a>; 1],
    _shelfwire: FeedFacts<'a>,
    items: Vec<FeedItem<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct FeedFacts<'a> {
    about: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<&'a str>,
}

#[derive(Serialize)]
struct FeedItem<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    title: &'a str,
    content_html: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    _shelfwire: Value,
}

pub(super) fn render(channel: &Channel, items: &[Item]) -> Rendered {
    // The index page explains the extension.
    let about = format!("{}#data", channel.home);
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: &channel.title,
        home_page_url: &channel.home,
        feed_url: channel.address("json"),
        description: &channel.description,
        language: &channel.language,
        authors: [Author { name: &channel.owner, url: Some(&channel.home) }],
        _shelfwire: FeedFacts {
            about: &about,
            tag: slug(&channel.info.tag),
            region: slug(&channel.info.region),
            licence: channel.licence.as_deref(),
        },
        items: items.iter().map(|item| self::item(item, &about)).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&feed)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn item<'a>(item: &'a Item, about: &str) -> FeedItem<'a> {
    FeedItem {
        id: &item.id,
        url: item.url.as_deref(),
        title: &item.title,
        content_html: &item.content,
        summary: &item.summary,
        date_published: date(item.published),
        date_modified: date(item.updated),
        authors: item.employer.iter().map(|name| Author { name, url: None }).collect(),
        tags: item.tags.iter().chain(&item.regions).map(|label| label.name.as_str()).collect(),
        language: item.language.as_deref(),
        _shelfwire: item.facts.json(about),
    }
}

fn slug(label: &Option<Label>) -> Option<&str> {
    label.as_ref().map(|label| label.slug.as_str())
}

fn date(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
