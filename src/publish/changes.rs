//! Vacancies that opened, changed or closed in, `changes.json` out: the log for those who keep a copy.
//!
//! Every field is described in docs/changes.md.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::Value;

use super::info::FeedInfo;
use super::item;
use super::{Error, Page, Rendered, address, page};
use crate::config::Site;
use crate::life::Closed;
use crate::vacancy::Vacancy;

#[derive(Serialize)]
struct Log<'a> {
    version: u32,
    title: &'a str,
    home_page_url: String,
    /// Since when there is no gap in the changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    whole_since: Option<&'a str>,
    changes: Vec<Value>,
}

#[derive(Serialize)]
struct Record<'a> {
    change: &'a str,
    at: String,
    id: String,
    vacancy: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    closed: Option<End<'a>>,
    tags: Vec<&'a str>,
    regions: &'a [String],
}

#[derive(Serialize)]
struct End<'a> {
    at: String,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

/// The record of one change, `opened`, `updated` or `closed`, as JSON. A removal has the tags and the
/// regions that the vacancy had, so that whoever follows a part of the site hears of it. Of a vacancy
/// that is no more, only the id is known.
pub fn change(
    site: &Site,
    info: &FeedInfo,
    what: &str,
    id: &str,
    vacancy: Option<&Vacancy>,
    at: DateTime<Utc>,
) -> String {
    let item = vacancy.map(|vacancy| item::read(site, info, vacancy));
    let (title, url) = item.map_or((None, None), |item| (Some(item.title), item.url));
    let record = Record {
        change: what,
        at: time(at),
        id: address::item_id(site, id),
        vacancy: id,
        title,
        url,
        closed: vacancy.and_then(|vacancy| vacancy.closed.as_ref()).map(end),
        tags: vacancy.map(Vacancy::tags).unwrap_or_default(),
        regions: vacancy.map(|vacancy| vacancy.regions.as_slice()).unwrap_or_default(),
    };
    serde_json::to_string(&record).expect("text and lists become JSON")
}

/// The page of all changes, the newest first. `records` are those of [`change`].
///
/// # Errors
/// [`Error::Render`] if a record is no JSON.
pub fn render_changes(site: &Site, records: &[String], whole_since: Option<&str>) -> Result<Page, Error> {
    page("changes", "json", render(site, records, whole_since))
}

fn render(site: &Site, records: &[String], whole_since: Option<&str>) -> Rendered {
    let changes = records.iter().map(|record| serde_json::from_str(record)).collect::<Result<_, _>>()?;
    let log =
        Log { version: 1, title: &site.title, home_page_url: address::home(site), whole_since, changes };
    let mut bytes = serde_json::to_vec_pretty(&log)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn end(closed: &Closed) -> End<'_> {
    End { at: time(closed.at), reason: closed.reason.word(), note: closed.note.as_deref() }
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
