//! Markdown in, safe HTML out.
//!
//! The Markdown of job boards is plain text that people pasted into a form: lists with the bullets of
//! word processors, line ends that mean something, headings without a space. It is put right line by
//! line before it is read as CommonMark.

use std::iter;

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream, html};

use super::lines::{self, Line};
use super::plain::href;
use super::{Links, cleaned, cut};
use crate::link;

/// Markdown, with whatever HTML stands in it, as safe HTML. Addresses in its text become links.
/// Relative links stay as they are, for [`sanitize`](super::sanitize) to resolve.
pub fn from_markdown(md: &str) -> String {
    let md = righted(cut(md, '\n'));
    let mut out = String::with_capacity(md.len() * 5 / 4);
    let events = TextMergeStream::new(Parser::new_ext(&md, Options::ENABLE_TABLES));
    html::push_html(&mut out, linked(events));
    cleaned(&out, Links::Keep)
}

/// The events with links for the addresses in their texts.
fn linked<'a>(events: impl Iterator<Item = Event<'a>>) -> impl Iterator<Item = Event<'a>> {
    let mut within = 0_usize;
    events.flat_map(move |event| {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => within += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => within -= 1,
            _ => {}
        }
        match event {
            // `([https://example.org/)](https://example.org/))`: the address with the bracket after it.
            Event::Text(text) if within > 0 && is_address(&text) => {
                vec![Event::Text(CowStr::from(link::trimmed(&text).to_owned()))]
            }
            Event::Text(text) if within == 0 => with_links(text),
            event => vec![event],
        }
    })
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.")
}

fn with_links(text: CowStr<'_>) -> Vec<Event<'_>> {
    let mut events = Vec::new();
    let mut from = 0;
    for found in link::found(&text) {
        let address = &text[found.start..found.end];
        let Some(href) = href(address, found.email) else {
            continue;
        };
        let tag = Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: href.into(),
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        };
        events.extend([
            Event::Text(CowStr::from(text[from..found.start].to_owned())),
            Event::Start(tag),
            Event::Text(CowStr::from(address.to_owned())),
            Event::End(TagEnd::Link),
        ]);
        from = found.end;
    }
    if from == 0 {
        return vec![Event::Text(text)];
    }
    events.extend(iter::once(Event::Text(CowStr::from(text[from..].to_owned()))));
    events
}

/// What the line above was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    Blank,
    Text,
    Item,
}

/// The Markdown with its lines put right.
fn righted(md: &str) -> String {
    let mut out = String::with_capacity(md.len() + md.len() / 16);
    let lines: Vec<&str> = lines::split(md).collect();
    let wrapped = lines::may_be_wrapped(md);
    let (mut above, mut in_list, mut fenced) = (Above::Blank, false, false);
    let mut breaks_until = (0, false);
    for (at, line) in lines.iter().copied().enumerate() {
        let text = line.trim();
        let fence = text.starts_with("```") || text.starts_with("~~~");
        fenced ^= fence;
        if fenced || fence || text.starts_with('<') {
            out.push_str(line);
            above = Above::Text;
        } else if text.is_empty() {
            above = Above::Blank;
        } else if let Some((level, title)) = heading(text) {
            out.extend([&"######"[..level], " ", title]);
            (above, in_list) = (Above::Blank, false);
        } else if let Some(inner) = item(line, in_list, &mut out) {
            above = Above::Item;
            in_list = in_list || !inner;
        } else {
            let full = at > 0 && wrapped && lines::may_be_full(lines[at - 1]);
            let new_paragraph = above == Above::Item && !full && !lines::continues(line);
            if new_paragraph {
                out.push('\n');
            }
            in_list &= lines::continues(line) && !new_paragraph;
            if text.starts_with("# ") {
                out.push('\\');
            }
            // Four spaces make code of a text, which no posting holds, but for the second paragraph
            // of an item.
            out.push_str(if in_list { line.trim_end() } else { text });
            if at >= breaks_until.0 {
                let length = lines[at..].iter().take_while(|line| is_text(line)).count().max(1);
                let paragraph = &lines[at..at + length];
                breaks_until = (at + length, !(wrapped && lines::is_wrapped(paragraph)));
            }
            if breaks_until.1 && at + 1 < breaks_until.0 {
                out.push_str("  ");
            }
            above = Above::Text;
        }
        out.push('\n');
    }
    out
}

fn is_text(line: &str) -> bool {
    matches!(lines::classify(line), Line::Text(text) if heading(text).is_none() && !text.starts_with(['<', '|', '=', '`', '~', '>']))
}

/// The level and text of a heading. Two signs or more are one even without a space; a single one is
/// not before a word in lower case (`# of openings`) and without a space (`#LI-1`).
fn heading(text: &str) -> Option<(usize, &str)> {
    let level = text.bytes().take_while(|b| *b == b'#').count();
    let rest = text.get(level..)?;
    let title = rest.trim().trim_end_matches('#').trim_end();
    let fits = match level {
        1 => rest.starts_with([' ', '\t']) && !title.starts_with(char::is_lowercase),
        2..=6 => true,
        _ => false,
    };
    (fits && !title.is_empty()).then_some((level, title))
}

/// Writes `line` if it is an item of a list, as Markdown knows it; whether it is an inner one.
fn item(line: &str, in_list: bool, out: &mut String) -> Option<bool> {
    let text = line.trim_start();
    let indented = line.len() - text.len() >= 2 && in_list;
    match lines::classify(line) {
        Line::Bullet { .. } if indented && text.starts_with(['*', '-', '+']) => {
            out.push_str(line.trim_end());
            Some(true)
        }
        // Emphasis at the beginning of a line, not an item.
        Line::Bullet { .. } if text.starts_with("**") || is_rule(text) => None,
        Line::Bullet { inner, text } => {
            let inner = inner && in_list;
            out.extend([if inner { "    * " } else { "* " }, text]);
            Some(inner)
        }
        Line::Number { number, text } => {
            if !in_list && number == 1 {
                out.push('\n');
            }
            let inner = if indented { "    " } else { "" };
            out.push_str(&format!("{inner}{number}. {text}"));
            Some(indented)
        }
        Line::Blank | Line::Text(_) => None,
    }
}

/// `---`, `* * *`: a line across.
fn is_rule(text: &str) -> bool {
    let mut signs = text.chars().filter(|c| !c.is_whitespace());
    let first = signs.next();
    first.is_some_and(|c| matches!(c, '-' | '*' | '_')) && signs.all(|c| Some(c) == first)
}
