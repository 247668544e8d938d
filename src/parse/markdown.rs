//! Markdown as people paste it in, HTML and plain text out.
//!
//! The posts of METRO's board, and of others that make Markdown of a form, are text from word
//! processors and mail: lines that mean line ends, bullets of all kinds, signs at the beginning of
//! a line that Markdown takes for its own.

use std::sync::LazyLock;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd, html};
use regex::Regex;

/// Signs that stand for a bullet, among them those of Word's symbol fonts (private use).
const BULLETS: [char; 17] = [
    '•', '●', '▪', '■', '◾', '◦', '‣', '·', '○', '❖', '➢', '►', '✓', '∙', '\u{F0B7}', '\u{F0A7}', '\u{F0D8}',
];

/// Characters from which on a line may have been wrapped by a program.
const WRAPPED: usize = 50;

/// HTML of a text in Markdown. Raw HTML in it stays as it is: nothing is sanitized here.
pub fn to_html(markdown: &str) -> String {
    let tidied = tidy(markdown);
    let mut out = String::with_capacity(tidied.len() + tidied.len() / 4);
    html::push_html(&mut out, Parser::new(&tidied));
    out.trim_end().to_owned()
}

/// Plain text of a text in Markdown, a line a block; the address of a link stands after its words,
/// unless it is them.
pub fn to_text(markdown: &str) -> String {
    let tidied = tidy(markdown);
    let mut out = String::with_capacity(tidied.len());
    let mut raw = false;
    let mut links = Vec::new();
    for event in Parser::new(&tidied) {
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
        out = crate::text::strip_html(&out);
    }
    let lines: Vec<_> = out.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// The first address in a text in Markdown.
fn first_link(markdown: &str) -> Option<String> {
    static LINK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i)\b(?:https?://|www\.)[^\s<>"\[\]{}|\\^]+"#).expect("a fixed expression")
    });
    let found = LINK.find(markdown)?.as_str();
    // `https://example.org/a](https://example.org/a)` is cut at the bracket already.
    let link = trim_address(found);
    Some(if link.get(..4)?.eq_ignore_ascii_case("www.") { format!("http://{link}") } else { link.to_owned() })
}

/// The address that a field of one answer holds: the first in it, or a bare `example.org/jobs`.
pub fn address(text: &str) -> Option<String> {
    static HOST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?$").expect("a fixed expression")
    });
    let bare = || HOST.is_match(text.trim()).then(|| format!("http://{}", text.trim()));
    first_link(text).or_else(bare)
}

/// An address without the signs of the sentence around it; a bracket that it opened itself stays.
fn trim_address(mut address: &str) -> &str {
    loop {
        let closing = address.matches(')').count() > address.matches('(').count();
        let shorter = address.trim_end_matches(['.', ',', ';', ':', '!', '\'', '*', '_']);
        let shorter = if closing { shorter.strip_suffix(')').unwrap_or(shorter) } else { shorter };
        if shorter == address {
            return address;
        }
        address = shorter;
    }
}

/// Makes Markdown say what its writer meant.
fn tidy(markdown: &str) -> String {
    let text = markdown.replace(['\u{AD}', '\u{200B}', '\u{FEFF}'], "").replace("\r\n", "\n");
    let text = text.replace(['\u{2028}', '\r', '\u{B}', '\u{C}'], "\n").replace('\u{2029}', "\n\n");
    let text = links(&text);
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut list = false;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let (content, item) = match bullet(line) {
            Some(content) => (content, true),
            None => (line.trim(), false),
        };
        if content.is_empty() {
            out.push('\n');
            list &= lines.peek().is_some_and(|next| bullet(next).is_some());
            continue;
        }
        // Neither may a rule make a heading of the line above it, nor text go on a list.
        if (list && !item && !line.starts_with([' ', '\t'])) || is_rule(content) {
            out.push('\n');
        }
        list = item || (list && line.starts_with([' ', '\t']));
        if item {
            out.push_str("* ");
        }
        if is_false_heading(content) {
            out.push('\\');
        }
        out.push_str(content);
        if lines.peek().is_some_and(|next| ends_line(content, next)) {
            out.push_str("  ");
        }
        out.push('\n');
    }
    out
}

/// What follows a bullet. An asterisk, a plus or a hyphen is one if a space follows it.
fn bullet(line: &str) -> Option<&str> {
    let line = line.trim();
    let sign = line.chars().next()?;
    let rest = &line[sign.len_utf8()..];
    let known = BULLETS.contains(&sign);
    let marked =
        matches!(sign, '*' | '-' | '+' | '–' | 'o') && rest.starts_with(['\t', ' ']) && !is_rule(line);
    let word = sign == 'o' && !rest.starts_with('\t');
    let dash = sign == '–' && !rest.starts_with('\t');
    ((known || marked) && !word && !dash).then(|| rest.trim_start()).filter(|rest| !rest.is_empty())
}

/// A line of hyphens, equals signs or asterisks.
fn is_rule(line: &str) -> bool {
    let mut signs = line.chars().filter(|c| !c.is_whitespace());
    let first = signs.next();
    first.is_some_and(|c| matches!(c, '-' | '=' | '*' | '_')) && signs.all(|c| Some(c) == first)
}

/// `# of Openings: 2`: a number sign, not a heading.
fn is_false_heading(line: &str) -> bool {
    line.strip_prefix("# ").is_some_and(|rest| rest.trim_start().starts_with(char::is_lowercase))
}

/// Whether a line's end is meant: not where a program has wrapped a sentence.
fn ends_line(line: &str, next: &str) -> bool {
    let next = next.trim();
    let wrapped = line.chars().count() >= WRAPPED
        && !line.ends_with(['.', ':', ';', '!', '?'])
        && next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    !next.is_empty() && !wrapped && !line.starts_with('#') && !line.starts_with('<') && !line.ends_with('>')
}

/// Mends links that a form has made of addresses, `[address](address)`, where it has taken the end
/// of the sentence for a part of the address: `([https://example.org/)](https://example.org/))`.
fn links(text: &str) -> String {
    static WORDS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\[((?:https?://|www\.)[^\s\[\]]+)\]\(").expect("a fixed expression"));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for found in WORDS.captures_iter(text) {
        let (whole, words) = (found.get_match(), &found[1]);
        let rest = text[whole.end()..].strip_prefix(words).and_then(|rest| rest.strip_prefix(')'));
        let label = trim_address(words);
        let relative = label.starts_with("www.");
        let Some(rest) = rest.filter(|_| relative || label != words) else { continue };
        let scheme = if relative { "http://" } else { "" };
        out.push_str(&text[done..whole.start()]);
        out.push_str(&format!("[{label}](<{scheme}{label}>){}", &words[label.len()..]));
        done = text.len() - rest.len();
    }
    out.push_str(&text[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_they_should() {
        assert_eq!(
            first_link("[https://example.org/a.](https://example.org/a.)").unwrap(),
            "https://example.org/a"
        );
        assert_eq!(
            first_link("([https://example.org/)](https://example.org/))").unwrap(),
            "https://example.org/"
        );
        assert_eq!(first_link("see www.example.org/x_(y), or").unwrap(), "http://www.example.org/x_(y)");
        assert_eq!(first_link("none here"), None);
        assert_eq!(address(" jobs.example.org/12 ").unwrap(), "http://jobs.example.org/12");
        assert_eq!(address("n/a"), None);
        assert_eq!(address("ask example.org"), None);
    }
}
