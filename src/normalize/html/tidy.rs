//! Properly nested tags in, safe and tidy HTML out.
//!
//! What is written is safe by construction, whatever is told: names come from a table, every element
//! that begins ends, texts and values are escaped, links are resolved and of known schemes. It is also
//! the normal form of its markup: tidied again, nothing changes.

use super::bullets;
use super::element::Tag;
use super::escape::{escape_value, escaped, is_plain, is_unseen};
use super::nest::Sink;
use super::picture::{is_emoji, is_pixel};
use super::tail;
use super::token::{Attributes, decoded, decoded_value};
use crate::{link, text};

/// White space and line breaks that wait for a text to stand in front of.
#[derive(Debug, Clone, Copy, Default)]
struct Gap {
    space: Option<char>,
    breaks: u8,
}

impl Gap {
    /// More breaks than these make no reader wiser.
    const MOST_BREAKS: u8 = 2;

    fn add(&mut self, c: char) {
        // A no-break space means something between two words only.
        let c = if c == '\u{A0}' && self.space.is_none() { c } else { ' ' };
        self.space = Some(c);
    }

    fn and(self, later: Gap) -> Gap {
        let space = if self.space.is_some() && later.space.is_some() {
            Some(' ')
        } else {
            self.space.or(later.space)
        };
        Gap { space, breaks: Gap::MOST_BREAKS.min(self.breaks + later.breaks) }
    }
}

/// An element that is open.
struct Frame {
    tag: Tag,
    /// Whether its tags are written.
    written: bool,
    /// Whether it holds anything to see.
    filled: bool,
    /// Length of the output before it, and what waited there.
    before: usize,
    gap: Gap,
    fresh: bool,
}

/// Writes what [`nest`](super::nest::nest) tells.
pub(super) struct Tidy<'b> {
    out: String,
    open: Vec<Frame>,
    gap: Gap,
    /// At the beginning of a line: white space here is not seen.
    fresh: bool,
    /// Elements of preformatted text that are open.
    pre: usize,
    /// Depth of the element that is left out with its content.
    muted: Option<usize>,
    /// Inside buttons for sharing that follow their heading.
    sharing: bool,
    /// The address that links are resolved against.
    base: &'b str,
}

impl<'b> Tidy<'b> {
    pub(super) fn new(capacity: usize, base: &'b str) -> Self {
        Tidy {
            out: String::with_capacity(capacity + 64),
            open: Vec::with_capacity(16),
            gap: Gap::default(),
            fresh: true,
            pre: 0,
            muted: None,
            sharing: false,
            base,
        }
    }

    pub(super) fn finish(mut self) -> String {
        loop {
            let end = self.out.trim_end();
            let Some(before) = end.strip_suffix("<hr>") else {
                self.out.truncate(end.len());
                return self.out;
            };
            self.out.truncate(before.len());
        }
    }

    /// A text that is no markup: nothing in it is decoded.
    pub(super) fn plain(&mut self, text: &str) {
        if self.muted.is_none() {
            self.words(text, false);
        }
    }

    /// A link, with its text, both plain.
    pub(super) fn link(&mut self, href: &str, text: &str) {
        self.begin_inline(Tag::A, true);
        self.write_link(href);
        self.plain(text);
        self.end(Tag::A);
    }

    fn fill(&mut self) {
        if let Some(frame) = self.open.last_mut() {
            frame.filled = true;
        }
    }

    /// Writes what waits in front of the next thing to see.
    fn flush(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        if std::mem::take(&mut self.fresh) {
            return;
        }
        for _ in 0..gap.breaks {
            self.out.push_str("<br>");
        }
        if let (0, Some(space)) = (gap.breaks, gap.space) {
            self.out.push(space);
        }
    }

    fn new_line(&mut self) {
        self.gap = Gap::default();
        self.fresh = true;
        if self.pre == 0 && !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn frame(&self, tag: Tag, written: bool) -> Frame {
        Frame { tag, written, filled: false, before: self.out.len(), gap: self.gap, fresh: self.fresh }
    }

    fn begin_inline(&mut self, tag: Tag, written: bool) {
        let frame = self.frame(tag, written);
        if written && !self.fresh {
            self.flush();
        }
        self.open.push(frame);
    }

    fn begin_block(&mut self, tag: Tag, attributes: &Attributes) {
        let frame = self.frame(tag, true);
        self.new_line();
        self.open.push(frame);
        self.pre += usize::from(tag == Tag::Pre);
        self.out.push('<');
        self.out.push_str(tag.name());
        if tag.is_cell() {
            self.number("colspan", attributes.colspan, 2);
            self.number("rowspan", attributes.rowspan, 2);
        } else if tag == Tag::Ol {
            self.number("start", attributes.start, 2);
        }
        self.out.push('>');
    }

    /// An attribute that holds a number, which is left out below `least`.
    fn number(&mut self, name: &str, value: Option<&str>, least: u32) {
        let value = value.and_then(|value| value.trim().parse().ok());
        if let Some(value) = value.filter(|value| (least..=1000).contains(value)) {
            self.out.push_str(&format!(" {name}=\"{value}\""));
        }
    }

    fn write_link(&mut self, href: &str) {
        self.out.push_str("<a href=\"");
        escape_value(href, &mut self.out);
        self.out.push_str("\" rel=\"noopener\">");
    }

    fn begin_link(&mut self, attributes: &Attributes) {
        let href = attributes.href.and_then(|href| self.resolve(&decoded_value(href)));
        self.begin_inline(Tag::A, href.is_some());
        if let Some(href) = href {
            self.write_link(&href);
        }
    }

    fn image(&mut self, attributes: &Attributes) {
        let alt = attributes.alt.map(decoded_value).unwrap_or_default();
        let Some(src) = attributes.src.and_then(|src| self.resolve(&decoded_value(src))) else {
            return;
        };
        if src.starts_with("mailto:") || is_pixel(&src, attributes) {
            return;
        }
        if is_emoji(&src) {
            self.plain(&alt);
            return;
        }
        self.flush();
        self.fill();
        self.out.push_str("<img src=\"");
        escape_value(&src, &mut self.out);
        self.out.push_str("\" alt=\"");
        escape_value(alt.trim(), &mut self.out);
        self.out.push_str("\">");
    }

    /// Text, with character references if it is `encoded`. Outside of preformatted elements its white
    /// space is squeezed.
    fn words(&mut self, text: &str, encoded: bool) {
        if self.pre > 0 {
            return if encoded { self.verbatim(&decoded(text)) } else { self.verbatim(text) };
        }
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            if let Some(end) = text::words_end(text, at, |byte| is_plain(*byte)) {
                self.see(&text[at..end]);
                at = end;
                continue;
            }
            if encoded && c == '&' {
                self.words(&decoded(&text[at..]), false);
                break;
            }
            at += c.len_utf8();
            if c.is_whitespace() {
                self.gap.add(c);
            } else if !is_unseen(c) {
                let mut buffer = [0; 4];
                self.see(escaped(c).unwrap_or(c.encode_utf8(&mut buffer)));
            }
        }
    }

