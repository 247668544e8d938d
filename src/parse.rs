//! A document in, entries out, in the source's own words.
//!
//! One file a dialect. Nothing here reads the clock, a file or the network.
//!
//! | module | what goes in, what comes out |
//! |---|---|
//! | `decode` | bytes in, text out |
//! | `detect` | a text in, its format out |
//! | `every` | the text of a feed in, how often it changes and when not to ask it out |
//! | `feed` | RSS and Atom in, entries out; by feed-rs, with what it drops from `extra` |
//! | `json` | JSON Feed in, entries out |
//! | `api` | the JSON of a job system, or any other by paths, in, entries out |
//! | `jekyll` | a Markdown post with front matter in, an entry out; its HTML by `markdown` |
//! | `csv` | a table in, entries out |
//! | `mail` | mails of a list in, entries out |
//! | `jobs_xml` | XML lists of jobs (Indeed's and its dialects, HR-XML) in, entries out |
//! | [`next`] | a document in, the address of the next page of its list out |
//! | `page` | a web page in, the entries that stand in it out |
//! | [`sitemap`] | a sitemap in, the addresses that it lists out |
//!
//! feed-rs is strict and knows one spelling of each dialect: `dialect` maps the others to it, and
//! `mend` makes broken XML well-formed, both on the tokens of `markup`. `name` knows which
//! element holds which field.

mod api;
mod csv;
mod decode;
mod detect;
mod dialect;
mod every;
mod extra;
mod feed;
mod jekyll;
mod jobs_xml;
mod json;
mod mail;
mod markdown;
pub(crate) mod markup;
mod mend;
mod name;
pub mod next;
mod page;
mod short;
pub mod sitemap;

use chrono_tz::Tz;
use serde::Serialize;

use crate::config::{Format, Source};
use crate::fetch::Document;
use crate::posting::Moment;
use crate::text;

use detect::Kind;
pub use every::{Pace, Quiet};

/// Reads the entries of a document.
///
/// # Errors
/// If the document as a whole gives none. An entry that cannot be used is in [`Parsed::skipped`]
/// instead, and a feed without entries is no error.
pub fn parse(source: &Source, document: &Document) -> Result<Parsed, Error> {
    let decoded = decode::decode(&document.body, document.content_type.as_deref());
    // The configuration's checks refuse a zone that is none.
    let zone = source.defaults.time_zone.as_deref().and_then(|name| name.parse::<Tz>().ok());
    let mut parsed = match detect::detect(source.format, document, &decoded.text)? {
        Kind::Xml(from) => {
            let text = &decoded.text[from..];
            feed::parse(text, &document.location, zone)
                .map(|parsed| Parsed { pace: every::read(text), ..parsed.with_employer(source) })
        }
        Kind::Items(from) => {
            let whole = format!("<rss version=\"2.0\"><channel>{}</channel></rss>", &decoded.text[from..]);
            feed::parse(&whole, &document.location, zone).map(|mut parsed| {
                parsed.repairs.insert(0, "items without a feed around them".into());
                parsed
            })
        }
        Kind::Json => api::parse(&decoded.text, source, &document.location, zone),
        Kind::Jekyll => Ok(jekyll::parse(&decoded, document, zone)),
        Kind::Csv => csv::parse(&decoded.text, source.columns.as_ref(), zone),
        Kind::Jobs(from) => jobs_xml::parse(&decoded.text[from..], &document.location, zone),
        Kind::Page if matches!(source.format, Format::Feed | Format::Json | Format::Jobs) => {
            Err(page::refusal(&decoded.text, &document.location))
        }
        Kind::Page => page::parse(&decoded.text, &document.location, source.select.as_ref(), zone),
        // Every part of a mail has its own charset.
        Kind::Mail => return Ok(mail::parse(&document.body, zone)),
    }?;
    if let Some(repair) = decoded.repair.filter(|_| !parsed.entries.is_empty()) {
        parsed.repairs.insert(0, repair.to_owned());
    }
    Ok(parsed)
}

/// Whether a document is a web page, made for people: neither a feed nor an answer of an API.
pub fn is_page(document: &Document) -> bool {
    let decoded = decode::decode(&document.body, document.content_type.as_deref());
    matches!(detect::detect(Format::Auto, document, &decoded.text), Ok(Kind::Page))
}

