//! Values of the schema in, words for readers out.

use chrono::NaiveDate;

use crate::iso;
use crate::posting::{Closing, ClosingKind, EmploymentType, Mlis, Place, Remote, Salary, SalaryUnit};
use crate::text::squash;

/// Countries whose readers know their subdivisions by the code: `Ithaca, NY`.
const BY_CODE: [&str; 3] = ["US", "CA", "AU"];

/// Places named in a title; of more, only the first is.
const PLACES_IN_TITLE: usize = 2;

/// `Music Cataloger — Example College (Ithaca, NY)`.
pub(super) fn title(title: &str, employer: Option<&str>, places: &[Place], remote: Remote) -> String {
    let mut out = match (title, employer) {
        ("", None) => String::from("Open position"),
        ("", Some(employer)) => employer.to_owned(),
        (title, None) => title.to_owned(),
        (title, Some(employer)) => format!("{title} — {employer}"),
    };
    let names: Vec<_> = places.iter().filter_map(short_place).collect();
    let place = match &names[..] {
        [first, rest @ ..] if rest.len() >= PLACES_IN_TITLE => format!("{first} and {} more", rest.len()),
        names => names.join("; "),
    };
    let mode = match remote {
        Remote::No => "",
        Remote::Hybrid => "hybrid",
        Remote::Remote => "remote",
    };
    let parts: Vec<_> = [place.as_str(), mode].into_iter().filter(|part| !part.is_empty()).collect();
    if !parts.is_empty() {
        out.push_str(&format!(" ({})", parts.join(", ")));
    }
    out
}

/// `Ithaca, NY`, `Dublin, Ireland`, `Ontario`.
fn short_place(place: &Place) -> Option<String> {
    let city = place.city.as_deref().map(squash).filter(|city| !city.is_empty());
    let region = place.region.as_deref().map(squash).filter(|region| !region.is_empty());
    let country = place.country.as_deref().map(country_name);
    let Some(city) = city else {
        return region.map(|code| region_name(&code)).or(country);
    };
    let code = region.as_deref().and_then(|code| code.split_once('-'));
    let behind = match code {
        Some((country, code)) if BY_CODE.contains(&country) => Some(code.to_owned()),
        _ => country,
    };
    Some(behind.map_or_else(|| city.clone(), |behind| format!("{city}, {behind}")))
}

/// `Ithaca, New York, United States`.
pub(super) fn long_place(place: &Place) -> String {
    let city = place.city.as_deref().map(squash);
    let region = place.region.as_deref().map(region_name);
    let country = place.country.as_deref().map(country_name);
    let parts: Vec<_> =
        [city, region, country].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

fn region_name(code: &str) -> String {
    iso::region_name(code).map_or_else(|| squash(code), str::to_owned)
}

fn country_name(code: &str) -> String {
    iso::country_name(code).map_or_else(|| squash(code), str::to_owned)
}

pub(super) fn remote(remote: Remote) -> Option<&'static str> {
    match remote {
        Remote::No => None,
        Remote::Hybrid => Some("Partly (hybrid)"),
        Remote::Remote => Some("Yes"),
    }
}

/// `USD 55,000–62,000 a year`.
pub(super) fn salary(salary: &Salary) -> Option<String> {
    let usable = |amount: Option<f64>| amount.filter(|a| a.is_finite() && (0.0..1e12).contains(a));
    let (min, max) = (usable(salary.min), usable(salary.max));
    let cents = [min, max].into_iter().flatten().any(|amount| amount.fract() != 0.0);
    let figure = |amount: f64| figure(amount, cents);
    let currency = squash(&salary.currency);
    let range = match (min, max) {
        (Some(min), Some(max)) if min == max => format!("{currency} {}", figure(min)),
        (Some(min), Some(max)) => format!("{currency} {}–{}", figure(min), figure(max)),
        (Some(min), None) => format!("from {currency} {}", figure(min)),
        (None, Some(max)) => format!("up to {currency} {}", figure(max)),
        (None, None) => return None,
    };
    let unit = match salary.unit {
        SalaryUnit::Hour => "an hour",
        SalaryUnit::Day => "a day",
        SalaryUnit::Week => "a week",
        SalaryUnit::Month => "a month",
        SalaryUnit::Year => "a year",
        SalaryUnit::Total => "in total",
    };
    Some(format!("{} {unit}", range.trim_start()))
}

/// An amount with commas between thousands.
fn figure(amount: f64, cents: bool) -> String {
    let text = if cents { format!("{amount:.2}") } else { format!("{amount:.0}") };
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out + fraction
}

