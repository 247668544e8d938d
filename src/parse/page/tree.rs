//! The HTML of a page in, the tree of its elements out.
//!
//! html5ever's own tree builder takes time that grows with the square of the nesting, and copies
//! elements that are closed in the wrong order again and again. This one is simpler: it knows which
//! elements end without an end tag, bounds depth and number, and never copies.

use std::borrow::Cow;

use html5ever::tree_builder::{ElementFlags, NodeOrText, TreeSink};
use html5ever::{Attribute, LocalName, QualName, ns};
use scraper::{Html, HtmlTreeSink};

use super::names::{BLOCKS, CELLS, ENDS, GROUPS, OF_HEAD, OF_TABLE, VOID, bit, bits};
use super::tag::{Piece, pieces};

/// Elements within each other, at most; what is deeper is put beside instead.
const DEPTH: usize = 256;

/// Elements and texts of a page, at most; what follows is not read.
const NODES: usize = 300_000;

/// Reads a page; answers with its tree, and whether that holds all of it.
pub fn read(text: &str) -> (Html, bool) {
    let mut builder = Builder {
        sink: HtmlTreeSink::new(Html::new_document()),
        open: Vec::new(),
        nodes: 0,
        has_body: false,
    };
    let mut whole = true;
    for piece in pieces(text) {
        if builder.nodes >= NODES {
            whole = false;
            break;
        }
        match piece {
            Piece::Text(text) => builder.text(&text),
            Piece::Open { name, attributes, closed } => builder.open(name, attributes, closed),
            Piece::Close { name } => builder.close(&name),
        }
    }
    // Even a page of nothing has its root.
    if builder.open.is_empty() {
        builder.push("html".into(), Vec::new(), false);
    }
    (builder.sink.finish(), whole)
}

type Node = <HtmlTreeSink as TreeSink>::Handle;

/// An element that is not ended.
struct Open {
    node: Node,
    name: String,
    /// Its [`bit`].
    bit: u64,
    /// The bits of all that are open with it: most tags ask for what is not there.
    all: u64,
}

struct Builder {
    sink: HtmlTreeSink,
    /// The elements that are not ended, the outermost first.
    open: Vec<Open>,
    nodes: usize,
    has_body: bool,
}

impl Builder {
    fn text(&mut self, text: &str) {
        let blank = text.trim().is_empty();
        if blank && self.open.len() < 2 {
            return;
        }
        if !blank && !self.is_raw() {
            self.frame("#text");
        }
        let Some(parent) = self.open.last() else { return };
        self.nodes += 1;
        self.sink.append(&parent.node, NodeOrText::AppendText(text.into()));
    }

    /// The bits of all open elements.
    fn all(&self) -> u64 {
        self.open.last().map_or(0, |open| open.all)
    }

    /// Whether the text is of an element that may stand outside of the body.
    fn is_raw(&self) -> bool {
        self.open.last().is_some_and(|open| OF_HEAD.contains(&open.name.as_str()))
    }

