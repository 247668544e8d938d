//! The words of pay in, figures, currency and unit out.
//!
//! A figure is pay if a currency, a period or a word of pay stands beside it; hours, percentages,
//! grades, years and bonuses are not. Where several ranks or rates are given the whole span counts.
//! Two weeks' pay is halved, because the schema knows weeks and months but no fortnights.

mod currency;
mod figure;
mod words;

use crate::posting::{Salary, SalaryUnit};
use crate::text::summary;

use super::cue::{ahead, before, line_before};
use figure::{Figure, figures};
use words::{Limit, Period};

/// Pay beyond this is a budget, an endowment or a number of another kind.
const MOST: f64 = 1_500_000.0;

/// Pay that differs more than this within one posting is for different things.
const WIDEST_SPAN: f64 = 4.0;

/// The words that are kept as the source's.
const RAW_CHARS: usize = 200;

/// A field of this many bytes states pay and nothing else, so that a bare number is pay.
const SHORT_FIELD: usize = 80;

/// In running text, figures farther apart than this are of different matters.
const SAME_PASSAGE: usize = 240;

/// Reads the field of a source that states pay; also a passage of its text under such a heading.
///
/// `country` is the posting's (ISO 3166-1), which decides what `$` and a missing currency mean.
/// Answers with the source's words, at most 200 characters of them.
pub fn read(text: &str, country: Option<&str>) -> Option<(Salary, String)> {
    let wordless = !text.contains(char::is_alphabetic);
    let groups = groups(text, country, wordless, |figure| is_stated(text, wordless, figure));
    combine(&groups, country, text.len()).map(|(salary, start, end)| {
        let raw = if text.chars().count() <= RAW_CHARS { text } else { passage(text, start, end) };
        (salary, summary(raw, RAW_CHARS))
    })
}

/// Finds pay in running text. A figure there needs a currency and a word of pay before it, or a
/// period after it (`$18/hr`).
pub fn find(text: &str, country: Option<&str>) -> Option<(Salary, String)> {
    let groups = groups(text, country, false, |figure| is_found(text, figure));
    combine(&groups, country, SAME_PASSAGE)
        .map(|(salary, start, end)| (salary, summary(passage(text, start, end), RAW_CHARS)))
}

/// The words that pay was read from, with those before it in its sentence.
fn passage(text: &str, start: usize, end: usize) -> &str {
    text[start - before(text, start, 60).len()..end].trim()
}

/// One figure or range.
#[derive(Debug, Clone, Copy)]
struct Group {
    min: Option<f64>,
    max: Option<f64>,
    currency: Option<&'static str>,
    unit: SalaryUnit,
    start: usize,
    end: usize,
    /// Another way to put the pay: what it comes to for fewer hours.
    aside: bool,
}

impl Group {
    fn largest(&self) -> f64 {
        self.max.or(self.min).unwrap_or_default()
    }

    fn smallest(&self) -> f64 {
        self.min.or(self.max).unwrap_or_default()
    }
}

/// Whether a figure in a field of pay is money.
fn is_stated(text: &str, wordless: bool, figure: &Figure) -> bool {
    if figure.is_marked() {
        return true;
    }
    let near = before(text, figure.start, 60);
    let short = text.len() <= SHORT_FIELD;
    if figure.value >= 10_000.0 {
        return short || figure.period.is_some() || words::speaks_of_pay(near, false);
    }
    match figure.unit() {
        Some(SalaryUnit::Hour) => (5.0..=200.0).contains(&figure.value),
        Some(SalaryUnit::Total) => figure.value >= 200.0,
        Some(_) => figure.value >= 1_000.0,
        None if figure.decade => words::decade_share(near).is_some(),
        // "20.13", "25-30": nothing else can be meant where the field holds no word.
        None => wordless && (5.0..200.0).contains(&figure.value),
    }
}

/// Pay of a year below this is a benefit's worth.
const LEAST_YEARLY: f64 = 4_000.0;

/// Pay without a period is not less: it would be an hour's.
const LEAST_HOURLY: f64 = 5.0;

