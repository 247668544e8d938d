//! A web or mail address in, the country of its top-level domain out.

use crate::iso;

/// Top-level domains of countries that are sold for what their letters mean (`jobs.example.io`).
const SOLD: [&str; 18] = [
    "ai", "cc", "co", "eu", "fm", "gg", "gl", "io", "la", "ly", "me", "sh", "so", "to", "tv", "vc", "ws",
    "st",
];

/// The country of the host of an address, an employer's or its portal's: `https://www.example.ac.uk/jobs`,
/// `jobs@example.edu.au`; `US` for `.edu` and `.gov`, which are American (RFC 1480, section 1).
pub fn country_of(address: &str) -> Option<&'static str> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest).trim();
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?.trim_end_matches('.');
    let (_, last) = host.rsplit_once('.')?;
    let last = last.to_ascii_lowercase();
    match last.as_str() {
        "edu" | "gov" | "mil" => Some("US"),
        "uk" => Some("GB"),
        last if last.len() == 2 && !SOLD.contains(&last) => iso::known_country(&last.to_ascii_uppercase()),
        _ => None,
    }
}
