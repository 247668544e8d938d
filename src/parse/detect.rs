//! A text in, its format out; or what it is instead of one.

use super::Error;
use super::extra::Dialect;
use super::markup::{Kind as TokenKind, tokens};
use super::{jobs_xml, mail};
use crate::config::Format;
use crate::fetch::Document;
use crate::text;

/// How a document is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// RSS or Atom, whose root element begins at this byte.
    Xml(usize),
    Json,
    Jekyll,
    Csv,
    /// A list of jobs that is no feed, whose root element begins at this byte.
    Jobs(usize),
    /// Items of RSS without a feed around them, the first of which begins at this byte.
    Items(usize),
    /// A web page.
    Page,
    /// A mail or an mbox.
    Mail,
}

/// Elements of web pages.
const PAGE: [&str; 3] = ["html", "head", "body"];

/// Elements that web pages begin with whose writers left the others out.
const PAGE_START: [&str; 4] = ["meta", "title", "script", "link"];

/// Bytes in front of a feed, at most: the warnings of the program that made it.
const GARBAGE: usize = 64 * 1024;

/// Decides by `format`, the text, and the file's name, in this order. What the server calls the
/// document comes last: feeds are sent as `text/html` often enough.
///
/// # Errors
/// If it is empty, or nothing that is known.
pub fn detect(format: Format, document: &Document, text: &str) -> Result<Kind, Error> {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    if start.is_empty() {
        return Err(Error::Empty);
    }
    let kind = match format {
        Format::Jekyll => return Ok(Kind::Jekyll),
        Format::Csv => return Ok(Kind::Csv),
        Format::Jobs => return jobs(text),
        Format::Mail => return Ok(Kind::Mail),
        Format::Page => return Ok(Kind::Page),
        Format::Feed | Format::Json => None,
        Format::Auto => by_name(document, start),
    };
    if start.starts_with(['{', '[']) && kind != Some(Kind::Csv) {
        return Ok(Kind::Json);
    }
    if format == Format::Json {
        return match markup(text) {
            Ok(Kind::Page) => Ok(Kind::Page),
            _ => Err(Error::NotAFeed(format!("it begins with {:?} and is no JSON", text::summary(text, 40)))),
        };
    }
    if format == Format::Auto && kind.is_none() && mail::is_mail(text) {
        return Ok(Kind::Mail);
    }
    match (markup(text), kind) {
        (Ok(found), None) => Ok(found),
        (Ok(found @ (Kind::Xml(_) | Kind::Items(_) | Kind::Jobs(_))), _) if start.starts_with('<') => {
            Ok(found)
        }
        (_, Some(kind)) => Ok(kind),
        (Err(error), None) => Err(error),
    }
}

/// What a file's first line, its name or its type says; only for what has no signature of its own.
fn by_name(document: &Document, start: &str) -> Option<Kind> {
    let name = document.file_name.as_deref().unwrap_or_default().to_ascii_lowercase();
    let content_type = document.content_type.as_deref().unwrap_or_default().to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if start.lines().next().is_some_and(|line| line.trim_end() == "---") {
        Some(Kind::Jekyll)
    } else if ends(&[".csv", ".tsv"]) || content_type.starts_with("text/csv") {
        Some(Kind::Csv)
    } else if ends(&[".md", ".markdown"]) {
        Some(Kind::Jekyll)
    } else if content_type.starts_with("text/tab-separated-values") {
        Some(Kind::Csv)
    } else {
        None
    }
}

/// A list of jobs, whatever it calls them.
fn jobs(text: &str) -> Result<Kind, Error> {
    match jobs_xml::find(text, true) {
        Some(from) => Ok(Kind::Jobs(from)),
        None if markup(text)? == Kind::Page => Ok(Kind::Page),
        None => Err(Error::NotAFeed("no element has a title and a link or a reference, as a job has".into())),
    }
}

/// A list of jobs that looks like a feed at its root: `<rss><channel><job>`.
fn jobs_in_feed(text: &str) -> bool {
    let items = ["<item", "<entry", ":item", ":entry"];
    !items.iter().any(|item| text.contains(item)) && jobs_xml::find(text, false).is_some()
}

