//! Text in capitals in, text as a reader writes it out.

use crate::text::find_byte;

use super::looks::{lowered as in_lower_case, tokens};
use super::words;

/// Gives the segments that are all in capitals (`LIBRARY ASSISTANT, Part-time`) ordinary title
/// case. Acronyms stay, and so does a single word that may be a name made of capitals.
pub fn calm(text: &str) -> String {
    if !text.chars().any(char::is_uppercase) {
        return text.to_owned();
    }
    if is_shouted(text) {
        return lowered(text, true);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let ends = |byte| matches!(byte, b',' | b'(' | b')' | b':' | b'|' | b'[' | b']');
        let end = find_byte(rest.as_bytes(), ends).map_or(rest.len(), |at| at + 1);
        let (segment, after) = rest.split_at(end);
        if is_shouted(segment) && is_of_words(segment) {
            out.push_str(&lowered(segment, out.is_empty()));
        } else {
            out.push_str(segment);
        }
        rest = after;
    }
    out
}

/// Whether all words are in capitals. One long word may be a name made of capitals: it is a shout
/// only if it is a word of the trade.
fn is_shouted(segment: &str) -> bool {
    let words = || segment.split_whitespace();
    let loud = |w: &str| !w.chars().any(char::is_lowercase);
    if !words().all(|w| loud(w) || words::is_small(w)) {
        return false;
    }
    let long = |w: &str| loud(w) && w.chars().filter(|c| c.is_alphabetic()).count() >= 4;
    match words().filter(|w| long(w)).count() {
        0 => false,
        1 => tokens(&in_lower_case(segment)).any(|w| w.len() > 4 && words::kind(w).is_some()),
        _ => true,
    }
}

/// Whether a shouted part of a line that is written otherwise is words, not acronyms side by side: it
/// has a word of the trade, or a long one.
fn is_of_words(segment: &str) -> bool {
    segment.split(|c: char| !c.is_alphabetic()).any(|word| word.len() >= 6)
        || tokens(&in_lower_case(segment)).any(|word| word.len() > 4 && words::kind(word).is_some())
}

/// The ranks of a title in capitals again that a board has made words: `Librarian Ii`.
pub fn ranked(title: String) -> String {
    const RANKS: [(&str, &str); 3] = [("Ii", "II"), ("Iii", "III"), ("Iv", "IV")];
    let rank = |word: &str| RANKS.iter().find(|(known, _)| *known == word).map(|(_, rank)| *rank);
    let words = || title.split_inclusive([' ', '/', '-', ',']);
    let bare = |word: &'_ str| word.trim_end_matches([' ', '/', '-', ',']).len();
    if !words().any(|word| rank(&word[..bare(word)]).is_some()) {
        return title;
    }
    let ranked = words().flat_map(|word| {
        let (word, end) = word.split_at(bare(word));
        [rank(word).unwrap_or(word), end]
    });
    ranked.collect()
}

fn lowered(segment: &str, first: bool) -> String {
    let mut out = String::with_capacity(segment.len());
    let mut start = first;
    for piece in segment.split_inclusive(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        out.push_str(&calm_word(word, start));
        out.push_str(&piece[word.len()..]);
        start = start && word.is_empty();
    }
    out
}

fn calm_word(word: &str, start: bool) -> String {
    let lower = word.to_lowercase();
    let digits = word.chars().any(|c| c.is_ascii_digit());
    let vowel = lower.contains(['a', 'e', 'i', 'o', 'u', 'y']) || !word.is_ascii();
    if digits || words::is_acronym(&lower) || (!vowel && word.len() > 1) {
        return if is_abbreviated_word(&lower) { capital(&lower) } else { word.to_owned() };
    }
    if !start && words::is_small(&lower) {
        return lower;
    }
    capital(&lower)
}

/// Abbreviations without a vowel that are no acronyms.
fn is_abbreviated_word(lower: &str) -> bool {
    matches!(
        lower,
        "st" | "mt"
            | "dr"
            | "mr"
            | "mrs"
            | "ms"
            | "sr"
            | "jr"
            | "ft"
            | "dpt"
            | "ltd"
            | "mgr"
            | "vs"
            | "nd"
            | "rd"
            | "th"
    )
}

fn capital(lower: &str) -> String {
    let mut chars = lower.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
