//! A value of JSON in, what an entry states out: a line of text, a date, pay, a body.

use chrono::SecondsFormat;
use chrono_tz::Tz;
use serde_json::{Number, Value};

use crate::date;
use crate::parse::Body;
use crate::posting::Moment;
use crate::text;

/// What systems write where nothing is known, in lower case.
const PLACEHOLDERS: [&str; 15] = [
    "",
    "-",
    "--",
    "n/a",
    "na",
    "none",
    "null",
    "nil",
    "undefined",
    "unavailable",
    "not available",
    "not displayed",
    "not specified",
    "not provided",
    "not applicable",
];

/// Digits of a float up to which it is a whole number that lost its type on the way.
const WHOLE: f64 = 1e15;

/// Elements of a list within one entry that are looked at: nobody works in more places.
pub const LISTED: usize = 100;

/// A text or a number, trimmed; `None` for a placeholder and for every other kind of value.
pub fn scalar(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => digits(number),
        _ => return None,
    };
    (!PLACEHOLDERS.contains(&text.to_lowercase().as_str())).then_some(text)
}

fn digits(number: &Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < WHOLE => {
            format!("{float:.0}")
        }
        _ => number.to_string(),
    }
}

/// The value of one line at a JSON Pointer (RFC 6901), character references decoded.
pub fn line(value: &Value, pointer: &str) -> Option<String> {
    one_line(&scalar(value.pointer(pointer)?)?)
}

/// A text on one line, character references decoded; a placeholder may stand behind those.
pub fn one_line(text: &str) -> Option<String> {
    Some(text::squash(&text::decode(text))).filter(|line| !line.is_empty())
}

/// The value at the first pointer that leads to one.
pub fn first(value: &Value, pointers: &[&str]) -> Option<String> {
    pointers.iter().find_map(|pointer| line(value, pointer))
}

/// An address as it is given; a number is none.
pub fn address(value: &Value, pointer: &str) -> Option<String> {
    scalar(value.pointer(pointer).filter(|value| value.is_string())?)
}

/// The day of a date with a time that is only there because the format asks for one.
pub fn day(value: &Value, pointer: &str) -> Option<String> {
    line(value, pointer).map(|date| date.split('T').next().unwrap_or_default().to_owned())
}

/// An id exactly as it is given.
pub fn exact(value: &Value, pointer: &str) -> Option<String> {
    scalar(value.pointer(pointer)?)
}

/// The elements of a list, at most [`LISTED`]; none where there is no list.
pub fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    let all = value.pointer(pointer).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    &all[..all.len().min(LISTED)]
}

/// The lines at `pointer` within each element of a list, none twice.
pub fn lines(value: &Value, pointer: &str, within: &str) -> Vec<String> {
    let mut all = Vec::new();
    for line in list(value, pointer).iter().filter_map(|element| line(element, within)) {
        if !all.contains(&line) {
            all.push(line);
        }
    }
    all
}

pub fn is_true(value: &Value, pointer: &str) -> bool {
    value.pointer(pointer).is_some_and(|value| match value {
        Value::Bool(is) => *is,
        Value::String(text) => text.eq_ignore_ascii_case("true"),
        _ => false,
    })
}

/// A date in any form; a number is seconds or milliseconds since 1970.
pub fn moment(value: &Value, pointer: &str, zone: Option<Tz>) -> Option<Moment> {
    read_moment(&scalar(value.pointer(pointer)?)?, zone)
}

pub fn read_moment(text: &str, zone: Option<Tz>) -> Option<Moment> {
    // Seconds with a fraction, as some programs print the time.
    let whole = text.split_once('.').filter(|(whole, part)| is_digits(whole) && is_digits(part));
    date::read(whole.map_or(text, |(whole, _)| whole), zone)
}

