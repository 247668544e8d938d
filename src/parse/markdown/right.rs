//! Markdown as people write it in, Markdown that says what they meant out.

use std::sync::LazyLock;

use regex::Regex;

use crate::lines::{self, Line};
use crate::link;

/// What the line above was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    Blank,
    Text,
    Item,
}

/// Puts right every line of a text in Markdown, one after the other.
struct Righter<'t> {
    lines: Vec<&'t str>,
    out: String,
    above: Above,
    in_list: bool,
    fenced: bool,
    /// Whether the text may have been wrapped by a program.
    wrapped: bool,
    /// The line that the current paragraph ends before, and whether the ends of its lines mean nothing.
    paragraph: (usize, bool),
}

/// The Markdown with its lines put right.
pub(super) fn righted(md: &str) -> String {
    let md = md.replace(['\u{AD}', '\u{200B}', '\u{FEFF}'], "").replace('\u{2029}', "\n\n");
    let md = links(&md);
    let mut righter = Righter {
        lines: lines::split(&md).collect(),
        out: String::with_capacity(md.len() + md.len() / 16),
        above: Above::Blank,
        in_list: false,
        fenced: false,
        wrapped: lines::may_be_wrapped(&md),
        paragraph: (0, false),
    };
    for at in 0..righter.lines.len() {
        righter.line(at);
        righter.out.push('\n');
    }
    righter.out
}

impl Righter<'_> {
    fn line(&mut self, at: usize) {
        let line = self.lines[at];
        let text = line.trim();
        let fence = text.starts_with("```") || text.starts_with("~~~");
        self.fenced ^= fence;
        if self.fenced || fence || text.starts_with('<') {
            self.out.push_str(line);
            self.above = Above::Text;
        } else if text.is_empty() {
            self.above = Above::Blank;
        } else if let Some((level, title)) = heading(text) {
            self.out.extend([&"######"[..level], " ", title]);
            (self.above, self.in_list) = (Above::Blank, false);
        } else if let Some(inner) = item(line, self.in_list, &mut self.out) {
            self.above = Above::Item;
            self.in_list |= !inner;
        } else {
            self.text(at);
            self.above = Above::Text;
        }
    }

    fn text(&mut self, at: usize) {
        let line = self.lines[at];
        let text = line.trim();
        let above = at.checked_sub(1).map_or("", |above| self.lines[above].trim());
        let full = self.wrapped && lines::may_be_full(above);
        let new_paragraph = match self.above {
            Above::Item => !full && !lines::continues(line),
            Above::Text => is_rule(text) && !is_title(above),
            Above::Blank => false,
        };
        if new_paragraph {
            self.out.push('\n');
        }
        self.in_list &= lines::continues(line) && !new_paragraph;
        if text.starts_with("# ") {
            self.out.push('\\');
        }
        // Four spaces make code of a text, which no posting holds, but for the second paragraph of an
        // item.
        self.out.push_str(if self.in_list { line.trim_end() } else { text });
        if self.ends_line(at) {
            self.out.push_str("  ");
        }
    }

    /// Whether the end of a line of text is meant, and not made by markup already.
    fn ends_line(&mut self, at: usize) -> bool {
        if at >= self.paragraph.0 {
            let length = self.lines[at..].iter().take_while(|line| is_text(line)).count().max(1);
            let paragraph = &self.lines[at..at + length];
            let filled = self.wrapped && lines::is_wrapped(paragraph);
            self.paragraph = (at + length, filled && paragraph.windows(2).any(|pair| cuts(pair[0], pair[1])));
        }
        let (end, wrapped) = self.paragraph;
        if at + 1 >= end || wrapped {
            return false;
        }
        let (line, next) = (self.lines[at], self.lines[at + 1]);
        let goes_on = lines::may_be_full(line) && line.trim().chars().count() >= WIDE && cuts(line, next);
        !goes_on && !line.trim_end().ends_with('>')
    }
}

