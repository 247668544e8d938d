//! Known postings and what an operator decided in, which of them advertise one vacancy out.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::evidence::{Outcome, Side, Verdict, compare};
use super::id::VacancyId;
use super::traits::Traits;

/// A known posting.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its number where it is kept.
    pub row: i64,
    /// Its own id.
    pub own: VacancyId,
    pub vacancy: VacancyId,
    pub source: Arc<str>,
    pub posted: DateTime<Utc>,
    pub traits: Traits,
}

impl Candidate {
    pub fn side(&self) -> Side<'_> {
        Side { source: &self.source, posted: self.posted, traits: &self.traits }
    }
}

/// What an operator said of pairs of postings, by their own ids: whether they advertise one vacancy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions(HashMap<(VacancyId, VacancyId), bool>);

impl Decisions {
    pub fn set(&mut self, a: VacancyId, b: VacancyId, same: bool) {
        self.0.insert((a.min(b), a.max(b)), same);
    }

    pub fn get(&self, a: VacancyId, b: VacancyId) -> Option<bool> {
        if self.0.is_empty() { None } else { self.0.get(&(a.min(b), a.max(b))).copied() }
    }

    pub fn iter(&self) -> impl Iterator<Item = (VacancyId, VacancyId, bool)> {
        self.0.iter().map(|((a, b), same)| (*a, *b, *same))
    }
}

/// What is made of two postings, an operator's word before all evidence.
pub(super) struct Judged {
    pub outcome: Outcome,
    pub apart: bool,
    pub score: f32,
}

/// An operator's word counts more than any evidence.
const DECIDED: f32 = 1000.0;

pub(super) fn judge(decisions: &Decisions, own: (VacancyId, VacancyId), sides: (Side, Side)) -> Judged {
    match decisions.get(own.0, own.1) {
        Some(true) => Judged { outcome: Outcome::Same, apart: false, score: DECIDED },
        Some(false) => Judged { outcome: Outcome::Different, apart: true, score: -DECIDED },
        None => {
            let Verdict { outcome, apart, score, .. } = compare(sides.0, sides.1);
            Judged { outcome, apart, score }
        }
    }
}

/// Sorts postings into vacancies anew: the surest pairs first, and none into one vacancy with a
/// posting that something says is of another. Gives the numbers of each vacancy's postings; what it
/// gives does not depend on the order of the postings.
pub fn regroup(postings: &[Candidate], decisions: &Decisions) -> Vec<Vec<usize>> {
    let mut pairs = Vec::new();
    let mut apart = HashMap::new();
    for (a, one) in postings.iter().enumerate() {
        for (b, two) in postings.iter().enumerate().skip(a + 1) {
            let judged = judge(decisions, (one.own, two.own), (one.side(), two.side()));
            if judged.outcome == Outcome::Same {
                let days = (one.posted - two.posted).num_days().abs();
                let names = (one.own.min(two.own), one.own.max(two.own));
                pairs.push((judged.score, days, names, a, b));
            }
            apart.insert((a, b), judged.apart);
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut group: Vec<usize> = (0..postings.len()).collect();
    for (score, .., a, b) in pairs {
        let (one, two) = (group[a], group[b]);
        let members =
            |of: usize| group.iter().enumerate().filter(move |(_, at)| **at == of).map(|(at, _)| at);
        let fits = members(one).all(|a| members(two).all(|b| !apart[&(a.min(b), a.max(b))]));
        if one != two && (fits || score >= DECIDED) {
            group.iter_mut().filter(|at| **at == two).for_each(|at| *at = one);
        }
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); postings.len()];
    for (at, of) in group.into_iter().enumerate() {
        groups[of].push(at);
    }
    groups.retain(|group| !group.is_empty());
    groups
}
