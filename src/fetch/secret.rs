//! A source in, what to ask its server with out: its variables filled in from the environment, and
//! taken out again of what comes back.

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::{Error, Request};
use crate::config::{Source, secret};

/// A value that is shorter is left where it stands in a document: it would be found in any word.
const SHORTEST: usize = 6;

/// What to ask with.
pub(super) struct Question {
    /// The address with its secrets.
    pub url: Url,
    /// The address as the operator wrote it.
    written: Url,
    /// The source's own headers.
    pub headers: HeaderMap,
    /// JSON to ask with by POST.
    pub post: Option<String>,
    /// Whether a document led to the address.
    pub led: bool,
    /// Ways to write a value, and the placeholder for it.
    hidden: Vec<(String, String)>,
}

impl Question {
    /// Reads the environment for what `source` wants from it.
    ///
    /// # Errors
    /// If a variable is not there, or no address or header comes of it.
    pub(super) fn new(source: &Source, request: &Request) -> Result<Self, Error> {
        let (url, led) = (request.url.as_str(), request.led);
        let mut hidden = Vec::new();
        let parse = |url: &str| Url::parse(url).map_err(|error| Error::Address(error.to_string()));
        // Only the operator may ask for variables, not a server that says that it has moved. In an
        // address a value is one word, whatever signs are in it.
        let own = source.url.as_deref().unwrap_or_default();
        if led {
            // What was led to may repeat what its source was asked with.
            fill(own, &mut hidden, encoded)?;
        }
        let ours = url == own || (led && has_all(own, url));
        let filled = if ours { fill(url, &mut hidden, encoded)? } else { url.to_owned() };
        let (url, written) = (parse(&filled)?, parse(url)?);
        let mut headers = HeaderMap::new();
        for (name, value) in &source.headers {
            let filled = fill(value, &mut hidden, str::to_owned)?;
            let parsed =
                HeaderName::from_bytes(name.as_bytes()).ok().zip(HeaderValue::from_str(&filled).ok());
            let (header, mut value) = parsed.ok_or_else(|| Error::Header(name.clone()))?;
            value.set_sensitive(true);
            headers.insert(header, value);
        }
        // What holds another value is replaced first.
        hidden.sort_by_key(|(value, _)| std::cmp::Reverse(value.len()));
        hidden.dedup();
        Ok(Question { url, written, headers, post: request.post.clone(), led, hidden })
    }

    /// The address that answered, without the operator's password and secrets: links resolved
    /// against it are published.
    pub(super) fn location(&self, answered: &Url) -> String {
        let bare = |url: &Url| {
            let mut url = url.clone();
            // Only an address that cannot have them refuses, and that is none of http.
            let _ = url.set_username("");
            let _ = url.set_password(None);
            url
        };
        if bare(answered) == bare(&self.url) {
            return bare(&self.written).to_string();
        }
        self.hide_all(bare(answered).as_str())
    }

    /// An address without secrets, however short.
    pub(super) fn hide_all(&self, text: &str) -> String {
        self.hidden
            .iter()
            .fold(text.to_owned(), |text, (value, placeholder)| text.replace(value, placeholder))
    }

    /// The document without secrets: servers like to repeat the address that they were asked for.
    pub(super) fn hide(&self, body: Bytes) -> Bytes {
        let long = self.hidden.iter().filter(|(value, _)| value.len() >= SHORTEST);
        let body =
            long.clone().fold(body, |body, (value, to)| replace(body, value.as_bytes(), to.as_bytes()));
        if !is_wide(&body) {
            return body;
        }
        long.fold(body, |body, (value, to)| {
            // In the other order of bytes it is found, too, all but its first or last byte, so both do.
            let body = replace(body, &wide(value, u16::to_le_bytes), &wide(to, u16::to_le_bytes));
            replace(body, &wide(value, u16::to_be_bytes), &wide(to, u16::to_be_bytes))
        })
    }

    /// A header's value without secrets.
    pub(super) fn hide_text(&self, text: String) -> String {
        let long = self.hidden.iter().filter(|(value, _)| value.len() >= SHORTEST);
        long.fold(text, |text, (value, to)| if text.contains(value) { text.replace(value, to) } else { text })
    }
}

