//! The text of an RSS or Atom document in, what feed-rs drops or makes up out: an outline of it.
//!
//! feed-rs reads no namespace that it does not know, invents ids where there are none, forgets
//! guid's `isPermaLink`, and takes only the text before the first tag of an element. All of that is
//! read here, by local names, because boards bind the same names to any URI (WP Job Manager to its
//! own site's, NEOGOV to two of its hosts').

mod capture;
mod item;

use std::borrow::Cow;
use std::ops::Range;

use super::Error;
use super::markup::{Kind, Token, local, tokens};
use super::name::{Field, field};
use super::short::{self, Child};
use crate::text;
use capture::Capture;

pub use item::Extra;

/// Attributes of one element, at most: XML parsers look for duplicates pair by pair.
pub const MAX_ATTRIBUTES: usize = 256;

/// What the root element says that a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// RSS 0.91 to 2.0: `rss`, its items in `channel`.
    Rss,
    /// RSS 0.90 and 1.0: `rdf:RDF`, its items beside `channel`.
    Rdf,
    /// Atom 0.3 and 1.0: `feed`.
    Atom,
    /// An Atom document of one entry.
    AtomEntry,
}

impl Dialect {
    /// The dialect of a document with this root element.
    pub fn of(root: &str) -> Option<Dialect> {
        match local(root).to_ascii_lowercase().as_str() {
            "rss" => Some(Dialect::Rss),
            "rdf" => Some(Dialect::Rdf),
            "feed" => Some(Dialect::Atom),
            "entry" => Some(Dialect::AtomEntry),
            _ => None,
        }
    }

    pub fn is_atom(self) -> bool {
        matches!(self, Dialect::Atom | Dialect::AtomEntry)
    }

    /// The name of what holds one entry.
    pub fn item(self) -> &'static str {
        if self.is_atom() { "entry" } else { "item" }
    }

    /// How many elements are open where an item's children begin.
    pub fn item_depth(self) -> usize {
        match self {
            Dialect::Rss => 3,
            Dialect::Rdf | Dialect::Atom => 2,
            Dialect::AtomEntry => 1,
        }
    }
}

/// What a look at the markup of a document shows.
#[derive(Debug)]
pub struct Outline<'a> {
    pub dialect: Dialect,
    pub root: Token<'a>,
    /// In the order of the document.
    pub items: Vec<Extra<'a>>,
    /// The web page that the feed belongs to.
    pub link: Option<String>,
    /// The feed's own title.
    pub title: Option<String>,
    /// Whether its items have elements of NEOGOV's.
    pub neogov: bool,
    pub language: Option<String>,
    /// Whether names or namespaces must be mapped before feed-rs finds the entries.
    pub foreign: bool,
    /// Whether feed-rs may see other elements in it, so that it must read all of it.
    pub odd: bool,
    /// Whether items stand where feed-rs looks for none: beside the channel, or deeper than others.
    pub stray: bool,
    /// Children of items that feed-rs need not read if the document is neither foreign nor odd.
    pub cuts: Vec<Range<usize>>,
}

/// One line of text, whatever markup it was written in.
pub fn plain(text: &str) -> String {
    if text.bytes().any(|b| matches!(b, b'<' | b'&')) {
        return text::squash(&text::strip_html(text));
    }
    text::squash(text)
}

/// The text of a piece of XML: references decoded once.
pub fn unescape<'a>(token: &Token<'a>) -> Cow<'a, str> {
    match token.kind {
        Kind::Cdata => Cow::Borrowed(token.cdata()),
        _ => htmlize::unescape(token.text),
    }
}

/// Reads over a document that begins with its root element.
///
/// # Errors
/// [`Error::NotAFeed`] if its root is none of a feed's, or an element has attributes without end.
pub fn outline(document: &str) -> Result<Outline<'_>, Error> {
    let mut tokens = tokens(document);
    let root = tokens.next().ok_or(Error::Empty)?;
    let dialect = Dialect::of(root.name())
        .ok_or_else(|| Error::NotAFeed(format!("its root element is <{}>", root.name())))?;
    let mut scan = Scan::new(document, dialect, root);
    check(&root)?;
    scan.open(&root);
    for token in tokens {
        scan.outline.odd |= short::is_odd(&token);
        match token.kind {
            Kind::Text | Kind::Cdata => scan.text(&token),
            Kind::Open => {
                check(&token)?;
                scan.open(&token);
            }
            Kind::Empty => {
                check(&token)?;
                scan.open(&token);
                scan.close(&token);
            }
            Kind::Close => scan.close(&token),
            Kind::Aside => scan.outline.foreign |= token.text.starts_with("<?xml "),
        }
    }
    Ok(scan.outline)
}

