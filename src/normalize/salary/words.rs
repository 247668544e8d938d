//! The words beside a figure in, what they say of it out: periods, limits, other things than pay.

use std::sync::LazyLock;

use regex::Regex;

use crate::posting::SalaryUnit;

use super::super::cue::compile;

/// What a figure is paid for, and by what to multiply it: a fortnight's pay is two weeks' pay, and
/// the schema has no fortnight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Period {
    pub unit: SalaryUnit,
    pub factor: f64,
}

/// What a period is called, after `per`, `/`, `a` (first list) and as a word of its own (second).
const PERIODS: [(Period, &str, &str); 9] = [
    (HOUR, "hours?|hrs?|h|stunde|std|heure|hora", "hourly|hours?|hrs?|stündlich"),
    (Period { unit: SalaryUnit::Day, factor: 1.0 }, "day|diem|tag|jour|día", "daily"),
    (
        Period { unit: SalaryUnit::Week, factor: 0.5 },
        "two weeks|2 weeks|fortnight",
        "bi[- ]?weekly|fortnightly",
    ),
    (Period { unit: SalaryUnit::Week, factor: 1.0 }, "week|wk|woche|semaine|semana", "weekly|wöchentlich"),
    (Period { unit: SalaryUnit::Month, factor: 2.0 }, "half[- ]month", "semi[- ]?monthly"),
    (
        Period { unit: SalaryUnit::Month, factor: 1.0 },
        "months?|mo|mth|monat|mois|mes",
        "monthly|monatlich|mensuels?|mensual(?:es)?",
    ),
    (
        YEAR,
        "years?|yr|annum|annual|jahr|an|année|año",
        r"annual(?:ly|ized|ised)?|yearly|p\.?a\b|jährlich|annuels?|anual(?:es)?",
    ),
    (
        TOTAL,
        r"stipend|project|semester|term|summer|internship|contract|\d{1,2}[- ](?:months?|weeks?)",
        "stipend|honorarium|lump sum|contract|in total|total",
    ),
    (
        TOTAL,
        "",
        r"for (?:the |an? |this )?(?:entire |whole |duration of the )?(?:(?:[2-9]|1[01]|1[3-9]|two|three|four|five|six|seven|eight|nine|ten|eleven)[- ](?:months?|weeks?)|project|summer|semester|internship|fellowship|residency)",
    ),
];

const HOUR: Period = Period { unit: SalaryUnit::Hour, factor: 1.0 };
const YEAR: Period = Period { unit: SalaryUnit::Year, factor: 1.0 };
const TOTAL: Period = Period { unit: SalaryUnit::Total, factor: 1.0 };

static AFTER: LazyLock<Vec<(Period, Regex)>> = LazyLock::new(|| {
    PERIODS.iter().map(|row| (row.0, compile(&format!("^{}", pattern_after(row))))).collect()
});

/// All of [`AFTER`] in one, to leave most figures after a single look.
static ANY_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    let all: Vec<String> = PERIODS.iter().map(|row| pattern_after(row).replace("?P<joined>", "?:")).collect();
    compile(&format!("^(?:{})", all.join("|")))
});

fn pattern_after((_, joined, alone): &(Period, &str, &str)) -> String {
    let joints = r"(?:/|\b(?:per|an?|each|every|pro|par|por|al|im|l['’]|de l['’])\b)";
    let joined = if joined.is_empty() { "" } else { &format!(r"(?P<joined>{joints}\s?(?:{joined})\b)|") };
    format!(r"(?i:[\s.,+(*\-–]{{0,4}}(?:gross |brutto |bruts? )?(?:{joined}(?:(?:{alone})\b)))")
}

static BEFORE: LazyLock<Vec<(Period, Regex)>> = LazyLock::new(|| {
    PERIODS
        .iter()
        .filter(|(_, joined, _)| !joined.is_empty())
        .map(|(period, _, alone)| {
            let alone = alone.replace("hourly|hours?|hrs?", "hourly").replace("|contract|", "|");
            (*period, compile(&format!(r"(?i)\b(?:{alone})\b")))
        })
        .collect()
});

