//! A sitemap in, the addresses that it lists out, each with the time of its last change.
//!
//! All forms of sitemaps.org are read (XML, an index of others, plain text; packed by gzip), in any
//! namespace, and broken ones as far as they go: nothing that is cut in two is taken. Feeds, which
//! may be sitemaps, too, are read as feeds.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::decode::decode;
use super::markup::{Kind, Token, tokens};
use crate::posting::Moment;
use crate::{date, link, text};

/// Addresses of one sitemap (sitemaps.org, "Sitemap file location and size").
const MOST: usize = 50_000;

/// Bytes of one sitemap, unpacked (the same).
const MOST_BYTES: u64 = 50 * 1024 * 1024;

/// What a sitemap lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sitemap {
    /// In its order, none twice in a row.
    pub listed: Vec<Listed>,
    /// Whether it lists other sitemaps. Those list pages: an index of indexes is not allowed, so
    /// whoever reads the others may leave out those that are one.
    pub is_index: bool,
    /// `false` if it broke off, or is longer than a sitemap may be.
    pub complete: bool,
}

/// An address in a sitemap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Absolute, http or https.
    pub location: String,
    pub modified: Option<Moment>,
}

/// Reads a sitemap that came from `base`. `None` if it is none; one that lists nothing is one.
pub fn read(body: &[u8], content_type: Option<&str>, base: &str) -> Option<Sitemap> {
    let (body, whole) = unpacked(body);
    let decoded = decode(&body, content_type);
    let text = decoded.text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let mut sitemap = if text.starts_with('<') {
        xml(text, base)?
    } else {
        lines(text, whole).filter(|s| !s.listed.is_empty())?
    };
    sitemap.complete &= whole;
    Some(sitemap)
}

/// The bytes without gzip, up to where they break off, and whether they are whole.
fn unpacked(body: &[u8]) -> (Cow<'_, [u8]>, bool) {
    if !body.starts_with(&[0x1f, 0x8b]) {
        return (body.into(), true);
    }
    let mut out = Vec::new();
    let mut packed = MultiGzDecoder::new(body).take(MOST_BYTES + 1);
    let read = packed.read_to_end(&mut out);
    let whole = read.is_ok() && out.len() as u64 <= MOST_BYTES;
    (out.into(), whole)
}

/// One address a line.
fn lines(text: &str, whole: bool) -> Option<Sitemap> {
    let mut sitemap = Sitemap { complete: true, ..Sitemap::default() };
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.trim();
        // The last one of what broke off is cut in two.
        if line.is_empty() || (lines.peek().is_none() && !whole) {
            continue;
        }
        if !(line.starts_with("http://") || line.starts_with("https://"))
            || line.contains(char::is_whitespace)
        {
            return None;
        }
        sitemap.add(link::resolve("", line), None);
        if sitemap.is_full() {
            break;
        }
    }
    Some(sitemap)
}

/// An entry that is being read: `<url>` or `<sitemap>`.
#[derive(Default)]
struct Item {
    location: Option<String>,
    modified: Option<Moment>,
}

/// What a text is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Location,
    Modified,
}

fn xml(document: &str, base: &str) -> Option<Sitemap> {
    let elements = tokens(document).filter(|token| matches!(token.kind, Kind::Open | Kind::Empty));
    let root = elements.take(1).find(|root| is(root, "urlset") || is(root, "sitemapindex"))?;
    // Only names with the root's prefix count: pictures and videos have a `loc` of their own.
    let prefix = root.name().strip_suffix(root.local()).unwrap_or_default();
    let mut sitemap = Sitemap { is_index: is(&root, "sitemapindex"), ..Sitemap::default() };
    let mut item = Item::default();
    let (mut field, mut words) = (None, String::new());
    for token in tokens(&document[root.at..]) {
        let own = || token.name().strip_suffix(token.local()) == Some(prefix);
        match token.kind {
            Kind::Text if field.is_some() => words.push_str(token.text),
            Kind::Cdata if field.is_some() => words.push_str(token.cdata()),
            Kind::Open if own() => {
                field = field_of(&token);
                words.clear();
                if is(&token, "url") || is(&token, "sitemap") {
                    // The end of the one before was forgotten.
                    sitemap.finish(std::mem::take(&mut item), base);
                }
            }
            Kind::Close if own() => {
                match field.take().filter(|field| field_of(&token) == Some(*field)) {
                    Some(Field::Location) => item.location = item.location.or_else(|| value(&words)),
                    Some(Field::Modified) => {
                        item.modified = item.modified.or_else(|| date::read(&value(&words)?, None))
                    }
                    None => {}
                }
                if is(&token, "url") || is(&token, "sitemap") {
                    sitemap.finish(std::mem::take(&mut item), base);
                }
                sitemap.complete |= token.name() == root.name();
            }
            _ => {}
        }
        if sitemap.is_full() {
            return Some(sitemap);
        }
    }
    sitemap.complete |= root.kind == Kind::Empty;
    sitemap.finish(item, base);
    Some(sitemap)
}

fn is(token: &Token<'_>, name: &str) -> bool {
    token.local().eq_ignore_ascii_case(name)
}

fn field_of(token: &Token<'_>) -> Option<Field> {
    if is(token, "loc") { Some(Field::Location) } else { is(token, "lastmod").then_some(Field::Modified) }
}

fn value(words: &str) -> Option<String> {
    let value = text::squash(&htmlize::unescape(words));
    (!value.is_empty()).then_some(value)
}

impl Sitemap {
    fn finish(&mut self, item: Item, base: &str) {
        self.add(item.location.and_then(|location| link::resolve(base, &location)), item.modified);
    }

    /// Whether it has more than it may have, which is left out.
    fn is_full(&mut self) -> bool {
        let full = self.listed.len() > MOST;
        self.listed.truncate(MOST);
        self.complete &= !full;
        full
    }

    fn add(&mut self, location: Option<String>, modified: Option<Moment>) {
        let web = |location: &String| location.starts_with("http://") || location.starts_with("https://");
        let Some(location) = location.filter(web) else { return };
        if self.listed.last().is_none_or(|last| last.location != location) {
            self.listed.push(Listed { location, modified });
        }
    }
}
