//! Markup and addresses in, safe HTML and canonical addresses out.

use std::fs;
use std::path::Path;

use shelfwire::link;
use shelfwire::normalize::html::{from_markdown, from_text, sanitize};

use crate::cases;

const BASE: &str = "https://jobs.example.org/board/feed.xml";

#[test]
fn html_is_made_safe() {
    cases::table("html/sanitize.tsv", |html| sanitize(html, Some(BASE)));
}

#[test]
fn links_without_a_base() {
    cases::table("html/no_base.tsv", |html| sanitize(html, None));
}

#[test]
fn plain_text_gets_paragraphs_and_lists() {
    cases::table("html/text.tsv", from_text);
}

#[test]
fn markdown_is_put_right() {
    cases::table("html/markdown.tsv", from_markdown);
}

#[test]
fn whole_posts_in_markdown() {
    let post = |dir: &Path| from_markdown(&fs::read_to_string(cases::input(dir)).expect("a post")) + "\n";
    cases::folders("html/posts", "expected.html", post);
}

#[test]
fn addresses_become_canonical() {
    cases::table("link/canonical.tsv", |url| link::canonical(url).unwrap_or_else(|| String::from("-")));
}

#[test]
fn keys_of_one_page_are_equal() {
    cases::table("link/key.tsv", link::key);
}

#[test]
fn relative_links_are_resolved() {
    cases::table("link/resolve.tsv", |line| {
        let (base, href) = line.split_once(' ').expect("a base and a link");
        link::resolve(base, href).unwrap_or_else(|| String::from("-"))
    });
}

#[test]
fn addresses_are_found_in_text() {
    cases::table("link/found.tsv", |text| [link::links(text).join(" "), link::emails(text).join(" ")].join("|"));
}
