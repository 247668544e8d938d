//! An address in, its canonical form and the key to compare it by out.
//!
//! [`canonical`] is what a reader is sent to, [`key`] is only for comparing, [`resolve`] makes a
//! link of a document absolute, [`links`] and [`emails`] find addresses in plain text.

mod plain;
mod same;
mod tracking;

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;
use url::{Host, Url};

use plain::Plain;

/// Longer addresses are not links: browsers and feed readers give up on them as well.
const LONGEST: usize = 4096;

/// The canonical form of a web address: http or https, host in lower case, no default port, no
/// credentials, no fragment (but for routes and job ids), no tracking or session parameters, nothing
/// that Markdown or a sentence left at its end. `None` for anything that no browser can open.
///
/// The scheme stays: a host that answers on `http` need not answer on `https`. An address without
/// one (`www.example.org/jobs`) is taken for https.
pub fn canonical(url: &str) -> Option<String> {
    if tidy(url).is_some() { Some(url.to_owned()) } else { tidied(url).map(String::from) }
}

/// The pieces of an address that [`tidied`] would leave as it stands.
fn tidy(url: &str) -> Option<Plain<'_>> {
    let plain = Plain::of(url).filter(|_| url.len() <= LONGEST)?;
    // A semicolon may be of `&amp;` or of a session in the path.
    let tidy = !url.contains(';')
        && url.ends_with(is_kept_at_end)
        && plain.fragment.is_none_or(is_part_of_address)
        && plain.query.is_none_or(tracking::is_clean);
    tidy.then_some(plain)
}

fn tidied(url: &str) -> Option<Url> {
    let mut url = web(&repaired(url))?;
    loop {
        if url.fragment().is_some_and(|f| !is_part_of_address(f)) {
            url.set_fragment(None);
        }
        tracking::strip(&mut url);
        // What went may have hidden the full stop of a sentence: `/jobs.#top`.
        let rest = trimmed(url.as_str());
        if rest.len() == url.as_str().len() {
            return Some(url);
        }
        url = web(rest)?;
    }
}

/// The form to compare addresses by: the canonical one without scheme, `www.`, `index.html` or its
/// like and trailing slash, parameters sorted, and known spellings of one page by board software
/// made one. Not an address. What is no web address is compared as it is, trimmed.
pub fn key(url: &str) -> String {
    if let Some(Plain { host, path, query, fragment }) = tidy(url) {
        return key_of(host, None, path, query, fragment);
    }
    let Some(url) = tidied(url) else {
        return url.trim().to_owned();
    };
    key_of(url.host_str().unwrap_or_default(), url.port(), url.path(), url.query(), url.fragment())
}

fn key_of(host: &str, port: Option<u16>, path: &str, query: Option<&str>, fragment: Option<&str>) -> String {
    let host = host.strip_prefix("www.").unwrap_or(host);
    let mut key = String::with_capacity(host.len() + path.len() + query.map_or(0, str::len) + 16);
    key.push_str(host);
    if let Some(port) = port {
        key.push_str(&format!(":{port}"));
    }
    same::push_path(&mut key, host, path);
    let pairs = query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Vec<_> = pairs.filter(|pair| same::counts(host, tracking::name(pair))).collect();
    pairs.sort_unstable();
    for (at, pair) in pairs.into_iter().enumerate() {
        key.push(if at == 0 { '?' } else { '&' });
        key.push_str(pair);
    }
    if let Some(fragment) = fragment {
        key.push('#');
        key.push_str(fragment);
    }
    key
}

