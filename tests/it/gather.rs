//! Which postings advertise the same vacancy: postings in, the vacancy of each out.

mod memory;
mod pairs;

use std::fmt::Write as _;
use std::fs;

use chrono::NaiveDate;
use proptest::prelude::*;
use serde::Deserialize;
use shelfwire::gather::{Candidate, Decisions, Incoming, VacancyId, gather, regroup};
use shelfwire::posting::{Field, How, Known as Note, Moment, Place, Posting};

use crate::cases;
use crate::posting::empty;
use memory::Memory;

/// What a case says of its postings, in the order in which they come.
#[derive(Deserialize)]
struct Case {
    posting: Vec<Given>,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Given {
    source: String,
    key: Option<String>,
    url: Option<String>,
    apply: Option<String>,
    title: String,
    /// The title line as the source gave it, where it is another.
    line: Option<String>,
    employer: Option<String>,
    /// `Town, US-NY` or `US-NY`.
    place: Option<String>,
    text: Option<String>,
    closes: Option<NaiveDate>,
    posted: String,
}

fn place(text: &str) -> Place {
    let (city, region) = match text.split_once(", ") {
        Some((city, region)) => (Some(city.to_owned()), region),
        None => (None, text),
    };
    Place { city, region: Some(region.to_owned()), country: Some(region[..2].to_owned()) }
}

fn posting(given: &Given) -> Posting {
    let posted: NaiveDate = given.posted.parse().expect("a case's date");
    let note = |line: &String| Note {
        field: Field::Title,
        how: How::Derived,
        raw: Some(line.clone()),
        rule: String::new().into(),
    };
    Posting {
        source_key: given.key.clone(),
        url: given.url.clone(),
        source_url: given.url.clone(),
        apply_url: given.apply.clone(),
        employer: given.employer.clone(),
        places: given.place.iter().map(|text| place(text)).collect(),
        description: given.text.clone().unwrap_or_default(),
        closes: given.closes,
        posted: Some(Moment::On(posted)),
        known: given.line.iter().map(note).collect(),
        ..empty(&given.source, &given.title)
    }
}

/// Gathers one posting after the other; a line each, vacancies numbered as they appear, and at the end
/// which may be one and which are advertised again.
fn run(case: &Case) -> String {
    let (mut memory, mut numbers, mut out, mut end) =
        (Memory::default(), Vec::new(), String::new(), String::new());
    for given in &case.posting {
        let Ok(change) = gather(&memory, Incoming::new(posting(given), 0));
        if !numbers.contains(&change.vacancy) {
            numbers.push(change.vacancy);
        }
        let number = |id| 1 + numbers.iter().position(|known| *known == id).expect("it was put there");
        let line = given.line.as_ref().unwrap_or(&given.title);
        let _ = write!(out, "{} {:?} {}: {line}", number(change.vacancy), change.kind, given.source);
        for ended in &change.unites {
            let _ = write!(out, ", and {} ends in it", number(*ended));
        }
        out.push('\n');
        for (row, _) in &change.possible {
            let _ =
                writeln!(end, "possible: {} and {}", number(memory.vacancy(*row)), number(change.vacancy));
        }
        for (row, is_older) in &change.again {
            let (known, new) = (number(memory.vacancy(*row)), number(change.vacancy));
            let (newer, older) = if *is_older { (new, known) } else { (known, new) };
            let _ = writeln!(end, "{newer} advertises {older} again");
        }
        memory.keep(change);
    }
    out + &end
}

#[test]
fn postings_find_their_vacancy() {
    cases::folders("gather", "expected.txt", |dir| {
        let text = fs::read_to_string(cases::input(dir)).expect("the case's postings");
        run(&toml::from_str(&text).expect("the case is TOML"))
    });
}

#[test]
fn ids_depend_on_the_first_posting_alone() {
    let given = |title: &str| Given {
        source: "board".into(),
        key: Some("7".into()),
        title: title.into(),
        posted: "2026-11-01".into(),
        ..Given::default()
    };
    let id = |given: &Given| {
        let Ok(change) = gather(&Memory::default(), Incoming::new(posting(given), 0));
        change.vacancy.to_string()
    };
    assert_eq!(id(&given("Map Librarian")), id(&given("Maps Librarian")));
    assert_eq!(id(&given("Map Librarian")).len(), 12);
    let mut other = given("Map Librarian");
    other.source = "another".into();
    assert_ne!(id(&given("Map Librarian")), id(&other));
}

/// Four boards' copies of two vacancies, and one that is like both.
fn copies() -> Vec<Given> {
    let mut all = Vec::new();
    for (source, days) in [("one", 1), ("two", 3), ("three", 5), ("four", 8)] {
        for (title, employer) in [
            ("Map Librarian", "Elm College"),
            ("Head of Maps and Plans", "Elm College Library"),
            ("Map Librarian", "Oak College"),
            ("Map Librarian II", "Elm College"),
        ] {
            all.push(Given {
                source: source.into(),
                key: Some(format!("{title} {employer}")),
                title: title.into(),
                employer: Some(employer.into()),
                place: Some("Albany, US-NY".into()),
                posted: format!("2026-11-{days:02}"),
                ..Given::default()
            });
        }
    }
    all
}

/// The postings of each vacancy, sorted.
fn groups(given: &[Given]) -> Vec<Vec<VacancyId>> {
    let mut memory = Memory::default();
    for given in given {
        let Ok(change) = gather(&memory, Incoming::new(posting(given), 0));
        memory.keep(change);
    }
    memory.groups()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_order_of_postings_makes_no_difference(shuffled in Just(copies()).prop_shuffle()) {
        prop_assert_eq!(groups(&shuffled).len(), 4);
        prop_assert_eq!(groups(&shuffled), groups(&copies()));
    }
}

#[test]
fn an_operator_has_the_last_word() {
    let candidates: Vec<Candidate> = copies()
        .iter()
        .take(4)
        .enumerate()
        .map(|(row, given)| {
            let mut memory = Memory::default();
            let Ok(change) = gather(&memory, Incoming::new(posting(given), 0));
            memory.keep(change);
            Candidate { row: row as i64, ..memory.all.remove(0) }
        })
        .collect();
    let own: Vec<VacancyId> = candidates.iter().map(|candidate| candidate.own).collect();
    let mut decisions = Decisions::default();
    assert_eq!(regroup(&candidates, &decisions).len(), 4);
    decisions.set(own[2], own[0], true);
    assert_eq!(regroup(&candidates, &decisions), [vec![0, 2], vec![1], vec![3]]);
    let mut copy = candidates[0].clone();
    copy.source = "two".into();
    copy.own = VacancyId(1);
    let two = [candidates[0].clone(), copy];
    assert_eq!(regroup(&two, &Decisions::default()).len(), 1);
    decisions.set(own[0], VacancyId(1), false);
    assert_eq!(regroup(&two, &decisions).len(), 2);
}
