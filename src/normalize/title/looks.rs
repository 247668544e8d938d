//! A piece of a title line in, how much it looks like an employer, a job, a place or a note out.

use std::borrow::Cow;

use crate::text::{find_byte, fold, squash};

use super::words::{self, Kind};

/// What a segment's words weigh: see [`affinity`].
const JOB: i32 = -3;
const STATUS: i32 = -2;
const EMPLOYER: i32 = 3;
const UNIT: i32 = 1;

/// Words that end the head of an English noun phrase: the job of `Head of Archives` is a head.
const PREPOSITIONS: [&str; 13] =
    ["of", "for", "at", "in", "to", "on", "with", "from", "by", "de", "und", "du", "des"];

/// How much a piece looks like an employer (above zero) or like a job (below zero).
///
/// Each segment between commas, dashes and colons counts by the head of its phrase, the last word
/// before a preposition: a job's word -3, a note of status -2, an employer's word 3, a unit's
/// word 1, anything else nothing. Parentheses do not count.
pub fn affinity(piece: &str) -> i32 {
    segments(&without_parentheses(piece)).map(segment_affinity).sum()
}

/// [`affinity`] of the first segment alone.
pub fn first_affinity(piece: &str) -> i32 {
    segments(&without_parentheses(piece)).next().map_or(0, segment_affinity)
}

fn segment_affinity(segment: &str) -> i32 {
    let lower = lowered(segment);
    let words: Vec<&str> = tokens(&lower).collect();
    if is_status_words(words.iter().copied()) {
        return STATUS;
    }
    let first = words.first().copied();
    let phrase = head(&words);
    let of = words.get(phrase.len()).is_some_and(|w| *w == "of");
    let mut head = phrase.iter().rev().copied().skip_while(|w| is_grade(w));
    let Some(last) = head.next() else { return 0 };
    if of && words::is_seat(last) {
        return EMPLOYER;
    }
    match words::kind(last) {
        // `Head Special Collections and University Archives`
        Some(Kind::Employer | Kind::Unit) if first.is_some_and(|w| w != last && words::is_leader(w)) => JOB,
        Some(Kind::Job) => JOB,
        Some(Kind::Employer) => EMPLOYER,
        Some(Kind::Unit) => UNIT,
        None if first.is_some_and(words::is_leader) => JOB,
        None => 0,
    }
}

/// The words of a phrase up to its first preposition: `Head` of `Head of Archives`.
pub fn head<'a, 'w>(words: &'a [&'w str]) -> &'a [&'w str] {
    let end = words.iter().skip(1).position(|w| PREPOSITIONS.contains(w));
    &words[..end.map_or(words.len(), |at| at + 1)]
}

/// `II`, `3`, `B`: what stands behind a job's word and ranks it.
fn is_grade(word: &str) -> bool {
    matches!(word, "i" | "ii" | "iii" | "iv" | "v" | "vi" | "vii")
        || word.len() == 1
        || word.bytes().all(|b| b.is_ascii_digit())
}

/// A text in lower case, of which [`tokens`] takes the words; `p/t` and `f/t` are one word.
pub fn lowered(text: &str) -> String {
    let lower = if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() };
    // A single character is found faster.
    if lower.contains('/') && lower.contains("/t") {
        return lower.replace("p/t", "pt").replace("f/t", "ft");
    }
    lower
}

/// The words of a [`lowered`] text, without apostrophes: letters and digits of any script.
pub fn tokens(lower: &str) -> impl DoubleEndedIterator<Item = &str> {
    // The second is the first byte of the other apostrophe, and of the dashes.
    let quoted = find_byte(lower.as_bytes(), |byte| byte == b'\'' || byte == 0xE2).is_some();
    lower
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
        .map(move |word| if quoted { unquoted(word) } else { word })
        .filter(|word| !word.is_empty())
}

/// A word without the apostrophes around it and the `'s` at its end.
fn unquoted(word: &str) -> &str {
    word.trim_matches(['\'', '’']).trim_end_matches("'s").trim_end_matches("’s")
}

