//! Markup in, texts and the tags of elements that may stay out.
//!
//! Cuts markup as browsers do (HTML standard, 13.2.5 "Tokenization"), for the elements that may stay.
//! Of comments, tags of other elements, and the content of those that no reader sees as text, only an
//! empty text comes out: it counts that something stood there. Never fails, never looks at a byte more
//! than a few times.

use std::borrow::Cow;

use super::element::{Fate, Tag, fate};
use crate::text::find_byte;

/// A piece of markup. Texts and values are as written, with their character references.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'a> {
    Text(&'a str),
    /// Most tags have no attributes, and then there is nothing to carry about.
    Start(Tag, Option<Box<Attributes<'a>>>),
    End(Tag),
}

/// The attributes that matter, as written.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Attributes<'a> {
    pub href: Option<&'a str>,
    pub src: Option<&'a str>,
    pub alt: Option<&'a str>,
    pub width: Option<&'a str>,
    pub height: Option<&'a str>,
    pub colspan: Option<&'a str>,
    pub rowspan: Option<&'a str>,
    pub start: Option<&'a str>,
    /// Not meant for readers of a feed: hidden, or buttons for sharing.
    pub unwanted: bool,
}

/// Classes and ids of what plugins append to a post: buttons for sharing and lists of other posts. A
/// `*` at the end stands for any ending.
pub(super) const APPENDED: [&str; 12] = [
    "sharedaddy", // Jetpack and WordPress.com
    "sd-*",
    "jp-relatedposts",
    "jp-post-flair",
    "post-likes-widget*",
    "wpcnt",      // WordPress.com advertisements
    "feedflare",  // FeedBurner
    "addtoany_*", // AddToAny
    "a2a_kit",
    "heateor_sss_*", // Sassy Social Share
    "ssba*",         // Simple Share Buttons Adder
    "yarpp*",        // Yet Another Related Posts Plugin
];

impl<'a> Attributes<'a> {
    /// Of an attribute that stands there twice, the first counts, as in browsers.
    fn add(&mut self, name: &str, value: &'a str) {
        let slot = match name.len() {
            3 if name.eq_ignore_ascii_case("src") => &mut self.src,
            3 if name.eq_ignore_ascii_case("alt") => &mut self.alt,
            4 if name.eq_ignore_ascii_case("href") => &mut self.href,
            5 if name.eq_ignore_ascii_case("width") => &mut self.width,
            5 if name.eq_ignore_ascii_case("start") => &mut self.start,
            6 if name.eq_ignore_ascii_case("height") => &mut self.height,
            7 if name.eq_ignore_ascii_case("colspan") => &mut self.colspan,
            7 if name.eq_ignore_ascii_case("rowspan") => &mut self.rowspan,
            2 | 5 | 6 => {
                self.unwanted |= is_unwanted(name, value);
                return;
            }
            _ => return,
        };
        slot.get_or_insert(value);
    }
}

fn is_unwanted(name: &str, value: &str) -> bool {
    if name.eq_ignore_ascii_case("class") || name.eq_ignore_ascii_case("id") {
        value.split_ascii_whitespace().any(|class| {
            APPENDED.iter().any(|known| match known.strip_suffix('*') {
                Some(start) => class.starts_with(start),
                None => class == *known,
            })
        })
    } else if name.eq_ignore_ascii_case("style") {
        let display = value.split(';').filter_map(|rule| rule.split_once(':'));
        display.into_iter().any(|(property, value)| {
            property.trim().eq_ignore_ascii_case("display")
                && value.trim().get(..4).is_some_and(|v| v.eq_ignore_ascii_case("none"))
        })
    } else {
        name.eq_ignore_ascii_case("hidden")
    }
}

/// The pieces of some markup, in order.
pub(super) struct Tokens<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Tokens { html, at: 0 }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let rest = &self.html[self.at..];
        if rest.is_empty() {
            return None;
        }
        if let Some(markup) = rest.strip_prefix('<')
            && begins_markup(markup)
        {
            return Some(self.markup(markup).unwrap_or(Token::Text("")));
        }
        let end = text_end(rest);
        self.at += end;
        Some(Token::Text(&rest[..end]))
    }
}

/// Whether the `<` before `rest` is more than a sign.
fn begins_markup(rest: &str) -> bool {
    match rest.as_bytes() {
        [b'/', _, ..] => true,
        [next, ..] => next.is_ascii_alphabetic() || matches!(next, b'!' | b'?'),
        [] => false,
    }
}

/// Where the text ends that `rest` begins with, however it begins.
fn text_end(rest: &str) -> usize {
    let mut from = rest.chars().next().map_or(0, char::len_utf8);
    while let Some(open) = find_byte(&rest.as_bytes()[from..], |byte| byte == b'<') {
        if begins_markup(&rest[from + open + 1..]) {
            return from + open;
        }
        from += open + 1;
    }
    rest.len()
}

