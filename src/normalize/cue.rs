//! A table of cue words and a text in, the cues that stand in the text as whole words out.
//!
//! The words of a text are found once, for all tables ([`Words`]); of a table only the cues with
//! the first word that stands there are compared. The rules look only at the words around a cue.

pub(super) mod phrases;
mod window;

use std::borrow::Cow;
use std::ops::Range;

use regex::Regex;

pub(super) use window::{after, ahead, around, before, below, line_before};

/// A text and where its words begin.
pub(super) struct Words<'t> {
    pub text: Cow<'t, str>,
    /// In the order of the text, numbered from one.
    starts: Vec<Start>,
    /// Of each kind the number of the last word; none is zero.
    last: [u32; KINDS],
}

/// A word of ASCII letters and digits, or the part of a word that they are.
struct Start {
    at: usize,
    /// The number of the word of the same kind before it.
    before: u32,
}

impl<'t> Words<'t> {
    pub fn of(text: impl Into<Cow<'t, str>>) -> Self {
        let text = text.into();
        let bytes = text.as_bytes();
        // Words have six bytes with the space behind them, on the average.
        let mut starts = Vec::with_capacity(bytes.len() / 6 + 1);
        let mut last = [0; KINDS];
        let (steps, rest) = bytes.as_chunks::<STEP>();
        let mut end = [0; STEP];
        end[..rest.len()].copy_from_slice(rest);
        let mut before = 0;
        for (number, step) in steps.iter().chain([&end]).enumerate() {
            let words = in_words(step);
            let begins = words & !(words << 8 | before);
            before = words >> 120;
            // Halves are what a processor counts in.
            for (half, mut begins) in [(0, begins as u64), (8, (begins >> 64) as u64)] {
                while begins != 0 {
                    let at = number * STEP + half + begins.trailing_zeros() as usize / 8;
                    begins &= begins - 1;
                    let last = &mut last[kind(&bytes[at..])];
                    starts.push(Start { at, before: *last });
                    // No memory holds a text of more words than that can count.
                    *last = starts.len() as u32;
                }
            }
        }
        Words { text, starts, last }
    }

    /// Where the words of a kind begin, the last first.
    fn of_kind(&self, kind: usize) -> impl Iterator<Item = usize> {
        let start = |number: u32| self.starts.get((number as usize).checked_sub(1)?);
        std::iter::successors(start(self.last[kind]), move |word| start(word.before)).map(|word| word.at)
    }
}

/// Bytes that are looked at in one step.
const STEP: usize = 16;

/// The highest bit of each byte that is an ASCII letter or digit, the first byte the lowest.
fn in_words(step: &[u8; STEP]) -> u128 {
    u128::from_le_bytes(step.map(|byte| u8::from(byte.is_ascii_alphanumeric()) << 7))
}

/// Eight bytes of a text, the first the lowest, with the bit set that small letters have and capital
/// ones have not; zeros stand for what is beyond the end.
fn eight(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    let bytes = rest.first_chunk().copied().unwrap_or_else(|| {
        let mut bytes = [0; 8];
        bytes[..rest.len()].copy_from_slice(rest);
        bytes
    });
    u64::from_le_bytes(bytes) | u64::from_le_bytes([0x20; 8])
}

/// Kinds of words: their first three letters in any case, mixed.
const KINDS: usize = 1024;

/// The kind of the word that a text begins with.
fn kind(text: &[u8]) -> usize {
    let [first, second, third] = text.first_chunk().copied().unwrap_or_else(|| {
        let mut letters = [0; 3];
        letters[..text.len()].copy_from_slice(text);
        letters
    });
    let [first, second, third] = [first, second, third].map(|byte| LETTERS[usize::from(byte)]);
    let third = if second == 0 { 0 } else { third };
    // Fibonacci hashing: the upper bits of the product depend on all letters.
    let mixed = (first << 12 | second << 6 | third).wrapping_mul(0x9E37_79B1);
    (mixed >> (u32::BITS - KINDS.ilog2())) as usize
}

/// Numbers of ASCII letters, in any case, and digits; zero for what is in no word.
const LETTERS: [u32; 256] = {
    let (mut letters, mut byte) = ([0; 256], 0u8);
    while byte < 0x80 {
        if byte.is_ascii_alphanumeric() {
            letters[byte as usize] = (byte.to_ascii_lowercase() & 0x3f) as u32;
        }
        byte += 1;
    }
    letters
};

/// A table of cue words with their meaning.
pub(super) struct Cues<T: 'static> {
    /// In the order of the kinds of their first words; of one kind the longest cue first.
    rows: Vec<Row<T>>,
    /// The kinds there are, and which rows have each.
    kinds: Vec<(usize, Range<usize>)>,
}

