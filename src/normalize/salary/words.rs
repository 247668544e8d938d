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
    (HOUR, "hours?|hrs?|h|stunde|std|heure|hora|uur", "hourly|hours?|hrs?|ph|p/h|p\\.h|stündlich"),
    (Period { unit: SalaryUnit::Day, factor: 1.0 }, "day|diem|tag|jour|día", "daily"),
    (
        Period { unit: SalaryUnit::Week, factor: 0.5 },
        "two weeks|2 weeks|fortnight",
        "bi[- ]?weekly|fortnightly|p/?f",
    ),
    (Period { unit: SalaryUnit::Week, factor: 1.0 }, "week|wk|woche|semaine|semana", "weekly|wöchentlich"),
    (Period { unit: SalaryUnit::Month, factor: 2.0 }, "half[- ]month", "semi[- ]?monthly"),
    (
        Period { unit: SalaryUnit::Month, factor: 1.0 },
        "months?|mo|mth|monat|mois|mes|maand|måned|månad",
        "monthly|monatlich|mensuels?|mensual(?:es)?|pcm",
    ),
    (
        YEAR,
        "years?|yr|annum|annual|jahr|an|année|año|jaar|år",
        r"annual(?:ly|ized|ised)?|yearly|p\.?/?a\b|jährlich|annuels?|anual(?:es)?",
    ),
    (
        TOTAL,
        r"stipend|project|semester|term|summer|internship|contract|course|class|credit(?: hour)?|(?:[1-9]|1[01])[- ]months?|\d{1,2}[- ]weeks?",
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
    format!(
        r"(?i:[\s.,+(*\-–]{{0,4}}(?:gross |brutto |bruto |brutos |netto |nets? |bruts? )?(?:{joined}(?:(?:{alone})\b)))"
    )
}

static BEFORE: LazyLock<Vec<(Period, Regex)>> = LazyLock::new(|| {
    PERIODS
        .iter()
        .filter(|(_, joined, _)| !joined.is_empty())
        .map(|(period, _, alone)| {
            let alone = alone
                .replace("hourly|hours?|hrs?|ph|p/h|p\\.h", "hourly|taux horaire")
                .replace("|contract|in total|total", "|in total")
                .replace("monatlich", r"monatlich\w*|monats\w+")
                .replace("jährlich", r"jährlich\w*|jahres\w+");
            (*period, compile(&format!(r"(?i)\b(?:{alone})\b")))
        })
        .collect()
});

/// The longest of the words that [`beginning`] knows.
const LONGEST: usize = 11;

/// What the words of a period begin with, or the first word of a text if it is none of these.
enum Beginning {
    /// What joins a period to the figure, as `/` does.
    Joint,
    /// A number of hours, if the figure before it is no money.
    Hours,
    /// A period, or the beginning of one.
    Period,
    /// A period behind a joint.
    Joined,
    Other,
}

fn beginning(word: &[u8]) -> Beginning {
    let mut small = [0; LONGEST];
    let Some(small) = small.get_mut(..word.len()) else { return Beginning::Other };
    small.copy_from_slice(word);
    small.make_ascii_lowercase();
    match &*small {
        b"per" | b"a" | b"an" | b"each" | b"every" | b"pro" | b"par" | b"por" | b"al" | b"im" => {
            Beginning::Joint
        }
        b"hour" | b"hours" | b"hr" | b"hrs" => Beginning::Hours,
        b"gross" | b"brutto" | b"bruto" | b"brutos" | b"netto" | b"net" | b"nets" | b"brut" | b"bruts"
        | b"ph" | b"pf" | b"pcm" | b"l" | b"de" | b"hourly" | b"daily" | b"bi" | b"biweekly"
        | b"fortnightly" | b"weekly" | b"semi" | b"semimonthly" | b"monthly" | b"monatlich" | b"mensuel"
        | b"mensuels" | b"mensual" | b"mensuales" | b"annual" | b"annually" | b"annualized"
        | b"annualised" | b"yearly" | b"p" | b"pa" | b"annuel" | b"annuels" | b"anual" | b"anuales"
        | b"stipend" | b"honorarium" | b"lump" | b"contract" | b"in" | b"total" | b"for" => Beginning::Period,
        b"h" | b"stunde" | b"std" | b"heure" | b"hora" | b"uur" | b"maand" | b"jaar" | b"course"
        | b"class" | b"credit" | b"day" | b"diem" | b"tag" | b"jour" | b"two" | b"fortnight" | b"week"
        | b"wk" | b"woche" | b"semaine" | b"semana" | b"half" | b"month" | b"months" | b"mo" | b"mth"
        | b"monat" | b"mois" | b"mes" | b"year" | b"years" | b"yr" | b"annum" | b"jahr" | b"project"
        | b"semester" | b"term" | b"summer" | b"internship" => Beginning::Joined,
        _ => Beginning::Other,
    }
}

