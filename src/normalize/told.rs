//! Running text in, the place that one of its lines tells by itself, out.
//!
//! Where a board states no place and no setting tells where one stands, advertisements do: a line under a
//! label (`Lieu de travail : Lyon`), a first line that is a place and no more (`Belfast. £12.85 per hour`),
//! or words of where the work is (`based at our Bradford campus`). Towns that nothing else speaks for
//! count only in the country where they are looked for, and with their whole name.

use std::sync::LazyLock;

use regex::Regex;

use crate::posting::Place;
use crate::text::fold;

use super::cue::compile;
use super::cue::phrases::Phrases;
use super::place::{self, Hint};
use super::title::looks::affinity;

/// Labels of a place, folded.
const LABELS: [&str; 36] = [
    "location",
    "job location",
    "work location",
    "job site",
    "job site location",
    "place",
    "place of work",
    "place of employment",
    "workplace",
    "work site",
    "worksite",
    "duty station",
    "duty location",
    "office location",
    "campus",
    "site",
    "town",
    "city",
    "based",
    "based in",
    "based at",
    "lieu",
    "lieu de travail",
    "lieu d affectation",
    "lieu du poste",
    "lieu de la mission",
    "localisation",
    "ort",
    "arbeitsort",
    "einsatzort",
    "dienstort",
    "standort",
    "lugar",
    "lugar de trabajo",
    "localidad",
    "ubicacion",
];

/// Lines that are looked at for labels, and at the beginning for a place alone.
const LINES: usize = 80;
const HEAD: usize = 3;

/// Characters of a value or of a place alone, at most.
const LONGEST: usize = 90;

/// Towns that begin sentences as other words.
const WORDS: [&str; 16] = [
    "reading", "bath", "nice", "deal", "sale", "mobile", "orange", "wells", "rugby", "lead", "hull", "law",
    "eye", "street", "ware", "best",
];

/// The place behind a label, the first that is one and not the employer.
pub fn labelled(text: &str, employer: Option<&str>, hint: &Hint) -> Vec<Place> {
    let employer = employer.map(fold);
    let is_employer = |place: &Place| place.city.as_deref().map(fold) == employer;
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(LINES);
    lines
        .filter_map(value)
        .map(|value| whole(value, hint))
        .find(|found| !found.is_empty() && !found.iter().any(is_employer))
        .unwrap_or_default()
}

/// The value behind a label of a place: `Lleoliad / Location: Aberystwyth`.
fn value(line: &str) -> Option<&str> {
    let (label, value) = line.split_once([':', '：'])?;
    let label = bare(label);
    let named = |label: &str| label.len() <= 40 && LABELS.contains(&fold(label).as_str());
    (named(label) || label.split('/').any(|one| named(one.trim()))).then(|| sentence(value))
}

/// The place of a first line, or of words that tell where the work is.
pub fn beside(text: &str, hint: &Hint) -> Vec<Place> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(HEAD);
    let alone = lines.find_map(|line| {
        let words = bare(line);
        let of = |words: &str| Some(whole(words, hint)).filter(|found| !found.is_empty());
        let told = |words: &&str| hint.country.is_some() || words.contains([',', '(']) || ends_marked(words);
        alone(words).filter(told).and_then(of).or_else(|| last(words, hint).and_then(of))
    });
    alone.or_else(|| based(text, hint)).unwrap_or_default()
}

/// A line without the marks of lists and bold type.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '•' | '-' | '–' | '#'))
}

/// Whether words end with what may be a state's abbreviation: `Adelaide SA`.
fn ends_marked(words: &str) -> bool {
    let last = words.rsplit(' ').next().unwrap_or_default();
    (2..=3).contains(&last.len()) && last.bytes().all(|b| b.is_ascii_uppercase()) && last.len() < words.len()
}

/// What stands behind the last comma of a line that begins with the job, or what names its state there.
fn last<'l>(line: &'l str, hint: &Hint) -> Option<&'l str> {
    let (front, last) = line.rsplit_once(", ").filter(|_| line.len() <= LONGEST)?;
    let name = ["à ", "in ", "en ", "at "].iter().find_map(|small| last.strip_prefix(small)).unwrap_or(last);
    let marked = ends_marked(name) || name.ends_with(')');
    let job = hint.country.is_some() && affinity(front) < 0 && !WORDS.contains(&fold(name).as_str());
    (name.starts_with(char::is_uppercase) && (marked || job)).then_some(name)
}