/// Where a list leads: an entry for each address, with nothing else but the time of its last change.
///
/// # Errors
/// [`Error::NothingSelected`] if no link of a page fits the selector, [`Error::NotAFeed`] if what should
/// be a sitemap is none.
pub fn leads(source: &Source, document: &Document, sitemap: bool) -> Result<Parsed, Error> {
    let lead = |url: String, updated| Entry { url: Some(url), updated, ..Entry::default() };
    let (body, kind) = (&document.body, document.content_type.as_deref());
    if sitemap {
        let read = sitemap::read(body, kind, &document.location);
        let read = read.ok_or_else(|| Error::NotAFeed("it is no sitemap".into()))?;
        let entries = read.listed.into_iter().map(|listed| lead(listed.location, listed.modified)).collect();
        return Ok(Parsed { entries, complete: read.complete, ..Parsed::default() });
    }
    let decoded = decode::decode(body, kind);
    let css = source.follow.as_ref().and_then(|follow| follow.links.as_deref()).unwrap_or("a");
    let found = page::links(&decoded.text, &document.location, css)?;
    let entries = found.into_iter().map(|url| lead(url, None)).collect();
    Ok(Parsed { entries, complete: true, ..Parsed::default() })
}

/// The sitemaps that an index of them lists; none if it is another document.
pub fn index(document: &Document) -> Option<Vec<String>> {
    let read = sitemap::read(&document.body, document.content_type.as_deref(), &document.location)?;
    read.is_index.then(|| read.listed.into_iter().map(|listed| listed.location).collect())
}

/// One item of a document, in the source's words: nothing here is interpreted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Entry {
    /// The entry's own id exactly as given, never one that a parser made up.
    pub key: Option<String>,
    /// Text of the title; character references decoded once.
    pub title: String,
    /// Absolute where the document allows it.
    pub url: Option<String>,
    pub apply: Option<String>,
    pub employer: Option<String>,
    pub place: Option<String>,
    pub salary: Option<String>,
    pub employment: Option<String>,
    pub closing: Option<String>,
    /// Who wrote the entry. Some boards put the employer here, some the poster's name: it is
    /// used only where the source's settings say so.
    pub author: Option<String>,
    /// The department that hires, where entries name it as their author.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    pub published: Option<Moment>,
    pub updated: Option<Moment>,
    pub categories: Vec<String>,
    pub body: Body,
    /// A short form of the body, where the source gives one beside it.
    pub summary: Option<Body>,
    /// The entry's language (BCP 47), if stated.
    pub language: Option<String>,
}

impl Entry {
    /// Words by which an operator finds the entry, the `number`th of its document.
    pub fn label(&self, number: usize) -> String {
        let known = [self.key.as_deref(), Some(&self.title), self.url.as_deref()];
        let known = known.into_iter().flatten().find(|text| !text.trim().is_empty());
        known.map_or_else(|| format!("entry {number}"), str::to_owned)
    }
}

/// A text with its markup.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Body {
    Html(String),
    Text(String),
}

impl Default for Body {
    fn default() -> Self {
        Body::Text(String::new())
    }
}

/// Tags that tell HTML from text that holds a `<`.
const HTML_TAGS: [&str; 12] = [
    "</p>",
    "</div>",
    "</ul>",
    "</li>",
    "</a>",
    "</strong>",
    "</span>",
    "</b>",
    "<br",
    "<p>",
    "<li>",
    "</h3>",
];

/// Elements that begin a text of HTML.
const FIRST_TAGS: [&str; 8] = ["div", "p", "span", "ul", "h2", "h3", "section", "table"];

/// Characters of a title that is made of the text's first line.
const TITLE_LENGTH: usize = 100;

impl Body {
    /// A text that may hold markup; without any, its line ends are kept.
    fn html(text: String) -> Body {
        let trimmed = if text.trim().len() == text.len() { text } else { text.trim().to_owned() };
        if trimmed.contains(['<', '&']) { Body::Html(trimmed) } else { Body::Text(trimmed) }
    }

    fn looks_like_html(text: &str) -> bool {
        text.contains('<') && (HTML_TAGS.iter().any(|tag| text.contains(tag)) || Self::begins_as_html(text))
    }

    /// Whether a text begins with a tag: one that was cut off may have no end tag.
    fn begins_as_html(text: &str) -> bool {
        let Some(rest) = text.trim_start().strip_prefix('<') else { return false };
        FIRST_TAGS.iter().any(|name| rest.strip_prefix(name).is_some_and(|rest| rest.starts_with(['>', ' '])))
    }

    fn as_str(&self) -> &str {
        match self {
            Body::Html(text) | Body::Text(text) => text,
        }
    }

    fn is_empty(&self) -> bool {
        self.as_str().trim().is_empty()
    }

    fn into_html(self) -> String {
        match self {
            Body::Html(html) => html,
            Body::Text(text) => htmlize::escape_text(text).replace('\n', "<br>\n"),
        }
    }

    /// The longer of two texts, and the other one if it says something else.
    fn longer(one: Option<Body>, two: Option<Body>) -> (Body, Option<Body>) {
        match (one, two) {
            (Some(one), Some(two)) if one.as_str() == two.as_str() => (one, None),
            (Some(one), Some(two)) if one.as_str().len() < two.as_str().len() => (two, Some(one)),
            (Some(one), two) => (one, two),
            (None, two) => (two.unwrap_or_default(), None),
        }
    }

