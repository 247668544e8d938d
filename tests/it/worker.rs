//! Cron expressions and times in, the times when something is due out.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::{DateTime, Duration, NaiveDateTime, Offset, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use croner::Cron;
use croner::parser::CronParser;
use proptest::prelude::*;
use shelfwire::schedule::Schedule;

use crate::cases;

fn time(text: &str) -> DateTime<Utc> {
    let forms = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S%.f"];
    let read = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    read.unwrap_or_else(|| panic!("{text:?} is no time")).and_utc()
}

/// The next three times on the zone's clock: `Mon 2026-06-01 06:00 EDT`.
fn next_three(expression: &str, zone: Tz, now: DateTime<Utc>) -> String {
    let schedule = match Schedule::parse(expression, zone) {
        Ok(schedule) => schedule,
        Err(error) => return error,
    };
    let (mut out, mut now) = (String::new(), now);
    for _ in 0..3 {
        let Some(next) = schedule.after(now) else { break };
        let local = next.with_timezone(&zone);
        let whole = local.second() == 0 && local.nanosecond() == 0;
        let form = if whole { "%a %Y-%m-%d %H:%M" } else { "%a %Y-%m-%d %H:%M:%S%.f" };
        let separator = if out.is_empty() { "" } else { ", " };
        let _ = write!(out, "{separator}{}", local.format(form));
        if zone != Tz::UTC {
            let _ = write!(out, " {}", local.format("%Z"));
        }
        now = next;
    }
    out
}

#[test]
fn fields_mean_what_they_mean_in_a_crontab() {
    cases::table("schedule/fields.tsv", |line| {
        let (expression, now) = line.split_once(" | ").expect("an expression and a time");
        next_three(expression, Tz::UTC, time(now))
    });
}

#[test]
fn clocks_that_change_neither_skip_nor_repeat() {
    cases::table("schedule/zones.tsv", |line| {
        let mut parts = line.split(" | ");
        let mut part = || parts.next().expect("an expression, a zone and a time");
        next_three(part(), part().parse().expect("a zone"), time(part()))
    });
}

/// A field's number, range, or range with a step, never `*`.
fn part(low: u8, high: u8) -> impl Strategy<Value = String> {
    let two = (low..=high, low..=high).prop_map(|(a, b)| (a.min(b), a.max(b)));
    prop_oneof![
        (low..=high).prop_map(|number| number.to_string()),
        two.clone().prop_map(|(from, to)| format!("{from}-{to}")),
        (two, 1..=4u8).prop_map(|((from, to), step)| format!("{from}-{to}/{step}")),
    ]
}

fn list(low: u8, high: u8) -> impl Strategy<Value = String> {
    prop::collection::vec(part(low, high), 1..=3).prop_map(|parts| parts.join(","))
}

fn star() -> impl Strategy<Value = String> {
    prop_oneof![Just("*".to_owned()), (1..=5u8).prop_map(|step| format!("*/{step}"))]
}

fn any(low: u8, high: u8) -> impl Strategy<Value = String> {
    prop_oneof![2 => Just("*".to_owned()), 1 => star(), 3 => list(low, high)]
}

/// Day of the month, month, weekday. Not among them: `*/2` beside a restricted day, where Vixie
/// cron wants both and croner either.
fn days() -> impl Strategy<Value = String> {
    let days = prop_oneof![
        (any(1, 31), Just("*".to_owned())),
        (Just("*".to_owned()), any(0, 7)),
        (list(1, 31), list(0, 7)),
    ];
    (days, any(1, 12)).prop_map(|((day, weekday), month)| format!("{day} {month} {weekday}"))
}

fn croner(expression: &str) -> Cron {
    CronParser::new().parse(expression).unwrap_or_else(|error| panic!("{expression:?}: {error}"))
}

/// Zones and moments at which their clocks are changed: by an hour and by half an hour, back and
/// forth, at midnight, and by a whole day.
const TURNS: [(&str, &str); 9] = [
    ("America/New_York", "2026-03-08 07:00"),
    ("America/New_York", "2026-11-01 06:00"),
    ("Europe/Berlin", "2026-03-29 01:00"),
    ("Europe/Berlin", "2026-10-25 01:00"),
    ("Australia/Lord_Howe", "2026-04-04 15:00"),
    ("Australia/Lord_Howe", "2026-10-03 15:30"),
    ("Africa/Cairo", "2026-04-23 22:00"),
    ("America/Santiago", "2026-04-05 03:00"),
    ("Pacific/Apia", "2011-12-30 10:00"),
];

