//! The address of a board's page in, the address of its feed and the preset that reads it out.
//!
//! Job systems give every customer a page and a feed at addresses that follow one scheme; the page names
//! the feed seldom.

use url::Url;

use super::Feed;
use crate::config::preset;

/// A scheme: the page, the feed, and the preset where it needs one. `{}` in the page's path is the
/// customer's name there, `{host}` the host; a host that begins with `*` has any beginning. `{url}` is
/// the page itself, for systems that are asked by it.
struct Scheme {
    page: &'static str,
    feed: &'static str,
    preset: Option<&'static str>,
}

const fn scheme(page: &'static str, feed: &'static str, preset: Option<&'static str>) -> Scheme {
    Scheme { page, feed, preset }
}

/// The first that fits is taken. Sources: the systems' own documentation of their feeds and APIs.
const SCHEMES: [Scheme; 12] = [
    scheme("governmentjobs.com/careers/{}", NEOGOV, Some("neogov")),
    scheme(
        "schooljobs.com/careers/{}",
        "https://www.schooljobs.com/SearchEngine/JobsFeed?agency={}",
        Some("neogov"),
    ),
    scheme("*.peopleadmin.com", PEOPLEADMIN, Some("peopleadmin")),
    scheme("*/postings/search", PEOPLEADMIN, Some("peopleadmin")),
    scheme("boards.greenhouse.io/{}", GREENHOUSE, None),
    scheme("job-boards.greenhouse.io/{}", GREENHOUSE, None),
    scheme("jobs.lever.co/{}", "https://api.lever.co/v0/postings/{}?mode=json", None),
    scheme(
        "jobs.ashbyhq.com/{}",
        "https://api.ashbyhq.com/posting-api/job-board/{}?includeCompensation=true",
        None,
    ),
    scheme("careers.smartrecruiters.com/{}", SMARTRECRUITERS, None),
    scheme("jobs.smartrecruiters.com/{}", SMARTRECRUITERS, None),
    scheme("*.myworkdayjobs.com", "{url}", Some("workday")),
    scheme("*.myworkdaysite.com", "{url}", Some("workday")),
];

const NEOGOV: &str = "https://www.governmentjobs.com/SearchEngine/JobsFeed?agency={}";
const PEOPLEADMIN: &str = "https://{host}/postings/all_jobs.atom";
const GREENHOUSE: &str = "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true";
const SMARTRECRUITERS: &str = "https://api.smartrecruiters.com/v1/companies/{}/postings?limit=100";

/// The feed of the board whose page `url` is. None for a page of no known system, and for one whose
/// preset there is not.
pub fn board(url: &str) -> Option<Feed> {
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?;
    let bare = host.strip_prefix("www.").unwrap_or(host);
    let (scheme, name) = SCHEMES.iter().find_map(|scheme| Some((scheme, fits(scheme.page, bare, &url)?)))?;
    let known = scheme.preset.is_none_or(|wanted| preset::names().any(|name| name == wanted));
    let feed = scheme.feed.replace("{url}", url.as_str()).replace("{host}", host).replace("{}", name);
    // Whoever asks for the feed's own address has it.
    let other = scheme.feed == "{url}" || feed != url.as_str();
    (known && other).then(|| Feed { url: feed, preset: scheme.preset, ..Feed::default() })
}

/// The customer's name in a page's address, or an empty text where the scheme has none.
fn fits<'a>(page: &str, host: &str, url: &'a Url) -> Option<&'a str> {
    let (of_host, path) = page.split_once('/').unwrap_or((page, ""));
    let right = match of_host.strip_prefix('*') {
        Some(end) => host.len() > end.len() && host.ends_with(end),
        None => host == of_host,
    };
    let mut given = url.path_segments()?;
    let mut name = "";
    for wanted in path.split('/').filter(|part| !part.is_empty()) {
        let part = given.next()?;
        match wanted {
            "{}" => name = Some(part).filter(|part| is_name(part))?,
            _ if part.eq_ignore_ascii_case(wanted) => {}
            _ => return None,
        }
    }
    right.then_some(name)
}

fn is_name(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}
