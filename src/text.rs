//! Markup in, plain text out; white space and character references.
//!
//! Everything here takes hostile text: no function fails, and each is linear in the input.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

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
fn words_end(text: &str, at: usize, kind: impl Fn(&u8) -> bool) -> Option<usize> {
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

/// Words to compare by: lower case, no accents, `&` as `and`, words of letters and digits with one
/// space between them. An apostrophe inside a word goes without a trace (`children's`, `childrens`).
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_onto(&mut out, text);
    out
}

/// Appends to `out` what [`fold`] makes of `text`, with nothing between what was there and it.
pub fn fold_onto(out: &mut String, text: &str) {
    let start = out.len();
    let (mut at, mut gap) = (0, false);
    while let Some(c) = text[at..].chars().next() {
        if let Some(end) = words_end(text, at, u8::is_ascii_alphanumeric) {
            if gap && out.len() > start {
                out.push(' ');
            }
            gap = false;
            let from = out.len();
            out.push_str(&text[at..end]);
            out[from..].make_ascii_lowercase();
            at = end;
            continue;
        }
        at += c.len_utf8();
        if c.is_ascii() && c != '&' {
            gap |= c != '\'';
            continue;
        }
        // Dashes, quotation marks and bullets, common in any text, decompose to nothing that counts.
        if c.is_ascii() || ('\u{2000}'..='\u{206F}').contains(&c) {
            gap = fold_char(c, out, start, gap);
        } else {
            for c in std::iter::once(c).nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c))
            {
                gap = fold_char(c, out, start, gap);
            }
        }
    }
}

/// Folds one character, decomposed, onto `out`, whose folded words begin at `start`; `gap` says
/// whether a word has ended, and so does what comes back.
fn fold_char(c: char, out: &mut String, start: usize, gap: bool) -> bool {
    if c.is_alphanumeric() {
        if gap && out.len() > start {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
        return false;
    }
    if c == '&' {
        if out.len() > start {
            out.push(' ');
        }
        out.push_str("and");
        return true;
    }
    gap || !matches!(c, '\'' | '’' | '‘' | '\u{AD}' | '\u{200B}')
}

/// Elements whose text no reader sees.
const UNSEEN: [&str; 6] = ["script", "style", "head", "template", "noscript", "svg"];

/// Elements that do not break a line.
const INLINE: [&str; 24] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "img", "ins", "kbd", "mark",
    "o:p", "q", "s", "small", "span", "strong", "sub", "sup", "u",
];

/// The text of an HTML fragment, a line a block, character references decoded once. Not a
/// sanitizer: what comes out is text, to be escaped wherever it is shown.
pub fn strip_html(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.to_owned();
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (text, markup) = rest.split_at(open);
        push_decoded(&mut out, text);
        match tag(markup) {
            Some((name, closing, length)) => {
                rest = &markup[length..];
                let is = |known: &&str| known.eq_ignore_ascii_case(name);
                if !closing && UNSEEN.iter().any(is) {
                    rest = after_end(rest, name);
                }
                if is(&"li") && !closing {
                    out.push_str("\n• ");
                } else if is(&"td") || is(&"th") {
                    out.push(' ');
                } else if !INLINE.iter().any(is) {
                    out.push('\n');
                }
            }
            None => {
                out.push('<');
                rest = &markup[1..];
            }
        }
    }
    push_decoded(&mut out, rest);
    lines(&out)
}

fn push_decoded(out: &mut String, text: &str) {
    if text.contains('&') { out.push_str(&htmlize::unescape(text)) } else { out.push_str(text) }
}

/// The name, whether it ends an element, and the length of the markup that `text`
/// begins with; `None` if the `<` is just a sign.
fn tag(text: &str) -> Option<(&str, bool, usize)> {
    if let Some(rest) = text.strip_prefix("<!--") {
        return Some(("!--", false, 4 + rest.find("-->").map_or(rest.len(), |end| end + 3)));
    }
    let bytes = text.as_bytes();
    let closing = bytes.get(1) == Some(&b'/');
    let start = 1 + usize::from(closing);
    if !bytes.get(start).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'!' | b'?')) {
        return None;
    }
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
    let name = &text[start..];
    let name = &name[..name.bytes().position(|byte| ends(&byte)).unwrap_or(name.len())];
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate().skip(start + name.len()) {
        match (quote, byte) {
            (None, b'>') => return Some((name, closing, at + 1)),
            (None, b'"' | b'\'') if bytes[at - 1] == b'=' => quote = Some(*byte),
            (Some(open), byte) if *byte == open => quote = None,
            _ => {}
        }
    }
    Some((name, closing, text.len()))
}

/// What follows the end tag of an element whose text is not seen.
fn after_end<'a>(text: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = text[from..].find("</") {
        let start = from + at + 2;
        if text.as_bytes()[start..].get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
        {
            let end = text[start..].find('>').map_or(text.len(), |end| start + end + 1);
            return &text[end..];
        }
        from = start;
    }
    ""
}

/// Lines with their white space squashed, empty ones left out.
fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        let before = out.len();
        squash_onto(&mut out, line);
        if out.len() > before {
            out.push('\n');
        }
    }
    if out.ends_with('\n') {
        out.pop();
    }
    out
}

/// Where the character begins that has `count` before it.
fn char_start(text: &str, count: usize) -> Option<usize> {
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
    // White space only shrinks: a window a few times the limit holds enough of any sane text.
    let window = char_start(text, limit.saturating_mul(4)).unwrap_or(text.len());
    let line = squash(&text[..window]);
    let Some(end) = char_start(&line, limit) else {
        return if window < text.len() { format!("{line}…") } else { line };
    };
    let cut = line[..end].rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", line[..cut].trim_end_matches([' ', ',', ';', ':', '-', '–', '—']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_told_from_markup() {
        assert_eq!(strip_html("<p>a &lt; b</p><p>c<br>d <b>e</b>f</p>"), "a < b\nc\nd ef");
        assert_eq!(strip_html("1 < 2 <3 <a title='>'>x</a>"), "1 < 2 <3 x");
        assert_eq!(strip_html("a<script>if (a</b) x()</script>b<style>p{}"), "a\nb");
        assert_eq!(strip_html("<ul><li>one</li><li>two</ul>"), "• one\n• two");
        assert_eq!(strip_html("a<!-- <b> -->b<"), "a\nb<");
    }

    #[test]
    fn references_are_decoded_until_stable() {
        assert_eq!(decode("R &amp;amp; D &#8211; x"), "R & D – x");
        assert_eq!(decode("AT&T"), "AT&T");
    }

    #[test]
    fn folding_leaves_words() {
        assert_eq!(fold("Children’s  Librarian & Café"), "childrens librarian and cafe");
        assert_eq!(fold("R&D"), "r and d");
        assert_eq!(fold("--"), "");
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
