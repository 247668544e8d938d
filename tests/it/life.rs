//! What is known of postings and of lists in, open or closed and what is believed out.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, Utc};
use shelfwire::life::{self, Known, Lists, State, Terms, Told};
use shelfwire::posting::{ClosingKind, Moment, Place, Posting};

use crate::cases;
use crate::posting::empty;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or(NaiveDate::MAX)
}

fn midnight(text: &str) -> DateTime<Utc> {
    day(text).and_time(NaiveTime::MIN).and_utc()
}

/// One posting, and what is known beside it.
struct Given {
    posting: Posting,
    terms: Terms,
    seen: Option<DateTime<Utc>>,
    listed: Option<DateTime<Utc>>,
    gone: Option<DateTime<Utc>>,
}

fn given(words: &str) -> Given {
    let mut given = Given {
        posting: empty("board", "Archivist"),
        terms: Terms::default(),
        seen: None,
        listed: None,
        gone: None,
    };
    let posting = &mut given.posting;
    for word in words.split_whitespace() {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        match name {
            "posted" => posting.posted = Some(Moment::On(day(value))),
            "seen" => given.seen = Some(midnight(value)),
            "closes" => {
                posting.closes = Some(day(value));
                posting.closing.kind = ClosingKind::By;
                posting.closing.date = posting.closes;
            }
            "beside" => {
                posting.closing.kind = ClosingKind::ReviewBegins;
                posting.closing.date = Some(day(value));
            }
            "place" => {
                let region = value.contains('-').then(|| value.to_owned());
                posting.places.push(Place { city: None, region, country: value.get(..2).map(str::to_owned) });
            }
            "zone" => given.terms.zone = value.parse().ok(),
            "max" => given.terms.max_age_days = value.parse().expect("days"),
            "complete" => given.terms.complete = true,
            "listed" => given.listed = Some(midnight(value)),
            "gone" => given.gone = Some(midnight(value)),
            other => panic!("{other}"),
        }
    }
    given
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true).trim_end_matches('Z').to_owned()
}

#[test]
fn vacancies_close() {
    cases::table("life/closing.tsv", |line| {
        let (postings, now) = line.split_once("now=").expect("a time");
        let now = format!("{now}Z").parse::<DateTime<Utc>>().expect("a time");
        let given: Vec<_> = postings.split('|').map(given).collect();
        let known: Vec<_> = given
            .iter()
            .map(|one| Known {
                posting: &one.posting,
                terms: &one.terms,
                first_seen: one.seen.or(one.posting.posted.map(Moment::instant)).expect("a first sight"),
                listed: one.listed,
                gone: one.gone,
            })
            .collect();
        match life::vacancy(&life::states(&known, now), now) {
            State::Open(Some(until)) if until.timestamp() < 1 << 40 => format!("open until {}", time(until)),
            State::Open(_) => "open".into(),
            State::Closed(closed) => format!("closed {} {}", time(closed.at), closed.reason.word()),
        }
    });
}

#[test]
fn lists_are_believed() {
    cases::table("life/lists.tsv", |line| {
        let mut lists = Lists::default();
        let mut out = String::new();
        for word in line.split_whitespace() {
            let (hours, rest) = word.split_once(':').expect("hours");
            let now = midnight("2026-05-01") + TimeDelta::hours(hours.parse().expect("hours"));
            let shrink = rest.ends_with('+');
            let (count, faulty) = rest.trim_end_matches('+').split_once('!').unwrap_or((rest, "0"));
            let number = |text: &str| text.trim_end_matches('+').parse().expect("a number");
            let told = if count == "=" {
                lists.same(now)
            } else {
                lists.came(number(count), number(faulty), shrink, now)
            };
            let letter = match told {
                Told::Believed => 'y',
                Told::Fallen(_) => 'f',
                Told::Faulty => 'x',
            };
            let _ = write!(out, "{letter} ");
        }
        out.trim_end().to_owned()
    });
}
