//! `[source.follow]` in, what is wrong with it out.

use super::rules::Checked;

/// Links to follow without an address, pages that are never counted on, nothing to follow.
pub fn check(c: &mut Checked) {
    for (i, source) in c.config.sources.iter().enumerate() {
        let Some(follow) = &source.follow else { continue };
        let (section, name) = (format!("source[{i}].follow"), &source.name);
        if source.url.is_none() {
            c.fail(&section, "next", format!("source {name:?} has no url: a file leads nowhere"));
        }
        if !follow.next && follow.page.is_none() {
            let message = format!("source {name:?} follows nothing: say `next = true` or name its `page`");
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
        for (key, number) in [("step", follow.step), ("max_pages", follow.max_pages)] {
            if number == 0 {
                c.fail(&section, key, format!("{key} must be at least 1"));
            }
        }
    }
}

fn is_countable(page: &str) -> bool {
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.[]".contains(c);
    page.contains("{page}") || (!page.is_empty() && page.chars().all(is_name))
}
