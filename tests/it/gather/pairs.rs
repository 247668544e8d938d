//! Pairs of postings and whether they advertise one vacancy in, how often gathering is right out.

use std::fmt::Write as _;
use std::fs;

use shelfwire::gather::evidence::{Outcome, compare};
use shelfwire::gather::{Candidate, Incoming, gather};

use super::memory::Memory;
use super::{Given, posting};
use crate::cases;

/// One side: `board|title|employer|place|date`, then `name=value` parts.
fn side(text: &str, key: &str) -> Given {
    let mut parts = text.split('|').map(str::trim);
    let mut next = || parts.next().filter(|part| !part.is_empty()).map(str::to_owned);
    let mut given = Given {
        source: next().expect("a side names its board"),
        key: Some(key.into()),
        title: next().expect("a side has a title"),
        employer: next(),
        place: next(),
        posted: next().expect("a side has a date"),
        ..Given::default()
    };
    for part in parts {
        let (name, value) = part.split_once('=').expect("a part has a name and a value");
        match name {
            "url" => given.url = Some(format!("https://{value}")),
            "apply" => given.apply = Some(format!("https://{value}")),
            "line" => given.line = Some(value.into()),
            "closes" => given.closes = Some(value.parse().expect("a day")),
            "text" => given.text = Some(words(value)),
            "says" => given.text = Some(format!("{} {value}", given.text.unwrap_or_default())),
            _ => panic!("no part is called {name:?}"),
        }
    }
    given
}

/// `maps:0-300`: words of an invented text, from one number to the other.
fn words(text: &str) -> String {
    let (name, span) = text.split_once(':').expect("a text has a name and a span");
    let (from, to) = span.split_once('-').expect("a span has two ends");
    let number = |text: &str| text.parse::<u32>().expect("a number");
    (number(from)..number(to)).map(|at| format!("{name}{at}")).collect::<Vec<_>>().join(" ")
}

fn candidate(given: &Given) -> Candidate {
    let mut memory = Memory::default();
    let Ok(change) = gather(&memory, Incoming::new(posting(given), 0));
    memory.keep(change);
    memory.all.remove(0)
}

#[derive(Default)]
struct Count {
    pairs: u32,
    right: u32,
    wrong: u32,
    missed: u32,
    again: u32,
    linked: u32,
}

/// A pair is found only if its postings share a key, too.
fn judged(a: &Candidate, b: &Candidate) -> (Outcome, f32) {
    let verdict = compare(a.side(), b.side());
    let met = a.traits.keys.iter().any(|key| b.traits.keys.contains(key));
    (if met { verdict.outcome } else { Outcome::Different }, verdict.score)
}

#[test]
fn pairs_are_judged_right() {
    let text = fs::read_to_string(cases::root().join("gather/pairs.tsv")).expect("the pairs");
    let (mut count, mut failures) = (Count::default(), String::new());
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_else(|| panic!("a column is missing: {line}"));
        let (label, a, b) = (next(), side(next(), "a"), side(next(), "b"));
        let (one, two) = (candidate(&a), candidate(&b));
        let (outcome, score) = judged(&one, &two);
        assert_eq!(outcome, judged(&two, &one).0, "the order of a pair makes no difference: {line}");
        count.pairs += 1;
        let merged = outcome == Outcome::Same;
        let (same, again) = (label == "same", label == "readvertised");
        assert!(same || again || label == "different", "no label is called {label:?}");
        count.right += u32::from(merged && same);
        count.wrong += u32::from(merged && !same);
        count.missed += u32::from(same && !merged);
        count.again += u32::from(again);
        count.linked += u32::from(again && outcome == Outcome::Readvertised);
        if merged != same || again != (outcome == Outcome::Readvertised) {
            let _ = writeln!(failures, "{outcome:?} {score}: {line}");
        }
    }
    let Count { pairs, right, wrong, missed, again, linked } = count;
    let precision = f64::from(right) / f64::from((right + wrong).max(1));
    let recall = f64::from(right) / f64::from((right + missed).max(1));
    // Shown by `cargo test -- --nocapture`.
    println!("{pairs} pairs: precision {precision:.3}, recall {recall:.3}; {linked} of {again} linked");
    print!("{failures}");
    assert!(pairs >= 150, "only {pairs} pairs");
    assert!(precision >= 0.99, "precision {precision:.3}\n{failures}");
    assert!(recall >= 0.92, "recall {recall:.3}\n{failures}");
    assert!(f64::from(linked) >= 0.9 * f64::from(again), "{linked} of {again} linked\n{failures}");
}