/// What a line begins with, if it can be a place and no more.
fn alone(line: &str) -> Option<&str> {
    let words = sentence(line);
    let words = words.split(" (").next().filter(|front| front.len() + 30 < words.len()).unwrap_or(words);
    let first = words.split(',').next().unwrap_or_default();
    let capital = first.starts_with(char::is_uppercase) && first.split(' ').count() <= 4;
    let lone = first.len() < words.len() && WORDS.contains(&fold(first).as_str());
    (capital && !lone && affinity(words) == 0).then_some(words)
}

/// The text up to the end of its sentence or item, short of the next. `St. Albans` goes on.
fn sentence(text: &str) -> &str {
    let text = text.split([';', '•', '|', '·', '\t']).next().unwrap_or_default();
    let ends = text.match_indices(". ").map(|(at, _)| at);
    let word = |at: usize| text[..at].chars().rev().take_while(|c| c.is_alphanumeric()).count();
    let end =
        ends.into_iter().find(|at| word(*at) > 3 || text[..*at].ends_with(|c: char| c.is_ascii_digit()));
    text[..end.unwrap_or(text.len())].trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '*'))
}

/// The places that words are from end to end: each with its town, which the words begin with or which
/// another language calls otherwise (`Wien`), and of a list of words the first alone if the others are none.
fn whole(words: &str, hint: &Hint) -> Vec<Place> {
    if words.is_empty() || words.len() > LONGEST {
        return Vec::new();
    }
    let first = words.split(',').next().unwrap_or_default();
    let all = || place::read(words, hint);
    let town = |found: &Vec<Place>| !found.is_empty() && found.iter().all(|place| place.city.is_some());
    let begins = |found: &Vec<Place>| {
        found
            .iter()
            .any(|place| place.city.as_deref().is_some_and(|city| fold(words).starts_with(&fold(city))))
    };
    let found = all();
    if town(&found) && begins(&found) {
        return found;
    }
    let lone = place::read(first, hint);
    let home = |found: &Vec<Place>| hint.country.is_none_or(|home| found[0].country.as_deref() == Some(home));
    let short = first.split(' ').count() <= 3;
    if town(&lone) && short && home(&lone) && (begins(&lone) || first.len() == words.len()) {
        return lone;
    }
    Vec::new()
}

/// `based in Leeds`, `at our Bradford campus`, `Manchester office`, `in the heart of London`.
fn based(text: &str, hint: &Hint) -> Option<Vec<Place>> {
    static SAYS: Phrases = Phrases::new(&["based", "located", "campus", "office", "heart of", "centre of"]);
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"\b(?:[Bb]ased|[Ll]ocated|work(?:ing)? from) (?:in|at|from) (?:our |the |central )?((?:\p{Lu}[\w'’-]+ ){0,2}\p{Lu}[\w'’-]+)|\b(?:heart|cent(?:re|er)) of ((?:\p{Lu}[\w'’-]+ ){0,2}\p{Lu}[\w'’-]+)|(?:^|[,\n] ?|\b(?:our|the) )((?:\p{Lu}[\w'’-]+ ){0,2}\p{Lu}[\w'’-]+) (?:office|campus)\b",
        )
    });
    if !SAYS.lie_in(text) {
        return None;
    }
    let names = WORDS.captures_iter(text).take(8);
    names.filter_map(|found| found.iter().skip(1).flatten().next()).find_map(|name| {
        let name = name.as_str();
        let found = place::read(name, hint);
        let [place] = &found[..] else { return None };
        let whole = place.city.as_deref().is_some_and(|city| fold(city) == fold(name));
        let home = hint.country.is_some() && hint.country == place.country.as_deref();
        let seat = hint.employer.is_none() || hint.employer == place.region.as_deref();
        (whole && home && seat && affinity(name) == 0).then_some(found)
    })
}
