//! A feed in, its Atom page out (RFC 4287).

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};

use atom_syndication::extension::{Extension, ExtensionMap};
use atom_syndication::{Category, Content, Entry, Feed, Generator, Link, Person, Text, WriteConfig};

use super::extension::{Element, NAMESPACE, PREFIX};
use super::info::Label;
use super::item::Item;
use super::{Channel, Rendered};

/// The namespace of `at:deleted-entry` (RFC 6721).
const TOMBSTONES: &str = "http://purl.org/atompub/tombstones/1.0";

pub(super) fn render(channel: &Channel, items: &[Item]) -> Rendered {
    let mut links = vec![
        link("self", channel.address("atom"), Some("application/atom+xml"), None),
        link("alternate", channel.home.clone(), Some("text/html"), None),
    ];
    // RFC 4946: the licence by address, beside `rights` for people.
    links.extend(channel.licence_url().map(|url| link("license", url, None, None)));
    let label = |(kind, label): (&str, &Option<Label>)| {
        Some(category(channel, kind, label.as_ref().filter(|label| label.is_named())?))
    };
    let cut_by = [("tags", &channel.info.tag), ("regions", &channel.info.region)];
    // atom_syndication does not escape these values; they have nothing to escape.
    let mut namespaces = BTreeMap::from([(String::from(PREFIX), String::from(NAMESPACE))]);
    let mut extensions = ExtensionMap::new();
    if !channel.removed.is_empty() {
        namespaces.insert("at".into(), TOMBSTONES.into());
        let deleted =
            channel.removed.iter().map(|(id, at, why)| tombstone(id, *at, why.as_deref())).collect();
        extensions.insert("at".into(), BTreeMap::from([("deleted-entry".into(), deleted)]));
    }
    let feed = Feed {
        title: Text::plain(channel.title.clone()),
        id: channel.id.clone(),
        updated: channel.updated.fixed_offset(),
        authors: vec![Person {
            name: channel.owner.clone(),
            uri: Some(channel.home.clone()),
            ..Person::default()
        }],
        categories: cut_by.into_iter().filter_map(label).collect(),
        generator: Some(Generator { value: "Shelfwire".into(), ..Generator::default() }),
        links,
        rights: channel.licence.clone().map(Text::plain),
        subtitle: Some(Text::plain(channel.description.clone())),
        entries: items.iter().map(|item| entry(channel, item)).collect(),
        extensions,
        namespaces,
        lang: Some(channel.language.clone()),
        ..Feed::default()
    };
    let config = WriteConfig { write_document_declaration: true, indent_size: Some(1) };
    let mut bytes = feed.write_with_config(Vec::new(), config)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// No `atom:source`: section 4.2.11 wants the id and the date of the board's own feed, which most
/// boards do not have. Links with `rel="via"` (section 4.2.7.2) name the boards instead.
fn entry(channel: &Channel, item: &Item) -> Entry {
    let mut links: Vec<_> =
        item.url.iter().map(|url| link("alternate", url.clone(), Some("text/html"), None)).collect();
    links.extend(
        item.sources
            .iter()
            .filter_map(|source| Some(link("via", source.url.clone()?, None, Some(&source.name)))),
    );
    links.extend(item.apply.iter().map(|url| link("related", url.clone(), None, Some("Apply"))));
    let tags = item.tags.iter().map(|tag| category(channel, "tags", tag));
    let regions = item.regions.iter().map(|region| category(channel, "regions", region));
    let facts = extension(item.facts.element());
    Entry {
        title: Text::plain(item.title.clone()),
        id: item.id.clone(),
        updated: item.updated.fixed_offset(),
        published: Some(item.published.fixed_offset()),
        authors: item
            .employer
            .iter()
            .map(|name| Person { name: name.clone(), ..Person::default() })
            .collect(),
        categories: tags.chain(regions).collect(),
        links,
        summary: Some(item.summary.clone()).filter(|text| !text.is_empty()).map(Text::plain),
        content: Some(Content {
            value: Some(item.content.clone()),
            content_type: Some("html".into()),
            lang: item.language.clone(),
            ..Content::default()
        }),
        extensions: ExtensionMap::from([(
            PREFIX.into(),
            BTreeMap::from([(facts.name.clone(), vec![facts])]),
        )]),
        ..Entry::default()
    }
}

fn category(channel: &Channel, kind: &str, label: &Label) -> Category {
    Category {
        term: label.slug.clone(),
        scheme: Some(format!("{}#{kind}", channel.home)),
        label: Some(label.name.clone()),
    }
}

fn link(rel: &str, href: String, mime_type: Option<&str>, title: Option<&str>) -> Link {
    Link {
        href,
        rel: rel.into(),
        mime_type: mime_type.map(str::to_owned),
        title: title.map(str::to_owned),
        ..Link::default()
    }
}

/// An entry that is no more (RFC 6721 section 3). Its id has only characters of a URI, and none of
/// these needs to be escaped but `&` and `'`, which ids do not have.
fn tombstone(id: &str, at: DateTime<Utc>, why: Option<&str>) -> Extension {
    let when = at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let comment = why.map(|why| Extension {
        name: "at:comment".into(),
        value: Some(why.to_owned()),
        ..Extension::default()
    });
    let children = comment.map(|comment| (String::from("comment"), vec![comment])).into_iter().collect();
    let attrs = BTreeMap::from([("ref".into(), id.to_owned()), ("when".into(), when)]);
    Extension { name: "at:deleted-entry".into(), attrs, children, ..Extension::default() }
}

/// Elements only: atom_syndication does not escape the attributes of an extension.
fn extension(element: Element) -> Extension {
    let mut children: BTreeMap<String, Vec<Extension>> = BTreeMap::new();
    for child in element.children {
        children.entry(child.name.clone()).or_default().push(extension(child));
    }
    let name = format!("{PREFIX}:{}", element.name);
    Extension { name, value: element.text, children, ..Extension::default() }
}
