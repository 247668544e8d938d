//! `[source.follow]` of feeds.toml in, how one source is asked in several requests out.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

/// `[source.follow]`: a source that is more than one document. All of them are asked for at the host that
/// gave the first, one after the other with a pause between.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Follow {
    /// Whether the next page is the one that a page names itself: `rel="next"` in its links or in the
    /// HTTP header, `next_url` of JSON Feed, `links.next` of JSON:API.
    pub next: bool,
    /// How pages are asked for by number: a parameter of the address (`"paged"`), or an address relative to
    /// the source's with `{page}` in it (`"page/{page}/"`).
    pub page: Option<String>,
    /// The number of the first page, which is the source's address as it is. An offset begins with 0.
    pub first: u32,
    /// What is added for each page more; for an offset, how many entries a page has.
    pub step: u32,
    /// Documents of a list in one visit, at most.
    pub max_pages: u32,
    /// Where each posting has a document of its own, what leads there.
    pub details: Option<Details>,
    /// With `details = "pages"`: which links of a web page lead to postings, by a CSS selector:
    /// `"a[href*='/job/']"`. Default: those of the entries that the list has.
    pub links: Option<String>,
    /// Which addresses are of postings, `*` stands for anything: `"*/jobs/*"`. Default: all.
    pub matching: Option<String>,
    /// Documents of postings in one visit, at most; the rest comes at the next ones.
    pub max_details: u32,
    /// With `details = "workday"`: the words to search for.
    pub search: String,
    /// With `details = "workday"`: the choices of the board's own filters, by their names in its requests.
    pub facets: BTreeMap<String, Vec<String>>,
}

/// What leads from a list to the documents of its postings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Details {
    /// The list is a web page or a feed; each posting's page has a schema.org JobPosting.
    Pages,
    /// The list is a sitemap, or an index of sitemaps; each posting's page has a schema.org JobPosting.
    Sitemap,
    /// The source is a board of Workday.
    Workday,
}

impl Default for Follow {
    fn default() -> Self {
        Follow {
            next: false,
            page: None,
            first: 1,
            step: 1,
            max_pages: 10,
            details: None,
            links: None,
            matching: None,
            max_details: 100,
            search: String::new(),
            facets: BTreeMap::new(),
        }
    }
}

/// The address of the list behind a board of Workday, which its pages ask by POST: from the address of
/// the board, `https://<tenant>.wd5.myworkdayjobs.com/en-US/<site>` or
/// `https://wd5.myworkdaysite.com/recruiting/<tenant>/<site>`, or from the list's own.
pub fn workday_list(board: &str) -> Option<String> {
    let mut url = Url::parse(board).ok()?;
    let steps: Vec<_> = url.path_segments()?.filter(|step| !step.is_empty()).map(str::to_owned).collect();
    let steps: Vec<&str> = steps.iter().map(String::as_str).skip_while(|step| is_locale(step)).collect();
    let (tenant, site) = match steps[..] {
        ["wday", "cxs", tenant, site, ..] | ["recruiting", tenant, site, ..] => (tenant, site),
        [site, ..] => (url.domain()?.split('.').next()?, site),
        [] => return None,
    };
    let path = format!("/wday/cxs/{tenant}/{site}/jobs");
    url.set_path(&path);
    url.set_query(None);
    url.set_fragment(None);
    Some(url.into())
}

/// `en-US`, `fr`
fn is_locale(step: &str) -> bool {
    let (language, country) = step.split_once('-').unwrap_or((step, "XX"));
    language.len() == 2
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && country.len() == 2
        && country.bytes().all(|b| b.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::workday_list;

    #[test]
    fn a_board_of_workday_leads_to_its_list() {
        let list = "https://quire.wd5.myworkdayjobs.com/wday/cxs/quire/Careers/jobs";
        let host = "https://quire.wd5.myworkdayjobs.com";
        for board in ["/Careers", "/en-US/Careers/?q=x#top", "/fr/Careers", "/wday/cxs/quire/Careers/jobs"] {
            assert_eq!(workday_list(&format!("{host}{board}")).as_deref(), Some(list), "{board}");
        }
        let shared = workday_list("https://wd5.myworkdaysite.com/en-US/recruiting/quire/Careers");
        assert_eq!(shared.as_deref(), Some("https://wd5.myworkdaysite.com/wday/cxs/quire/Careers/jobs"));
        assert_eq!(workday_list(&format!("{host}/en-US/")), None);
        assert_eq!(workday_list("https://127.0.0.1/Careers"), None);
    }
}