/// The pieces between commas, semicolons, bars, colons and dashes that stand between spaces.
pub fn segments(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let now = rest?;
        let bytes = now.as_bytes();
        let cut = bytes.iter().enumerate().find_map(|(at, byte)| {
            // The longer dashes are three bytes long, of which the first begins no letter.
            let (length, dash) = match byte {
                b',' | b';' | b':' | b'|' => (1, false),
                b'-' => (1, true),
                0xE2 if now[at..].starts_with(['–', '—']) => (3, true),
                _ => return None,
            };
            let spaced = bytes.get(at + length).is_none_or(|next| *next == b' ');
            let hit = spaced || *byte == b'|' || dash && now[..at].ends_with([' ', '-']);
            hit.then_some((at, at + length))
        });
        let (segment, after) = match cut {
            Some((at, end)) => (&now[..at], Some(&now[end..])),
            None => (now, None),
        };
        rest = after;
        Some(segment.trim())
    })
    .filter(|segment| !segment.is_empty())
}

/// The text without what stands in parentheses or brackets, whether or not they close.
pub fn without_parentheses(text: &str) -> Cow<'_, str> {
    if find_byte(text.as_bytes(), |byte| matches!(byte, b'(' | b')' | b'[' | b']')).is_none() {
        return Cow::Borrowed(text);
    }
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    Cow::Owned(out)
}

/// Whether a piece says only how, when or how long one works, or how the advertisement stands:
/// `Part-time, 3 days/week`, `re-posting`, `3`.
pub fn is_status(piece: &str) -> bool {
    is_status_words(tokens(&lowered(piece)))
}

fn is_status_words<'w>(mut words: impl Iterator<Item = &'w str>) -> bool {
    let number = |w: &str| w.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let mut any = false;
    // Most pieces begin with a word that is none of both.
    words.all(|word| {
        let counts = words::is_status(word) || number(word);
        any |= counts;
        counts || words::is_neutral(word)
    }) && any
}

/// Whether a piece is a requisition number: `# 300200`, `AF7000`, `Job Code 700XYZ`, `Req. 1234`.
pub fn is_code(piece: &str) -> bool {
    let mut codes = 0;
    piece.split_whitespace().all(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let code = is_code_word(word);
        codes += usize::from(code);
        code || bare.is_empty() || words::is_code_label(&bare.to_lowercase())
    }) && codes > 0
}

/// One word of at least three digits that is no year and no amount, or any number after `#`.
pub fn is_code_word(word: &str) -> bool {
    let bare = word.trim_matches(['#', '.', ',', ':', ';']);
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    let plain = bare.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/'));
    let lower = bare.bytes().filter(u8::is_ascii_lowercase).count();
    if !plain || digits == 0 || is_years(bare) {
        return false;
    }
    word.starts_with('#') || (digits >= 3 && lower <= 3)
}

/// `2026`, `2026-27`, `25/26`: a year, or two that follow one another.
fn is_years(word: &str) -> bool {
    let two = |part: &str| part.get(part.len().saturating_sub(2)..).and_then(|end| end.parse::<u8>().ok());
    match word.split_once(['-', '/']) {
        None => is_year(word),
        Some((a, b)) => {
            let sized = (is_year(a) || a.len() == 2) && (is_year(b) || b.len() == 2);
            sized && two(a).zip(two(b)).is_some_and(|(a, b)| b == (a + 1) % 100)
        }
    }
}