fn check(token: &Token<'_>) -> Result<(), Error> {
    if token.text.len() > 4 * MAX_ATTRIBUTES && token.attributes().count() > MAX_ATTRIBUTES {
        return Err(Error::NotAFeed(format!("an element has more than {MAX_ATTRIBUTES} attributes")));
    }
    Ok(())
}

struct Scan<'a> {
    document: &'a str,
    outline: Outline<'a>,
    depth: usize,
    item: Option<Extra<'a>>,
    /// The prefix of the item's own name; its plain children share it.
    prefix: &'a str,
    /// The element that is being read, a child of an item or of a channel.
    capture: Option<Capture<'a>>,
}

impl<'a> Scan<'a> {
    fn new(document: &'a str, dialect: Dialect, root: Token<'a>) -> Self {
        let foreign = dialect.is_atom() && root.attribute("version").is_some_and(|v| v.starts_with("0."));
        let outline = Outline {
            dialect,
            root,
            items: Vec::new(),
            link: None,
            title: None,
            neogov: false,
            language: None,
            foreign,
            odd: false,
            stray: false,
            cuts: Vec::new(),
        };
        Scan { document, outline, depth: 0, item: None, prefix: "", capture: None }
    }

    fn open(&mut self, token: &Token<'a>) {
        self.depth += 1;
        let item_depth = self.outline.dialect.item_depth();
        if let Some(capture) = &mut self.capture {
            capture.has_children = true;
            capture.finish_piece();
            capture.leaf = token.local();
        } else if self.depth == item_depth && token.local() == self.outline.dialect.item() {
            self.begin_item(token);
        } else if self.depth == item_depth + 1 && self.item.is_some() {
            self.begin_child(token);
        } else if self.item.is_none() {
            if token.local() == self.outline.dialect.item() {
                self.outline.stray |= self.depth < item_depth || self.outline.items.is_empty();
            }
            self.begin_header(token);
        }
        if self.depth > 1 && self.depth <= item_depth && token.text.len() > token.name().len() + 2 {
            self.outline.odd |= token.text.contains("xmlns");
        }
        let structure = self.depth > 1 && self.depth <= item_depth + 1;
        self.outline.foreign = self.outline.foreign || structure && token.attribute("xmlns").is_some();
    }

    fn begin_item(&mut self, token: &Token<'a>) {
        let mut item = Extra { language: attribute(token, "xml:lang"), ..Extra::default() };
        if let Some(about) = attribute(token, "rdf:about").or_else(|| attribute(token, "about")) {
            item.add(Field::Key, 2, &about);
            item.permalink = true;
        }
        self.prefix = prefix(token.name());
        self.item = Some(item);
    }

    /// A child of an item begins.
    fn begin_child(&mut self, token: &Token<'a>) {
        let (prefix, local) = (prefix(token.name()), token.local());
        self.outline.neogov |= prefix == "joblisting";
        // feed-rs keeps the last of several.
        self.outline.odd |= self.item.as_ref().is_some_and(|item| item.text(local).is_some());
        let Some((field, rank)) = field(prefix, local, prefix == self.prefix) else { return };
        let Some(item) = &mut self.item else { return };
        if item.language.is_none() {
            item.language = attribute(token, "xml:lang");
        }
        // Markup as markup is what feed-rs reads well.
        if field.is_long() && token.attribute("type").is_some_and(|t| t.ends_with("xhtml")) {
            return;
        }
        match field {
            Field::Key if local == "guid" => {
                item.permalink =
                    !token.attribute("isPermaLink").is_some_and(|v| v.eq_ignore_ascii_case("false"));
            }
            Field::Link if self.outline.dialect.is_atom() => {
                let alternate = token.attribute("rel").is_none_or(|rel| rel == "alternate");
                if let Some(href) = attribute(token, "href").filter(|_| alternate) {
                    item.add(Field::Link, rank, &href);
                }
            }
            _ => {}
        }
        self.capture(field, rank, token);
    }

