//! A web page or a subscription list in, the addresses of feeds that it names out; and a source for
//! feeds.toml in, its text there out.

mod boards;

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use crate::config::secret;
use crate::parse::markup::{Kind, tokens};
use crate::{link, text};
pub use boards::board;

/// A feed that a page or a list names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    pub url: String,
    /// Empty if it is given none.
    pub title: String,
    /// The folders of a subscription list that it stands in, the outermost first.
    pub folders: Vec<String>,
    /// The preset that reads it, where its address says so.
    pub preset: Option<&'static str>,
}

/// Types of feeds in `<link rel="alternate">` (HTML standard, 4.6.7.1 "alternate"; JSON Feed 1.1).
const TYPES: [&str; 5] = [
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
];

/// How the addresses of feeds usually end that a page only links to.
const ENDINGS: [&str; 12] = [
    "/feed",
    "/rss",
    "/atom",
    "/jobsrss",
    "/rss.xml",
    "/atom.xml",
    "/feed.xml",
    "/index.xml",
    "/feed.json",
    ".rss",
    ".atom",
    ".rdf",
];

/// Parts of a query that ask for a feed.
const ASKING: [&str; 4] = ["display=rss", "format=rss", "format=atom", "feed=rss2"];

/// The feeds that a page at `base` names: what it calls its feeds, then links that look like one. Not
/// feeds of comments, and nothing that asks for variables of the environment: the page must not learn
/// them.
pub fn feeds(html: &str, base: &str) -> Vec<Feed> {
    let mut base = base.to_owned();
    let (mut called, mut linked) = (Vec::new(), Vec::new());
    for token in tokens(html).filter(|token| matches!(token.kind, Kind::Open | Kind::Empty)) {
        let is = |name: &str| token.name().eq_ignore_ascii_case(name);
        let Some(href) = attribute(token.text, "href") else { continue };
        let get = |name: &str| attribute(token.text, name).unwrap_or_default();
        if is("base") {
            base = link::resolve(&base, &href).unwrap_or(base);
        } else if is("link") && get("rel").split_whitespace().any(|rel| rel.eq_ignore_ascii_case("alternate"))
        {
            let kind = get("type").to_ascii_lowercase();
            // What is no feed though it is JSON says so by its path.
            if TYPES.contains(&kind.trim()) && !href.contains("/wp-json/") {
                called.extend(feed(&base, &href, &get("title")));
            }
        } else if is("a") && looks_like_a_feed(&href) {
            linked.extend(feed(&base, &href, &get("title")));
        }
    }
    let mut found: Vec<Feed> = Vec::new();
    for feed in called.into_iter().chain(linked) {
        if !found.iter().any(|known| known.url == feed.url) {
            found.push(feed);
        }
    }
    found
}

fn feed(base: &str, href: &str, title: &str) -> Option<Feed> {
    let mut url = Url::parse(&link::resolve(base, href)?).ok()?;
    url.set_fragment(None);
    let wanted = matches!(url.scheme(), "http" | "https")
        && !url.path().contains("/comments/")
        && !secret::is_in(url.as_str());
    wanted.then(|| Feed { url: url.into(), title: text::squash(title), ..Feed::default() })
}

fn looks_like_a_feed(href: &str) -> bool {
    let href = href.split('#').next().unwrap_or_default().to_ascii_lowercase();
    let (path, query) = href.split_once('?').unwrap_or((&href, ""));
    let path = format!("/{}", path.trim_matches('/'));
    ENDINGS.iter().any(|ending| path.ends_with(ending)) || query.split('&').any(|pair| ASKING.contains(&pair))
}

/// An attribute of a tag, in any case, with or without quotes, its references decoded.
fn attribute(tag: &str, name: &str) -> Option<String> {
    static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"#).expect("a pattern")
    });
    let mut found = ATTRIBUTE.captures_iter(tag).filter(|found| found[1].eq_ignore_ascii_case(name));
    let found = found.next()?;
    let value = found.get(2).or_else(|| found.get(3)).or_else(|| found.get(4))?;
    Some(text::decode(value.as_str()).into_owned())
}

/// Feeds of a subscription list (OPML 2.0, opml.org/spec2.opml): every outline with an `xmlUrl`, as
/// written. `None` if it is no such list.
pub fn outlines(opml: &str) -> Option<Vec<Feed>> {
    let (mut is_list, mut found) = (false, Vec::new());
    // What is open: the title of a folder, or nothing for a feed with outlines in it.
    let mut open: Vec<Option<String>> = Vec::new();
    for token in tokens(opml) {
        let name = token.local();
        is_list |= name.eq_ignore_ascii_case("opml");
        if !name.eq_ignore_ascii_case("outline") {
            continue;
        }
        if token.kind == Kind::Close {
            open.pop();
            continue;
        }
        let get = |name: &str| attribute(token.text, name).map(|value| text::squash(&value));
        let title =
            get("title").filter(|title| !title.is_empty()).or_else(|| get("text")).unwrap_or_default();
        let url = get("xmlUrl").filter(|url| !url.is_empty());
        if let Some(url) = &url {
            let folders = open.iter().flatten().take(DEEPEST).cloned().collect();
            found.push(Feed { url: url.clone(), title: title.clone(), folders, preset: None });
        }
        if token.kind == Kind::Open {
            open.push(url.is_none().then_some(title).filter(|title| !title.is_empty()));
        }
    }
    is_list.then_some(found)
}

/// Folders within each other that are told of.
const DEEPEST: usize = 8;

/// Characters of a made-up name, at most.
const LONGEST_NAME: usize = 40;

/// A name for a source, of its feed's title or else its host, that is not among the `taken`.
pub fn name(feed: &Feed, taken: impl Fn(&str) -> bool) -> String {
    let host = Url::parse(&feed.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let host = host.unwrap_or_default();
    let made = [feed.title.as_str(), host.trim_start_matches("www.")].into_iter().map(slug);
    let name = made.into_iter().find(|slug| !slug.is_empty()).unwrap_or_else(|| "source".into());
    if !taken(&name) {
        return name;
    }
    (2..).map(|n: u64| format!("{name}-{n}")).find(|name| !taken(name)).expect("numbers do not end")
}

fn slug(title: &str) -> String {
    let mut slug = String::new();
    for word in text::fold(&text::summary(title, 200)).split(|c: char| !c.is_ascii_alphanumeric()) {
        let first = slug.is_empty();
        let fits = slug.len() + word.len() < LONGEST_NAME;
        if word.is_empty() || (!fits && !first) {
            continue;
        }
        if !first {
            slug.push('-');
        }
        slug.extend(word.chars().take(LONGEST_NAME));
    }
    slug
}

/// A `[[source]]` of feeds.toml, with an empty line before it; title and folders as a comment.
pub fn section(name: &str, feed: &Feed, enabled: bool) -> String {
    let said = feed.folders.iter().chain([&feed.title]).filter(|part| !part.is_empty());
    let said = said.map(String::as_str).collect::<Vec<_>>().join(" / ");
    let said: String = text::squash(&said).chars().filter(|c| !c.is_control()).collect();
    let comment = if said.is_empty() { said } else { format!("# {said}\n") };
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let enabled = if enabled { "" } else { "enabled = false\n" };
    let preset = feed.preset.map(|preset| format!("preset = {}\n", quoted(preset))).unwrap_or_default();
    format!("\n{comment}[[source]]\nname = {}\nurl = {}\n{preset}{enabled}", quoted(name), quoted(&feed.url))
}
