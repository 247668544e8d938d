//! The tree of a page and a source's selectors in, an entry for each posting that fits out.

use chrono_tz::Tz;
use scraper::{ElementRef, Html, Selector};

use super::super::{Body, Entry, Error, Parsed, SkipReason};
use crate::config::{Pick, Picks, Select, selector};
use crate::date;
use crate::text;

/// Characters by which an operator finds an element.
const LABEL: usize = 60;

/// The entries of a page; links are as the page has them.
///
/// # Errors
/// [`Error::NothingSelected`] if nothing fits and the page does not say that nothing is open.
pub fn entries(
    html: &Html,
    select: &Select,
    zone: Option<Tz>,
    parsed: &mut Parsed,
) -> Result<Vec<Entry>, Error> {
    let nothing = || Error::NothingSelected(select.entry.clone());
    // The configuration's checks refuse a selector that is none.
    let entry = selector(&select.entry).map_err(|_| nothing())?;
    let fields = Fields::new(select);
    let mut found = Vec::new();
    outermost(html.root_element(), &entry, &mut found);
    let says_so = |css: &String| selector(css).is_ok_and(|css| html.select(&css).next().is_some());
    if found.is_empty() && !select.empty.as_ref().is_some_and(says_so) {
        return Err(nothing());
    }
    let mut entries = Vec::new();
    for element in found {
        let entry = fields.entry(element, zone);
        if !entry.title.is_empty() || !entry.body.is_empty() {
            entries.push(entry);
            continue;
        }
        // The head of a table, most often; an empty row is not worth a word.
        let words = text::summary(&text::strip_html(&element.inner_html()), LABEL);
        if !words.is_empty() {
            parsed.skip(words, SkipReason::NoTitle);
        }
    }
    Ok(entries)
}

/// What fits and is in nothing that fits: a text in many layers would be read for each of them.
fn outermost<'a>(element: ElementRef<'a>, entry: &Selector, found: &mut Vec<ElementRef<'a>>) {
    if entry.matches(&element) {
        return found.push(element);
    }
    element.child_elements().for_each(|child| outermost(child, entry, found));
}

/// The selectors of a source, read.
struct Fields {
    id: Vec<Pick>,
    title: Vec<Pick>,
    url: Vec<Pick>,
    employer: Vec<Pick>,
    place: Vec<Pick>,
    posted: Vec<Pick>,
    closing: Vec<Pick>,
    salary: Vec<Pick>,
    employment: Vec<Pick>,
    description: Vec<Pick>,
}

impl Fields {
    fn new(select: &Select) -> Fields {
        let read = |picks: &Picks| picks.0.iter().filter_map(|pick| Pick::parse(pick).ok()).collect();
        Fields {
            id: read(&select.id),
            title: read(&select.title),
            url: read(&select.url),
            employer: read(&select.employer),
            place: read(&select.place),
            posted: read(&select.posted),
            closing: read(&select.closing),
            salary: read(&select.salary),
            employment: read(&select.employment),
            description: read(&select.description),
        }
    }

    fn entry(&self, element: ElementRef<'_>, zone: Option<Tz>) -> Entry {
        let line = |picks: &[Pick]| first(element, picks, line);
        let own = if self.url.is_empty() { &self.title } else { &self.url };
        Entry {
            key: line(&self.id),
            title: line(&self.title).unwrap_or_default(),
            url: first(element, own, link),
            employer: line(&self.employer),
            place: line(&self.place),
            salary: line(&self.salary),
            employment: line(&self.employment),
            closing: line(&self.closing),
            published: line(&self.posted).and_then(|text| date::read(&text, zone)),
            body: first(element, &self.description, body).unwrap_or_default(),
            ..Entry::default()
        }
    }
}

/// What the first of the selectors gives that gives something.
fn first<T>(
    entry: ElementRef<'_>,
    picks: &[Pick],
    value: impl Fn(ElementRef<'_>, Option<&str>) -> Option<T>,
) -> Option<T> {
    picks.iter().find_map(|pick| {
        let attribute = pick.attribute.as_deref();
        match &pick.selector {
            None => value(entry, attribute),
            Some(selector) => entry.select(selector).find_map(|element| value(element, attribute)),
        }
    })
}

fn line(element: ElementRef<'_>, attribute: Option<&str>) -> Option<String> {
    let line = match attribute {
        Some(name) => text::squash(element.attr(name)?),
        None => text::squash(&text::strip_html(&element.inner_html())),
    };
    (!line.is_empty()).then_some(line)
}

/// The address in the attribute; without one, where the element leads, or what is in it, or what it
/// is in.
fn link(element: ElementRef<'_>, attribute: Option<&str>) -> Option<String> {
    // The attribute of a title is the title.
    let name =
        attribute.filter(|name| !matches!(*name, "title" | "content" | "aria-label")).unwrap_or("href");
    let own = || element.attr(name);
    let within = || element.descendent_elements().find_map(|inner| inner.attr("href"));
    let around =
        || element.ancestors().filter_map(ElementRef::wrap).take(3).find_map(|outer| outer.attr("href"));
    let address = own().or_else(within).or_else(around)?.trim();
    let known = !address.is_empty() && !address.starts_with('#') && !address.starts_with("javascript:");
    known.then(|| address.to_owned())
}

fn body(element: ElementRef<'_>, attribute: Option<&str>) -> Option<Body> {
    let body = match attribute {
        Some(name) => Body::html(element.attr(name)?.to_owned()),
        None => Body::html(element.inner_html()),
    };
    (!body.is_empty()).then_some(body)
}