/// The absolute form (http, https or mailto) of a link in a document that stands at `base`. `None`
/// if there is none: another scheme, or a relative link in a document that is a file.
pub fn resolve(base: &str, href: &str) -> Option<String> {
    let href = href.trim();
    if href.is_empty() || href.len() > LONGEST {
        return None;
    }
    if Plain::of(href).is_some() {
        return Some(href.to_owned());
    }
    match Url::parse(href) {
        Ok(url) => match url.scheme() {
            "http" | "https" => url.host().is_some().then(|| url.into()),
            "mailto" => url.path().contains('@').then(|| url.into()),
            _ => None,
        },
        Err(url::ParseError::RelativeUrlWithoutBase) if starts_with_www(href) => web(href).map(String::from),
        Err(url::ParseError::RelativeUrlWithoutBase) => {
            let base = Url::parse(base.trim()).ok()?;
            let known = matches!(base.scheme(), "http" | "https");
            let url = known.then(|| base.join(href).ok()).flatten()?;
            matches!(url.scheme(), "http" | "https").then(|| url.into())
        }
        Err(_) => None,
    }
}

/// The web addresses that stand in plain text, as written, in order.
pub fn links(text: &str) -> Vec<&str> {
    found(text).filter(|found| !found.email).map(|found| &text[found.start..found.end]).collect()
}

/// The e-mail addresses that stand in plain text, as written, in order, none twice.
pub fn emails(text: &str) -> Vec<String> {
    let mut emails: Vec<String> = Vec::new();
    for found in found(text).filter(|found| found.email) {
        let email = &text[found.start..found.end];
        if !emails.iter().any(|e| e.eq_ignore_ascii_case(email)) && emails.len() < MOST_EMAILS {
            emails.push(email.to_owned());
        }
    }
    emails
}

/// A posting names a handful of addresses; the bound keeps the comparison of each with all cheap.
const MOST_EMAILS: usize = 100;

/// Where an address stands in a text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub start: usize,
    pub end: usize,
    pub email: bool,
}

impl Found {
    /// What a link on this address in `text` leads to.
    pub fn href(&self, text: &str) -> Option<String> {
        let address = &text[self.start..self.end];
        if self.email { resolve("", &format!("mailto:{address}")) } else { resolve("", address) }
    }
}

/// All addresses in plain text, in order, none inside another.
pub(crate) fn found(text: &str) -> impl Iterator<Item = Found> {
    // Square brackets end an address: Markdown's `[address](address)` in a text that nobody rendered.
    // Boundaries of ASCII words keep the search in the fast engine.
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"(?xi)
            (?-u:\b) (?: https?:// | www\.[a-z0-9] ) [^\s<>"“”«»{}|\\^`\[\]]+
            | (?-u:\b) [a-z0-9] [a-z0-9._%+'-]* @ (?: [a-z0-9-]+ \. )+ [a-z]{2,24} (?-u:\b)"#,
        )
        .expect("a constant pattern")
    });
    // Most texts hold none, which these three see faster than the pattern.
    let worth = text.contains('@') || text.contains("://") || text.contains("www.") || text.contains("WWW.");
    ADDRESS.find_iter(if worth { text } else { "" }).filter_map(|found| {
        let written = found.as_str();
        let email = !is_link(written);
        let end = found.start() + if email { written.len() } else { trimmed(written).len() };
        let usable = email || written.contains('.') || written.contains("localhost");
        usable.then_some(Found { start: found.start(), end, email })
    })
}

/// Whether an address that was found is one of a page and not of a mailbox.
fn is_link(found: &str) -> bool {
    let scheme = found.split_once("://").map_or("", |(scheme, _)| scheme);
    scheme.eq_ignore_ascii_case("http")
        || scheme.eq_ignore_ascii_case("https")
        || starts_with_www(found) && !found.contains('@')
}

/// An address without what the sentence or the Markdown around it left at its end: full stops,
/// commas, quotes, and brackets that it does not open itself.
pub(crate) fn trimmed(url: &str) -> &str {
    const PAIRS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];
    if url.ends_with(is_kept_at_end) {
        return url;
    }
    let mut open =
        PAIRS.map(|(open, close)| url.matches(open).count() as isize - url.matches(close).count() as isize);
    let mut url = url;
    while let Some(last) = url.chars().next_back() {
        let bracket = PAIRS.iter().position(|(_, close)| *close == last);
        match bracket {
            Some(pair) if open[pair] < 0 => open[pair] += 1,
            Some(_) => break,
            None if matches!(
                last,
                '.' | ',' | ';' | ':' | '!' | '"' | '\'' | '’' | '‘' | '”' | '…' | '>' | '*'
            ) => {}
            None => break,
        }
        url = &url[..url.len() - last.len_utf8()];
    }
    url
}

