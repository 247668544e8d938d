//! feeds.toml in, checked settings out.
//!
//! The types here are the file's documentation: its JSON Schema (`feeds.schema.json`) is made
//! from them, so editors complete the file, and unknown keys are errors. Reading, and every named
//! check, is in [`check`].

mod allow;
pub mod check;
pub mod decisions;
mod follow;
mod heed;
mod labels;
mod path;
pub mod pattern;
pub mod preset;
pub mod secret;
mod select;
mod source;

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use allow::Allowed;
pub use follow::{Details, Follow, workday_list};
pub use heed::{Heed, Scope};
pub use labels::{Labels, Names, Relevance};
pub use path::{JsonPart, JsonPath, JsonPaths, JsonStep};
pub use pattern::{Pattern, Patterns};
pub use select::{Pick, Picks, Select, selector};
pub use source::{Columns, Defaults, Fields, Format, Source};

/// The JSON Schema of feeds.toml, as `feeds.schema.json` ships it.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Config);
    let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
    text + "\n"
}

/// A feeds.toml to start from: the shipped one without the samples, with no source enabled.
pub fn starter() -> String {
    const SHIPPED: &str = include_str!("../feeds.toml");
    let (head, rest) = SHIPPED.split_once(SAMPLES_BEGIN).unwrap_or((SHIPPED, ""));
    let (_, tail) = rest.split_once(SAMPLES_END).unwrap_or(("", rest));
    format!("{head}{}", tail.trim_start_matches('\n'))
}

/// The lines of the shipped feeds.toml between which the samples stand.
const SAMPLES_BEGIN: &str = "# --- samples ---\n";
const SAMPLES_END: &str = "# --- end of samples ---\n";

/// The whole of feeds.toml.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// What the published site is called and where it stands.
    pub site: Site,
    /// Where Shelfwire remembers what it has seen.
    #[serde(default)]
    pub store: Store,
    /// When sources are read.
    #[serde(default)]
    pub schedule: Schedule,
    /// How sources are read.
    #[serde(default)]
    pub fetch: Fetch,
    /// Which pages are written.
    #[serde(default)]
    pub publish: Publish,
    /// The places that postings come from.
    #[serde(default, rename = "source")]
    pub sources: Vec<Source>,
    /// Tags of your own, beside the built-in ones.
    #[serde(default, rename = "tag")]
    pub tags: Vec<Tag>,
    /// Regions of your own, beside countries and their subdivisions.
    #[serde(default, rename = "region")]
    pub regions: Vec<Region>,
    /// Feeds of your own, beside those that every tag and region has.
    #[serde(default, rename = "feed")]
    pub feeds: Vec<Feed>,
}

/// `[site]`
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// The site's name, shown as the feeds' title.
    pub title: String,
    /// The address at which the output folder will be reached: `https://jobs.example.org/`.
    pub base_url: String,
    /// The folder that pages are written to, relative to feeds.toml.
    #[serde(default = "default_output")]
    pub output: PathBuf,
    /// The feeds' language (BCP 47): `en`, `en-US`.
    #[serde(default = "default_language")]
    pub language: String,
    /// What readers may do with the feeds: a sentence, or the address of a licence.
    #[serde(default)]
    pub licence: Option<String>,
    /// An e-mail address or a web page where the operators of sources can reach you; it is sent
    /// with every request.
    #[serde(default)]
    pub contact: Option<String>,
    /// The authority in the ids of feed items, a domain name that you hold. Default: the host of
    /// `base_url`. Set it to the old host when you move the site, so that no subscriber sees
    /// every item again.
    #[serde(default)]
    pub id_authority: Option<String>,
}

/// `[store]`
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Store {
    /// The database file, relative to feeds.toml. It is made if it is not there.
    pub path: PathBuf,
}

/// `[schedule]`
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Schedule {
    /// When every source without a schedule of its own is read: a cron expression of five fields
    /// (minute hour day month weekday) or six (seconds first). Without it, `shelfwire work` reads
    /// them hourly, and every `shelfwire run` reads them at once. No source
    /// is read before its server and feed want it.
    pub cron: Option<String>,
    /// The time zone in which cron expressions are meant: `America/New_York`.
    pub time_zone: String,
}

/// `[fetch]`
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Fetch {
    /// Sources read at once, at most. One host is only ever asked for one document at a time.
    pub concurrency: usize,
    /// Seconds until a connection must stand.
    pub connect_timeout_seconds: u64,
    /// Seconds for which a server may send nothing, before its answer or within it.
    pub stall_timeout_seconds: u64,
    /// Seconds until a document must have come whole.
    pub timeout_seconds: u64,
    /// Bytes of one document, after decompression, at most.
    pub max_bytes: u64,
    /// Redirects followed, at most.
    pub max_redirects: usize,
    /// Hosts that may be asked although they are not on the public internet: names, addresses and
    /// ranges, `["intranet.example.org", "127.0.0.1", "10.0.0.0/8"]`. Default: none.
    pub allow_hosts: Vec<String>,
}

