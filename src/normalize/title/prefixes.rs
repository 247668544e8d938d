//! A title in, the title without status notes before it out.

use crate::text::fold;

use super::looks::{is_code, is_status};
use super::notes::{DASHES, ROUNDS};

/// Words before a colon or a dash that say what the advertisement is, folded.
const PREFIXES: [&str; 41] = [
    "re posted",
    "repost",
    "re post",
    "reposted",
    "reposting",
    "re posting",
    "updated",
    "update",
    "revised",
    "revision",
    "reopened",
    "re opened",
    "extended",
    "deadline extended",
    "search extended",
    "search reopened",
    "corrected",
    "correction",
    "re advertisement",
    "readvertised",
    "re advertised",
    "new",
    "new job",
    "job",
    "jobs",
    "job posting",
    "job opening",
    "job announcement",
    "job ad",
    "job opportunity",
    "position",
    "position opening",
    "position announcement",
    "position available",
    "vacancy",
    "opening",
    "employment opportunity",
    "now hiring",
    "hiring",
    "fwd",
    "reminder",
];

/// The longest note in brackets before a title, in bytes: more is no note.
const LONGEST_NOTE: usize = 60;

/// The title without notes before it: `[extended]`, `(Repost)`, `UPDATED –`, `Job Posting:`, and
/// the source's own.
pub fn without_prefixes<'a>(title: &'a str, drop: &[String]) -> &'a str {
    let mut rest = title;
    for _ in 0..ROUNDS {
        rest = rest.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '*' | '•' | ',')
        });
        let Some(shorter) = own_prefix(rest, drop).or_else(|| bracket(rest)).or_else(|| word_prefix(rest))
        else {
            break;
        };
        if shorter.chars().all(|c| !c.is_alphanumeric()) {
            break;
        }
        rest = shorter;
    }
    rest
}

/// What follows a prefix of the source's settings, in any case.
fn own_prefix<'a>(title: &'a str, drop: &[String]) -> Option<&'a str> {
    drop.iter().map(|p| p.trim()).filter(|p| !p.is_empty()).find_map(|prefix| {
        let head = title.get(..prefix.len())?;
        let whole = !prefix.ends_with(char::is_alphanumeric)
            || !title[prefix.len()..].starts_with(char::is_alphanumeric);
        (head.eq_ignore_ascii_case(prefix) && whole).then(|| &title[prefix.len()..])
    })
}

/// What follows a note in brackets, or one of status in parentheses.
fn bracket(title: &str) -> Option<&str> {
    let close = match title.chars().next()? {
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    let end = title.find(close).filter(|end| *end <= LONGEST_NOTE)?;
    let note = &title[1..end];
    (close == ']' || is_status(note) || is_code(note)).then(|| &title[end + 1..])
}

/// What follows `Repost:`, `UPDATED –`.
fn word_prefix(title: &str) -> Option<&str> {
    let (at, c) = title
        .char_indices()
        .take(LONGEST_NOTE)
        .find(|(_, c)| *c == ':' || DASHES.contains(c) || matches!(c, '!' | '*'))?;
    let after = &title[at + c.len_utf8()..];
    if DASHES.contains(&c) && !after.starts_with(' ') {
        // `Re-posted: …`: the hyphen belongs to the word.
        let (colon, _) = title.char_indices().take(LONGEST_NOTE).find(|(_, c)| *c == ':')?;
        return PREFIXES.contains(&fold(&title[..colon]).as_str()).then(|| &title[colon + 1..]);
    }
    PREFIXES.contains(&fold(&title[..at]).as_str()).then_some(after)
}
