//! An RSS document in, the rules of RSS 2.0 and its Best Practices Profile that it breaks out.

use super::Rule;
use super::xml::{self, Element};

const ATOM: &str = "http://www.w3.org/2005/Atom";
const CONTENT: &str = "http://purl.org/rss/1.0/modules/content/";

pub const RULES: &[Rule] = &[
    Rule { name: "root_is_rss_2", section: "RSS 2.0, What is RSS?", check: root_is_rss_2 },
    Rule {
        name: "channel_elements_once",
        section: "RSS 2.0, channel elements",
        check: channel_elements_once,
    },
    Rule {
        name: "item_has_title_or_description",
        section: "RSS 2.0, item",
        check: item_has_title_or_description,
    },
    Rule {
        name: "item_elements_once",
        section: "RSS 2.0, item; profile section 4.2",
        check: item_elements_once,
    },
    Rule { name: "no_unknown_elements", section: "RSS 2.0, Extending RSS", check: no_unknown_elements },
    Rule { name: "plain_elements_hold_text", section: "profile section 4", check: plain_elements_hold_text },
    Rule { name: "links_are_addresses", section: "RSS 2.0, Comments", check: links_are_addresses },
    Rule {
        name: "dates_are_rfc_822",
        section: "RSS 2.0, pubDate; profile section 3.1",
        check: dates_are_rfc_822,
    },
    Rule { name: "guid_names_one_item", section: "RSS 2.0, guid", check: guid_names_one_item },
    Rule { name: "category_has_text", section: "RSS 2.0, category", check: category_has_text },
    Rule { name: "source_has_url", section: "RSS 2.0, source", check: source_has_url },
    Rule { name: "author_is_mail", section: "RSS 2.0, author; profile section 3.2", check: author_is_mail },
    Rule { name: "ttl_is_minutes", section: "RSS 2.0, ttl", check: ttl_is_minutes },
    Rule { name: "language_is_a_tag", section: "RSS 2.0, language", check: language_is_a_tag },
    Rule { name: "channel_has_self_link", section: "profile, atom:link", check: channel_has_self_link },
    Rule {
        name: "content_after_description",
        section: "profile, content:encoded",
        check: content_after_description,
    },
];

fn channel(rss: &Element) -> &Element {
    rss.named("", "channel").first().copied().unwrap_or(rss)
}

fn items(rss: &Element) -> Vec<&Element> {
    channel(rss).named("", "item")
}

/// The channel and its items.
fn containers(rss: &Element) -> Vec<&Element> {
    [vec![channel(rss)], items(rss)].concat()
}

fn plain<'a>(rss: &'a Element, names: &[&str]) -> Vec<&'a Element> {
    let all = containers(rss).into_iter().flat_map(|of| &of.children);
    all.filter(|child| child.space.is_empty() && names.contains(&child.name.as_str())).collect()
}

fn root_is_rss_2(rss: &Element) -> Vec<String> {
    let right = rss.space.is_empty()
        && rss.name == "rss"
        && rss.attribute("version") == Some("2.0")
        && rss.named("", "channel").len() == 1
        && rss.children.len() == 1;
    if right { Vec::new() } else { vec![format!("{} {:?}", rss.name, rss.attributes)] }
}

fn channel_elements_once(rss: &Element) -> Vec<String> {
    let mut faults = xml::not_once(channel(rss), "", &["title", "link", "description"]);
    let once = [
        "language",
        "copyright",
        "managingEditor",
        "webMaster",
        "pubDate",
        "lastBuildDate",
        "generator",
        "docs",
        "cloud",
        "ttl",
        "image",
        "rating",
        "textInput",
        "skipHours",
        "skipDays",
    ];
    faults.extend(xml::more_than_once(channel(rss), "", &once));
    faults
}

fn item_has_title_or_description(rss: &Element) -> Vec<String> {
    let filled = |item: &Element, name| item.named("", name).iter().any(|e| !e.text.trim().is_empty());
    let bare = |item: &&&Element| !filled(item, "title") && !filled(item, "description");
    items(rss).iter().filter(bare).map(|_| String::from("an item with neither")).collect()
}

fn item_elements_once(rss: &Element) -> Vec<String> {
    let once =
        ["title", "link", "description", "author", "comments", "enclosure", "guid", "pubDate", "source"];
    let mut faults: Vec<_> =
        items(rss).iter().flat_map(|item| xml::more_than_once(item, "", &once)).collect();
    faults.extend(items(rss).iter().flat_map(|item| xml::more_than_once(item, CONTENT, &["encoded"])));
    faults
}