/// A closing date in words that people would write: numbers become dates.
pub fn closing(text: &str, zone: Option<Tz>) -> String {
    let number = text.parse::<f64>().is_ok();
    match read_moment(text, zone).filter(|_| number) {
        Some(Moment::On(day)) => day.to_string(),
        Some(Moment::At(at)) => at.to_rfc3339_opts(SecondsFormat::Secs, true),
        None => text.to_owned(),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A text that may be HTML, also HTML that was escaped once more (`&lt;p&gt;`).
pub fn body(text: &str) -> Body {
    let escaped = !text.contains('<') && text.contains("&lt;") && text.contains("&gt;");
    if escaped { Body::html(htmlize::unescape(text).into_owned()) } else { Body::html(text.to_owned()) }
}

/// A text with its markup at a pointer.
pub fn markup(value: &Value, pointer: &str) -> Option<Body> {
    scalar(value.pointer(pointer)?).map(|text| body(&text))
}

/// Texts one below the other, each under its heading, if it has one.
pub fn sections(sections: impl IntoIterator<Item = (Option<String>, Option<Body>)>) -> Body {
    let mut html = String::new();
    for (heading, body) in sections {
        let Some(body) = body.filter(|body| !body.is_empty()) else { continue };
        if let Some(heading) = heading {
            html.push_str(&format!("<h3>{}</h3>\n", htmlize::escape_text(heading)));
        }
        html.push_str(&match body {
            Body::Text(text) => format!("<p>{}</p>", Body::Text(text).into_html()),
            html => html.into_html(),
        });
        html.push('\n');
    }
    Body::Html(html.trim_end().to_owned())
}

/// Names of a period, the shortest beginning that tells it, and the word for it.
const PERIODS: [(&str, &str); 12] = [
    ("ph", "hour"),
    ("pa", "year"),
    ("pd", "day"),
    ("pm", "month"),
    ("bw", "two weeks"),
    ("hour", "hour"),
    ("bi-week", "two weeks"),
    ("biweek", "two weeks"),
    ("day", "day"),
    ("week", "week"),
    ("month", "month"),
    ("year", "year"),
];

/// Pay in one line: `48.00 - 62.00 USD per hour`. `period` is a word or a code: `PA`, `per-year-salary`,
/// `1 HOUR`.
pub fn pay(
    low: Option<f64>,
    high: Option<f64>,
    currency: Option<&str>,
    period: Option<&str>,
) -> Option<String> {
    let figure = |amount: Option<f64>| {
        let amount = amount.filter(|amount| amount.is_finite() && *amount > 0.0)?;
        Some(if amount.fract() == 0.0 { format!("{amount:.0}") } else { format!("{amount:.2}") })
    };
    let mut pay = match (figure(low), figure(high)) {
        (Some(low), Some(high)) if low == high => low,
        (Some(low), Some(high)) => format!("{low} - {high}"),
        (Some(low), None) => low,
        (None, Some(high)) => format!("up to {high}"),
        (None, None) => return None,
    };
    if let Some(currency) = currency {
        pay = format!("{pay} {currency}");
    }
    if let Some(period) = period.and_then(self::period) {
        pay = format!("{pay} per {period}");
    }
    Some(pay)
}

fn period(text: &str) -> Option<&'static str> {
    let text = text.to_ascii_lowercase();
    let is = |name: &str| if name.len() == 2 { text == name } else { text.contains(name) };
    PERIODS.iter().find(|(name, _)| is(name)).map(|(_, word)| *word)
}

/// A number, or a text that is one: `"99,200.0"`.
pub fn number(value: &Value, pointer: &str) -> Option<f64> {
    match value.pointer(pointer)? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().trim_start_matches('$').replace(',', "").parse().ok(),
        _ => None,
    }
}

/// Words that were written as one: `FullTime`, `part_time`.
pub fn words(name: &str) -> String {
    let mut words = String::new();
    let mut small = false;
    for letter in name.chars() {
        if letter.is_uppercase() && small {
            words.push(' ');
        }
        small = letter.is_lowercase();
        words.push(if letter == '_' { ' ' } else { letter });
    }
    words
}