/// Whether a text may begin with a period, by its first words: those behind most figures are others.
/// `money` as in [`period_after`].
fn may_be_period(text: &str, money: bool) -> bool {
    let sign = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | '+' | '(' | '*' | '-' | '–');
    let text = text.trim_start_matches(sign);
    let (mut rest, mut joined) = text.strip_prefix('/').map_or((text, false), |rest| (rest, true));
    loop {
        if joined {
            rest = rest.trim_start();
        }
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        // Letters beyond ASCII are left to the pattern, which knows their cases.
        if rest.as_bytes().get(length).is_some_and(|byte| !byte.is_ascii()) {
            return true;
        }
        match beginning(&rest.as_bytes()[..length]) {
            Beginning::Joint if !joined => joined = true,
            Beginning::Hours => return joined || money,
            Beginning::Period => return true,
            // "per 10 weeks"
            Beginning::Other => return joined && rest.starts_with(|c: char| c.is_ascii_digit()),
            Beginning::Joint | Beginning::Joined => return joined,
        }
        rest = &rest[length..];
    }
}

/// The period that the text begins with, and the length of its words. `money`: the figure before
/// it is surely money, so that a bare `hour` is its period and not a number of hours.
pub(super) fn period_after(text: &str, money: bool) -> Option<(Period, usize)> {
    let window = &text[..text.floor_char_boundary(48)];
    if !may_be_period(window, money) {
        return None;
    }
    common_period(window).or_else(|| matched_period(window, money))
}

/// The period of the commonest forms, `/hr`, ` per hour` and ` a year`, as the patterns have it.
fn common_period(window: &str) -> Option<(Period, usize)> {
    let rest = window.strip_prefix(' ').unwrap_or(window);
    let rest = ["/", "per ", "a "].iter().find_map(|joint| rest.strip_prefix(joint))?;
    let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let period = match &rest[..length] {
        "hour" | "hr" => HOUR,
        "year" | "yr" | "annum" => YEAR,
        _ => return None,
    };
    let ends = rest.as_bytes().get(length).is_none_or(|next| next.is_ascii() && *next != b'_');
    ends.then(|| (period, window.len() - rest.len() + length))
}

fn matched_period(window: &str, money: bool) -> Option<(Period, usize)> {
    if !ANY_AFTER.is_match(window) {
        return None;
    }
    AFTER.iter().find_map(|(period, regex)| {
        // Captures cost much more than the answer that there is none.
        let found = regex.is_match(window).then(|| regex.captures(window)).flatten()?;
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
        r"(?i)\b(?:from|start(?:s|ing)?\b(?: (?:at|from|salary|pay|wage|rate|hourly|annual|base|range))*|begin(?:s|ning)? at|commenc(?:es|ing) (?:at|from|on)|minimum|min|floor|at least|not less than|no less than|more than|over|mindest\w*|ab|à partir de|minimaal|vanaf|desde)(?:\b|@)",
    )
});

