//! `[[source]]` of feeds.toml in, where a source is and how its documents are read out.

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Details, Follow, Heed, JsonPath, JsonPaths, Labels, Patterns, Relevance, Select, secret};
use crate::{life, link};

/// How a source's documents are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Look at the document and decide.
    #[default]
    Auto,
    /// RSS 0.9x, 1.0, 2.0, Atom 0.3, 1.0 or JSON Feed 1.0, 1.1.
    Feed,
    /// Markdown posts with front matter, one file a posting.
    Jekyll,
    /// Comma-separated values with a header line.
    Csv,
    /// XML lists of jobs that are no feeds: Indeed's and its dialects (ZipRecruiter, Jooble,
    /// Jobrapido, Trovit), HR-XML.
    Jobs,
    /// JSON of a job system (Greenhouse, Lever, Ashby, SmartRecruiters, USAJOBS, code4lib, Workday),
    /// or any other whose `fields` are named.
    Json,
    /// A web page: the schema.org JobPostings in it (JSON-LD, microdata), or what `select` finds.
    Page,
    /// Mails of a list, each a file (`.eml`), or many in an mbox. Those whose subject speaks of a job
    /// are read, and all of a list for jobs; answers and digests never.
    Mail,
}

/// `[[source]]`: one place that postings come from.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// A short name, unique, of lower-case letters, digits and hyphens.
    pub name: String,
    /// The address of the document (http, https). Either this or `path`. `${ENV:NAME}` in it is taken
    /// from the environment when it is asked for; write the value there as it is, it is encoded here.
    #[serde(default)]
    pub url: Option<String>,
    /// A file, or a folder of files, relative to feeds.toml. Either this or `url`.
    #[serde(default)]
    pub path: Option<PathBuf>,
    /// The settings that fit a board or a kind of board, where this source has none of its own;
    /// `shelfwire check --presets` lists them.
    #[serde(default)]
    #[schemars(schema_with = "super::preset::schema")]
    pub preset: Option<String>,
    #[serde(default)]
    pub format: Format,
    /// How titles are built, the first pattern that fits is taken: `"{place}: {title}, {employer}"`.
    #[serde(default)]
    pub title: Patterns,
    /// How the text is built, where it is a formula: `"{employer} ({place})"`; one that ends in `{_}`
    /// reads the beginning of a text: `"{city}, {region}, {_}"`.
    #[serde(default)]
    pub text: Patterns,
    /// Words in brackets or before a colon that stand before a title and are not part of it:
    /// `["[extended]", "Repost:"]`. The usual ones are known.
    #[serde(default)]
    pub drop_prefixes: Vec<String>,
    /// Labels in the body of postings that give a field: `employer = "Name of Employer"`.
    #[serde(default)]
    pub labels: Labels,
    /// Whether only library work is taken, of a source that holds other work too: what speaks of
    /// libraries, archives, records or museum collections in its title, categories, department
    /// or stated employer.
    #[serde(default)]
    pub relevant: bool,
    /// Which postings are taken by words of your own, instead of `relevant`.
    #[serde(default)]
    pub relevance: Option<Relevance>,
    /// For CSV: which column holds what, `{ title = "Position Title" }`. Default: the columns of
    /// METRO's form.
    #[serde(default)]
    pub columns: Option<Columns>,
    /// For JSON that is neither a feed nor of a known job system: where each value stands,
    /// `{ entries = "data.jobs", title = "attributes.title", url = "https://example.org/jobs/{id}" }`.
    #[serde(default)]
    pub fields: Option<Fields>,
    /// For web pages: where each posting of a list stands, and its values in it.
    #[serde(default)]
    pub select: Option<Select>,
    /// Which documents a source's first one leads to: more pages of its list, and those of its postings.
    #[serde(default)]
    pub follow: Option<Follow>,
    /// Values for postings that do not state their own.
    #[serde(default)]
    pub defaults: Defaults,
    /// Headers that its server is asked with, `{ Authorization = "Bearer ${ENV:JOBS_TOKEN}" }`; they
    /// go to no other host.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Whether robots.txt of its host is obeyed where the source is made of pages for people, not of a feed
    /// or an API. Not to do so is for a site of your own.
    #[serde(default = "yes")]
    pub robots: bool,
    /// Whether cookies that its server sets are sent back to it, within one visit.
    #[serde(default)]
    pub cookies: bool,
    /// When this source is read, instead of `[schedule] cron`.
    #[serde(default)]
    pub schedule: Option<String>,
    /// Which wishes of its server and feed are followed, where not all of them are.
    #[serde(default)]
    pub heed: Heed,
    /// Whether it is read at all.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Whether one fetch lists everything that is open (a university's portal does; a blog's feed
    /// of the last twenty posts does not).
    #[serde(default)]
    pub complete: bool,
    /// With `complete`: how many fetches in a row must lack a posting before it is taken for gone.
    #[serde(default = "two")]
    pub gone_after_fetches: u32,
    /// With `complete`: how many hours must lie between the first and the last of them, at least.
    #[serde(default = "a_day")]
    pub gone_after_hours: u32,
    /// Days after which a posting leaves the feeds of which nothing else says when it ends: that names no
    /// last day, and is not listed by a `complete` source. 0 for no limit.
    #[serde(default = "default_max_age_days")]
    pub max_age_days: u32,
    /// Which source speaks for a vacancy that several advertise: the highest rank.
    #[serde(default)]
    pub rank: i32,
}