/// Places one after the other, with the word for work that is done elsewhere.
pub fn places(places: &[String], remote: Option<&str>) -> Option<String> {
    let joined = places.join("; ");
    match remote {
        Some(word) if joined.is_empty() => Some(word.to_owned()),
        Some(word) if !joined.to_lowercase().contains(&word.to_lowercase()) => {
            Some(format!("{joined} ({word})"))
        }
        _ => Some(joined).filter(|joined| !joined.is_empty()),
    }
}

/// The word for where the work is done: `Remote`, `Hybrid`; none for work on site.
pub fn workplace(word: Option<&str>) -> Option<&'static str> {
    let word = word?.to_lowercase();
    if word.contains("hybrid") {
        Some("Hybrid")
    } else if word.contains("remote") && !word.contains("not") && !word.contains("no ") {
        Some("Remote")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn placeholders_and_wrong_types_are_no_values() {
        let nothing = json!([null, "", " - ", "Not Displayed", "UNAVAILABLE", "n/a", true, {}, ["x"]]);
        for value in nothing.as_array().expect("a list") {
            assert_eq!(scalar(value), None, "{value}");
        }
        assert_eq!(scalar(&json!(1_769_801_375_307.0)).as_deref(), Some("1769801375307"));
        assert_eq!(scalar(&json!(35.5)).as_deref(), Some("35.5"));
        assert_eq!(scalar(&json!(" none of these ")).as_deref(), Some("none of these"));
    }

    #[test]
    fn numbers_of_date_fields_are_times() {
        let day = |text| read_moment(text, None).map(|moment| moment.date().to_string());
        for time in ["1769801375", "1769801375307", "1769801375.307", "2026-01-30", "January 30, 2026"] {
            assert_eq!(day(time).as_deref(), Some("2026-01-30"), "{time}");
        }
        assert_eq!(day("99999999999999999999"), None);
        assert_eq!(closing("1769801375307", None), "2026-01-30T19:29:35Z");
        assert_eq!(closing("Open until filled", None), "Open until filled");
        assert_eq!(closing("30.01.2026", None), "30.01.2026");
    }

    #[test]
    fn pay_needs_a_figure() {
        let pay = |low, high, period| pay(low, high, Some("USD"), Some(period));
        assert_eq!(pay(Some(48.0), Some(62.5), "PH").as_deref(), Some("48 - 62.50 USD per hour"));
        assert_eq!(pay(Some(6e4), Some(6e4), "per-year-salary").as_deref(), Some("60000 USD per year"));
        assert_eq!(pay(None, Some(9.0), "1 HOUR").as_deref(), Some("up to 9 USD per hour"));
        assert_eq!(pay(Some(900.0), None, "Bi-Weekly").as_deref(), Some("900 USD per two weeks"));
        assert_eq!(pay(Some(900.0), None, "FB").as_deref(), Some("900 USD"));
        assert_eq!(pay(Some(0.0), Some(f64::NAN), "PA"), None);
    }

    #[test]
    fn where_the_work_is_done() {
        let words = ["Hybrid", "remote", "on-site", "Not remote", "unspecified"].map(|w| workplace(Some(w)));
        assert_eq!(words, [Some("Hybrid"), Some("Remote"), None, None, None]);
        let towns = ["Ithaca, NY".to_owned(), "Albany, NY".to_owned()];
        assert_eq!(places(&towns, Some("Remote")).as_deref(), Some("Ithaca, NY; Albany, NY (Remote)"));
        assert_eq!(places(&["Remote - US".to_owned()], Some("Remote")).as_deref(), Some("Remote - US"));
        assert_eq!((places(&[], Some("Remote")).as_deref(), places(&[], None)), (Some("Remote"), None));
        assert_eq!(["FullTime", "part_time", "IT"].map(super::words), ["Full Time", "part time", "IT"]);
    }
}
