//! Title lines and employers as boards write them in, what a reader should see out.

use std::fs;

use proptest::prelude::*;
use serde_json::Value;
use shelfwire::config::{Config, Pattern, Patterns, Publish, Source};
use shelfwire::normalize::{Vocabulary, employer, last_day, normalize, title};
use shelfwire::parse::{Body, Entry};
use shelfwire::posting::{Closing, ClosingKind};

use crate::cases;

#[test]
fn titles_are_cleaned() {
    cases::table("titles/clean.tsv", |input| {
        let (title, employer) = input.split_once('\t').expect("a title, a tab, an employer");
        title::clean(title, Some(employer).filter(|e| !e.is_empty()), &[])
    });
}

#[test]
fn employers_are_cleaned() {
    cases::table("titles/employer.tsv", |input| employer::clean(input).unwrap_or_default());
}

#[test]
fn lines_are_read_by_patterns() {
    cases::table("titles/parts.tsv", |input| {
        let (pattern, line) = input.split_once('\t').expect("a pattern, a tab, a line");
        let pattern = Pattern::try_from(pattern.to_owned()).expect("a pattern");
        title::parts(&Patterns(vec![pattern]), line).map_or_else(String::new, |parts| {
            [parts.title, parts.employer, parts.place, parts.salary, parts.closing]
                .map(Option::unwrap_or_default)
                .join(" | ")
        })
    });
}

#[test]
fn clear_lines_are_read_without_a_pattern() {
    cases::table("titles/detect.tsv", |line| {
        title::detect(line).map_or_else(String::new, |parts| {
            [parts.title, parts.employer].map(Option::unwrap_or_default).join(" | ")
        })
    });
}

#[test]
fn the_first_pattern_that_fits_is_taken() {
    let patterns = ["{place}: {title}, {employer}", "{place}: {title}"];
    let patterns = Patterns(patterns.map(|p| Pattern::try_from(p.to_owned()).expect("a pattern")).to_vec());
    let parts = title::parts(&patterns, "Union, NJ: Example Fellowship").expect("the second fits");
    assert_eq!(
        (parts.title.as_deref(), parts.place.as_deref()),
        (Some("Example Fellowship"), Some("Union, NJ"))
    );
    assert_eq!(parts.rule, "{place}: {title}");
}

#[test]
fn words_of_the_settings_are_dropped() {
    let drop = ["Stellenangebot:".to_owned(), "[Team A]".to_owned(), "é".to_owned()];
    assert_eq!(title::clean("stellenangebot: Bibliothekar", None, &drop), "Bibliothekar");
    assert_eq!(title::line("[Team A] Archivist [info day on 2 May]", &drop), "Archivist");
    assert_eq!(title::line("Archivist, Sample U - Revised", &drop), "Archivist, Sample U");
    assert_eq!(title::line("Archivist - Revised Collections", &drop), "Archivist - Revised Collections");
    assert_eq!(title::clean("Stellenangebote sammeln", None, &drop), "Stellenangebote sammeln");
}

/// Pieces that titles are made of, and signs that break them.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Librarian",
        "Director",
        "Example College",
        "NYU",
        "Part-Time",
        "FT",
        "Repost:",
        "[x]",
        "(",
        ")",
        "(3)",
        " - ",
        " – ",
        "--",
        ", ",
        ": ",
        " | ",
        " at ",
        "/",
        "NY",
        "Newton, NJ",
        "#12345",
        "AF7900",
        "É",
        "ß",
        "&amp;",
        "’s",
        " ",
        "\u{301}",
        "ǅ",
        "İ",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_line_is_read(line in pieces(), employer in pieces(), noise in "\\PC{0,40}") {
        for text in [&line, &noise] {
            let cleaned = title::clean(text, Some(&employer), std::slice::from_ref(&noise));
            prop_assert!(!text.contains(char::is_alphanumeric) || !cleaned.trim().is_empty(), "{text:?} is lost");
            prop_assert!(cleaned.chars().count() <= 301);
            title::detect(text);
            employer::clean(text);
            title::line(text, std::slice::from_ref(&employer));
            for pattern in ["{title} - {employer}", "{place}: {title}, {employer}", "{employer} ({place})"] {
                let patterns = Patterns(vec![Pattern::try_from(pattern.to_owned()).expect("a pattern")]);
                if let Some(parts) = title::parts(&patterns, text) {
                    prop_assert!(parts.employer.is_some_and(|e| !e.is_empty()), "{text:?} by {pattern}");
                }
            }
        }
    }
}

