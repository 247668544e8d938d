//! Markup in, plain text out; white space and character references.
//!
//! Everything here takes hostile text: no function fails, and each is linear in the input.

mod fold;
mod strip;

use std::borrow::Cow;

pub use fold::fold;
pub(crate) use fold::fold_onto;
pub use strip::strip_html;

/// Rounds of decoding: boards were seen that encode a title twice, never four times. The bound
/// keeps `&amp;amp;amp;…` from costing more than a few passes.
const DECODING_ROUNDS: usize = 3;

/// Decodes character references (`&amp;`, `&#8211;`) until nothing changes.
pub fn decode(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..DECODING_ROUNDS {
        if !text.contains('&') {
            break;
        }
        let decoded = htmlize::unescape(text.as_ref());
        if decoded == text {
            break;
        }
        text = Cow::Owned(decoded.into_owned());
    }
    text
}

/// One line: every run of white space (also no-break spaces and line separators) becomes a space;
/// invisible characters (soft hyphens, zero-width spaces, controls) go; the ends are trimmed.
pub fn squash(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    squash_onto(&mut out, text);
    out
}

/// Appends to `out` what [`squash`] makes of `text`, with nothing between what was there and it.
fn squash_onto(out: &mut String, text: &str) {
    let start = out.len();
    let (mut at, mut gap) = (0, false);
    while let Some(c) = text[at..].chars().next() {
        let end = words_end(text, at, u8::is_ascii_graphic).unwrap_or(at + c.len_utf8());
        if c.is_whitespace() {
            gap = out.len() > start;
        } else if !is_invisible(c) {
            if gap {
                out.push(' ');
                gap = false;
            }
            out.push_str(&text[at..end]);
        }
        at = end;
    }
}

/// Where the words end that stand at `at`: ASCII characters of a kind, with one space between
/// words. Most of any text is such runs, which can be copied whole. `None` if none stands there.
pub(crate) fn words_end(text: &str, at: usize, kind: impl Fn(&u8) -> bool) -> Option<usize> {
    let bytes = text.as_bytes();
    if !kind(bytes.get(at)?) {
        return None;
    }
    // The first byte is of a word, so that a space which ends what was passed has a word before it.
    let mut end = at + 1 + words_passed(&bytes[at + 1..], &kind);
    if bytes[end - 1] == b' ' {
        end -= 1;
    }
    loop {
        end += bytes[end..].iter().take_while(|byte| kind(byte)).count();
        match bytes[end..] {
            [b' ', next, ..] if kind(&next) => end += 1,
            _ => return Some(end),
        }
    }
}

/// The length of what can be passed in steps, of words and single spaces alone.
fn words_passed(bytes: &[u8], kind: impl Fn(&u8) -> bool) -> usize {
    let mut at = 0;
    while let Some((step, next)) = bytes[at..].split_first_chunk::<STEP>().zip(bytes[at..].get(1..=STEP)) {
        let (step, _) = step;
        let fits = |all: bool, (byte, next): (&u8, &u8)| {
            all & (kind(byte) | (*byte == b' ')) & !((*byte == b' ') & (*next == b' '))
        };
        if !step.iter().zip(next).fold(true, fits) {
            break;
        }
        at += STEP;
    }
    at
}

/// Bytes that are looked at in one step, which a processor's vectors hold.
const STEP: usize = 16;

/// Where the first byte of a kind stands. What is looked for is rare in any text, so that most of it
/// is passed in steps of sixteen bytes.
pub(crate) fn find_byte(bytes: &[u8], kind: impl Fn(u8) -> bool) -> Option<usize> {
    let (steps, _) = bytes.as_chunks::<STEP>();
    let none = |step: &&[u8; STEP]| !step.iter().fold(false, |any, byte| any | kind(*byte));
    let passed = steps.iter().take_while(none).count() * STEP;
    bytes[passed..].iter().position(|byte| kind(*byte)).map(|at| passed + at)
}

/// Where a short text stands first. Of its bytes the one at `rare` is looked for.
pub(crate) fn find_by(text: &str, needle: &str, rare: usize) -> Option<usize> {
    let (bytes, needle) = (text.as_bytes(), needle.as_bytes());
    let mut at = rare;
    loop {
        at += find_byte(bytes.get(at..)?, |byte| byte == needle[rare])?;
        if bytes[at - rare..].starts_with(needle) {
            return Some(at - rare);
        }
        at += 1;
    }
}

