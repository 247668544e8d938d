//! Postings and known vacancies in, changes to vacancies out.
//!
//! Which postings advertise the same vacancy is decided here. A posting finds its candidates by
//! keys: its addresses, the employer with the title, requisition numbers, bands of its text. It is
//! never compared with everything, so the cost of a posting does not grow with the archive. Each
//! candidate is compared by what is kept of it ([`Traits`]), and the verdict follows from a table of
//! weights ([`evidence::WEIGHTS`]), vetoes, and what an operator decided.
//!
//! A posting joins the vacancy of which it is surest. If it links vacancies that were known apart and
//! nothing speaks against it, they become one: the older id lives, the other leads to it. So what
//! becomes of postings hardly depends on the order in which they come.

mod employer;
pub mod evidence;
mod group;
mod id;
mod number;
mod sketch;
mod title;
mod traits;
mod words;

use chrono::{DateTime, Utc};

use crate::posting::Posting;
use evidence::{Outcome, Side};
pub use group::{Candidate, Decisions, regroup};
use group::{Judged, judge};
pub use id::{VacancyId, identity};
pub use sketch::Sketch;
pub use traits::Traits;

/// Raised when postings have other traits or keys than before, so that kept ones are made anew.
pub const VERSION: u32 = 1;

/// Candidates of one key at most, the newest: a key that more postings have tells little.
pub const CANDIDATES: usize = 8;

/// A posting as it comes from `normalize`, with what it is compared by and a hash of the entry that it
/// was made from.
#[derive(Debug, Clone)]
pub struct Incoming {
    pub posting: Posting,
    pub traits: Traits,
    pub fingerprint: u64,
}

impl Incoming {
    pub fn new(posting: Posting, fingerprint: u64) -> Self {
        Incoming { traits: Traits::new(&posting), posting, fingerprint }
    }
}

/// What is remembered, as far as gathering asks.
pub trait Known {
    type Error;
    /// The number and the vacancy of this entry of this source.
    fn known(&self, source: &str, identity: u64) -> Result<Option<(i64, VacancyId)>, Self::Error>;
    /// The postings that have one of these keys: of each key the newest [`CANDIDATES`], none twice.
    fn candidates(&self, keys: &[u64]) -> Result<Vec<Candidate>, Self::Error>;
    /// The postings of a vacancy.
    fn of_vacancy(&self, vacancy: VacancyId) -> Result<Vec<Candidate>, Self::Error>;
    /// When a vacancy was first seen.
    fn first_seen(&self, vacancy: VacancyId) -> Result<Option<DateTime<Utc>>, Self::Error>;
    /// What an operator decided.
    fn decisions(&self) -> &Decisions;
}

/// What one posting does to the vacancies.
#[derive(Debug)]
pub struct Change {
    pub incoming: Incoming,
    pub identity: u64,
    /// The posting's own id.
    pub own: VacancyId,
    pub vacancy: VacancyId,
    pub kind: ChangeKind,
    /// Known vacancies that turn out to be this one.
    pub unites: Vec<VacancyId>,
    /// Numbers of known postings that may be of this vacancy, with their sums.
    pub possible: Vec<(i64, f32)>,
    /// Numbers of known postings of which it is a re-advertisement, or the other way round, and whether
    /// the known one is the older.
    pub again: Vec<(i64, bool)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// A posting of a vacancy that was not known.
    Opens,
    /// A new posting of a known vacancy.
    Joins,
    /// A known posting whose entry is another than before.
    Updates,
}

/// The instant that a posting is compared by.
pub fn posted(posting: &Posting) -> DateTime<Utc> {
    posting.posted.map_or(DateTime::UNIX_EPOCH, |posted| posted.instant())
}

