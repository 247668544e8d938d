//! A pattern and a line in, the likeliest way to read the line by it out.
//!
//! Where the text between two fields stands at several places of the line, every way to read it is
//! scored, and the best is taken; of equals, the one with the shorter employer, then place.
//!
//! | what | points |
//! |---|---|
//! | employer | its [`affinity`]: 3 for each segment headed by an employer's word, -3 by a job's |
//! | employer that every institution has (`University Libraries`) | its affinity, then -6 |
//! | title | its affinity, negated |
//! | title that is a bare leader (`Director`) before an employer of several segments | -7: what follows is what is led |
//! | place | 2 if it ends as places do, -3 for each segment that looks like a job |
//!
//! A segment is what stands between commas, colons and dashes, and between the pattern's own words
//! (`at`). A reading is refused if a field is
//! empty or overlong, the city has a comma, the region or country is none, the salary has no figure
//! and no word of pay, parentheses do not pair, the employer is only a legal form (`Inc.`), or the
//! place looks like an employer, a job or an acronym.

use std::borrow::Cow;

use crate::config::pattern::{Pattern, PatternField, PatternPart};
use crate::text::find_byte;

use super::Parts;
use super::looks::{
    affinity, ends_place, is_bare_leader, is_generic, is_place, lowered, segments, tokens,
    without_parentheses,
};
use super::words;

/// Longest values in bytes: what is longer is a paragraph, not a field.
const LONGEST_NAME: usize = 200;
const LONGEST_PLACE: usize = 120;
const LONGEST_TITLE: usize = 300;

/// Places of one separator that are tried, and readings of a line, at most.
const PLACES: usize = 12;
const READINGS: usize = 200;

/// One reading: the piece of the line that each field of the pattern got.
type Reading<'a> = Vec<(PatternField, &'a str)>;

/// The best reading of `line` (squashed) by `pattern`, with its score.
pub fn read(pattern: &Pattern, line: &str, loose: bool) -> Option<(i32, Parts)> {
    let mut readings = Vec::new();
    extend(&pattern.parts, line, loose, &mut Vec::new(), &mut readings);
    if readings.is_empty() {
        return None;
    }
    // A line that was cut short has a parenthesis open; then its pieces may have one.
    let whole = is_paired(line);
    let words = separating_words(pattern);
    let best = readings
        .into_iter()
        .filter_map(|reading| Some((score(&reading, &words, whole)?, reading)))
        .max_by_key(|(score, reading)| {
            let length = |field| value(reading, field).map_or(0, str::len);
            (*score, std::cmp::Reverse((length(PatternField::Employer), length(PatternField::Place))))
        });
    best.map(|(score, reading)| (score, parts(pattern, &reading)))
}

/// Reads what is left of the pattern in what is left of the line, in every way.
fn extend<'a>(
    rest: &[PatternPart],
    line: &'a str,
    loose: bool,
    so_far: &mut Reading<'a>,
    out: &mut Vec<Reading<'a>>,
) {
    if out.len() >= READINGS {
        return;
    }
    match rest {
        [] => {
            if line.trim().is_empty() {
                out.push(so_far.clone());
            }
        }
        [PatternPart::Text(text), rest @ ..] => {
            let text = separator(text);
            if let Some(length) = begins(line, text.trim_start(), loose) {
                extend(rest, &line[length..], loose, so_far, out);
            }
        }
        [PatternPart::Field(field)] => with(*field, line, so_far, |so_far| out.push(so_far.clone())),
        [PatternPart::Field(field), PatternPart::Text(text), rest @ ..] => {
            let text = separator(text);
            let places = places(line, &text, rest.is_empty(), loose);
            for (at, length) in places {
                with(*field, &line[..at], so_far, |so_far| {
                    extend(rest, &line[at + length..], loose, so_far, out)
                });
            }
        }
        // Two fields in a row cannot be told apart; `Pattern` refuses them.
        [PatternPart::Field(_), ..] => {}
    }
}

