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
    starts: Vec<Start>,
}

/// A word of ASCII letters and digits, or the part of a word that they are.
struct Start {
    at: usize,
    hash: usize,
}

impl<'t> Words<'t> {
    pub fn of(text: impl Into<Cow<'t, str>>) -> Self {
        let text = text.into();
        let bytes = text.as_bytes();
        // Words have six bytes with the space behind them, on the average.
        let mut starts = Vec::with_capacity(bytes.len() / 6 + 1);
        let mut at = 0;
        while at < bytes.len() {
            let (hash, length) = first_word(&bytes[at..]);
            if length > 0 {
                starts.push(Start { at, hash });
            }
            at += length + 1;
        }
        Words { text, starts }
    }
}

/// Hashes of words.
const HASHES: usize = 1024;

/// A one in each of eight bytes.
const EACH: u64 = 0x0101_0101_0101_0101;

/// The lowest bytes, at most eight of them.
fn bytes_of(count: usize) -> u64 {
    if count < 8 { (1 << (8 * count)) - 1 } else { u64::MAX }
}

/// Of eight bytes, the first the lowest, those before the first that is no ASCII letter or digit, and
/// their number.
fn leading_word(bytes: u64) -> (u64, usize) {
    // No sum of seven bits and seven bits carries into the next byte. The eighth bit tells the result.
    let seven = bytes & (EACH * 0x7f);
    let within = |bytes: u64, first: u8, last: u8| {
        (bytes + EACH * u64::from(0x80 - first)) & !(bytes + EACH * u64::from(0x7f - last))
    };
    let letters = within(seven | (EACH * 0x20), b'a', b'z');
    let others = !(letters | within(seven, b'0', b'9')) | bytes;
    let count = (others & (EACH * 0x80)).trailing_zeros() as usize / 8;
    (bytes & bytes_of(count), count)
}

/// The hash of the word that a text begins with, in any case, and its length.
fn first_word(text: &[u8]) -> (usize, usize) {
    let (mut word, mut length) = (0u64, 0);
    loop {
        let rest = &text[length..];
        let bytes = rest.first_chunk().copied().unwrap_or_else(|| {
            let mut bytes = [0; 8];
            bytes[..rest.len()].copy_from_slice(rest);
            bytes
        });
        // Sets the bit that small letters have and capital ones have not; digits have it, too.
        let (bytes, count) = leading_word(u64::from_le_bytes(bytes));
        word = word.rotate_left(8) ^ (bytes | ((EACH * 0x20) & bytes_of(count)));
        length += count;
        if count < 8 {
            break;
        }
    }
    // Fibonacci hashing: the upper bits of the product depend on all bytes.
    let hash = word.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - HASHES.ilog2());
    (hash as usize, length)
}

/// A table of cue words with their meaning, in the order of their first words' hashes.
pub(super) struct Cues<T: 'static> {
    /// Of one hash the longest cue first.
    rows: Vec<(&'static str, T)>,
    /// Which of them have a hash.
    of: Vec<Range<u16>>,
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
        let hash = |words: &str| first_word(words.as_bytes()).0;
        let mut rows = table.to_vec();
        rows.sort_by_key(|(words, _)| (hash(words), std::cmp::Reverse(words.len())));
        let mut of = vec![0..0; HASHES];
        for (at, (words, _)) in (0..).zip(&rows) {
            let range: &mut Range<u16> = &mut of[hash(words)];
            *range = if range.end == 0 { at..at + 1 } else { range.start..at + 1 };
        }
        Self { rows, of }
    }

    /// The cues that stand as whole words, in the order of the text; none begins inside another.
    pub fn find<'a>(&'a self, words: &'a Words<'_>) -> impl Iterator<Item = Cue<T>> + 'a {
        let mut free = 0;
        words.starts.iter().filter_map(move |start| {
            let cue = self.at(&words.text, start).filter(|cue| cue.start >= free)?;
            free = cue.end;
            Some(cue)
        })
    }

    fn at(&self, text: &str, start: &Start) -> Option<Cue<T>> {
        let Range { start: from, end: to } = self.of[start.hash];
        self.rows[usize::from(from)..usize::from(to)].iter().find_map(|(words, meaning)| {
            let (start, end) = (start.at, start.at + words.len());
            let same = text.as_bytes().get(start..end)?.eq_ignore_ascii_case(words.as_bytes());
            (same && is_whole(text, start, end)).then_some(Cue { meaning: *meaning, start, end })
        })
    }
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
            let length = if byte.is_ascii_alphanumeric() { 11 } else { 9 };
            let word = [b"Librarian", &[byte][..], b"s"].concat();
            assert_eq!(first_word(&word).1, length, "{byte:#x}");
            assert_eq!(first_word(&word), first_word(&word.to_ascii_lowercase()));
            assert_eq!(first_word(&word[..9]), first_word(b"lIBRARIAN, "));
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