/// What the root element is, and where it begins; or a web page.
fn markup(text: &str) -> Result<Kind, Error> {
    let mut first = None;
    for token in tokens(text) {
        match token.kind {
            TokenKind::Aside if is_html_doctype(token.text) => return Ok(Kind::Page),
            TokenKind::Open | TokenKind::Empty => {
                if Dialect::of(token.name()).is_some() {
                    let jobs = jobs_in_feed(&text[token.at..]);
                    return Ok(if jobs { Kind::Jobs(token.at) } else { Kind::Xml(token.at) });
                }
                if jobs_xml::is_root(token.local()) {
                    break;
                }
                if first.is_none() && token.local() == "item" {
                    return Ok(Kind::Items(token.at));
                }
                let begins = first.is_none() && is_one_of(&PAGE_START, token.name());
                if begins || is_one_of(&PAGE, token.name()) {
                    return Ok(Kind::Page);
                }
                first.get_or_insert(token.name());
            }
            _ => {}
        }
        if token.end() > GARBAGE {
            break;
        }
    }
    if let Some(from) = jobs_xml::find(text, false) {
        return Ok(Kind::Jobs(from));
    }
    Err(Error::NotAFeed(match first {
        Some(name) => format!("its first element is <{name}>"),
        None => format!("it begins with {:?}", text::summary(text, 40)),
    }))
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn is_html_doctype(text: &str) -> bool {
    text.get(..14).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype html"))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn kind(file_name: &str, text: &str) -> Result<Kind, Error> {
        let document = Document {
            location: String::new(),
            file_name: Some(file_name.into()),
            content_type: None,
            body: Bytes::new(),
        };
        detect(Format::Auto, &document, text)
    }

    #[test]
    fn the_text_decides_before_the_name() {
        assert_eq!(kind("x.csv", "<?xml version='1.0'?> <rss version='2.0'>"), Ok(Kind::Xml(22)));
        assert_eq!(kind("x.xml", " {\"version\": 1}"), Ok(Kind::Json));
        assert_eq!(kind("x.txt", "---\ntitle: x\n---\n"), Ok(Kind::Jekyll));
        assert_eq!(kind("x.csv", "Title,URL\n"), Ok(Kind::Csv));
        assert_eq!(kind("x.md", "no front matter"), Ok(Kind::Jekyll));
    }

    #[test]
    fn lists_of_jobs_are_known_by_their_names() {
        let job = "<title>x</title><url>https://example.org/</url>";
        assert_eq!(kind("", &format!(" <jobs><row>{job}</row></jobs>")), Ok(Kind::Jobs(1)));
        assert_eq!(kind("", &format!("<x><JOB>{job}</JOB></x>")), Ok(Kind::Jobs(0)));
        assert_eq!(kind("", &format!("<rss><channel><job>{job}</job></channel></rss>")), Ok(Kind::Jobs(0)));
        assert_eq!(kind("", "<br />\n<b>Notice</b> <source/>"), Ok(Kind::Jobs(21)));
        let books = format!("<books><book>{job}</book></books>");
        assert!(matches!(kind("", &books), Err(Error::NotAFeed(_))));
        assert_eq!(jobs(&books), Ok(Kind::Jobs(0)));
        assert_eq!(jobs("<html><title>x</title>"), Ok(Kind::Page));
        assert!(matches!(jobs("<error>no such key</error>"), Err(Error::NotAFeed(_))));
    }

    #[test]
    fn warnings_before_a_feed_are_read_over() {
        assert_eq!(kind("", "<br />\n<b>Notice</b>: x in <b>y</b><rss>"), Ok(Kind::Xml(35)));
    }

    #[test]
    fn pages_are_pages_whatever_they_speak_of() {
        let page = "<!DOCTYPE html><title>Our <rss> feed</title><rss version='2.0'>";
        assert_eq!(kind("", page), Ok(Kind::Page));
        assert_eq!(kind("", "<html><head><title>R &amp; D</title><body><feed>"), Ok(Kind::Page));
        assert!(matches!(kind("", "<urlset><url/></urlset>"), Err(Error::NotAFeed(_))));
        assert!(matches!(kind("", "Not found"), Err(Error::NotAFeed(_))));
        assert_eq!(kind("", "<item><title>x</title></item>"), Ok(Kind::Items(0)));
        assert_eq!(kind("", " \n\u{feff}"), Err(Error::Empty));
    }
}
