//! A character in, how HTML that is XML as well writes it out.

/// Bytes of a text that are written as they are: visible ASCII, and whole characters of the blocks
/// that hold neither white space nor anything unseen, among them most letters.
pub(super) const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0x21;
    while byte < 0xED {
        // U+0080 to U+00BF, and the blocks with the spaces of Ogham, of typesetters and of Chinese.
        plain[byte] = !matches!(byte as u8, b'<' | b'>' | b'&' | 0x7F | 0xC0..=0xC2 | 0xE1..=0xE3);
        byte += 1;
    }
    plain
};

pub(super) fn escaped(c: char) -> Option<&'static str> {
    match c {
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '&' => Some("&amp;"),
        _ => None,
    }
}

pub(super) fn escape_value(value: &str, out: &mut String) {
    for c in value.chars() {
        match escaped(c) {
            Some(escaped) => out.push_str(escaped),
            None if c == '"' => out.push_str("&quot;"),
            None if c.is_whitespace() => out.push(' '),
            None if is_unseen(c) => {}
            None => out.push(c),
        }
    }
}

/// Characters that no reader sees, and those that XML 1.0 cannot hold.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{FDD0}'..='\u{FDEF}')
        || c.is_control()
        || u32::from(c) & 0xFFFE == 0xFFFE
}
