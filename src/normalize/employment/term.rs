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

/// Weekly hours before or behind `hours`: full or part time.
pub(super) fn hours(text: &str, cue: Cue<Meaning>) -> Option<EmploymentType> {
    of_hours(hours_before(text, cue).or_else(|| hours_behind(text, cue))?)
}

fn of_hours(hours: f64) -> Option<EmploymentType> {
    let full = hours >= FULL_TIME_HOURS;
    WEEKLY_HOURS.contains(&hours).then_some(if full {
        EmploymentType::FullTime
    } else {
        EmploymentType::PartTime
    })
}

/// Words of opening hours.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:is open|are open|opens|offers|provides|(?:hours of )?opening hours|hours of (?:operation|opening|service)|(?:service|library|public|office|desk|summer|winter|branch|building|core|business|reference) hours|open to the public)\b",
    )
});

static NUMBER_BEFORE: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?:^|[\s(~/:–-])(\d{1,2}(?:[.,]\d{1,2})?)\)?[\s-]*(?:\+\s?)?$"));

fn number(text: &str) -> Option<f64> {
    text.replace(',', ".").parse().ok()
}

/// `35 hours per week`, `70 hours biweekly`, `19,5 Wochenstunden`.
fn hours_before(text: &str, cue: Cue<Meaning>) -> Option<f64> {
    static WEEKLY: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)^\.?[\s-]*(?:(?:/|per|a|each|every|pro|par|por|of work (?:per|a))[\s-]*(?:work\s?)?(?:week|wk|woche|semaine|semana)|weekly|wöchentlich|hebdomadaires?|semanales|work[\s-]?week|week)\b",
        )
    });
    static FORTNIGHTLY: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)^[\s-]*(?:bi-?weekly|fortnightly|(?:/|per|a|every|each)\s?(?:fortnight|two weeks|2 weeks|pay period))\b",
        )
    });
    static DUTY: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)\b(?:desk|library is open|open|evening shifts?|minimum of|students|staff|typically|benefits|courses?)\b[^.;]{0,40}$",
        )
    });
    static SERVICE: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)\bof (?:\w+ )?(?:service|opening|desk|reference|instruction|programming|public|students?|staff|assistants?)\b",
        )
    });
    let behind = after(text, cue.end, 60);
    let weekly = text[cue.start..cue.end].eq_ignore_ascii_case("wochenstunden") || WEEKLY.is_match(behind);
    let fortnightly = !weekly && FORTNIGHTLY.is_match(behind);
    if !(weekly || fortnightly) || OPENING.is_match(before(text, cue.start, 80)) || SERVICE.is_match(behind) {
        return None;
    }
    let near = before(text, cue.start, 60);
    let hours = number(&NUMBER_BEFORE.captures(near)?[1])?;
    let hours = if fortnightly { hours / 2.0 } else { hours };
    let duty = DUTY.is_match(near) && hours < FULL_TIME_HOURS || near.trim_end().ends_with('+');
    if duty { None } else { bounded(near, hours) }
}

/// The hours before which a text stands; none of `less than 40`, which may be nearly that or half of it.
fn bounded(before: &str, hours: f64) -> Option<f64> {
    static LESS: LazyLock<Regex> =
        LazyLock::new(|| compile(r"(?i)\b(?:(?:less|fewer|lower) than|under|below)\s+[\d.,]+[\s-]*$"));
    if !LESS.is_match(before) {
        return Some(hours);
    }
    (hours <= FULL_TIME_HOURS).then(|| hours.min(FULL_TIME_HOURS - 1.0))
}

