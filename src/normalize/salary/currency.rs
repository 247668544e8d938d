//! The text beside a figure in, its currency out.

/// Signs and codes of currencies; of one place the longest counts, so they stand first. Some signs are
/// of several countries; which one is meant the posting's country tells.
const CURRENCIES: [(&str, Code); 47] = [
    ("US$", Of("USD")),
    ("USD$", Of("USD")),
    ("USD", Of("USD")),
    ("CAD$", Of("CAD")),
    ("CDN$", Of("CAD")),
    ("CA$", Of("CAD")),
    ("C$", Of("CAD")),
    ("$CAN", Of("CAD")),
    ("CAD", Of("CAD")),
    ("CDN", Of("CAD")),
    ("AU$", Of("AUD")),
    ("AUD$", Of("AUD")),
    ("A$", Of("AUD")),
    ("AUD", Of("AUD")),
    ("NZ$", Of("NZD")),
    ("NZD$", Of("NZD")),
    ("NZD", Of("NZD")),
    ("HK$", Of("HKD")),
    ("HKD", Of("HKD")),
    ("S$", Of("SGD")),
    ("SGD", Of("SGD")),
    ("MX$", Of("MXN")),
    ("MXN", Of("MXN")),
    ("R$", Of("BRL")),
    ("BRL", Of("BRL")),
    ("$", Dollar),
    ("£", Of("GBP")),
    ("GBP", Of("GBP")),
    ("€", Of("EUR")),
    ("EUR", Of("EUR")),
    ("euros", Of("EUR")),
    ("euro", Of("EUR")),
    ("CHF", Of("CHF")),
    ("SFr.", Of("CHF")),
    ("Fr.", Franc),
    ("NOK", Of("NOK")),
    ("SEK", Of("SEK")),
    ("DKK", Of("DKK")),
    ("kr.", Krone),
    ("kr", Krone),
    ("ZAR", Of("ZAR")),
    ("INR", Of("INR")),
    ("AED", Of("AED")),
    ("PLN", Of("PLN")),
    ("QAR", Of("QAR")),
    ("KES", Of("KES")),
    ("dollars", Dollar),
];

/// What a sign says: an ISO 4217 code, or a kind of money that several countries have.
#[derive(Clone, Copy)]
enum Code {
    Of(&'static str),
    Dollar,
    /// Of the Scandinavian countries.
    Krone,
    /// Of Switzerland, where the posting is from there: elsewhere `Fr.` is a Friday.
    Franc,
}

use Code::{Dollar, Franc, Krone, Of};

/// Rows of [`CURRENCIES`], a bit each, that end with a byte: most figures have another before them.
const ENDING: [u64; 256] = {
    let mut rows = [0; 256];
    let mut row = 0;
    while row < CURRENCIES.len() {
        let sign = CURRENCIES[row].0.as_bytes();
        rows[sign[sign.len() - 1] as usize] |= 1 << row;
        row += 1;
    }
    rows
};

/// Rows of [`CURRENCIES`], a bit each, that begin with a byte in any case.
const BEGINNING: [u64; 256] = {
    let mut rows = [0; 256];
    let mut row = 0;
    while row < CURRENCIES.len() {
        let first = CURRENCIES[row].0.as_bytes()[0];
        rows[first.to_ascii_lowercase() as usize] |= 1 << row;
        rows[first.to_ascii_uppercase() as usize] |= 1 << row;
        row += 1;
    }
    rows
};

/// The rows of [`CURRENCIES`] whose bits are set, in their order.
fn rows(mut bits: u64) -> impl Iterator<Item = &'static (&'static str, Code)> {
    std::iter::from_fn(move || {
        let row = CURRENCIES.get(bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(row)
    })
}

/// The first row of [`CURRENCIES`] that a text ends with.
fn last_in(text: &str) -> Option<&'static (&'static str, Code)> {
    let last = text.as_bytes().last()?;
    rows(ENDING[usize::from(*last)]).find(|(sign, _)| text.ends_with(sign))
}

