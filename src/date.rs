//! The text of a date in, a date out: the forms that feeds, posts and people write.
//!
//! [`read`] takes a field that holds a date and needs its year; [`phrase`] finds one in running
//! text and works a missing year out.

mod clock;
mod token;

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, Days, NaiveDate};
use chrono_tz::Tz;

use crate::posting::Moment;
use crate::text::find_byte;
use token::{Kind, Token, tokens};

/// A posting's date outside these years is a fault of the source.
const YEARS: RangeInclusive<i32> = 1990..=2100;

/// A stated date field is short; what follows this many bytes cannot belong to it.
const FIELD_BYTES: usize = 200;

/// Reads a field that states a date, in any form that feeds were seen to send: RFC 2822 with names
/// of zones and wrong weekdays, RFC 3339, `2013-04-12 15:52:34.19`, `05/22/2026`, `19/12/2018`,
/// `17 April, 2023`, `March 3rd, 2026`, `20260501`, Unix seconds or milliseconds.
///
/// A date without a time is [`Moment::On`]. A time without a zone is meant in `zone`, else in UTC;
/// `zone` also tells whether day or month comes first in `05/06/2026` (the month, if not given).
/// `None` for what is no date with its year, and for years before 1990 or after 2100.
pub fn read(text: &str, zone: Option<Tz>) -> Option<Moment> {
    let text = head(text.trim(), FIELD_BYTES);
    if let Some(moment) = digits(text) {
        return Some(moment);
    }
    let tokens = tokens(text);
    let order = if zone.is_some_and(day_first) { Order::DayFirst } else { Order::MonthFirst };
    let (start, written) = (0..tokens.len()).find_map(|at| {
        let written = written(&tokens, at, order)?;
        written.year.map(|_| (at, written))
    })?;
    let day = written.on(written.year?)?;
    let after = joint(&tokens, written.end);
    let time = written
        .clock
        .or_else(|| clock::clock(&tokens, after))
        .or_else(|| clock::clock(&tokens, 0).filter(|clock| clock.end <= start));
    match time {
        Some(time) => Some(Moment::At(clock::instant(&tokens, day, &time, zone)?.0)),
        None => Some(Moment::On(day)),
    }
}

/// Finds the first date in running text; answers with its range in bytes.
///
/// A missing year is that of the next such day on or after the thirtieth day before `posted`;
/// without `posted` such a date is passed over. `order` tells what `5/6` means; a month alone, an
/// hour, a fraction, a phone number and a part of an address are no dates.
pub fn phrase(text: &str, posted: Option<NaiveDate>, order: Order) -> Option<(NaiveDate, usize, usize)> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| {
        let written = written(&tokens, at, order)?;
        let day = match written.year {
            Some(year) => written.on(year)?,
            None => written.next_after(posted?.checked_sub_days(Days::new(30))?)?,
        };
        let end = tokens.get(written.end.checked_sub(1)?)?.end();
        Some((day, tokens[at].start, end))
    })
}

/// The beginning of a text, at most `bytes` long, cut between characters.
fn head(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// A field of digits alone: `20260501`, `20260501102030`, Unix seconds, Unix milliseconds.
fn digits(text: &str) -> Option<Moment> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let value: i64 = text.parse().ok()?;
    let day = |ymd: i64| {
        let part = |v: i64| u32::try_from(v).ok();
        plausible(i32::try_from(ymd / 10_000).ok()?, part(ymd / 100 % 100)?, part(ymd % 100)?)
    };
    let instant = |at: DateTime<chrono::Utc>| YEARS.contains(&at.year()).then_some(Moment::At(at));
    match text.len() {
        8 => day(value).map(Moment::On),
        9 | 10 => instant(DateTime::from_timestamp(value, 0)?),
        12 | 13 => instant(DateTime::from_timestamp_millis(value)?),
        14 => {
            let time = u32::try_from(value % 1_000_000).ok()?;
            let at =
                day(value / 1_000_000)?.and_hms_opt(time / 10_000, time / 100 % 100, (time % 100).min(59))?;
            Some(Moment::At(at.and_utc()))
        }
        _ => None,
    }
}

