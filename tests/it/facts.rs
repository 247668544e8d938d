//! Cases of dates, pay, closing dates, employment types, degrees and remote work.

use chrono::{NaiveDate, SecondsFormat};
use shelfwire::date;
use shelfwire::posting::Moment;

use crate::cases;

fn day(text: &str) -> Option<NaiveDate> {
    (text != "-").then(|| text.parse().expect("a case's posting date"))
}

/// Splits `POSTED | text`.
fn dated(input: &str) -> (Option<NaiveDate>, &str) {
    let (posted, text) = input.split_once(" | ").expect("a case is POSTED | text");
    (day(posted), text)
}

#[test]
fn date_fields() {
    cases::table("facts/date.tsv", |input| {
        let (text, zone) = match input.split_once(" @") {
            Some((text, zone)) => (text, Some(zone.parse().expect("a case's zone"))),
            None => (input, None),
        };
        match date::read(text, zone) {
            Some(Moment::At(at)) => at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
            Some(Moment::On(day)) => day.to_string(),
            None => String::from("-"),
        }
    });
}

#[test]
fn dates_in_text() {
    cases::table("facts/phrase.tsv", |input| {
        let (posted, text) = dated(input);
        date::phrase(text, posted)
            .map_or(String::from("-"), |(day, start, end)| format!("{day} \"{}\"", &text[start..end]))
    });
}
