//! Words and what they are used for in, one trie of them out; a folded text in, its words out.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::folded::Folded;
use super::trie::Trie;
use crate::config::Part;
use crate::taxonomy::{self, Kind, Tag};
use crate::text::fold;

/// What a word is good for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Use {
    /// It speaks for a built-in tag.
    Weight { tag: usize, kind: Kind, title: Option<f32>, employer: Option<f32>, text: Option<f32> },
    /// It silences the words in it.
    Neutral,
    /// It heads a section whose words count so much.
    Section(f32),
    /// It gives, or forbids, the tag of the operator's rule.
    Own { rule: usize, not: bool },
}

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
    /// All words of a built-in tag.
    pub(super) fn add_tag(&mut self, index: usize, tag: &Tag) {
        for word in &tag.words {
            let (title, employer, text) = (word.title, word.employer, word.text);
            self.add(&word.word, Use::Weight { tag: index, kind: tag.kind, title, employer, text });
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
        let open = text.trim_end().ends_with('*');
        let folded = fold(text);
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
    /// What the word says in `part`, if it is looked for there. Categories are often broad, and
    /// several: half of a title.
    pub(super) fn points(&self, part: Part) -> Option<f32> {
        match (self, part) {
            (Use::Weight { title, .. }, Part::Title) => *title,
            (Use::Weight { title, .. }, Part::Categories) => title.map(|points| points / 2.0),
            (Use::Weight { employer, .. }, Part::Employer) => *employer,
            (Use::Weight { text, .. }, Part::Text) => *text,
            _ => None,
        }
    }
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
