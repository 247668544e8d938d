//! A body and a source's labels in, the values that stand behind the labels out.
//!
//! A label stands at the beginning of a line, and its value behind a colon; or, where nothing is
//! behind it, on the next line, unless that begins with a label itself. A form that a board has put
//! on one line is cut at the labels that the source knows, [`Labels::other`] among them; if what made
//! it one took the colons as well, labels are known by their number and by what sticks to them:
//! `Job TitleArchivist Name of EmployerElm Library Salary Range$50,000`.

mod target;

use std::cell::LazyCell;

use crate::config::{Labels, Names};
use crate::link;
use crate::parse::Entry;
use crate::posting::Field;
use crate::text::{squash, summary};

/// Characters of a value that are kept: what is longer is a paragraph.
const LONGEST: usize = 300;

/// Words of a label that no setting names, at most: `Hours per week:`.
const LABEL_WORDS: usize = 5;

/// Labels of one line without colons that make it a form, at the least, and those of them to which a
/// value sticks.
const FORM: usize = 3;
const STUCK: usize = 2;

/// A value, and the label that it stood behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    pub field: Field,
    pub label: String,
    pub value: String,
}

/// The values that the text has behind labels of the source, the first of each field.
pub fn find(labels: &Labels, text: &str) -> Vec<Labelled> {
    let known = known(labels);
    let mut found: Vec<Labelled> = Vec::new();
    if known.iter().all(|(field, _)| field.is_none()) {
        return found;
    }
    let lines: Vec<String> = text.lines().map(squash).filter(|line| !line.is_empty()).collect();
    for (number, line) in lines.iter().enumerate() {
        let Some(first) = begins(line, &known) else { continue };
        let next = LazyCell::new(|| lines.get(number + 1).filter(|next| !is_labelled(next, &known)));
        for (field, label, value) in values(line, first, &known) {
            let Some(field) = field.filter(|field| found.iter().all(|f| f.field != *field)) else { continue };
            let value = if value.is_empty() { next.map_or("", String::as_str) } else { value };
            if fits(field, value) {
                found.push(Labelled { field, label: label.into(), value: summary(value, LONGEST) });
            }
        }
    }
    found
}

/// The text with each label of a form without colons on a line of its own, before a colon, so that other
/// facts can be read from it; as it was if it holds no such form.
pub fn unstick(labels: &Labels, text: String) -> String {
    let known = known(labels);
    if known.iter().all(|(field, _)| field.is_none()) || !text.lines().any(|line| is_form(line, &known)) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for line in text.lines() {
        match begins(line, &known) {
            Some(first) if !colon_before(line, first.2) && is_form(line, &known) => {
                for (_, label, value) in values(line, first, &known) {
                    out.extend([label, ": ", value, "\n"]);
                }
            }
            _ => out.extend([line, "\n"]),
        }
    }
    out
}

/// Gives labels whose value is a link in the markup that `found` was read from its target, which its
/// text need not show. A link to `own`, the posting's page, says no more than that.
pub fn follow(labels: &Labels, markup: &str, own: Option<&str>, found: &mut Vec<Labelled>) {
    for (field, names) in [(Field::Url, &labels.url), (Field::ApplyUrl, &labels.apply)] {
        let target = names.0.iter().find_map(|name| Some((name, target::target(markup, name_of(name))?)));
        let Some((label, value)) = target.filter(|(_, to)| Some(to.as_str()) != own && fits(field, to))
        else {
            continue;
        };
        found.retain(|one| one.field != field);
        found.push(Labelled { field, label: name_of(label).into(), value });
    }
}

/// Gives the entry what labels of its text say and it does not, and keeps what it took in `found`.
/// The title stays as it is, for an entry always has one: who reads its line decides between the two.
pub fn fill(entry: &mut Entry, found: &mut Vec<Labelled>) {
    found.retain(|one| {
        let slot = match one.field {
            Field::Employer => &mut entry.employer,
            Field::Places => &mut entry.place,
            Field::Url => &mut entry.url,
            Field::ApplyUrl => &mut entry.apply,
            Field::Closing => &mut entry.closing,
            Field::Salary => &mut entry.salary,
            Field::EmploymentTypes => &mut entry.employment,
            _ => return true,
        };
        let stated = slot.as_ref().is_some_and(|stated| !stated.trim().is_empty());
        if !stated {
            *slot = Some(one.value.clone());
        }
        !stated
    });
}

/// All labels with the field that each gives, the longest first, so that `Salary Range` is not
/// `Salary`.
fn known(labels: &Labels) -> Vec<(Option<Field>, &str)> {
    let fields: [(Option<Field>, &Names); 9] = [
        (Some(Field::Title), &labels.title),
        (Some(Field::Employer), &labels.employer),
        (Some(Field::Places), &labels.place),
        (Some(Field::Url), &labels.url),
        (Some(Field::ApplyUrl), &labels.apply),
        (Some(Field::Closing), &labels.closing),
        (Some(Field::Salary), &labels.salary),
        (Some(Field::EmploymentTypes), &labels.employment),
        (None, &labels.other),
    ];
    let all = fields.into_iter().flat_map(|(field, names)| names.0.iter().map(move |name| (field, name)));
    let mut all: Vec<_> = all.map(|(field, name)| (field, name_of(name))).collect();
    all.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
    all
}

