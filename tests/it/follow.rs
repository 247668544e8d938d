//! Sources of several documents: scripted servers in, what was asked and what became of it out.

mod details;
mod pages;
mod robots;
mod workday;

use serde_json::Value;

use crate::server::{Answer, Server};
use crate::site::{Done, Site, rss, source};

/// A source that begins at `/feed`, with these lines.
fn site(server: &Server, lines: &str) -> Site {
    Site::new(&format!("{}{lines}\n", source("board", &server.url("/feed"))))
}

fn feed(titles: &[&str]) -> Answer {
    Answer::ok(rss(titles))
}

/// How often each path was asked.
fn asked(server: &Server, paths: &[&str]) -> Vec<usize> {
    paths.iter().map(|path| server.requests(path).len()).collect()
}

/// A pass; its report of the source.
fn run(site: &Site) -> Value {
    site.run(&["run", "--json", "--all"]).source("board")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The titles of what is published, sorted.
fn titles(site: &Site) -> Vec<String> {
    let mut titles: Vec<_> = site.export("postings").iter().map(|p| text(&p["title"]).to_owned()).collect();
    titles.sort();
    titles
}

fn succeeded(done: &Done) {
    assert_eq!(done.code, 0, "{done:?}");
}
