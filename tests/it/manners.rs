//! What servers and feeds say in, when they are asked next out.

use chrono::{DateTime, Duration, Utc, Weekday};
use proptest::prelude::*;
use shelfwire::config::{Heed, Scope, Source};
use shelfwire::fetch::{Document, Head};
use shelfwire::manners::{Known, Memory, Turn, Visit, Why, backoff, next};
use shelfwire::parse::{Pace, Quiet, parse};

use crate::cases;

const OWN: &str = "https://board.example.org/feed";

/// Tuesday, the time of every visit that does not say another.
fn now() -> DateTime<Utc> {
    "2026-11-24T12:00:00Z".parse().expect("a time")
}

/// The parts of a case, which bars divide.
fn parts(line: &str) -> impl Iterator<Item = &str> {
    line.split(" | ").map(str::trim)
}

/// `200 | Cache-Control: max-age=60` as what a server answered.
fn head(line: &str) -> Head {
    let mut head = Head { host: Some("board.example.org".into()), ..Head::default() };
    for part in parts(line) {
        let Some((name, value)) = part.split_once(": ") else {
            head.status = Some(part.parse().expect("a status"));
            continue;
        };
        let field = match name {
            "Cache-Control" => &mut head.cache_control,
            "Expires" => &mut head.expires,
            "Age" => &mut head.age,
            "Date" => &mut head.date,
            "Retry-After" => &mut head.retry_after,
            _ => panic!("{name:?} is no header that is read"),
        };
        *field = Some(value.to_owned());
    }
    head
}

fn visit(head: &Head, at: DateTime<Utc>) -> Visit<'_> {
    let good = matches!(head.status, Some(200 | 304));
    Visit { at, head, good, pace: None, heed: Heed::default(), own: Some(OWN), failures: 0 }
}

#[test]
fn headers_say_how_long_to_wait() {
    cases::table("manners/headers.tsv", |line| {
        let before = Memory { fresh: Some(77), ..Memory::default() };
        let after = before.after(&visit(&head(line), now()));
        match (after.wait, after.fresh) {
            (Some(until), _) => format!("wait {}", (until - now()).num_seconds()),
            (None, Some(fresh)) => format!("fresh {fresh}"),
            (None, None) => "nothing".into(),
        }
    });
}

fn show(pace: Pace) -> String {
    let mut said = pace.every.map_or("nothing".into(), |every| every.as_secs().to_string());
    for hour in (0..32).filter(|hour| pace.quiet.hours >> hour & 1 == 1) {
        said.push_str(&format!(", not at {hour}"));
    }
    for day in (0..8).filter(|day| pace.quiet.days >> day & 1 == 1) {
        said.push_str(&format!(", not on {}", Weekday::try_from(day).expect("a day")));
    }
    said
}

#[test]
fn feeds_say_how_often_they_change() {
    cases::table("manners/every.tsv", |line| {
        let document = Document {
            location: OWN.into(),
            file_name: None,
            content_type: None,
            body: line.to_owned().into_bytes().into(),
        };
        let parsed = parse(&Source::default(), &document).expect("a feed");
        show(parsed.pace)
    });
}

/// `90s`, `20m`, `3h` or `400d` as time.
fn time(text: &str) -> Duration {
    let (number, unit) = text.split_at(text.len() - 1);
    let number = number.parse().expect("a number");
    match unit {
        "s" => Duration::seconds(number),
        "m" => Duration::minutes(number),
        "h" => Duration::hours(number),
        "d" => Duration::days(number),
        _ => panic!("{text:?} is no time"),
    }
}

fn seconds(text: &str) -> u32 {
    time(text).num_seconds().try_into().expect("some seconds")
}

/// `0-5 7` as bits.
fn bits(text: &str) -> u64 {
    let number = |text: &str| text.parse::<u32>().expect("a number");
    let bits = text.split(' ').flat_map(|part| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        number(first)..=number(last)
    });
    bits.fold(0, |bits, bit| bits | 1 << bit)
}

#[test]
fn the_longest_wait_wins() {
    cases::table("manners/next.tsv", |line| {
        let checked = now();
        let mut memory = Memory::default();
        let (mut heed, mut now) = (Heed::default(), checked);
        let (mut failures, mut succeeded) = (0, Some(checked));
        let mut ours = Turn { at: checked, why: Why::Unscheduled };
        for part in parts(line) {
            match part.split_once(' ').unwrap_or((part, "")) {
                ("unscheduled", _) => {}
                ("schedule", after) => ours = Turn { at: checked + time(after), why: Why::Schedule },
                ("fresh", text) => memory.fresh = Some(seconds(text)),
                ("every", text) => memory.every = Some(seconds(text)),
                ("failures", number) => failures = number.parse().expect("a number"),
                ("succeeded", ago) => succeeded = Some(checked - time(ago)),
                ("never-succeeded", _) => succeeded = None,
                ("retired", _) => memory.retired = Some(checked),
                ("skip-hours", hours) => memory.quiet.hours = bits(hours) as u32,
                ("skip-days", days) => memory.quiet.days = bits(days) as u8,
                ("now", after) => now = checked + time(after),
                ("heed-no", "cache") => heed.cache = false,
                ("heed-no", "ttl") => heed.ttl = false,
                ("heed-no", "skip") => heed.skip = false,
                ("heed-hours", hours) => heed.hours = Some(hours.parse().expect("a number")),
                _ => panic!("{part:?} is nothing that is known"),
            }
        }
        let known = Known { name: "board", checked, succeeded, failures, memory: &memory, heed, now, ours };
        let turn = next(&known);
        format!("{} {}", turn.at.format("%a %H:%M:%S"), turn.why)
    });
}

