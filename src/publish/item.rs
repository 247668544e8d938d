//! A vacancy in, what every format shows of it out: clean text, checked addresses, one HTML body.

use std::borrow::Cow;
use std::fmt::Write as _;

use chrono::{DateTime, SubsecRound, TimeZone, Utc};
use htmlize::{escape_attribute, escape_text};

use crate::config::Site;
use crate::normalize::language;
use crate::posting::{Closing, ClosingKind, EmploymentType, Mlis, Place, Posting, Remote, Salary};
use crate::text::{self, squash};
use crate::vacancy::Vacancy;

use super::extension::{self, Facts};
use super::info::{FeedInfo, Label};
use super::{address, words};

/// One vacancy, ready for every format: no control characters, addresses that are valid URIs.
pub(super) struct Item {
    pub id: String,
    /// Job title, employer and place.
    pub title: String,
    /// Where a reader goes: the best posting that has an address.
    pub url: Option<String>,
    pub employer: Option<String>,
    /// Plain text; may be empty.
    pub summary: String,
    /// HTML: the facts, then the description.
    pub content: String,
    /// The description's language (BCP 47), if it is known.
    pub language: Option<String>,
    pub published: DateTime<Utc>,
    /// Never before `published`.
    pub updated: DateTime<Utc>,
    pub tags: Vec<Label>,
    pub regions: Vec<Label>,
    /// Every source once, in the postings' order.
    pub sources: Vec<Source>,
    pub apply: Option<String>,
    pub facts: Facts,
}

/// A source that advertises the vacancy.
pub(super) struct Source {
    pub name: String,
    /// Its posting.
    pub url: Option<String>,
    /// Its feed.
    pub feed: Option<String>,
}

/// What the postings say together: a value that the best one lacks is taken from the next.
pub(super) struct Merged<'a> {
    pub vacancy: &'a Vacancy,
    pub title: String,
    pub employer: Option<String>,
    pub places: &'a [Place],
    pub remote: Remote,
    pub mlis: Mlis,
    pub salary: Option<&'a Salary>,
    pub employment_types: &'a [EmploymentType],
    pub closing: &'a Closing,
    pub apply_url: Option<String>,
    pub apply_email: Option<String>,
    /// Slugs, sorted, no value twice.
    pub tags: Vec<&'a str>,
}

impl<'a> Merged<'a> {
    fn new(vacancy: &'a Vacancy) -> Self {
        let postings = vacancy.postings.as_slice();
        let list = |of: fn(&Posting) -> bool| postings.iter().find(|p| of(p)).unwrap_or(vacancy.best());
        Merged {
            vacancy,
            title: first(postings, |p| line(&p.title)).unwrap_or_default(),
            employer: first(postings, |p| line(p.employer.as_deref()?)),
            places: &list(|p| !p.places.is_empty()).places,
            remote: first(postings, |p| (p.remote != Remote::No).then_some(p.remote)).unwrap_or_default(),
            mlis: first(postings, |p| (p.mlis != Mlis::No).then_some(p.mlis)).unwrap_or_default(),
            salary: first(postings, |p| p.salary.as_ref()),
            employment_types: &list(|p| !p.employment_types.is_empty()).employment_types,
            closing: closing(vacancy),
            apply_url: first(postings, |p| address::web(p.apply_url.as_deref()?)),
            apply_email: first(postings, |p| line(p.apply_email.as_deref()?)),
            tags: vacancy.tags(),
        }
    }
}

/// The closing of the posting whose last day counts; where none names one, the first that is known.
fn closing(vacancy: &Vacancy) -> &Closing {
    let closes = vacancy.closes();
    let counts = |p: &&Posting| match closes {
        Some(_) => p.closing.kind == ClosingKind::By && p.closes == closes,
        None => p.closing.kind != ClosingKind::Unknown,
    };
    &vacancy.postings.iter().find(counts).unwrap_or(vacancy.best()).closing
}

/// The first value that a posting gives, the best posting asked first.
fn first<'a, T>(postings: &'a [Posting], value: impl Fn(&'a Posting) -> Option<T>) -> Option<T> {
    postings.iter().find_map(value)
}

/// Text on one line, or nothing.
fn line(text: &str) -> Option<String> {
    Some(squash(text)).filter(|text| !text.is_empty())
}

