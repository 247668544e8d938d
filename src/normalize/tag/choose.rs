//! What the words of a posting say in, its tags out.

use super::Tagger;
use super::weigh::{Finding, OWN};
use crate::config::Part;
use crate::taxonomy::{self, Kind};

/// Functions of one posting, at most.
const FUNCTIONS: usize = 4;

/// From here on a title says a function outright.
const OUTRIGHT: f32 = 10.0;

/// A function that the title does not say outright needs so much of everything together...
const ENOUGH: f32 = 6.0;

/// ... and so much of what the function with the most to say for it has.
const SHARE: f32 = 0.35;

/// Where no function has enough, the one with the most to say for it needs only so much.
const AT_LEAST: f32 = 3.0;

/// What the text alone can say for a setting, at most: an employer's name says more.
const TEXT_OF_SETTING: f32 = 6.0;

/// A setting needs so much.
const SETTING: f32 = 2.0;

/// What is said for one tag.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    title: f32,
    employer: f32,
    categories: f32,
    text: f32,
    forbidden: bool,
    own: bool,
}

/// Indices of the tags that the posting gets beside the `given` ones.
pub(super) fn choose(tagger: &Tagger, findings: &[Finding], given: &[String]) -> Vec<usize> {
    let scores = scores(tagger, findings);
    let mut chosen: Vec<usize> = (0..scores.len()).filter(|tag| scores[*tag].own).collect();
    let weighed = |tag: &usize| {
        let score = &scores[*tag];
        tagger.tags[*tag].kind.is_none() && !score.own && !score.forbidden && is_said(score)
    };
    chosen.extend((0..scores.len()).filter(weighed));
    for kind in [Kind::Setting, Kind::Function, Kind::Level] {
        let of_kind = |tag: &usize| tagger.tags[*tag].kind == Some(kind);
        let is_given = given.iter().any(|slug| taxonomy::find(slug).is_some_and(|tag| tag.kind == kind));
        if kind != Kind::Function && (is_given || chosen.iter().any(of_kind)) {
            continue;
        }
        let open = |tag: &usize| of_kind(tag) && !scores[*tag].forbidden && !scores[*tag].own;
        let tags: Vec<usize> = (0..scores.len()).filter(open).collect();
        match kind {
            Kind::Setting => chosen.extend(best(&tags, |tag| setting(&scores[tag]), SETTING)),
            Kind::Level => chosen.extend(best(&tags, |tag| scores[tag].title, f32::MIN_POSITIVE)),
            Kind::Function => chosen.extend(functions(&tags, &scores)),
        }
    }
    chosen
}

/// For each part the weightiest word counts, in the text all words do.
fn scores(tagger: &Tagger, findings: &[Finding]) -> Vec<Score> {
    let mut scores = vec![Score::default(); tagger.tags.len()];
    for finding in findings {
        let score = &mut scores[finding.tag];
        if finding.points == f32::NEG_INFINITY {
            score.forbidden = true;
        } else if finding.points == OWN {
            score.own = true;
        } else {
            match finding.part {
                Part::Title => score.title = score.title.max(finding.points),
                Part::Employer => score.employer = score.employer.max(finding.points),
                Part::Categories => score.categories = score.categories.max(finding.points),
                Part::Text => score.text += finding.points,
            }
        }
    }
    for score in &mut scores {
        score.own &= !score.forbidden;
    }
    scores
}

fn setting(score: &Score) -> f32 {
    score.title + score.employer + score.categories + score.text.min(TEXT_OF_SETTING)
}

/// Whether the title says the tag outright, or everything together says enough.
fn is_said(score: &Score) -> bool {
    score.title >= OUTRIGHT || total(score) >= ENOUGH
}

fn total(score: &Score) -> f32 {
    score.title + score.employer + score.categories + score.text
}

/// The tag with the most to say for it, if that is enough; the earlier of two equals.
fn best(tags: &[usize], points: impl Fn(usize) -> f32, enough: f32) -> Option<usize> {
    let mut best = None;
    for &tag in tags {
        if points(tag) >= enough && best.is_none_or(|best| points(tag) > points(best)) {
            best = Some(tag);
        }
    }
    best
}

/// What the title says outright, then what enough speaks for; four at most.
fn functions(tags: &[usize], scores: &[Score]) -> Vec<usize> {
    let total = |tag: usize| total(&scores[tag]);
    let most = tags.iter().map(|tag| total(*tag)).fold(0.0, f32::max);
    let mut chosen: Vec<usize> = tags
        .iter()
        .copied()
        .filter(|tag| {
            scores[*tag].title >= OUTRIGHT || (total(*tag) >= ENOUGH && total(*tag) >= SHARE * most)
        })
        .collect();
    chosen.sort_by(|a, b| {
        let key = |tag: usize| (scores[tag].title >= OUTRIGHT, total(tag));
        let ((outright_a, a), (outright_b, b)) = (key(*a), key(*b));
        outright_b.cmp(&outright_a).then(b.total_cmp(&a))
    });
    chosen.truncate(FUNCTIONS);
    if chosen.is_empty() {
        chosen.extend(best(tags, total, AT_LEAST));
    }
    chosen
}
