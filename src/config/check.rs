//! The text of feeds.toml in, settings or every failure with its place out.
//!
//! Failures are collected, not thrown: an operator mends a file in one go. First the syntax, then
//! keys and types section by section, then the named checks in [`CHECKS`].

mod access;
mod fields;
mod follow;
mod keys;
mod lives;
mod reading;
mod rules;

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::decisions::{self, Decisions};
use super::{Config, preset};
use keys::Places;
pub use rules::CHECKS;

/// One thing that is wrong in feeds.toml.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Counted from 1; `None` where something is missing from the whole file.
    pub line: Option<usize>,
    /// The check that found it: `syntax`, `keys`, `types`, `decisions`, or one of [`CHECKS`].
    pub check: &'static str,
    /// What is wrong and what to do, in a sentence without a full stop.
    pub message: String,
}

/// feeds.toml, read and found good.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub config: Config,
    /// The folder of the file, which paths in it are relative to.
    pub folder: PathBuf,
    pub path: PathBuf,
    /// When the file was changed last, as far as is known, before it was read.
    pub modified: Option<SystemTime>,
    /// What stands in decisions.toml beside it.
    pub decisions: Decisions,
}

#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("{}: {error}", .path.display())]
    Unreadable { path: PathBuf, error: std::io::Error },
    #[error("{}", listing(.path, .failures))]
    Wrong { path: PathBuf, failures: Vec<Failure> },
}

/// Reads and checks the file, and decisions.toml beside it.
///
/// # Errors
/// If it cannot be read, or any check fails; then all failures are listed.
pub fn load(path: &Path) -> Result<Loaded, LoadError> {
    let modified = std::fs::metadata(path).and_then(|data| data.modified()).ok();
    let text = std::fs::read_to_string(path)
        .map_err(|error| LoadError::Unreadable { path: path.to_owned(), error })?;
    match read(&text) {
        Ok(config) => {
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            let decisions = decisions::load(&folder)?;
            Ok(Loaded { config, folder, path: path.to_owned(), modified, decisions })
        }
        Err(failures) => Err(LoadError::Wrong { path: path.to_owned(), failures }),
    }
}

/// Reads and checks a file's text.
///
/// # Errors
/// Everything that is wrong, in the order of the file.
pub fn read(text: &str) -> Result<Config, Vec<Failure>> {
    let lines = Lines::new(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let failure = |e: &toml::de::Error| Failure {
            line: e.span().map(|span| lines.of(span.start)),
            check: "syntax",
            message: e.message().to_owned(),
        };
        let mut failures: Vec<_> = errors.iter().map(failure).collect();
        failures.sort_by_key(|failure| failure.line);
        return Err(failures);
    }
    let mut failures = Vec::new();
    let mut table = table.into_inner();
    let places = keys::check(&lines, &mut table, &mut failures);
    let mut read = Reading { lines, config: Config::default(), failures, unread: Vec::new() };
    read.sections(table);
    let Reading { config, mut failures, unread, .. } = read;
    rules::check(&config, &places, &unread, &mut failures);
    failures.sort_by_key(|failure| failure.line);
    failures.dedup();
    if failures.is_empty() { Ok(config) } else { Err(failures) }
}

/// Reads each section by itself, so that one wrong value does not hide the next.
struct Reading {
    lines: Lines,
    config: Config,
    failures: Vec<Failure>,
    /// Sections that could not be read (`source[2]`): no named check speaks of what stands for them.
    unread: Vec<String>,
}

impl Reading {
    fn sections(&mut self, table: DeTable) {
        let mut has_site = false;
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            has_site |= name == "site";
            match name {
                "site" => self.config.site = self.one(value, name, name.into()),
                "store" => self.config.store = self.one(value, name, name.into()),
                "schedule" => self.config.schedule = self.one(value, name, name.into()),
                "fetch" => self.config.fetch = self.one(value, name, name.into()),
                "publish" => self.config.publish = self.one(value, name, name.into()),
                "source" => self.config.sources = self.many(value, name),
                "tag" => self.config.tags = self.many(value, name),
                "region" => self.config.regions = self.many(value, name),
                "feed" => self.config.feeds = self.many(value, name),
                _ => {}
            }
        }
        if !has_site {
            let message = "the section [site] with title and base_url is missing".into();
            self.failures.push(Failure { line: None, check: "types", message });
        }
    }

    fn one<T: DeserializeOwned + Default>(&mut self, value: Spanned<DeValue>, name: &str, path: String) -> T {
        let start = value.span().start;
        T::deserialize(ValueDeserializer::from(value)).unwrap_or_else(|error| {
            let at = error.span().filter(|span| !span.is_empty()).map_or(start, |span| span.start);
            let message = in_words(error.message());
            self.fail(at, format!("[{name}] {message}"));
            self.unread.push(path);
            T::default()
        })
    }

    fn many<T: DeserializeOwned + Default>(&mut self, value: Spanned<DeValue>, name: &str) -> Vec<T> {
        let start = value.span().start;
        let DeValue::Array(sections) = value.into_inner() else {
            self.fail(start, format!("write [[{name}]] with two brackets: there can be several"));
            return Vec::new();
        };
        let numbered = sections.into_iter().enumerate();
        numbered
            .map(|(i, mut section)| {
                if let ("source", DeValue::Table(source)) = (name, section.get_mut()) {
                    preset::fill(source);
                }
                self.one(section, name, format!("{name}[{i}]"))
            })
            .collect()
    }

    fn fail(&mut self, at: usize, message: String) {
        self.failures.push(Failure { line: Some(self.lines.of(at)), check: "types", message });
    }
}

/// A parser's message without the names of the program's own types.
fn in_words(message: &str) -> String {
    let whole = ["usize", "u64", "u32", "i32"].iter();
    whole.fold(message.to_owned(), |text, kind| {
        text.replace(&format!("expected {kind}"), "expected a whole number")
    })
}

/// Where the lines of a text end: every key of a long file is asked for its line.
struct Lines(Vec<usize>);

impl Lines {
    fn new(text: &str) -> Self {
        Lines(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    /// The line, counted from 1, of a byte.
    fn of(&self, at: usize) -> usize {
        1 + self.0.partition_point(|end| *end < at)
    }
}

fn listing(path: &Path, failures: &[Failure]) -> String {
    let mut lines: Vec<_> = failures.iter().map(|f| format!("{}:{f}", path.display())).collect();
    let count = if failures.len() == 1 { "1 mistake".into() } else { format!("{} mistakes", failures.len()) };
    lines.push(format!("{count} in {}; nothing was done", path.display()));
    lines.join("\n")
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{line}: {} ({})", self.message, self.check),
            None => write!(f, " {} ({})", self.message, self.check),
        }
    }
}

/// The name among `known` that a mistyped one probably means.
pub fn suggestion<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(given, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.len().min(given.len()) / 4)
        .min()
        .map(|(_, name)| name)
}

/// `; did you mean "x"?`, or nothing.
fn did_you_mean<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    suggestion(given, known).map(|name| format!("; did you mean \"{name}\"?")).unwrap_or_default()
}
