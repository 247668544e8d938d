//! A table of cue words and a text in, the cues that stand in the text as whole words out.
//!
//! The words of a text are found once, for all tables ([`Words`]); of a table only the cues with
//! the first word that stands there are compared. The rules look only at the words around a cue.

use std::borrow::Cow;
use std::ops::Range;

use regex::Regex;

/// A text and where its words begin.
pub(super) struct Words<'t> {
    pub text: Cow<'t, str>,
    /// In the order of the text, numbered from one.
    starts: Vec<Start>,
    /// Of each hash the number of the last word that has it; none is zero.
    last: Box<[u32; HASHES]>,
}

/// A word of ASCII letters and digits, or the part of a word that they are.
struct Start {
    at: usize,
    /// The number of the word before it that has the same hash.
    before: u32,
}

impl<'t> Words<'t> {
    pub fn of(text: impl Into<Cow<'t, str>>) -> Self {
        let text = text.into();
        let bytes = text.as_bytes();
        // Words have six bytes with the space behind them, on the average.
        let mut starts = Vec::with_capacity(bytes.len() / 6 + 1);
        let mut last = Box::new([0; HASHES]);
        let mut before = 0;
        let mut eight = Eight::at(bytes, 0);
        for from in (0..bytes.len()).step_by(8) {
            let next = Eight::at(bytes, from + 8);
            let mut begins = eight.words & !(eight.words << 8 | before);
            while begins != 0 {
                let byte = begins.trailing_zeros() / 8;
                begins &= begins - 1;
                let hash = eight.from(byte, next).hash();
                starts.push(Start { at: from + byte as usize, before: last[hash] });
                // A text of more words than that is none: those beyond are not found.
                last[hash] = u32::try_from(starts.len()).unwrap_or(0);
            }
            before = eight.words >> 56;
            eight = next;
        }
        Words { text, starts, last }
    }

    /// Where the words with a hash begin, the last first.
    fn with(&self, hash: usize) -> impl Iterator<Item = usize> {
        let start = |number: u32| self.starts.get((number as usize).checked_sub(1)?);
        std::iter::successors(start(self.last[hash]), move |word| start(word.before)).map(|word| word.at)
    }
}

/// Hashes of words.
const HASHES: usize = 1024;

/// A one in each of eight bytes.
const EACH: u64 = 0x0101_0101_0101_0101;

/// Eight bytes of a text, the first the lowest.
#[derive(Clone, Copy)]
struct Eight {
    bytes: u64,
    /// The highest bit of each that is an ASCII letter or digit.
    words: u64,
}

impl Eight {
    /// Those at `at`; zeros stand for what is beyond the end.
    fn at(text: &[u8], at: usize) -> Self {
        let rest = text.get(at..).unwrap_or_default();
        let bytes = rest.first_chunk().copied().unwrap_or_else(|| {
            let mut bytes = [0; 8];
            bytes[..rest.len()].copy_from_slice(rest);
            bytes
        });
        let bytes = u64::from_le_bytes(bytes);
        // No sum of seven bits and seven bits carries into the next byte. The eighth bit tells the result.
        let seven = bytes & (EACH * 0x7f);
        let within = |bytes: u64, first: u8, last: u8| {
            (bytes + EACH * u64::from(0x80 - first)) & !(bytes + EACH * u64::from(0x7f - last))
        };
        let words = within(seven | (EACH * 0x20), b'a', b'z') | within(seven, b'0', b'9');
        Eight { bytes, words: words & !bytes & (EACH * 0x80) }
    }

    /// Those that begin with the one of this number, of eight bytes and the next eight.
    fn from(self, byte: u32, next: Eight) -> Self {
        // In two steps: a number is not shifted by all of its bits.
        let join = |low: u64, high: u64| low >> (8 * byte) | high << 8 << (56 - 8 * byte);
        Eight { bytes: join(self.bytes, next.bytes), words: join(self.words, next.words) }
    }

    /// The hash of the word that they begin with, in any case, as far as it is among them.
    fn hash(self) -> usize {
        let ends = !self.words & (EACH * 0x80);
        let first = ends & ends.wrapping_neg();
        let within = (first >> 7).wrapping_sub(1);
        // Sets the bit that small letters have and capital ones have not; digits have it, too.
        let word = (self.bytes | EACH * 0x20) & within;
        // Fibonacci hashing: the upper bits of the product depend on all bytes.
        (word.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - HASHES.ilog2())) as usize
    }
}

/// A table of cue words with their meaning, in the order of their first words' hashes.
pub(super) struct Cues<T: 'static> {
    /// Of one hash the longest cue first.
    rows: Vec<(&'static str, T)>,
    /// The hashes that they have, and which of them have each.
    hashes: Vec<(usize, Range<usize>)>,
}

/// A cue in a text: its meaning and its range in bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cue<T> {
    pub meaning: T,
    pub start: usize,
    pub end: usize,
}