impl<'a> Tokens<'a> {
    /// Passes what stands after a `<`.
    fn markup(&mut self, markup: &'a str) -> Option<Token<'a>> {
        let start = self.at + 1;
        let (closing, name_at) = match markup.as_bytes() {
            [b'!', b'-', b'-', ..] => {
                self.at = start + comment_end(markup);
                return None;
            }
            [b'/', letter, ..] if letter.is_ascii_alphabetic() => (true, 1),
            [letter, ..] if letter.is_ascii_alphabetic() => (false, 0),
            // A bogus comment: a doctype, a processing instruction, `</ p>`.
            _ => {
                self.at = markup.find('>').map_or(self.html.len(), |end| start + end + 1);
                return None;
            }
        };
        let name = &markup[name_at..];
        let name = &name[..name.bytes().position(ends_name).unwrap_or(name.len())];
        let name_end = name_at + name.len();
        let bare = markup.as_bytes().get(name_end) == Some(&b'>');
        let tag = if bare { Some((None, name_end + 1)) } else { attributes(markup, name_end) };
        let Some((attributes, end)) = tag else {
            // Browsers throw away a tag that the end of the document cuts.
            self.at = self.html.len();
            return None;
        };
        self.at = start + end;
        match fate(name) {
            Fate::Keep(tag) if closing => Some(Token::End(tag)),
            Fate::Keep(tag) => Some(Token::Start(tag, attributes)),
            Fate::Drop if !closing => {
                self.at += end_of_dropped(&self.html[self.at..], name);
                None
            }
            Fate::Drop | Fate::Unwrap => None,
        }
    }
}

fn ends_name(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'/' | b'>')
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
}

/// How much of `markup`, which begins with `!--`, is the comment.
fn comment_end(markup: &str) -> usize {
    let text = &markup[3..];
    if text.starts_with('>') {
        return 4;
    }
    if text.starts_with("->") {
        return 5;
    }
    let mut from = 0;
    while let Some(at) = text[from..].find("--") {
        let rest = &text[from + at + 2..];
        if rest.starts_with('>') {
            return 3 + from + at + 3;
        }
        if rest.starts_with("!>") {
            return 3 + from + at + 4;
        }
        from += at + 1;
    }
    markup.len()
}

/// Reads attributes, if there are any, up to the `>`; returns where the tag ends.
fn attributes(markup: &str, mut at: usize) -> Option<(Option<Box<Attributes<'_>>>, usize)> {
    let bytes = markup.as_bytes();
    let mut attributes: Option<Box<Attributes>> = None;
    loop {
        at = position(bytes, at, |b| !is_space(b) && b != b'/')?;
        if bytes[at] == b'>' {
            return Some((attributes, at + 1));
        }
        let name_end = position(bytes, at + 1, |b| ends_name(b) || b == b'=')?;
        let name = at..name_end;
        at = position(bytes, name_end, |b| !is_space(b))?;
        let value;
        (value, at) = if bytes[at] == b'=' {
            let start = position(bytes, at + 1, |b| !is_space(b))?;
            match bytes[start] {
                b'>' => (start..start, start),
                quote @ (b'"' | b'\'') => {
                    let end = position(bytes, start + 1, |b| b == quote)?;
                    (start + 1..end, end + 1)
                }
                _ => {
                    let end = position(bytes, start, |b| is_space(b) || b == b'>')?;
                    (start..end, end)
                }
            }
        } else {
            (at..at, at)
        };
        if let (Some(name), Some(value)) = (markup.get(name), markup.get(value)) {
            attributes.get_or_insert_default().add(name, value);
        }
    }
}

/// Where the first byte of a kind stands, from `from` on.
fn position(bytes: &[u8], from: usize, kind: impl Fn(u8) -> bool) -> Option<usize> {
    bytes[from..].iter().position(|b| kind(*b)).map(|found| from + found)
}

/// How much of `rest` belongs to an element of this name that is dropped with its content.
fn end_of_dropped(rest: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let start = from + at + 2;
        let after = start + name.len();
        let bytes = rest.as_bytes();
        let same = bytes.get(start..after).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
        if same && bytes.get(after).is_some_and(|b| ends_name(*b)) {
            return attributes(rest, after).map_or(rest.len(), |(_, end)| end);
        }
        from = start;
    }
    rest.len()
}

/// A text with its character references decoded, as browsers do.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if text.contains('&') { htmlize::unescape(text) } else { Cow::Borrowed(text) }
}

/// The value of an attribute, decoded: there a `&` may be just that, as in `?a=1&copy=2`.
pub(super) fn decoded_value(value: &str) -> Cow<'_, str> {
    if value.contains('&') { htmlize::unescape_attribute(value) } else { Cow::Borrowed(value) }
}