/// `[publish]`
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Publish {
    /// Vacancies in a feed, at most, the newest first.
    pub limit: usize,
    /// Whether postings get the built-in tags, and each has its feed.
    pub taxonomy: bool,
    /// Whether each country has its feed.
    pub countries: bool,
    /// Whether each subdivision (state, province) has its feed.
    pub subdivisions: bool,
    /// Whether each tag × region that has a vacancy has its feed.
    pub tag_regions: bool,
    /// The share of the published vacancies that may leave the feeds at once, apart from those whose last day
    /// or age has come. If more would go, nothing is published until `--allow-shrink` says so; where there
    /// are no more than twenty, all may go.
    pub max_shrink: f64,
}

/// `[[tag]]`: a tag of your own; with the slug of a built-in one, it changes that.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tag {
    /// Lower-case letters, digits and hyphens; part of the feed's address.
    pub slug: String,
    /// The name that readers see. Default: the slug in words.
    #[serde(default)]
    pub name: Option<String>,
    /// Whole words or phrases, in any case; `*` at the end stands for any ending: `"catalog*"`.
    #[serde(default)]
    pub words: Vec<String>,
    /// Words or phrases that forbid the tag.
    #[serde(default)]
    pub not: Vec<String>,
    /// Words that speak for the tag without deciding it, and how much each says, in place of what a
    /// built-in one says: `{ "lead" = 2, "concert*" = 4 }`. 10 in a title says the tag outright; less
    /// needs company, 6 in all; 0 says nothing.
    #[serde(default)]
    pub weights: BTreeMap<String, f32>,
    /// Words of the built-in tag that do not count here: `"discovery"`; with `*` at the end all that
    /// begin so, `"*"` alone all of them.
    #[serde(default)]
    pub without: Vec<String>,
    /// Whether the built-in tag is taken out: no posting gets it, and it has no feed.
    #[serde(default)]
    pub remove: bool,
    /// Where the words are looked for. Default: title and categories.
    #[serde(default = "default_in", rename = "in")]
    pub within: Vec<Part>,
}

/// A part of a posting that words are looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    Title,
    Employer,
    Categories,
    Text,
}

/// `[[region]]`: a group of places with a feed of its own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Lower-case letters, digits and hyphens; part of the feed's address.
    pub slug: String,
    /// The name that readers see.
    pub name: String,
    /// ISO 3166-2 codes (`US-NY`) and ISO 3166-1 codes of whole countries (`CA`).
    #[serde(default)]
    pub codes: Vec<String>,
    /// Towns: `"Newark, NJ"`.
    #[serde(default)]
    pub places: Vec<String>,
}

/// `[[feed]]`: a feed of your own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Feed {
    /// Lower-case letters, digits and hyphens; the feed's address is `feed/<slug>.rss`.
    pub slug: String,
    /// The title that readers see.
    pub title: String,
    #[serde(default)]
    pub tags: Choice,
    /// Slugs of regions (`new-england`, `us-ny`, `ca`, `remote`), codes (`US-NY`) also do.
    #[serde(default)]
    pub regions: Choice,
    /// Words or phrases of which one must be in the title, the employer or the text.
    #[serde(default)]
    pub words: Vec<String>,
    /// Words or phrases of which none may be there.
    #[serde(default)]
    pub not_words: Vec<String>,
    /// Vacancies, at most. Default: `[publish] limit`.
    #[serde(default)]
    pub limit: Option<usize>,
}

/// Which tags, or which regions, a feed takes. Empty: all of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Choice {
    /// One of these.
    pub any: Vec<String>,
    /// Every one of these.
    pub all: Vec<String>,
    /// None of these.
    pub not: Vec<String>,
}

impl Default for Store {
    fn default() -> Self {
        Store { path: PathBuf::from("shelfwire.sqlite") }
    }
}

impl Default for Schedule {
    fn default() -> Self {
        Schedule { cron: None, time_zone: "UTC".into() }
    }
}

impl Default for Fetch {
    fn default() -> Self {
        Fetch {
            concurrency: 16,
            connect_timeout_seconds: 15,
            stall_timeout_seconds: 30,
            timeout_seconds: 60,
            max_bytes: 10 * 1024 * 1024,
            max_redirects: 5,
            allow_hosts: Vec::new(),
        }
    }
}

impl Default for Publish {
    fn default() -> Self {
        Publish {
            limit: 50,
            taxonomy: true,
            countries: true,
            subdivisions: true,
            tag_regions: true,
            max_shrink: 0.5,
        }
    }
}

fn default_output() -> PathBuf {
    PathBuf::from("public")
}

fn default_language() -> String {
    "en".into()
}

fn default_in() -> Vec<Part> {
    vec![Part::Title, Part::Categories]
}