fn with<'a>(
    field: PatternField,
    value: &'a str,
    so_far: &mut Reading<'a>,
    then: impl FnOnce(&mut Reading<'a>),
) {
    so_far.push((field, value.trim()));
    then(so_far);
    so_far.pop();
}

/// The text between fields with its white space squashed, a space at either end kept.
fn separator(text: &str) -> Cow<'_, str> {
    // Nearly all are squashed as they are.
    if text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) && !text.contains("  ") {
        return Cow::Borrowed(text);
    }
    let squashed = crate::text::squash(text);
    let start = if text.starts_with(char::is_whitespace) { " " } else { "" };
    let end = if text.ends_with(char::is_whitespace) && !squashed.is_empty() { " " } else { "" };
    Cow::Owned(format!("{start}{squashed}{end}"))
}

/// Where `text` stands in `line`, with its length there; only at the end if nothing may follow.
fn places(line: &str, text: &str, last: bool, loose: bool) -> Vec<(usize, usize)> {
    let free = |(at, length): &(usize, usize)| !last || line[at + length..].trim().is_empty();
    let mut all: Vec<_> = match text.as_bytes() {
        // A byte of ASCII is a character, which no other begins or ends with.
        [_, ..] if text.is_ascii() && !(loose && text.contains('-')) => {
            let text = text.as_bytes();
            // A space stands before each word; what is between the spaces is rare.
            let rare = text.iter().position(|byte| *byte != b' ').unwrap_or(0);
            if find_byte(line.as_bytes(), |byte| byte.eq_ignore_ascii_case(&text[rare])).is_none() {
                return Vec::new();
            }
            let stands =
                |here: &[u8]| here[rare].eq_ignore_ascii_case(&text[rare]) && here.eq_ignore_ascii_case(text);
            let windows = line.as_bytes().windows(text.len()).enumerate();
            windows.filter(|(_, here)| stands(here)).map(|(at, _)| (at, text.len())).filter(free).collect()
        }
        _ => line
            .char_indices()
            .filter_map(|(at, _)| Some((at, begins(&line[at..], text, loose)?)))
            .filter(free)
            .collect(),
    };
    // A line with more separators than that is a list; its ends are likelier than its middle.
    if all.len() > PLACES {
        all.drain(PLACES / 2..all.len() - PLACES / 2);
    }
    all
}

/// The length of `text` at the start of `line`, in any case; a `loose` dash is any dash.
fn begins(line: &str, text: &str, loose: bool) -> Option<usize> {
    let dash = |c: char| matches!(c, '-' | '–' | '—');
    let mut ours = line.chars();
    for wanted in text.chars() {
        let c = ours.next()?;
        if c != wanted && !c.eq_ignore_ascii_case(&wanted) && !(loose && dash(c) && dash(wanted)) {
            return None;
        }
    }
    Some(line.len() - ours.as_str().len())
}

fn value<'a>(reading: &Reading<'a>, wanted: PatternField) -> Option<&'a str> {
    reading.iter().find(|(field, _)| *field == wanted).map(|(_, value)| *value)
}

/// The texts between fields that are words, ` at `: they part segments as a comma does.
fn separating_words(pattern: &Pattern) -> Vec<Cow<'_, str>> {
    let texts = pattern.parts.iter().filter_map(|part| match part {
        PatternPart::Text(text) => Some(separator(text)),
        PatternPart::Field(_) => None,
    });
    texts.filter(|text| text.contains(char::is_alphabetic)).collect()
}

fn score(reading: &Reading<'_>, words: &[Cow<'_, str>], whole: bool) -> Option<i32> {
    let mut sum = 0;
    for (field, piece) in reading {
        if whole && !is_paired(piece) {
            return None;
        }
        let split = words.iter().fold(Cow::Borrowed(*piece), |piece, word| {
            if piece.contains(word.as_ref()) { Cow::Owned(piece.replace(word.as_ref(), ", ")) } else { piece }
        });
        let piece = split.as_ref();
        sum += match field {
            PatternField::Title => {
                title_score(piece, value(reading, PatternField::Employer).unwrap_or_default())?
            }
            PatternField::Employer => employer_score(piece)?,
            PatternField::Place => place_score(piece)?,
            PatternField::City => place_score(piece).filter(|_| !piece.contains(','))?,
            PatternField::Region | PatternField::Country => ends_place(piece).then_some(2)?,
            PatternField::Salary => is_salary(piece).then_some(0)?,
            PatternField::Closing | PatternField::Skip => 0,
        };
    }
    Some(sum)
}

