//! The text of a mail in, the text without its signature and what its list added to it out.

use crate::parse::markup::{Kind, Token, tokens};
use crate::text;

/// Lines that a signature or a list's footer has, at most.
const FOOTER: usize = 20;

/// Signs of the rule above a list's footer, and how many make one.
const RULE: [char; 5] = ['_', '-', '=', '#', '*'];
const RULE_LENGTH: usize = 8;

/// Words of a list's footer, in lower case.
const LIST_WORDS: [&str; 4] = ["unsubscribe", "mailing list", "listinfo", "to leave the list"];

/// Classes and ids that mail programs give to signatures, in lower case.
const SIGNATURES: [&str; 6] = [
    "gmail_signature",
    "moz-signature",
    "ms-outlook-mobile-signature",
    "protonmail_signature_block",
    "signature",
    "yahoo-signature",
];

/// Bytes at the end of an HTML mail in which a list's footer is looked for, and the beginnings of one
/// that are tried.
const HTML_FOOTER: usize = 16 * 1024;
const TRIES: usize = 32;

/// A text without its signature (RFC 3676, section 4.3) and what a list adds to it.
pub fn without(text: &str) -> &str {
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
        some && (line == "-- " || rule && is_of_list(&below()))
    });
    end.map_or(text, |(_, (at, _))| &text[..*at])
}

fn is_of_list(below: &str) -> bool {
    LIST_WORDS.iter().any(|word| below.contains(word))
}

/// HTML without the elements that mail programs put signatures in, without what stands under a
/// signature's mark, and without what a list adds at the end. What is left need not be balanced. A mail
/// that is nothing but these keeps them.
pub fn without_in_html(html: &str) -> String {
    let cut = &html[..end(html)];
    let mut left = String::with_capacity(cut.len());
    // The name of the element that is being left out, and how many of that name are open in it.
    let mut signature: Option<(&str, usize)> = None;
    for token in tokens(cut) {
        match (&mut signature, token.kind) {
            (None, Kind::Open) if is_signature(&token) => signature = Some((token.name(), 1)),
            (None, _) => left.push_str(token.text),
            (Some((name, depth)), Kind::Open) if token.name() == *name => *depth += 1,
            (Some((name, depth)), Kind::Close) if token.name() == *name => {
                *depth -= 1;
                if *depth == 0 {
                    signature = None;
                }
            }
            (Some(_), _) => {}
        }
    }
    let says_something = |html: &str| !text::strip_html(html).trim().is_empty();
    match (says_something(&left), says_something(cut)) {
        (true, _) => left,
        (false, true) => cut.to_owned(),
        (false, false) => html.to_owned(),
    }
}

/// Where a signature begins that a mark precedes, or a list's footer: at the first of either.
fn end(html: &str) -> usize {
    let from = html.ceil_char_boundary(html.len().saturating_sub(HTML_FOOTER));
    let begins = |token: &Token<'_>| match token.kind {
        Kind::Open | Kind::Empty => token.name().eq_ignore_ascii_case("hr"),
        Kind::Text => is_mark(token.text) || is_rule(token.text.trim()),
        _ => false,
    };
    let mut tries: Vec<_> = tokens(html).filter(|token| token.at >= from && begins(token)).collect();
    // The first of many is further from the end than any footer begins.
    tries.drain(..tries.len().saturating_sub(TRIES));
    let found = tries.into_iter().find(|token| {
        let below = text::strip_html(&html[token.at..]).to_lowercase();
        let short = below.lines().filter(|line| !line.trim().is_empty()).count() <= FOOTER;
        short && (token.kind == Kind::Text && is_mark(token.text) || is_of_list(&below))
    });
    found.map_or(html.len(), |token| token.at)
}

/// The line `-- ` that precedes a signature.
fn is_mark(text: &str) -> bool {
    let line = text.trim_matches(['\r', '\n']);
    matches!(line, "-- " | "--&nbsp;" | "--\u{a0}")
}

fn is_rule(line: &str) -> bool {
    line.len() >= RULE_LENGTH && RULE.iter().any(|sign| line.chars().all(|c| c == *sign))
}

fn is_signature(token: &Token<'_>) -> bool {
    let named = token.attributes().take(16).filter(|a| matches!(a.name, "class" | "id" | "CLASS" | "ID"));
    let mut words = named.flat_map(|a| a.value.split_ascii_whitespace());
    words.any(|word| SIGNATURES.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_and_footers_are_dropped() {
        assert_eq!(without("Text\n-- \nSome Body\n"), "Text\n");
        let rule = "_".repeat(40);
        assert_eq!(without(&format!("Text\n{rule}\nX mailing list\n")), "Text\n");
        let kept = format!("Duties\n{rule}\nShelves books.\n");
        assert_eq!(without(&kept), kept);
        assert_eq!(without("-- \nAll of it"), "-- \nAll of it");
    }

    #[test]
    fn signatures_in_html_are_dropped() {
        let drops = |html: &str, left: &str| assert_eq!(without_in_html(html), left);
        drops(
            "<p>Text</p><div class=\"x gmail_signature\"><div>Some Body</div></div><p>End</p>",
            "<p>Text</p><p>End</p>",
        );
        drops("<div>Text<div id='Signature'>Some Body", "<div>Text");
        drops("Text<br>-- <br>Some Body", "Text<br>");
        drops("<p>Text</p>\n<pre>--&nbsp;\nno mark</pre>", "<p>Text</p>\n<pre>--&nbsp;\nno mark</pre>");
        drops("<div class=signature>All of it</div>", "<div class=signature>All of it</div>");
        drops("<p>A -- B</p><p class=\"no-signature\">C</p>", "<p>A -- B</p><p class=\"no-signature\">C</p>");
    }

    #[test]
    fn footers_of_lists_in_html_are_dropped() {
        let footer = "<p align=\"center\">To unsubscribe from the MAPS list, click the following link:<br>\
            <a href=\"https://lists.example.org/wa.exe?SUBED1=MAPS\">https://lists.example.org/wa.exe</a></p>";
        assert_eq!(without_in_html(&format!("<p>Text</p><hr>{footer}")), "<p>Text</p>");
        let rule = "#".repeat(40);
        assert_eq!(without_in_html(&format!("<p>Text</p><p>{rule}<br>{footer}")), "<p>Text</p><p>");
        // A rule between parts of the text, and a word of lists without one.
        let kept = format!("<p>Duties</p><hr><p>{}</p>{footer}", "<p>Shelves books.</p>".repeat(30));
        assert_eq!(without_in_html(&kept), kept);
        let kept = "<p>Duties</p><hr><p>Shelves books.</p>";
        assert_eq!(without_in_html(kept), kept);
    }
}
