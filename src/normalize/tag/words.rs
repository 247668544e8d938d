//! Words and what they are used for in, one trie of them out; a folded text in, its words out.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::folded::Folded;
use super::trie::Trie;
use crate::config::{self, Part};
use crate::taxonomy::{self, Kind, Tag};
use crate::text::fold;

/// What a word is good for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Use {
    /// It speaks for a tag; `kind` is that of a built-in one.
    Weight { tag: usize, kind: Option<Kind>, weights: Weights },
    /// It silences the words in it.
    Neutral,
    /// It heads a section whose words count so much.
    Section(f32),
    /// It gives, or forbids, the tag of the operator's rule.
    Own { rule: usize, not: bool },
}

/// What a word says in each part, in the order of [`Part`]; nothing where it is not looked for.
pub(super) type Weights = [Option<f32>; 4];

#[derive(Debug)]
pub(super) struct Word {
    /// As whoever wrote the rule has it.
    pub text: String,
    pub uses: Vec<Use>,
    /// Bytes of its pattern.
    length: usize,
    /// Whether any ending may follow.
    open: bool,
    /// Whether it may stand inside a word: its script has no spaces.
    inside: bool,
}

/// All words, and the trie that finds them.
#[derive(Debug)]
pub(super) struct Vocabulary {
    pub words: Vec<Word>,
    trie: Trie,
    /// Whether some word may stand inside a word.
    inside: bool,
}

/// A word in a folded text; offsets are in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub word: usize,
    pub start: usize,
    pub end: usize,
    pub line: usize,
}

#[derive(Debug, Default)]
pub(super) struct Builder {
    words: Vec<Word>,
    patterns: Vec<String>,
    known: HashMap<(String, bool), usize>,
}

impl Builder {
    /// All words of a built-in tag, as the operator's `[[tag]]` with its slug changes them.
    pub(super) fn add_tag(&mut self, index: usize, tag: &Tag, own: Option<&config::Tag>) {
        let mut changed: Vec<(&String, f32)> =
            own.iter().flat_map(|own| &own.weights).map(|(word, weight)| (word, *weight)).collect();
        let use_of = |weights| Use::Weight { tag: index, kind: Some(tag.kind), weights };
        for word in &tag.words {
            if own.is_some_and(|own| own.without.iter().any(|name| word.is_named_by(name))) {
                continue;
            }
            // Categories are often broad, and several: half of a title.
            let mut weights = [word.title, word.employer, word.title.map(|points| points / 2.0), word.text];
            let key = key(&word.word);
            if let (Some(own), Some(at)) = (own, changed.iter().position(|(name, _)| self::key(name) == key))
            {
                let (_, weight) = changed.swap_remove(at);
                own.within.iter().for_each(|part| weights[*part as usize] = Some(weight));
            }
            self.add(&word.word, use_of(weights));
        }
        for (word, weight) in changed {
            self.add(word, use_of(weights(own.map_or(&[], |own| &own.within), weight)));
        }
    }

    /// The words with weights of a tag that is the operator's own.
    pub(super) fn add_own(&mut self, index: usize, own: &config::Tag) {
        for (word, weight) in &own.weights {
            let weights = weights(&own.within, *weight);
            self.add(word, Use::Weight { tag: index, kind: None, weights });
        }
    }

    /// The taxonomy's words that belong to no tag.
    pub(super) fn add_common(&mut self) {
        for phrase in taxonomy::neutral() {
            self.add(phrase, Use::Neutral);
        }
        for section in taxonomy::sections() {
            section.list.iter().for_each(|word| self.add(word, Use::Section(section.factor)));
        }
    }

    /// A word as an operator writes it; one without a letter or digit is passed over.
    pub(super) fn add(&mut self, text: &str, used: Use) {
        let (folded, open) = key(text);
        let Some(first) = folded.chars().next() else { return };
        let inside = has_no_spaces(first);
        let index = *self.known.entry((folded.clone(), open)).or_insert_with(|| {
            // The space after a word is part of its pattern, so that only whole words match.
            let pattern = if open || inside { folded } else { format!("{folded} ") };
            self.words.push(Word {
                text: text.trim().into(),
                uses: Vec::new(),
                length: pattern.len(),
                open,
                inside,
            });
            self.patterns.push(pattern);
            self.words.len() - 1
        });
        self.words[index].uses.push(used);
    }

    pub(super) fn build(self) -> Vocabulary {
        let inside = self.words.iter().any(|word| word.inside);
        Vocabulary { words: self.words, trie: Trie::new(&self.patterns), inside }
    }
}