#[test]
fn long_lines_cost_little() {
    let patterns = Patterns(vec![
        Pattern::try_from("{place}: {title}, {employer} - {_} ({closing})".to_owned()).expect("a pattern"),
    ]);
    for piece in ["a - ", ": , ", "(day ", "part time ", "1234 ", "College - "] {
        let long = piece.repeat(50_000);
        let start = std::time::Instant::now();
        title::clean(&long, Some(&long), std::slice::from_ref(&long));
        title::line(&long, &[]);
        title::parts(&patterns, &long);
        title::parts(&patterns, &piece.repeat(900 / piece.len()));
        employer::clean(&long);
        assert!(start.elapsed().as_secs() < 2, "{piece:?} took {:?}", start.elapsed());
    }
}

/// The entry of a case: keys as in [`Entry`], dates as text, the body under `html` or `text`.
pub fn entry(case: &Value) -> Entry {
    let text = |key: &str| case[key].as_str().map(str::to_owned);
    let moment = |key: &str| case.get(key).map(|v| serde_json::from_value(v.clone()).expect("a moment"));
    Entry {
        key: text("key"),
        title: text("title").unwrap_or_default(),
        url: text("url"),
        apply: text("apply"),
        employer: text("employer"),
        place: text("place"),
        salary: text("salary"),
        employment: text("employment"),
        closing: text("closing"),
        author: text("author"),
        department: text("department"),
        published: moment("published"),
        updated: moment("updated"),
        categories: case
            .get("categories")
            .map_or_else(Vec::new, |v| serde_json::from_value(v.clone()).expect("a list")),
        body: text("html").map(Body::Html).or_else(|| text("text").map(Body::Text)).unwrap_or_default(),
        summary: text("summary").map(Body::Text),
        language: None,
    }
}

#[test]
fn entries_become_postings() {
    cases::folders("normalize", "expected.json", |dir| {
        let case = fs::read_to_string(cases::input(dir)).expect("a readable case");
        let case: Value = serde_json::from_str(&case).expect("a case in JSON");
        let source: Source = serde_json::from_value(case["source"].clone()).expect("a source");
        let config =
            Config { publish: Publish { taxonomy: false, ..Publish::default() }, ..Config::default() };
        let location = case["location"].as_str().expect("a location");
        let now = case["now"].as_str().expect("a time").parse().expect("a time");
        match normalize(&Vocabulary::new(&config), &source, location, entry(&case["entry"]), now) {
            Ok(posting) => serde_json::to_string_pretty(&posting).expect("a posting is JSON") + "\n",
            Err(reason) => format!("{}\n", serde_json::to_string(&reason).expect("a reason is JSON")),
        }
    });
}

#[test]
fn deadlines_are_believed_within_reason() {
    let day = |text: &str| text.parse().expect("a day");
    let last =
        |kind, date: &str| last_day(&Closing { kind, date: Some(day(date)), text: None }, day("2026-11-02"));
    assert_eq!(last(ClosingKind::By, "2026-11-02"), Some(day("2026-11-02")));
    assert_eq!(last(ClosingKind::By, "2026-11-01"), None);
    assert_eq!(last(ClosingKind::By, "2028-11-02"), None);
    assert_eq!(last(ClosingKind::ReviewBegins, "2026-12-01"), None);
}