    fn see(&mut self, piece: &str) {
        if self.fresh || self.gap.space.is_some() || self.gap.breaks > 0 {
            self.flush();
            self.fill();
        } else if let Some(frame) = self.open.last_mut() {
            frame.filled = true;
        }
        self.out.push_str(piece);
    }

    fn verbatim(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.fresh => {}
                '\n' | '\t' | ' ' => {
                    self.flush();
                    self.out.push(c);
                }
                c if is_unseen(c) => {}
                c => {
                    let mut buffer = [0; 4];
                    self.see(escaped(c).unwrap_or(c.encode_utf8(&mut buffer)));
                }
            }
        }
    }

    /// Undoes an element that holds nothing to see.
    fn undo(&mut self, frame: &Frame) {
        self.out.truncate(frame.before);
        self.fresh = frame.fresh;
        self.gap = if frame.tag.is_inline() { frame.gap.and(self.gap) } else { frame.gap };
        if !frame.tag.is_inline() && !frame.fresh {
            self.gap.breaks = self.gap.breaks.max(1);
        }
    }
}

impl Sink for Tidy<'_> {
    fn start(&mut self, tag: Tag, attributes: &Attributes) {
        if self.muted.is_some() || attributes.unwanted {
            if !tag.is_void() {
                self.muted.get_or_insert(self.open.len());
                self.open.push(self.frame(tag, false));
            }
            return;
        }
        match tag {
            Tag::Br => self.gap = self.gap.and(Gap { space: None, breaks: 1 }),
            // One line across is enough, and none at the beginning.
            Tag::Hr if self.out.is_empty() || self.out.ends_with("<hr>") => {
                self.gap = Gap::default();
                self.fresh = true;
            }
            Tag::Hr => {
                self.new_line();
                self.out.push_str("<hr>");
            }
            Tag::Img => self.image(attributes),
            Tag::A => self.begin_link(attributes),
            tag if tag.is_inline() => {
                self.begin_inline(tag, true);
                self.out.push('<');
                self.out.push_str(tag.name());
                self.out.push('>');
            }
            tag => self.begin_block(tag, attributes),
        }
    }

    fn end(&mut self, _: Tag) {
        let Some(frame) = self.open.pop() else {
            return;
        };
        if let Some(depth) = self.muted {
            if depth == self.open.len() {
                self.muted = None;
                self.undo(&frame);
            }
            return;
        }
        self.pre -= usize::from(frame.tag == Tag::Pre);
        let block = !frame.tag.is_inline();
        let mut filled = frame.filled;
        if block && filled && frame.before < self.out.len() {
            filled = !self.is_tail(&frame);
        }
        let stays = frame.tag.is_cell() || frame.tag.is_table_frame() && frame.tag != Tag::Table;
        if !filled && !stays {
            self.undo(&frame);
            return;
        }
        if block {
            self.gap = Gap::default();
            self.fresh = true;
        }
        if frame.tag == Tag::P && self.pre == 0 && self.is_listed(&frame) {
            self.fill();
            return;
        }
        if frame.written {
            self.out.push_str("</");
            self.out.push_str(frame.tag.name());
            self.out.push('>');
        }
        if filled {
            self.fill();
        }
    }

    fn text(&mut self, text: &str) {
        if self.muted.is_none() {
            self.words(text, true);
        }
    }
}

impl Tidy<'_> {
    /// Whether a block that ends here was appended by the software of the source.
    fn is_tail(&mut self, frame: &Frame) -> bool {
        let block = &self.out[frame.before..];
        let kind = tail::kind(block, self.sharing);
        self.sharing = matches!(kind, tail::Kind::Heading | tail::Kind::Button);
        kind != tail::Kind::Text
    }

    /// Whether the paragraph that ends here was made a list, for the bullets in it.
    fn is_listed(&mut self, frame: &Frame) -> bool {
        let (before, block) = self.out.split_at(frame.before);
        let inner = block.trim_start_matches('\n').strip_prefix("<p>");
        let Some(listed) = inner.and_then(|inner| bullets::listed(before, inner)) else {
            return false;
        };
        self.out.truncate(frame.before - listed.reopened);
        self.out.push_str(&listed.markup);
        true
    }

    /// The address to write for one of the source, if any.
    fn resolve(&self, href: &str) -> Option<String> {
        let href = href.trim();
        if href.starts_with('#') { None } else { link::resolve(self.base, href) }
    }
}
