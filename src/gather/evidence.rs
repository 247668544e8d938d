//! Two postings in, what speaks for and against their advertising one vacancy out, and the verdict.
//!
//! Each rule has a name and a weight in [`WEIGHTS`]; the verdict follows from their sum, from vetoes
//! and from what only an exact key can overcome. Precision before recall: a vacancy that is wrongly
//! merged with another is a job that nobody sees, one that is shown twice is a nuisance.

mod findings;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::traits::Traits;
use findings::Findings;

/// From this sum on two postings advertise one vacancy.
pub const SAME: f32 = 7.0;
/// From this sum on they may; an operator is told.
pub const POSSIBLE: f32 = 5.0;

/// Days between two postings of one position beyond which it is advertised again: boards
/// keep an advertisement for sixty days, as long as a copy of it may be made.
pub const AGAIN_AFTER: i64 = 60;
/// The same, where the text or the requisition is the same: a search lasts a season.
pub const SEASON: i64 = 110;

/// What can speak for or against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    AddressSame,
    ApplySame,
    PageSame,
    NumberSame,
    NumberOther,
    TitleSame,
    TitlePlain,
    TitleLong,
    TitleCut,
    TitleMore,
    TitleRank,
    TitleNear,
    TitleOther,
    Grade,
    Hours,
    Shift,
    Branch,
    Line,
    Professor,
    EmployerSame,
    EmployerNamed,
    EmployerUnit,
    EmployerCampus,
    EmployerSystem,
    EmployerSiblings,
    EmployerUnknown,
    EmployerOtherCampus,
    EmployerOther,
    PlaceSame,
    PlaceRegion,
    PlaceOther,
    PlaceOtherRegion,
    DaysFew,
    DaysSome,
    DaysMany,
    TextSame,
    TextWhole,
    TextMuch,
    TextExcerpt,
    TextBeginning,
    TextOther,
    SourceSame,
    SourceSameText,
}

/// What each rule weighs, and what it says.
pub const WEIGHTS: &[(Rule, f32, &str)] = &[
    (Rule::AddressSame, 6.0, "the same page"),
    (Rule::ApplySame, 4.0, "the same address to apply at"),
    (Rule::PageSame, 6.0, "the same title line, with a link to the same page of several jobs"),
    (Rule::NumberSame, 3.0, "the same requisition number"),
    (Rule::NumberOther, 0.0, "other requisition numbers"),
    (Rule::TitleSame, 4.0, "the same title"),
    (Rule::TitlePlain, 3.0, "the same title, one that many employers use"),
    (Rule::TitleLong, 1.5, "the title is long"),
    (Rule::TitleCut, 3.0, "one title is the beginning of the other, cut off"),
    (Rule::TitleMore, 2.0, "one title says more"),
    (Rule::TitleRank, -1.0, "only one title has the rank or the language"),
    (Rule::TitleNear, -3.0, "titles that are alike"),
    (Rule::TitleOther, -6.0, "another title"),
    (Rule::Grade, -1.0, "another grade"),
    (Rule::Hours, -1.0, "other hours, or only one is for a time"),
    (Rule::Shift, -1.0, "other shifts"),
    (Rule::Branch, -1.0, "another branch"),
    (Rule::Line, -1.0, "title lines that say more, each something else"),
    (Rule::Professor, 0.0, "another rank of a professor"),
    (Rule::EmployerSame, 3.0, "the same employer"),
    (Rule::EmployerNamed, 3.0, "one title names the employer of the other"),
    (Rule::EmployerUnit, 2.5, "one employer is a part of the other"),
    (Rule::EmployerCampus, 2.5, "one employer is named with its town"),
    (Rule::EmployerSystem, 2.0, "one employer is the system of the other"),
    (Rule::EmployerSiblings, 1.0, "two parts of one employer"),
    (Rule::EmployerUnknown, -1.0, "an employer is not known"),
    (Rule::EmployerOtherCampus, 0.0, "two campuses of one employer"),
    (Rule::EmployerOther, -6.0, "another employer"),
    (Rule::PlaceSame, 2.0, "the same town"),
    (Rule::PlaceRegion, 1.0, "the same region, as far as is known"),
    (Rule::PlaceOther, -1.0, "another town"),
    (Rule::PlaceOtherRegion, -5.0, "another region"),
    (Rule::DaysFew, 1.0, "a week apart or less"),
    (Rule::DaysSome, 0.5, "two weeks apart or less"),
    (Rule::DaysMany, -1.0, "more than six weeks apart"),
    (Rule::TextSame, 2.5, "the same text"),
    (Rule::TextWhole, 4.0, "the same long text, word for word"),
    (Rule::TextMuch, 1.5, "much of the text is the same"),
    (Rule::TextExcerpt, 1.5, "one text is an excerpt of the other"),
    (Rule::TextBeginning, 4.0, "one text is a long excerpt of the other, word for word"),
    (Rule::TextOther, -2.0, "another text"),
    (Rule::SourceSame, -2.5, "one board lists both"),
    (Rule::SourceSameText, -0.5, "one board lists both, with the same text"),
];

/// What a piece of evidence does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    Weighs,
    /// They are two vacancies, unless an address or a number is the same.
    NeedsKey,
    /// They are two vacancies, unless both lead to the same page: one form to apply serves many jobs.
    NeedsPage,
    /// They are two vacancies.
    Vetoes,
}

/// One thing that speaks for or against.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    pub rule: Rule,
    pub weight: f32,
    pub effect: Effect,
    /// In words.
    pub says: &'static str,
    /// What was found: `kansas city`, `17 days`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub found: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Same,
    Possible,
    /// The same position again, after it closed or long after.
    Readvertised,
    Different,
}

/// What is made of two postings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    pub outcome: Outcome,
    /// Whether something says that they are two vacancies, rather than nothing saying that they are
    /// one.
    pub apart: bool,
    pub score: f32,
    pub evidence: Vec<Evidence>,
}

/// One of two postings to compare.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    pub source: &'a str,
    pub posted: DateTime<Utc>,
    pub traits: &'a Traits,
}

/// Compares two postings.
pub fn compare(a: Side, b: Side) -> Verdict {
    let mut found = Findings::default();
    let days = (a.posted - b.posted).num_days().abs();
    found.addresses(a, b);
    found.titles(a, b, days);
    found.employers(a.traits, b.traits);
    found.places(a, b);
    found.texts(a, b);
    if days <= 7 {
        found.add(Rule::DaysFew, || count(days));
    } else if days <= 14 {
        found.add(Rule::DaysSome, || count(days));
    } else if days > 42 {
        found.add(Rule::DaysMany, || count(days));
    }
    found.verdict(a, b, days)
}

fn count(days: i64) -> String {
    if days == 1 { "1 day".into() } else { format!("{days} days") }
}
