//! A feed that is not well-formed XML in, one that is out, and what was mended.
//!
//! Every mend touches only what breaks a rule of XML, so a document keeps whatever is right in it.

mod rules;

use std::borrow::Cow;

use super::extra::Dialect;
use super::markup::{Kind, Token, local, tokens, tokens_from};
use rules::{balanced, is_name, is_number};

/// Elements open at once, at most; deeper ones are left out.
const MAX_DEPTH: usize = 100;

/// A document that can be read.
#[derive(Debug)]
pub struct Mended {
    pub text: String,
    /// In the words of [`super::Parsed::repairs`], each once, in the order of [`WORDS`].
    pub repairs: Vec<&'static str>,
    /// `false` if the document ends before its root element does.
    pub complete: bool,
}

/// What is mended, in the words of the report.
const WORDS: [&str; 7] = [
    "bare ampersands",
    "undefined entities",
    "bad character references",
    "control characters",
    "stray angle brackets",
    "unbalanced tags",
    "truncated",
];

const AMPERSAND: usize = 0;
const ENTITY: usize = 1;
const REFERENCE: usize = 2;
const CONTROL: usize = 3;
const BRACKET: usize = 4;
const BALANCE: usize = 5;
const TRUNCATED: usize = 6;

/// Sections without an end that are mended: each is looked for to the end of the document.
const MOST_UNENDED: usize = 16;

/// Elements whose content is the text of an entry, however much markup it holds: where tags inside
/// do not match, all of it is taken for text.
const TEXTS: [&str; 5] = ["title", "description", "encoded", "summary", "content"];

/// Elements that stand in no text: one of them says that a text's end was forgotten.
const ITEM_PARTS: [&str; 9] =
    ["item", "entry", "link", "guid", "id", "pubDate", "updated", "published", "issued"];

/// Mends a document that begins with its root element.
pub fn mend(document: &str, dialect: Dialect) -> Mended {
    let mut mender = Mender {
        document,
        dialect,
        out: String::with_capacity(document.len() + document.len() / 16),
        open: Vec::new(),
        item: 0,
        made: [false; WORDS.len()],
        ended: false,
        channel_ended: false,
    };
    let mut tokens = tokens(document).peekable();
    let mut unended = 0;
    while let Some(token) = tokens.next() {
        if mender.ended {
            break;
        }
        if unended < MOST_UNENDED && mender.has_no_end(&token) {
            unended += 1;
            mender.made[BRACKET] = true;
            tokens = tokens_from(document, token.at + "<![CDATA[".len()).peekable();
            continue;
        }
        let text = token.kind == Kind::Open && token.whole && mender.is_text(&token);
        match text.then(|| text_end(&document[token.end()..], token.name())).flatten() {
            Some(length) => {
                mender.text_element(&token, &document[token.end()..token.end() + length]);
                while tokens.next_if(|t| t.at < token.end() + length).is_some() {}
            }
            None => mender.token(&token),
        }
    }
    mender.finish()
}

/// Where the content of a text element ends: before its end tag, unless another item begins first.
fn text_end(rest: &str, name: &str) -> Option<usize> {
    for token in tokens(rest) {
        match token.kind {
            Kind::Close if token.name() == name => return Some(token.at),
            // Also what keeps a document of nothing but begun titles from being read over and over.
            Kind::Open if is_part(&token) => return None,
            // Atom's link is empty, and no title holds one.
            Kind::Empty if local(name) == "title" && is_part(&token) => return None,
            _ => {}
        }
    }
    None
}

/// Whether an element begins that stands in no text.
fn is_part(token: &Token<'_>) -> bool {
    is_text(token.name()) || ITEM_PARTS.contains(&token.local())
}

/// Whether an element of this name holds a text, under any prefix; `media:content` holds elements.
fn is_text(name: &str) -> bool {
    let local = local(name);
    TEXTS.contains(&local) && (local != "content" || name == local)
}

struct Mender<'a> {
    document: &'a str,
    dialect: Dialect,
    out: String,
    /// Names of the open elements.
    open: Vec<&'a str>,
    /// Where in `out` the item begins that is open.
    item: usize,
    made: [bool; WORDS.len()],
    /// Whether the root element has ended.
    ended: bool,
    /// Whether the channel of an RSS feed has ended; its end is written with the root's, since some
    /// write their items behind it.
    channel_ended: bool,
}

