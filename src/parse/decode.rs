//! The bytes of a document in, UTF-8 text out, and whether their encoding was other than stated.

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes in which an XML declaration is looked for.
const PROLOGUE: usize = 1024;

/// A decoded document.
#[derive(Debug, PartialEq)]
pub struct Decoded<'a> {
    pub text: Cow<'a, str>,
    /// What was wrong, in the words of [`super::Parsed::repairs`].
    pub repair: Option<&'static str>,
}

/// Decodes a document: a byte order mark decides, then whether the bytes are UTF-8, then the
/// charset of `Content-Type` and that of the XML declaration.
///
/// That valid UTF-8 comes before what is stated is on purpose: text in a legacy charset is hardly
/// ever valid UTF-8 by chance, and statements are often wrong.
pub fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
    if let Some(encoding) = Encoding::for_bom(bytes).map(|(e, _)| e).or_else(|| utf_16(bytes)) {
        let (text, _, broken) = encoding.decode(bytes);
        return Decoded { text, repair: broken.then_some("invalid bytes") };
    }
    let stated = || [http_charset(content_type), xml_charset(bytes)].into_iter().flatten();
    if let Ok(text) = std::str::from_utf8(bytes) {
        // The one charset of the web whose every text is ASCII, and so valid UTF-8.
        if stated().any(|e| e == ISO_2022_JP) && bytes.contains(&0x1B) {
            return Decoded { text: ISO_2022_JP.decode(bytes).0, repair: None };
        }
        return Decoded { text: Cow::Borrowed(text), repair: None };
    }
    // Markup in UTF-16 is full of NULs: without one, the statement is wrong.
    let wide = |e: &Encoding| e == UTF_16LE || e == UTF_16BE;
    for encoding in stated().filter(|e| *e != UTF_8 && (bytes.contains(&0) || !wide(e))) {
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
            return Decoded { text, repair: None };
        }
    }
    if mostly_utf_8(bytes) {
        return Decoded { text: String::from_utf8_lossy(bytes), repair: Some("invalid bytes") };
    }
    Decoded { text: WINDOWS_1252.decode(bytes).0, repair: Some("wrong charset") }
}

/// UTF-16 without a byte order mark, told by its first character, which is ASCII in every dialect.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes.get(..4)? {
        [0, a, 0, b] if *a != 0 && *b != 0 => Some(UTF_16BE),
        [a, 0, b, 0] if *a != 0 && *b != 0 => Some(UTF_16LE),
        _ => None,
    }
}

/// `text/xml; charset="iso-8859-1"`
fn http_charset(content_type: Option<&str>) -> Option<&'static Encoding> {
    let parameters = content_type?.split(';').skip(1);
    let charset = parameters
        .filter_map(|p| p.split_once('='))
        .find(|(n, _)| n.trim().eq_ignore_ascii_case("charset"))?;
    Encoding::for_label(charset.1.trim().trim_matches(['"', '\'']).as_bytes())
}

/// `<?xml version="1.0" encoding="windows-1252"?>`
fn xml_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(PROLOGUE)]);
    let declaration = start.split_once("<?xml")?.1.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Encoding::for_label(value[1..].split(quote).next()?.as_bytes())
}

/// Whether more characters beyond ASCII are right UTF-8 than are broken.
fn mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut right, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    // A character that the end of the document cuts in two is none that is wrong.
    let cut = std::str::from_utf8(&bytes[bytes.len().saturating_sub(4)..]);
    let cut = cut.is_err_and(|error| error.error_len().is_none());
    broken -= usize::from(cut && broken > 0);
    right > broken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], content_type: Option<&str>) -> (String, Option<&'static str>) {
        let decoded = decode(bytes, content_type);
        (decoded.text.into_owned(), decoded.repair)
    }

    #[test]
    fn valid_utf_8_comes_before_statements() {
        assert_eq!(text("é".as_bytes(), Some("text/xml; charset=iso-8859-1")), ("é".into(), None));
    }

    #[test]
    fn stated_charsets_are_taken() {
        assert_eq!(text(b"\xcf\xee", Some("text/xml; Charset=\"windows-1251\"")), ("По".into(), None));
        let xml = b"<?xml version='1.0' encoding='iso-8859-2'?>\xb1";
        assert!(text(xml, None).0.ends_with('ą'));
        assert_eq!(text(b"\x1b$B$\"\x1b(B", Some("a/b;charset=iso-2022-jp")), ("あ".into(), None));
    }

    #[test]
    fn wrong_statements_are_mended() {
        assert_eq!(text(b"caf\xe9 \x96", Some("x; charset=utf-8")), ("café –".into(), Some("wrong charset")));
        assert_eq!(text(b"caf\xe9", Some("x; charset=utf-16")), ("café".into(), Some("wrong charset")));
        assert_eq!(text(b"caf\xc3\xa9 \xc3", None), ("café \u{fffd}".into(), Some("invalid bytes")));
        assert_eq!(text(b"\xc3\xa9\xc3\xa8\xff", None), ("éè\u{fffd}".into(), Some("invalid bytes")));
    }

    #[test]
    fn utf_16_is_known_with_and_without_a_mark() {
        assert_eq!(text(b"\0<\0a\0>", None), ("<a>".into(), None));
        assert_eq!(text(b"<\0a\0>\0", None), ("<a>".into(), None));
        assert_eq!(text(b"\xfe\xff\0<\0a", None), ("<a".into(), None));
        assert_eq!(text(b"\xef\xbb\xbf<a", None), ("<a".into(), None));
    }
}
