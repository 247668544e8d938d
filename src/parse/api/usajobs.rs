//! An item of the USAJOBS search API in, an entry out.
//!
//! `data.usajobs.gov/api/search` (developer.usajobs.gov): several places a job, and pay with a code for its
//! period (`PA` a year, `PH` an hour).

use serde_json::Value;

use super::Context;
use super::value::{
    address, body, day, exact, first, is_true, line, lines, list, markup, number, pay, places, read_moment,
    scalar, sections,
};
use crate::parse::{Body, Entry};

/// Texts of an announcement, each with the heading that the site gives it.
const SECTIONS: [(&str, &str); 6] = [
    ("/UserArea/Details/JobSummary", "Summary"),
    ("/UserArea/Details/MajorDuties", "Duties"),
    ("/UserArea/Details/Requirements", "Requirements"),
    ("/QualificationSummary", "Qualifications"),
    ("/UserArea/Details/Education", "Education"),
    ("/UserArea/Details/HowToApply", "How to apply"),
];

pub(super) fn entry(item: &Value, context: &Context) -> Option<Entry> {
    let job = item.get("MatchedObjectDescriptor").unwrap_or(item);
    let mut stated = lines(job, "/PositionLocation", "/LocationName");
    if stated.is_empty() {
        stated.extend(line(job, "/PositionLocationDisplay"));
    }
    let remote = is_true(job, "/UserArea/Details/RemoteIndicator").then_some("Remote");
    let kinds = ["/PositionSchedule", "/PositionOfferingType"].map(|list| lines(job, list, "/Name"));
    let employment = Some(kinds.concat().join(", ")).filter(|kinds| !kinds.is_empty());
    Some(Entry {
        key: exact(item, "/MatchedObjectId").or_else(|| exact(job, "/PositionID")),
        title: line(job, "/PositionTitle").unwrap_or_default(),
        url: address(job, "/PositionURI").map(|url| context.absolute(url)),
        apply: address(job, "/ApplyURI/0"),
        employer: first(job, &["/OrganizationName", "/DepartmentName"]),
        place: places(&stated, remote),
        salary: salary(job),
        employment,
        closing: day(job, "/ApplicationCloseDate"),
        published: day(job, "/PublicationStartDate").and_then(|day| read_moment(&day, context.zone)),
        categories: lines(job, "/JobCategory", "/Name"),
        body: text(job),
        ..Entry::default()
    })
}

fn salary(job: &Value) -> Option<String> {
    let rate = list(job, "/PositionRemuneration").first()?;
    let (low, high) = (number(rate, "/MinimumRange"), number(rate, "/MaximumRange"));
    let period = first(rate, &["/RateIntervalCode", "/Description"]);
    pay(low, high, Some("USD"), period.as_deref())
}

/// The texts, each a string or a list of paragraphs; the summary has no heading where it is alone.
fn text(job: &Value) -> Body {
    let section = |pointer: &str| match job.pointer(pointer)? {
        Value::Array(parts) => {
            let parts = parts.iter().map(|part| (None, scalar(part).map(|text| body(&text))));
            Some(sections(parts)).filter(|body| !body.is_empty())
        }
        _ => markup(job, pointer),
    };
    let mut found: Vec<_> = SECTIONS
        .iter()
        .filter_map(|(pointer, heading)| Some((Some((*heading).to_owned()), Some(section(pointer)?))))
        .collect();
    if let [(heading, _)] = found.as_mut_slice() {
        *heading = None;
    }
    sections(found)
}
