//! A document in, the address of the next page of its list out, as the document names it.

use serde_json::Value;
use url::Url;

use super::{decode, markup};
use crate::fetch::Document;
use crate::link;
use crate::text;

use markup::{Kind, tokens};

/// Where a JSON document names its next page: JSON Feed 1.1, JSON:API 1.1 (a text, or an object with
/// `href`), HAL, and what frameworks make of them.
const POINTERS: [&str; 6] =
    ["/next_url", "/links/next", "/links/next/href", "/_links/next/href", "/paging/next", "/next"];

/// Elements of one posting: a link in them is its own.
const ENTRIES: [&str; 2] = ["entry", "item"];

/// The next page that a document names (RFC 5005 section 3, RFC 8288 for the `Link` header, HTML's
/// `rel=next`), absolute. The header's word comes first.
pub fn next(document: &Document, header: Option<&str>) -> Option<String> {
    let found = header.and_then(in_header).or_else(|| {
        let decoded = decode::decode(&document.body, document.content_type.as_deref());
        let text = decoded.text.trim_start_matches('\u{feff}').trim_start();
        if text.starts_with(['{', '[']) { in_json(text) } else { in_markup(text) }
    })?;
    let mut url = Url::parse(&link::resolve(&document.location, &found)?).ok()?;
    url.set_fragment(None);
    matches!(url.scheme(), "http" | "https").then(|| url.into())
}

/// How many pages a list says that it has: USAJOBS's search API.
pub fn pages(document: &Document) -> Option<u64> {
    if document.body.trim_ascii_start().first() != Some(&b'{') {
        return None;
    }
    let value: Value = serde_json::from_slice(&document.body).ok()?;
    let pages = value.pointer("/SearchResult/UserArea/NumberOfPages")?;
    pages.as_u64().or_else(|| pages.as_str()?.trim().parse().ok())
}

/// How many entries a list of Workday has on all its pages; only the first may say.
pub fn total(document: &Document) -> Option<u64> {
    let value: Value = serde_json::from_slice(&document.body).ok()?;
    value.get("total")?.as_u64().filter(|total| *total > 0)
}

/// `<https://…>; rel="next"`, among others.
fn in_header(header: &str) -> Option<String> {
    let mut rest = header;
    while let Some((_, behind)) = rest.split_once('<') {
        let (address, behind) = behind.split_once('>')?;
        // The parameters end where the next address begins.
        let parameters = behind.split('<').next().unwrap_or_default();
        let is_next = parameters.split([';', ',']).any(|parameter| {
            let Some((name, value)) = parameter.split_once('=') else { return false };
            let words = value.trim().trim_matches('"');
            name.trim().eq_ignore_ascii_case("rel") && has_next(words)
        });
        if is_next {
            return Some(address.trim().to_owned());
        }
        rest = behind;
    }
    None
}

fn in_json(text: &str) -> Option<String> {
    let value: Value = serde_json::from_str(text).ok()?;
    let address = |pointer: &&str| value.pointer(pointer)?.as_str().map(str::to_owned);
    POINTERS.iter().find_map(address).filter(|address| !address.trim().is_empty())
}

fn in_markup(text: &str) -> Option<String> {
    let mut within = 0_usize;
    for token in tokens(text) {
        let name = token.local();
        if ENTRIES.iter().any(|entry| name.eq_ignore_ascii_case(entry)) {
            match token.kind {
                Kind::Open => within += 1,
                Kind::Close => within = within.saturating_sub(1),
                _ => {}
            }
        }
        let links = name.eq_ignore_ascii_case("link") || name.eq_ignore_ascii_case("a");
        if within > 0 || !links || !matches!(token.kind, Kind::Open | Kind::Empty) {
            continue;
        }
        if token.attribute("rel").is_some_and(has_next)
            && let Some(address) = token.attribute("href")
        {
            return Some(text::decode(address).trim().to_owned());
        }
    }
    None
}

fn has_next(words: &str) -> bool {
    words.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("next"))
}
