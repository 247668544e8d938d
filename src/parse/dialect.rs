//! A feed in any spelling of its dialect in, one that feed-rs knows out.
//!
//! feed-rs finds no entries where elements are bound to another namespace than the one it knows,
//! or `rss` has a version that it does not. The root element's tag is always written anew, which
//! costs nothing: feed-rs reads the new tag and then the rest of the text where it is. Only what
//! stands deeper needs a copy.

use std::fmt::Write as _;

use super::extra::{Dialect, Outline};
use super::markup::{Kind, Token, local, tokens};

const RSS_1: &str = "http://purl.org/rss/1.0/";
const ATOM_1: &str = "http://www.w3.org/2005/Atom";

/// Namespaces that feed-rs knows, and the prefixes that they usually have.
const KNOWN: [(&str, &str); 4] = [
    ("atom", ATOM_1),
    ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
];

/// Other URIs of the same vocabularies, as [`loose`] writes them.
const ALIASES: [(&str, &str); 5] = [
    ("purl.org/dc/elements/1.0", "http://purl.org/dc/elements/1.1/"),
    ("my.netscape.com/rdf/simple/0.9", RSS_1),
    ("channel.netscape.com/rdf/simple/0.9", RSS_1),
    ("purl.org/atom/ns", ATOM_1),
    ("purl.org/rss/1.0", RSS_1),
];

/// Prefixes that boards use without binding them. Unbound, feed-rs takes their elements for RSS's
/// own: `media:title` for the title.
const UNBOUND: [&str; 6] = ["media", "g", "itunes", "joblisting", "job_listing", "georss"];

/// The root element's tag, with the version and the namespaces that feed-rs expects.
pub fn root_tag(outline: &Outline<'_>) -> String {
    let root = &outline.root;
    let own = root.name().split_once(':').map(|(prefix, _)| prefix);
    let mut tag = format!("<{}", root.name());
    if outline.dialect == Dialect::Rss {
        tag = format!("<{} version=\"2.0\"", root.name().to_ascii_lowercase());
    }
    let mut bound = Vec::new();
    for attribute in root.attributes() {
        let prefix = attribute.name.strip_prefix("xmlns").map(|p| p.strip_prefix(':').unwrap_or(""));
        let Some(prefix) = prefix else {
            if matches!(attribute.name, "xml:base" | "xml:lang") {
                attribute_to(&mut tag, attribute.name, attribute.value);
            }
            continue;
        };
        if prefix.is_empty() || bound.contains(&prefix) {
            continue;
        }
        bound.push(prefix);
        let uri = match outline.dialect {
            dialect if dialect.is_atom() && own == Some(prefix) => ATOM_1,
            _ => canonical(prefix, attribute.value),
        };
        attribute_to(&mut tag, attribute.name, uri);
    }
    match outline.dialect {
        Dialect::Rdf => attribute_to(&mut tag, "xmlns", RSS_1),
        dialect if dialect.is_atom() && own.is_none() => attribute_to(&mut tag, "xmlns", ATOM_1),
        _ => {}
    }
    for (prefix, uri) in KNOWN.iter().copied().chain(UNBOUND.map(|prefix| (prefix, "urn:unbound"))) {
        if !bound.contains(&prefix) {
            let _ = write!(tag, " xmlns:{prefix}=\"{uri}\"");
        }
    }
    tag.push_str(if root.kind == Kind::Empty { "/>" } else { ">" });
    tag
}

/// The URI that feed-rs knows, of a namespace that is spelled in another way.
fn canonical<'a>(prefix: &str, uri: &'a str) -> &'a str {
    let wanted = loose(uri);
    if let Some((_, known)) = KNOWN.iter().find(|(_, known)| loose(known) == wanted) {
        return known;
    }
    if let Some((_, known)) = ALIASES.iter().find(|(alias, _)| *alias == wanted) {
        return known;
    }
    // Nobody means another vocabulary by `content:encoded`.
    if prefix == "content" { KNOWN[1].1 } else { uri }
}

/// A URI without what writers get wrong: scheme, case, and the sign at its end.
fn loose(uri: &str) -> String {
    let uri = uri.trim().to_ascii_lowercase();
    let rest = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://")).unwrap_or(&uri);
    rest.trim_end_matches(['/', '#']).to_owned()
}

/// A root may have it twice, which XML forbids and feed-rs would refuse.
fn attribute_to(tag: &mut String, name: &str, value: &str) {
    let quote = if value.contains('"') { '\'' } else { '"' };
    if !tag.contains(&format!(" {name}=")) {
        let _ = write!(tag, " {name}={quote}{value}{quote}");
    }
}

