//! Which postings advertise the same vacancy: batches of a source in, the vacancy of each out.

use std::collections::HashMap;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::fs;

use chrono::NaiveDate;
use serde::Deserialize;
use shelfwire::gather::{Candidate, Incoming, Known, VacancyId, gather};
use shelfwire::posting::{Field, How, Known as Note, Moment, Posting};

use crate::cases;
use crate::posting::empty;

/// What a case says of its postings; consecutive ones of one source are one batch.
#[derive(Deserialize)]
struct Case {
    posting: Vec<Given>,
}

#[derive(Deserialize)]
struct Given {
    source: String,
    key: Option<String>,
    url: Option<String>,
    apply: Option<String>,
    title: String,
    /// The title line as the source gave it, where it is another.
    line: Option<String>,
    posted: String,
}

/// What is remembered, in memory.
#[derive(Default)]
struct Memory {
    entries: HashMap<(String, u64), VacancyId>,
    keys: HashMap<u64, Vec<Candidate>>,
}

impl Known for Memory {
    type Error = Infallible;

    fn vacancy_of(&self, source: &str, identity: u64) -> Result<Option<VacancyId>, Infallible> {
        Ok(self.entries.get(&(source.to_owned(), identity)).copied())
    }

    fn candidates(&self, keys: &[u64]) -> Result<Vec<Candidate>, Infallible> {
        Ok(keys.iter().filter_map(|key| self.keys.get(key)).flatten().cloned().collect())
    }

    fn exists(&self, vacancy: VacancyId) -> Result<bool, Infallible> {
        Ok(self.entries.values().any(|known| *known == vacancy))
    }
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
        posted: Some(Moment::On(posted)),
        known: given.line.iter().map(note).collect(),
        ..empty(&given.source, &given.title)
    }
}

/// Gathers the batches one after the other; a line a change, vacancies numbered as they appear.
fn run(case: &Case) -> String {
    let (mut memory, mut numbers, mut out) = (Memory::default(), Vec::new(), String::new());
    for batch in case.posting.chunk_by(|a, b| a.source == b.source) {
        let incoming =
            batch.iter().map(|given| Incoming { posting: posting(given), fingerprint: 0 }).collect();
        let Ok(changes) = gather(&memory, incoming);
        for change in changes {
            let posting = &change.incoming.posting;
            if !numbers.contains(&change.vacancy) {
                numbers.push(change.vacancy);
            }
            let number =
                1 + numbers.iter().position(|known| *known == change.vacancy).expect("it was put there");
            let line = posting.known.first().and_then(|known| known.raw.as_ref()).unwrap_or(&posting.title);
            let _ = writeln!(out, "{number} {:?} {}: {line}", change.kind, posting.source);
            memory.entries.insert((posting.source.clone(), change.identity), change.vacancy);
            let posted = posting.posted.expect("a case has a date").instant();
            let candidate = Candidate {
                vacancy: change.vacancy,
                source: posting.source.clone(),
                title: change.title,
                posted,
            };
            for key in change.keys {
                memory.keys.entry(key).or_default().push(candidate.clone());
            }
        }
    }
    out
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
    let case = |title: &str| Case {
        posting: vec![Given {
            source: "board".into(),
            key: Some("7".into()),
            url: None,
            apply: None,
            title: title.into(),
            line: None,
            posted: "2026-11-01".into(),
        }],
    };
    let id = |case: &Case| {
        let incoming = vec![Incoming { posting: posting(&case.posting[0]), fingerprint: 0 }];
        let Ok(changes) = gather(&Memory::default(), incoming);
        changes[0].vacancy.to_string()
    };
    assert_eq!(id(&case("Map Librarian")), id(&case("Maps Librarian")));
    assert_eq!(id(&case("Map Librarian")).len(), 12);
    let mut other = case("Map Librarian");
    other.posting[0].source = "another".into();
    assert_ne!(id(&case("Map Librarian")), id(&other));
}
