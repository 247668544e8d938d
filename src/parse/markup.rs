//! Markup in, tokens with their places in it out: a reader of XML that never gives up.
//!
//! An XML parser stops at the first fault, and drops what it read over. To mend a document, and to
//! see in it what a parser drops, tokens are needed whatever state the document is in.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Cdata,
    /// A comment, a processing instruction or a document type: nothing that a reader sees.
    Aside,
    Open,
    /// `<name/>`
    Empty,
    Close,
}

/// A piece of a document.
#[derive(Debug, Clone, Copy)]
pub struct Token<'a> {
    pub kind: Kind,
    /// All of it, with its delimiters.
    pub text: &'a str,
    /// The byte of the document that it begins at.
    pub at: usize,
    /// Whether its end is there: `false` for `<a href="…` before the next `<`, and for text that is a
    /// `<` which begins nothing, or a `<!--` whose end is missing.
    pub whole: bool,
}

impl<'a> Token<'a> {
    /// The byte after it.
    pub fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// The name of a tag, with its prefix: `dc:date`.
    pub fn name(&self) -> &'a str {
        // Byte by byte: every tag is asked for its name more than once.
        let bytes = self.text.as_bytes();
        let start = bytes.iter().position(|b| !matches!(b, b'<' | b'/')).unwrap_or(bytes.len());
        let after = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'>' | b'/' | b'=' | b'<');
        let length = bytes[start..].iter().position(after).unwrap_or(bytes.len() - start);
        &self.text[start..start + length]
    }

    /// The name of a tag without its prefix: `date`.
    pub fn local(&self) -> &'a str {
        local(self.name())
    }

    /// What stands between the delimiters of a CDATA section.
    pub fn cdata(&self) -> &'a str {
        let inner = self.text.strip_prefix("<![CDATA[").unwrap_or(self.text);
        if self.whole { inner.strip_suffix("]]>").unwrap_or(inner) } else { inner }
    }

    /// The attributes of a tag, as written: name, value, and where both stand in the token.
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes { tag: self.text, at: 1 + self.name().len() }
    }

    /// The value of the attribute with this name (with its prefix), as written.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        // Most of what is asked for is not there.
        find(self.text, name)?;
        self.attributes().find(|a| a.name == name).map(|a| a.value)
    }
}

/// The name without its prefix.
pub fn local(name: &str) -> &str {
    let colon = name.bytes().rposition(|b| b == b':');
    colon.map_or(name, |at| &name[at + 1..])
}

/// The tokens of `text`, which together are all of it.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0, unended: [false; ENCLOSED.len()] }
}

/// The tokens of `text` from the byte at `at` on, which begins none of those before.
pub fn tokens_from(text: &str, at: usize) -> Tokens<'_> {
    Tokens { at, ..tokens(text) }
}

/// See [`tokens`].
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// Which of [`ENCLOSED`] end nowhere from here on: they are looked for once, not at each begin.
    unended: [bool; ENCLOSED.len()],
}

/// Delimiters of what is read up to a fixed end.
const ENCLOSED: [(&str, &str, Kind); 3] =
    [("<!--", "-->", Kind::Aside), ("<![CDATA[", "]]>", Kind::Cdata), ("<?", "?>", Kind::Aside)];

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        let (kind, length, whole) = if rest.as_bytes()[0] == b'<' {
            self.markup(rest)
        } else {
            (Kind::Text, rest.find('<').unwrap_or(rest.len()), true)
        };
        let token = Token { kind, text: &rest[..length], at: self.at, whole };
        self.at += length;
        Some(token)
    }
}

impl Tokens<'_> {
    /// Kind and length of the markup that `rest` begins with, and whether it is whole. What is begun
    /// and ends nowhere is text: the beginning alone, so that the rest can be read.
    fn markup(&mut self, rest: &str) -> (Kind, usize, bool) {
        for ((open, close, kind), unended) in ENCLOSED.into_iter().zip(&mut self.unended) {
            let Some(inner) = rest.strip_prefix(open) else { continue };
            let end = if *unended { None } else { find(inner, close) };
            *unended = end.is_none();
            return match end {
                Some(end) => (kind, open.len() + end + close.len(), true),
                None => (Kind::Text, open.len(), false),
            };
        }
        markup(rest)
    }
}

/// Where `part`, a few bytes of ASCII, begins in `text`. Its first byte is rare there, and looking for
/// one byte is several times faster than looking for a string.
fn find(text: &str, part: &str) -> Option<usize> {
    let first = char::from(*part.as_bytes().first()?);
    text.match_indices(first).map(|(at, _)| at).find(|at| text[*at..].starts_with(part))
}

