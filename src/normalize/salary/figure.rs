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
    /// White space between its thousands.
    spaced: bool,
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
        // "kr 520 000 - 580 000": the second is written as the first.
        let spaced = out.last().is_some_and(|last: &Figure| {
            last.spaced && start - last.digits_end <= 8 && words::joins(&text[last.digits_end..start])
        });
        let found = figure(text, start, country, spaced);
        at = match &found {
            Some(figure) => figure.digits_end,
            None => start + bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count(),
        };
        out.extend(found);
    }
    out
}

fn figure(text: &str, start: usize, country: Option<&str>, spaced: bool) -> Option<Figure> {
    let before = &text[text.ceil_char_boundary(start.saturating_sub(12))..start];
    let prefix = currency::before(before, country);
    let glued = before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '#' | '_'));
    if glued && prefix.is_none() {
        return None;
    }
    let mut number = number(text, start, prefix.map(|(code, _)| code), country, spaced)?;
    number.end += price_end(&text[number.end..], prefix.map(|(code, _)| code).or(country));
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
        // `10th`, `3rd`, `35h`; a unit may follow the digits at once (`$15hr`), and words that lost the space
        // before them (`$52,000Work schedule`).
        if !(currency.is_some() && !number.plain && is_word(rest)) {
            period?;
        }
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
        spaced: number.spaced,
    })
}

/// The length of a dash for no cents: `95'000.–`, `2.800,-`. By the currency, or else the country.
fn price_end(rest: &str, money: Option<&str>) -> usize {
    if !money.is_some_and(|money| matches!(money, "CHF" | "EUR" | "CH" | "AT" | "DE" | "NL")) {
        return 0;
    }
    let dash = [".–", ".-", ",-", ",–", ".—"].iter().find(|dash| rest.starts_with(**dash));
    let ends = |dash: &str| rest[dash.len()..].chars().next().is_none_or(char::is_whitespace);
    dash.filter(|dash| ends(dash)).map_or(0, |dash| dash.len())
}

/// Whether the text begins with a word with a capital.
fn is_word(rest: &str) -> bool {
    let mut letters = rest.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
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
    spaced: bool,
}

/// Reads digits with their separators: `45,000.50`, `45.000,50`, `45'000`, `45 000 €`. `spaced`: white
/// space may stand between the thousands, as it surely may behind a currency.
fn number(
    text: &str,
    start: usize,
    currency: Option<&str>,
    country: Option<&str>,
    spaced: bool,
) -> Option<Number> {
    let spaced = spaced || currency.is_some();
    let mut end = start + text[start..].bytes().take_while(u8::is_ascii_digit).count();
    if !is_separated(&text[end..], spaced) {
        let digit = |number: u32, byte: u8| number * 10 + u32::from(byte - b'0');
        let value = || f64::from(text[start..end].bytes().fold(0, digit));
        // A number with zeros before it is a reference's.
        let zeros = end - start > 3 && text[start..].starts_with('0');
        let fits = end - start <= 9 && !zeros;
        return fits.then(|| Number { value: value(), end, plain: true, spaced: false });
    }
    let (mut groups, mut signs): (Vec<&str>, Vec<char>) = (Vec::with_capacity(5), Vec::with_capacity(4));
    end = start;
    loop {
        let digits = text[end..].bytes().take_while(u8::is_ascii_digit).count();
        groups.push(&text[end..end + digits]);
        end += digits;
        let mut rest = text[end..].chars();
        let Some(sign) = rest.next().filter(|c| separates(*c, &text[end..], spaced)) else { break };
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
    Some(Number {
        value: digits.parse().ok()?,
        end,
        plain: used.groups == 1 && used.decimals == 0,
        spaced: used.groups > 1 && signs[0].is_whitespace(),
    })
}

/// Whether more digits follow behind a separator.
fn is_separated(rest: &str, spaced: bool) -> bool {
    let mut chars = rest.chars();
    chars.next().is_some_and(|c| separates(c, rest, spaced))
        && chars.next().is_some_and(|c| c.is_ascii_digit())
}

/// Signs of money that may follow thousands set apart by white space.
const SIGNS: [&str; 13] = ["€", "EUR", "Eur", "eur", "CHF", "$", "kr", "NOK", "SEK", "DKK", "£", "CAD", "k€"];

/// Whether this character may stand between groups of digits. White space may, if three digits follow
/// and `spaced`, or a currency behind them, perhaps of the other end of a range.
fn separates(sign: char, rest: &str, spaced: bool) -> bool {
    match sign {
        ',' | '.' | '\'' | '’' => true,
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => {
            let mut chars = rest[..rest.floor_char_boundary(40)].chars();
            chars.next();
            if chars.by_ref().take(3).filter(char::is_ascii_digit).count() < 3 {
                return false;
            }
            let behind = chars.as_str();
            // "$18 401(k)"
            let ends = behind.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '(');
            (spaced && ends) || is_money(behind) || ends && is_money(behind_joint(behind))
        }
        _ => false,
    }
}

/// Whether a sign of money stands behind the rest of a number.
fn is_money(behind: &str) -> bool {
    let cents = behind.strip_prefix([',', '.']).unwrap_or_default();
    let behind = if cents.starts_with(|c: char| c.is_ascii_digit()) {
        cents.trim_start_matches(|c: char| c.is_ascii_digit())
    } else {
        behind
    };
    let after = behind.trim_start_matches(['\u{a0}', '\u{202f}', '\u{2009}', ' ']);
    SIGNS.iter().any(|sign| after.starts_with(sign))
}

/// The text behind `à 32 000` and the like; nothing behind other words.
fn behind_joint(text: &str) -> &str {
    let number = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let joint = &text[..text.len() - number.len()];
    let behind = number.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    if joint.len() <= 8 && words::joins(joint) { behind } else { "" }
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