/// Which number of `05/06/2026` comes first, unless only one order is possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    MonthFirst,
    DayFirst,
}

/// Countries (ISO 3166-1) that write the month first.
const MONTH_FIRST: [&str; 12] = ["US", "CA", "PR", "GU", "VI", "AS", "MP", "PH", "PW", "FM", "MH", "BM"];

impl Order {
    /// The order of dates in `text`, by those of them that only one order leaves possible; else that of
    /// the country, and without one the month first.
    pub fn of(text: &str, country: Option<&str>) -> Self {
        let customary = country.is_none_or(|code| MONTH_FIRST.contains(&code));
        Self::shown_in(text).unwrap_or(if customary { Order::MonthFirst } else { Order::DayFirst })
    }

    /// The other one.
    #[must_use]
    pub fn reversed(self) -> Self {
        if self == Order::MonthFirst { Order::DayFirst } else { Order::MonthFirst }
    }

    /// What `25/12/2026` or `12/25/26` shows.
    fn shown_in(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(step) = find_byte(&bytes[at..], |byte| byte == b'/') {
            let slash = at + step;
            at = slash + 1;
            let start = bytes[..slash].iter().rev().take(3).take_while(|b| b.is_ascii_digit()).count();
            if !(1..=2).contains(&start) {
                continue;
            }
            let tokens = tokens(&text[slash - start..text.floor_char_boundary(slash + 9)]);
            let glued = bytes[..slash - start].last().is_some_and(|byte| matches!(byte, b'/' | b'.' | b'-'));
            let whole = tokens.get(3).is_some_and(|t| t.is('/')) && tokens.get(4).and_then(year).is_some();
            let part = |at: usize| tokens.get(at).and_then(|t: &Token| t.number(1, 2));
            match (part(0), part(2)) {
                (Some(13..=31), Some(1..=12)) if whole && !glued => return Some(Order::DayFirst),
                (Some(1..=12), Some(13..=31)) if whole && !glued => return Some(Order::MonthFirst),
                _ => {}
            }
        }
        None
    }
}

/// Zones whose people write the day first. Those of the United States and Canada do not, and a
/// zone without a country says nothing.
const DAY_FIRST: [&str; 19] = [
    "Europe/",
    "Africa/",
    "Asia/",
    "Australia/",
    "Indian/",
    "Atlantic/",
    "America/Argentina/",
    "America/Bogota",
    "America/Caracas",
    "America/Guayaquil",
    "America/La_Paz",
    "America/Lima",
    "America/Mexico_City",
    "America/Montevideo",
    "America/Santiago",
    "America/Sao_Paulo",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Fiji",
];

fn day_first(zone: Tz) -> bool {
    DAY_FIRST.iter().any(|prefix| zone.name().starts_with(prefix))
}

/// A date as written, and the token after it.
struct Written {
    year: Option<i32>,
    month: u32,
    day: u32,
    end: usize,
    /// A time that stands inside the date (`May 1 10:00:00 2026`).
    clock: Option<clock::Clock>,
}

impl Written {
    fn on(&self, year: i32) -> Option<NaiveDate> {
        plausible(year, self.month, self.day)
    }

    /// The first such day on or after `from`; 29 February may be years ahead.
    fn next_after(&self, from: NaiveDate) -> Option<NaiveDate> {
        (from.year()..from.year() + 9).filter_map(|year| self.on(year)).find(|day| *day >= from)
    }
}

fn plausible(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| YEARS.contains(&year))
}

/// The date that begins with this token.
fn written(tokens: &[Token], at: usize, order: Order) -> Option<Written> {
    let found = match tokens[at].kind {
        Kind::Number(_) if glued_before(tokens, at) => None,
        Kind::Number(_) => numeric(tokens, at, order).or_else(|| day_month(tokens, at)),
        Kind::Word => month_day(tokens, at),
        Kind::Sign(_) => None,
    }?;
    // Days are checked before the year is known: 29 February exists in some year.
    NaiveDate::from_ymd_opt(found.year.unwrap_or(2024), found.month, found.day).map(|_| found)
}