/// `Hours: 36.25`, `Hours per week: 21`, `Arbeitszeit beträgt 19,5 Stunden`; no time of day.
fn hours_behind(text: &str, cue: Cue<Meaning>) -> Option<f64> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?ix)^(?:\s(?:per|a|/)\s?week|\s?/\s?week|\s\(?weekly\)?|\sof\swork)?(?:\s?:|\sbeträgt)\s{0,2}
              (\d{1,2}(?:[.,]\d{1,2})?)
              (?:\s?(?:h|hours?|hrs?|std\.?|stunden)\b|\s(?:per|a)\s(?:week|fortnight)|/week|\s?weekly|[;,.)]|\s?\(|\s*$)",
        )
    });
    let behind = after(text, cue.end, 40);
    // The commonest word is looked at first: few of these cues are labels.
    if !behind.contains(|c: char| c.is_ascii_digit()) || !(behind.contains(':') || behind.contains("beträgt"))
    {
        return None;
    }
    let found = number(&NUMBER.captures(behind)?[1])?;
    let with_word = before(text, cue.start, 40).len();
    (!OPENING.is_match(&text[cue.start - with_word..cue.end])).then_some(found)
}

/// `(37 hours)`: what stands in a title is the work's, but for `24 Hour Library`.
pub(super) fn hours_in_title(title: &str, cue: Cue<Meaning>) -> Option<EmploymentType> {
    let before = &title[..cue.start];
    let hours = number(&NUMBER_BEFORE.captures(before)?[1])?;
    if hours == 24.0 { None } else { of_hours(bounded(before, hours)?) }
}

/// A share of full time before or behind `FTE`: `0.6 FTE`, `FTE: 1.0`, `Pensum: 60 %`. More than one is a team.
pub(super) fn share(text: &str, cue: Cue<Meaning>) -> Option<EmploymentType> {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| compile(r"(?:^|[\s(:,/–-])(\d?[.,]\d{1,3}|1)\s?\(?$"));
    static BEHIND: LazyLock<Regex> =
        LazyLock::new(|| compile(r"^\)?\s?(?:[:=]|is|of)\s{0,2}(\d?[.,]\d{1,3}|1)(?:[^\d.,]|[.,]\s|[.,]?$)"));
    static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)\b(?:staff|team|supervis\w+|overs\w+|manag\w+|students?|employs?|consists|includ\w+|total|reports?|faculty|has|have|plus|with|lead\w*)\b(?:[^.;]|\.\d){0,60}$",
        )
    });
    static PERCENT: LazyLock<Regex> = LazyLock::new(|| {
        compile(r"(?i)^\s?(?:[:=]|is|of|von|beträgt)?\s{0,2}(\d{2,3})\s?(?:%|percent|prozent)")
    });
    let percent = || Some(number(&PERCENT.captures(after(text, cue.end, 24))?[1])? / 100.0);
    let near = before(text, cue.start, 80);
    if let Some(share) = percent() {
        return of_share(share).filter(|_| !OTHERS.is_match(near));
    }
    let found = BEFORE.captures(near).or_else(|| BEHIND.captures(after(text, cue.end, 16)))?;
    of_share(number(&found[1])?).filter(|_| !OTHERS.is_match(near))
}

fn of_share(share: f64) -> Option<EmploymentType> {
    let full = share >= 1.0;
    (0.05..=1.0).contains(&share).then_some(if full {
        EmploymentType::FullTime
    } else {
        EmploymentType::PartTime
    })
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
        r"(?i)\b(?:(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen)[- ](month|year|week)s?(?:[- ]| ?, )(?:long[- ])?(?:[\w-]+,? )?)$",
    )
});

/// Its units.
pub(super) static UNITS: Phrases = Phrases::new(&["month", "year", "week"]);

/// Whether a length before `term`, `appointment`, `project` limits the employment.
pub(super) fn has_length(text: &str, cue: Cue<Meaning>) -> bool {
    static LASTING: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)\b(?:duration|length(?: of \w+)?|term(?: of (?:the )?\w+)?|lasting|for a period of)\b[:\s]+(?:is |of )?(?:approx\w*\.? |about |up to )?(?:\d{1,2}|\w+)[- ]$",
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
