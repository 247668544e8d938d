//! Markdown as people paste it in, HTML and plain text out.
//!
//! The posts of METRO's board, and of others that make Markdown of a form, are text from word
//! processors and mail: lines that mean line ends, bullets of all kinds, headings without a space.
//! [`righted`](right::righted) puts that right line by line before it is read as CommonMark.

mod right;

use std::sync::LazyLock;

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream, html};
use regex::Regex;

use crate::link;
use crate::text;

/// HTML of a text in Markdown, in which addresses are links. Raw HTML in it stays as it is: nothing
/// is sanitized here.
pub fn to_html(markdown: &str) -> String {
    let righted = right::righted(markdown);
    let mut out = String::with_capacity(righted.len() + righted.len() / 4);
    let events = TextMergeStream::new(Parser::new_ext(&righted, Options::ENABLE_TABLES));
    html::push_html(&mut out, linked(events));
    out.trim_end().to_owned()
}

/// The events with links for the addresses in their texts.
fn linked<'a>(events: impl Iterator<Item = Event<'a>>) -> impl Iterator<Item = Event<'a>> {
    let mut within = 0_usize;
    let mut anchor = false;
    events.flat_map(move |event| {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => within += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => within -= 1,
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => anchor = false,
            Event::InlineHtml(tag) => anchor = begins_anchor(tag) || (anchor && !ends_anchor(tag)),
            _ => {}
        }
        match event {
            Event::Text(text) if within == 0 && !anchor => with_links(text),
            event => vec![event],
        }
    })
}

fn begins_anchor(tag: &str) -> bool {
    let mut chars = tag.chars().skip(1);
    chars.next().is_some_and(|c| c.eq_ignore_ascii_case(&'a'))
        && chars.next().is_some_and(char::is_whitespace)
}

fn ends_anchor(tag: &str) -> bool {
    tag.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("</a"))
}

fn with_links(text: CowStr<'_>) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    let mut from = 0;
    for found in link::found(&text) {
        let Some(href) = found.href(&text) else { continue };
        let piece = |from: usize, to: usize| Event::Text(CowStr::from(text[from..to].to_owned()));
        let (title, id) = (CowStr::Borrowed(""), CowStr::Borrowed(""));
        events.extend([
            piece(from, found.start),
            Event::Start(Tag::Link { link_type: LinkType::Autolink, dest_url: href.into(), title, id }),
            piece(found.start, found.end),
            Event::End(TagEnd::Link),
        ]);
        from = found.end;
    }
    if from == 0 {
        return vec![Event::Text(text)];
    }
    events.push(Event::Text(CowStr::from(text[from..].to_owned())));
    events
}

/// Plain text of a text in Markdown, a line a block; the address of a link stands after its words,
/// unless it is them.
pub fn to_text(markdown: &str) -> String {
    let righted = right::righted(markdown);
    let mut out = String::with_capacity(righted.len());
    let mut raw = false;
    let mut links = Vec::new();
    for event in Parser::new(&righted) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::Html(text) | Event::InlineHtml(text) => {
                raw = true;
                out.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => out.push('\n'),
            Event::Start(Tag::Item) => out.push_str("• "),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                links.push((out.len(), (link_type != LinkType::Email).then_some(dest_url)));
            }
            Event::End(TagEnd::Link) => {
                let (from, address) = links.pop().expect("a link ends that has begun");
                if let Some(address) = address.filter(|a| !out[from..].contains(a.as_ref())) {
                    out.push(' ');
                    out.push_str(&address);
                }
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock) => {
                out.push('\n');
            }
            _ => {}
        }
    }
    if raw {
        out = text::strip_html(&out);
    }
    let lines: Vec<_> = out.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// The address that a field of one answer holds: the first in it, or a bare `example.org/jobs`.
pub fn address(text: &str) -> Option<String> {
    static HOST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?$").expect("a fixed expression")
    });
    let first = link::links(text).first().map(|link| (*link).to_owned());
    // Nobody else can know that the word is an address: it gets the scheme that `link` would give it.
    first.or_else(|| HOST.is_match(text.trim()).then(|| format!("https://{}", text.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_they_should() {
        let first = |text| address(text).unwrap_or_default();
        assert_eq!(first("[https://example.org/a.](https://example.org/a.)"), "https://example.org/a");
        assert_eq!(first("([https://example.org/)](https://example.org/))"), "https://example.org/");
        assert_eq!(first("see www.example.org/x_(y), or"), "www.example.org/x_(y)");
        assert_eq!(first(" jobs.example.org/12 "), "https://jobs.example.org/12");
        for text in ["none here", "n/a", "ask example.org", "jobs@example.org"] {
            assert_eq!(address(text), None);
        }
    }
}