impl<'a> Mender<'a> {
    /// Whether an element begins here that holds an entry's text.
    fn is_text(&self, token: &Token<'_>) -> bool {
        is_text(token.name()) && self.open.iter().any(|name| local(name) == self.dialect.item())
    }

    /// Whether a section between items has the end of another: items begin in it.
    fn has_no_end(&self, token: &Token<'_>) -> bool {
        let item = self.dialect.item();
        let between = !self.open.iter().any(|name| local(name) == item);
        let begins =
            |inner: &str| inner.strip_prefix(item).is_some_and(|rest| rest.starts_with([' ', '>', '\n']));
        token.kind == Kind::Cdata && between && token.cdata().split('<').skip(1).any(begins)
    }

    fn token(&mut self, token: &Token<'a>) {
        match (token.kind, token.whole) {
            (Kind::Text, _) => self.text(token),
            (Kind::Cdata, true) => self.cdata(token.cdata()),
            (Kind::Aside, _) => {}
            (Kind::Open, true) => self.open_tag(token),
            (Kind::Empty, true) => {
                if self.open.last().is_some_and(|name| local(name) == "title") && is_part(token) {
                    self.end_text();
                }
                if self.open.len() < MAX_DEPTH {
                    self.tag(token);
                }
            }
            (Kind::Close, true) => self.close_tag(token),
            // Nothing follows it: the document ends within the markup.
            (_, false) if token.end() == self.document.len() => self.made[TRUNCATED] = true,
            (_, false) => {
                self.made[BRACKET] = true;
                self.escaped(token.text);
            }
        }
    }

    fn open_tag(&mut self, token: &Token<'a>) {
        if self.is_channel(token) && self.open.len() > 1 {
            // A second channel: its items are read as if they were the first one's.
            self.made[BALANCE] |= self.channel_ended;
            return;
        }
        // An item cannot begin in an item: the end of that one was forgotten.
        let item = self.dialect.item();
        if token.local() == item {
            if let Some(at) = self.open.iter().position(|name| local(name) == item) {
                self.made[BALANCE] = true;
                self.close_to(at);
            }
            // Items stand in nothing else: what is open around this one should have ended.
            let around = self.dialect.item_depth() - 1;
            if self.open.len() > around {
                self.made[BALANCE] = true;
                self.close_to(around.max(1));
            }
            if self.dialect == Dialect::Rss && self.open.len() == 1 {
                self.made[BALANCE] = true;
                self.out.push_str("<channel>");
                self.open.push("channel");
            }
            self.made[BALANCE] |= self.channel_ended;
            self.item = self.out.len();
        } else if is_part(token) {
            self.end_text();
        }
        if self.open.len() < MAX_DEPTH {
            self.tag(token);
            self.open.push(token.name());
        }
    }

    /// A part of an item begins: a text that is open should have ended.
    fn end_text(&mut self) {
        if self.open.last().is_some_and(|name| is_text(name)) {
            self.made[BALANCE] = true;
            self.close_to(self.open.len() - 1);
        }
    }

    /// Whether a tag is that of a channel of RSS, which stands in the root.
    fn is_channel(&self, token: &Token<'_>) -> bool {
        let at = self.open.len() == 1 || self.open.len() == 2 && self.open[1] == token.name();
        self.dialect == Dialect::Rss && token.name() == "channel" && at
    }

    fn close_tag(&mut self, token: &Token<'a>) {
        if self.is_channel(token) && self.open.len() == 2 {
            self.channel_ended = true;
            return;
        }
        match self.open.iter().rposition(|name| *name == token.name()) {
            Some(at) => {
                let ended = at + 1 + usize::from(self.channel_ended && at == 0);
                self.made[BALANCE] |= ended < self.open.len();
                self.close_to(at);
            }
            None => self.made[BALANCE] = true,
        }
    }

