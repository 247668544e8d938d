//! A folded posting in, what each of its words says for which tag out.

use std::collections::BTreeMap;

use super::Tagger;
use super::folded::{Folded, Line};
use super::level;
use super::words::{Hit, Use};
use crate::config::Part;
use crate::taxonomy::Kind;

/// What the operator's own word says: the tag outright, whatever else speaks.
pub(super) const OWN: f32 = 100.0;

/// How much a word under a heading counts, and in a heading itself.
const IN_HEADING: f32 = 1.5;

/// How soon a word's repetition stops to say more (k1 of Okapi BM25, at its usual value).
const SATURATION: f32 = 1.2;

/// One word's say for one tag in one part of the posting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Finding {
    pub tag: usize,
    pub word: usize,
    pub part: Part,
    /// Negative infinity forbids the tag.
    pub points: f32,
}

/// Everything that the posting's words say.
pub(super) fn weigh(tagger: &Tagger, folded: &Folded) -> Vec<Finding> {
    let hits = tagger.vocabulary.find(folded);
    let mut findings = Vec::new();
    let mut in_text: BTreeMap<usize, f32> = BTreeMap::new();
    let mut in_title = Vec::new();
    let mut section = Section::default();
    let mut covered = Covered::default();
    for hit in &hits {
        let line = &folded.lines[hit.line];
        let word = &tagger.vocabulary.words[hit.word];
        for used in &word.uses {
            match *used {
                Use::Section(factor) => section.enter(hit, line, factor),
                Use::Own { rule, not } if tagger.rules[rule].within.contains(&line.part) => {
                    let points = if not { f32::NEG_INFINITY } else { OWN };
                    findings.push(Finding {
                        tag: tagger.rules[rule].tag,
                        word: hit.word,
                        part: line.part,
                        points,
                    });
                }
                Use::Weight { kind, .. } if covered.covers(hit, kind) => {}
                Use::Weight { kind: Kind::Level, tag, title, .. } => {
                    if line.part == Part::Title && title > 0.0 {
                        in_title.push(level::Candidate { tag, hit: *hit, points: title });
                    }
                }
                Use::Weight { tag, .. } => {
                    let points = used.points(line.part);
                    if points > 0.0 && line.part != Part::Text {
                        findings.push(Finding { tag, word: hit.word, part: line.part, points });
                    }
                }
                Use::Own { .. } | Use::Neutral => {}
            }
        }
        if line.part == Part::Text && word.uses.iter().any(|u| counts_in_text(u, hit, &covered)) {
            *in_text.entry(hit.word).or_default() += section.factor(hit, line);
        }
        covered.add(hit, &word.uses);
    }
    findings.extend(level::choose(&in_title, folded));
    add_text(tagger, &in_text, &mut findings);
    findings
}

fn counts_in_text(used: &Use, hit: &Hit, covered: &Covered) -> bool {
    matches!(used, Use::Weight { kind, .. } if used.points(Part::Text) > 0.0 && !covered.covers(hit, *kind))
}

/// What the words of the text say, by how often each stands there.
fn add_text(tagger: &Tagger, in_text: &BTreeMap<usize, f32>, findings: &mut Vec<Finding>) {
    for (&word, &often) in in_text {
        let grown = often * (SATURATION + 1.0) / (often + SATURATION);
        for used in &tagger.vocabulary.words[word].uses {
            let points = used.points(Part::Text) * grown;
            if let Use::Weight { tag, .. } = *used
                && points > 0.0
            {
                findings.push(Finding { tag, word, part: Part::Text, points });
            }
        }
    }
}

/// The section of the text that the walk is in.
#[derive(Debug)]
struct Section {
    factor: f32,
    /// A line whose own heading, followed by more text, sets another factor for this line only.
    line: Option<(usize, f32)>,
}

impl Default for Section {
    fn default() -> Self {
        Section { factor: 1.0, line: None }
    }
}

impl Section {
    fn enter(&mut self, hit: &Hit, line: &Line, factor: f32) {
        if line.part != Part::Text || line.heading.is_none_or(|end| hit.end > end) {
            return;
        }
        if line.alone || factor >= 1.0 {
            self.factor = factor;
        } else if self.line.is_none_or(|(number, _)| number != hit.line) {
            self.line = Some((hit.line, factor));
        }
    }

    fn factor(&self, hit: &Hit, line: &Line) -> f32 {
        let factor = match self.line {
            Some((number, factor)) if number == hit.line => factor,
            _ => self.factor,
        };
        if line.heading.is_some_and(|end| hit.end <= end) { factor * IN_HEADING } else { factor }
    }
}

/// How far the longest words so far reach, for each kind of tag: a word inside a longer one of its
/// kind, or inside a neutral phrase, says nothing.
#[derive(Debug, Default)]
struct Covered {
    reach: [(usize, usize); 3],
}

impl Covered {
    fn covers(&self, hit: &Hit, kind: Kind) -> bool {
        let (start, end) = self.reach[kind as usize];
        end >= hit.end && (start, end) != (hit.start, hit.end)
    }

    fn add(&mut self, hit: &Hit, uses: &[Use]) {
        let mut reach = |kind: Kind| {
            let reach = &mut self.reach[kind as usize];
            if hit.end > reach.1 {
                *reach = (hit.start, hit.end);
            }
        };
        for used in uses {
            match used {
                Use::Weight { kind, .. } => reach(*kind),
                Use::Neutral => [Kind::Setting, Kind::Function, Kind::Level].into_iter().for_each(&mut reach),
                _ => {}
            }
        }
    }
}
