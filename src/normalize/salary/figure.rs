//! A text in, the figures in it that may be money out: their value, currency and unit.

use crate::posting::SalaryUnit;
use crate::text::find_byte;

use super::currency;
use super::words::{self, Period};

/// A figure that may be money.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    pub value: f64,
    /// ISO 4217, where a sign or code stands beside it.
    pub currency: Option<&'static str>,
    /// What follows it says what it is paid for.
    pub period: Option<Period>,
    /// From the currency's sign on.
    pub start: usize,
    /// Behind the digits, a `K` and a currency.
    pub digits_end: usize,
    /// Behind the period as well.
    pub end: usize,
    /// Written with a `K`: thousands.
    pub thousands: bool,
    /// `50's`, `60,000s`: the decade, not the figure.
    pub decade: bool,
    /// Digits alone: no separator (`42000`).
    pub plain: bool,
}

impl Figure {
    /// Whether a sign or code says that it is money.
    pub fn is_marked(&self) -> bool {
        self.currency.is_some()
    }

    pub fn unit(&self) -> Option<SalaryUnit> {
        self.period.map(|p| p.unit)
    }
}

/// All figures of a text, in its order. `country` (ISO 3166-1) decides what `$` and `45.000` mean.
pub(super) fn figures(text: &str, country: Option<&str>) -> Vec<Figure> {
    let bytes = text.as_bytes();
    // Most texts have fewer, so that nothing is moved.
    let mut out = Vec::with_capacity(text.len() / 128);
    let mut at = 0;
    while let Some(step) = find_byte(&bytes[at..], |byte| byte.is_ascii_digit()) {
        let start = at + step;
        let found = figure(text, start, country);
        at = match &found {
            Some(figure) => figure.digits_end,
            None => start + bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count(),
        };
        out.extend(found);
    }
    out
}

fn figure(text: &str, start: usize, country: Option<&str>) -> Option<Figure> {
    let before = &text[text.ceil_char_boundary(start.saturating_sub(12))..start];
    let prefix = currency::before(before, country);
    let glued = before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '#' | '_'));
    if glued && prefix.is_none() {
        return None;
    }
    let mut number = number(text, start, prefix.map(|(code, _)| code), country)?;
    let rest = &text[number.end..];
    // Retirement plans: 401(k), 403b, 457.
    if matches!(number.value as u32, 401 | 403 | 457) && prefix.is_none() {
        return None;
    }
    let (thousands, length) = kilo(rest);
    number.end += length;
    let rest = &text[number.end..];
    let decade = ["'s", "’s", "s"].iter().find(|s| {
        rest.strip_prefix(**s).is_some_and(|r| !r.chars().next().is_some_and(char::is_alphanumeric))
    });
    number.end += decade.map_or(0, |s| s.len());
    let suffix = currency::after(&text[number.end..], country);
    // `$55,000 CAD`: the code says more than the sign.
    let currency = suffix.map(|(code, _)| code).or(prefix.map(|(code, _)| code));
    let digits_end = number.end + suffix.map_or(0, |(_, length)| length);
    let period = words::period_after(&text[digits_end..], currency.is_some() || thousands);
    if rest.chars().next().is_some_and(|c| c.is_alphabetic()) && decade.is_none() && suffix.is_none() {
        // `10th`, `3rd`, `35h`; a unit may follow the digits at once (`$15hr`).
        period?;
    }
    Some(Figure {
        value: if thousands { number.value * 1000.0 } else { number.value },
        currency,
        period: period.map(|(period, _)| period),
        start: start - prefix.map_or(0, |(_, length)| length),
        digits_end,
        end: digits_end + period.map_or(0, |(_, length)| length),
        thousands,
        decade: decade.is_some(),
        plain: number.plain,
    })
}

/// Whether a `K` for thousands follows (`65K`, `65,K`, `65 K`), and its length.
fn kilo(rest: &str) -> (bool, usize) {
    let skip = rest.bytes().take_while(|b| matches!(b, b',' | b' ')).count().min(2);
    let Some(next) = rest[skip..].strip_prefix(['k', 'K']) else { return (false, 0) };
    // `K-12` is a school's grades.
    let ends = next.starts_with('s') || !(next.starts_with(char::is_alphanumeric) || next.starts_with("-12"));
    if ends { (true, skip + 1) } else { (false, 0) }
}

