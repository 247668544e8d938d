//! A table of phrases and the words around a cue in, where the phrases stand in them out.
//!
//! What `(?i)\b(?:one|two words|stem\w*)\b` finds, at a tenth of its price: most windows are short and
//! hold none of the phrases, and a pattern costs as much as a hundred bytes before it looks at the first.

use std::ops::Range;

/// Phrases in any ASCII case (`(?i)` also takes the long s and the Kelvin sign). A row that ends in `*` is the beginning of words.
pub(in super::super) struct Phrases {
    rows: &'static [&'static str],
    /// Of the first byte of a row the second ones, both by their lower five bits: the case does not
    /// matter there, and few places of a text get past it.
    pairs: [u32; 32],
}

impl Phrases {
    /// Rows have two bytes at least and begin with an ASCII letter or digit.
    pub const fn new(rows: &'static [&'static str]) -> Self {
        let mut pairs = [0; 32];
        let mut at = 0;
        while at < rows.len() {
            let row = rows[at].as_bytes();
            pairs[(row[0] & 31) as usize] |= 1 << (row[1] & 31);
            at += 1;
        }
        Self { rows, pairs }
    }

    /// Where phrases stand as whole words, the first first. One row's range may lie in another's.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let begins = |at: usize| at == 0 || !text.as_bytes()[at - 1].is_ascii_alphanumeric();
        self.places(text)
            .filter(move |at| begins(*at))
            .flat_map(move |at| self.rows.iter().filter_map(move |row| Some(at..end_of(row, text, at)?)))
            .filter(|range| is_edge(text, range.start))
    }

    /// Whether one of the phrases stands there as whole words.
    pub fn stand_in(&self, text: &str) -> bool {
        self.find(text).next().is_some()
    }

    /// Whether one of the phrases stands there, be it inside a word.
    pub fn lie_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        self.places(text).any(|at| self.rows.iter().any(|row| begins_with(&bytes[at..], row.as_bytes())))
    }

    /// Whether the text begins with one of the phrases.
    pub fn begin(&self, text: &str) -> bool {
        text.as_bytes().first_chunk().is_some_and(|pair| self.has(*pair))
            && self.rows.iter().any(|row| end_of(row, text, 0).is_some())
    }

    /// Whether the text ends with one of the phrases, of which none is the beginning of words.
    pub fn end(&self, text: &str) -> bool {
        self.rows
            .iter()
            .any(|row| ends_with(text.as_bytes(), row.as_bytes()) && is_edge(text, text.len() - row.len()))
    }

    /// Where the first two bytes of a row stand.
    fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        let pairs = text.as_bytes().array_windows().enumerate();
        pairs.filter(|(_, pair)| self.has(**pair)).map(|(at, _)| at)
    }

    fn has(&self, [first, second]: [u8; 2]) -> bool {
        (self.pairs[usize::from(first & 31)] >> (second & 31)) & 1 == 1
    }
}

/// Where the phrase that begins at `at` ends.
fn end_of(row: &str, text: &str, at: usize) -> Option<usize> {
    let stem = row.strip_suffix('*');
    let words = stem.unwrap_or(row);
    let end = at + words.len();
    let same = begins_with(&text.as_bytes()[at..], words.as_bytes());
    (same && (stem.is_some() || is_edge(text, end))).then_some(end)
}

/// Whether a word begins or ends at `at`, as `\b` has it.
fn is_edge(text: &str, at: usize) -> bool {
    let of_word = |c: Option<char>| c.is_some_and(is_word);
    of_word(text[..at].chars().next_back()) != of_word(text[at..].chars().next())
}

/// Letters, digits and what joins them, as `\w` has it but for digits, joiners and marks outside of
/// ASCII and of the accents of Latin letters.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || (!c.is_ascii() && (c.is_alphabetic() || is_accent(c)))
}

fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// Text of these phrases (`one|two words`) and of what may stand before, between and behind them.
/// In any ASCII case. Where the text differs, it mostly does in the last letter.
fn begins_with(text: &[u8], words: &[u8]) -> bool {
    let last = words.len() - 1;
    text.get(last).is_some_and(|byte| byte.eq_ignore_ascii_case(&words[last]))
        && text[..last].eq_ignore_ascii_case(&words[..last])
}

/// In any ASCII case.
pub(in crate::normalize) fn ends_with(text: &[u8], word: &[u8]) -> bool {
    text.len() >= word.len() && text[text.len() - word.len()..].eq_ignore_ascii_case(word)
}

#[cfg(test)]
pub(in super::super) fn text_of(phrases: &'static str) -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let separators =
        [" ", "", "-", ".", ";", ",", "\n", " or ", "’", "'", "•", "(", ")", ":", "_", "é", "s", "x"];
    let phrases: Vec<String> = phrases.split('|').flat_map(|p| [p.to_string(), p.to_uppercase()]).collect();
    let piece = (prop::sample::select(phrases), prop::sample::select(separators.to_vec()), 0..3usize);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| {
        pieces
            .into_iter()
            .map(|(phrase, separator, kind)| match kind {
                0 => format!("{phrase} "),
                1 => format!("{phrase}{separator}"),
                _ => format!("{separator} "),
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use regex::Regex;

    use super::super::compile;
    use super::*;

    static BEGINNINGS: Phrases = Phrases::new(&["no", "not", "non-", "isn’t", "m.a.", "a plus", "toward*"]);
    static WORDS: Phrases = Phrases::new(&["no", "not", "non-", "isn’t", "m.a.", "a plus", "toward"]);
    static PATTERNS: LazyLock<[Regex; 4]> = LazyLock::new(|| {
        let words = r"(?:no|not|non-|isn’t|m\.a\.|a plus|toward";
        [
            format!(r"(?i)\b{words}\w*)\b"),
            format!(r"(?i)^{words}\w*)\b"),
            format!(r"(?i)\b{words})$"),
            format!(r"(?i){words})"),
        ]
        .map(|pattern| compile(&pattern))
    });

    proptest! {
        #[test]
        fn phrases_are_what_a_pattern_finds(text in text_of("no|not|non-|isn’t|m.a.|a plus|toward|towards")) {
            let [stand, begin, end, lie] = &*PATTERNS;
            let found = BEGINNINGS.find(&text).next().map(|range| range.start);
            prop_assert_eq!(found, stand.find(&text).map(|found| found.start()));
            prop_assert_eq!(found.is_some(), BEGINNINGS.stand_in(&text));
            prop_assert_eq!(BEGINNINGS.begin(&text), begin.is_match(&text));
            prop_assert_eq!(WORDS.end(&text), end.is_match(&text));
            prop_assert_eq!(WORDS.lie_in(&text), lie.is_match(&text));
        }
    }
}
