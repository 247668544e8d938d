//! The texts of a job's elements in, an entry out.

use std::borrow::Cow;

use chrono_tz::Tz;
use url::Url;

use super::{Element, names};
use crate::date;
use crate::parse::extra::{Extra, is_absolute, plain, unescape};
use crate::parse::feed::{place, salary};
use crate::parse::markup::{Kind, Token, tokens};
use crate::parse::name::Field;
use crate::parse::{Body, Entry};
use crate::posting::Moment;
use crate::text;

/// One job.
#[derive(Default)]
pub struct Record {
    fields: Extra<'static>,
    /// Places, with the rank of their elements, each once.
    places: Vec<(u8, String)>,
    /// Texts with the rank of their elements.
    texts: Vec<(u8, String)>,
    /// Parts of the text under a heading each.
    sections: String,
}

/// Places of one job that are read.
const MOST_PLACES: usize = 50;

/// Names that are also elements of HTML: in a long text, they do not end it.
const HTML: [&str; 9] = ["title", "link", "summary", "content", "address", "section", "body", "ref", "name"];

/// Whether an element of this name says that a long text before it has ended.
pub fn ends_text(local: &str) -> bool {
    !HTML.iter().any(|name| name.eq_ignore_ascii_case(local)) && names::field(local, None).is_some()
}

/// The text of a token, without characters that XML forbids; nothing for a CDATA section's begin
/// whose end is missing.
pub fn text_of(token: &Token<'_>) -> String {
    if token.text == "<![CDATA[" {
        return String::new();
    }
    text::for_xml(&unescape(token)).into_owned()
}

/// Adds the text of an element without a meaning of its own to that of the one around it.
pub fn add_piece(text: &mut String, piece: &str) {
    if piece.trim().is_empty() {
        return;
    }
    if !text.trim().is_empty() {
        text.truncate(text.trim_end().len());
        text.push_str(", ");
    }
    text.push_str(piece.trim());
}

/// Whether dates with slashes have the day first, as one that cannot be read otherwise shows:
/// `19/12/2018`.
pub fn day_first(records: &[Record]) -> bool {
    let dates = || {
        let fields = [Field::Published, Field::Updated, Field::Closing];
        records.iter().flat_map(move |r| fields.into_iter().flat_map(|field| r.fields.all(field)))
    };
    let (mut day_first, mut month_first) = (false, false);
    for (first, second, _) in dates().filter_map(slashed) {
        day_first |= first > 12;
        month_first |= second > 12;
    }
    day_first && !month_first
}

/// `19/12/2018`, with what follows it.
fn slashed(text: &str) -> Option<(u32, u32, &str)> {
    let mut parts = text.splitn(3, '/');
    let (first, second, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let year = rest.get(..4)?;
    let whole = year.bytes().all(|b| b.is_ascii_digit());
    whole.then_some(())?;
    Some((first.trim().parse().ok()?, second.trim().parse().ok()?, rest))
}

/// A date with slashes whose day is first, in a form that has one meaning.
fn dated(text: &str) -> Cow<'_, str> {
    match slashed(text) {
        Some((day, month, rest)) => {
            let (year, after) = rest.split_at(4);
            Cow::Owned(format!("{year}-{month:02}-{day:02}{after}"))
        }
        None => Cow::Borrowed(text),
    }
}

impl Record {
    /// A job by the tag that begins it.
    pub fn of(token: &Token<'_>) -> Record {
        let mut record = Record::default();
        for attribute in token.attributes().take(16) {
            if let Some((field @ (Field::Key | Field::Link), rank)) = names::field(attribute.name, None) {
                record.fields.add(field, rank.saturating_add(100), &text::decode(attribute.value));
            }
        }
        record
    }

    /// What an element says in its attributes.
    pub fn attributes(&mut self, token: &Token<'_>, field: Option<(Field, u8)>) {
        match field {
            Some((Field::Link, rank)) => {
                if let Some(href) = token.attribute("href") {
                    self.fields.add(Field::Link, rank, &text::decode(href));
                }
            }
            Some((Field::SalaryLow | Field::SalaryHigh, rank)) => {
                if let Some(currency) = token.attribute("currencyID") {
                    self.fields.add(Field::SalaryCurrency, rank, currency);
                }
            }
            _ => {}
        }
    }

