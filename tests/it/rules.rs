//! A written page in, every rule of its format that it breaks out.
//!
//! Each rule is a function under the section that it is from. [`BROKEN`](broken::BROKEN) has a
//! document that breaks each of them, so that none passes by looking away.

mod atom;
mod broken;
mod rss;
pub mod xml;

use std::sync::LazyLock;

use xml::Element;

/// A rule: what it is called, where it stands, and what it finds wrong.
pub struct Rule {
    pub name: &'static str,
    pub section: &'static str,
    pub check: fn(&Element) -> Vec<String>,
}

/// Everything that is wrong with a page, by its file's extension; empty for a page that follows
/// all rules.
///
/// # Panics
/// If the extension is not one of a page.
pub fn faults(path: &str, bytes: &[u8]) -> Vec<String> {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("rss") => of_xml(bytes, rss::RULES),
        Some("atom") => of_xml(bytes, atom::RULES),
        Some("opml") => of_xml(bytes, OPML),
        Some("json") => of_json(bytes),
        _ => panic!("{path} is not a page that has rules"),
    }
}

fn of_xml(bytes: &[u8], rules: &[Rule]) -> Vec<String> {
    match xml::read(bytes) {
        Err(error) => vec![format!("well-formed (XML 1.0 section 2.1): {error}")],
        Ok(root) => rules
            .iter()
            .flat_map(|rule| {
                let named = |fault| format!("{} ({}): {fault}", rule.name, rule.section);
                (rule.check)(&root).into_iter().map(named)
            })
            .collect(),
    }
}

static JSON_FEED: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let schema = include_str!("../schema/json-feed-1.1.json");
    let schema = serde_json::from_str(schema).expect("the schema is JSON");
    jsonschema::options().should_validate_formats(true).build(&schema).expect("the schema is one")
});

fn of_json(bytes: &[u8]) -> Vec<String> {
    let page: serde_json::Value = match serde_json::from_slice(bytes) {
        Ok(page) => page,
        Err(error) => return vec![format!("JSON (RFC 8259): {error}")],
    };
    let mut faults: Vec<_> =
        JSON_FEED.iter_errors(&page).map(|e| format!("json-feed-1.1 {}: {e}", e.instance_path())).collect();
    let ids: Vec<_> = page["items"].as_array().into_iter().flatten().map(|item| &item["id"]).collect();
    let twice = ids.iter().enumerate().filter(|(at, id)| ids[..*at].contains(id));
    faults.extend(twice.map(|(_, id)| format!("json-feed-1.1 items: the id {id} is there twice")));
    faults
}

/// OPML 2.0 (opml.org/spec2.opml).
const OPML: &[Rule] = &[
    Rule { name: "opml_has_head_and_body", section: "OPML 2.0, What is an <opml>?", check: opml_root },
    Rule { name: "outline_has_text", section: "OPML 2.0, Text attribute", check: outline_text },
    Rule { name: "rss_outline_has_xml_url", section: "OPML 2.0, Subscription lists", check: outline_feed },
];

fn opml_root(root: &Element) -> Vec<String> {
    let mut faults = Vec::new();
    if root.name != "opml" || root.attribute("version") != Some("2.0") {
        faults.push(String::from("the root is not opml 2.0"));
    }
    let names: Vec<_> = root.children.iter().map(|child| child.name.as_str()).collect();
    if names != ["head", "body"] {
        faults.push(format!("the parts are {names:?}"));
    }
    if !root.all("outline").iter().any(|_| true) {
        faults.push(String::from("no outline"));
    }
    faults
}

fn outline_text(root: &Element) -> Vec<String> {
    let bad = |outline: &&&Element| outline.attribute("text").is_none_or(str::is_empty);
    root.all("outline").iter().filter(bad).map(|_| String::from("an outline without text")).collect()
}

fn outline_feed(root: &Element) -> Vec<String> {
    let feeds = root.all("outline").into_iter().filter(|outline| outline.attribute("type") == Some("rss"));
    feeds
        .filter(|outline| !outline.attribute("xmlUrl").is_some_and(xml::is_web_address))
        .map(|outline| format!("{:?} has no xmlUrl", outline.attribute("text")))
        .collect()
}