    /// For an entry without a title (RSS 2.0 asks for a title or a description).
    fn first_line(&self) -> String {
        let text = match self {
            Body::Html(html) => text::strip_html(html),
            Body::Text(text) => text.clone(),
        };
        let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        text::summary(line, TITLE_LENGTH)
    }
}

/// What parsing made of a source's documents.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Parsed {
    pub entries: Vec<Entry>,
    pub skipped: Vec<Skipped>,
    /// Whether the document was whole: `false` for a truncated one that was read up to its break.
    pub complete: bool,
    /// What had to be mended before the document could be read: `["bare ampersands"]`.
    pub repairs: Vec<String>,
    /// What the feed says of when to ask it (`ttl`, `sy:updatePeriod`, `skipHours`, `skipDays`).
    #[serde(skip)]
    pub pace: Pace,
    /// The employer of all entries that name none, where the feed says so of itself.
    #[serde(skip)]
    pub employer: Option<String>,
}

impl Parsed {
    /// Gives entries the employer that the feed names. An operator who names another knows better.
    fn with_employer(mut self, source: &Source) -> Parsed {
        if let Some(employer) = self.employer.as_ref().filter(|_| source.defaults.employer.is_none()) {
            for entry in &mut self.entries {
                entry.employer.get_or_insert_with(|| employer.clone());
            }
        }
        self
    }

    /// Keeps an entry, or notes why it cannot be used.
    fn take(&mut self, mut entry: Entry) {
        if entry.title.is_empty() {
            entry.title = entry.body.first_line();
        }
        let reason = if entry.title.is_empty() {
            SkipReason::NoTitle
        } else if entry.key.is_none() && entry.url.is_none() && entry.body.is_empty() {
            SkipReason::NoIdentity
        } else {
            return self.entries.push(entry);
        };
        let number = self.entries.len() + self.skipped.len() + 1;
        self.skip(entry.label(number), reason);
    }

    fn skip(&mut self, entry: String, reason: SkipReason) {
        self.skipped.push(Skipped { entry, reason });
    }
}

/// An entry that cannot be used.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Skipped {
    /// Words by which an operator finds it: its id, title or file name.
    pub entry: String,
    pub reason: SkipReason,
}

/// Why an entry cannot be used. Each fits after "skipped: ".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    #[error("it has neither a title nor a text that gives one")]
    NoTitle,
    #[error("it has no id, no link and no text: nothing to know it by or to send a reader to")]
    NoIdentity,
    #[error("the file has no front matter, or one that is not YAML")]
    BadFrontMatter,
    #[error("the row does not fit the header")]
    BadRow,
    #[error("it is no JSON object, or one that is nested too deeply or holds a number too large")]
    BadJson,
    #[error("the file is not UTF-8 text")]
    NotText,
    #[error("the file cannot be read as what it should be")]
    BadFile,
    #[error("its JSON-LD is broken beyond mending")]
    BadJsonLd,
    #[error("it is not library work, by the source's settings")]
    NotLibraryWork,
    #[error("the mail answers another one, sends one on, or is a digest")]
    Answer,
    #[error("the mail's subject does not speak of a job")]
    NotAJob,
    #[error("its own page is gone")]
    GonePage,
    #[error("its own page has no JobPosting")]
    NoPosting,
    #[error("its own page may not be asked for")]
    NotAllowed,
    #[error("its own page did not come; it is asked for again")]
    NoPage,
}

impl SkipReason {
    /// Whether something is wrong with the entry: what the settings leave out is sound, and so is a mail
    /// that is no posting.
    pub fn is_fault(self) -> bool {
        self != SkipReason::NotLibraryWork && !self.is_other_mail()
    }

    /// Whether it is a mail that is no posting.
    pub fn is_other_mail(self) -> bool {
        matches!(self, SkipReason::Answer | SkipReason::NotAJob)
    }
}

/// Why a document gives no entries at all.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    #[error("the document is empty")]
    Empty,
    #[error(
        "an HTML page came instead of a feed{}{}",
        .title.as_ref().map(|t| format!(": \"{t}\"")).unwrap_or_default(),
        .feed.as_ref().map(|f| format!("; it names this feed: {f}")).unwrap_or_default()
    )]
    Html { title: Option<String>, feed: Option<String> },
    #[error(
        "nothing in the page fits the selector {0:?}: has the page been rebuilt? If nothing is open, \
         tell by `empty` what the page shows then"
    )]
    NothingSelected(String),
    #[error("the document is not a feed: {0}")]
    NotAFeed(String),
    #[error("the CSV file has no column {0:?}")]
    NoColumn(String),
    /// The parser gave up in a way that it should not; the source is at fault or we are.
    #[error("the parser failed: {0}")]
    Panicked(String),
}