/// `2 November 2026`.
pub(super) fn date(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// Until when applications are taken; `closes` is the vacancy's last day, which several postings
/// may speak of.
pub(super) fn closing(closing: &Closing, closes: Option<NaiveDate>) -> Option<String> {
    if let Some(last) = closes {
        return Some(date(last));
    }
    let day = closing.date.map(date);
    match (closing.kind, day) {
        (ClosingKind::By, day) => day,
        (ClosingKind::Priority, Some(day)) => {
            Some(format!("{day} for priority; later applications may be read"))
        }
        (ClosingKind::ReviewBegins, Some(day)) => Some(format!("Review of applications begins {day}")),
        (ClosingKind::UntilFilled, Some(day)) => Some(format!("Open until filled; {day} is named")),
        (ClosingKind::UntilFilled, None) => Some(String::from("Open until filled")),
        (ClosingKind::Rolling, _) => Some(String::from("Applications are read as they come")),
        (ClosingKind::Priority | ClosingKind::ReviewBegins, None) | (ClosingKind::Unknown, _) => {
            closing.text.as_deref().map(squash).filter(|text| !text.is_empty())
        }
    }
}

pub(super) fn employment(kind: EmploymentType) -> &'static str {
    match kind {
        EmploymentType::FullTime => "full-time",
        EmploymentType::PartTime => "part-time",
        EmploymentType::Temporary => "temporary",
        EmploymentType::Contractor => "contract",
        EmploymentType::Intern => "internship",
        EmploymentType::Volunteer => "volunteer",
        EmploymentType::PerDiem => "per diem",
    }
}

pub(super) fn mlis(mlis: Mlis) -> Option<&'static str> {
    match mlis {
        Mlis::No => None,
        Mlis::Required => Some("MLIS required"),
        Mlis::Preferred => Some("MLIS preferred"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(city: &str, region: &str, country: &str) -> Place {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Place { city: some(city), region: some(region), country: some(country) }
    }

    #[test]
    fn titles_name_who_and_where() {
        let (ny, on, dublin) =
            (place("Ithaca", "US-NY", "US"), place("", "CA-ON", "CA"), place("Dublin", "", "IE"));
        assert_eq!(title("A", Some("B"), std::slice::from_ref(&ny), Remote::No), "A — B (Ithaca, NY)");
        assert_eq!(
            title("A", None, &[on.clone(), dublin.clone()], Remote::Hybrid),
            "A (Ontario; Dublin, Ireland, hybrid)"
        );
        assert_eq!(title("A", None, &[ny, on, dublin], Remote::No), "A (Ithaca, NY and 2 more)");
        assert_eq!(title("", Some("B"), &[], Remote::Remote), "B (remote)");
        assert_eq!(title("", None, &[place("", "", "")], Remote::No), "Open position");
    }

    #[test]
    fn pay_is_said_in_words() {
        let say = |min, max, unit| salary(&Salary { min, max, currency: "USD".into(), unit });
        assert_eq!(
            say(Some(55000.0), Some(1062000.0), SalaryUnit::Year).unwrap(),
            "USD 55,000–1,062,000 a year"
        );
        assert_eq!(say(Some(21.5), Some(25.0), SalaryUnit::Hour).unwrap(), "USD 21.50–25.00 an hour");
        assert_eq!(say(Some(900.0), Some(900.0), SalaryUnit::Total).unwrap(), "USD 900 in total");
        assert_eq!(say(None, Some(900.0), SalaryUnit::Month).unwrap(), "up to USD 900 a month");
        assert_eq!(say(Some(900.0), None, SalaryUnit::Week).unwrap(), "from USD 900 a week");
        for odd in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
            assert_eq!(say(Some(odd), None, SalaryUnit::Year), None);
        }
    }

    #[test]
    fn closings_are_said_in_words() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 2);
        let say = |kind, date, text: Option<&str>| {
            closing(&Closing { kind, date, text: text.map(Into::into) }, None)
        };
        assert_eq!(say(ClosingKind::By, day, None).as_deref(), Some("2 November 2026"));
        assert_eq!(say(ClosingKind::UntilFilled, None, Some("x")).as_deref(), Some("Open until filled"));
        assert_eq!(say(ClosingKind::Priority, None, Some("soon")).as_deref(), Some("soon"));
        assert_eq!(say(ClosingKind::Unknown, None, None), None);
        assert_eq!(closing(&Closing::default(), day).as_deref(), Some("2 November 2026"));
    }
}