/// Whether a number is the rest of something longer: a path, a decimal, a phone number, a price.
fn glued_before(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else { return false };
    if tokens[at].spaced {
        return false;
    }
    match before.kind {
        Kind::Sign('/' | '$' | '£' | '€' | '#' | '_' | '=' | '%') => true,
        // A dash between two numbers, as in `1-888-555-0100`; not one after a word, as in `Date-5/1/26`.
        Kind::Sign('.' | '-' | ',') => {
            !before.spaced && at >= 2 && matches!(tokens[at - 2].kind, Kind::Number(_))
        }
        _ => false,
    }
}

/// `2026-05-01`, `2026/5/1`, `05/22/2026`, `19.12.2018`, `2/27/26`, `5/22`, `20260501`.
fn numeric(tokens: &[Token], at: usize, order: Order) -> Option<Written> {
    let first = &tokens[at];
    if first.text.len() == 8 {
        let value = first.number(8, 8)?;
        let year = i32::try_from(value / 10_000).ok().filter(|year| YEARS.contains(year))?;
        return Some(Written {
            year: Some(year),
            month: value / 100 % 100,
            day: value % 100,
            end: at + 1,
            clock: None,
        });
    }
    let sign = tokens.get(at + 1).filter(|t| !t.spaced && matches!(t.kind, Kind::Sign('-' | '/' | '.')))?;
    let second = tokens.get(at + 2).filter(|t| !t.spaced || sign.is('.'))?.number(1, 2)?;
    let again = tokens.get(at + 3).is_some_and(|t| t.kind == sign.kind && !t.spaced);
    let third = tokens.get(at + 4).filter(|t| again && (!t.spaced || sign.is('.')));
    if first.text.len() == 4 {
        let year = first.number(4, 4).and_then(|y| i32::try_from(y).ok());
        let day = third?.number(1, 2)?;
        return Some(Written { year, month: second, day, end: at + 5, clock: None });
    }
    let first = first.number(1, 2)?;
    let Some(year) = third.and_then(year) else {
        let glued = again || tokens.get(at + 3).is_some_and(|t| !t.spaced && matches!(t.kind, Kind::Word));
        let (month, day) = if order == Order::DayFirst { (second, first) } else { (first, second) };
        return (sign.is('/') && !glued && !is_fraction(first, second)).then_some(Written {
            year: None,
            month,
            day,
            end: at + 3,
            clock: None,
        });
    };
    // No country writes the month first with full stops.
    let order = if sign.is('.') { Order::DayFirst } else { order };
    let (month, day) = placed(first, second, order);
    Some(Written { year: Some(year), month, day, end: at + 5, clock: None })
}

/// The month and the day of two numbers: in this order, unless only the other one is possible.
fn placed(first: u32, second: u32, order: Order) -> (u32, u32) {
    let day_first = (order == Order::DayFirst || first > 12) && second <= 12;
    if day_first { (second, first) } else { (first, second) }
}

/// `1/2 time`, `2/3 of the staff`, `24/7`: shares that could be days.
fn is_fraction(above: u32, below: u32) -> bool {
    matches!((above, below), (1, 2..=4) | (2, 3) | (3, 4) | (24, 7))
}

/// A year of two or four digits. Those of two digits are of this century but for `90` to `99`.
fn year(token: &Token) -> Option<i32> {
    let value = i32::try_from(token.number(2, 4)?).ok()?;
    match token.text.len() {
        2 => Some(if value < 90 { 2000 + value } else { 1900 + value }),
        4 => YEARS.contains(&value).then_some(value),
        _ => None,
    }
}

/// Letters after a day's number.
const ORDINALS: [&str; 11] = ["st", "nd", "rd", "th", "er", "re", "ste", "o", "º", "ª", "e"];

