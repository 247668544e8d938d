//! A folded posting in, what each of its words says for which tag out.

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
    /// [`OWN`] for a word of the operator's; negative infinity forbids the tag.
    pub points: f32,
}

/// Everything that the posting's words say.
pub(super) fn weigh(tagger: &Tagger, folded: &Folded) -> Vec<Finding> {
    let hits = tagger.vocabulary.find(folded);
    let mut findings = Vec::new();
    let mut in_text = Vec::new();
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
                Use::Weight { tag, kind, .. } => {
                    let points = used.points(line.part).unwrap_or_default();
                    if points <= 0.0 || covered.covers(hit, kind, tag) {
                        continue;
                    }
                    match (kind, line.part) {
                        (Some(Kind::Level), Part::Title) => {
                            in_title.push(level::Candidate { tag, hit: *hit, points });
                        }
                        (Some(Kind::Level), _) => {}
                        (_, Part::Text) => {
                            let factor = section.factor(hit, line);
                            in_text.push(InText { tag, word: hit.word, points, factor });
                        }
                        (_, part) => findings.push(Finding { tag, word: hit.word, part, points }),
                    }
                }
                Use::Own { .. } | Use::Neutral => {}
            }
        }
        covered.add(hit, &word.uses, line.part);
    }
    findings.extend(level::choose(&in_title, folded));
    add_text(in_text, &mut findings);
    findings
}

/// A word of the text that speaks for a tag, once, with its weight and how much it counts there.
#[derive(Debug)]
struct InText {
    tag: usize,
    word: usize,
    points: f32,
    factor: f32,
}

/// What the words of the text say, by how often each stands there.
fn add_text(mut in_text: Vec<InText>, findings: &mut Vec<Finding>) {
    in_text.sort_unstable_by_key(|found| (found.word, found.tag));
    for same in in_text.chunk_by(|a, b| (a.word, a.tag) == (b.word, b.tag)) {
        let InText { tag, word, points, .. } = same[0];
        let often: f32 = same.iter().map(|found| found.factor).sum();
        let points = points * often * (SATURATION + 1.0) / (often + SATURATION);
        findings.push(Finding { tag, word, part: Part::Text, points });
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
    reach: [Span; 3],
    span: Span,
    /// Tags that some word at `span` speaks for: `catalog*` says nothing for them beside `cataloging`.
    spoken: Vec<usize>,
}

type Span = (usize, usize);

impl Covered {
    fn covers(&self, hit: &Hit, kind: Option<Kind>, tag: usize) -> bool {
        let span = (hit.start, hit.end);
        // A tag of the operator's own has no kind whose longer words could mean something else.
        let (start, end) = kind.map_or_else(Span::default, |kind| self.reach[kind as usize]);
        end >= hit.end && (start, end) != span || self.span == span && self.spoken.contains(&tag)
    }

    fn add(&mut self, hit: &Hit, uses: &[Use], part: Part) {
        if self.span != (hit.start, hit.end) {
            self.span = (hit.start, hit.end);
            self.spoken.clear();
        }
        for used in uses {
            match used {
                Use::Weight { kind, tag, .. } if used.points(part).is_some() => {
                    kind.iter().for_each(|kind| self.reach(*kind));
                    self.spoken.push(*tag);
                }
                Use::Neutral => self.reach_all(),
                _ => {}
            }
        }
    }

    fn reach_all(&mut self) {
        [Kind::Setting, Kind::Function, Kind::Level].into_iter().for_each(|kind| self.reach(kind));
    }

    fn reach(&mut self, kind: Kind) {
        let reach = &mut self.reach[kind as usize];
        if self.span.1 > reach.1 {
            *reach = self.span;
        }
    }
}