/// Elements of Atom 0.3 and their names in Atom 1.0 (RFC 4287, section 1).
const ATOM_03: [(&str, &str); 4] =
    [("modified", "updated"), ("issued", "published"), ("tagline", "subtitle"), ("copyright", "rights")];

/// Types of Atom's texts and what feed-rs calls them; it refuses a whole feed for another one.
const TEXT_TYPES: [(&str, &str); 8] = [
    ("text", "text"),
    ("html", "html"),
    ("xhtml", "xhtml"),
    ("text/plain", "text"),
    ("text/html", "html"),
    ("application/xhtml+xml", "xhtml"),
    ("plain", "text"),
    ("escaped", "html"),
];

/// Elements that hold a text with a type.
const TEXTS: [&str; 7] = ["title", "summary", "content", "subtitle", "tagline", "rights", "copyright"];

/// Elements that hold a person. feed-rs panics on some (`é@example.org`), and nothing is lost with
/// them: [`super::extra`] reads them too.
const PEOPLE: [&str; 6] = ["author", "creator", "managingEditor", "webMaster", "contributor", "credit"];

/// Writes what stands below the root element anew: without default namespaces, XML declarations
/// and, if `people` is not set, persons; Atom in the words of Atom 1.0.
pub fn rewrite(document: &str, dialect: Dialect, people: bool) -> String {
    let mut out = String::with_capacity(document.len() + document.len() / 16);
    let mut depth = 0usize;
    let mut dropped = None;
    for token in tokens(document) {
        let opens = matches!(token.kind, Kind::Open | Kind::Empty);
        depth += usize::from(opens);
        if opens && dropped.is_none() && depth > 1 && !people && PEOPLE.contains(&token.local()) {
            dropped = Some(depth);
        }
        if dropped.is_none() {
            match token.kind {
                Kind::Aside => {}
                // The root's own tag is written by `root_tag`.
                Kind::Open | Kind::Empty if depth == 1 => out.push_str(token.text),
                Kind::Open | Kind::Empty if depth <= dialect.item_depth() + 1 => {
                    out.push_str(&tag(&token, dialect));
                    if dialect == Dialect::Rdf && token.local() == "item" && token.kind == Kind::Open {
                        // feed-rs leaves out an item of RSS 1.0 that has no link.
                        let about = token.attribute("rdf:about").unwrap_or_default();
                        let _ = write!(out, "<link>{about} </link>");
                    }
                }
                Kind::Close if dialect.is_atom() && depth <= dialect.item_depth() + 1 => {
                    let _ = write!(out, "</{}>", atom_name(token.name()));
                }
                _ => out.push_str(token.text),
            }
        }
        if matches!(token.kind, Kind::Close | Kind::Empty) {
            if dropped == Some(depth) {
                dropped = None;
            }
            depth = depth.saturating_sub(1);
        }
    }
    out
}

/// The tag of a feed's or an entry's child, in the words that feed-rs knows.
fn tag(token: &Token<'_>, dialect: Dialect) -> String {
    let name = if dialect.is_atom() { atom_name(token.name()) } else { token.name().to_owned() };
    let mut tag = format!("<{name}");
    let text = dialect.is_atom() && TEXTS.contains(&token.local());
    for attribute in token.attributes().filter(|a| a.name != "xmlns") {
        if !text || !matches!(attribute.name, "type" | "mode" | "src") {
            attribute_to(&mut tag, attribute.name, attribute.value);
        }
    }
    if text {
        attribute_to(&mut tag, "type", text_type(token));
    }
    tag.push_str(if token.kind == Kind::Empty { "/>" } else { ">" });
    tag
}

fn atom_name(name: &str) -> String {
    match ATOM_03.iter().find(|(old, _)| *old == local(name)) {
        Some((old, new)) => format!("{}{new}", &name[..name.len() - old.len()]),
        None => name.to_owned(),
    }
}

/// The type of a text: Atom 0.3 (section 3.1) has a media type and a mode of encoding.
fn text_type(token: &Token<'_>) -> &'static str {
    let stated = token.attribute("type").unwrap_or("text").trim().to_ascii_lowercase();
    let media = stated.split(';').next().unwrap_or_default();
    let known = TEXT_TYPES.iter().find(|(name, _)| *name == media).map_or("text", |(_, ours)| ours);
    match token.attribute("mode") {
        Some("escaped") => "html",
        Some("xml") if known == "html" => "xhtml",
        _ => known,
    }
}
