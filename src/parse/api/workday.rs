//! A posting of Workday's career sites in, an entry out.
//!
//! `<host>/wday/cxs/<tenant>/<site>/jobs`, asked by the pages themselves. The list says when a job was posted
//! only in relation to the day of asking (`Posted 3 Days Ago`), so it gives no date; a job's own
//! document has the date.

use serde_json::Value;

use super::Context;
use super::value::{address, first, line, list, markup, moment, places, scalar, workplace};
use crate::parse::Entry;

/// A row of a list.
pub(super) fn entry(row: &Value, context: &Context) -> Option<Entry> {
    let path = address(row, "/externalPath");
    let named = line(row, "/locationsText").filter(|text| !is_count(text));
    let stated = Vec::from_iter(named.or_else(|| in_path(path.as_deref()?)));
    let kind = line(row, "/remoteType");
    Some(Entry {
        key: path.as_deref().map(key),
        title: line(row, "/title").unwrap_or_default(),
        url: path.and_then(|path| page(&path, context)),
        place: places(&stated, workplace(kind.as_deref())),
        employment: line(row, "/timeType"),
        ..Entry::default()
    })
}

/// A posting's own document.
pub(super) fn detail(document: &Value, context: &Context) -> Option<Entry> {
    let job = document.get("jobPostingInfo")?;
    let mut stated = Vec::from_iter(line(job, "/location"));
    for other in list(job, "/additionalLocations").iter().filter_map(scalar) {
        if !stated.contains(&other) {
            stated.push(other);
        }
    }
    let kind = line(job, "/remoteType");
    let url = address(job, "/externalUrl");
    Some(Entry {
        key: url.as_deref().map(key).or_else(|| first(job, &["/jobReqId", "/id"])),
        title: line(job, "/title").unwrap_or_default(),
        url,
        employer: line(document, "/hiringOrganization/name"),
        place: places(&stated, workplace(kind.as_deref())),
        employment: line(job, "/timeType"),
        closing: line(job, "/endDate"),
        published: moment(job, "/startDate", context.zone),
        body: markup(job, "/jobDescription").unwrap_or_default(),
        ..Entry::default()
    })
}

/// `2 Locations`: how many there are, and none of them.
fn is_count(text: &str) -> bool {
    let number = text.split_whitespace().next().unwrap_or_default();
    number.bytes().all(|byte| byte.is_ascii_digit()) && text.split_whitespace().count() == 2
}

/// The first place of `/job/Durham-NC/Title_R26-129`, which names it even where the list only counts.
fn in_path(path: &str) -> Option<String> {
    let mut steps = path.split('/').filter(|step| !step.is_empty());
    let place = steps.by_ref().skip_while(|step| *step != "job").nth(1)?;
    // A title follows, else this is one.
    steps.next()?;
    Some(place.replace("---", ", ").replace('-', " "))
}

/// The requisition behind a path's last `_`: what stands before it is the title, and that is mended at times.
fn key(path: &str) -> String {
    let tail = path.rsplit_once('_').map(|(_, tail)| tail);
    tail.filter(|tail| tail.contains(|c: char| c.is_ascii_digit())).unwrap_or(path).to_owned()
}

/// The page that readers see: `/wday/cxs/<tenant>/<site>` is `/<site>` to them. A document from elsewhere
/// does not say where its pages are.
fn page(path: &str, context: &Context) -> Option<String> {
    let mut steps = context.location.as_ref()?.path_segments()?.skip_while(|step| *step != "cxs");
    let site = steps.nth(2)?;
    Some(context.absolute(format!("/{site}{path}")))
}