    /// An element of the feed itself begins.
    fn begin_header(&mut self, token: &Token<'a>) {
        let depth = match self.outline.dialect {
            Dialect::Rdf => 3,
            dialect => dialect.item_depth(),
        };
        if self.outline.language.is_none() && self.depth < depth {
            self.outline.language = attribute(token, "xml:lang");
        }
        if self.depth != depth {
            return;
        }
        match (token.name(), self.outline.dialect) {
            ("link", Dialect::Atom) => {
                let alternate = token.attribute("rel").is_none_or(|rel| rel == "alternate");
                if self.outline.link.is_none() && alternate {
                    self.outline.link = attribute(token, "href");
                }
            }
            ("link", _) if self.outline.link.is_none() => self.capture(Field::Link, 0, token),
            // Read as the employer, which it may name.
            ("title", _) if self.outline.title.is_none() => self.capture(Field::Employer, 0, token),
            ("language" | "dc:language", _) => self.capture(Field::Language, 0, token),
            _ => {}
        }
    }

    fn capture(&mut self, field: Field, rank: u8, token: &Token<'a>) {
        self.capture = Some(Capture {
            field,
            rank,
            depth: self.depth,
            from: token.end(),
            leaf: token.local(),
            text: Cow::Borrowed(""),
            pieces: Vec::new(),
            has_children: false,
            tag: token.text,
            texts: 0,
        });
    }

    fn text(&mut self, token: &Token<'a>) {
        let Some(capture) = &mut self.capture else { return };
        capture.texts += 1;
        if !capture.field.is_long() {
            capture.text += unescape(token);
        }
    }

    fn close(&mut self, token: &Token<'a>) {
        if self.capture.as_ref().is_some_and(|c| c.depth == self.depth) {
            let mut capture = self.capture.take().expect("it was there a line above");
            capture.finish_piece();
            let markup = &self.document[capture.from.min(token.at)..token.at];
            match &mut self.item {
                Some(item) => {
                    let dialect = self.outline.dialect;
                    let plain = matches!(dialect, Dialect::Rss | Dialect::Atom) && self.prefix.is_empty();
                    let child = if plain { capture.child(dialect.is_atom(), markup) } else { None };
                    let (name, linked) = (capture.leaf, item.get(Field::Link).is_some());
                    let cut = capture.from - capture.tag.len()..token.end();
                    capture.store(item, markup);
                    let spared = match child {
                        Some(Child::Text(text)) => {
                            item.texts.push((name, text));
                            true
                        }
                        Some(Child::Link) => !linked && item.get(Field::Link).is_some_and(is_absolute),
                        Some(Child::Read) => true,
                        None => false,
                    };
                    if spared {
                        self.outline.cuts.push(cut);
                    }
                }
                None => self.store_header(&capture),
            }
        } else if let Some(capture) = &mut self.capture {
            capture.finish_piece();
        } else if self.depth == self.outline.dialect.item_depth()
            && let Some(item) = self.item.take()
        {
            // feed-rs leaves out an item of RSS 1.0 that has no link.
            self.outline.foreign |= self.outline.dialect == Dialect::Rdf && item.get(Field::Link).is_none();
            self.outline.items.push(item);
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn store_header(&mut self, capture: &Capture<'_>) {
        let Some((_, text)) = capture.pieces.first() else { return };
        match capture.field {
            Field::Link => self.outline.link = Some(text.trim().to_owned()),
            Field::Employer => self.outline.title = Some(plain(text)),
            _ => self.outline.language = Some(text.trim().to_owned()),
        }
    }
}

/// Whether a link names its site.
pub fn is_absolute(link: &str) -> bool {
    link.get(..8).is_some_and(|start| {
        let start = start.to_ascii_lowercase();
        start.starts_with("http://") || start.starts_with("https://")
    })
}

fn attribute(token: &Token<'_>, name: &str) -> Option<String> {
    let value = token.attribute(name)?;
    Some(htmlize::unescape(value).trim().to_owned()).filter(|v| !v.is_empty())
}

fn prefix(name: &str) -> &str {
    name.bytes().position(|b| b == b':').map_or("", |at| &name[..at])
}
