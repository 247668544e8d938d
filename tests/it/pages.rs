//! Web pages in, the postings that stand in them out; and pages that nobody would write.

use std::fmt::Write as _;

use proptest::prelude::*;
use shelfwire::config::{Format, Picks, Select, Source};
use shelfwire::fetch::Document;
use shelfwire::parse::{Body, Error, parse};

use super::cases;

fn page(body: impl Into<Vec<u8>>) -> Document {
    Document {
        location: "https://pages.example.net/jobs/".into(),
        file_name: None,
        content_type: Some("text/html; charset=utf-8".into()),
        body: body.into().into(),
    }
}

fn script(json: &str) -> String {
    format!("<!doctype html><script type=\"application/ld+json\">{json}</script>")
}

/// The values of a JobPosting with the given fields, without those that are not there.
#[test]
fn fields_of_job_postings() {
    cases::table("parse/job-posting.tsv", |fields| {
        let json =
            format!("{{\"@type\":\"JobPosting\",\"title\":\"x\",\"datePosted\":\"2026-03-01\",{fields}}}");
        let parsed = parse(&Source::default(), &page(script(&json))).expect("a posting");
        let entry = &parsed.entries[0];
        let values = [
            ("id", &entry.key),
            ("employer", &entry.employer),
            ("place", &entry.place),
            ("pay", &entry.salary),
            ("employment", &entry.employment),
            ("closing", &entry.closing),
        ];
        let mut shown = String::new();
        for (name, value) in values.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?))) {
            let _ = write!(shown, "[{name}: {value}]");
        }
        match &entry.body {
            Body::Text(text) if text.is_empty() => {}
            Body::Text(text) => drop(write!(shown, "[text: {text}]")),
            Body::Html(html) => drop(write!(shown, "[html: {html}]")),
        }
        shown
    });
}

/// A page is no feed, whatever it holds, where the settings ask for a feed.
#[test]
fn a_source_of_format_feed_takes_no_page() {
    let source = Source { format: Format::Feed, ..Source::default() };
    let error = parse(&source, &page(script("{\"@type\":\"JobPosting\",\"title\":\"x\"}")));
    assert_eq!(error, Err(Error::Html { title: None, feed: None }));
}

/// The one posting of a page is known by the page's address; two are not.
#[test]
fn the_page_speaks_for_a_posting_that_is_alone() {
    let urls = |json: &str| {
        let parsed = parse(&Source::default(), &page(script(json))).expect("postings");
        parsed.entries.into_iter().map(|entry| entry.url).collect::<Vec<_>>()
    };
    let one = r#"{"@type":"JobPosting","title":"x","description":"y"}"#;
    let two = r#"{"@type":"JobPosting","title":"z","description":"y"}"#;
    assert_eq!(urls(one), [Some("https://pages.example.net/jobs/".to_owned())]);
    assert_eq!(urls(&format!("[{one},{two},{one}]")), [None, None]);
}

fn selecting(entry: &str, value: &str) -> Source {
    let picks = Picks(vec![value.into()]);
    let select = Select {
        entry: entry.into(),
        title: picks.clone(),
        url: picks.clone(),
        description: picks,
        ..Select::default()
    };
    Source { format: Format::Page, select: Some(select), ..Source::default() }
}

/// What a careless reader of HTML or JSON takes time for that grows with the square of the length.
#[test]
fn long_and_deep_pages_take_linear_time() {
    let many = 5_000;
    let numbered = |f: fn(usize) -> String| (0..many).map(f).collect::<String>();
    let pages = [
        "<div>".repeat(many),
        "<b><p>".repeat(many),
        format!("{}{}", numbered(|n| format!("<b id={n}>")), "<p></p>".repeat(many)),
        "<table><tr><td>".repeat(many),
        "<table><b>x".repeat(many),
        "</p></div>".repeat(many),
        "<ul><li>".repeat(many),
        "<!--".repeat(many),
        "<script>".repeat(many),
        "<title></titl".repeat(many),
        format!("<a {}>", numbered(|n| format!("a{n}=1 "))),
        "<a b=\"".repeat(many),
        "<div itemscope itemtype='http://schema.org/JobPosting' itemprop=x>".repeat(many),
        "<div itemscope itemtype='http://schema.org/JobPosting' itemprop='x y'>".repeat(many),
        format!(
            "<div itemscope itemtype='http://schema.org/JobPosting'>{}{}",
            "<div itemprop='title description x'>".repeat(400),
            "text ".repeat(many)
        ),
        script(&format!("{{\"@type\":\"JobPosting\",\"a\":{}", "[".repeat(many))),
        script(&format!("{{\"@type\":\"JobPosting\",\"a\":\"{}", "\",\"".repeat(many))),
        script(&format!("{{\"@type\":\"JobPosting\",\"a\":\"{}", "\" \\' ".repeat(many))),
        script(&format!(
            "[{{\"@id\":\"#a\",\"name\":\"{}\"}}{}]",
            "x".repeat(100 * many),
            ",{\"@type\":\"JobPosting\",\"hiringOrganization\":{\"@id\":\"#a\"}}".repeat(many)
        )),
        script(&format!("\"JobPosting\"{}", "/*".repeat(many))),
        script(&format!("\"JobPosting\",{}", ",\n\t ".repeat(many))),
        script(&format!("[{}]", r#"{"@type":"JobPosting","title":"x"},"#.repeat(many))),
        "<a href='x'>y</a>".repeat(many),
    ];
    let begun = std::time::Instant::now();
    for page in pages.map(page) {
        let source = Source { format: Format::Page, ..Source::default() };
        let _ = parse(&source, &page);
        let _ = parse(&selecting("div", "div div > a"), &page);
        let _ = parse(&selecting("html", "p a"), &page);
    }
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

/// Pieces of pages, to be put together in any order.
const PIECES: [&str; 36] = [
    "<html lang=en>",
    "<head>",
    "</head>",
    "<body>",
    "</body>",
    "<base href=/x/>",
    "<title>a</title>",
    "<script type='application/ld+json'>",
    "</script>",
    "{\"@type\":\"JobPosting\",\"title\":\"x\"",
    ",\"url\":\"/y\"}",
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "<div itemscope itemtype='https://schema.org/JobPosting'>",
    "<a itemprop=title href=z>",
    "</a>",
    "</div>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<p>",
    "<li class=job>",
    "<ul>",
    "&lt;",
    "&#0;",
    "<!--",
    "-->",
    "é",
    "<",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_page_is_read_without_panic(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60)) {
        let page = page(pieces.concat());
        let source = Source { format: Format::Page, ..Source::default() };
        for source in [Source::default(), source, selecting("li, tr, div", "a, p"), selecting("*", "@href")] {
            let _ = parse(&source, &page);
        }
    }
}
