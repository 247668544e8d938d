//! Plain text in, safe HTML out.

use super::cut;
use super::element::Tag;
use super::nest::Sink as _;
use super::tidy::Tidy;
use super::token::Attributes;
use crate::lines::{self, Line};
use crate::link;

/// Plain text as paragraphs and lists: lines with bullets become items, addresses links. The result is
/// safe, and the same when sanitized.
pub fn from_text(text: &str) -> String {
    let text = cut(text, '\n');
    let mut writer = Writer {
        tidy: Tidy::new(text.len(), ""),
        paragraph: Vec::new(),
        lists: Vec::new(),
        wrapped: lines::may_be_wrapped(text),
    };
    let mut lines = lines::split(text).peekable();
    let mut blank = true;
    while let Some(line) = lines.next() {
        match lines::classify(line) {
            Line::Blank => {
                writer.end_paragraph();
                blank = true;
                continue;
            }
            Line::Bullet { inner, text } => writer.item(Tag::Ul, inner, 0, text),
            Line::Number { number, text } if writer.is_in(Tag::Ol) || is_followed(&mut lines, number) => {
                writer.item(Tag::Ol, false, number, text);
            }
            _ => writer.line(line, blank),
        }
        blank = false;
    }
    writer.end_paragraph();
    writer.end_lists(0);
    writer.tidy.finish()
}

/// Whether the next line goes on counting: one number alone is no list.
fn is_followed<'a>(
    lines: &mut std::iter::Peekable<impl Iterator<Item = &'a str> + Clone>,
    number: u32,
) -> bool {
    let next = lines.clone().find(|line| !line.trim().is_empty());
    next.is_some_and(
        |line| matches!(lines::classify(line), Line::Number { number: n, .. } if n == number + 1),
    )
}

struct Writer<'t> {
    tidy: Tidy<'static>,
    /// Lines that are not written yet: of a paragraph, or of the item that is open.
    paragraph: Vec<&'t str>,
    /// Lists that are open, the outer one first; in each an item is open.
    lists: Vec<Tag>,
    wrapped: bool,
}

impl<'t> Writer<'t> {
    fn is_in(&self, list: Tag) -> bool {
        self.lists.last() == Some(&list)
    }

    fn start(&mut self, tag: Tag) {
        self.tidy.start(tag, &Attributes::default());
    }

    fn line(&mut self, line: &'t str, after_blank: bool) {
        if !self.lists.is_empty() && (after_blank || !lines::continues(line)) {
            self.end_paragraph();
            self.end_lists(0);
        }
        self.paragraph.push(line);
    }

    fn item(&mut self, list: Tag, inner: bool, number: u32, text: &'t str) {
        self.end_paragraph();
        let depth = if inner && (self.lists.len() == 2 || self.is_in(Tag::Ul)) { 2 } else { 1 };
        self.end_lists(depth);
        if self.lists.len() == depth && self.is_in(list) {
            self.tidy.end(Tag::Li);
        } else {
            self.end_lists(depth - 1);
            let number = number.to_string();
            self.tidy.start(list, &Attributes { start: Some(&number), ..Attributes::default() });
            self.lists.push(list);
        }
        self.start(Tag::Li);
        self.paragraph.push(text);
    }

    /// Ends lists until `depth` of them are open.
    fn end_lists(&mut self, depth: usize) {
        while self.lists.len() > depth {
            self.tidy.end(Tag::Li);
            if let Some(list) = self.lists.pop() {
                self.tidy.end(list);
            }
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        if paragraph.is_empty() {
            return;
        }
        let wrapped = self.wrapped && lines::is_wrapped(&paragraph) || !self.lists.is_empty();
        if self.lists.is_empty() {
            self.start(Tag::P);
        }
        for (at, line) in paragraph.into_iter().enumerate() {
            match (at, wrapped) {
                (0, _) => {}
                (_, true) => self.tidy.plain(" "),
                (_, false) => self.start(Tag::Br),
            }
            self.words(line);
        }
        if self.lists.is_empty() {
            self.tidy.end(Tag::P);
        }
    }

    /// Text in which addresses are links.
    fn words(&mut self, text: &str) {
        let mut from = 0;
        for found in link::found(text) {
            if let Some(href) = found.href(text) {
                self.tidy.plain(&text[from..found.start]);
                self.tidy.link(&href, &text[found.start..found.end]);
                from = found.end;
            }
        }
        self.tidy.plain(&text[from..]);
    }
}