/// Finds the vacancy that a posting advertises. It may be none that is known unchanged.
///
/// # Errors
/// Those of `known`.
pub fn gather<K: Known>(known: &K, incoming: Incoming) -> Result<Change, K::Error> {
    let identity = identity(&incoming.posting);
    let own = VacancyId::of(&incoming.posting.source, identity);
    let before = known.known(&incoming.posting.source, identity)?;
    let side = Side {
        source: &incoming.posting.source,
        posted: posted(&incoming.posting),
        traits: &incoming.traits,
    };
    let row = before.map(|(row, _)| row);
    let mut candidates = known.candidates(&incoming.traits.keys)?;
    candidates.retain(|candidate| Some(candidate.row) != row);
    let judged: Vec<_> = candidates
        .iter()
        .map(|candidate| {
            (candidate, judge(known.decisions(), (own, candidate.own), (side, candidate.side())))
        })
        .collect();
    let mut group = Group { known, own, side, row, members: Vec::new(), vacancies: Vec::new() };
    if let Some((_, vacancy)) = before {
        group.begin(vacancy)?;
    }
    for vacancy in surest(&judged) {
        group.join(vacancy)?;
    }
    let (vacancy, unites) = group.eldest()?;
    let kind = match (before, vacancy) {
        (Some(_), _) => ChangeKind::Updates,
        (None, Some(_)) => ChangeKind::Joins,
        (None, None) => ChangeKind::Opens,
    };
    let others = || judged.iter().filter(|(candidate, _)| !group.vacancies.contains(&candidate.vacancy));
    let older = |candidate: &Candidate| (candidate.posted, candidate.own) <= (side.posted, own);
    let again: Vec<_> = others()
        .filter(|(_, judged)| judged.outcome == Outcome::Readvertised)
        .map(|(candidate, _)| (candidate.vacancy, (candidate.row, older(candidate))))
        .collect();
    // What is surely the same but was kept apart is for an operator to say, unless time parts them.
    let open = |(candidate, judged): &&(&Candidate, Judged)| {
        matches!(judged.outcome, Outcome::Possible | Outcome::Same)
            && !again.iter().any(|(vacancy, _)| *vacancy == candidate.vacancy)
    };
    let possible = others().filter(open).map(|(candidate, judged)| (candidate.row, judged.score)).collect();
    let again = again.into_iter().map(|(_, link)| link).collect();
    let vacancy = vacancy.unwrap_or(own);
    Ok(Change { identity, own, vacancy, kind, unites, possible, again, incoming })
}

/// The vacancies that a posting advertises by its verdicts, the surest first.
fn surest(judged: &[(&Candidate, Judged)]) -> Vec<VacancyId> {
    let mut same: Vec<_> = judged.iter().filter(|(_, judged)| judged.outcome == Outcome::Same).collect();
    same.sort_by(|(a, one), (b, two)| {
        two.score.total_cmp(&one.score).then((a.posted, a.own).cmp(&(b.posted, b.own)))
    });
    let mut vacancies = Vec::new();
    for (candidate, _) in same {
        if !vacancies.contains(&candidate.vacancy) {
            vacancies.push(candidate.vacancy);
        }
    }
    vacancies
}

/// The vacancies that a posting is found to advertise, and their postings.
struct Group<'a, K> {
    known: &'a K,
    own: VacancyId,
    side: Side<'a>,
    row: Option<i64>,
    members: Vec<Candidate>,
    vacancies: Vec<VacancyId>,
}

impl<K: Known> Group<'_, K> {
    /// The vacancy that the posting is in already.
    fn begin(&mut self, vacancy: VacancyId) -> Result<(), K::Error> {
        self.members = self.others(vacancy)?;
        self.vacancies.push(vacancy);
        Ok(())
    }

    /// Takes up a vacancy, unless something says that one of its postings is of another than the
    /// posting or than those that were taken up before.
    fn join(&mut self, vacancy: VacancyId) -> Result<(), K::Error> {
        if self.vacancies.contains(&vacancy) {
            return Ok(());
        }
        let decisions = self.known.decisions();
        let others = self.others(vacancy)?;
        let decided = |other: &Candidate| decisions.get(self.own, other.own) == Some(true);
        let apart = |other: &Candidate| {
            judge(decisions, (self.own, other.own), (self.side, other.side())).apart
                || self.members.iter().any(|member| {
                    judge(decisions, (member.own, other.own), (member.side(), other.side())).apart
                })
        };
        if others.iter().any(decided) || !others.iter().any(apart) {
            self.members.extend(others);
            self.vacancies.push(vacancy);
        }
        Ok(())
    }

    fn others(&self, vacancy: VacancyId) -> Result<Vec<Candidate>, K::Error> {
        let mut others = self.known.of_vacancy(vacancy)?;
        others.retain(|other| Some(other.row) != self.row);
        Ok(others)
    }

    /// The vacancy whose id lives on, and those that end in it.
    fn eldest(&self) -> Result<(Option<VacancyId>, Vec<VacancyId>), K::Error> {
        let mut ages = Vec::with_capacity(self.vacancies.len());
        for vacancy in &self.vacancies {
            ages.push((self.known.first_seen(*vacancy)?, *vacancy));
        }
        ages.sort_unstable();
        let mut ids = ages.into_iter().map(|(_, vacancy)| vacancy);
        Ok((ids.next(), ids.collect()))
    }
}