static MOST_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:up to|maximum|max|not to exceed|no more than|not more than|as high as|bis zu|jusqu['’]à|hasta)(?:\b|$)",
    )
});

static LEAST_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^(?:\+|\s?\(?\s?(?:min(?:imum)?\b\s?(?:$|[^:$£€\s\d])|to negotiable)|[\s\w/,.()]{0,24}\b(?:or (?:higher|more|above|upwards?|better)|and (?:up|above|higher)|plus doe)|\s?plus[\s.]*$)",
    )
});

static MOST_AFTER: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?i)^\s?\(?\s?(?:max(?:imum)?\b\s?(?:$|[^:$£€\s\d])|or less)"));

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
        r"(?i)^[\s.,)*~]{0,4}(?:[-–—−‑‐]+|\b(?:to|and|bis|und|et|through|thru|rising to|à|a|y|e|and up to|up to|til|till|tot)\b)\s?(?:(?:up )?to\s)?[~(]?\s?$",
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
        r"(?i)\b(?:mid[- ]?point|additional|bonus|sign[- ]on|relocation|moving|budgets? of|funds?|funding|grants?|endow\w*|fees?|fines?|worth|valued?|insurance|deductible|reimburse\w*|allowance|differential|donations?|gifts?|tuition|copay\w*|contribut\w+|raised?|assets|revenues?|sales|weighting|premiums?|parking|etat|collections? of)\b[^$£€]{0,24}$",
    )
});

/// Words before a number that number something: no money unless a currency says so.
static NUMBERED_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:grade|local|step|room|suite|code|id|zip|phone|tel|fax)\b[^$£€]{0,24}$|\b(?:req(?:uisition)?|ref(?:erence)?|posting|position|vacancy|job|number|no|nr|nummer)\b[\s#.:]{0,3}$",
    )
});

static NOT_PAY_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^[\s-]*(?:%|percent|prozent|pour ?cent|million|billion|mil|[mb]n\b|m\b|(?:\w+\s){0,2}(?:bonus|relocation|sign[- ]on|budget|fee|allowance|differential|moving|travel|reimbursement|tuition|collection|gift|endowment|weighting|supplement|deductible)|in (?:\w+ )?(?:grants?|funding|scholarships?|fines|fees|aid|gifts|sales)|(?:(?:annually|yearly|(?:per|a|each) year) )?(?:for|towards?|in) (?:\w+ ){0,2}(?:professional development|travel|conferences?|relocation|moving|tuition|training|books|materials))\b|^\s?%",
    )
});

/// Whether the words beside a figure say that it is other money than the pay, or none. `marked`: a
/// currency stands beside it.
pub(super) fn is_not_pay(before: &str, after: &str, marked: bool) -> bool {
    static INCLUDED: LazyLock<Regex> =
        LazyLock::new(|| compile(r"(?i)^[\s(,-]*(?:plus|including|incl|and|with|\+)"));
    NOT_PAY_BEFORE.is_match(before)
        || (NOT_PAY_AFTER.is_match(after) && !INCLUDED.is_match(after))
        || (!marked && NUMBERED_BEFORE.is_match(before))
}

/// Whether a figure is what somebody with fewer hours gets, or another way to put the pay.
pub(super) fn is_aside(before: &str, after: &str) -> bool {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)\b(?:actual|pro[- ]?rata(?:'?d)?|equivalent|equates|equating)\b(?:\s?\w*){0,3}[\s:(=]*$",
        )
    });
    static AFTER: LazyLock<Regex> =
        LazyLock::new(|| compile(r"(?i)^\s?(?:p\.?a\.? |per annum )?\(?actual\b"));
    BEFORE.is_match(before) || AFTER.is_match(after)
}

