//! Tokens in, a time of day and its offset from UTC out.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use super::token::{Kind, Token};

/// A time of day as written.
pub(super) struct Clock {
    time: NaiveTime,
    /// `24:00` is the next day's first second.
    next_day: bool,
    /// Index of the token after it.
    pub end: usize,
}

/// `15:52`, `15:52:34.19`, `07:59:00:0`, `3:30 PM`, `5 p.m.`, `155234` (after a `T`).
pub(super) fn clock(tokens: &[Token], at: usize) -> Option<Clock> {
    let token = tokens.get(at)?;
    let compact = at > 0 && tokens[at - 1].is_word(&["t"]) && !token.spaced;
    let (mut hour, minute, mut second, mut end) = match token.text.len() {
        6 | 4 if compact => {
            let digits = token.number(4, 6)?;
            let digits = if token.text.len() == 4 { digits * 100 } else { digits };
            (digits / 10_000, digits / 100 % 100, digits % 100, at + 1)
        }
        1 | 2 => separated(tokens, at)?,
        _ => return None,
    };
    if let Some((afternoon, after)) = half_of_day(tokens, end) {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + if afternoon { 12 } else { 0 };
        end = after;
    } else if end == at + 1 && !compact {
        return None;
    }
    // A leap second has no place in the schema.
    second = second.min(59);
    let next_day = hour == 24 && minute == 0;
    let time = NaiveTime::from_hms_opt(if next_day { 0 } else { hour }, minute, second)?;
    Some(Clock { time, next_day, end })
}

/// Hour, minute and second with colons between them, or an hour alone; a fraction is dropped.
fn separated(tokens: &[Token], at: usize) -> Option<(u32, u32, u32, usize)> {
    let part = |at: usize| {
        let colon = tokens.get(at).is_some_and(|t| t.is(':'));
        tokens.get(at + 1).filter(|_| colon).and_then(|t| t.number(2, 2))
    };
    let hour = tokens[at].number(1, 2)?;
    let Some(minute) = part(at + 1) else { return Some((hour, 0, 0, at + 1)) };
    let Some(second) = part(at + 3) else { return Some((hour, minute, 0, at + 3)) };
    let fraction = tokens.get(at + 5).is_some_and(|t| matches!(t.kind, Kind::Sign('.' | ',' | ':')))
        && tokens.get(at + 6).is_some_and(|t| !t.spaced && t.number(1, 9).is_some());
    Some((hour, minute, second, if fraction { at + 7 } else { at + 5 }))
}

/// `am`, `PM`, `a.m.`: whether it is the afternoon, and the index of the token after it.
fn half_of_day(tokens: &[Token], at: usize) -> Option<(bool, usize)> {
    let token = tokens.get(at)?;
    if token.is_word(&["am", "pm"]) {
        return Some((token.is_word(&["pm"]), at + 1));
    }
    let dotted = token.is_word(&["a", "p"])
        && tokens.get(at + 1).is_some_and(|t| t.is('.'))
        && tokens.get(at + 2).is_some_and(|t| t.is_word(&["m"]));
    let last = tokens.get(at + 3).is_some_and(|t| t.is('.'));
    dotted.then(|| (token.is_word(&["p"]), at + 3 + usize::from(last)))
}

/// Abbreviations of zones, with minutes east of UTC. RFC 5322 section 4.3 names the American ones.
const ABBREVIATIONS: [(&str, i32); 34] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("bst", 60),
    ("west", 60),
    ("cet", 60),
    ("mez", 60),
    ("cest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("sast", 120),
    ("eest", 180),
    ("msk", 180),
    ("awst", 480),
    ("jst", 540),
    ("acst", 570),
    ("aest", 600),
    ("acdt", 630),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("ndt", -150),
    ("nst", -210),
    ("adt", -180),
    ("ast", -240),
    ("edt", -240),
    ("est", -300),
    ("cdt", -300),
    ("cst", -360),
    ("mdt", -360),
    ("mst", -420),
    ("pdt", -420),
];

