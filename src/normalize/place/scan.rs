//! Running text in, the places that it surely names out.

use super::lookup::{Scope, add, place, within};
use super::piece::mark;
use super::{Hint, postal};
use crate::iso;
use crate::posting::Place;
use crate::text::find_byte;

/// Places, at most: a text that names more speaks of something else.
const MOST: usize = 3;

/// Commas and numbers that are looked at, so that a text made of them costs little.
const LOOKS: usize = 400;

/// Degrees and titles that are also states: a town before them must be all of the name there.
const DEGREES: [&str; 5] = ["MA", "MS", "PA", "MD", "MBA"];

/// The places that free text surely names: a town before its state or country (`in Brooklyn, NY`,
/// `London, England`) and towns before ZIP codes. At most three, in the order of the text.
pub fn scan(text: &str, hint: &Hint) -> Vec<Place> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    let (mut at, mut looks) = (0, 0);
    while let Some(step) = find_byte(&bytes[at..], |byte| byte == b',' || byte.is_ascii_digit()) {
        if out.len() >= MOST || looks >= LOOKS {
            break;
        }
        at += step;
        match bytes[at] {
            b',' => {
                looks += 1;
                if let Some(found) = behind_comma(text, at, hint) {
                    add(&mut out, found);
                }
                at += 1;
            }
            _ => {
                let end = at + bytes[at..].iter().take(12).take_while(|b| b.is_ascii_digit()).count();
                if end - at == 5 && !bytes.get(end).is_some_and(|b| b.is_ascii_alphanumeric()) {
                    looks += 1;
                    if let Some(found) = before_zip(text, at, end, hint) {
                        add(&mut out, found);
                    }
                }
                at = end;
            }
        }
    }
    out
}

/// `Brooklyn, NY` around the comma at `at`.
fn behind_comma(text: &str, at: usize, hint: &Hint) -> Option<Place> {
    let after = text[at + 1..].trim_start_matches(' ');
    if !after.starts_with(|c: char| c.is_uppercase()) || !iso::may_begin_name(after) {
        return None;
    }
    let (words, rest) = capitals(after)?;
    let mut end = words.len();
    // The longest run of capitalised words that is a state or country.
    loop {
        let name = &words[..end];
        if let Some(mark) = mark(name, hint) {
            let region = mark.region.and_then(Scope::of_region);
            let country = mark.country.map(|country| Scope { region: None, country: Some(country) });
            let zip = rest.get(..6).and_then(|zip| postal::zip(zip.trim()));
            let strict = DEGREES.contains(&name.trim_end_matches('.')) && zip.is_none();
            let town = |scope: Scope| town_before(&text[..at], scope, strict);
            return region.and_then(town).or_else(|| country.and_then(town));
        }
        end = name.rfind(' ')?;
    }
}

/// Up to four capitalised words of one line, and what follows them.
fn capitals(text: &str) -> Option<(&str, &str)> {
    let mut end = 0;
    let mut from = 0;
    for _ in 0..4 {
        let rest = &text[from..];
        if !rest.starts_with(|c: char| c.is_uppercase()) {
            break;
        }
        let length = rest
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '\'' | '’')))
            .unwrap_or(rest.len());
        end = from + length;
        if rest[length..].starts_with(' ') {
            from = end + 1;
        } else {
            break;
        }
    }
    let words = text[..end].trim_end_matches(['.', '-']);
    // "D.C." keeps its stop.
    let words = if text[words.len()..].starts_with('.') && words.contains('.') {
        &text[..words.len() + 1]
    } else {
        words
    };
    (!words.is_empty()).then_some((words, &text[end..]))
}

/// The last characters of a text, at most so many.
fn ending(text: &str, count: usize) -> &str {
    let from = text.len().saturating_sub(count);
    if text.as_bytes()[from..].is_ascii() {
        return &text[from..];
    }
    &text[text.char_indices().rev().nth(count - 1).map_or(0, |(at, _)| at)..]
}

/// What stands behind the last sign that parts places from other words.
fn line_end(text: &str) -> &str {
    let parts = |byte: &u8| matches!(byte, b'\n' | b',' | b';' | b'(' | b'|');
    let line = text.as_bytes().iter().rposition(parts).map_or(text, |at| &text[at + 1..]);
    // The one sign beyond ASCII.
    if line.is_ascii() { line } else { line.rsplit('•').next().unwrap_or(line) }
}

/// The town whose name ends a text, the longest name first.
fn town_before(text: &str, scope: Scope, strict: bool) -> Option<Place> {
    let line = line_end(ending(text, 61)).trim_end();
    let mut found = None;
    let starts = line.match_indices(' ').rev().map(|(at, _)| at + 1).chain(std::iter::once(0));
    for from in starts.take(5) {
        let name = &line[from..];
        let capital = name.starts_with(|c: char| c.is_uppercase());
        let particle = ["on", "of", "upon", "the", "de", "la", "du"].iter().any(|p| name.starts_with(*p));
        if !capital && !particle {
            break;
        }
        if capital && let Some(town) = within(&iso::key(name), scope) {
            found = Some((from, town));
        }
    }
    let (from, town) = found?;
    // A name in a longer run of capitals ("John Lincoln, MS") may be a person's.
    let before = line[..from].trim_end().rsplit(' ').next().unwrap_or("");
    let ends = before.len() > 2 && before.ends_with(['.', ':', '!', '?']);
    if strict && !ends && before.starts_with(|c: char| c.is_uppercase()) {
        return None;
    }
    place(Some(town), scope)
}

/// `Ossining NY 10562`, `White Plains, New York 10601` around the ZIP code in `at..end`.
fn before_zip(text: &str, at: usize, end: usize, hint: &Hint) -> Option<Place> {
    let region = postal::zip(&text[at..end])?.region?;
    let before = text[..at].trim_end_matches([' ', ',', '\n', '\u{a0}', '(']);
    if at - before.len() > 3 || before.len() == at {
        return None;
    }
    let scope = Scope::of_region(region)?;
    // The state must stand before the code: other numbers have five digits too.
    let tail = ending(before, 25);
    let start = before.len() - tail.len();
    let spaces = tail.match_indices([' ', ',', '\n']).map(|(at, _)| at + 1).chain(std::iter::once(0));
    let state = spaces
        .filter(|from| tail[*from..].starts_with(|c: char| c.is_uppercase()))
        .find(|from| mark(&tail[*from..], hint).is_some_and(|mark| mark.region == Some(region)))?;
    let words = before[..start + state].trim_end_matches([' ', ',', '\n']);
    town_before(words, scope, false)
        .or_else(|| {
            let town = postal::zip(&text[at..end])?.town?;
            let town = within(&iso::key(town), scope);
            place(town, scope)
        })
        .or_else(|| place(None, scope))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_end_of_a_line_is_cut_by_characters(text in "[ -~é•\n,;(|]{0,40}", count in 1..30_usize) {
            let start = text.char_indices().rev().nth(count - 1).map_or(0, |(at, _)| at);
            prop_assert_eq!(ending(&text, count), &text[start..]);
            let parts = ['\n', ',', ';', '(', '•', '|'];
            prop_assert_eq!(Some(line_end(&text)), text.rsplit(parts).next());
        }
    }
}
