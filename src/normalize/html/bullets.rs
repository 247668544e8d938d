//! The tidy markup of a paragraph in, its text and the items of its lists out.
//!
//! Word processors paste a list as paragraphs that begin with a bullet, forms as lines between breaks.

use crate::lines::{self, Line};

/// A part of a paragraph, as markup.
#[derive(Debug)]
enum Piece<'a> {
    /// Lines that stay a paragraph.
    Text(Vec<&'a str>),
    /// An item of a list, without its bullet.
    Item(&'a str),
}

/// Signs that are bullets in a paragraph only if another line of it has one: a single dash may begin
/// what somebody says, or a source's name.
const DASHES: [char; 5] = ['-', '–', '—', '*', '+'];

/// What a paragraph becomes.
pub(super) struct Listed {
    pub markup: String,
    /// Bytes of the end tag before it that go: the list there goes on.
    pub reopened: usize,
}

const END: &str = "</ul>";

/// The markup that a paragraph becomes, after `before`, if lines in it begin with bullets.
pub(super) fn listed(before: &str, inner: &str) -> Option<Listed> {
    if !may_hold(inner) {
        return None;
    }
    let pieces = pieces(inner)?;
    let mut listed = Listed { markup: String::with_capacity(inner.len() + 32), reopened: 0 };
    for piece in pieces {
        let before = if listed.markup.is_empty() { before } else { &listed.markup };
        let new_line = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
        let goes_on = before.ends_with("</li></ul>");
        let markup = match piece {
            Piece::Text(lines) => format!("{new_line}<p>{}</p>", lines.join("<br>")),
            Piece::Item(text) if goes_on => {
                match listed.markup.len().checked_sub(END.len()) {
                    Some(end) => listed.markup.truncate(end),
                    None => listed.reopened = END.len(),
                }
                format!("\n<li>{text}</li>{END}")
            }
            Piece::Item(text) => format!("{new_line}<ul>\n<li>{text}</li>{END}"),
        };
        listed.markup.push_str(&markup);
    }
    Some(listed)
}

/// Whether it is worth a look: a line begins with neither a letter nor an element, or with a lone `o`.
fn may_hold(inner: &str) -> bool {
    inner.split("<br>").any(|line| {
        let line = line.trim_start();
        line.starts_with(|c: char| !c.is_alphanumeric() && c != '<') || line.starts_with("o ")
    })
}

/// The pieces of a paragraph in which lines begin with bullets; `None` if none does, or if an element
/// begins in one line and ends in another.
fn pieces(inner: &str) -> Option<Vec<Piece<'_>>> {
    let lines = || inner.split("<br>").map(str::trim);
    let dashes = lines().filter(|line| item(line).is_some() && line.starts_with(DASHES)).count();
    let item = |line| item(line).filter(|_| dashes > 1 || !str::starts_with(line, DASHES));
    if !lines().any(|line| item(line).is_some()) || !lines().all(is_balanced) {
        return None;
    }
    let mut pieces = Vec::new();
    for line in lines() {
        match (item(line), pieces.last_mut()) {
            (Some(text), _) => pieces.push(Piece::Item(text)),
            (None, Some(Piece::Text(lines))) => lines.push(line),
            (None, _) if line.is_empty() => {}
            (None, _) => pieces.push(Piece::Text(vec![line])),
        }
    }
    for piece in &mut pieces {
        if let Piece::Text(lines) = piece {
            while lines.last().is_some_and(|line| line.is_empty()) {
                lines.pop();
            }
        }
    }
    Some(pieces)
}

/// What follows the bullet that a line begins with.
fn item(line: &str) -> Option<&str> {
    match lines::classify(line) {
        Line::Bullet { text, .. } => Some(text),
        _ => None,
    }
}

/// Whether every element of tidy markup that begins in a line ends in it.
fn is_balanced(line: &str) -> bool {
    let mut open = 0_usize;
    for (at, _) in line.match_indices('<') {
        let rest = &line[at + 1..];
        if rest.starts_with('/') {
            let Some(fewer) = open.checked_sub(1) else { return false };
            open = fewer;
        } else if !rest.starts_with("img ") {
            open += 1;
        }
    }
    open == 0
}