    /// The text of an element that has ended.
    pub fn value(&mut self, element: &Element<'_>) {
        let Some((field, rank)) = element.field else { return };
        let mut text = element.text.trim();
        if names::is_code(element.local)
            && let Some((number, name)) = text.split_once('-')
            && number.bytes().all(|b| b.is_ascii_digit())
        {
            text = name;
        }
        if field == Field::SalaryInterval {
            text = names::interval(text);
        }
        self.fields.add(field, rank, text);
        if field == Field::Place && self.places.len() < MOST_PLACES {
            let place = (rank, plain(text));
            if !place.1.is_empty() && !self.places.contains(&place) {
                self.places.push(place);
            }
        }
    }

    /// The content of an element of long text, as written; `markup` is whether tags stand in it that
    /// are not escaped.
    pub fn text(&mut self, element: &Element<'_>, content: &str, markup: bool) {
        let text: String = if markup {
            let inner =
                |t: Token<'_>| if t.kind == Kind::Cdata { t.cdata().to_owned() } else { t.text.to_owned() };
            let html: String = tokens(content).filter(|t| t.text != "<![CDATA[").map(inner).collect();
            text::for_xml(&html).into_owned()
        } else {
            tokens(content).map(|token| text_of(&token)).collect()
        };
        if text.trim().is_empty() {
            return;
        }
        match element.field {
            Some((Field::Section, _)) => {
                let text = Body::html(text).into_html();
                self.sections.push_str(&format!("<h3>{}</h3>\n{text}\n", heading(element.local)));
            }
            Some((_, rank)) => self.texts.push((rank, text)),
            None => {}
        }
    }

    /// `base` is where the document came from; `day_first` how its dates are written.
    pub fn into_entry(mut self, base: Option<&Url>, day_first: bool, zone: Option<Tz>) -> Entry {
        let fields = &self.fields;
        let get = |field| fields.get(field).map(str::to_owned);
        let date = |text: &str| if day_first { dated(text).into_owned() } else { text.to_owned() };
        let moment =
            |field| -> Option<Moment> { fields.all(field).find_map(|text| date::read(&date(text), zone)) };
        let absolute = |link: String| match base {
            Some(base) if !is_absolute(&link) => base.join(&link).map_or(link, String::from),
            _ => link,
        };
        let mut categories: Vec<String> = Vec::new();
        for category in fields.all(Field::Category) {
            if !categories.iter().any(|known| known == category) {
                categories.push(category.to_owned());
            }
        }
        let mut employment: Vec<&str> = fields.all(Field::Employment).collect();
        employment.dedup();
        let employment = Some(employment.join(", ")).filter(|text| !text.is_empty());
        self.texts.sort_by_key(|(rank, _)| *rank);
        let mut texts = self.texts.into_iter().map(|(_, text)| Body::html(text));
        let (mut body, summary) = Body::longer(texts.next(), texts.next());
        if !self.sections.is_empty() {
            body =
                Body::Html([&body.into_html(), self.sections.trim_end()].join("\n").trim_start().to_owned());
        }
        Entry {
            key: get(Field::Key),
            title: get(Field::Title).unwrap_or_default(),
            url: get(Field::Link).map(absolute),
            apply: get(Field::Apply),
            employer: get(Field::Employer),
            place: place_of(&self.places, fields),
            salary: salary(fields),
            employment,
            closing: get(Field::Closing).map(|text| date(&text)),
            author: None,
            department: None,
            published: moment(Field::Published),
            updated: moment(Field::Updated),
            categories,
            body,
            summary,
            language: get(Field::Language),
        }
    }
}

/// Where the job is: each place of several elements of one name, or what the parts of one say.
fn place_of(places: &[(u8, String)], fields: &Extra<'_>) -> Option<String> {
    let best = places.iter().map(|(rank, _)| *rank).min();
    let best: Vec<_> =
        places.iter().filter(|(rank, _)| Some(*rank) == best).map(|(_, place)| place.as_str()).collect();
    if best.len() > 1 { Some(best.join("; ")) } else { place(fields) }
}

/// The words of an element's name: `MajorDuties`, `job_requirements`.
fn heading(local: &str) -> String {
    // Indeed's one name of two words without a sign between them.
    let local = if local.eq_ignore_ascii_case("remotetype") { "Remote" } else { local };
    let mut words = String::with_capacity(local.len() + 4);
    for c in local.chars() {
        match c {
            '_' | '-' | '.' => words.push(' '),
            c if c.is_uppercase() && words.ends_with(char::is_lowercase) => {
                words.push(' ');
                words.push(c);
            }
            c if words.is_empty() => words.extend(c.to_uppercase()),
            c => words.push(c),
        }
    }
    htmlize::escape_text(words).into_owned()
}