/// Whether a figure that a line or sentence begins with, behind no more than a grade, is the lower end of a
/// range that says nothing but the pay: `Grade 3: £24,215 - £25,249 pro rata`.
pub(super) fn is_bare_range(before: &str, after: &str) -> bool {
    static GRADE: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)^\W*(?:(?:grade|band|level|scale|hew|hay|class|classification|step)\b[\w\s./]{0,16}[:,–-]?)?\W*$",
        )
    });
    static RANGE: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)^\s?(?:-|–|—|to)\s?[$£€]?\s?\d[\d.,]*\s?(?:$|\n|[.;,](?:\s|$)|[(+]|plus\b|doe\b|depending|commensurate|dependent|based on|pro[ -]?rata|with\b|gross\b)",
        )
    });
    GRADE.is_match(before) && RANGE.is_match(after)
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
        r"(?i)\b(?:salar(?:y|ies)|compensation|pay|paid|pays|payrate|wages?|rate|hourly|annually|annual|stipend|remuneration|honorarium|(?:hiring|pay|position|target|budgeted|starting|expected) range|range for (?:this|the) (?:position|role|job|post)|base|earn|starting at|\w*gehalt|\w*vergütung|\w*entgelt|\w*lohn|salaire|rémunération|traitement|salario|sueldo|retribución|salarial\w*|lønn|lön|salaris|estimate for (?:this|the) (?:position|role|job))\b|(?-i:[a-z0-9](?:Salary|Pay|Wage|Compensation|Hiring Range)\b)|^\W*minimum\W{0,3}$",
    )
});

/// Words of pay that nothing else has.
static SURE_PAY_CUE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:salar(?:y|ies)|compensation|pay|payrate|wages?|hourly|stipend|remuneration|honorarium|(?:hiring|position|target|budgeted|starting|expected) range|range for (?:this|the) (?:position|role|job|post)|base (?:pay|salary)|starting at|\w*gehalt|\w*vergütung|\w*entgelt|salaire|rémunération|traitement|salario|sueldo|retribución|salarial\w*|lønn|lön|salaris)\b",
    )
});

/// Whether words of pay stand in the text; `surely`, if they are of nothing else.
pub(super) fn speaks_of_pay(text: &str, surely: bool) -> bool {
    if surely { SURE_PAY_CUE.is_match(text) } else { PAY_CUE.is_match(text) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Words and signs of periods, and some of other things.
    const PIECES: &str = "per|a|an|net|brutos|ph|p/h|pcm|course|uur|maand|månad|år|each|every|pro|par|por|al|im|l'|de l’|/|/ |hour|hours|Hr|hrs|h|stunde|std|heure|\
        hora|hourly|stündlich|day|diem|tag|jour|día|daily|two weeks|2 weeks|fortnight|bi-weekly|biweekly|fortnightly|\
        week|wk|woche|semaine|semana|weekly|wöchentlich|half-month|semi monthly|semimonthly|month|months|mo|mth|\
        monat|mois|mes|monthly|monatlich|mensuel|mensuels|mensual|mensuales|year|years|yr|annum|annual|jahr|année|\
        año|annually|ANNUALIZED|yearly|p.a|pa|p.a.|jährlich|annuels|anual|stipend|project|semester|term|summer|\
        internship|contract|10 months|3-weeks|honorarium|lump sum|in total|total|for the summer|\
        for an entire two months|residency|gross|brutto|brut|bruts|.|,|+|(|*|-|–|_|'|s|hour\u{17f}|wee\u{212a}|é|x|401|";

    fn some_words() -> impl Strategy<Value = String> {
        let piece = proptest::sample::select(PIECES.split('|').collect::<Vec<_>>());
        let space = proptest::sample::select(vec![" ", " ", " ", "", "", "\u{a0}", "\n"]);
        proptest::collection::vec((space, piece), 0..6)
            .prop_map(|all| all.into_iter().map(|(space, piece)| format!("{space}{piece}")).collect())
    }

    proptest! {
        #[test]
        fn what_is_passed_by_its_first_words_is_no_period(text in some_words(), money: bool) {
            prop_assert_eq!(period_after(&text, money), matched_period(&text[..text.floor_char_boundary(48)], money));
        }
    }
}