/// Whether an address asks for no other variables than the source's own: its server has seen those.
fn has_all(own: &str, url: &str) -> bool {
    let known = secret::names(own).unwrap_or_default();
    secret::names(url).is_ok_and(|names| names.iter().all(|name| known.contains(name)))
}

/// Fills in the variables of a text, each as `form` writes it, and notes all ways to write them.
fn fill(text: &str, hidden: &mut Vec<(String, String)>, form: fn(&str) -> String) -> Result<String, Error> {
    let filled = secret::filled(text, |name| {
        let value = std::env::var(name).ok().filter(|value| !value.is_empty());
        let value = value.ok_or_else(|| format!("the environment has no variable {name}"))?;
        let placeholder = secret::placeholder(name);
        hidden.extend(forms(&value).into_iter().map(|form| (form, placeholder.clone())));
        Ok(form(&value))
    });
    filled.map(String::from).map_err(Error::Secret)
}

/// How a value may stand in an address, in markup or in JSON.
fn forms(value: &str) -> [String; 5] {
    let encoded = encoded(value);
    let small = encoded.split('%').enumerate().map(|(i, part)| match part.split_at_checked(2) {
        Some((digits, rest)) if i > 0 => format!("%{}{rest}", digits.to_lowercase()),
        _ => part.to_owned(),
    });
    [value.to_owned(), small.collect(), encoded, value.replace('&', "&amp;"), value.replace('/', "\\/")]
}

/// Everything but unreserved characters as `%XX` (RFC 3986 section 2.3).
fn encoded(value: &str) -> String {
    let mut out = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Whether a document is in UTF-16: by its mark, or by a NUL in its first character, which is ASCII in
/// every dialect.
fn is_wide(body: &[u8]) -> bool {
    matches!(body, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..])
}

fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

/// The bytes with `to` wherever `from`, which is not empty, stood.
fn replace(body: Bytes, from: &[u8], to: &[u8]) -> Bytes {
    let mut out = Vec::new();
    let (mut copied, mut at) = (0, 0);
    while at + from.len() <= body.len() {
        if body[at] == from[0] && body[at..].starts_with(from) {
            out.extend_from_slice(&body[copied..at]);
            out.extend_from_slice(to);
            at += from.len();
            copied = at;
        } else {
            at += 1;
        }
    }
    if copied == 0 {
        return body;
    }
    out.extend_from_slice(&body[copied..]);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_hidden_however_they_are_written() {
        let hidden = forms("a b/c&d").into_iter().map(|form| (form, "${ENV:K}".to_owned())).collect();
        let url = |text: &str| Url::parse(text).expect("an address");
        let question = Question {
            url: url("https://example.org/?k=a%20b%2Fc%26d"),
            written: url("https://u:p@example.org/?k=${ENV:K}"),
            headers: HeaderMap::new(),
            post: None,
            led: false,
            hidden,
        };
        let asked = url("https://u:p@example.org/?k=a%20b%2Fc%26d");
        assert_eq!(question.location(&asked), "https://example.org/?k=${ENV:K}");
        let moved = url("https://x:y@example.com/a%20b%2fc%26d/");
        assert_eq!(question.location(&moved), "https://example.com/${ENV:K}/");
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let wide = |text: &str| Bytes::from(wide(text, bytes));
            assert_eq!(question.hide(wide("<a b/c&d> a%20b%2Fc%26d a b")), wide("<${ENV:K}> ${ENV:K} a b"));
            assert_eq!(question.hide(wide("\u{feff}<a b/c&amp;d")), wide("\u{feff}<${ENV:K}"));
        }
        assert_eq!(question.hide_text("\"a b/c&d\"".into()), "\"${ENV:K}\"");
        let body = r"a b/c&d, a b/c&amp;d, a%20b%2Fc%26d, a%20b%2fc%26d, a b\/c&d, a b".into();
        let hidden = question.hide(body);
        let key = "${ENV:K}";
        assert_eq!(hidden, format!("{key}, {key}, {key}, {key}, {key}, a b"));
    }
}
