//! An Atom document in, the rules of RFC 4287 that it breaks out.

use super::Rule;
use super::xml::{self, Element};

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// Link relations of sections 4.2.7.2, RFC 4946 and RFC 5005 that a page may use.
const RELATIONS: [&str; 6] = ["alternate", "self", "related", "via", "enclosure", "license"];

pub const RULES: &[Rule] = &[
    Rule { name: "root_is_feed", section: "RFC 4287 section 2", check: root_is_feed },
    Rule { name: "feed_elements_once", section: "RFC 4287 section 4.1.1", check: feed_elements_once },
    Rule { name: "feed_has_self_link", section: "RFC 4287 section 4.1.1", check: feed_has_self_link },
    Rule { name: "someone_is_author", section: "RFC 4287 section 4.1.1", check: someone_is_author },
    Rule { name: "entry_elements_once", section: "RFC 4287 section 4.1.2", check: entry_elements_once },
    Rule {
        name: "entry_has_content_or_link",
        section: "RFC 4287 section 4.1.2",
        check: entry_has_content_or_link,
    },
    Rule { name: "alternates_differ", section: "RFC 4287 sections 4.1.1, 4.1.2", check: alternates_differ },
    Rule { name: "entries_differ", section: "RFC 4287 section 4.1.1", check: entries_differ },
    Rule { name: "no_unknown_elements", section: "RFC 4287 section 6.2", check: no_unknown_elements },
    Rule { name: "text_has_its_type", section: "RFC 4287 sections 3.1, 4.1.3", check: text_has_its_type },
    Rule { name: "person_has_name", section: "RFC 4287 section 3.2", check: person_has_name },
    Rule { name: "dates_are_rfc_3339", section: "RFC 4287 section 3.3", check: dates_are_rfc_3339 },
    Rule { name: "category_has_term", section: "RFC 4287 section 4.2.2", check: category_has_term },
    Rule { name: "ids_are_iris", section: "RFC 4287 section 4.2.6", check: ids_are_iris },
    Rule { name: "links_lead_somewhere", section: "RFC 4287 section 4.2.7", check: links_lead_somewhere },
    Rule { name: "language_is_a_tag", section: "RFC 4287 section 2, RFC 5646", check: language_is_a_tag },
];

fn entries(feed: &Element) -> Vec<&Element> {
    feed.named(ATOM, "entry")
}

/// The feed and its entries.
fn containers(feed: &Element) -> Vec<&Element> {
    [vec![feed], entries(feed)].concat()
}

fn atom<'a>(feed: &'a Element, names: &[&str]) -> Vec<&'a Element> {
    let all = names.iter().flat_map(|name| feed.all(name));
    all.filter(|element| element.space == ATOM).collect()
}

fn root_is_feed(feed: &Element) -> Vec<String> {
    let right = feed.name == "feed" && feed.space == ATOM;
    if right { Vec::new() } else { vec![format!("the root is {{{}}}{}", feed.space, feed.name)] }
}

fn feed_elements_once(feed: &Element) -> Vec<String> {
    let mut faults = xml::not_once(feed, ATOM, &["id", "title", "updated"]);
    faults.extend(xml::more_than_once(feed, ATOM, &["generator", "icon", "logo", "rights", "subtitle"]));
    faults
}

fn feed_has_self_link(feed: &Element) -> Vec<String> {
    let own = |link: &&&Element| link.attribute("rel") == Some("self");
    let count = feed.named(ATOM, "link").iter().filter(own).count();
    if count == 1 { Vec::new() } else { vec![format!("{count} links to itself")] }
}

fn someone_is_author(feed: &Element) -> Vec<String> {
    let has_author = |element: &Element| !element.named(ATOM, "author").is_empty();
    let entries = entries(feed);
    let covered = has_author(feed) || (!entries.is_empty() && entries.iter().all(|entry| has_author(entry)));
    if covered { Vec::new() } else { vec![String::from("neither the feed nor every entry has an author")] }
}

fn entry_elements_once(feed: &Element) -> Vec<String> {
    let check = |entry: &&Element| {
        let mut faults = xml::not_once(entry, ATOM, &["id", "title", "updated"]);
        faults.extend(xml::more_than_once(
            entry,
            ATOM,
            &["content", "published", "rights", "source", "summary"],
        ));
        faults
    };
    entries(feed).iter().flat_map(check).collect()
}

fn entry_has_content_or_link(feed: &Element) -> Vec<String> {
    let alternate = |link: &&Element| link.attribute("rel").is_none_or(|rel| rel == "alternate");
    let bare = |entry: &&&Element| {
        entry.named(ATOM, "content").is_empty()
            && !entry.named(ATOM, "link").into_iter().any(|l| alternate(&l))
    };
    entries(feed).iter().filter(bare).map(|_| String::from("an entry with neither")).collect()
}