/// What the words of a period can begin with, behind the signs that [`pattern_after`] lets stand
/// before them; `a` stands before white space as well.
const PERIOD_STARTS: [[u8; 2]; 33] = [
    *b"pe", *b"an", *b"ea", *b"ev", *b"pr", *b"pa", *b"po", *b"al", *b"im", *b"l'", *b"de", *b"gr", *b"br",
    *b"ho", *b"hr", *b"da", *b"bi", *b"fo", *b"we", *b"se", *b"mo", *b"me", *b"ye", *b"p.", *b"st", *b"lu",
    *b"co", *b"in", *b"to", *b"a ", *b"a\t", *b"a\n", *b"a\r",
];

/// Whether a text may begin with a period, by its first letters: those behind most figures are of
/// other words.
fn may_be_period(text: &str) -> bool {
    let sign = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | '+' | '(' | '*' | '-' | '–');
    let mut bytes = text.trim_start_matches(sign).bytes();
    match (bytes.next(), bytes.next()) {
        (Some(b'/'), _) => true,
        // Letters beyond ASCII are left to the pattern, which knows their cases.
        (Some(first), Some(second)) if first.is_ascii() && second.is_ascii() => {
            PERIOD_STARTS.contains(&[first.to_ascii_lowercase(), second.to_ascii_lowercase()])
        }
        (first, second) => first.is_some() && second.is_some(),
    }
}

/// The period that the text begins with, and the length of its words. `money`: the figure before
/// it is surely money, so that a bare `hour` is its period and not a number of hours.
pub(super) fn period_after(text: &str, money: bool) -> Option<(Period, usize)> {
    let window = &text[..text.floor_char_boundary(48)];
    if !may_be_period(window) || !ANY_AFTER.is_match(window) {
        return None;
    }
    AFTER.iter().find_map(|(period, regex)| {
        let found = regex.captures(window)?;
        let joined = found.name("joined").is_some();
        let bare_hours = *period == HOUR && !found[0].to_ascii_lowercase().contains("hourly");
        let hyphen = found[0].starts_with('-');
        (joined || !bare_hours || (money && !hyphen)).then(|| (*period, found[0].len()))
    })
}

/// The period that the words before a figure name last.
pub(super) fn period_before(text: &str) -> Option<Period> {
    BEFORE
        .iter()
        .filter_map(|(period, regex)| Some((regex.find_iter(text).last()?.start(), *period)))
        .max_by_key(|(at, _)| *at)
        .map(|(_, period)| period)
}

/// On which side a single figure is a limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Limit {
    Least,
    Most,
}

static LEAST_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:from|start(?:s|ing)?\b(?: (?:at|from|salary|pay|wage|rate|hourly|annual|base|range))*|begin(?:s|ning)? at|minimum|min|at least|not less than|no less than|more than|over|mindestens|ab|à partir de|desde)(?:\b|@)",
    )
});

static MOST_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:up to|maximum|max|not to exceed|no more than|not more than|as high as|bis zu|jusqu['’]à|hasta)(?:\b|$)",
    )
});

static LEAST_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^(?:\+|\s?\(?\s?(?:min(?:imum)?\b|to negotiable)|[\s\w/,.()]{0,24}\b(?:or (?:higher|more|above|upwards?|better)|and (?:up|above|higher)|plus doe))",
    )
});

static MOST_AFTER: LazyLock<Regex> = LazyLock::new(|| compile(r"(?i)^\s?\(?\s?(?:max(?:imum)?\b|or less)"));

/// Whether the words beside a figure make it the least or the most; those next to it count.
pub(super) fn limit(before: &str, after: &str) -> Option<Limit> {
    if LEAST_AFTER.is_match(after) {
        return Some(Limit::Least);
    }
    if MOST_AFTER.is_match(after) {
        return Some(Limit::Most);
    }
    let last = |regex: &Regex| regex.find_iter(before).last().map(|m| m.start());
    match (last(&LEAST_BEFORE), last(&MOST_BEFORE)) {
        (Some(least), Some(most)) => Some(if least > most { Limit::Least } else { Limit::Most }),
        (Some(_), None) => Some(Limit::Least),
        (None, Some(_)) => Some(Limit::Most),
        (None, None) => None,
    }
}

