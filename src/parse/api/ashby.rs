//! A job of Ashby's posting API in, an entry out.
//!
//! `api.ashbyhq.com/posting-api/job-board/<name>?includeCompensation=true`. A job with `isListed` false is
//! reached by its address alone and is not shown.

use serde_json::Value;

use super::Context;
use super::value::{
    address, exact, first, is_true, line, list, markup, moment, number, pay, places, words, workplace,
};
use crate::parse::Entry;

pub(super) fn entry(job: &Value, context: &Context) -> Option<Entry> {
    if job.get("isListed") == Some(&Value::Bool(false)) {
        return None;
    }
    let mut stated = Vec::from_iter(place(job, "/location", "/address/postalAddress"));
    for other in list(job, "/secondaryLocations") {
        stated.extend(place(other, "/location", "/address").filter(|place| !stated.contains(place)));
    }
    let kind = line(job, "/workplaceType");
    let remote = workplace(kind.as_deref()).or(is_true(job, "/isRemote").then_some("Remote"));
    let mut categories = Vec::from_iter(line(job, "/department"));
    categories.extend(line(job, "/team").filter(|team| !categories.contains(team)));
    Some(Entry {
        key: exact(job, "/id"),
        title: line(job, "/title").unwrap_or_default(),
        url: address(job, "/jobUrl").map(|url| context.absolute(url)),
        apply: address(job, "/applyUrl"),
        place: places(&stated, remote),
        salary: salary(job),
        employment: line(job, "/employmentType").map(|name| words(&name)),
        published: moment(job, "/publishedAt", context.zone),
        updated: moment(job, "/updatedAt", context.zone),
        categories,
        body: markup(job, "/descriptionHtml")
            .or_else(|| markup(job, "/descriptionPlain"))
            .unwrap_or_default(),
        ..Entry::default()
    })
}

/// The postal address, where it names a town; the board's own word for the place may be a building's.
fn place(job: &Value, name: &str, address: &str) -> Option<String> {
    let part =
        |part: &str| first(job, &[&format!("{address}/{part}"), &format!("{address}/postalAddress/{part}")]);
    let Some(town) = part("addressLocality") else {
        return line(job, name).or_else(|| part("addressRegion")).or_else(|| part("addressCountry"));
    };
    let rest = [part("addressRegion"), part("addressCountry")].into_iter().flatten();
    Some(rest.fold(town, |place, part| format!("{place}, {part}")))
}

/// The salary among the parts of the pay, else the line that the board shows.
fn salary(job: &Value) -> Option<String> {
    if job.get("shouldDisplayCompensationOnJobPostings") == Some(&Value::Bool(false)) {
        return None;
    }
    let salary = list(job, "/compensation/summaryComponents")
        .iter()
        .find(|part| line(part, "/compensationType").is_some_and(|kind| kind.eq_ignore_ascii_case("salary")));
    let figures = salary.and_then(|part| {
        let (currency, period) = (line(part, "/currencyCode"), line(part, "/interval"));
        pay(number(part, "/minValue"), number(part, "/maxValue"), currency.as_deref(), period.as_deref())
    });
    let shown =
        ["/compensation/scrapeableCompensationSalarySummary", "/compensation/compensationTierSummary"];
    figures.or_else(|| first(job, &shown))
}