fn alternates_differ(feed: &Element) -> Vec<String> {
    let check = |of: &&Element| {
        let links = of.named(ATOM, "link");
        let mut seen = Vec::new();
        links.iter().filter(|link| link.attribute("rel").is_none_or(|rel| rel == "alternate")).any(|link| {
            let key = (link.attribute("type"), link.attribute("hreflang"));
            let twice = seen.contains(&key);
            seen.push(key);
            twice
        })
    };
    let bad = containers(feed).into_iter().filter(check);
    bad.map(|of| format!("{} has two alternates of one type and language", of.name)).collect()
}

fn entries_differ(feed: &Element) -> Vec<String> {
    let key = |entry: &Element| {
        let text = |name| entry.named(ATOM, name).first().map_or("", |e| e.text.as_str()).to_owned();
        (text("id"), text("updated"))
    };
    let keys: Vec<_> = entries(feed).into_iter().map(key).collect();
    let twice = keys.iter().enumerate().filter(|(at, key)| keys[..*at].contains(key));
    twice.map(|(_, key)| format!("two entries with {key:?}")).collect()
}

fn no_unknown_elements(feed: &Element) -> Vec<String> {
    const FEED: [&str; 13] = [
        "author",
        "category",
        "contributor",
        "generator",
        "icon",
        "id",
        "link",
        "logo",
        "rights",
        "subtitle",
        "title",
        "updated",
        "entry",
    ];
    const ENTRY: [&str; 12] = [
        "author",
        "category",
        "content",
        "contributor",
        "id",
        "link",
        "published",
        "rights",
        "source",
        "summary",
        "title",
        "updated",
    ];
    let unknown = |of: &Element, known: &[&str]| {
        let bad = |child: &&Element| {
            child.space.is_empty() || child.space == ATOM && !known.contains(&child.name.as_str())
        };
        of.children
            .iter()
            .filter(bad)
            .map(|child| format!("{} in {}", child.name, of.name))
            .collect::<Vec<_>>()
    };
    let mut faults = unknown(feed, &FEED);
    faults.extend(entries(feed).iter().flat_map(|entry| unknown(entry, &ENTRY)));
    faults
}

fn text_has_its_type(feed: &Element) -> Vec<String> {
    let texts = atom(feed, &["title", "subtitle", "summary", "rights", "content"]);
    let bad = |text: &&Element| match text.attribute("type").unwrap_or("text") {
        "text" | "html" => !text.children.is_empty(),
        "xhtml" => text.children.len() != 1,
        other => text.name != "content" || !other.contains('/'),
    };
    texts
        .into_iter()
        .filter(bad)
        .map(|text| format!("{} of {:?}", text.name, text.attribute("type")))
        .collect()
}

fn person_has_name(feed: &Element) -> Vec<String> {
    let check = |person: &Element| {
        let mut faults = xml::not_once(person, ATOM, &["name"]);
        faults.extend(xml::more_than_once(person, ATOM, &["uri", "email"]));
        let emails = person.named(ATOM, "email");
        faults
            .extend(emails.iter().filter(|e| !e.text.contains('@')).map(|e| format!("the email {}", e.text)));
        let uris = person.named(ATOM, "uri");
        faults.extend(uris.iter().filter(|e| !xml::is_uri(&e.text)).map(|e| format!("the uri {}", e.text)));
        faults
    };
    atom(feed, &["author", "contributor"]).into_iter().flat_map(check).collect()
}

fn dates_are_rfc_3339(feed: &Element) -> Vec<String> {
    let dates = atom(feed, &["updated", "published"]).into_iter();
    dates.filter(|date| !xml::is_rfc_3339(&date.text)).map(|date| date.text.clone()).collect()
}

fn category_has_term(feed: &Element) -> Vec<String> {
    let bad = |category: &&Element| {
        category.attribute("term").is_none_or(str::is_empty)
            || category.attribute("scheme").is_some_and(|scheme| !xml::is_uri(scheme))
    };
    atom(feed, &["category"]).into_iter().filter(bad).map(|c| format!("{:?}", c.attributes)).collect()
}

fn ids_are_iris(feed: &Element) -> Vec<String> {
    let ids = containers(feed).into_iter().flat_map(|of| of.named(ATOM, "id"));
    ids.filter(|id| !xml::is_uri(&id.text)).map(|id| id.text.clone()).collect()
}

fn links_lead_somewhere(feed: &Element) -> Vec<String> {
    let bad = |link: &&Element| {
        !link.attribute("href").is_some_and(xml::is_web_address)
            || link.attribute("rel").is_some_and(|rel| !RELATIONS.contains(&rel))
            || link.attribute("type").is_some_and(|kind| !kind.contains('/'))
    };
    atom(feed, &["link"]).into_iter().filter(bad).map(|link| format!("{:?}", link.attributes)).collect()
}

fn language_is_a_tag(feed: &Element) -> Vec<String> {
    let language = feed.attribute("xml:lang");
    let bad = language.filter(|tag| !super::rss::is_language_tag(tag));
    bad.map(|tag| format!("{tag:?}")).into_iter().collect()
}