fn title_score(piece: &str, employer: &str) -> Option<i32> {
    if !piece.contains(char::is_alphabetic) || piece.len() > LONGEST_TITLE {
        return None;
    }
    let bare = segments(&without_parentheses(employer)).nth(1).is_some() && is_bare_leader(piece);
    Some(-affinity(piece) - if bare { 7 } else { 0 })
}

fn employer_score(piece: &str) -> Option<i32> {
    // Or if there is no word.
    let legal = tokens(&lowered(piece)).all(words::is_legal_form);
    if legal || piece.len() > LONGEST_NAME {
        return None;
    }
    Some(affinity(piece) - if is_generic(piece) { 6 } else { 0 })
}

fn place_score(piece: &str) -> Option<i32> {
    let like = is_place(piece);
    let acronym =
        piece.chars().filter(|c| c.is_uppercase()).count() >= 3 && !piece.chars().any(char::is_lowercase);
    let affinity = affinity(piece);
    if piece.is_empty() || piece.len() > LONGEST_PLACE {
        return None;
    }
    if !like && (acronym || affinity > 1 || affinity <= -3) {
        return None;
    }
    let job_in_place = affinity <= -3 && !piece.to_lowercase().contains("remote");
    (!job_in_place).then_some(if like { 2 } else { 0 } + affinity.min(0))
}

/// Whether a piece speaks of pay: it has a figure, or words that boards put in its stead.
fn is_salary(piece: &str) -> bool {
    const WORDS: [&str; 7] =
        ["salary", "competitive", "commensurate", "negotiable", "specified", "wage", "unpaid"];
    let lower = piece.to_lowercase();
    piece.len() <= LONGEST_PLACE
        && (piece.bytes().any(|b| b.is_ascii_digit()) || WORDS.iter().any(|word| lower.contains(word)))
}

/// Whether every parenthesis closes, in order.
fn is_paired(piece: &str) -> bool {
    let mut depth = 0_i32;
    for byte in piece.bytes() {
        depth += match byte {
            b'(' => 1,
            b')' => -1,
            _ => 0,
        };
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

fn parts(pattern: &Pattern, reading: &Reading<'_>) -> Parts {
    let owned = |field| value(reading, field).filter(|v| !v.is_empty()).map(str::to_owned);
    let town = [PatternField::City, PatternField::Region, PatternField::Country].map(owned);
    let town: Vec<_> = town.into_iter().flatten().collect();
    Parts {
        title: owned(PatternField::Title),
        employer: owned(PatternField::Employer),
        place: owned(PatternField::Place).or_else(|| (!town.is_empty()).then(|| town.join(", "))),
        salary: owned(PatternField::Salary),
        closing: owned(PatternField::Closing),
        open_place: false,
        rule: pattern.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

        /// Bytes find the same places as characters do.
        #[test]
        fn separators_are_found_in_any_case(
            pieces in vec(select(vec![" ", "-", "–", " At ", " aT", "at ", "|", "é", "x", "\u{212A}", ","]), 0..12),
            text in select(vec![" - ", " at ", " | ", ",", "-", " – ", "k", "é"]),
            loose in any::<bool>(),
        ) {
            let line = pieces.concat();
            let places_of_chars: Vec<_> = line
                .char_indices()
                .filter_map(|(at, _)| Some((at, begins(&line[at..], text, loose)?)))
                .collect();
            prop_assume!(places_of_chars.len() <= PLACES);
            prop_assert_eq!(places(&line, text, false, loose), places_of_chars);
        }
    }
}
