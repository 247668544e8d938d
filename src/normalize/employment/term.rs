//! A cue and the words around it in, what they say of hours, days and the end of the employment out.

use std::sync::LazyLock;

use regex::Regex;

use crate::posting::EmploymentType;

use super::super::cue::phrases::Phrases;
use super::super::cue::{Cue, after, ahead, around, before, line_before};
use super::compile;
use super::words::Meaning;

/// Weekly hours from here on are full time.
const FULL_TIME_HOURS: f64 = 35.0;

/// Fewer weekly hours are a duty of the work, not the work; more are no week.
const WEEKLY_HOURS: std::ops::RangeInclusive<f64> = 5.0..=60.0;

/// Weekly hours before `hours`: full or part time.
pub(super) fn hours(text: &str, cue: Cue<Meaning>) -> Option<EmploymentType> {
    static NUMBER: LazyLock<Regex> =
        LazyLock::new(|| compile(r"(?:^|[\s(~/:–-])(\d{1,2}(?:\.\d{1,2})?)\)?[\s-]*(?:\+\s?)?$"));
    static WEEKLY: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)^\.?[\s-]*(?:(?:/|per|a|each|every|of work (?:per|a))[\s-]*(?:work\s?)?(?:week|wk)|weekly|work[\s-]?week|week)\b",
        )
    });
    static DUTY: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)\b(?:desk|library is open|open|evening shifts?|minimum of|students|staff|typically|benefits|courses?)\b[^.;]{0,40}$",
        )
    });
    static OPENING: LazyLock<Regex> = LazyLock::new(|| {
        compile(r"(?i)\b(?:is open|are open|opens|hours of operation|open to the public)\b")
    });
    if !WEEKLY.is_match(after(text, cue.end, 24)) || OPENING.is_match(before(text, cue.start, 80)) {
        return None;
    }
    let near = before(text, cue.start, 60);
    let hours: f64 = NUMBER.captures(near)?[1].parse().ok()?;
    if !WEEKLY_HOURS.contains(&hours)
        || (DUTY.is_match(near) && hours < FULL_TIME_HOURS)
        || near.trim_end().ends_with('+')
    {
        return None;
    }
    Some(if hours >= FULL_TIME_HOURS { EmploymentType::FullTime } else { EmploymentType::PartTime })
}

/// Whether at most three days a week stand before and behind `days`, as the time of the work.
pub(super) fn is_few_days(text: &str, cue: Cue<Meaning>) -> bool {
    static NUMBER: LazyLock<Regex> =
        LazyLock::new(|| compile(r"(?i)(?:^|[\s(–-])(?:one|two|three|[123](?:\.5)?)[\s-]*$"));
    static WEEKLY: LazyLock<Regex> = LazyLock::new(|| compile(r"(?i)^\s?(?:a|per|/|each)\s?week\b"));
    static OTHER: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)\b(?:remote\w*|home|tele\w+|on-?site|in[- ]person|open|campus|hybrid|desk|office|evenings?|weekends?)\b",
        )
    });
    WEEKLY.is_match(after(text, cue.end, 12))
        && NUMBER.is_match(before(text, cue.start, 30))
        && !OTHER.is_match(around(text, cue.start, cue.end, 80))
}

/// A day or month behind `until`.
pub(super) static DAY: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^[\s:]*(?:approximately |about |around |at least |mid-?|late |early |the end of )*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? (?:\d{1,2}(?:st|nd|rd|th)?,? )?\d{4}",
    )
});

/// What it begins with.
pub(super) static DAY_BEGINS: Phrases = Phrases::new(&[
    "approximately*",
    "about*",
    "around*",
    "at least*",
    "mid*",
    "late*",
    "early*",
    "the end of*",
    "jan*",
    "feb*",
    "mar*",
    "apr*",
    "may*",
    "jun*",
    "jul*",
    "aug*",
    "sep*",
    "oct*",
    "nov*",
    "dec*",
]);

/// Whether a day or month behind `until` ends the employment.
pub(super) fn ends(text: &str, cue: Cue<Meaning>) -> bool {
    static POST: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)\b(?:position|appointment|commitment|contract|employment|full[- ]time|part[- ]time|fellowship|internship|job|role|hours per week|runs|running)\b",
        )
    });
    static APPLYING: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)\b(?:appl(?:y|ications?)|accepted|submit\w*|open|closes?|deadline|r[eé]sum[eé]|degree|graduat\w+|experience)\b",
        )
    });
    // Most of these cues are a `to`: a look at the word behind it is the cheapest.
    let behind = ahead(text, cue.end, 40).trim_start_matches(|c: char| c.is_whitespace() || c == ':');
    if !DAY_BEGINS.begin(behind)
        || !behind.bytes().any(|b| b.is_ascii_digit())
        || !DAY.is_match(after(text, cue.end, 40))
    {
        return false;
    }
    let near = before(text, cue.start, 140);
    POST.is_match(near) && !APPLYING.is_match(near)
}

/// A length before `term`.
pub(super) static LENGTH: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen)[- ](month|year|week)s?[- ](?:long[- ])?(?:[\w-]+,? )?)$",
    )
});

/// Its units.
pub(super) static UNITS: Phrases = Phrases::new(&["month", "year", "week"]);

/// Whether a length before `term`, `appointment`, `project` limits the employment.
pub(super) fn has_length(text: &str, cue: Cue<Meaning>) -> bool {
    static LASTING: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)\b(?:duration|length(?: of \w+)?|term|lasting|for a period of)\b[:\s]+(?:is |of )?(?:approx\w*\.? |about |up to )?(?:\d{1,2}|\w+)[- ]$",
        )
    });
    let word = &text[cue.start..cue.end];
    if word.eq_ignore_ascii_case("months") {
        return LASTING.is_match(line_before(text, cue.start, 60));
    }
    // Most words before these cues are no length: a unit is looked for before the sentence's beginning.
    let line = line_before(text, cue.start, 60);
    if !line.ends_with([' ', '-']) || !UNITS.lie_in(line) {
        return false;
    }
    let near = before(text, cue.start, 60);
    let Some(found) = LENGTH.captures(near) else { return false };
    let academic = matches!(
        &found[1].to_ascii_lowercase()[..],
        "9" | "10" | "11" | "12" | "nine" | "ten" | "eleven" | "twelve"
    ) && found[2].eq_ignore_ascii_case("month");
    let loose = word.eq_ignore_ascii_case("position") || word.eq_ignore_ascii_case("appointment");
    static PERMANENT: LazyLock<Regex> =
        LazyLock::new(|| compile(r"(?i)\b(?:tenure|renewable|renewed|probation\w*|experience|years of)\b"));
    let behind = after(text, cue.end, 60);
    let permanent = [near, behind].iter().any(|words| PERMANENT.is_match(words));
    !(permanent || academic && loose)
}
