//! A feed in, its RSS 2.0 page out.
//!
//! Rules: the RSS 2.0 specification (rssboard.org/rss-specification) and the RSS Advisory Board's
//! Best Practices Profile (rssboard.org/rss-profile).

use std::collections::BTreeMap;

use ::rss::extension::dublincore::DublinCoreExtension;
use ::rss::extension::{Extension, ExtensionMap};
use ::rss::{Category, Guid, Source};

use super::extension::{Element, NAMESPACE, PREFIX};
use super::item::Item;
use super::{Channel, Rendered, TTL_MINUTES};

const ATOM: &str = "http://www.w3.org/2005/Atom";
const CREATIVE_COMMONS: &str = "http://backend.userland.com/creativeCommonsRssModule";

pub(super) fn render(channel: &Channel, items: &[Item]) -> Rendered {
    let mut namespaces = BTreeMap::from([
        (String::from("atom"), String::from(ATOM)),
        (String::from(PREFIX), String::from(NAMESPACE)),
    ]);
    let mut extensions = ExtensionMap::new();
    add(&mut extensions, "atom", self_link(channel));
    // The module is for Creative Commons' licences; any other stands in `copyright` alone.
    if let Some(url) = channel.licence_url().filter(|url| url.contains("://creativecommons.org/")) {
        namespaces.insert("creativeCommons".into(), CREATIVE_COMMONS.into());
        let text = Some(url);
        let name = String::from("creativeCommons:license");
        add(&mut extensions, "creativeCommons", Extension { name, value: text, ..Extension::default() });
    }
    let feed = ::rss::Channel {
        title: channel.title.clone(),
        link: channel.home.clone(),
        description: channel.description.clone(),
        language: Some(channel.language.clone()),
        copyright: channel.licence.clone(),
        last_build_date: (channel.updated.timestamp() > 0).then(|| channel.updated.to_rfc2822()),
        generator: Some("Shelfwire".into()),
        docs: Some("https://www.rssboard.org/rss-specification".into()),
        ttl: Some(TTL_MINUTES.to_string()),
        items: items.iter().map(|item| self::item(channel, item)).collect(),
        extensions,
        namespaces,
        ..::rss::Channel::default()
    };
    let mut bytes = feed.pretty_write_to(Vec::new(), b' ', 1)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn item(channel: &Channel, item: &Item) -> ::rss::Item {
    let category = |kind: &str, name: &str| Category {
        name: name.to_owned(),
        domain: Some(format!("{}#{kind}", channel.home)),
    };
    let tags = item.tags.iter().map(|tag| category("tags", &tag.name));
    let regions = item.regions.iter().map(|region| category("regions", &region.name));
    // Only of the board that the link leads to, and only with its feed's address, which is required.
    let source = item
        .sources
        .first()
        .and_then(|source| Some(Source { url: source.feed.clone()?, title: Some(source.name.clone()) }));
    let mut extensions = ExtensionMap::new();
    add(&mut extensions, PREFIX, extension(item.facts.element()));
    ::rss::Item {
        title: Some(item.title.clone()),
        link: item.url.clone(),
        // The profile: character data of a description is HTML.
        description: Some(htmlize::escape_text(&item.summary).into_owned()).filter(|text| !text.is_empty()),
        content: Some(item.content.clone()),
        categories: tags.chain(regions).collect(),
        guid: Some(Guid { value: item.id.clone(), permalink: false }),
        pub_date: Some(item.published.to_rfc2822()),
        source,
        // `author` must be an e-mail address; the profile has names in dc:creator.
        dublin_core_ext: Some(DublinCoreExtension {
            creators: item.employer.iter().cloned().collect(),
            languages: item.language.iter().cloned().collect(),
            publishers: item.sources.iter().map(|source| source.name.clone()).collect(),
            ..DublinCoreExtension::default()
        }),
        extensions,
        ..::rss::Item::default()
    }
}

fn self_link(channel: &Channel) -> Extension {
    let attrs =
        [("href", channel.address("rss")), ("rel", "self".into()), ("type", "application/rss+xml".into())];
    let attrs = attrs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Extension { name: "atom:link".into(), attrs, ..Extension::default() }
}

fn add(extensions: &mut ExtensionMap, prefix: &str, extension: Extension) {
    let name = extension.name.clone();
    extensions.entry(prefix.to_owned()).or_default().entry(name).or_default().push(extension);
}

fn extension(element: Element) -> Extension {
    let mut children: BTreeMap<String, Vec<Extension>> = BTreeMap::new();
    for child in element.children {
        children.entry(child.name.clone()).or_default().push(extension(child));
    }
    let name = format!("{PREFIX}:{}", element.name);
    Extension { name, value: element.text, children, ..Extension::default() }
}