/// `5 May 2026`, `1er mai 2026`, `1. Mai`, `17 April, 2023`, `01-May-26`, `1 de mayo de 2026`.
fn day_month(tokens: &[Token], at: usize) -> Option<Written> {
    let day = tokens[at].number(1, 2)?;
    let mut next = at + 1;
    let ordinal = tokens.get(next).is_some_and(|t| !t.spaced && t.is_word(&ORDINALS));
    next += usize::from(ordinal);
    let dash = tokens.get(next).is_some_and(|t| !t.spaced && matches!(t.kind, Kind::Sign('-' | '.' | '/')));
    next += usize::from(dash);
    next += usize::from(tokens.get(next).is_some_and(|t| t.is_word(&["of", "de", "day"])));
    let name = tokens.get(next)?;
    let month = token::month(name.word()?)?;
    next += 1;
    let (year, end) = year_after(tokens, next);
    let plain = year.is_none() && !ordinal && !dash && is_verb(name.text);
    (!plain).then_some(Written { year, month, day, end, clock: None })
}

/// `May 5th`, `May 5, 2026`, `Sept. 1 2026`, `May 1 10:00:00 2026`.
fn month_day(tokens: &[Token], at: usize) -> Option<Written> {
    let name = &tokens[at];
    let month = token::month(name.word()?)?;
    let mut next = at + 1;
    next += usize::from(tokens.get(next).is_some_and(|t| matches!(t.kind, Kind::Sign('.' | '-' | '/'))));
    next += usize::from(tokens.get(next).is_some_and(|t| t.is_word(&["the"])));
    let day = tokens.get(next)?.number(1, 2)?;
    next += 1;
    if let Some((year, clock)) = clock::clock(tokens, next).and_then(|clock| unix_year(tokens, clock)) {
        return Some(Written { year: Some(year), month, day, end: clock.end, clock: Some(clock) });
    }
    if tokens.get(next).is_some_and(|t| t.is(':')) {
        return None;
    }
    // "June 30 th", "June 30 (th)": white space may come before the letters.
    let ordinal = tokens.get(next).is_some_and(|t| t.is_word(&ORDINALS[..4]));
    next += usize::from(ordinal);
    let (year, end) = year_after(tokens, next);
    let plain = year.is_none() && !ordinal && is_verb(name.text);
    (!plain).then_some(Written { year, month, day, end, clock: None })
}

/// The year behind a time and perhaps its zone, as `date` and `ctime` print it.
fn unix_year(tokens: &[Token], clock: clock::Clock) -> Option<(i32, clock::Clock)> {
    let zone = usize::from(tokens.get(clock.end).is_some_and(|t| t.word().is_some()));
    let year = tokens.get(clock.end + zone).filter(|t| t.text.len() == 4).and_then(year)?;
    Some((year, clock))
}

/// Words that are months only with a capital: `candidates of grade 5 may apply`.
fn is_verb(name: &str) -> bool {
    matches!(name, "may" | "march" | "mar" | "mars")
}

/// The year that may follow a day and a month, and the token after it all.
fn year_after(tokens: &[Token], at: usize) -> (Option<i32>, usize) {
    let mut next = at;
    while next < at + 2
        && tokens
            .get(next)
            .is_some_and(|t| matches!(t.kind, Kind::Sign(',' | '.' | '-' | '/')) || t.is_word(&["de", "del"]))
    {
        next += 1;
    }
    let short = tokens.get(next).is_some_and(|t| matches!(t.kind, Kind::Sign('\'' | '’' | '‘')));
    next += usize::from(short);
    let joined = next > at && tokens[next - 1].is('-') || short;
    // "06 Jan 26 12:00", "06 Jan 26": two digits are a year only where nothing but a time follows.
    let last = || next + 1 == tokens.len() || clock::clock(tokens, next + 1).is_some();
    match tokens.get(next) {
        Some(token) if token.text.len() == 4 || (joined && !token.spaced) || last() => match year(token) {
            Some(year) => (Some(year), next + 1),
            None => (None, at),
        },
        _ => (None, at),
    }
}

/// Words and signs between a date and its time.
const JOINTS: [&str; 6] = ["t", "at", "um", "à", "a", "by"];

fn joint(tokens: &[Token], at: usize) -> usize {
    let joints = tokens[at.min(tokens.len())..].iter().take(3);
    at + joints
        .take_while(|t| matches!(t.kind, Kind::Sign(',' | '-' | '–' | '|' | '@')) || t.is_word(&JOINTS))
        .count()
}