#[derive(Clone)]
struct Row<T: 'static> {
    words: &'static str,
    meaning: T,
    /// Its first and its last eight bytes, and which bits of them it has.
    first: u64,
    last: u64,
    has: u64,
}

impl<T> Row<T> {
    fn of((words, meaning): (&'static str, T)) -> Self {
        let has = if words.len() < 8 { (1 << (8 * words.len())) - 1 } else { u64::MAX };
        let at = |at| eight(words.as_bytes(), at) & has;
        Row { words, meaning, first: at(0), last: at(words.len().saturating_sub(8)), has }
    }
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
        let kind = |row: &Row<T>| kind(row.words.as_bytes());
        let mut rows: Vec<_> = table.iter().copied().map(Row::of).collect();
        rows.sort_by_key(|row| (kind(row), std::cmp::Reverse(row.words.len())));
        let mut kinds = Vec::new();
        for rows in rows.chunk_by(|a, b| kind(a) == kind(b)) {
            let from = kinds.last().map_or(0, |(_, before): &(_, Range<usize>)| before.end);
            kinds.push((kind(&rows[0]), from..from + rows.len()));
        }
        Self { rows, kinds }
    }

    /// The cues that stand as whole words, in the order of the text; none begins inside another.
    pub fn find(&self, words: &Words<'_>) -> impl Iterator<Item = Cue<T>> + use<T> {
        let mut found = Vec::new();
        // A table has fewer kinds of words than a text has words.
        for (kind, rows) in &self.kinds {
            for start in words.of_kind(*kind) {
                found.extend(cue_at(&self.rows[rows.clone()], &words.text, start));
            }
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
fn cue_at<T: Copy>(rows: &[Row<T>], text: &str, start: usize) -> Option<Cue<T>> {
    let bytes = text.as_bytes();
    let first = eight(bytes, start);
    rows.iter().find_map(|row| {
        // Most words are told by these from every cue of their kind.
        let end = start + row.words.len();
        let last = || eight(bytes, start.max(end.saturating_sub(8)));
        if first & row.has != row.first || last() & row.has != row.last {
            return None;
        }
        let same = bytes.get(start..end)?.eq_ignore_ascii_case(row.words.as_bytes());
        (same && is_whole(text, start, end)).then_some(Cue { meaning: row.meaning, start, end })
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
    let joined = |at: usize| {
        text[at..].starts_with(char::is_alphanumeric) && text[..at].ends_with(char::is_alphanumeric)
    };
    !joined(end) && !joined(start)
}

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
            let mut step = [b' '; STEP];
            (step[1], step[2]) = (b'L', byte);
            let word = if byte.is_ascii_alphanumeric() { 0x80_8000 } else { 0x8000 };
            assert_eq!(in_words(&step), word, "{byte:#x}");
            assert_eq!(
                kind(&[b'L', byte, b's']),
                kind(&[b'l', byte.to_ascii_lowercase(), b'S']),
                "{byte:#x}"
            );
        }
        assert_eq!(kind(b"m, "), kind(b"M"));
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
                prop_assert!(words.of_kind(kind(word.to_lowercase().as_bytes())).any(|at| at == start));
            }
        }

        #[test]
        fn cues_are_found_as_by_looking_everywhere(
            text in "(part|parts|PART[- ]time|part-time position|fixed|fixed term|é|-| |, |a){0,12}"
        ) {
            const ROWS: [(&str, u8); 6] = [
                ("part", 0), ("part-time", 1), ("part time", 2), ("part-time position", 3), ("fixed term", 4), ("a", 5),
            ];
            let mut free = 0;
            let mut expected = Vec::new();
            let starts = (0..text.len()).filter(|at| text.is_char_boundary(*at));
            for at in starts.filter(|at| *at == 0 || !text.as_bytes()[at - 1].is_ascii_alphanumeric()) {
                let here = |(row, _): &&(&str, u8)| {
                    let same = text.as_bytes()[at..].get(..row.len());
                    same.is_some_and(|b| b.eq_ignore_ascii_case(row.as_bytes())) && is_whole(&text, at, at + row.len())
                };
                let longest = ROWS.iter().filter(here).max_by_key(|row| row.0.len());
                if let Some((row, meaning)) = longest.filter(|_| at >= free) {
                    free = at + row.len();
                    expected.push((at, *meaning));
                }
            }
            let found: Vec<_> =
                Cues::new(&ROWS).find(&Words::of(text.as_str())).map(|cue| (cue.start, cue.meaning)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