static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^[\s.,)*~]{0,4}(?:[-–—−‑‐]+|\b(?:to|and|bis|through|thru|à|a|y|e|and up to)\b)\s?(?:(?:up )?to\s)?[~(]?\s?$",
    )
});

/// Whether the words between two figures make them the ends of a range.
pub(super) fn joins(between: &str) -> bool {
    RANGE.is_match(between)
}

static DECADE: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?i)\b(low|lower|mid|middle|high|upper)(?:[- ]to[- ]\w+)?[\s-]*(?:the\s)?$"));

/// `mid` of "mid 50s" as the share of the decade to add.
pub(super) fn decade_share(before: &str) -> Option<f64> {
    match &DECADE.captures(before)?[1].to_ascii_lowercase()[..3] {
        "low" => Some(0.2),
        "mid" => Some(0.5),
        _ => Some(0.8),
    }
}

static NOT_PAY_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:mid[- ]?point|additional|bonus|sign[- ]on|relocation|moving|budgets? of|funds?|funding|grants?|endow\w*|fees?|fines?|worth|valued?|insurance|deductible|reimburse\w*|allowance|differential|donations?|gifts?|tuition|copay\w*|contribut\w*|raised?|assets|revenues?|sales|collections? of|grade|local|step|room|suite|code|id|zip|phone|tel|fax)\b[^$£€]{0,24}$",
    )
});

static NOT_PAY_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^[\s-]*(?:%|percent|prozent|pour ?cent|million|billion|(?:\w+\s)?(?:bonus|relocation|sign[- ]on|budget|fee|allowance|differential|moving|travel|in (?:grants?|funding)|annual budget|operating budget|reimbursement|tuition|collection|gift|endowment))\b|^\s?%",
    )
});

/// Whether the words beside a figure say that it is other money than the pay, or none.
pub(super) fn is_not_pay(before: &str, after: &str) -> bool {
    NOT_PAY_BEFORE.is_match(before) || NOT_PAY_AFTER.is_match(after)
}

static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^(?:\+|\s|-|–|\()*(?:%|(?:hours?|hrs?|days?|weeks?|wks?|months?|mos?|years?|yrs?|percent|fte|holidays|vacation|sick|positions?|steps?|am|pm|a\.m|p\.m|square|sq|volumes?|items?|titles?|books|students?|residents?|people|users|stunden|tage|heures|horas)\b|:\d)",
    )
});

/// Whether a number without a currency counts something other than money: hours, days, books.
pub(super) fn counts_things(after: &str) -> bool {
    COUNTED.is_match(after)
}

static BUDGET: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"(?i)\b(?:budgets?|endowment|grants? (?:of|totaling)|fundrais\w+|expenditures?)\b")
});

/// Whether the sentence is about money that the library spends or gets.
pub(super) fn speaks_of_budget(text: &str) -> bool {
    BUDGET.is_match(text)
}

static PAY_CUE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:salar(?:y|ies)|compensation|pay|paid|pays|payrate|wages?|rate|hourly|annually|annual|stipend|remuneration|honorarium|hiring range|base|earn|starting at|gehalt|vergütung|entgelt|salaire|rémunération|traitement|salario|sueldo|retribución)\b",
    )
});

/// Whether words of pay stand in the text.
pub(super) fn speaks_of_pay(text: &str) -> bool {
    PAY_CUE.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_period_passes_the_look_at_its_first_letters() {
        let group = compile(r"\(\?:[^)]*\)");
        for (_, joined, alone) in PERIODS.iter().filter(|(_, joined, _)| !joined.is_empty()) {
            for words in group.replace_all(alone, "").split('|') {
                assert!(may_be_period(&format!(" ({}", words.replace('\\', ""))), "{words}");
            }
            for joint in ["/", "per ", "a ", "an ", "each ", "every ", "pro ", "par ", "por ", "al ", "im "] {
                joined.split('|').for_each(|words| assert!(may_be_period(&format!(", {joint}{words}"))));
            }
        }
        for words in
            ["l'an", "de l’heure", "gross hourly", "brutto im Monat", "für", "À", "P.A.", "for the summer"]
        {
            assert!(may_be_period(words), "{words}");
        }
        for words in ["", "x", " residents", "s", "k", "– 40"] {
            assert!(!may_be_period(words), "{words}");
        }
    }
}
