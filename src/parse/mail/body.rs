//! The parts of a mail in, its text and the links in it out.

use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};
use mail_parser::{Encoding, Message, MessagePart, MimeHeaders, PartType};

use crate::parse::markup::tokens;
use crate::parse::{Body, decode};
use crate::text;

/// Lines that a signature or a list's footer has, at most.
const FOOTER: usize = 20;

/// Signs of the rule above a list's footer, and how many make one.
const RULE: [char; 5] = ['_', '-', '=', '#', '*'];
const RULE_LENGTH: usize = 8;

/// Words of a list's footer, in lower case.
const LIST_WORDS: [&str; 4] = ["unsubscribe", "mailing list", "listinfo", "to leave the list"];

/// The text of a mail: its HTML, else its plain text. Attachments are not looked at.
pub fn read(message: &Message<'_>) -> Body {
    let html = message.html_bodies().find(|part| matches!(part.body, PartType::Html(_)));
    if let Some(html) = html.map(|part| contents(message, part)).filter(|html| !html.trim().is_empty()) {
        return Body::html(text::for_xml(&html).into_owned());
    }
    let mut parts = message.text_bodies().filter(|part| matches!(part.body, PartType::Text(_)));
    let found = parts.find_map(|part| {
        let text = contents(message, part);
        let text = text::for_xml(&text).replace("\r\n", "\n");
        let attribute = |name| part.content_type().and_then(|kind| kind.attribute(name));
        let flowed = attribute("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
        let text = without_footer(&text).trim_end().to_owned();
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

/// A text without its signature (RFC 3676, section 4.3) and what a list adds to it.
fn without_footer(text: &str) -> &str {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lines.push((at, line));
        at += line.len();
    }
    let from = lines.len().saturating_sub(FOOTER);
    let end = lines[from..].iter().enumerate().find(|(number, (at, line))| {
        let line = line.trim_end_matches(['\r', '\n']);
        let below = || text[*at..].to_lowercase();
        let rule = line.trim().len() >= RULE_LENGTH
            && RULE.iter().any(|sign| line.trim().chars().all(|c| c == *sign));
        // A posting that is nothing but what stands under the mark keeps it.
        let some = from + number > 0;
        some && (line == "-- " || rule && LIST_WORDS.iter().any(|word| below().contains(word)))
    });
    end.map_or(text, |(_, (at, _))| &text[..*at])
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

/// The links of a text to the web, in their order.
pub fn links(body: &Body) -> Vec<String> {
    let (text, mut found) = match body {
        Body::Text(text) => (text.clone(), Vec::new()),
        Body::Html(html) => {
            let hrefs = tokens(html).filter(|tag| tag.name().eq_ignore_ascii_case("a"));
            let hrefs =
                hrefs.filter_map(|tag| tag.attributes().find(|a| a.name.eq_ignore_ascii_case("href")));
            let hrefs = hrefs.map(|href| text::decode(href.value.trim()).into_owned());
            (text::strip_html(html), hrefs.filter(|href| is_web(href)).collect())
        }
    };
    for (start, _) in text.match_indices("http") {
        let rest = &text[start..];
        if is_web(rest) {
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'));
            let link = &rest[..end.unwrap_or(rest.len())];
            let signs = ['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '*'];
            found.push(link.trim_end_matches(signs).to_owned());
        }
    }
    found
}

fn is_web(link: &str) -> bool {
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_and_footers_are_dropped() {
        assert_eq!(without_footer("Text\n-- \nSome Body\n"), "Text\n");
        let rule = "_".repeat(40);
        assert_eq!(without_footer(&format!("Text\n{rule}\nX mailing list\n")), "Text\n");
        let kept = format!("Duties\n{rule}\nShelves books.\n");
        assert_eq!(without_footer(&kept), kept);
        assert_eq!(without_footer("-- \nAll of it"), "-- \nAll of it");
    }

    #[test]
    fn flowed_lines_are_put_together() {
        assert_eq!(unflow("one \ntwo\n three\n>four", false), "one two\nthree\n>four\n");
        assert_eq!(unflow("on \ne", true), "one\n");
    }

    #[test]
    fn links_end_where_the_text_goes_on() {
        let body =
            Body::Text("See (https://example.org/a?b=(1)). http and <http://example.com/x>, httpx".into());
        assert_eq!(links(&body), ["https://example.org/a?b=(1", "http://example.com/x"]);
        let body =
            Body::Html("<A HREF='https://example.org/?a=1&amp;b=2'>here</A> <a href='mailto:x'>".into());
        assert_eq!(links(&body), ["https://example.org/?a=1&b=2"]);
    }
}
