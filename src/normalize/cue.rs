//! A table of cue words and a text in, the cues that stand in the text as whole words out.
//!
//! One scan finds all cues of a table; the rules look only at the words around a cue.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// A table of cue words with their meaning, compiled.
pub(super) struct Cues<T: 'static> {
    automaton: AhoCorasick,
    rows: &'static [(&'static str, T)],
}

/// A cue in a text: its meaning and its range in bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cue<T> {
    pub meaning: T,
    pub start: usize,
    pub end: usize,
}

impl<T: Copy> Cues<T> {
    /// Compiles a table. Of cues that begin at one place the longest counts; case does not matter.
    ///
    /// # Panics
    /// Never: a constant table of a few hundred words is within the limits of the automaton.
    pub fn new(rows: &'static [(&'static str, T)]) -> Self {
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::LeftmostLongest)
            .build(rows.iter().map(|(words, _)| words))
            .expect("a table of cue words is small");
        Self { automaton, rows }
    }

    /// The cues that stand as whole words, in the order of the text.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Cue<T>> + 'a {
        self.automaton.find_iter(text).filter_map(|found| {
            let (start, end) = (found.start(), found.end());
            let (_, meaning) = self.rows[found.pattern().as_usize()];
            is_whole(text, start, end).then_some(Cue { meaning, start, end })
        })
    }
}

/// Whether no letter or digit continues the words at `start..end`.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let joins = |a: Option<char>, b: Option<char>| {
        a.is_some_and(char::is_alphanumeric) && b.is_some_and(char::is_alphanumeric)
    };
    let inside = &text[start..end];
    !joins(text[..start].chars().next_back(), inside.chars().next())
        && !joins(inside.chars().next_back(), text[end..].chars().next())
}

/// The text before `at`: at most `bytes`, and not beyond the sentence or line.
pub(super) fn before(text: &str, at: usize, bytes: usize) -> &str {
    let window = &text[text.ceil_char_boundary(at.saturating_sub(bytes))..at];
    &window[last_break(window)..]
}

/// The text before `at`: at most `bytes`, and not beyond the line.
pub(super) fn line_before(text: &str, at: usize, bytes: usize) -> &str {
    let window = &text[text.ceil_char_boundary(at.saturating_sub(bytes))..at];
    &window[window.rfind('\n').map_or(0, |end| end + 1)..]
}

/// The text from `at` on: at most `bytes`, and not beyond the sentence or line.
pub(super) fn after(text: &str, at: usize, bytes: usize) -> &str {
    let window = ahead(text, at, bytes);
    let end = breaks(window).next().unwrap_or(window.len());
    &window[..end]
}

/// The text from `at` on: at most `bytes`, and not beyond the sentence, but into the lines below.
pub(super) fn below(text: &str, at: usize, bytes: usize) -> &str {
    let window = ahead(text, at, bytes);
    let end = breaks(window).find(|end| window.as_bytes()[*end] != b'\n').unwrap_or(window.len());
    &window[..end]
}

/// The text from `at` on: at most `bytes`, whatever is in it.
pub(super) fn ahead(text: &str, at: usize, bytes: usize) -> &str {
    &text[at..text.floor_char_boundary(at.saturating_add(bytes))]
}

/// The sentence or line that holds `start..end`, at most `bytes` to either side.
pub(super) fn around(text: &str, start: usize, end: usize, bytes: usize) -> &str {
    &text[start - before(text, start, bytes).len()..end + after(text, end, bytes).len()]
}

fn last_break(window: &str) -> usize {
    breaks(window).last().map_or(0, |at| at + 1)
}

/// Where sentences and lines end. A full stop ends a sentence if white space follows and it does
/// not end an abbreviation: a word of at most three letters before it (`Jan. 5`, `No. 7`), or a
/// number's (`1. Mai`).
fn breaks(window: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = window.as_bytes();
    bytes.iter().enumerate().filter_map(move |(at, byte)| {
        let spaced = || bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
        let ends = match byte {
            b'\n' => true,
            b'!' | b'?' | b';' => spaced(),
            b'.' => spaced() && !is_abbreviation(&bytes[..at]),
            _ => false,
        };
        ends.then_some(at)
    })
}

/// Whether the word before a full stop is short, or ends in full stops of its own (`p.m.`).
fn is_abbreviation(before: &[u8]) -> bool {
    let word = before.iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
    let starts_low = before.len() > word && before[before.len() - word - 1] == b'.';
    match word {
        0 => {
            before.last().is_some_and(u8::is_ascii_digit) && {
                let digits = before.iter().rev().take_while(|b| b.is_ascii_digit()).count();
                digits <= 2
            }
        }
        1 | 2 => true,
        3 | 4 => starts_low || SHORTENED.iter().any(|s| before.to_ascii_lowercase().ends_with(s.as_bytes())),
        _ => false,
    }
}

/// Abbreviations of three and four letters that dates and pay are written with.
const SHORTENED: [&str; 17] = [
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "hrs", "min",
    "max", "approx",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_whole_words() {
        const ROWS: [(&str, u8); 3] = [("intern", 1), ("internship", 2), ("c.v.", 3)];
        let cues = Cues::new(&ROWS);
        let found: Vec<u8> =
            cues.find("Internships, an INTERN, internal, internship; c.v.").map(|c| c.meaning).collect();
        assert_eq!(found, [1, 2, 3]);
    }

    #[test]
    fn windows_end_with_the_sentence() {
        let text = "First one. Closes Jan. 5 at 5 p.m. sharp, é. Then more";
        let at = text.find("Closes").expect("the word is there");
        assert_eq!(before(text, at, 100), " ");
        assert_eq!(after(text, at, 100), "Closes Jan. 5 at 5 p.m. sharp, é");
        assert_eq!(around(text, at, at + 6, 8), " Closes Jan. 5 ");
        assert_eq!(ahead("éé", 0, 3), "é");
    }
}