/// Abbreviations that say nothing of summer time, or whose offset the list above has no room for.
const REGIONAL: [(&str, Tz); 13] = [
    ("et", Tz::America__New_York),
    ("eastern", Tz::America__New_York),
    ("ct", Tz::America__Chicago),
    ("central", Tz::America__Chicago),
    ("mt", Tz::America__Denver),
    ("mountain", Tz::America__Denver),
    ("pt", Tz::America__Los_Angeles),
    ("pacific", Tz::America__Los_Angeles),
    ("pst", Tz::Etc__GMTPlus8),
    ("akdt", Tz::Etc__GMTPlus8),
    ("akst", Tz::Etc__GMTPlus9),
    ("hst", Tz::Pacific__Honolulu),
    ("sgt", Tz::Asia__Singapore),
];

enum Offset {
    Minutes(i32),
    Zone(Tz),
}

/// The zone written after a time: `Z`, `EST`, `+0200`, `-05:00`, `GMT+2`, `America/New_York`; and
/// the index of the token after it.
fn offset(tokens: &[Token], at: usize) -> Option<(Offset, usize)> {
    let bracket = usize::from(tokens.get(at).is_some_and(|t| t.is('(')));
    let at = at + bracket;
    let token = tokens.get(at)?;
    if let Some(found) = signed(tokens, at) {
        return Some(found);
    }
    let word = token.word()?;
    if let Some((_, minutes)) = ABBREVIATIONS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)) {
        return match signed(tokens, at + 1) {
            Some(found) if *minutes == 0 => Some(found),
            _ => Some((Offset::Minutes(*minutes), at + 1)),
        };
    }
    if let Some((_, zone)) = REGIONAL.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)) {
        return Some((Offset::Zone(*zone), at + 1));
    }
    let length = tokens[at..].iter().skip(1).take_while(|t| !t.spaced && !t.is(')')).count() + 1;
    let name: String = tokens[at..at + length.min(8)].iter().map(|t| t.text).collect();
    name.parse().ok().map(|zone| (Offset::Zone(zone), at + length))
}

/// `+0200`, `-05:00`, `+2`. White space before the sign is usual, behind it is not.
fn signed(tokens: &[Token], at: usize) -> Option<(Offset, usize)> {
    let sign = match tokens.get(at)?.kind {
        Kind::Sign('+') => 1,
        Kind::Sign('-' | '\u{2212}') => -1,
        _ => return None,
    };
    let digits = tokens.get(at + 1).filter(|t| !t.spaced)?;
    let value = i32::try_from(digits.number(1, 4)?).ok()?;
    let (hours, minutes, end) = match digits.text.len() {
        4 | 3 => (value / 100, value % 100, at + 2),
        _ => match (tokens.get(at + 2), tokens.get(at + 3).and_then(|t| t.number(2, 2))) {
            (Some(colon), Some(minutes)) if colon.is(':') => (value, i32::try_from(minutes).ok()?, at + 4),
            _ => (value, 0, at + 2),
        },
    };
    (hours <= 14 && minutes < 60).then(|| (Offset::Minutes(sign * (hours * 60 + minutes)), end))
}

/// The instant of a clock's time on a day: in the zone written after it, else in `zone`, else UTC;
/// and the index of the token after it all.
pub(super) fn instant(
    tokens: &[Token],
    day: NaiveDate,
    clock: &Clock,
    zone: Option<Tz>,
) -> Option<(DateTime<Utc>, usize)> {
    let day = if clock.next_day { day.succ_opt()? } else { day };
    let local = day.and_time(clock.time);
    match offset(tokens, clock.end) {
        Some((Offset::Minutes(minutes), end)) => {
            let utc = local.checked_sub_signed(TimeDelta::minutes(i64::from(minutes)))?;
            Some((utc.and_utc(), end))
        }
        Some((Offset::Zone(zone), end)) => Some((in_zone(local, zone)?, end)),
        None => Some((in_zone(local, zone.unwrap_or(Tz::UTC))?, clock.end)),
    }
}

/// The first instant that shows this local time; in the gap of a clock put forward, the same time
/// an hour later.
fn in_zone(local: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    let found = zone.from_local_datetime(&local).earliest();
    let later = || zone.from_local_datetime(&local.checked_add_signed(TimeDelta::hours(1))?).earliest();
    found.or_else(later).map(|at| at.to_utc())
}