    fn open<'a>(&mut self, name: String, attributes: Vec<(String, Cow<'a, str>)>, closed: bool) {
        if name == "html" && !self.open.is_empty() || name == "body" && self.has_body {
            return;
        }
        self.frame(&name);
        let bit = bit(&name);
        for (_, ended, bounds) in ENDS.iter().filter(|(names, ..)| names & bit != 0) {
            self.end(*ended, *bounds);
        }
        self.frame_of_table(bit);
        let drawn = closed && self.open.iter().any(|open| open.bit & bits(&["svg", "math"]) != 0);
        let is_void = VOID.contains(&name.as_str()) || drawn;
        let attribute = |(name, value): (String, Cow<'a, str>)| Attribute {
            name: QualName::new(None, ns!(), LocalName::from(name)),
            value: value.as_ref().into(),
        };
        self.push(name, attributes.into_iter().map(attribute).collect(), is_void);
    }

    fn push(&mut self, name: String, attributes: Vec<Attribute>, is_void: bool) {
        if self.open.len() >= DEPTH && !is_void {
            return;
        }
        self.has_body |= name == "body";
        self.nodes += 1;
        let qualified = QualName::new(None, ns!(html), LocalName::from(name.as_str()));
        let node = self.sink.create_element(qualified, attributes, ElementFlags::default());
        let parent = self.open.last().map_or_else(|| self.sink.get_document(), |parent| parent.node);
        self.sink.append(&parent, NodeOrText::AppendNode(node));
        if !is_void {
            let bit = bit(&name);
            let all = bit | self.all();
            self.open.push(Open { node, name, bit, all });
        }
    }

    /// Opens `html` and `body`, and ends the head, where the page leaves that to the reader.
    fn frame(&mut self, name: &str) {
        if self.open.is_empty() && name != "html" {
            self.push("html".into(), Vec::new(), false);
        }
        if matches!(name, "html" | "head") || self.has_body {
            return;
        }
        let in_head = self.open.get(1).is_some_and(|open| open.name == "head");
        if OF_HEAD.contains(&name) && self.open.len() <= 2 || in_head && self.is_raw() && self.open.len() > 2
        {
            return;
        }
        self.open.truncate(1);
        if !matches!(name, "body" | "frameset") {
            self.push("body".into(), Vec::new(), false);
        }
    }

    /// Ends the outermost of the elements `ended` that stand within `bounds`.
    fn end(&mut self, ended: u64, bounds: u64) {
        if self.all() & ended == 0 {
            return;
        }
        let within = self.open.iter().enumerate().rev();
        let within = within.take_while(|(_, open)| open.bit & bounds & !ended == 0);
        if let Some((at, _)) = within.filter(|(_, open)| open.bit & ended != 0).last() {
            self.open.truncate(at);
        }
    }

    /// Opens the rows and bodies of tables that browsers see without their tags.
    fn frame_of_table(&mut self, bit_of: u64) {
        let top = |builder: &Self| builder.open.last().map_or(0, |open| open.bit);
        let cell = bit_of & bits(&["td", "th"]) != 0;
        if (cell || bit_of == bit("tr")) && top(self) == bit("table") {
            self.push("tbody".into(), Vec::new(), false);
        }
        if cell && top(self) & GROUPS != 0 {
            self.push("tr".into(), Vec::new(), false);
        }
    }

    fn close(&mut self, name: &str) {
        // What follows the body is of it all the same.
        if matches!(name, "html" | "body") {
            return;
        }
        let closed = bit(name);
        if closed != 0 && self.all() & closed == 0 {
            return;
        }
        let bounds = match closed {
            _ if closed & OF_TABLE != 0 => bit("table"),
            _ if closed & BLOCKS != 0 => CELLS,
            _ => BLOCKS,
        };
        for (at, open) in self.open.iter().enumerate().rev() {
            if open.name == name {
                return self.open.truncate(at);
            }
            if open.bit & bounds != 0 {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> String {
        read(text).0.root_element().html()
    }

    fn whole(inside: &str) -> String {
        format!("<html><body>{inside}</body></html>")
    }

    #[test]
    fn end_tags_may_be_missing() {
        assert_eq!(body("<ul><li>a<li>b</ul>c"), whole("<ul><li>a</li><li>b</li></ul>c"));
        assert_eq!(body("<p>a<div>b</div>"), whole("<p>a</p><div>b</div>"));
        let table = "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>";
        assert_eq!(body("<table><tr><td>a<td>b<tr><td>c</table>"), whole(table));
        assert_eq!(
            body("<dl><dt>a<dd><p>b<dt>c</dl>"),
            whole("<dl><dt>a</dt><dd><p>b</p></dd><dt>c</dt></dl>")
        );
    }

    #[test]
    fn end_tags_may_be_wrong() {
        assert_eq!(body("<div><b>a</div>b"), whole("<div><b>a</b></div>b"));
        assert_eq!(body("<div>a</b></span>b</div>"), whole("<div>ab</div>"));
        assert_eq!(body("<div><table><tr><td>a</div>b</table></div>"), {
            whole("<div><table><tbody><tr><td>ab</td></tr></tbody></table></div>")
        });
        assert_eq!(body("<a><div>x</a>y</div>z"), whole("<a><div>xy</div>z</a>"));
    }

    #[test]
    fn head_and_body_may_be_missing() {
        let page = "<!doctype html><title>a</title><meta name=x>\n<h1>b</h1>";
        assert_eq!(body(page), r#"<html><title>a</title><meta name="x"><body><h1>b</h1></body></html>"#);
        let page = "<html><head><title>a</title><p>b";
        assert_eq!(body(page), "<html><head><title>a</title></head><body><p>b</p></body></html>");
        let page = "<html lang=en><head></head><body class=x><p>a</body></html> <body>b";
        assert_eq!(body(page), "<html lang=\"en\"><head></head><body class=\"x\"><p>a b</p></body></html>");
    }

    #[test]
    fn depth_and_number_are_bounded() {
        let (html, whole) = read(&"<div>".repeat(100_000));
        assert!(whole && html.tree.nodes().count() <= DEPTH + 1);
        let (html, whole) = read(&"<br>".repeat(NODES + 10));
        assert!(!whole && html.tree.nodes().count() <= NODES + 1);
    }
}