/// Countries and the currency of a figure that names none, or only a dollar.
const COUNTRIES: [(&str, &str); 44] = [
    ("US", "USD"),
    ("CA", "CAD"),
    ("AU", "AUD"),
    ("NZ", "NZD"),
    ("HK", "HKD"),
    ("SG", "SGD"),
    ("GB", "GBP"),
    ("IM", "GBP"),
    ("JE", "GBP"),
    ("GG", "GBP"),
    ("CH", "CHF"),
    ("LI", "CHF"),
    ("NO", "NOK"),
    ("SE", "SEK"),
    ("DK", "DKK"),
    ("ZA", "ZAR"),
    ("IN", "INR"),
    ("AE", "AED"),
    ("PL", "PLN"),
    ("QA", "QAR"),
    ("KE", "KES"),
    ("BR", "BRL"),
    ("MX", "MXN"),
    ("AR", "ARS"),
    ("CL", "CLP"),
    ("CO", "COP"),
    ("AT", "EUR"),
    ("BE", "EUR"),
    ("CY", "EUR"),
    ("DE", "EUR"),
    ("EE", "EUR"),
    ("ES", "EUR"),
    ("FI", "EUR"),
    ("FR", "EUR"),
    ("GR", "EUR"),
    ("IE", "EUR"),
    ("IT", "EUR"),
    ("LU", "EUR"),
    ("LV", "EUR"),
    ("MT", "EUR"),
    ("NL", "EUR"),
    ("PT", "EUR"),
    ("SI", "EUR"),
    ("SK", "EUR"),
];

/// Countries that write `45.000` for forty-five thousand.
const DOT_COUNTRIES: [&str; 14] =
    ["AT", "BE", "BR", "CH", "DE", "DK", "ES", "GR", "IT", "LI", "NL", "NO", "PT", "SE"];

/// The currency of a country; dollars of the United States where nothing is known.
pub(super) fn of_country(country: Option<&str>) -> &'static str {
    COUNTRIES.iter().find(|(code, _)| Some(*code) == country).map_or("USD", |(_, currency)| currency)
}

/// Pesos that are written with the sign of the dollar.
const PESOS: [&str; 4] = ["MXN", "ARS", "CLP", "COP"];

fn dollar_of(country: Option<&str>) -> &'static str {
    let currency = of_country(country);
    if currency.ends_with('D') || PESOS.contains(&currency) { currency } else { "USD" }
}

/// Whether a dot before three digits groups thousands.
pub(super) fn dot_groups(currency: Option<&str>, country: Option<&str>) -> bool {
    currency.is_some_and(|c| matches!(c, "EUR" | "CHF" | "NOK" | "SEK" | "DKK" | "PLN"))
        || country.is_some_and(|c| DOT_COUNTRIES.contains(&c))
}

/// The currency of a sign; `None` where the country has no such money.
fn named(code: Code, country: Option<&str>) -> Option<&'static str> {
    match code {
        Of(code) => Some(code),
        Dollar => Some(dollar_of(country)),
        Krone => Some(of_country(country)).filter(|code| code.ends_with('K')),
        Franc => Some(of_country(country)).filter(|code| *code == "CHF"),
    }
}

/// The currency that the text ends with, and the length of its sign and the space behind it.
pub(super) fn before(text: &str, country: Option<&str>) -> Option<(&'static str, usize)> {
    let trimmed = text.trim_end();
    let (sign, code) = last_in(trimmed)?;
    let rest = &trimmed[..trimmed.len() - sign.len()];
    let letter = sign.starts_with(|c: char| c.is_alphabetic());
    if letter && rest.chars().next_back().is_some_and(char::is_alphanumeric) {
        return None;
    }
    // "USD $ 55,000"
    let outer = if *sign == "$" { last_in(rest.trim_end()) } else { None };
    let (code, start) = match outer {
        Some((s, code)) if !matches!(code, Dollar) => (*code, rest.trim_end().len() - s.len()),
        _ => (*code, rest.len()),
    };
    Some((named(code, country)?, text.len() - start))
}

/// The currency that the text begins with, and the length of its sign and the space before it.
pub(super) fn after(text: &str, country: Option<&str>) -> Option<(&'static str, usize)> {
    let trimmed = text.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let trimmed = trimmed.strip_prefix(",-").map_or(trimmed, str::trim_start);
    let first = trimmed.as_bytes().first()?;
    let (sign, code) = rows(BEGINNING[usize::from(*first)])
        .filter(|(sign, _)| trimmed.get(..sign.len()).is_some_and(|head| head.eq_ignore_ascii_case(sign)))
        .max_by_key(|(sign, _)| sign.len())?;
    let rest = &trimmed[sign.len()..];
    let follows = rest.chars().next().is_some_and(char::is_alphanumeric);
    // "15-$20": the sign belongs to the next figure.
    let next = sign.ends_with(['$', '£', '€']) && rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    if follows || next { None } else { Some((named(*code, country)?, text.len() - rest.len())) }
}
