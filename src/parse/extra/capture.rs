//! The texts of an item's child in, fields of the item out.

use std::borrow::Cow;

use super::{Extra, plain, unescape};
use crate::parse::markup::{Kind, tokens};
use crate::parse::name::Field;
use crate::parse::short::{self, Child};

/// An element that is being read.
pub struct Capture<'a> {
    pub field: Field,
    pub rank: u8,
    pub depth: usize,
    /// Where its content begins.
    pub from: usize,
    /// Local name of the innermost element.
    pub leaf: &'a str,
    pub text: Cow<'a, str>,
    pub pieces: Vec<(&'a str, Cow<'a, str>)>,
    pub has_children: bool,
    /// The tag that begins it.
    pub tag: &'a str,
    /// How many texts it holds.
    pub texts: usize,
}

impl Capture<'_> {
    /// What was read so far belongs to the innermost element.
    pub fn finish_piece(&mut self) {
        if !self.text.trim().is_empty() {
            self.pieces.push((self.leaf, std::mem::take(&mut self.text)));
        }
        self.text = Cow::Borrowed("");
    }

    /// What it is if feed-rs can be spared it.
    pub fn child<'m>(&self, atom: bool, markup: &'m str) -> Option<Child<'m>> {
        if self.texts == 1 && !self.has_children { short::child(atom, self.tag, markup) } else { None }
    }

    /// Gives an item what was read; `markup` is the same as written.
    pub fn store(self, item: &mut Extra<'_>, markup: &str) {
        match self.field {
            Field::Title | Field::Description | Field::Content | Field::Summary => {
                if self.has_children {
                    item.markup.push((self.field, without_cdata(markup)));
                }
            }
            Field::Section => item.markup.push((Field::Section, section(self.leaf, markup))),
            // NEOGOV nests them, with codes beside names.
            Field::Category => {
                let nested = self.has_children;
                for (leaf, text) in &self.pieces {
                    if !nested || leaf.eq_ignore_ascii_case("category") {
                        item.add(Field::Category, self.rank, text);
                    }
                }
            }
            Field::Place if self.has_children => {
                let parts: Vec<_> = self.pieces.iter().map(|(_, text)| plain(text)).collect();
                item.add(Field::Place, self.rank, &parts.join(", "));
            }
            _ => {
                let name = self.pieces.iter().find(|(leaf, _)| *leaf == "name");
                if let Some((_, text)) = name.or(self.pieces.first()) {
                    item.add(self.field, self.rank, text);
                }
            }
        }
    }
}

/// Markup in which CDATA sections have become plain markup.
fn without_cdata(markup: &str) -> String {
    tokens(markup).map(|t| if t.kind == Kind::Cdata { t.cdata() } else { t.text }).collect()
}

/// A part of a posting that has an element of its own, under a heading of its name.
fn section(name: &str, markup: &str) -> String {
    let text: String = tokens(markup).map(|t| unescape(&t)).collect();
    if text.trim().is_empty() {
        return String::new();
    }
    let heading = match name.to_ascii_lowercase().as_str() {
        "examplesofduties" => "Examples of Duties",
        "supplementalinformation" => "Supplemental Information",
        "qualifications" => "Qualifications",
        "responsibilities" => "Responsibilities",
        _ => "Benefits",
    };
    format!("<h3>{heading}</h3>\n{text}")
}