/// The first eight bytes of a name, in any case, as a number. Numbers are compared faster than names,
/// and have the same order.
pub(crate) const fn name_key(name: &[u8]) -> u64 {
    let (mut key, mut at) = (0, 0);
    while at < name.len() && at < 8 {
        key = key << 8 | name[at].to_ascii_lowercase() as u64;
        at += 1;
    }
    key.rotate_right(8 * at as u32)
}

/// The [`name_key`]s of a table's names.
pub(crate) const fn name_keys<T, const N: usize>(table: &[(&str, T); N]) -> [u64; N] {
    let (mut keys, mut at) = ([0; N], 0);
    while at < N {
        keys[at] = name_key(table[at].0.as_bytes());
        at += 1;
    }
    keys
}

/// A character that a reader cannot see and that no name needs. Joiners inside words of scripts
/// that need them (U+200C, U+200D) stay, and so do marks of writing direction that are paired.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}') || c.is_control() || is_noncharacter(c)
}

fn is_noncharacter(c: char) -> bool {
    (c as u32) & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c)
}

/// Drops what XML 1.0 cannot hold (section 2.2: control characters but tab and line ends, and
/// noncharacters), so that a written document can be read by every parser.
pub fn for_xml(text: &str) -> Cow<'_, str> {
    let bad = |c: char| (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || is_noncharacter(c);
    if text.contains(bad) {
        Cow::Owned(text.chars().filter(|c| !bad(*c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Where the character begins that has `count` before it.
fn char_start(text: &str, count: usize) -> Option<usize> {
    if text.len() <= count {
        return None;
    }
    let starts = |byte: &&u8| **byte & 0xC0 != 0x80;
    let bytes = text.as_bytes();
    let (mut at, mut passed) = (0, 0);
    for step in bytes.as_chunks::<STEP>().0 {
        let more = step.iter().filter(starts).count();
        if passed + more > count {
            break;
        }
        passed += more;
        at += STEP;
    }
    let mut rest = bytes[at..].iter().enumerate().filter(|(_, byte)| starts(byte));
    rest.nth(count - passed).map(|(step, _)| at + step)
}

/// The beginning of a text on one line, at most `limit` characters, cut after a word, with an
/// ellipsis if something was cut.
pub fn summary(text: &str, limit: usize) -> String {
    // White space only shrinks: a window a few times the limit holds enough of any sane text, and a
    // little more than the limit of most.
    let mut line = String::new();
    for count in [limit.saturating_add(limit / 4), limit.saturating_mul(4)] {
        let window = char_start(text, count);
        line = squash(&text[..window.unwrap_or(text.len())]);
        if let Some(end) = char_start(&line, limit) {
            let cut = line[..end].rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
            line.truncate(line[..cut].trim_end_matches([' ', ',', ';', ':', '-', '–', '—']).len());
            break;
        }
        if window.is_none() {
            return line;
        }
    }
    line.push('…');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_until_stable() {
        assert_eq!(decode("R &amp;amp; D &#8211; x"), "R & D – x");
        assert_eq!(decode("AT&T"), "AT&T");
    }

    #[test]
    fn steps_change_nothing() {
        let text = "a–é b’c, twelve words  of  ASCII alone stand here in a row\tand end\n• é€ü".repeat(3);
        for from in text.char_indices().map(|(at, _)| at) {
            let rest = &text[from..];
            let starts: Vec<_> = rest.char_indices().map(|(at, _)| at).collect();
            (0..=starts.len()).for_each(|n| assert_eq!(char_start(rest, n), starts.get(n).copied()));
            assert_eq!(squash(rest), rest.split_whitespace().collect::<Vec<_>>().join(" "));
            let kind = |byte: u8| matches!(byte, b'w' | b'\t');
            assert_eq!(find_byte(rest.as_bytes(), kind), rest.find(['w', '\t']));
        }
    }

    #[test]
    fn summaries_end_after_a_word() {
        assert_eq!(summary("one two three", 9), "one two…");
        assert_eq!(summary(" one\n two ", 9), "one two");
        assert_eq!(squash("a\u{a0}\u{ad}b \u{2028}c"), "a b c");
    }
}
