//! A posting's parts in, one folded text of them out, with where its lines and headings are.

use super::Subject;
use crate::config::Part;
use crate::text::{find_byte, fold_onto};

/// The longest line, in bytes, that can be a heading; and the longest part of a line before a
/// colon that can be one.
const HEADING_BYTES: usize = 70;

/// All parts of a posting, each word between single spaces, each line begun and ended by a space.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// In UTF-8.
    pub text: Vec<u8>,
    pub lines: Vec<Line>,
    /// Where a piece of the title ends: at a comma, a dash, a bracket.
    pub pieces: Vec<usize>,
}

/// A line of [`Folded::text`]; offsets are in bytes.
#[derive(Debug)]
pub(super) struct Line {
    pub end: usize,
    pub part: Part,
    /// Where the heading that the line begins with ends, if there is one.
    pub heading: Option<usize>,
    /// Whether the heading is the whole line.
    pub alone: bool,
}

impl Folded {
    pub(super) fn of(subject: &Subject<'_>) -> Folded {
        let length = subject.text.len() + subject.title.len() + subject.employer.map_or(0, str::len);
        let text = Vec::with_capacity(length + length / 8 + 64);
        let mut folded = Folded { text, lines: Vec::with_capacity(64), pieces: Vec::new() };
        folded.add_title(subject.title);
        if let Some(employer) = subject.employer {
            folded.add_line(Part::Employer, "", employer);
        }
        for category in subject.categories {
            folded.add_line(Part::Categories, "", category);
        }
        let mut text = subject.text;
        while !text.is_empty() {
            let end = find_byte(text.as_bytes(), |byte| byte == b'\n').unwrap_or(text.len());
            let (heading, rest) = split_heading(&text[..end]);
            folded.add_line(Part::Text, heading, rest);
            text = text.get(end + 1..).unwrap_or_default();
        }
        folded
    }

    fn add_title(&mut self, title: &str) {
        self.text.push(b' ');
        for piece in title.split([',', ';', ':', '(', ')', '[', ']', '/', '|', '–', '—']) {
            if piece.contains('-') {
                let free = piece.split(" - ").flat_map(|piece| piece.split("--"));
                free.for_each(|piece| self.add_piece(piece));
            } else {
                self.add_piece(piece);
            }
        }
        self.end_line(Part::Title, None, false);
    }

    /// A piece of the title: what stands between commas, colons, slashes, brackets, and free dashes.
    fn add_piece(&mut self, piece: &str) {
        let before = self.text.len();
        fold_onto(&mut self.text, piece);
        if self.text.len() > before {
            self.text.push(b' ');
            self.pieces.push(self.text.len());
        }
    }

    fn add_line(&mut self, part: Part, heading: &str, rest: &str) {
        self.text.push(b' ');
        let mut heading_end = None;
        if !heading.is_empty() {
            fold_onto(&mut self.text, heading);
            self.text.push(b' ');
            heading_end = Some(self.text.len());
        }
        let before = self.text.len();
        fold_onto(&mut self.text, rest);
        let alone = self.text.len() == before;
        self.text.push(b' ');
        self.end_line(part, heading_end, alone);
    }

    fn end_line(&mut self, part: Part, heading: Option<usize>, alone: bool) {
        self.text.push(b'\n');
        self.lines.push(Line { end: self.text.len(), part, heading, alone });
    }
}

/// The heading that a line begins with, and the rest: what stands before a colon, or a short line
/// that is no item of a list and no sentence.
fn split_heading(line: &str) -> (&str, &str) {
    let line = line.trim();
    let begin = &line.as_bytes()[..line.len().min(HEADING_BYTES + 1)];
    if let Some(colon) = find_byte(begin, |byte| byte == b':') {
        let (heading, rest) = line.split_at(colon);
        return (heading, &rest[1..]);
    }
    let sentence = line.ends_with(['.', ',', ';', '!', '?']) || line.starts_with(['•', '-', '*', '–', '·']);
    if line.len() <= HEADING_BYTES && !sentence { (line, "") } else { ("", line) }
}