struct Number {
    value: f64,
    end: usize,
    plain: bool,
}

/// Reads digits with their separators: `45,000.50`, `45.000,50`, `45'000`, `45 000 €`.
fn number(text: &str, start: usize, currency: Option<&str>, country: Option<&str>) -> Option<Number> {
    let mut end = start + text[start..].bytes().take_while(u8::is_ascii_digit).count();
    if !is_separated(&text[end..]) {
        let digit = |number: u32, byte: u8| number * 10 + u32::from(byte - b'0');
        let value = || f64::from(text[start..end].bytes().fold(0, digit));
        return (end - start <= 9).then(|| Number { value: value(), end, plain: true });
    }
    let (mut groups, mut signs): (Vec<&str>, Vec<char>) = (Vec::with_capacity(5), Vec::with_capacity(4));
    end = start;
    loop {
        let digits = text[end..].bytes().take_while(u8::is_ascii_digit).count();
        groups.push(&text[end..end + digits]);
        end += digits;
        let mut rest = text[end..].chars();
        let Some(sign) = rest.next().filter(|c| separates(*c, &text[end..])) else { break };
        if !rest.next().is_some_and(|c| c.is_ascii_digit()) || groups.len() == 5 {
            break;
        }
        signs.push(sign);
        end += sign.len_utf8();
    }
    if groups[0].len() > 9 {
        return None;
    }
    let dots = currency::dot_groups(currency, country) || text[end..].trim_start().starts_with('€');
    let used = grouped(&groups, &signs, dots);
    let end = start
        + groups[..used.groups + used.decimals].iter().map(|g| g.len()).sum::<usize>()
        + signs[..used.groups + used.decimals - 1].iter().map(|c| c.len_utf8()).sum::<usize>();
    let mut digits = groups[0].to_owned();
    // "60,000-65,0000" was meant as 65,000.
    groups[1..used.groups].iter().for_each(|group| digits.push_str(&group[..3]));
    if used.decimals == 1 {
        digits.push('.');
        digits.push_str(groups[used.groups]);
    }
    Some(Number { value: digits.parse().ok()?, end, plain: used.groups == 1 && used.decimals == 0 })
}

/// Whether more digits follow behind a separator.
fn is_separated(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next().is_some_and(|c| separates(c, rest)) && chars.next().is_some_and(|c| c.is_ascii_digit())
}

/// Whether this character may stand between groups of digits. A space may, if three digits and a
/// euro, franc or dollar follow.
fn separates(sign: char, rest: &str) -> bool {
    match sign {
        ',' | '.' | '\'' | '’' => true,
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => {
            let mut chars = rest[..rest.floor_char_boundary(16)].chars();
            chars.next();
            let three = chars.by_ref().take(3).filter(char::is_ascii_digit).count() == 3;
            let spaces = ['\u{a0}', '\u{202f}', ' ', ',', '0'];
            let after = chars.as_str().trim_start_matches(spaces);
            three && ["€", "EUR", "CHF", "$"].iter().any(|sign| after.starts_with(sign))
        }
        _ => false,
    }
}

/// How many of the groups of digits are the whole part, and whether one of decimals follows.
struct Used {
    groups: usize,
    decimals: usize,
}

fn grouped(groups: &[&str], signs: &[char], dots: bool) -> Used {
    let sign = signs.first().copied();
    let thousand = |group: &str| group.len() == 3 || (sign == Some(',') && group.len() == 4);
    let groups_by = |sign: char| sign != '.' || dots || signs.iter().filter(|s| **s == '.').count() > 1;
    let mut whole = 1;
    if groups[0].len() <= 3 && sign.is_some_and(groups_by) {
        whole += signs
            .iter()
            .zip(&groups[1..])
            .take_while(|(s, group)| Some(**s) == sign && thousand(group))
            .count();
    }
    let next = signs.get(whole - 1).copied();
    let decimal = matches!(next, Some('.' | ',')) && (whole == 1 || next != sign) && {
        let length = groups[whole].len();
        next == Some('.') || length <= 2
    };
    Used { groups: whole, decimals: usize::from(decimal) }
}