fn no_unknown_elements(rss: &Element) -> Vec<String> {
    const CHANNEL: [&str; 20] = [
        "title",
        "link",
        "description",
        "language",
        "copyright",
        "managingEditor",
        "webMaster",
        "pubDate",
        "lastBuildDate",
        "category",
        "generator",
        "docs",
        "cloud",
        "ttl",
        "image",
        "rating",
        "textInput",
        "skipHours",
        "skipDays",
        "item",
    ];
    const ITEM: [&str; 10] = [
        "title",
        "link",
        "description",
        "author",
        "category",
        "comments",
        "enclosure",
        "guid",
        "pubDate",
        "source",
    ];
    let unknown = |of: &Element, known: &[&str]| {
        let bad = |child: &&Element| child.space.is_empty() && !known.contains(&child.name.as_str());
        of.children
            .iter()
            .filter(bad)
            .map(|child| format!("{} in {}", child.name, of.name))
            .collect::<Vec<_>>()
    };
    let mut faults = unknown(channel(rss), &CHANNEL);
    faults.extend(items(rss).iter().flat_map(|item| unknown(item, &ITEM)));
    faults
}

fn plain_elements_hold_text(rss: &Element) -> Vec<String> {
    let names = ["title", "link", "description", "guid", "pubDate", "category", "copyright", "source"];
    let bad = plain(rss, &names).into_iter().filter(|element| !element.children.is_empty());
    bad.map(|element| format!("{} has elements", element.name)).collect()
}

fn links_are_addresses(rss: &Element) -> Vec<String> {
    let links = plain(rss, &["link", "comments", "docs"]).into_iter();
    links.filter(|link| !xml::is_web_address(&link.text)).map(|link| link.text.clone()).collect()
}

fn dates_are_rfc_822(rss: &Element) -> Vec<String> {
    let dates = plain(rss, &["pubDate", "lastBuildDate"]).into_iter();
    dates.filter(|date| !xml::is_rfc_822(&date.text)).map(|date| date.text.clone()).collect()
}

fn guid_names_one_item(rss: &Element) -> Vec<String> {
    let guids = plain(rss, &["guid"]);
    let values: Vec<_> = guids.iter().map(|guid| guid.text.as_str()).collect();
    let bad = |(at, guid): &(usize, &&Element)| {
        let permanent = match guid.attribute("isPermaLink") {
            None | Some("true") => xml::is_web_address(&guid.text),
            Some("false") => !guid.text.is_empty(),
            Some(_) => false,
        };
        !permanent || values[..*at].contains(&guid.text.as_str())
    };
    guids.iter().enumerate().filter(bad).map(|(_, guid)| guid.text.clone()).collect()
}

fn category_has_text(rss: &Element) -> Vec<String> {
    let bad = |category: &&Element| {
        category.text.trim().is_empty() || category.attribute("domain").is_some_and(|d| !xml::is_uri(d))
    };
    plain(rss, &["category"])
        .into_iter()
        .filter(bad)
        .map(|c| format!("{:?} {:?}", c.text, c.attributes))
        .collect()
}

fn source_has_url(rss: &Element) -> Vec<String> {
    let bad = |source: &&Element| !source.attribute("url").is_some_and(xml::is_web_address);
    plain(rss, &["source"]).into_iter().filter(bad).map(|source| format!("{:?}", source.attributes)).collect()
}

fn author_is_mail(rss: &Element) -> Vec<String> {
    let people = plain(rss, &["author", "managingEditor", "webMaster"]).into_iter();
    people.filter(|person| !person.text.contains('@')).map(|person| person.text.clone()).collect()
}

fn ttl_is_minutes(rss: &Element) -> Vec<String> {
    let bad = plain(rss, &["ttl"]).into_iter().filter(|ttl| ttl.text.parse::<u32>().is_err());
    bad.map(|ttl| ttl.text.clone()).collect()
}

fn language_is_a_tag(rss: &Element) -> Vec<String> {
    let languages = plain(rss, &["language"]).into_iter();
    languages.filter(|tag| !is_language_tag(&tag.text)).map(|tag| tag.text.clone()).collect()
}

/// RFC 5646: subtags of one to eight letters and digits, the first of letters.
pub fn is_language_tag(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn channel_has_self_link(rss: &Element) -> Vec<String> {
    let links = channel(rss).named(ATOM, "link");
    let own = links.iter().filter(|link| link.attribute("rel") == Some("self")).collect::<Vec<_>>();
    match own[..] {
        [link]
            if link.attribute("href").is_some_and(xml::is_web_address)
                && link.attribute("type") == Some("application/rss+xml") =>
        {
            Vec::new()
        }
        _ => vec![format!("{} links to itself", own.len())],
    }
}

fn content_after_description(rss: &Element) -> Vec<String> {
    let bad = |item: &&&Element| {
        let at =
            |space: &str, name: &str| item.children.iter().position(|c| c.space == space && c.name == name);
        matches!((at("", "description"), at(CONTENT, "encoded")), (Some(d), Some(c)) if c < d)
    };
    items(rss).iter().filter(bad).map(|_| String::from("content:encoded stands first")).collect()
}