fn minutes(from: NaiveDateTime, to: NaiveDateTime) -> impl Iterator<Item = NaiveDateTime> {
    std::iter::successors(Some(from), |at| Some(*at + Duration::minutes(1))).take_while(move |at| *at < to)
}

/// Every moment within two days of `turn` at which `cron` is due in `zone`, minute by minute.
fn due_around(cron: &Cron, names_hours: bool, zone: Tz, turn: DateTime<Utc>) -> BTreeSet<DateTime<Utc>> {
    let local = |at: DateTime<Utc>| {
        let offset = zone.offset_from_utc_datetime(&at.naive_utc()).fix();
        at.naive_utc() + Duration::seconds(offset.local_minus_utc().into())
    };
    let fits = |at: NaiveDateTime| cron.is_time_matching(&at).expect("a time");
    let (begin, end) = (turn - Duration::days(2), turn + Duration::days(2));
    let mut due = BTreeSet::new();
    // No minute of the clock before this one is still to come, if hours are named.
    let mut been = local(begin);
    for at in minutes(begin.naive_utc(), end.naive_utc()).map(|at| at.and_utc()) {
        let clock = local(at);
        let comes = fits(clock) && (!names_hours || clock >= been);
        let made_up_for = names_hours && minutes(been, clock).any(fits);
        if comes || made_up_for {
            due.insert(at);
        }
        been = been.max(clock + Duration::minutes(1));
    }
    due
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// Where no clock is changed, croner and we agree.
    #[test]
    fn a_second_opinion(
        (second, minute, hour, days) in (any(0, 59), any(0, 59), any(0, 23), days()),
        has_seconds: bool,
        now in 0..2_000_000_000i64,
    ) {
        let seconds = if has_seconds { format!("{second} ") } else { String::new() };
        let expression = format!("{seconds}{minute} {hour} {days}");
        let cron = croner(&expression);
        let mut now = DateTime::from_timestamp(now, 0).expect("a time");
        match Schedule::parse(&expression, Tz::UTC) {
            Err(error) => prop_assert!(cron.find_next_occurrence(&now, false).is_err(), "{error}"),
            Ok(schedule) => for _ in 0..3 {
                let next = schedule.after(now);
                prop_assert_eq!(next, cron.find_next_occurrence(&now, false).ok(), "{} after {}", expression, now);
                now = next.expect("both say so");
            },
        }
    }

    /// Around a change of clocks we do what counting minutes says, wherever we begin; so time
    /// never goes back, nothing comes twice and nothing is missed.
    #[test]
    fn minute_by_minute(
        (minute, hour, names_hours) in prop_oneof![
            (any(0, 59), list(0, 23), Just(true)),
            (any(0, 59), star(), Just(false)),
        ],
        turn in prop::sample::select(&TURNS[..]),
        start in 0..780i64,
    ) {
        let (zone, turn): (Tz, _) = (turn.0.parse().expect("a zone"), time(turn.1));
        let expression = format!("{minute} {hour} * * *");
        let due = due_around(&croner(&expression), names_hours, zone, turn);
        let schedule = Schedule::parse(&expression, zone).expect("it comes every day");
        let begin = turn - Duration::days(1) + Duration::seconds(start);
        for step in 0..220 {
            let now = begin + Duration::minutes(13 * step);
            let expected = due.range(now + Duration::seconds(1)..).next();
            // Every expression here comes at least daily, and two days were counted.
            prop_assert_eq!(schedule.after(now), expected.copied(), "{} in {} after {}", expression, zone, now);
        }
    }

    /// No text makes the parser panic, and what it takes comes later than now.
    #[test]
    fn any_text(text in "(@?[a-z]{1,6}|([0-9*,/LW#?-]{1,4} ){4,5}[0-9a-z*,/-]{1,4})", now in 0..4_000_000_000i64) {
        let now = DateTime::from_timestamp(now, 0).expect("a time");
        if let Ok(schedule) = Schedule::parse(&text, Tz::Europe__Berlin) {
            prop_assert!(schedule.after(now).is_none_or(|next| next > now));
        }
    }
}
