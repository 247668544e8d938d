//! Nothing in, nothing out: the common schema, one advertisement at one source.
//!
//! Field names follow schema.org's `JobPosting` in snake case where it has one. The JSON form of
//! [`Posting`] is the line that `shelfwire export postings` prints.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

/// One advertisement at one source, in the common schema.
///
/// Plain values are kept in the fields; how each of them is known, and the source's words where
/// reading them can fail, stand beside them in [`Posting::known`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Posting {
    /// The source's name in feeds.toml.
    pub source: String,
    /// The entry's own id exactly as given (guid, atom:id, JSON id), or the file's name for a
    /// file of one posting. `None` where the source gives none; never an id that a parser made up.
    pub source_key: Option<String>,
    /// Id of the vacancy that it advertises; stable for the vacancy's life. Empty until gathered.
    pub vacancy: String,
    /// Earlier vacancies that this one advertises again.
    #[serde(default)]
    pub readvertises: Vec<String>,
    /// Where a reader goes (schema.org `url`): canonical, tracking parameters stripped.
    pub url: Option<String>,
    /// The link exactly as the source gave it.
    pub source_url: Option<String>,
    /// Where an applicant goes.
    pub apply_url: Option<String>,
    pub apply_email: Option<String>,
    /// The job title alone: no employer, place, salary or status prefix.
    pub title: String,
    /// schema.org `hiringOrganization.name`.
    pub employer: Option<String>,
    /// Where the work is done (schema.org `jobLocation`); empty where nothing is known.
    pub places: Vec<Place>,
    /// schema.org `jobLocationType`.
    pub remote: Remote,
    /// schema.org `baseSalary`.
    pub salary: Option<Salary>,
    /// schema.org `datePosted`.
    pub posted: Option<Moment>,
    pub closing: Closing,
    /// schema.org `validThrough`: the last day to apply, only where [`ClosingKind::By`].
    pub closes: Option<NaiveDate>,
    /// schema.org `employmentType`, in the order of the enum, no value twice.
    pub employment_types: Vec<EmploymentType>,
    /// A library or information science degree.
    pub mlis: Mlis,
    /// Slugs of the built-in taxonomy and of feeds.toml's own rules, sorted, no value twice.
    pub tags: Vec<String>,
    /// The source's own categories, as given.
    pub categories: Vec<String>,
    /// The language of the text (BCP 47), if it is known: `en`, `fr-CA`.
    #[serde(default)]
    pub language: Option<String>,
    /// Sanitized HTML; empty where the source gives no text.
    pub description: String,
    /// Plain text, cut at a word.
    pub summary: String,
    /// How the values above are known.
    #[serde(default)]
    pub known: Vec<Known>,
}

impl Posting {
    /// How `field` is known, if anything is noted of it.
    pub fn known(&self, field: Field) -> Option<&Known> {
        self.known.iter().find(|k| k.field == field)
    }
}

/// How one field of a posting is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Known {
    pub field: Field,
    pub how: How,
    /// The source's words that the value was read from, where reading can fail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    /// The rule that read it, in words for an operator: `title grammar "{title} - {employer}"`.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub rule: Cow<'static, str>,
}

/// Where a value comes from, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// A field of the source.
    Stated,
    /// Read out of text.
    Derived,
    /// The source's configuration.
    Default,
    /// The moment of our first sight of the entry.
    FirstSeen,
}

/// The fields of a posting that carry a note of how they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Url,
    ApplyUrl,
    ApplyEmail,
    Title,
    Employer,
    Places,
    Remote,
    Salary,
    Posted,
    Closing,
    EmploymentTypes,
    Mlis,
    Tags,
    Language,
    Description,
}

/// A place of work. At least one part is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    pub city: Option<String>,
    /// ISO 3166-2 code: `US-NY`.
    pub region: Option<String>,
    /// ISO 3166-1 alpha-2 code: `US`.
    pub country: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remote {
    #[default]
    No,
    Hybrid,
    Remote,
}

/// Pay. At least one of `min` and `max` is known; both are equal for a single figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Salary {
    pub min: Option<f64>,
    pub max: Option<f64>,
    /// ISO 4217: `USD`.
    pub currency: String,
    pub unit: SalaryUnit,
}

/// What an amount is paid for (schema.org `unitText`); `Total` is a stipend or a project's pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum SalaryUnit {
    Hour,
    Day,
    Week,
    Month,
    Year,
    Total,
}

/// A date, or a date with its time where the source gives one. JSON: `2026-11-02` or RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Moment {
    At(DateTime<Utc>),
    On(NaiveDate),
}

impl Moment {
    /// The instant to sort by: a bare date counts as its first second in UTC.
    pub fn instant(self) -> DateTime<Utc> {
        match self {
            Moment::At(at) => at,
            Moment::On(day) => day.and_time(NaiveTime::MIN).and_utc(),
        }
    }

    pub fn date(self) -> NaiveDate {
        self.instant().date_naive()
    }
}

/// Until when applications are taken.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    pub kind: ClosingKind,
    /// For `By`, `Priority` and `ReviewBegins`; for `UntilFilled` a date named beside it.
    pub date: Option<NaiveDate>,
    /// The source's words.
    pub text: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosingKind {
    /// A hard last day.
    By,
    /// Applications by this day are preferred, later ones may be read.
    Priority,
    /// Review begins on this day.
    ReviewBegins,
    UntilFilled,
    /// Always open, or read as they come.
    Rolling,
    #[default]
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EmploymentType {
    FullTime,
    PartTime,
    Temporary,
    Contractor,
    Intern,
    Volunteer,
    PerDiem,
}

/// Whether a library or information science degree is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mlis {
    Required,
    Preferred,
    #[default]
    No,
}