/// [`Tokens::markup`] for what has no fixed end.
fn markup(rest: &str) -> (Kind, usize, bool) {
    let bytes = rest.as_bytes();
    if bytes.get(1) == Some(&b'!') {
        let (length, whole) = document_type(bytes);
        return (Kind::Aside, length, whole);
    }
    let closing = bytes.get(1) == Some(&b'/');
    let first = rest[1 + usize::from(closing)..].chars().next();
    if !first.is_some_and(|c| c.is_alphabetic() || c == '_') {
        let length = 1 + rest[1..].find('<').unwrap_or(rest.len() - 1);
        return (Kind::Text, length, false);
    }
    let (length, whole) = tag(bytes);
    let kind = match (closing, whole && bytes[length - 2] == b'/') {
        (true, _) => Kind::Close,
        (false, true) => Kind::Empty,
        (false, false) => Kind::Open,
    };
    (kind, length, whole)
}

/// Length of a tag: up to its `>` outside of quotes. XML allows no `<` in it (section 2.3), so one
/// says that the end was forgotten.
fn tag(bytes: &[u8]) -> (usize, bool) {
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate().skip(1) {
        match (quote, byte) {
            (_, b'<') => return (at, false),
            (None, b'>') => return (at + 1, true),
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if *byte == open => quote = None,
            _ => {}
        }
    }
    (bytes.len(), false)
}

/// Length of a document type, with the declarations in its square brackets.
fn document_type(bytes: &[u8]) -> (usize, bool) {
    let mut inside = false;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'[' => inside = true,
            b']' => inside = false,
            b'>' if !inside => return (at + 1, true),
            _ => {}
        }
    }
    (bytes.len(), false)
}

/// An attribute as written.
#[derive(Debug, Clone, Copy)]
pub struct Attribute<'a> {
    /// With its prefix: `xml:lang`.
    pub name: &'a str,
    /// Between the quotes; references are not decoded.
    pub value: &'a str,
}

/// See [`Token::attributes`].
pub struct Attributes<'a> {
    tag: &'a str,
    at: usize,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        let rest = self.tag.get(self.at..)?;
        let (before, after) = rest.split_once('=')?;
        let name = before.trim_end().rsplit(|c: char| c.is_ascii_whitespace()).next()?;
        let after = after.trim_start();
        let (value, left) = match after.chars().next()? {
            quote @ ('"' | '\'') => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
            _ => {
                let end = after.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'));
                after.split_at(end.unwrap_or(after.len()))
            }
        };
        self.at = self.tag.len() - left.len();
        Some(Attribute { name, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Kind, &str, bool)> {
        tokens(text).map(|token| (token.kind, token.text, token.whole)).collect()
    }

    #[test]
    fn tokens_are_all_of_the_text() {
        let text = "<!DOCTYPE a [<!ENTITY b '>'>]><?x y?><a b='>'/>t<![CDATA[<]]></a>";
        let found = kinds(text);
        assert_eq!(found.iter().map(|(_, text, _)| *text).collect::<String>(), text);
        let kinds: Vec<_> = found.into_iter().map(|(kind, ..)| kind).collect();
        use Kind::{Aside, Cdata, Close, Empty, Text};
        assert_eq!(kinds, [Aside, Aside, Empty, Text, Cdata, Close]);
    }

    #[test]
    fn what_does_not_end_is_told() {
        assert_eq!(kinds("<a b='<c>"), [(Kind::Open, "<a b='", false), (Kind::Open, "<c>", true)]);
        assert_eq!(kinds("1 < 2"), [(Kind::Text, "1 ", true), (Kind::Text, "< 2", false)]);
        assert_eq!(kinds("<!--a"), [(Kind::Text, "<!--", false), (Kind::Text, "a", true)]);
    }

    #[test]
    fn attributes_are_read_as_written() {
        let tag = tokens("<x:a b = \"1=2\" c='&amp;' d=e/>").next().expect("a tag");
        let read: Vec<_> = tag.attributes().map(|a| (a.name, a.value)).collect();
        assert_eq!(read, [("b", "1=2"), ("c", "&amp;"), ("d", "e")]);
        assert_eq!((tag.name(), tag.local()), ("x:a", "a"));
        assert_eq!(tokens("<a b").next().expect("a tag").attribute("b"), None);
    }
}