fn is_text(line: &str) -> bool {
    matches!(lines::classify(line), Line::Text(text) if heading(text).is_none() && !text.starts_with(['<', '|', '=', '`', '~', '>']))
}

/// Characters of a line that is so long that a sentence cut at its end was cut by a program.
const WIDE: usize = 50;

/// Whether the end of `line` cuts a sentence.
fn cuts(line: &str, next: &str) -> bool {
    let address = next
        .split_whitespace()
        .next()
        .is_some_and(|word| word.contains(['@', '/']) || word.starts_with("www."));
    !line.trim_end().ends_with(['.', ':', ';', '!', '?'])
        && next.trim_start().starts_with(char::is_lowercase)
        && !address
}

/// The level and text of a heading. Two signs or more are one even without a space; a single one is
/// not before a word in lower case (`# of openings`) and without a space (`#LI-1`).
fn heading(text: &str) -> Option<(usize, &str)> {
    let level = text.bytes().take_while(|b| *b == b'#').count();
    let rest = text.get(level..)?;
    let title = rest.trim().trim_end_matches('#').trim_end();
    let fits = match level {
        1 => rest.starts_with([' ', '\t']) && !title.starts_with(char::is_lowercase),
        2..=6 => true,
        _ => false,
    };
    (fits && !title.is_empty()).then_some((level, title))
}

/// Writes `line` if it is an item of a list, as Markdown knows it; whether it is an inner one.
fn item(line: &str, in_list: bool, out: &mut String) -> Option<bool> {
    let text = line.trim_start();
    let indented = line.len() - text.len() >= 2 && in_list;
    match lines::classify(line) {
        Line::Bullet { .. } if indented && text.starts_with(['*', '-', '+']) => {
            out.push_str(line.trim_end());
            Some(true)
        }
        // Emphasis at the beginning of a line, not an item.
        Line::Bullet { .. } if text.starts_with("**") || is_rule(text) => None,
        Line::Bullet { inner, text } => {
            let inner = inner && in_list;
            out.extend([if inner { "    * " } else { "* " }, text]);
            Some(inner)
        }
        Line::Number { number, text } => {
            if !in_list && number == 1 {
                out.push('\n');
            }
            let inner = if indented { "    " } else { "" };
            out.push_str(&format!("{inner}{number}. {text}"));
            Some(indented)
        }
        Line::Blank | Line::Text(_) => None,
    }
}

/// `---`, `* * *`, `====`: a line across.
fn is_rule(text: &str) -> bool {
    let mut signs = text.chars().filter(|c| !c.is_whitespace());
    let first = signs.next();
    first.is_some_and(|c| matches!(c, '-' | '=' | '*' | '_')) && signs.all(|c| Some(c) == first)
}

/// Whether the line above a rule may be a heading that it underlines; below a sentence it is a line
/// between two parts.
fn is_title(line: &str) -> bool {
    line.chars().count() < WIDE && !line.ends_with(['.', ':', ';', ',', '!', '?'])
}

/// Mends links that a form has made of addresses, `[address](address)`, where it has taken the end
/// of the sentence for a part of the address: `([https://example.org/)](https://example.org/))`.
fn links(text: &str) -> String {
    static WORDS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\[((?:https?://|www\.)[^\s\[\]]+)\]\(").expect("a fixed expression"));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for found in WORDS.captures_iter(text) {
        let (whole, words) = (found.get_match(), &found[1]);
        let rest = text[whole.end()..].strip_prefix(words).and_then(|rest| rest.strip_prefix(')'));
        let address = link::trimmed(words);
        let Some(rest) = rest.filter(|_| address != words) else { continue };
        out.push_str(&text[done..whole.start()]);
        out.push_str(&format!("[{address}](<{address}>){}", &words[address.len()..]));
        done = text.len() - rest.len();
    }
    out.push_str(&text[done..]);
    out
}
