//! decisions.toml in, what an operator decided of single vacancies out.
//!
//! The file stands beside feeds.toml and can be kept in git with it; it need not exist.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::check::{Failure, LoadError};

/// The name of the file.
pub const FILE: &str = "decisions.toml";

/// The whole of decisions.toml.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Decisions {
    /// Vacancies that are in no feed, whatever their sources say.
    #[serde(rename = "takedown")]
    pub takedowns: Vec<Takedown>,
    /// Pairs of postings that advertise one vacancy, whatever speaks against it.
    pub same: Vec<Pair>,
    /// Pairs of postings that do not, whatever speaks for it.
    pub not_same: Vec<Pair>,
}

/// `[[same]]` or `[[not_same]]`: two postings by their own ids, as `shelfwire explain` and `possible`
/// show them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    pub postings: [String; 2],
}

impl Pair {
    pub fn is_of(&self, a: &str, b: &str) -> bool {
        let [one, two] = &self.postings;
        (one == a && two == b) || (one == b && two == a)
    }
}

/// `[[takedown]]`: which vacancies, by one of these, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Takedown {
    /// One vacancy, by its id.
    pub vacancy: Option<String>,
    /// Those with a posting at this address.
    pub url: Option<String>,
    /// Those that only this source has, in feeds.toml or no longer there.
    pub source: Option<String>,
    /// Told to subscribers.
    pub reason: String,
}

/// Where the file is, beside the settings in this folder.
pub fn path(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

/// Reads and checks the file; one that is not there decides nothing.
///
/// # Errors
/// If it cannot be read, or has mistakes.
pub fn load(folder: &Path) -> Result<Decisions, LoadError> {
    let path = path(folder);
    match std::fs::read_to_string(&path) {
        Ok(text) => read(&text).map_err(|failures| LoadError::Wrong { path, failures }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Decisions::default()),
        Err(error) => Err(LoadError::Unreadable { path, error }),
    }
}

/// Reads and checks the file's text.
///
/// # Errors
/// Everything that is wrong.
pub fn read(text: &str) -> Result<Decisions, Vec<Failure>> {
    let line = |at: usize| text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
    let decisions: Decisions = toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| line(span.start));
        vec![Failure { line, check: "decisions", message: error.message().to_owned() }]
    })?;
    let mut failures = Vec::new();
    let mut add = |table: &str, at: usize, message: Option<String>| {
        let start = text.match_indices(&format!("[[{table}]]")).nth(at).map(|(start, _)| line(start));
        failures.extend(message.map(|message| Failure { line: start, check: "decisions", message }));
    };
    for (at, takedown) in decisions.takedowns.iter().enumerate() {
        add("takedown", at, fault(takedown));
    }
    for (table, pairs, others) in
        [("same", &decisions.same, &decisions.not_same), ("not_same", &decisions.not_same, &decisions.same)]
    {
        for (at, pair) in pairs.iter().enumerate() {
            add(table, at, fault_of_pair(pair, others));
        }
    }
    if failures.is_empty() { Ok(decisions) } else { Err(failures) }
}

fn fault(takedown: &Takedown) -> Option<String> {
    let named = [&takedown.vacancy, &takedown.url, &takedown.source];
    if named.into_iter().flatten().count() != 1 {
        return Some("a takedown names one of `vacancy`, `url` and `source`".into());
    }
    no_id(takedown.vacancy.as_deref()?)
}

fn fault_of_pair(pair: &Pair, others: &[Pair]) -> Option<String> {
    let [a, b] = &pair.postings;
    if a == b {
        return Some(format!("{a} is named twice: two postings are the same or not"));
    }
    let both = others.iter().any(|other| other.is_of(a, b)).then(|| format!("{a} and {b} are both"));
    no_id(a).or_else(|| no_id(b)).or(both)
}

fn no_id(id: &str) -> Option<String> {
    let sound = id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase());
    (!sound).then(|| {
        format!("{id:?} is no id of a vacancy or posting: those are twelve small letters and digits")
    })
}
