//! Named checks of what sources are asked with: hosts that may be asked, headers, variables.

use super::rules::Checked;
use crate::config::{Allowed, Heed, secret};

/// Headers that belong to the connection or to the question whether something is new.
const OWN_HEADERS: [&str; 9] = [
    "host",
    "connection",
    "content-length",
    "transfer-encoding",
    "upgrade",
    "te",
    "if-none-match",
    "if-modified-since",
    "accept-encoding",
];

pub(super) fn allow_hosts(c: &mut Checked) {
    for item in &c.config.fetch.allow_hosts {
        if let Err(message) = Allowed::parse(item) {
            c.fail("fetch", "allow_hosts", message);
        }
    }
}

pub(super) fn secrets(c: &mut Checked) {
    for (i, source) in c.config.sources.iter().enumerate() {
        let section = format!("source[{i}]");
        if let Some(Err(message)) = source.url.as_deref().map(secret::names) {
            c.fail(&section, "url", message);
        }
        if let Some((key, _)) = source.headers.first_key_value()
            && source.url.is_none()
        {
            let message =
                format!("source {:?} has the header {key:?}, but no url to send it to", source.name);
            c.fail(&section, "headers", message);
        }
        for (name, value) in &source.headers {
            if let Some(message) = wrong_header(name, value) {
                c.fail(&section, "headers", message);
            }
        }
    }
}

pub(super) fn heed(c: &mut Checked) {
    for (i, source) in c.config.sources.iter().enumerate() {
        let section = format!("source[{i}]");
        if source.heed != Heed::default() && source.url.is_none() {
            let message = format!("source {:?} has no url, and no server asks anything of it", source.name);
            c.fail(&section, "heed", message);
        }
        if let Some(hours) = source.heed.hours.filter(|hours| !(1..=168).contains(hours)) {
            let message = format!("hours must be 1 to 168, which is a week, not {hours}");
            c.fail(&format!("{section}.heed"), "hours", message);
        }
    }
}

/// RFC 9110 sections 5.1 and 5.5.
fn wrong_header(name: &str, value: &str) -> Option<String> {
    let is_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    if name.is_empty() || !name.bytes().all(is_token) {
        return Some(format!("{name:?} is no name of a header such as \"X-Api-Key\""));
    }
    if OWN_HEADERS.iter().any(|own| name.eq_ignore_ascii_case(own)) {
        return Some(format!("the header {name:?} is Shelfwire's own business"));
    }
    if value.contains(|c: char| c.is_control() && c != '\t') {
        return Some(format!("the header {name:?} has a line break or a control character"));
    }
    secret::names(value).err()
}
