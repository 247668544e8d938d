//! The texts of an item in, the best of each field out.

use std::borrow::Cow;

use super::plain;
use crate::parse::name::Field;

/// Equally good texts of one field that are taken: one job can be in many towns.
const MOST: usize = 50;

/// What one item holds that feed-rs does not give.
#[derive(Debug, Default, PartialEq)]
pub struct Extra<'a> {
    /// Fields with their rank (the lowest is the best source of a field) and text.
    pub(super) values: Vec<(Field, u8, String)>,
    /// Whether the id is also the address of the entry's page.
    pub permalink: bool,
    /// `xml:lang` of the item or of one of its children.
    pub language: Option<String>,
    /// Elements of text whose markup is not escaped: the field, and the markup.
    pub markup: Vec<(Field, String)>,
    /// Texts that were cut out of what feed-rs reads: the local name, and the text.
    pub texts: Vec<(&'a str, Cow<'a, str>)>,
}

impl Extra<'_> {
    /// The text of the element of a local name that was cut out.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts.iter().rev().find(|(local, _)| *local == name).map(|(_, text)| &**text)
    }

    /// The best text of a field.
    pub fn get(&self, field: Field) -> Option<&str> {
        let found = self.values.iter().filter(|(f, ..)| *f == field);
        found.min_by_key(|(_, rank, _)| *rank).map(|(.., text)| text.as_str())
    }

    /// Every text of a field, the best first.
    pub fn all(&self, field: Field) -> impl Iterator<Item = &str> {
        let mut found: Vec<_> = self.values.iter().filter(|(f, ..)| *f == field).collect();
        found.sort_by_key(|(_, rank, _)| *rank);
        found.into_iter().map(|(.., text)| text.as_str())
    }

    /// The different texts of a field that are equally good, [`MOST`] at most.
    pub fn best(&self, field: Field) -> Vec<&str> {
        let found = || self.values.iter().filter(|(f, ..)| *f == field);
        let rank = found().map(|(_, rank, _)| *rank).min();
        let mut best: Vec<&str> = Vec::new();
        for (.., text) in found().filter(|(_, r, _)| Some(*r) == rank) {
            if best.len() < MOST && !best.contains(&text.as_str()) {
                best.push(text);
            }
        }
        best
    }

    /// One more text of a field.
    pub fn add(&mut self, field: Field, rank: u8, text: &str) {
        let text = plain(text);
        if !text.is_empty() {
            self.values.push((field, rank, text));
        }
    }
}
