//! The text of a mail in, the links to the web that it gives in its order out.

use std::borrow::Cow;

use crate::parse::Body;
use crate::parse::markup::{Kind, tokens};
use crate::text;

/// Lines after which a mail only says who wrote it, in lower case, without the sign at their end.
const GREETINGS: [&str; 18] = [
    "all best",
    "all the best",
    "best",
    "best regards",
    "best wishes",
    "cheers",
    "cordially",
    "kind regards",
    "many thanks",
    "regards",
    "respectfully",
    "sincerely",
    "sincerely yours",
    "thank you",
    "thanks",
    "warm regards",
    "warmly",
    "with thanks",
];

/// Words of a name, at most.
const NAME: usize = 5;

/// Hosts of pages about people and employers, to which signatures like to link.
const SOCIAL: [&str; 7] = [
    "facebook.com",
    "twitter.com",
    "x.com",
    "instagram.com",
    "linkedin.com/in",
    "linkedin.com/company",
    "youtube.com",
];

/// A line of a mail, and the links in it.
#[derive(Default)]
struct Line<'a> {
    text: Cow<'a, str>,
    links: Vec<String>,
}

/// The links of a text to the web, in their order: not those of whoever signs it, below `Sincerely,` and
/// a name, nor those to pages about people.
pub fn of(body: &Body) -> Vec<String> {
    let lines = lines(body);
    let signs = |at: &usize| {
        let mut below = lines[at + 1..].iter().filter(|line| !line.text.trim().is_empty());
        is_greeting(&lines[*at].text) && below.next().is_none_or(|line| is_name(&line.text))
    };
    let end = (0..lines.len()).find(signs).unwrap_or(lines.len());
    let links = lines.into_iter().take(end).flat_map(|line| line.links);
    links.filter(|link| !is_social(link)).collect()
}

fn lines(body: &Body) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    match body {
        Body::Text(text) => {
            lines.extend(text.lines().map(|line| Line { links: in_text(line), text: line.into() }));
        }
        Body::Html(html) => {
            let mut hidden = false;
            for token in tokens(html) {
                let is = |names: &[&str]| names.iter().any(|name| token.name().eq_ignore_ascii_case(name));
                match token.kind {
                    Kind::Text if !hidden => {
                        let text = text::decode(token.text);
                        lines.push(Line { links: in_text(&text), text });
                    }
                    Kind::Open if is(&["a"]) => {
                        let href = token.attributes().find(|a| a.name.eq_ignore_ascii_case("href"));
                        let href = href.map(|href| text::decode(href.value.trim()).into_owned());
                        let links = href.into_iter().filter(|href| is_web(href)).collect();
                        lines.push(Line { links, ..Line::default() });
                    }
                    Kind::Open | Kind::Close if is(&["style", "script", "title"]) => {
                        hidden = token.kind == Kind::Open;
                    }
                    _ => {}
                }
            }
        }
    }
    lines
}

fn is_greeting(line: &str) -> bool {
    let line = line.trim().trim_end_matches([',', '.', '!', '-', '–', '—']).to_lowercase();
    GREETINGS.contains(&line.as_str())
}

/// Whether a line may be the name of whoever signs a mail: a few words, each in capitals.
fn is_name(line: &str) -> bool {
    let words = || line.split_whitespace();
    let capital = |word: &str| word.chars().next().is_some_and(|c| c.is_uppercase() || c == '(');
    words().count() <= NAME && words().all(capital) && !line.contains([':', '/'])
}

fn is_social(link: &str) -> bool {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    SOCIAL
        .iter()
        .any(|page| rest.strip_prefix(page).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

/// What the address of a posting's page speaks of, in lower case.
const PAGE: [&str; 11] = [
    "job",
    "career",
    "employ",
    "recruit",
    "position",
    "posting",
    "vacanc",
    "opening",
    "requisition",
    "apply",
    "applic",
];

/// What addresses beside it speak of: they are of all postings of an employer.
const ASIDE: [&str; 5] = ["benefit", "privacy", "policy", "policies", "relocat"];

/// The posting's page among the links of a mail: the first whose address speaks of jobs, or the only
/// one. Others lead to the library, the town, the signature's company; they are no page of the posting.
pub fn page(mut links: Vec<String>) -> Option<String> {
    let speaks = |link: &str, words: &[&str]| {
        let link = link.to_ascii_lowercase();
        words.iter().any(|word| link.contains(word))
    };
    links.retain(|link| !speaks(link, &ASIDE));
    let page = links.iter().position(|link| speaks(link, &PAGE));
    let only = || links.iter().all(|link| *link == links[0]).then_some(0);
    page.or_else(only).filter(|at| *at < links.len()).map(|at| links.swap_remove(at))
}

/// The links that stand in plain text.
fn in_text(text: &str) -> Vec<String> {
    let mut found = Vec::new();
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

    fn of_text(text: &str) -> Vec<String> {
        of(&Body::Text(text.into()))
    }

    fn of_html(html: &str) -> Vec<String> {
        of(&Body::Html(html.into()))
    }

    #[test]
    fn links_end_where_the_text_goes_on() {
        let links = of_text("See (https://example.org/a?b=(1)). http and <http://example.com/x>, httpx");
        assert_eq!(links, ["https://example.org/a?b=(1", "http://example.com/x"]);
        let links = of_html("<A HREF='https://example.org/?a=1&amp;b=2'>here</A> <a href='mailto:x'>");
        assert_eq!(links, ["https://example.org/?a=1&b=2"]);
        let links =
            of_html("<style>@import url(http://example.org/x.css)</style><p>https://example.org/1</p>");
        assert_eq!(links, ["https://example.org/1"]);
    }

    #[test]
    fn links_of_whoever_signs_are_none() {
        let signed = "Apply by mail.\n\nSincerely,\n\nSome Body\nhttps://library.example.org/\n";
        assert!(of_text(signed).is_empty());
        assert!(
            of_html("<p>Apply.</p><p>Best regards,</p><p>Some Body</p><a href='https://example.org/'>us</a>")
                .is_empty()
        );
        // More is said after the thanks.
        let thanks =
            "Thank you!\n\nPlease apply at https://example.org/1\n\nBest,\nSome Body\nhttps://example.org/\n";
        assert_eq!(of_text(thanks), ["https://example.org/1"]);
        let social = "https://www.facebook.com/library https://x.com/us https://x.company.example.org/1";
        assert_eq!(of_text(social), ["https://x.company.example.org/1"]);
    }

    #[test]
    fn the_page_of_a_posting_is_told_from_others() {
        let page = |links: &[&str]| page(links.iter().map(|link| (*link).to_owned()).collect());
        let (home, job) = ("https://library.example.org/", "https://example.org/careers/7");
        assert_eq!(page(&[home, job]).as_deref(), Some(job));
        assert_eq!(page(&[home, home]).as_deref(), Some(home));
        assert_eq!(page(&[home, "https://example.org/"]), None);
        assert_eq!(page(&["https://example.org/jobs/benefits.pdf", home]).as_deref(), Some(home));
        assert_eq!(page(&[]), None);
    }
}
