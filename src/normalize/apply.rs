//! A posting's text in, the address at which it says to apply out.
//!
//! Boards copy each other's texts, but the place to apply stays the employer's own: it is what two
//! copies of one vacancy have in common. It is taken only where words beside the link speak of
//! applying; a link to the employer's home page or to a list of benefits is nobody's application.

use crate::link;
use crate::text::{self, find_by};

/// What stands before a link, or in it, where one applies there; in ASCII, at least three letters.
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

/// What makes a link something else although it stands near such words; written alike.
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

/// Which of the first three letters of a cue a byte can be, a bit for each.
const CUE_LETTERS: [u8; 256] = letters(&CUES);
const OTHER_LETTERS: [u8; 256] = letters(&OTHERWISE);

const fn letters(words: &[&str]) -> [u8; 256] {
    let (mut letters, mut word) = ([0; 256], 0);
    while word < words.len() {
        let mut at = 0;
        while at < 3 {
            let letter = words[word].as_bytes()[at];
            letters[letter as usize] |= 1 << at;
            letters[letter.to_ascii_uppercase() as usize] |= 1 << at;
            at += 1;
        }
        word += 1;
    }
    letters
}

/// Whether one of the words stands anywhere in a text, in any case, given their [`letters`].
fn has_any(text: &str, words: &[&str], letters: &[u8; 256]) -> bool {
    let bytes = text.as_bytes();
    let can_begin = |at: &usize| {
        let can_be = |bit: usize| letters[usize::from(bytes[at + bit])] & 1 << bit != 0;
        can_be(0) && can_be(1) && can_be(2)
    };
    (0..bytes.len().saturating_sub(2)).filter(can_begin).any(|at| {
        let is_at = |word: &&str| {
            bytes.get(at..at + word.len()).is_some_and(|b| b.eq_ignore_ascii_case(word.as_bytes()))
        };
        words.iter().any(is_at)
    })
}

/// The first address in a sanitized description, or in its plain text, at which one applies, and
/// the words that say so. `own` is the canonical address of the posting itself: that is known already.
pub fn find(description: &str, text: &str, own: Option<&str>) -> Option<(String, String)> {
    anchors(description).chain(bare(text)).take(MOST_LINKS).find_map(|(url, words)| {
        let applies = has_any(&words, &CUES, &CUE_LETTERS) && !has_any(&words, &OTHERWISE, &OTHER_LETTERS);
        let url = applies.then(|| link::canonical(url)).flatten().filter(|url| Some(url.as_str()) != own)?;
        Some((url, words))
    })
}

/// Each link of a sanitized description, with the words before it in its block and its own.
fn anchors(description: &str) -> impl Iterator<Item = (&str, String)> {
    const OPEN: &str = "<a href=\"";
    // In no other text are signs of equality as rare.
    const RARE: usize = OPEN.len() - 2;
    let mut from = 0;
    let starts = std::iter::from_fn(move || {
        let at = from + find_by(&description[from..], OPEN, RARE)?;
        from = at + OPEN.len();
        Some(at)
    });
    starts.filter_map(move |at| {
        let (url, rest) = description[at + OPEN.len()..].split_once('"')?;
        let own = &rest[..find_by(rest, "</a>", 0).unwrap_or(rest.len())];
        let own = own.split_once('>').map_or("", |(_, own)| own);
        let before = text::strip_html(tail(&description[..at], 4 * BEFORE));
        let before = before.rsplit('\n').next().unwrap_or_default();
        let mut words = tail(before, BEFORE).to_owned();
        words.push(' ');
        words.push_str(&text::strip_html(own));
        Some((url, words))
    })
}

/// Each address that stands in plain text, with the words before it in its line.
fn bare(text: &str) -> impl Iterator<Item = (&str, String)> {
    let address = |text: &str| find_by(text, "://", 0);
    let first = address(text).map_or(text.len(), |at| text[..at].rfind('\n').map_or(0, |end| end + 1));
    text[first..].lines().filter(move |line| address(line).is_some()).flat_map(|line| {
        link::links(line).into_iter().map(move |url| {
            let at = url.as_ptr() as usize - line.as_ptr() as usize;
            (url, tail(&line[..at], BEFORE).to_owned())
        })
    })
}

/// The last characters of a text, at most `limit`, from the start of a tag or word on if one was cut.
fn tail(text: &str, limit: usize) -> &str {
    let Some(ascii) = text.len().checked_sub(limit + 1) else { return text };
    let cut = if text.as_bytes()[ascii..].is_ascii() {
        Some(ascii)
    } else {
        text.char_indices().rev().nth(limit).map(|(at, _)| at)
    };
    let Some(cut) = cut else { return text };
    let rest = &text[cut..];
    rest.find(['<', ' ', '\n']).map_or(rest, |at| &rest[at..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn cues_are_found_in_any_case(text in "(App|LY|ly|apply|l|a|f|ull|post|ing|[uU]rl|Job|bewer|b|s|tul|İ|\u{212a}| ){0,8}") {
            let lower = text.to_lowercase();
            let expected = CUES.iter().any(|cue| lower.contains(cue));
            prop_assert_eq!(has_any(&text, &CUES, &CUE_LETTERS), expected);
        }

        #[test]
        fn tails_are_counted_in_characters(text in "[a-z é<\n]{0,20}", limit in 0usize..22) {
            let last: String = text.chars().rev().take(limit + 1).collect::<Vec<_>>().into_iter().rev().collect();
            let whole = text.chars().count() <= limit;
            let cut = last.find(['<', ' ', '\n']).map_or(last.as_str(), |at| &last[at..]);
            prop_assert_eq!(tail(&text, limit), if whole { text.as_str() } else { cut });
        }
    }
}