/// Whether a figure in running text is pay.
fn is_found(text: &str, figure: &Figure) -> bool {
    let sized = match figure.unit() {
        Some(SalaryUnit::Hour) => (5.0..=200.0).contains(&figure.value),
        _ => figure.value >= 10_000.0 && (!figure.plain || figure.thousands || figure.period.is_some()),
    };
    let little = match figure.unit() {
        Some(SalaryUnit::Year) => figure.value < LEAST_YEARLY && !figure.thousands,
        None => figure.value < LEAST_HOURLY && !figure.thousands,
        Some(_) => false,
    };
    if !(sized || figure.is_marked()) || little {
        return false;
    }
    let near = before(text, figure.start, 80);
    let surely = !figure.is_marked() && figure.period.is_none();
    let from = figure.start - near.len();
    let decimal = figure.value < 200.0 && !figure.plain;
    let bare = figure.is_marked() && (figure.value >= 10_000.0 || decimal);
    let said = (figure.is_marked() && figure.period.is_some())
        || bare && words::is_bare_range(near, ahead(text, figure.digits_end, 40))
        || words::speaks_of_pay(near, surely)
        || above(text, from).is_some_and(|words| words::speaks_of_pay(words, surely));
    said && !words::speaks_of_budget(near)
}

/// The words that the sentence or line which begins at `start` stands under.
fn above(text: &str, start: usize) -> Option<&str> {
    let line = start - line_before(text, start, HEADING_BYTES).len();
    clause(text, start).or_else(|| heading(text, line))
}

/// The words before a semicolon, behind which `start` is: `commensurate with experience; minimum $50,000`.
fn clause(text: &str, start: usize) -> Option<&str> {
    let end = text[..start].strip_suffix(';')?.len();
    Some(before(text, end, HEADING_BYTES))
}

/// A line above is a heading if it is not longer, in bytes.
const HEADING_BYTES: usize = 40;

/// The heading above the line that begins at `start`, over at most one short line between.
fn heading(text: &str, start: usize) -> Option<&str> {
    let above = text[..start].strip_suffix('\n')?;
    let short = |lines: &str| {
        let line = &lines[lines.ceil_char_boundary(lines.len().saturating_sub(HEADING_BYTES))..];
        line.rfind('\n')
            .map(|at| at + 1)
            .or((line.len() == lines.len()).then_some(0))
            .map(|at| line.len() - at)
    };
    let first = short(above)?;
    let between = above.len() - first;
    let second = above[..between].strip_suffix('\n').and_then(short).map_or(0, |length| length + 1);
    Some(&above[between - second..])
}

/// More bytes than this between two figures make no range of them.
const JOINT_BYTES: usize = 16;

/// The figures and ranges of a text that are pay. `wordless`: the text has no letters.
fn groups(text: &str, country: Option<&str>, wordless: bool, is_pay: impl Fn(&Figure) -> bool) -> Vec<Group> {
    let figures = figures(text, country);
    let mut out = Vec::new();
    let (mut at, mut free) = (0, 0);
    while let Some(first) = figures.get(at) {
        at += 1;
        let near = figures.get(at).filter(|second| second.start.saturating_sub(first.end) <= JOINT_BYTES);
        // Most numbers of a text are small and stand alone: years of experience, hours, grades.
        let bare = !first.is_marked() && first.period.is_none() && !first.decade && first.value < 1_000.0;
        if bare && near.is_none() && !wordless {
            continue;
        }
        let (first_pays, near_pays) = (is_pay(first), near.is_some_and(&is_pay));
        if !(first_pays || near_pays) || !is_usable(text, first) {
            continue;
        }
        let second = near.filter(|second| {
            text.get(first.end..second.start).is_some_and(words::joins)
                && is_usable(text, second)
                && agree(first, second)
        });
        if !(first_pays || second.is_some() && near_pays) {
            continue;
        }
        at += usize::from(second.is_some());
        out.extend(group(text, free, first, second, country));
        free = second.unwrap_or(first).end;
    }
    out
}

/// Whether a figure can be money at all: of a sane size, and not a number of hours or books.
fn is_usable(text: &str, figure: &Figure) -> bool {
    let surely = figure.is_marked() || figure.period.is_some();
    // "$1.00" stands where a system wants a figure.
    figure.value > 1.0
        && figure.value <= MOST
        && (surely || !words::counts_things(ahead(text, figure.digits_end, 24)))
}

/// Whether two joined figures can be the ends of one range: `70-$90K`, `80-85,000`, `$12-25`.
fn agree(first: &Figure, second: &Figure) -> bool {
    let low = in_thousands(first, second);
    second.value >= low * 0.5 && second.value <= low * 10.0
}

/// The first figure of a range in the measure of the second: the 80 of `80-85,000`.
fn in_thousands(first: &Figure, second: &Figure) -> f64 {
    let short = first.value < 1_000.0 && !first.thousands;
    if short && (second.thousands || second.value >= 10_000.0) { first.value * 1000.0 } else { first.value }
}