    /// Ends every element from the one at `at` inwards.
    fn close_to(&mut self, at: usize) {
        while self.open.len() > at {
            let name = self.open.pop().expect("longer than `at`");
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        self.ended = self.open.is_empty();
    }

    /// A text element and all of its content. Markup in it stays if its tags match.
    fn text_element(&mut self, tag: &Token<'a>, content: &'a str) {
        self.tag(tag);
        self.open.push(tag.name());
        if balanced(content) {
            for token in tokens(content) {
                match token.kind {
                    Kind::Text => self.text(&token),
                    Kind::Cdata => self.cdata(token.cdata()),
                    Kind::Aside => {}
                    _ => self.tag(&token),
                }
            }
        } else {
            self.made[BALANCE] = true;
            let plain: String =
                tokens(content).map(|t| if t.kind == Kind::Cdata { t.cdata() } else { t.text }).collect();
            self.escaped(&plain);
        }
    }

    /// A tag with values in quotes that hold no `&` of their own.
    fn tag(&mut self, token: &Token<'a>) {
        let close = if token.kind == Kind::Empty { "/>" } else { ">" };
        if token.kind == Kind::Close || !token.text.contains(['=', '&']) {
            self.out.push_str(token.text);
            return;
        }
        self.out.push('<');
        self.out.push_str(token.name());
        let mut seen = Vec::new();
        for attribute in token.attributes().take(super::extra::MAX_ATTRIBUTES) {
            if seen.contains(&attribute.name) || !is_name(attribute.name) {
                self.made[BALANCE] = true;
                continue;
            }
            seen.push(attribute.name);
            self.out.push(' ');
            self.out.push_str(attribute.name);
            self.out.push_str("=\"");
            self.references(&attribute.value.replace('"', "&quot;"));
            self.out.push('"');
        }
        self.out.push_str(close);
    }

    fn text(&mut self, token: &Token<'_>) {
        if token.whole {
            self.references(token.text);
        } else {
            self.made[BRACKET] = true;
            self.escaped(token.text);
        }
    }

    fn cdata(&mut self, text: &str) {
        self.out.push_str("<![CDATA[");
        let clean = self.clean(text);
        self.out.push_str(&clean.replace("]]>", "]]&gt;"));
        self.out.push_str("]]>");
    }

    /// Text in which `<` is only a sign.
    fn escaped(&mut self, text: &str) {
        self.references(&text.replace('<', "&lt;"));
    }

    /// Text in which every `&` begins a reference that XML knows.
    fn references(&mut self, text: &str) {
        let text = self.clean(text);
        let mut parts = text.split('&');
        self.out.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let name =
                part.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').map(|at| part.split_at(at));
            match name {
                Some((name, rest)) if rest.starts_with(';') && !name.is_empty() => {
                    self.reference(name);
                    self.out.push_str(&rest[1..]);
                }
                _ => {
                    self.made[AMPERSAND] = true;
                    self.out.push_str("&amp;");
                    self.out.push_str(part);
                }
            }
        }
    }

    fn reference(&mut self, name: &str) {
        let whole = format!("&{name};");
        if matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") {
            self.out.push_str(&whole);
            return;
        }
        let number = name.starts_with('#');
        let character = htmlize::unescape(whole.as_str());
        let character = crate::text::for_xml(&character);
        self.made[if number { REFERENCE } else { ENTITY }] |= !number || !is_number(&name[1..]);
        for c in character.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                c => self.out.push(c),
            }
        }
    }

    fn clean<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let clean = crate::text::for_xml(text);
        self.made[CONTROL] |= clean.len() != text.len();
        clean
    }

    fn finish(mut self) -> Mended {
        let complete = self.ended && !self.made[TRUNCATED];
        if !self.ended {
            self.made[TRUNCATED] = true;
            let item = self.dialect.item();
            // An item that has not ended is not whole; what is open around it stays.
            if let Some(at) = self.open.iter().position(|name| local(name) == item) {
                self.open.truncate(at);
                self.out.truncate(self.item);
            }
            self.close_to(0);
        }
        let repairs = WORDS.iter().zip(self.made).filter(|(_, made)| *made).map(|(word, _)| *word).collect();
        Mended { text: self.out, repairs, complete }
    }
}