/// What surely belongs to the address that ends with it.
fn is_kept_at_end(last: char) -> bool {
    last.is_ascii_alphanumeric() || matches!(last, '/' | '-' | '_' | '=')
}

/// The text of an address with the usual damage undone: references that were escaped once too often,
/// a doubled scheme, a scheme that is missing.
fn repaired(url: &str) -> Cow<'_, str> {
    let mut url = Cow::Borrowed(trimmed(url.trim().trim_start_matches(['<', '(', '[', '"', '\''])));
    for _ in 0..3 {
        if !["&amp;", "&#38;", "&#038;"].iter().any(|r| url.contains(r)) {
            break;
        }
        url = Cow::Owned(url.replace("&#38;", "&").replace("&#038;", "&").replace("&amp;", "&"));
    }
    for doubled in ["http://http://", "http://https://", "https://http://", "https://https://"] {
        if let Some(rest) = url.strip_prefix(doubled) {
            let inner = if doubled.ends_with("https://") { "https://" } else { "http://" };
            return Cow::Owned(format!("{inner}{rest}"));
        }
    }
    url
}

/// Endings by which a host without scheme is told from a file's name or a sentence without a space.
const ENDINGS: [&str; 18] = [
    ".org", ".edu", ".com", ".gov", ".net", ".us", ".ca", ".uk", ".info", ".jobs", ".museum", ".library",
    ".mil", ".eu", ".de", ".au", ".nz", ".int",
];

fn starts_with_www(url: &str) -> bool {
    url.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
}

fn web(url: &str) -> Option<Url> {
    if url.is_empty() || url.len() > LONGEST || url.contains(char::is_whitespace) {
        return None;
    }
    let parsed = match Url::parse(url) {
        Ok(url) => Some(url),
        Err(url::ParseError::RelativeUrlWithoutBase) => bare(url),
        Err(_) => None,
    };
    // A host and a port without scheme parse as a scheme: `www.example.org:8080/jobs`.
    let mut url = match parsed {
        Some(parsed) if !parsed.scheme().contains('.') => parsed,
        _ => bare(url)?,
    };
    let usable = match url.host()? {
        Host::Domain(name) => name == "localhost" || name.trim_end_matches('.').contains('.'),
        Host::Ipv4(_) | Host::Ipv6(_) => true,
    };
    if !usable || !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    if !url.username().is_empty() || url.password().is_some() {
        url.set_username("").ok()?;
        url.set_password(None).ok()?;
    }
    Some(url)
}

/// An address without a scheme, if its host surely is one.
fn bare(url: &str) -> Option<Url> {
    let url = url.strip_prefix("//").unwrap_or(url);
    let host = url.split(['/', '?', '#', ':']).next()?.to_ascii_lowercase();
    let sure = host.starts_with("www.") || ENDINGS.iter().any(|ending| host.ends_with(ending));
    if !sure || host.contains('@') || host.starts_with('.') {
        return None;
    }
    Url::parse(&format!("https://{url}")).ok()
}

/// Fragments that name a place in a page, though they carry a number.
const ANCHORS: [&str; 7] = ["comment", "respond", "more-", "post-", ":~:", "xtor=", "section"];

/// Whether a fragment says which posting is meant: a route of a page that runs in the browser
/// (`#/job/7`, `#!job/7`), or a job's id on a page of many (`#job-4411`).
fn is_part_of_address(fragment: &str) -> bool {
    if fragment.starts_with(['/', '!']) {
        return true;
    }
    let longest = fragment.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    longest >= 3 && !ANCHORS.iter().any(|anchor| fragment.starts_with(anchor))
}