/// A label without the colon that an operator may have written behind it.
fn name_of(label: &str) -> &str {
    label.trim().trim_end_matches(':').trim_end()
}

/// A label in a line: which, and where its value begins.
type Found<'a> = (Option<Field>, &'a str, usize);

/// The label that the line begins with: before a colon, alone as a heading is, or as the first of a form
/// whose colons are gone.
fn begins<'a>(line: &str, known: &[(Option<Field>, &'a str)]) -> Option<Found<'a>> {
    let mark = |c: char| matches!(c, '*' | '•' | '-' | '–' | '#') || c.is_whitespace();
    let start = line.len() - line.trim_start_matches(mark).len();
    known.iter().find_map(|(field, label)| {
        let rest = after(line.get(start..)?, label)?;
        let behind = rest.trim_start();
        let colon = behind.strip_prefix([':', '：']);
        let alone = behind.trim_matches(['*', '?']).is_empty();
        let form = || is_form(&line[start..], known).then_some(rest);
        let value = colon.or(alone.then_some("")).or_else(form)?;
        Some((*field, *label, line.len() - value.len()))
    })
}

/// What follows the label at the beginning of a text, in any case.
fn after<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    let head = text.get(..label.len())?;
    let same = head.eq_ignore_ascii_case(label) || head.to_lowercase() == label.to_lowercase();
    same.then(|| &text[label.len()..])
}

/// Whether a line holds several labels in the letters that the settings have, and to some of them,
/// as to no word of a sentence, something sticks.
fn is_form(line: &str, known: &[(Option<Field>, &str)]) -> bool {
    let mut seen: Vec<&str> = Vec::new();
    let mut stuck = 0;
    for at in starts(line) {
        let Some((label, rest)) = known.iter().find_map(|(_, l)| Some((*l, line[at..].strip_prefix(l)?)))
        else {
            continue;
        };
        if !seen.contains(&label) {
            seen.push(label);
            let sticks = |c: char| !c.is_lowercase() && (c.is_alphanumeric() || matches!(c, '$' | '£' | '€'));
            stuck += usize::from(rest.starts_with(sticks));
        }
        if seen.len() >= FORM && stuck >= STUCK {
            return true;
        }
    }
    false
}

fn colon_before(line: &str, at: usize) -> bool {
    line[..at].trim_end().ends_with([':', '：'])
}

/// Where a label can begin in a line: at its begin, and behind each space.
fn starts(line: &str) -> impl Iterator<Item = usize> {
    let spaces = line.bytes().enumerate().filter(|(_, byte)| *byte == b' ').map(|(at, _)| at + 1);
    std::iter::once(0).chain(spaces).filter(|at| *at < line.len())
}

/// The values of a line that begins with a label: each ends where the next known one begins.
fn values<'a, 'l>(
    line: &'l str,
    first: Found<'a>,
    known: &[(Option<Field>, &'a str)],
) -> Vec<(Option<Field>, &'a str, &'l str)> {
    let mut out = Vec::new();
    let (mut field, mut label, mut begin) = first;
    let form = !colon_before(line, begin);
    for at in starts(line).filter(|at| *at > 0) {
        if at < begin {
            continue;
        }
        let next = known.iter().find_map(|(field, label)| {
            let colon = || after(&line[at..], label)?.trim_start().strip_prefix(':');
            let value = if form { line[at..].strip_prefix(label) } else { colon() }?;
            Some((*field, *label, line.len() - value.len()))
        });
        if let Some(next) = next {
            out.push((field, label, bare(&line[begin..at])));
            (field, label, begin) = next;
        }
    }
    out.push((field, label, bare(&line[begin..])));
    out
}

/// A value without the marks of bold type that Markdown leaves around it.
fn bare(value: &str) -> &str {
    value.trim_matches(|c: char| c.is_whitespace() || c == '*')
}

/// Whether a line is a label with or without its value, known or not.
fn is_labelled(line: &str, known: &[(Option<Field>, &str)]) -> bool {
    let short = |(front, value): (&str, &str)| {
        !front.is_empty() && front.split(' ').count() <= LABEL_WORDS && !value.starts_with("//")
    };
    begins(line, known).is_some() || line.split_once(':').is_some_and(short)
}

/// Whether a value can be one of the field: an address where one is meant, no paragraph for a name.
fn fits(field: Field, value: &str) -> bool {
    match field {
        Field::Url => !link::links(value).is_empty(),
        Field::ApplyUrl => !link::links(value).is_empty() || !link::emails(value).is_empty(),
        Field::Title | Field::Employer => value.contains(char::is_alphanumeric) && value.len() <= LONGEST,
        _ => value.contains(char::is_alphanumeric),
    }
}