/// One group of a figure or of the two ends of a range; `None` if it is other money. `free`: where the
/// group before it ends, whose words are not of this one.
fn group(
    text: &str,
    free: usize,
    first: &Figure,
    second: Option<&Figure>,
    country: Option<&str>,
) -> Option<Group> {
    let last = second.unwrap_or(first);
    let near = before(text, first.start, 60);
    let own = &near[near.len() - near.len().min(first.start - free)..];
    let after = ahead(text, last.digits_end, 40);
    let marked = first.is_marked() || last.is_marked();
    // "$12.50 per month" is a fee's or a benefit's.
    let tiny = |period: Period| period.unit == SalaryUnit::Month && last.value.max(first.value) < 200.0;
    if words::is_not_pay(own, after, marked) || last.period.is_some_and(tiny) && marked {
        return None;
    }
    let (mut low, mut high) = match second {
        Some(second) => (in_thousands(first, second), in_thousands(second, first)),
        None => (first.value, first.value),
    };
    low = decade(low, first, near);
    high = if second.is_some() { decade(high, last, &text[first.end..last.start]) } else { low };
    let sized = |value: f64| match value {
        v if v < 200.0 => SalaryUnit::Hour,
        v if v > 10_000.0 => SalaryUnit::Year,
        _ if country.is_some_and(|c| currency::of_country(Some(c)) == "EUR") => SalaryUnit::Month,
        _ => SalaryUnit::Total,
    };
    let stated = last.period.or(first.period).or_else(|| words::period_before(near));
    let period = stated
        .filter(|period| is_possible(*period, high))
        .unwrap_or(Period { unit: sized(high), factor: 1.0 });
    let (low, high) = ((low * period.factor).min(high * period.factor), high.max(low) * period.factor);
    let limit = if second.is_some() { None } else { words::limit(own, ahead(text, first.digits_end, 40)) };
    Some(Group {
        min: (limit != Some(Limit::Most)).then_some(low),
        max: (limit != Some(Limit::Least)).then_some(high),
        currency: last.currency.or(first.currency),
        unit: period.unit,
        start: first.start,
        end: last.end,
        aside: words::is_aside(own, after),
    })
}

/// The middle of "mid 50s" and its kin; other figures as they are.
fn decade(value: f64, figure: &Figure, before: &str) -> f64 {
    let Some(share) = words::decade_share(before) else { return value };
    let value = if figure.decade && value < 1_000.0 { value * 1000.0 } else { value };
    let decade = if value % 100_000.0 == 0.0 { 100_000.0 } else { 10_000.0 };
    if value % decade == 0.0 { value + share * decade } else { value }
}

/// Whether this can be the pay of such a period; a word farther away may be of something else.
fn is_possible(period: Period, value: f64) -> bool {
    match period.unit {
        SalaryUnit::Hour => value < 1_000.0,
        SalaryUnit::Day | SalaryUnit::Week => value < 10_000.0,
        SalaryUnit::Month => (200.0..50_000.0).contains(&value),
        SalaryUnit::Year => value >= 1_000.0,
        SalaryUnit::Total => value >= 50.0,
    }
}

/// The span of the groups that are paid as the first one is, and its range in bytes. A stipend
/// counts only where nothing else is paid.
fn combine(groups: &[Group], country: Option<&str>, apart: usize) -> Option<(Salary, usize, usize)> {
    let whole = |g: &&Group| !g.aside;
    let main = groups.iter().filter(whole).find(|g| g.unit != SalaryUnit::Total);
    let main = *main.or_else(|| groups.iter().find(whole)).or_else(|| groups.first())?;
    let (mut all, mut end) = (main, main.end);
    for group in groups.iter().filter(|g| g.start > main.start && !g.aside) {
        let like = group.unit == main.unit && (group.currency == main.currency || group.currency.is_none());
        let near = group.start.saturating_sub(end) <= apart;
        let (low, top) = (all.smallest().min(group.smallest()), all.largest().max(group.largest()));
        if like && near && top <= WIDEST_SPAN * low {
            all.min = all.min.or(group.min).map(|_| low);
            all.max = all.max.or(group.max).map(|_| top);
            end = group.end;
        }
    }
    let currency = all.currency.unwrap_or_else(|| currency::of_country(country)).to_owned();
    Some((Salary { min: all.min, max: all.max, currency, unit: all.unit }, all.start, end))
}
