//! The words of a title that name a level in, the level out.
//!
//! A title's head is its last such word before the first comma, dash, bracket or preposition:
//! "Assistant" in "Librarian's Assistant for Music", "Head" in "Head, Reference Librarians".

use super::folded::Folded;
use super::weigh::Finding;
use super::words::Hit;
use crate::config::Part;

/// What a word is worth more as the head of a title.
const HEAD: f32 = 3.0;

/// Words that end the first noun of a title.
const ENDS: [&str; 17] = [
    "of", "for", "in", "at", "to", "with", "de", "des", "du", "d", "en", "der", "die", "fur", "im", "del",
    "para",
];

/// Words that end it right after a level's word: "Librarian and Archivist", but not "Assistant Book and
/// Paper Conservator".
const ANDS: [&str; 8] = ["and", "or", "et", "ou", "und", "oder", "y", "o"];

/// A word of the title that names a level.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub tag: usize,
    pub hit: Hit,
    pub points: f32,
}

/// The level that the title names: the weightiest word, the earlier of two equals.
pub(super) fn choose(candidates: &[Candidate], folded: &Folded) -> Option<Finding> {
    let head = head(candidates, folded)?;
    let mut best: Option<Finding> = None;
    for (index, candidate) in candidates.iter().enumerate() {
        let points = candidate.points + if index == head { HEAD } else { 0.0 };
        if best.is_none_or(|best| points > best.points) {
            best = Some(Finding { tag: candidate.tag, word: candidate.hit.word, part: Part::Title, points });
        }
    }
    best
}

/// Index of the head: from the first candidate on, each next one that nothing separates from it.
fn head(candidates: &[Candidate], folded: &Folded) -> Option<usize> {
    let mut head = 0;
    let mut end = candidates.first()?.hit.end;
    for (index, candidate) in candidates.iter().enumerate().skip(1) {
        if candidate.hit.start >= end {
            let between = &folded.text[end..candidate.hit.start];
            let piece_ends = folded.pieces.iter().any(|at| (end..=candidate.hit.start).contains(at));
            let is_of = |list: &[&str], word: &[u8]| list.iter().any(|end| end.as_bytes() == word);
            let mut words = between.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
            let goes_on = words.clone().next().is_some_and(|first| is_of(&ANDS, first));
            if piece_ends || goes_on || words.any(|word| is_of(&ENDS, word)) {
                break;
            }
        }
        head = index;
        end = end.max(candidate.hit.end);
    }
    Some(head)
}
