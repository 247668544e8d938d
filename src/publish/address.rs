//! The site's settings in, addresses and ids out.

use url::{Position, Url};

use crate::config::Site;

/// The date of every tag URI (RFC 4151 section 2.1): a constant, since an id must never change.
const ID_DATE: &str = "2024";

/// The id of a vacancy in every feed and format: `tag:jobs.example.org,2024:vacancy/<id>`.
pub fn item_id(site: &Site, vacancy_id: &str) -> String {
    tag_uri(site, "vacancy", vacancy_id)
}

/// The id of a feed: `tag:jobs.example.org,2024:feed/<path>`.
pub(super) fn feed_id(site: &Site, path: &str) -> String {
    tag_uri(site, "feed", path)
}

fn tag_uri(site: &Site, kind: &str, specific: &str) -> String {
    format!("tag:{},{ID_DATE}:{kind}/{}", authority(site), encode(&specific.replace('#', "%23")))
}

/// A domain name, or an e-mail address (RFC 4151 section 2.1).
fn authority(site: &Site) -> String {
    let host = || Url::parse(site.base_url.trim()).ok()?.host_str().map(str::to_owned);
    let mut name = site.id_authority.clone().or_else(host).unwrap_or_default().to_lowercase();
    name.retain(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@'));
    if name.is_empty() { String::from("localhost") } else { name }
}

/// The address of the site, with a slash at its end.
pub(super) fn home(site: &Site) -> String {
    let mut home = web(&site.base_url).unwrap_or_else(|| encode(site.base_url.trim()));
    if !home.ends_with('/') {
        home.push('/');
    }
    home
}

/// The address of a page: `https://jobs.example.org/tag/music.rss`.
pub(super) fn page(home: &str, path: &str, extension: &str) -> String {
    format!("{home}{}.{extension}", encode(path))
}

/// An absolute web address in the characters that RFC 3986 has, or nothing. Browsers take more
/// (`|`, `{`, a bare `%`); feed validators and XML libraries do not.
pub(super) fn web(text: &str) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let (front, rest) = (&url[..Position::BeforePath], &url[Position::BeforePath..]);
    Some(format!("{front}{}", encode(rest)))
}

/// Percent-encodes what RFC 3986 allows nowhere behind the authority.
pub(super) fn encode(text: &str) -> String {
    const HEX: [u8; 16] = *b"0123456789ABCDEF";
    let bytes = text.as_bytes();
    let hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let mut out = String::with_capacity(text.len());
    let mut fragment = false;
    for (at, byte) in bytes.iter().enumerate() {
        let keep = match byte {
            b'%' => hex(at + 1) && hex(at + 2),
            b'#' => !std::mem::replace(&mut fragment, true),
            byte => byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(byte),
        };
        if keep {
            out.push(char::from(*byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    out
}

/// `mailto:` with an e-mail address of plain characters (RFC 6068), or nothing.
pub(super) fn mail(text: &str) -> Option<String> {
    let (user, host) = text.split_once('@')?;
    let plain = |part: &str, more: &[u8]| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || more.contains(&b))
    };
    (plain(user, b".-_+'") && plain(host, b".-")).then(|| format!("mailto:{text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_rfc_3986() {
        let cases = [
            ("https://example.org", Some("https://example.org/")),
            (
                " http://example.org/a b?c={d}|100%#x#y ",
                Some("http://example.org/a%20b?c=%7Bd%7D%7C100%25#x%23y"),
            ),
            ("https://bücher.example/é?q[]=%2F", Some("https://xn--bcher-kva.example/%C3%A9?q%5B%5D=%2F")),
            ("https://[::1]:80/", Some("https://[::1]:80/")),
            ("javascript:alert(1)", None),
            ("mailto:jobs@example.org", None),
            ("/relative", None),
            ("https://", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(web(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn mail_addresses_are_plain() {
        assert_eq!(mail("jobs+x@example.org").as_deref(), Some("mailto:jobs+x@example.org"));
        for text in ["example.org", "@example.org", "a b@example.org", "a@example.org?cc=b", "a@b@c"] {
            assert_eq!(mail(text), None, "{text}");
        }
    }
}
