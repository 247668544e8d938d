//! Tags in, the same properly nested out, or nothing.
//!
//! Builds what a browser builds (HTML standard, 13.2.6 "Tree construction"), for markup in which
//! that is plain: every element ends where its parent still stands, or its end is one that may be left
//! out. Where a browser would move, copy or split elements, it gives up.

use super::element::Tag;
use super::token::{Attributes, Token, decoded};

/// Whom the nested tags are told. Void elements only start.
pub(super) trait Sink {
    fn start(&mut self, tag: Tag, attributes: &Attributes);
    fn end(&mut self, tag: Tag);
    /// A text as written, with its character references.
    fn text(&mut self, text: &str);
}

/// Deeper markup is not a posting's.
const DEEPEST: usize = 100;

/// Tells `sink` the tokens properly nested, every element ended. `None` as soon as it is not plain how
/// a browser would nest them; what `sink` was told until then is of no use.
pub(super) fn nest<'a>(tokens: impl Iterator<Item = Token<'a>>, sink: &mut impl Sink) -> Option<()> {
    let mut tree = Tree { open: Vec::with_capacity(16), sink, after_pre: false };
    for token in tokens {
        let after_pre = std::mem::take(&mut tree.after_pre);
        match token {
            Token::Text(text) => tree.text(text, after_pre)?,
            Token::Start(tag, Some(attributes)) => tree.start(tag, &attributes)?,
            Token::Start(tag, None) => tree.start(tag, &Attributes::default())?,
            Token::End(tag) => tree.end(tag)?,
        }
    }
    while !tree.open.is_empty() {
        tree.pop();
    }
    Some(())
}

struct Tree<'s, S> {
    open: Vec<Tag>,
    sink: &'s mut S,
    /// A line end right after `<pre>` is not part of its text.
    after_pre: bool,
}