impl<T: Copy> Cues<T> {
    /// Compiles a table of cues that begin with ASCII letters or digits. Of cues that begin at one
    /// place the longest counts; case does not matter.
    pub fn new(table: &'static [(&'static str, T)]) -> Self {
        let hash = |row: &(&str, T)| Eight::at(row.0.as_bytes(), 0).hash();
        let mut rows = table.to_vec();
        rows.sort_by_key(|row| (hash(row), std::cmp::Reverse(row.0.len())));
        let groups = rows.chunk_by(|a, b| hash(a) == hash(b));
        let hashes = groups.scan(0, |from, rows| {
            let range = *from..*from + rows.len();
            *from = range.end;
            Some((hash(&rows[0]), range))
        });
        let hashes = hashes.collect();
        Self { rows, hashes }
    }

    /// The cues that stand as whole words, in the order of the text; none begins inside another.
    pub fn find(&self, words: &Words<'_>) -> impl Iterator<Item = Cue<T>> + use<T> {
        let mut found = Vec::new();
        // A table has fewer hashes than a text has words.
        for (hash, rows) in &self.hashes {
            let rows = &self.rows[rows.clone()];
            found.extend(words.with(*hash).filter_map(|start| cue_at(rows, &words.text, start)));
        }
        found.sort_unstable_by_key(|cue| cue.start);
        let mut free = 0;
        found.into_iter().filter(move |cue| {
            let counts = cue.start >= free;
            free = if counts { cue.end } else { free };
            counts
        })
    }
}

/// The first cue of `rows` that stands at `start` as whole words.
fn cue_at<T: Copy>(rows: &[(&str, T)], text: &str, start: usize) -> Option<Cue<T>> {
    rows.iter().find_map(|(words, meaning)| {
        let end = start + words.len();
        let same = text.as_bytes().get(start..end)?.eq_ignore_ascii_case(words.as_bytes());
        (same && is_whole(text, start, end)).then_some(Cue { meaning: *meaning, start, end })
    })
}

/// What `\w` stands for: letters and digits of ASCII, and the blocks of the letters of Latin, Greek,
/// Cyrillic, and of the scripts without capitals. Unicode's own list has seven hundred ranges, which
/// each repetition of it in a pattern would compile again.
const WORD: &str = concat!(
    r"[0-9A-Za-z_\u{C0}-\u{D6}\u{D8}-\u{F6}\u{F8}-\u{52F}\u{5D0}-\u{109F}\u{1E00}-\u{1FFF}",
    r"\u{3041}-\u{A63E}\u{AC00}-\u{FAFF}\u{20000}-\u{3FFFF}]",
);

/// Compiles a pattern of the words around a cue.
///
/// # Panics
/// Never for the patterns of the rules: they are constants.
pub(super) fn compile(pattern: &str) -> Regex {
    Regex::new(&pattern.replace(r"\w", WORD)).expect("the pattern is a constant")
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
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cues_are_whole_words() {
        const ROWS: [(&str, u8); 3] = [("intern", 1), ("internship", 2), ("c.v.", 3)];
        let cues = Cues::new(&ROWS);
        let found: Vec<u8> = cues
            .find(&Words::of("Internships, an INTERN, internal, internship; c.v."))
            .map(|c| c.meaning)
            .collect();
        assert_eq!(found, [1, 2, 3]);
        assert_eq!(
            cues.find(&Words::of("éintern, interné, intern")).map(|c| c.start).collect::<Vec<_>>(),
            [20]
        );
    }

    #[test]
    fn words_are_letters_and_digits_in_any_case() {
        for byte in 0..=u8::MAX {
            let eight = Eight::at(&[b'L', byte, b's'], 0);
            let word = if byte.is_ascii_alphanumeric() { 0x80_8080 } else { 0x80_0080 };
            assert_eq!(eight.words, word, "{byte:#x}");
            let same = Eight::at(&[b'l', byte.to_ascii_lowercase(), b'S'], 0);
            assert_eq!(eight.hash(), same.hash(), "{byte:#x}");
        }
        assert_eq!(Eight::at(b"lIB, ", 0).hash(), Eight::at(b"Lib", 0).hash());
    }

    proptest! {
        #[test]
        fn every_word_is_found(text in "([a-cA-C0-9]{1,9}|[ .,_é’]){0,20}") {
            let words = Words::of(text.as_str());
            let starts: Vec<_> = words.starts.iter().map(|start| start.at).collect();
            let is_word = |at: usize| text.as_bytes()[at].is_ascii_alphanumeric();
            let expected: Vec<_> =
                (0..text.len()).filter(|at| is_word(*at) && (*at == 0 || !is_word(at - 1))).collect();
            prop_assert_eq!(&starts, &expected);
            for start in starts {
                let word = text[start..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap();
                let hash = Eight::at(word.to_lowercase().as_bytes(), 0).hash();
                prop_assert!(words.with(hash).any(|at| at == start), "{word}");
            }
        }
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
