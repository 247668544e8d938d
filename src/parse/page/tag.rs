//! The HTML of a page in, its tags and texts out, as browsers cut them (HTML, section 13.2.5).
//!
//! Linear whatever stands there: a tag that never ends, or thousands of attributes, cost one look.

use std::borrow::Cow;

/// A piece of a page.
#[derive(Debug, PartialEq)]
pub enum Piece<'a> {
    /// Text with its character references decoded.
    Text(Cow<'a, str>),
    /// `<name …>`, with whether it ends itself.
    Open { name: String, attributes: Vec<(String, Cow<'a, str>)>, closed: bool },
    /// `</name>`
    Close { name: String },
}

/// Elements that hold text only, whatever stands in them; and whether references count in it.
const RAW: [(&str, bool); 8] = [
    ("script", false),
    ("style", false),
    ("title", true),
    ("textarea", true),
    ("xmp", false),
    ("iframe", false),
    ("noembed", false),
    ("noframes", false),
];

/// Attributes of an element, at most: elements of pages have a dozen.
const ATTRIBUTES: usize = 64;

/// The pieces of a page, in order; comments and document types are left out.
pub fn pieces(text: &str) -> Pieces<'_> {
    Pieces { text, at: 0, raw: None }
}

/// See [`pieces`].
pub struct Pieces<'a> {
    text: &'a str,
    at: usize,
    /// The element whose text comes next.
    raw: Option<(&'static str, bool)>,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some((name, decoded)) = self.raw.take() {
            let rest = &self.text[self.at..];
            let length = raw_end(rest, name);
            self.at += length;
            if length > 0 {
                let text = &rest[..length];
                return Some(Piece::Text(if decoded { htmlize::unescape(text) } else { text.into() }));
            }
        }
        loop {
            let rest = &self.text[self.at..];
            let second = *rest.as_bytes().get(1).unwrap_or(&b' ');
            match rest.as_bytes().first()? {
                b'<' if rest.starts_with("<!--") => {
                    self.at += rest[4..].find("-->").map_or(rest.len(), |end| end + 7);
                }
                b'<' if second.is_ascii_alphabetic() => return self.open(&rest[1..]),
                b'<' if second == b'/' && rest[2..].starts_with(|c: char| c.is_ascii_alphabetic()) => {
                    let mut tag = Tag { text: rest, at: 2 };
                    let name = tag.name();
                    while tag.attribute().is_some() {}
                    self.at += tag.end()?;
                    return Some(Piece::Close { name });
                }
                b'<' if matches!(second, b'!' | b'?' | b'/') => {
                    self.at += rest.find('>').map_or(rest.len(), |end| end + 1);
                }
                _ => {
                    let length = 1 + rest.bytes().skip(1).position(|b| b == b'<').unwrap_or(rest.len() - 1);
                    self.at += length;
                    return Some(Piece::Text(htmlize::unescape(&rest[..length])));
                }
            }
        }
    }
}

impl<'a> Pieces<'a> {
    /// Reads a start tag; `text` is what stands behind its `<`. One that never ends is none.
    fn open(&mut self, text: &'a str) -> Option<Piece<'a>> {
        let mut tag = Tag { text, at: 0 };
        let name = tag.name();
        let mut attributes: Vec<(String, Cow<'a, str>)> = Vec::new();
        while let Some((name, value)) = tag.attribute() {
            if attributes.len() < ATTRIBUTES && attributes.iter().all(|(known, _)| *known != name) {
                attributes.push((name, htmlize::unescape_attribute(value)));
            }
        }
        let end = tag.end()?;
        let closed = text[..end].ends_with("/>");
        self.raw = RAW.iter().find(|(raw, _)| *raw == name).copied();
        self.at += 1 + end;
        Some(Piece::Open { name, attributes, closed })
    }
}

/// Where the text of an element ends that holds text only: before its end tag, or nowhere.
fn raw_end(text: &str, name: &str) -> usize {
    let is_end = |at: usize| {
        let after = text.as_bytes().get(at + 2 + name.len());
        text.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
            && after.is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
    };
    text.match_indices("</").map(|(at, _)| at).find(|at| is_end(*at)).unwrap_or(text.len())
}

/// A tag while it is read.
struct Tag<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tag<'a> {
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes bytes of a kind, and answers with them.
    fn pass(&mut self, kind: impl Fn(u8) -> bool) -> &'a str {
        let rest = &self.text[self.at..];
        let length = rest.bytes().position(|byte| !kind(byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn name(&mut self) -> String {
        self.pass(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>')).to_ascii_lowercase()
    }

    /// The next attribute: its name and its value as written; `None` at the end of the tag.
    fn attribute(&mut self) -> Option<(String, &'a str)> {
        self.pass(|byte| byte.is_ascii_whitespace() || byte == b'/');
        if self.byte()? == b'>' {
            return None;
        }
        let start = self.at;
        // An equals sign that stands first is of the name.
        self.at += usize::from(self.byte() == Some(b'='));
        self.pass(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'='));
        let name = self.text[start..self.at].to_ascii_lowercase();
        self.pass(|byte| byte.is_ascii_whitespace());
        if self.byte() != Some(b'=') {
            return Some((name, ""));
        }
        self.at += 1;
        self.pass(|byte| byte.is_ascii_whitespace());
        let value = match self.byte() {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                let value = self.pass(|byte| byte != quote);
                self.at = (self.at + 1).min(self.text.len());
                value
            }
            _ => self.pass(|byte| !byte.is_ascii_whitespace() && byte != b'>'),
        };
        Some((name, value))
    }

    /// The byte after the tag's `>`, once its attributes are read; `None` if it never ends.
    fn end(&self) -> Option<usize> {
        (self.byte()? == b'>').then_some(self.at + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        let show = |piece| match piece {
            Piece::Text(text) => format!("{text:?}"),
            Piece::Open { name, attributes, closed } => {
                let attributes: Vec<_> = attributes.iter().map(|(n, v)| format!(" {n}={v:?}")).collect();
                format!("<{name}{}{}>", attributes.concat(), if closed { "/" } else { "" })
            }
            Piece::Close { name } => format!("</{name}>"),
        };
        pieces(text).map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tags_are_cut_as_browsers_do() {
        assert_eq!(show("<A Href='a>b' x=1 y>R &amp; D</A >"), r#"<a href="a>b" x="1" y=""> "R & D" </a>"#);
        assert_eq!(show("1 < 2<br/><!-- <b> --><!doctype x>&lt;"), r#""1 " "< 2" <br/> "<""#);
        assert_eq!(show("<a href=?a=1&amp;b=2>"), r#"<a href="?a=1&b=2">"#);
    }

    #[test]
    fn scripts_hold_text() {
        let text = "<script>if (a </b && '</p>') {}</SCRIPT><title>a <b> &amp; c</title>";
        let expected = r#"<script> "if (a </b && '</p>') {}" </script> <title> "a <b> & c" </title>"#;
        assert_eq!(show(text), expected);
    }

    #[test]
    fn what_never_ends_is_dropped() {
        assert_eq!(show("x<a href=\"y>z"), r#""x""#);
        assert_eq!(show("x<!-- y"), r#""x""#);
        assert_eq!(show("<script>x"), r#"<script> "x""#);
    }
}