impl<S: Sink> Tree<'_, S> {
    fn top(&self) -> Option<Tag> {
        self.open.last().copied()
    }

    fn push(&mut self, tag: Tag, attributes: &Attributes) -> Option<()> {
        if self.open.len() == DEEPEST {
            return None;
        }
        self.open.push(tag);
        self.sink.start(tag, attributes);
        Some(())
    }

    fn pop(&mut self) {
        if let Some(tag) = self.open.pop() {
            self.sink.end(tag);
        }
    }

    fn text(&mut self, text: &str, after_pre: bool) -> Option<()> {
        if text.is_empty() {
            return Some(());
        }
        let text = match text.strip_prefix('\n').or_else(|| text.strip_prefix("\r\n")) {
            Some(rest) if after_pre => rest,
            // A reference can be a line end as well.
            None if after_pre && decoded(text).starts_with('\n') => return None,
            _ => text,
        };
        if self.top().is_some_and(Tag::is_table_frame)
            && !text.bytes().all(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0C))
        {
            // Browsers move it in front of the table.
            return None;
        }
        self.sink.text(text);
        Some(())
    }

    fn start(&mut self, tag: Tag, attributes: &Attributes) -> Option<()> {
        match tag {
            Tag::Caption | Tag::Thead | Tag::Tbody | Tag::Tfoot | Tag::Tr | Tag::Td | Tag::Th => {
                self.make_room_in_table(tag)?;
            }
            _ if self.top().is_some_and(Tag::is_table_frame) => return None,
            Tag::A if self.open.contains(&Tag::A) => {
                // A link ends where the next begins.
                (self.top() == Some(Tag::A)).then(|| self.pop())?;
            }
            _ if tag.is_inline() => {}
            _ => self.make_room_for_block(tag)?,
        }
        if tag.is_void() {
            self.sink.start(tag, attributes);
            return Some(());
        }
        self.after_pre = tag == Tag::Pre;
        self.push(tag, attributes)
    }

    /// Ends what a block ends by its beginning: a paragraph, and an item the one before it.
    fn make_room_for_block(&mut self, tag: Tag) -> Option<()> {
        if self.is_open_in_scope(Tag::P) {
            (self.top() == Some(Tag::P)).then(|| self.pop())?;
        }
        let same: &[Tag] = match tag {
            Tag::Li => &[Tag::Li],
            Tag::Dd | Tag::Dt => &[Tag::Dd, Tag::Dt],
            _ if tag.is_heading() => {
                // One inside a link inside another is no longer plain once the link goes.
                let around = self.open.iter().rev().find(|open| !open.is_inline());
                if around.is_some_and(|around| around.is_heading()) {
                    self.top().is_some_and(Tag::is_heading).then(|| self.pop())?;
                }
                return Some(());
            }
            _ => return Some(()),
        };
        // The standard looks for an open item through elements inside a line, `div` and `p`.
        for (depth, open) in self.open.iter().rev().enumerate() {
            if same.contains(open) {
                if depth > 0 {
                    return None;
                }
                self.pop();
                break;
            }
            if !open.is_inline() && !matches!(open, Tag::Div | Tag::P) {
                break;
            }
        }
        Some(())
    }

    /// Whether such an element is open in this cell.
    fn is_open_in_scope(&self, tag: Tag) -> bool {
        let inner =
            self.open.iter().rev().take_while(|t| !t.is_cell() && !matches!(t, Tag::Caption | Tag::Table));
        inner.into_iter().any(|open| *open == tag)
    }

    /// Ends the parts of a table that end where the part `tag` begins, and begins a body that is left
    /// out.
    fn make_room_in_table(&mut self, tag: Tag) -> Option<()> {
        let parent: &[Tag] = match tag {
            Tag::Td | Tag::Th => &[Tag::Tr],
            Tag::Tr => &[Tag::Thead, Tag::Tbody, Tag::Tfoot],
            _ => &[Tag::Table],
        };
        // Whatever is not of this table is not to be ended here.
        let table = self.open.iter().rposition(|open| *open == Tag::Table)?;
        let cell = self.open[table..].iter().position(|open| open.is_cell() || *open == Tag::Caption);
        if let Some(cell) = cell {
            while self.open.len() > table + cell + 1 && self.top().is_some_and(ends_by_itself) {
                self.pop();
            }
            if self.open.len() > table + cell + 1 {
                return None;
            }
        }
        while let Some(top) = self.top() {
            if parent.contains(&top) {
                return Some(());
            }
            if top == Tag::Table {
                break;
            }
            self.pop();
        }
        (tag == Tag::Tr).then(|| self.push(Tag::Tbody, &Attributes::default())).flatten()
    }

    fn end(&mut self, tag: Tag) -> Option<()> {
        if tag == Tag::P && !self.is_open_in_scope(tag) {
            // Browsers make an empty paragraph of it: at least a new line.
            self.start(tag, &Attributes::default())?;
        }
        let same = |open: Tag| open == tag || open.is_heading() && tag.is_heading();
        if tag.is_void() {
            return None;
        }
        if !self.open.iter().any(|open| same(*open)) {
            return Some(());
        }
        if !tag.is_inline() {
            while self.top().is_some_and(|top| !same(top) && ends_before(top, tag)) {
                self.pop();
            }
        }
        if !self.top().is_some_and(same) {
            return None;
        }
        self.pop();
        Some(())
    }
}

/// Elements whose end tag may be left out at the end of their parent.
fn ends_by_itself(tag: Tag) -> bool {
    matches!(tag, Tag::P | Tag::Li | Tag::Dd | Tag::Dt)
}

/// Whether the end of an `outer` element ends an `inner` one that is still open in it.
fn ends_before(inner: Tag, outer: Tag) -> bool {
    let rank = |tag: Tag| match tag {
        Tag::Td | Tag::Th | Tag::Caption => 1,
        Tag::Tr => 2,
        Tag::Thead | Tag::Tbody | Tag::Tfoot => 3,
        Tag::Table => 4,
        _ => 0,
    };
    ends_by_itself(inner) || rank(inner) > 0 && rank(inner) < rank(outer)
}
