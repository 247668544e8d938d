//! A table with a header line in, an entry a row out.

use chrono_tz::Tz;
use csv::{ReaderBuilder, StringRecord};

use super::{Body, Entry, Error, Parsed, SkipReason, markdown};
use crate::config::Columns;
use crate::date;
use crate::text;

/// Headers that hold a field where the source does not say, folded, the best first; a field's names
/// begin with those of METRO's form.
const TITLE: &[&str] = &["position title", "job title", "title", "position", "job opening title"];
const ID: &[&str] = &["id", "job id", "posting id", "reference number", "reference"];
const EMPLOYER: &[&str] = &[
    "institution company",
    "institution",
    "company",
    "employer",
    "organization",
    "organisation",
    "library",
    "name of employer",
    "hiring organization",
];
const PLACE: &[&str] = &["location", "job location", "place", "city"];
const URL: &[&str] = &["url", "job url", "link", "website", "web address"];
const APPLY: &[&str] = &["to apply", "how to apply", "apply", "application instructions"];
const POSTED: &[&str] = &["timestamp", "date posted", "posted", "posting date", "date"];
const CLOSING: &[&str] = &["closing date", "application deadline", "deadline", "closes", "apply by"];
const SALARY: &[&str] = &["compensation", "salary", "salary range", "pay", "wage"];
const EMPLOYMENT: &[&str] = &["employment type", "job type", "position type", "type", "hours"];
const CATEGORIES: &[&str] = &["categories", "category", "tags"];

/// Headers whose columns make up the text, folded, in this order.
const DESCRIPTION: [&str; 10] = [
    "description",
    "job description",
    "position description",
    "responsibilities",
    "qualifications",
    "compensation",
    "to apply",
    "company information",
    "contact information",
    "contact",
];

/// Reads a table of comma-, semicolon- or tab-separated values.
///
/// # Errors
/// [`Error::NoColumn`] if no column holds the title, or one that the source names is not there;
/// [`Error::Empty`] without a header.
pub fn parse(text: &str, columns: Option<&Columns>, zone: Option<Tz>) -> Result<Parsed, Error> {
    let text = text.trim_start_matches('\u{feff}').trim_start_matches(['\r', '\n']);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let header = records.next().and_then(Result::ok).ok_or(Error::Empty)?;
    let layout = Layout::new(&header, columns)?;
    let mut parsed = Parsed { complete: true, ..Parsed::default() };
    for (number, record) in records.enumerate() {
        // The header is row 1, as a spreadsheet counts.
        let name = || format!("row {}", number + 2);
        let Ok(record) = record else {
            parsed.skip(name(), SkipReason::BadRow);
            continue;
        };
        let surplus = record.iter().skip(header.len()).any(|cell| !cell.trim().is_empty());
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.len() < header.len() || surplus {
            parsed.skip(name(), SkipReason::BadRow);
            continue;
        }
        let entry = layout.entry(&record, zone);
        if entry.title.is_empty() {
            parsed.skip(name(), SkipReason::NoTitle);
        } else {
            parsed.take(entry);
        }
    }
    Ok(parsed)
}

/// The sign that the header line is separated by: the one that it has most of.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default().as_bytes();
    let count = |sign: &u8| header.iter().filter(|byte| *byte == sign).count();
    // Of signs that are there equally often, the last wins: a comma.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// Which column holds what.
struct Layout {
    id: Option<usize>,
    title: Option<usize>,
    employer: Option<usize>,
    place: Option<usize>,
    url: Option<usize>,
    apply: Option<usize>,
    posted: Option<usize>,
    closing: Option<usize>,
    salary: Option<usize>,
    employment: Option<usize>,
    categories: Option<usize>,
    /// With their headings.
    description: Vec<(usize, String)>,
}

impl Layout {
    fn new(header: &StringRecord, columns: Option<&Columns>) -> Result<Layout, Error> {
        let folded: Vec<String> = header.iter().map(text::fold).collect();
        let at = |name: &str| folded.iter().position(|known| *known == name);
        let none = Columns::default();
        let given = columns.unwrap_or(&none);
        let find = |given: &Option<String>, usual: &[&str]| match given {
            Some(name) => at(&text::fold(name)).map(Some).ok_or_else(|| Error::NoColumn(name.clone())),
            None => Ok(usual.iter().find_map(|name| at(name))),
        };
        let heading = |at: usize| (at, text::squash(header.get(at).unwrap_or_default()));
        let description = if given.description.is_empty() {
            DESCRIPTION.iter().filter_map(|name| at(name)).map(heading).collect()
        } else {
            let column = |name: &String| at(&text::fold(name)).ok_or_else(|| Error::NoColumn(name.clone()));
            given.description.iter().map(|name| column(name).map(heading)).collect::<Result<_, _>>()?
        };
        let title = find(&given.title, TITLE)?;
        if title.is_none() {
            return Err(Error::NoColumn("Position Title".into()));
        }
        Ok(Layout {
            id: find(&given.id, ID)?,
            title,
            employer: find(&given.employer, EMPLOYER)?,
            place: find(&given.place, PLACE)?,
            url: find(&given.url, URL)?,
            apply: find(&given.apply, APPLY)?,
            posted: find(&given.posted, POSTED)?,
            closing: find(&given.closing, CLOSING)?,
            salary: find(&given.salary, SALARY)?,
            employment: find(&given.employment, EMPLOYMENT)?,
            categories: find(&given.categories, CATEGORIES)?,
            description,
        })
    }

    fn entry(&self, row: &StringRecord, zone: Option<Tz>) -> Entry {
        let cell = |at: Option<usize>| {
            let text = row.get(at?)?.trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let line = |at| cell(at).map(|text| text::squash(&text));
        Entry {
            key: cell(self.id),
            title: line(self.title).unwrap_or_default(),
            url: cell(self.url).and_then(|text| markdown::address(&text)),
            apply: cell(self.apply),
            employer: line(self.employer),
            place: line(self.place),
            salary: cell(self.salary),
            employment: line(self.employment),
            closing: line(self.closing),
            published: cell(self.posted).and_then(|text| date::read(&text, zone)),
            categories: categories(&cell(self.categories).unwrap_or_default()),
            body: self.body(row),
            ..Entry::default()
        }
    }

    /// The cells of the text, each under its column's name; without it if there is only one.
    fn body(&self, row: &StringRecord) -> Body {
        let cell = |at: usize| row.get(at).map(str::trim).unwrap_or_default();
        let filled: Vec<_> = self.description.iter().filter(|(at, _)| !cell(*at).is_empty()).collect();
        let mut html = String::new();
        for (at, heading) in &filled {
            if filled.len() > 1 {
                html.push_str(&format!("<h3>{}</h3>\n", htmlize::escape_text(heading)));
            }
            let text = cell(*at);
            if Body::looks_like_html(text) {
                html.push_str(text);
            } else {
                html.push_str(&markdown::to_html(text));
            }
            html.push('\n');
        }
        Body::Html(html.trim_end().to_owned())
    }
}

/// A form joins what was ticked with commas or semicolons.
fn categories(cell: &str) -> Vec<String> {
    let mut all = Vec::new();
    for category in cell.split([',', ';', '|', '\n']).map(text::squash).filter(|c| !c.is_empty()) {
        if !all.contains(&category) {
            all.push(category);
        }
    }
    all
}
