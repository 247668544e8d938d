//! Markup and addresses in, safe HTML and canonical addresses out.

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use shelfwire::link;
use shelfwire::normalize::html::{from_text, sanitize};

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
    cases::table("link/found.tsv", |text| {
        [link::links(text).join(" "), link::emails(text).join(" ")].join("|")
    });
}

/// Pieces of markup, whole, broken and hostile.
const PIECES: [&str; 69] = [
    "text",
    " ",
    "\n",
    "a b",
    "&amp;",
    "&",
    "&lt;",
    "&#160;",
    "\u{a0}",
    "&copy",
    "<",
    ">",
    "\"",
    "'",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<em>",
    "</em>",
    "<ul>",
    "</ul>",
    "<ol start=4>",
    "</ol>",
    "<li>",
    "</li>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td colspan='2'>",
    "</td>",
    "<tbody>",
    "<br>",
    "<br/>",
    "<hr>",
    "<h2>",
    "</h2>",
    "<h3>",
    "<pre>",
    "</pre>",
    "<blockquote>",
    "</blockquote>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<a href=\"/x?a=1&b=2\">",
    "<a href='javascript:x'>",
    "</a>",
    "<img src=x alt='\"<'>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<svg><p>",
    "<p class=sharedaddy>",
    "<x ",
    "\u{0}\u{1}\u{ad}é",
    "<p>Share this:</p>",
    "<p>• a",
    "• ",
    "<br>– b",
    "<br>- c</p>",
    "o D",
];

fn markup() -> impl Strategy<Value = String> {
    vec(select(&PIECES[..]), 0..40).prop_map(|pieces| pieces.concat())
}

/// What a browser-grade parser with the same list of what is allowed makes of it.
fn as_ammonia(html: &str) -> String {
    let allowed = "a abbr b blockquote br caption cite code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd \
                   li mark ol p pre q s samp small strong sub sup table tbody td tfoot th thead tr u ul var";
    ammonia::Builder::empty()
        .tags(allowed.split_whitespace().collect())
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "rel"])),
            ("img", HashSet::from(["src", "alt"])),
            ("td", HashSet::from(["colspan", "rowspan"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(None)
        .clean(html)
        .to_string()
        .replace("&nbsp;", "\u{a0}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_comes_out_is_safe_and_stays(html in markup()) {
        let safe = sanitize(&html, Some(BASE));
        prop_assert_eq!(&as_ammonia(&safe), &safe);
        prop_assert_eq!(&sanitize(&safe, None), &safe);
        prop_assert!(shelfwire::text::for_xml(&safe) == safe);
    }

    #[test]
    fn any_text_is_safe(text in "\\PC{0,60}|[ \\ta-c•o0-9.)*#<>&\\n\r\u{2028}\u{f0b7}-]{0,60}") {
        let safe = from_text(&text);
        prop_assert_eq!(&sanitize(&safe, None), &safe);
    }

    #[test]
    fn a_canonical_address_stays(url in "(https?://)?(www\\.)?[a-c.]{1,8}(\\.org)?(:8080)?[/a-c0-9?&=;#!%().,@-]{0,30}") {
        if let Some(canonical) = link::canonical(&url) {
            prop_assert_eq!(link::canonical(&canonical), Some(canonical.clone()));
            prop_assert_eq!(link::key(&canonical), link::key(&url));
        }
        let text = format!("({url}) {url}.");
        for link in link::links(&text) {
            prop_assert!(text.contains(link));
        }
    }
}

/// Each, repeated, once cost a parser time or space that grows with the square of its length.
#[test]
fn hostile_bodies_cost_little() {
    let hostile = [
        "<div>",
        "<b>",
        "<a href=x>",
        "<p><b><i><u>",
        "<table><tr><td>",
        "<ul><li>",
        "<div><table></div></table>",
        "<dl><dd>",
        "&nbsp;",
        "\u{a0}<i><b></i>",
        "<",
        "<!--",
        "<!----!>",
        "<a ",
        "<svg>",
        "</p>",
        "<p>&",
        "<b><p></b>",
        "www.a](",
        "a@b.c-",
        "www.a))))",
        "* ",
        "1. ",
        "&#",
        "<script>",
    ];
    for piece in hostile {
        let body = piece.repeat(60_000 / piece.len());
        let start = Instant::now();
        let (html, text) = (sanitize(&body, None), from_text(&body));
        let seconds = start.elapsed().as_secs_f32();
        assert!(seconds < 2.0, "{piece}: {seconds} s");
        assert!(html.len() + text.len() < 100 * body.len(), "{piece}");
    }
}

#[test]
fn a_body_of_megabytes_is_cut_between_tags() {
    let body = "<p>A posting of many words &amp; signs.</p>".repeat(120_000);
    let safe = sanitize(&body, None);
    assert!((900_000..1_200_000).contains(&safe.len()), "{}", safe.len());
    assert!(safe.ends_with("signs.</p>"));
}
