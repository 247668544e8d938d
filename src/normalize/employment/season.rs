//! A title in, whether its words bind the work to a season, a semester or a number of hours out; and of
//! a cue for a working week, what its times say.

use std::sync::LazyLock;

use regex::Regex;

use crate::posting::EmploymentType;

use super::super::cue::phrases::Phrases;
use super::super::cue::{Cue, after, line_before};
use super::compile;
use super::words::Meaning;

/// One of these is in all titles that name a season or hours.
pub(super) static SAYS: Phrases =
    Phrases::new(&["summer", "spring", "fall", "autumn", "winter", "semester", "hours", "hrs"]);

/// Jobs that there are for a summer: `Summer Page`. A `Summer Reading Librarian` stays.
pub(super) static SUMMER_JOB: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\bsummer (?:\w+ ){0,2}(?:pages?|aides?|clerks?|assistants?|help(?:er)?s?|workers?|fellows?|fellowships?|jobs?|positions?|students?|staff|apprentice\w*)\b|\b(?:one|fall|spring|summer|winter|autumn)[ -]semester\b",
    )
});

/// A season as a time; a `Spring Valley` or `Fall River` is a place.
pub(super) static SEASON: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?ix)\bsummer\b | \bsemester\b | \d{4}\s(?:spring|fall|winter|autumn)\b
          | \b(?:spring|fall|winter|autumn)(?:\s?(?:/|and|&|or|-|–)\s?(?:spring|fall|winter|summer|autumn))*
            (?:\s(?:\d{4}|['’]\d\d|term|(?:\w+\s){0,2}(?:intern|fellow))|\s?\)|\s?$)",
    )
});

/// All the hours of the work, more than a week has: `(1,200 hours)`.
pub(super) static ALL_HOURS: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?i)(?:^|[\s(])(?:\d,\d{3}|\d{3,4})[- ](?:hours?|hrs)\b"));

/// Whether the title of a job, of an intern's if `intern`, ends it. The `Fall 2026` of another job is
/// when it begins.
pub(super) fn ends_with_season(title: &str, intern: bool) -> bool {
    SAYS.lie_in(title)
        && (SUMMER_JOB.is_match(title) || intern && (SEASON.is_match(title) || ALL_HOURS.is_match(title)))
}

/// Hours from Monday to Friday, of the work and not of the house: `Work schedule: Monday-Friday, 8:00-4:30`.
pub(super) fn work_week(text: &str, cue: Cue<Meaning>) -> Option<EmploymentType> {
    static TIMES: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?ix)^\.?\s?(?:-|–|—|to|through|thru)\s?f(?:ri(?:day)?s?)?\b\.?[,:]?\s?(?:from\s|between\s|\()?
              (\d{1,2})(?::(\d\d))?\s?(?:a\.?m\.?)?\s?(?:-|–|—|to|until|and)\s?(\d{1,2})(?::(\d\d))?\s?(?:p\.?m\b|\b)",
        )
    });
    static OWN: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)\b(?:work(?:ing)? (?:schedule|hours|week|days)|work ?week|schedule|shift|hours of work|this position (?:is|works))\b[^.]{0,40}$",
        )
    });
    let found = TIMES.captures(after(text, cue.end, 60))?;
    if !OWN.is_match(line_before(text, cue.start, 60)) {
        return None;
    }
    let at = |hour: usize| {
        let minutes = found.get(hour + 1).map_or(Some(0), |m| m.as_str().parse::<i32>().ok())?;
        Some(found[hour].parse::<i32>().ok()? * 60 + minutes)
    };
    let (from, to) = (at(1)?, at(3)?);
    let day = if to < from { to + 12 * 60 - from } else { to - from };
    // A lunch of an hour is nobody's pay: eight hours from door to door are 35 hours a week.
    match day {
        480..=600 => Some(EmploymentType::FullTime),
        120..=360 => Some(EmploymentType::PartTime),
        _ => None,
    }
}
