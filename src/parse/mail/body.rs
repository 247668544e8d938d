//! The parts of a mail in, its text out.

use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};
use mail_parser::{Encoding, Message, MessagePart, MimeHeaders, PartType};

use super::footer;
use crate::parse::{Body, decode};
use crate::text;

/// The text of a mail: its HTML, else its plain text. Attachments are not looked at.
pub fn read(message: &Message<'_>) -> Body {
    let html = message.html_bodies().find(|part| matches!(part.body, PartType::Html(_)));
    if let Some(html) = html.map(|part| contents(message, part)).filter(|html| !html.trim().is_empty()) {
        return Body::html(footer::without_in_html(&text::for_xml(&html)));
    }
    let mut parts = message.text_bodies().filter(|part| matches!(part.body, PartType::Text(_)));
    let found = parts.find_map(|part| {
        let text = contents(message, part);
        let text = text::for_xml(&text).replace("\r\n", "\n");
        let attribute = |name| part.content_type().and_then(|kind| kind.attribute(name));
        let flowed = attribute("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
        let text = footer::without(&text).trim_end().to_owned();
        let delete = attribute("delsp").is_some_and(|delete| delete.eq_ignore_ascii_case("yes"));
        let text = if flowed { unflow(&text, delete) } else { text };
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    });
    Body::Text(found.unwrap_or_default())
}

/// The text of a part. What states no charset, or a wrong one, is decoded as documents are.
fn contents(message: &Message<'_>, part: &MessagePart<'_>) -> String {
    let known = part.text_contents().unwrap_or_default();
    if !known.contains('\u{fffd}') && !part.is_encoding_problem {
        return known.to_owned();
    }
    let range = part.raw_body_offset() as usize..part.raw_end_offset() as usize;
    let Some(raw) = message.raw_message().get(range) else { return known.to_owned() };
    let bytes = match part.encoding {
        Encoding::None => None,
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    };
    decode::decode(bytes.as_deref().unwrap_or(raw), None).text.into_owned()
}

/// Lines that were broken for sending put together (RFC 3676): one that ends in a blank goes on in the
/// next. `delete` is whether that blank is not part of the text.
fn unflow(text: &str, delete: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        let line = line.strip_prefix(' ').unwrap_or(line);
        match line.strip_suffix(' ') {
            Some(start) if line != "-- " => out.push_str(if delete { start } else { line }),
            _ => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flowed_lines_are_put_together() {
        assert_eq!(unflow("one \ntwo\n three\n>four", false), "one two\nthree\n>four\n");
        assert_eq!(unflow("on \ne", true), "one\n");
    }
}