pub fn is_year(word: &str) -> bool {
    word.len() == 4
        && (word.starts_with("19") || word.starts_with("20"))
        && word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a piece ends as places do (`Ithaca, NY`, `Toronto, Ontario, Canada`), or says that the
/// work is remote or at several places.
pub fn is_place(piece: &str) -> bool {
    let bare = squash(&without_parentheses(piece));
    let lower = bare.to_lowercase();
    if lower.contains("remote") || lower.starts_with("multiple locations") || lower.starts_with("various") {
        return true;
    }
    bare.split(';')
        .all(|place| place.rsplit_once(',').is_some_and(|(town, end)| !town.is_empty() && ends_place(end)))
}

/// Whether the last part of a place names a state, a province or a country.
pub fn ends_place(part: &str) -> bool {
    let part = part.split('/').next().unwrap_or(part).trim();
    is_state_code(part) || {
        let folded = fold(part);
        words::is_state(&folded) || words::is_country(&folded)
    }
}

/// `NY`, `N.Y.`, `D.C.`; two letters in capitals, so that `in` and `or` are words.
pub fn is_state_code(part: &str) -> bool {
    let letters: String = part.chars().filter(|c| *c != '.').collect();
    letters.len() == 2
        && letters.bytes().all(|b| b.is_ascii_uppercase())
        && words::is_state_code(&letters.to_ascii_lowercase())
}

/// Whether a name is one that every institution has: `University Libraries`, `Law Library`.
pub fn is_generic(piece: &str) -> bool {
    let lower = lowered(piece);
    let mut words = tokens(&lower).peekable();
    words.peek().is_some() && words.all(words::is_generic)
}

/// Whether a piece is a leader's rank and nothing that is led: `Associate Director`, `Head`.
pub fn is_bare_leader(piece: &str) -> bool {
    let lower = lowered(piece);
    let mut words = tokens(&lower);
    words.next_back().is_some_and(words::is_leader) && words.all(words::is_rank)
}

/// Whether two names are one: equal when folded but for an article, or the first is the initials
/// of the second, in any case, or the beginning of one of its words.
pub fn same_name(piece: &str, employer: &str) -> bool {
    let (a, b) = (name_key(piece), name_key(employer));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    a == b || is_short_for(piece, &b)
}

/// Words of a name to compare by, without its article.
pub fn name_key(name: &str) -> String {
    let folded = fold(name);
    folded.strip_prefix("the ").map(str::to_owned).unwrap_or(folded)
}

/// Whether a word in capitals is the initials of a folded name, or begins one of its words.
fn is_short_for(piece: &str, key: &str) -> bool {
    let short = piece.trim();
    let capitals = short.chars().filter(|c| c.is_uppercase()).count();
    if short.contains(' ') || capitals < 3 {
        return false;
    }
    let short = fold(short);
    let words = || key.split(' ').filter(|w| !words::is_small(w));
    let initials: String = words().filter_map(|w| w.chars().next()).collect();
    initials == short || (short.len() >= 5 && words().any(|w| w.starts_with(&short)))
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    /// [`segments`] said by characters.
    fn segments_of_chars(text: &str) -> Vec<&str> {
        let mut all = Vec::new();
        let mut start = 0;
        for (at, c) in text.char_indices() {
            let next = &text[at + c.len_utf8()..];
            let spaced = next.starts_with(' ') || next.is_empty();
            let ends = match c {
                ',' | ';' | ':' => spaced,
                '|' => true,
                '-' | '–' | '—' => text[start..at].ends_with([' ', '-']) || spaced,
                _ => false,
            };
            if ends {
                all.push(text[start..at].trim());
                start = at + c.len_utf8();
            }
        }
        all.push(text[start..].trim());
        all.retain(|segment| !segment.is_empty());
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn segments_end_at_separators(
            pieces in vec(select(vec![" ", ",", ";", ":", "|", "-", "–", "—", "’", "€", "é", "x"]), 0..12),
        ) {
            let text = pieces.concat();
            prop_assert_eq!(segments(&text).collect::<Vec<_>>(), segments_of_chars(&text));
        }
    }

    #[test]
    fn words_are_taken_without_apostrophes() {
        let words = |text: &str| tokens(&lowered(text)).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(words("Children’s P/T – 'Page', Archives'"), ["children", "pt", "page", "archives"]);
        assert_eq!(words("É-x 2 (''"), ["é", "x", "2"]);
    }

    #[test]
    fn status_is_status_alone() {
        for (piece, status) in [("Part-time, 3 days/week", true), ("per week", true), ("and the", false)] {
            assert_eq!(is_status(piece), status, "{piece}");
        }
        for piece in ["", "part-time clerk", "clerk part-time"] {
            assert!(!is_status(piece), "{piece}");
        }
    }
}