impl Source {
    /// The address or path, as the operator wrote it.
    pub fn location(&self) -> String {
        match (&self.url, &self.path) {
            (Some(url), _) => url.clone(),
            (None, Some(path)) => path.display().to_string(),
            (None, None) => String::new(),
        }
    }

    /// Whether it is made of pages for people, which robots.txt speaks of.
    pub fn is_crawled(&self) -> bool {
        let details = self.follow.as_ref().and_then(|follow| follow.details);
        let led = matches!(details, Some(Details::Pages | Details::Sitemap));
        self.robots && self.url.is_some() && (led || self.format == Format::Page || self.select.is_some())
    }

    /// Whether it is asked with something that nobody else should learn.
    pub fn has_secrets(&self) -> bool {
        !self.headers.is_empty() || self.url.as_deref().is_some_and(secret::is_in)
    }

    /// What two sources that read the same address have in common; empty without one. Not the key by
    /// which postings are compared: that makes one of addresses which show one posting.
    pub fn key(&self) -> String {
        let location = self.url.as_deref().and_then(link::canonical).unwrap_or_else(|| self.location());
        let bare = location.trim_start_matches("https://").trim_start_matches("http://");
        bare.trim_start_matches("www.").trim_end_matches('/').to_owned()
    }
}

fn yes() -> bool {
    true
}

fn two() -> u32 {
    2
}

fn a_day() -> u32 {
    24
}

fn default_max_age_days() -> u32 {
    life::MAX_AGE_DAYS
}

/// `[source.defaults]`
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Defaults {
    /// The employer of postings that name none.
    pub employer: Option<String>,
    /// The place of postings that name none: `"Ithaca, NY"`.
    pub place: Option<String>,
    /// The country of postings whose place names none (ISO 3166-1): `US`. Places are looked for there
    /// first, `$` is its dollar, and `5/6/2026` is in May or June as it writes dates.
    pub country: Option<String>,
    /// Tags that every posting gets.
    pub tags: Vec<String>,
    /// The time zone of dates that name none: `America/New_York`.
    pub time_zone: Option<String>,
}

/// `[source.columns]`: the header of the CSV column that holds each value.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Columns {
    pub id: Option<String>,
    pub title: Option<String>,
    pub employer: Option<String>,
    pub place: Option<String>,
    pub url: Option<String>,
    pub apply: Option<String>,
    pub posted: Option<String>,
    pub closing: Option<String>,
    pub salary: Option<String>,
    pub employment: Option<String>,
    pub categories: Option<String>,
    /// Columns that make up the description, in order, each under a heading of its name.
    pub description: Vec<String>,
}

/// `[source.fields]`: where the values of a JSON document stand. All but `entries` are paths within
/// one entry; of a list of paths the first that leads to a value is taken.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Fields {
    /// The list of entries: `data.jobs`. Default: the document, if it is a list, else its one list.
    pub entries: Option<JsonPath>,
    pub id: JsonPaths,
    pub title: JsonPaths,
    pub employer: JsonPaths,
    pub place: JsonPaths,
    pub url: JsonPaths,
    pub apply: JsonPaths,
    /// A date in any form, also seconds or milliseconds since 1970.
    pub posted: JsonPaths,
    pub updated: JsonPaths,
    pub closing: JsonPaths,
    pub salary: JsonPaths,
    pub employment: JsonPaths,
    pub categories: JsonPaths,
    /// Text or HTML, also HTML that is escaped once more.
    pub description: JsonPaths,
}
