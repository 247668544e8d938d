//! A character in, how HTML that is XML as well writes it out.

use crate::text::find_byte;

/// Whether a byte of a text is written as it is: visible ASCII, and whole characters of the blocks
/// that hold neither white space nor anything unseen, among them most letters.
pub(super) fn is_plain(byte: u8) -> bool {
    // Not U+0080 to U+00BF, and not the blocks with the spaces of Ogham, of typesetters and of Chinese.
    // No `&&`: bytes are looked at sixteen at a time.
    matches!(byte, 0x21..=0xEC)
        & !matches!(byte, 0xC0..=0xC2)
        & !matches!(byte, 0xE1..=0xE3)
        & (byte != b'<')
        & (byte != b'>')
        & (byte != b'&')
        & (byte != 0x7F)
}

pub(super) fn escaped(c: char) -> Option<&'static str> {
    match c {
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '&' => Some("&amp;"),
        _ => None,
    }
}

pub(super) fn escape_value(value: &str, out: &mut String) {
    let mut rest = value;
    while let Some(at) = find_byte(rest.as_bytes(), |byte| !is_plain(byte) | (byte == b'"')) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let Some(c) = special.chars().next() else { break };
        match escaped(c) {
            Some(escaped) => out.push_str(escaped),
            None if c == '"' => out.push_str("&quot;"),
            None if c.is_whitespace() => out.push(' '),
            None if is_unseen(c) => {}
            None => out.push(c),
        }
        rest = &special[c.len_utf8()..];
    }
    out.push_str(rest);
}

/// Characters that no reader sees, and those that XML 1.0 cannot hold.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{FDD0}'..='\u{FDEF}')
        || c.is_control()
        || u32::from(c) & 0xFFFE == 0xFFFE
}
