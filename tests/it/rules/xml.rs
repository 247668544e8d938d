//! An XML document in, a tree with resolved namespaces out.

use chrono::DateTime;
use quick_xml::NsReader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

#[derive(Debug, Default)]
pub struct Element {
    /// The namespace's URI; empty for none.
    pub space: String,
    /// The local name.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    pub text: String,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Children in `space` with this name.
    pub fn named<'a>(&'a self, space: &str, name: &str) -> Vec<&'a Element> {
        self.children.iter().filter(|child| child.space == space && child.name == name).collect()
    }

    /// This element and all below it with this name.
    pub fn all<'a>(&'a self, name: &str) -> Vec<&'a Element> {
        let mut found = if self.name == name { vec![self] } else { Vec::new() };
        found.extend(self.children.iter().flat_map(|child| child.all(name)));
        found
    }
}

/// Reads a document strictly: one root, every prefix declared, every reference known, only
/// characters of XML 1.0 section 2.2.
pub fn read(bytes: &[u8]) -> Result<Element, String> {
    let text = std::str::from_utf8(bytes).map_err(|e| e.to_string())?;
    if let Some(bad) = text.chars().find(|c| !is_xml_char(*c)) {
        return Err(format!("the character {bad:?}"));
    }
    let mut reader = NsReader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        let (space, event) = reader.read_resolved_event().map_err(|e| e.to_string())?;
        let space = match space {
            ResolveResult::Bound(uri) => uri.0.to_owned(),
            ResolveResult::Unbound => String::new(),
            ResolveResult::Unknown(prefix) => return Err(format!("the prefix {prefix:?} is not declared")),
        };
        let top = open.last_mut().expect("the document is never closed");
        match event {
            Event::Start(start) => open.push(element(space, &start)?),
            Event::Empty(start) => top.children.push(element(space, &start)?),
            Event::End(_) => {
                let closed = open.pop().expect("an end has a start");
                open.last_mut().expect("the document is never closed").children.push(closed);
            }
            Event::Text(text) => top.text.push_str(&text.xml10_content()),
            Event::CData(text) => top.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let name = reference.as_ref();
                match (resolve_predefined_entity(name), reference.resolve_char_ref()) {
                    (Some(text), _) => top.text.push_str(text),
                    (None, Ok(Some(c))) if is_xml_char(c) => top.text.push(c),
                    _ => return Err(format!("the reference &{name};")),
                }
            }
            Event::DocType(_) => return Err(String::from("a document type")),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    let mut document = open.pop().filter(|_| open.is_empty()).ok_or("an element is not closed")?;
    match (document.children.len(), document.text.trim()) {
        (1, "") => Ok(document.children.remove(0)),
        (roots, text) => Err(format!("{roots} roots and {text:?} beside them")),
    }
}

fn element(space: String, start: &BytesStart) -> Result<Element, String> {
    let name = start.local_name().as_ref().to_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|e| e.to_string())?;
        if attribute.value.contains('<') {
            return Err(format!("< in an attribute of {name}"));
        }
        let value =
            attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(|e| e.to_string())?;
        attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(Element { space, name, attributes, ..Element::default() })
}

fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// An absolute http(s) address in the characters of RFC 3986.
pub fn is_web_address(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b);
    url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
        && text.bytes().all(plain)
        && text.matches('#').count() < 2
        && text
            .split('%')
            .skip(1)
            .all(|rest| rest.as_bytes().get(..2).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)))
}

/// An absolute URI of any scheme (RFC 3986 section 4.3, a fragment allowed).
pub fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        && !rest.is_empty()
        && rest.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&b))
}

/// RFC 3339 with an upper-case `T` and zone.
pub fn is_rfc_3339(text: &str) -> bool {
    DateTime::parse_from_rfc3339(text).is_ok() && text.contains('T') && !text.contains('z')
}

/// RFC 822 with a year of four digits, which the profile asks for.
pub fn is_rfc_822(text: &str) -> bool {
    let year = text.split(' ').nth(3).is_some_and(|year| year.len() == 4);
    year && DateTime::parse_from_rfc2822(text).is_ok()
}

/// More than one child of a name that may be there once.
pub fn more_than_once(of: &Element, space: &str, names: &[&str]) -> Vec<String> {
    let many = names.iter().filter(|name| of.named(space, name).len() > 1);
    many.map(|name| format!("{} has more than one {name}", of.name)).collect()
}

/// Children that must be there once, and be filled.
pub fn not_once(of: &Element, space: &str, names: &[&str]) -> Vec<String> {
    let bad = names.iter().filter_map(|name| match of.named(space, name)[..] {
        [one] if !one.text.trim().is_empty() => None,
        [_] => Some(format!("{} has an empty {name}", of.name)),
        ref found => Some(format!("{} has {} {name}", of.name, found.len())),
    });
    bad.collect()
}