pub(super) fn read(site: &Site, info: &FeedInfo, vacancy: &Vacancy) -> Item {
    let merged = Merged::new(vacancy);
    let sources = sources(info, vacancy);
    let url = sources.iter().find_map(|source| source.url.clone());
    let published = time(vacancy.posted);
    let apply = merged.apply_url.clone();
    Item {
        id: address::item_id(site, &vacancy.id),
        title: words::title(&merged.title, merged.employer.as_deref(), merged.places, merged.remote),
        url: url.or_else(|| apply.clone()),
        summary: first(&vacancy.postings, |p| line(&p.summary)).unwrap_or_default(),
        content: content(&merged, &sources),
        language: described(vacancy).and_then(|posting| language::tag(posting.language.as_deref()?)),
        published,
        updated: time(vacancy.updated).max(published),
        tags: merged.tags.iter().map(|slug| info.names.tag(slug)).filter(Label::is_named).collect(),
        regions: vacancy.regions.iter().map(|slug| info.names.region(slug)).filter(Label::is_named).collect(),
        facts: extension::read(&merged, &sources),
        employer: merged.employer,
        sources,
        apply,
    }
}

/// Whole seconds, in the years that RFC 2822 and RFC 3339 can write.
pub(super) fn time(time: DateTime<Utc>) -> DateTime<Utc> {
    let year = |year| Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).single().expect("a whole year");
    time.clamp(year(1), year(9999)).trunc_subsecs(0)
}

fn sources(info: &FeedInfo, vacancy: &Vacancy) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for posting in &vacancy.postings {
        let name = line(&posting.source).unwrap_or_else(|| String::from("board"));
        let given = [posting.url.as_deref(), posting.source_url.as_deref()];
        let url = given.into_iter().flatten().find_map(address::web);
        match sources.iter_mut().find(|source| source.name == name) {
            Some(source) => source.url = source.url.take().or(url),
            None => {
                let feed = info.names.source(&posting.source).map(str::to_owned);
                sources.push(Source { name, url, feed });
            }
        }
    }
    sources
}

/// The best posting that has a description.
fn described(vacancy: &Vacancy) -> Option<&Posting> {
    vacancy.postings.iter().find(|posting| !posting.description.trim().is_empty())
}

/// The facts as a list, then the description of the best posting that has one.
fn content(merged: &Merged, sources: &[Source]) -> String {
    let description = described(merged.vacancy).map(|posting| &posting.description);
    let mut out = String::with_capacity(1024 + description.map_or(0, String::len));
    out.push_str("<ul>\n");
    let mut fact = |label: &str, html: &str| {
        if !html.is_empty() {
            let _ = writeln!(out, "<li><b>{label}:</b> {html}</li>");
        }
    };
    let plain = |text: Option<String>| text.map_or_else(String::new, |text| escape_text(text).into_owned());
    let closes = merged.vacancy.closes();
    let types: Vec<_> = merged.employment_types.iter().map(|kind| words::employment(*kind)).collect();
    fact("Employer", &plain(merged.employer.clone()));
    fact("Place", &places(merged));
    fact("Remote", words::remote(merged.remote).unwrap_or_default());
    fact("Salary", &plain(merged.salary.and_then(words::salary)));
    fact("Closing", &plain(words::closing(merged.closing, closes)));
    fact("Employment", &types.join(", "));
    fact("Degree", words::mlis(merged.mlis).unwrap_or_default());
    fact("Apply", &apply(merged));
    fact("Advertised by", &advertisers(sources));
    out.push_str("</ul>\n");
    if let Some(description) = description {
        out.push_str(&clean(description));
    }
    out
}

fn places(merged: &Merged) -> String {
    let names: Vec<_> = merged.places.iter().map(words::long_place).filter(|name| !name.is_empty()).collect();
    escape_text(names.join("; ")).into_owned()
}

fn apply(merged: &Merged) -> String {
    let web = merged.apply_url.as_deref().map(|url| link(url, "application page"));
    let mail = merged.apply_email.as_deref().map(|mail| match address::mail(mail) {
        Some(url) => link(&url, mail),
        None => escape_text(mail).into_owned(),
    });
    let ways: Vec<_> = [web, mail].into_iter().flatten().collect();
    ways.join(", ")
}

fn advertisers(sources: &[Source]) -> String {
    let names = sources.iter().map(|source| match &source.url {
        Some(url) => link(url, &source.name),
        None => escape_text(&source.name).into_owned(),
    });
    names.collect::<Vec<_>>().join(", ")
}

fn link(url: &str, text: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escape_attribute(url), escape_text(text))
}

/// HTML that XML can hold, its line ends as an XML parser would give them back (XML 1.0, 2.11).
fn clean(html: &str) -> Cow<'_, str> {
    let html = text::for_xml(html);
    if html.contains('\r') { Cow::Owned(html.replace("\r\n", "\n").replace('\r', "\n")) } else { html }
}