#[test]
fn a_wait_is_as_long_and_for_whom_the_settings_say() {
    let head = Head { host: Some("board.example.org".into()), ..head("429 | Retry-After: 36000") };
    let after = |heed| Memory::default().after(&Visit { heed, ..visit(&head, now()) });
    let ten = now() + Duration::hours(10);
    assert_eq!(after(Heed::default()).host_wait(), Some(("board.example.org", ten)));
    let shorter = after(Heed { hours: Some(2), ..Heed::default() });
    assert_eq!(shorter.host_wait(), Some(("board.example.org", now() + Duration::hours(2))));
    let own = after(Heed { retry_after: Scope::Source, ..Heed::default() });
    assert_eq!((own.host_wait(), own.wait), (None, Some(ten)));
    let too_long = after(Heed { hours: Some(u16::MAX), ..Heed::default() });
    assert_eq!(too_long.wait, Some(ten));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// A feed that does not want to be asked is asked within a week, and at no time that it spoke of.
    #[test]
    fn quiet_times_end(hours in any::<u32>(), days in 0..=u8::MAX, minutes in 0..20_000_i64) {
        let memory = Memory { quiet: Quiet { hours, days }, ..Memory::default() };
        let at = now() + Duration::minutes(minutes);
        let turn = next(&Known {
            name: "board", checked: now(), succeeded: None, failures: 0, memory: &memory,
            heed: Heed { hours: Some(168), ..Heed::default() }, now: at,
            ours: Turn { at: now(), why: Why::Unscheduled },
        });
        prop_assert!(turn.at <= at + Duration::days(7));
        let again = next(&Known {
            name: "board", checked: now(), succeeded: None, failures: 0, memory: &memory,
            heed: Heed { hours: Some(168), ..Heed::default() }, now: turn.at.max(at),
            ours: Turn { at: now(), why: Why::Unscheduled },
        });
        prop_assert_eq!(again.why, Why::Unscheduled);
    }
}

#[test]
fn a_new_address_is_believed_late() {
    cases::table("manners/moves.tsv", |line| {
        let mut memory = Memory::default();
        let mut failures = 0;
        for part in parts(line) {
            let (after, what) = part.split_once(' ').expect("a time and what was met");
            let mut head = Head { status: Some(200), ..Head::default() };
            match what {
                "here" => {}
                "gone" => head.status = Some(410),
                "failed" => head.status = None,
                path => head.moved = Some(format!("https://board.example.org/{path}")),
            }
            let visit = Visit { failures, ..visit(&head, now() + time(after)) };
            memory = memory.after(&visit);
            failures = if visit.good { 0 } else { failures + 1 };
        }
        let retired = if memory.retired.is_some() { ", retired" } else { "" };
        format!("{}{retired}", memory.moved.as_deref().unwrap_or("own"))
    });
}

#[test]
fn a_secret_address_is_never_left() {
    let head =
        Head { status: Some(200), moved: Some("https://new.example.org/?key=1".into()), ..Head::default() };
    let mut memory = Memory::default();
    for day in 0..9 {
        memory = memory.after(&Visit { own: None, ..visit(&head, now() + Duration::days(day)) });
    }
    assert_eq!((memory.moved, memory.heard), (None, None));
}

#[test]
fn hints_have_slack_and_demands_have_none() {
    for (why, due) in
        [(Why::Fresh, true), (Why::Backoff(2), true), (Why::Schedule, false), (Why::Host, false)]
    {
        let turn = Turn { at: now() + Duration::seconds(20), why };
        assert_eq!(turn.is_due(now()), due, "{why}");
        assert!(!turn.is_due(now() - Duration::minutes(1)), "{why}");
        assert!(turn.is_due(turn.at), "{why}");
    }
}

#[test]
fn backoff_differs_between_sources_and_not_between_runs() {
    let at = |name: &str| backoff(name, 12).num_seconds();
    assert_eq!(at("board"), at("board"));
    let mut all: Vec<_> = (0..50).map(|n| at(&format!("board-{n}"))).collect();
    all.sort_unstable();
    all.dedup();
    assert!(all.len() > 40, "{all:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn backoff_is_bounded_and_grows(name in "[a-z-]{0,12}", failures in 1..=u32::MAX) {
        let wait = backoff(&name, failures);
        prop_assert!(wait >= Duration::seconds(225) && wait <= Duration::days(1), "{wait}");
        prop_assert!(failures > 8 || backoff(&name, failures + 1) > wait);
    }

    /// Whatever a server says, nobody waits longer than a week for it.
    #[test]
    fn any_header(
        status in prop::sample::select(&[200u16, 304, 410, 429, 503][..]),
        control in ".{0,30}|max-age=[0-9]{1,30}",
        text in "[0-9]{1,30}|.{0,30}|Mon, [0-9]{2} Nov [0-9]{4} 10:00:00 GMT",
    ) {
        let head = Head {
            status: Some(status),
            cache_control: Some(control),
            expires: Some(text.clone()),
            age: Some(text.clone()),
            date: Some(text.clone()),
            retry_after: Some(text),
            ..Head::default()
        };
        let memory = Memory::default().after(&visit(&head, now()));
        let ours = Turn { at: now(), why: Why::Unscheduled };
        let known = Known {
            name: "board", checked: now(), succeeded: Some(now()), failures: 0, memory: &memory,
            heed: Heed::default(), now: now(), ours,
        };
        let limit = now() + Duration::days(7);
        prop_assert!(memory.wait.is_none_or(|until| until <= limit));
        prop_assert!(next(&known).at <= limit);
    }
}