impl Vocabulary {
    /// All words of the text in the order of their beginnings; of those that begin together the
    /// longest first, and of equally long ones that with the most letters before its `*`.
    ///
    /// The trie is walked from the beginning of each word for as long as some pattern goes
    /// on: a few letters for most words, the longest pattern at worst.
    pub(super) fn find(&self, folded: &Folded) -> Vec<Hit> {
        let mut hits = Vec::with_capacity(128);
        let mut line = 0;
        let mut walk = |start| {
            if self.trie.may_begin(&folded.text[start..]) {
                self.walk(folded, start, &mut line, &mut hits);
            }
        };
        if self.inside {
            beginnings(&folded.text).for_each(walk);
        } else {
            after_spaces(&folded.text, &mut walk);
        }
        hits
    }

    /// Appends the words that begin at `start`, which is not before `line`.
    fn walk(&self, folded: &Folded, start: usize, line: &mut usize, hits: &mut Vec<Hit>) {
        let before = hits.len();
        self.trie.walk(&folded.text[start..], &mut |word, length| {
            while folded.lines[*line].end <= start {
                *line += 1;
            }
            hits.push(self.hit(&folded.text, word, start, start + length, *line));
        });
        if hits.len() > before + 1 {
            hits[before..].sort_by_key(|hit| Reverse((hit.end, self.words[hit.word].length)));
        }
    }

    fn hit(&self, bytes: &[u8], index: usize, start: usize, mut end: usize, line: usize) -> Hit {
        let word = &self.words[index];
        if !word.inside {
            if word.open {
                end += bytes[end..].iter().take_while(|byte| **byte != b' ').count();
            } else {
                end -= 1;
            }
        }
        Hit { word: index, start, end, line }
    }
}

/// Tells of each place that comes after a space.
fn after_spaces(text: &[u8], mut tell: impl FnMut(usize)) {
    let (steps, rest) = text.as_chunks();
    for (number, step) in steps.iter().enumerate() {
        let mut spaces = spaces(step);
        while spaces != 0 {
            tell(number * SPACES + spaces.trailing_zeros() as usize + 1);
            spaces &= spaces - 1;
        }
    }
    let passed = steps.len() * SPACES;
    rest.iter().enumerate().filter(|(_, byte)| **byte == b' ').for_each(|(at, _)| tell(passed + at + 1));
}

/// Bytes that [`spaces`] looks at: one for each bit of a number.
const SPACES: usize = 64;

/// Which bytes are spaces, the first in the lowest bit.
fn spaces(step: &[u8; SPACES]) -> u64 {
    let mut ones = [0; SPACES];
    ones.iter_mut().zip(step).for_each(|(one, byte)| *one = u8::from(*byte == b' '));
    let (eights, _) = ones.as_chunks();
    // The product has the lowest bits of all eight bytes in its uppermost byte.
    let gather = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().rev().fold(0, |bits, eight| bits << 8 | gather(eight))
}

/// Where words begin, and each letter of a script that has no spaces.
fn beginnings(text: &[u8]) -> impl Iterator<Item = usize> {
    let text = str::from_utf8(text).expect("a folded text is UTF-8");
    let begins = |(at, c)| (text[..at].ends_with(' ') || has_no_spaces(c)).then_some(at);
    text.char_indices().filter_map(begins)
}

impl Use {
    /// What the word says in `part`, if it is looked for there.
    pub(super) fn points(&self, part: Part) -> Option<f32> {
        if let Use::Weight { weights, .. } = self { weights[part as usize] } else { None }
    }
}

/// What tells a word from others: its folded form, and whether any ending may follow.
fn key(text: &str) -> (String, bool) {
    (fold(text), text.trim_end().ends_with('*'))
}

/// The same weight in each part that is looked in.
fn weights(within: &[Part], weight: f32) -> Weights {
    let mut weights = Weights::default();
    within.iter().for_each(|part| weights[*part as usize] = Some(weight));
    weights
}

/// Whether a letter belongs to a script that is written without spaces between words: Thai, Lao,
/// Tibetan, Burmese, Khmer, kana, Han.
fn has_no_spaces(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_space_is_passed_over(text in "[ a\\x00\\x1f!é\\x7f]{0,200}") {
            let mut told = Vec::new();
            after_spaces(text.as_bytes(), |at| told.push(at));
            let expected: Vec<usize> = text.match_indices(' ').map(|(at, _)| at + 1).collect();
            prop_assert_eq!(told, expected);
        }
    }
}
