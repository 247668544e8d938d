//! Cases of dates, pay, closing dates, employment types, degrees and remote work.

use std::time::{Duration, Instant};

use chrono::{NaiveDate, SecondsFormat};
use proptest::prelude::*;
use shelfwire::date::{self, Order};
use shelfwire::normalize::{apply, closing, degree, employment, language, remote, salary};
use shelfwire::posting::{Closing, ClosingKind, How, Moment, Salary};
use shelfwire::text;

use crate::cases;

fn day(text: &str) -> Option<NaiveDate> {
    (text != "-").then(|| text.parse().expect("a case's posting date"))
}

/// Splits the ` @GB` off that may stand behind a case.
fn in_country(input: &str) -> (&str, Option<&str>) {
    let is_code = |code: &str| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
    match input.rsplit_once(" @").filter(|(_, code)| is_code(code)) {
        Some((text, country)) => (text, Some(country)),
        None => (input, None),
    }
}

/// Splits `POSTED | text`.
fn dated(input: &str) -> (Option<NaiveDate>, &str) {
    let (posted, text) = input.split_once(" | ").expect("a case is POSTED | text");
    (day(posted), text)
}

#[test]
fn languages_are_named_and_known() {
    cases::table("facts/language.tsv", |text| language::tag(text).unwrap_or_else(|| String::from("-")));
    cases::table("facts/language_text.tsv", |text| {
        language::detect(text).map_or_else(|| String::from("-"), str::to_owned)
    });
    let text = "Wir suchen eine Bibliothekarin, die mit uns für die Leser der Bibliothek da ist.";
    assert_eq!(language::read(Some("en-us"), text), Some(("en-US".into(), How::Stated)));
    assert_eq!(language::read(Some("?"), text), Some(("de".into(), How::Derived)));
    assert_eq!(language::read(None, "Librarian"), None);
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
fn places_to_apply() {
    cases::table("facts/apply.tsv", |description| {
        apply::find(description, &text::strip_html(description), Some("https://board.example.org/posts/7"))
            .map_or_else(|| String::from("-"), |(url, _)| url)
    });
}

#[test]
fn dates_in_text() {
    cases::table("facts/phrase.tsv", |input| {
        let (posted, text) = dated(input);
        date::phrase(text, posted, Order::MonthFirst)
            .map_or(String::from("-"), |(day, start, end)| format!("{day} \"{}\"", &text[start..end]))
    });
}

/// Splits `title | place or type | text`, in which `-` is nothing.
fn parts(input: &str) -> (&str, Option<&str>, &str) {
    let mut parts = input.splitn(3, " | ");
    let mut next = || parts.next().expect("a case has three parts");
    let (title, field, text) = (next(), next(), next());
    (title, (field != "-").then_some(field), if text == "-" { "" } else { text })
}

fn json(value: impl serde::Serialize) -> String {
    serde_json::to_string(&value).expect("a value of the schema is JSON").replace('"', "")
}

fn pay(found: Option<(Salary, String)>) -> String {
    let figure = |value: Option<f64>| value.map_or(String::from("?"), |v| v.to_string());
    found.map_or(String::from("-"), |(pay, _)| {
        format!("{}..{} {} {}", figure(pay.min), figure(pay.max), pay.currency, json(pay.unit))
    })
}

fn deadline(closing: &Closing) -> String {
    let kind = json(closing.kind);
    closing.date.map_or(kind.clone(), |day| format!("{kind} {day}"))
}

#[test]
fn pay_fields() {
    cases::table("facts/salary.tsv", |input| {
        let (text, country) = in_country(input);
        pay(salary::read(text, country))
    });
}

#[test]
fn pay_in_text() {
    cases::table("facts/salary_text.tsv", |input| {
        let (text, country) = in_country(input);
        pay(salary::find(text, country.or(Some("US"))))
    });
}

#[test]
fn the_words_of_pay_are_kept() {
    let text = "A fine town library. The salary is $49,300 to $60,000 a year, and there is a pension.";
    let raw = |found: Option<(Salary, String)>| found.map(|(_, raw)| raw);
    assert_eq!(raw(salary::find(text, None)).as_deref(), Some("The salary is $49,300 to $60,000 a year"));
    assert_eq!(raw(salary::read(" $18 / hr ", None)).as_deref(), Some("$18 / hr"));
    let long = format!("{}. Pay: $18/hr", "Words ".repeat(100));
    assert_eq!(raw(salary::read(&long, None)).as_deref(), Some("Pay: $18/hr"));
}

#[test]
fn deadline_fields() {
    cases::table("facts/closing.tsv", |input| {
        let (input, country) = in_country(input);
        let (posted, text) = dated(input);
        let closing = closing::read(text, posted, country);
        assert_eq!(closing.text.as_deref(), (!text.is_empty()).then_some(text), "the words are kept");
        deadline(&closing)
    });
}

#[test]
fn deadlines_in_text() {
    cases::table("facts/closing_text.tsv", |input| {
        let (input, country) = in_country(input);
        let (posted, text) = dated(input);
        deadline(&closing::find(text, posted, country))
    });
}

#[test]
fn employment_types() {
    cases::table("facts/employment.tsv", |input| {
        let (title, stated, text) = parts(input);
        json(employment::read(title, stated, text))
    });
}

#[test]
fn degrees() {
    cases::table("facts/degree.tsv", |input| json(degree::find(input)));
}

#[test]
fn remote_work() {
    cases::table("facts/remote.tsv", |input| {
        let (title, place, text) = parts(input);
        json(remote::find(title, place, text))
    });
}

/// Text of the words and signs that the rules look at, in any order, between any characters.
fn hostile() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("by "),
        Just("deadline "),
        Just("until "),
        Just("$"),
        Just("€"),
        Just("1.000"),
        Just("50K's"),
        Just("/hr"),
        Just(" per "),
        Just("hours "),
        Just("week "),
        Just("MLIS "),
        Just("library science "),
        Just("May "),
        Just("5"),
        Just("2026"),
        Just("/"),
        Just("-"),
        Just("."),
        Just(","),
        Just("\n"),
        Just("full-time "),
        Just("remote "),
        Just("not "),
        Just("review begins "),
        Just("é"),
        Just("’s"),
        Just("\u{202f}"),
        Just("ﬀ"),
        Just("İ"),
        Just("T"),
        Just(":"),
        Just("+"),
        Just("GMT"),
        Just("mid "),
        Just("term "),
        Just("position "),
    ];
    prop::collection::vec(prop_oneof![4 => word.prop_map(String::from), 1 => ".{0,3}"], 0..40)
        .prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_text_is_survived(text in hostile(), country in prop::option::of("DE|CA|GB|US")) {
        let posted = day("2026-04-20");
        for zone in [None, Some(chrono_tz::Europe::Berlin), Some(chrono_tz::America::New_York)] {
            date::read(&text, zone);
        }
        if let Some((_, start, end)) = date::phrase(&text, posted, Order::DayFirst) {
            prop_assert!(start < end && text.get(start..end).is_some());
        }
        for (pay, raw) in [salary::read(&text, country.as_deref()), salary::find(&text, country.as_deref())]
            .into_iter()
            .flatten()
        {
            prop_assert!(pay.min.or(pay.max).is_some_and(|v| v > 0.0 && v.is_finite()));
            prop_assert!(pay.min.zip(pay.max).is_none_or(|(low, high)| low <= high));
            prop_assert!(raw.chars().count() <= 201);
        }
        for closing in [closing::read(&text, posted, country.as_deref()), closing::find(&text, posted, country.as_deref())] {
            let dated = matches!(closing.kind, ClosingKind::By | ClosingKind::Priority | ClosingKind::ReviewBegins);
            prop_assert!(!dated || closing.date.is_some());
        }
        let types = employment::read(&text, Some(&text), &text);
        prop_assert!(types.is_sorted() && types.windows(2).all(|pair| pair[0] != pair[1]));
        degree::find(&text);
        remote::find(&text, Some(&text), &text);
    }
}

/// Reads everything that is read of a posting's text.
fn read_all(text: &str) {
    salary::read(text, None);
    salary::find(text, None);
    closing::find(text, day("2026-04-20"), None);
    employment::read("", None, text);
    degree::find(text);
    remote::find("", None, text);
    date::phrase(text, None, Order::MonthFirst);
}

#[test]
fn time_grows_with_the_text() {
    let time = |text: &str| {
        let start = Instant::now();
        read_all(text);
        start.elapsed()
    };
    time("$1 by May 5");
    // Each text is all cues or all figures.
    for unit in
        ["$1-", "0 000 ", "by May 5 ", "library science required ", "6 months ", "full-time ", "- ", "May "]
    {
        let (short, long) = (time(&unit.repeat(200)), time(&unit.repeat(3_200)));
        // Sixteen times the text; what is quadratic takes 256 times as long.
        assert!(long < short * 64 + Duration::from_millis(300), "{unit:?}: {short:?}, then {long:?}");
    }
}
