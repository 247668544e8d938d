//! A posting's text in, the address at which it says to apply out.
//!
//! Boards copy each other's texts, but the place to apply stays the employer's own: it is what two
//! copies of one vacancy have in common. It is taken only where words beside the link speak of
//! applying; a link to the employer's home page or to a list of benefits is nobody's application.

use crate::link;
use crate::text;

/// What stands before a link, or in it, where one applies there; in lower case.
const CUES: [&str; 15] = [
    "apply",
    "applying",
    "application",
    "applicants",
    "to be considered",
    "job opening url",
    "posting url",
    "full posting",
    "job posting",
    "full description",
    "bewerb",
    "stellenausschreibung",
    "postul",
    "candidature",
    "solicitud",
];

/// What makes a link something else although it stands near such words; in lower case.
const OTHERWISE: [&str; 9] = [
    "privacy",
    "accommodation",
    "equal opportunity",
    "benefits",
    "policy",
    "policies",
    "share",
    "subscribe",
    "about us",
];

/// Characters before a link in which a cue counts: a sentence.
const BEFORE: usize = 120;

/// Links looked at, at most; a posting with more is a list of links.
const MOST_LINKS: usize = 20;

/// The first address in a sanitized description, or in its plain text, at which one applies, and
/// the words that say so.
pub fn find(description: &str, text: &str) -> Option<(String, String)> {
    anchors(description).chain(bare(text)).take(MOST_LINKS).find_map(|(url, words)| {
        let lower = words.to_lowercase();
        let applies =
            CUES.iter().any(|cue| lower.contains(cue)) && !OTHERWISE.iter().any(|no| lower.contains(no));
        applies.then(|| link::canonical(url)).flatten().map(|url| (url, words))
    })
}

/// Each link of a sanitized description, with the words before it in its block and its own.
fn anchors(description: &str) -> impl Iterator<Item = (&str, String)> {
    const OPEN: &str = "<a href=\"";
    description.match_indices(OPEN).filter_map(move |(at, _)| {
        let (url, rest) = description[at + OPEN.len()..].split_once('"')?;
        let own = rest.split("</a>").next().unwrap_or_default();
        let own = own.split_once('>').map_or("", |(_, own)| own);
        let before = text::strip_html(tail(&description[..at], 4 * BEFORE));
        let before = before.rsplit('\n').next().unwrap_or_default();
        Some((url, format!("{} {}", tail(before, BEFORE), text::strip_html(own))))
    })
}

/// Each address that stands in plain text, with the words before it in its line.
fn bare(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.lines().filter(|line| line.contains("://")).flat_map(|line| {
        link::links(line).into_iter().map(move |url| {
            let at = url.as_ptr() as usize - line.as_ptr() as usize;
            (url, tail(&line[..at], BEFORE).to_owned())
        })
    })
}

/// The last characters of a text, at most `limit`, from the start of a tag or word on if one was cut.
fn tail(text: &str, limit: usize) -> &str {
    let Some((cut, _)) = text.char_indices().rev().nth(limit) else { return text };
    let rest = &text[cut..];
    rest.find(['<', ' ', '\n']).map_or(rest, |at| &rest[at..])
}
