//! `[source.follow]` in, what is wrong with it out.

use super::rules::Checked;
use crate::config::{Details, Follow, Source, selector, workday_list};

/// Links to follow without an address, pages that are never counted on, nothing to follow.
pub fn check(c: &mut Checked) {
    for (i, source) in c.config.sources.iter().enumerate() {
        let Some(follow) = &source.follow else { continue };
        let (section, name) = (format!("source[{i}].follow"), &source.name);
        if source.url.is_none() {
            c.fail(&section, "next", format!("source {name:?} has no url: a file leads nowhere"));
        }
        if !follow.next && follow.page.is_none() && follow.details.is_none() {
            let message = format!(
                "source {name:?} follows nothing: say `next = true`, name its `page` or its `details`"
            );
            c.fail(&section, "next", message);
        }
        if follow.next && follow.page.is_some() {
            let message =
                format!("source {name:?} has both `next` and `page`: either pages name the next or we count");
            c.fail(&section, "page", message);
        }
        if follow.page.as_deref().is_some_and(|page| !is_countable(page)) {
            let message = format!(
                "page {:?} is neither a parameter such as \"paged\" nor an address with {{page}} in it",
                follow.page.as_deref().unwrap_or_default()
            );
            c.fail(&section, "page", message);
        }
        details(c, &section, source, follow);
        for (key, number) in
            [("step", follow.step), ("max_pages", follow.max_pages), ("max_details", follow.max_details)]
        {
            if number == 0 {
                c.fail(&section, key, format!("{key} must be at least 1"));
            }
        }
    }
}

/// What says where the documents of postings are, and nothing reads it.
fn details(c: &mut Checked, section: &str, source: &Source, follow: &Follow) {
    let name = &source.name;
    let workday = follow.details == Some(Details::Workday);
    if workday && source.url.as_deref().is_some_and(|url| workday_list(url).is_none()) {
        let message = format!(
            "the url of source {name:?} is no board of Workday such as \"https://quire.wd5.myworkdayjobs.com/Careers\""
        );
        c.fail(section, "details", message);
    }
    let needs = [
        ("links", follow.links.is_some(), Details::Pages, "pages"),
        ("search", !follow.search.is_empty(), Details::Workday, "workday"),
        ("facets", !follow.facets.is_empty(), Details::Workday, "workday"),
    ];
    for (key, _, _, kind) in needs.iter().filter(|(_, given, of, _)| *given && follow.details != Some(*of)) {
        c.fail(section, key, format!("source {name:?} has {key} without `details = {kind:?}`"));
    }
    if follow.matching.is_some() && follow.details.is_none() {
        c.fail(section, "matching", format!("source {name:?} has `matching` without `details`"));
    }
    if follow.links.is_some() && source.select.is_some() {
        let message = format!("source {name:?} has both links and select: which of them finds its postings?");
        c.fail(section, "links", message);
    }
    if let Some(Err(message)) = follow.links.as_deref().map(selector) {
        c.fail(section, "links", format!("links: {message}"));
    }
}

fn is_countable(page: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.[]".contains(c);
    page.contains("{page}") || (!page.is_empty() && page.chars().all(is_name))
}
