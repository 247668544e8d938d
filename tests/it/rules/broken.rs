//! Documents that break one rule each.

use std::collections::BTreeSet;

use super::{OPML, Rule, atom, faults, rss};

const GOOD_RSS: &str = r##"<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title><link>https://example.org/</link><description>D</description><language>en-US</language><lastBuildDate>Thu, 1 Jan 2026 00:00:00 +0000</lastBuildDate><ttl>60</ttl><atom:link href="https://example.org/all.rss" rel="self" type="application/rss+xml"/><item><title>A &amp; B</title><link>https://example.org/a</link><description>d</description><author>a@example.org</author><category domain="https://example.org/#tags">c</category><guid isPermaLink="false">tag:example.org,2024:1</guid><pubDate>Thu, 1 Jan 2026 00:00:00 +0000</pubDate><source url="https://example.com/feed">S</source><content:encoded><![CDATA[<p>x</p>]]></content:encoded></item><item><title>Z</title><guid>https://example.org/z</guid></item></channel></rss>
"##;

const GOOD_ATOM: &str = r##"<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>T</title><id>tag:example.org,2024:feed</id><updated>2026-01-01T00:00:00Z</updated><author><name>N</name><uri>https://example.org/</uri></author><link href="https://example.org/all.atom" rel="self" type="application/atom+xml"/><link href="https://example.org/" rel="alternate" type="text/html"/><entry><title>E</title><id>tag:example.org,2024:1</id><updated>2026-01-01T00:00:00Z</updated><published>2025-01-01T00:00:00+00:00</published><category term="c" scheme="https://example.org/#tags"/><link href="https://example.org/a" rel="alternate"/><content type="html">&lt;p&gt;x</content></entry><entry><title>F</title><id>tag:example.org,2024:2</id><updated>2026-01-01T00:00:00Z</updated><link href="https://example.org/f"/></entry></feed>
"##;

const GOOD_OPML: &str = r#"<opml version="2.0"><head><title>T</title></head><body><outline text="A"><outline text="B" type="rss" xmlUrl="https://example.org/b.rss"/></outline></body></opml>"#;

const GOOD_JSON: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "1", "content_html": "x", "date_published": "2026-01-01T00:00:00Z", "_a": {"about": "https://example.org/"}}, {"id": "2", "content_text": "y"}]}"#;

/// Extension, rule, what to replace in the good document, and by what.
pub const BROKEN: &[(&str, &str, &str, &str)] = &[
    ("rss", "well-formed", "A &amp; B", "A & B"),
    ("rss", "well-formed", "A &amp; B", "A &nbsp; B"),
    ("rss", "well-formed", "A &amp; B", "A \u{1} B"),
    ("rss", "well-formed", "A &amp; B", "A &#1; B"),
    ("rss", "well-formed", "</channel>", ""),
    ("rss", "well-formed", "<![CDATA[<p>x</p>]]>", "<![CDATA[<p>x]]></p>]]>"),
    ("rss", "well-formed", "xmlns:content=", "xmlns:other="),
    ("rss", "root_is_rss_2", "version=\"2.0\"", "version=\"0.91\""),
    ("rss", "channel_elements_once", "<description>D</description>", ""),
    ("rss", "channel_elements_once", "<ttl>60</ttl>", "<ttl>60</ttl><ttl>60</ttl>"),
    ("rss", "item_has_title_or_description", "<title>Z</title>", "<title> </title>"),
    ("rss", "item_elements_once", "<title>Z</title>", "<title>Z</title><title>Z</title>"),
    ("rss", "no_unknown_elements", "<title>Z</title>", "<title>Z</title><salary>1</salary>"),
    ("rss", "no_unknown_elements", "<ttl>60</ttl>", "<updated>1</updated>"),
    ("rss", "plain_elements_hold_text", "<title>Z</title>", "<title>Z<b>!</b></title>"),
    ("rss", "links_are_addresses", "<link>https://example.org/a</link>", "<link>/a</link>"),
    (
        "rss",
        "links_are_addresses",
        "<link>https://example.org/a</link>",
        "<link>https://example.org/a|b</link>",
    ),
    ("rss", "dates_are_rfc_822", "<pubDate>Thu, 1 Jan 2026", "<pubDate>Thu, 1 Jan 26"),
    (
        "rss",
        "dates_are_rfc_822",
        "<lastBuildDate>Thu, 1 Jan 2026 00:00:00 +0000",
        "<lastBuildDate>2026-01-01T00:00:00Z",
    ),
    ("rss", "guid_names_one_item", "<guid>https://example.org/z", "<guid>z"),
    (
        "rss",
        "guid_names_one_item",
        "<guid>https://example.org/z",
        "<guid isPermaLink=\"false\">tag:example.org,2024:1",
    ),
    ("rss", "category_has_text", ">c</category>", "></category>"),
    ("rss", "source_has_url", "url=\"https://example.com/feed\"", ""),
    ("rss", "author_is_mail", "a@example.org", "A. Librarian"),
    ("rss", "ttl_is_minutes", "<ttl>60", "<ttl>1h"),
    ("rss", "language_is_a_tag", "en-US", "English (US)"),
    ("rss", "channel_has_self_link", "rel=\"self\"", "rel=\"alternate\""),
    (
        "rss",
        "content_after_description",
        "<title>Z</title>",
        "<content:encoded>z</content:encoded><description>Z</description>",
    ),
    ("atom", "well-formed", "</feed>", "</feed><feed/>"),
    (
        "atom",
        "root_is_feed",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"",
        "<feed xmlns=\"http://purl.org/atom/ns#\"",
    ),
    ("atom", "feed_elements_once", "<id>tag:example.org,2024:feed</id>", ""),
    ("atom", "feed_elements_once", "<title>T</title>", "<title>T</title><title>T</title>"),
    ("atom", "feed_has_self_link", "rel=\"self\"", "rel=\"related\""),
    ("atom", "someone_is_author", "<author><name>N</name><uri>https://example.org/</uri></author>", ""),
    ("atom", "entry_elements_once", "<title>F</title>", ""),
    (
        "atom",
        "entry_elements_once",
        "<title>F</title>",
        "<title>F</title><summary>a</summary><summary>b</summary>",
    ),
    ("atom", "entry_has_content_or_link", "<link href=\"https://example.org/f\"/>", ""),
    (
        "atom",
        "alternates_differ",
        "<title>F</title>",
        "<title>F</title><link href=\"https://example.org/g\"/>",
    ),
    ("atom", "entries_differ", "tag:example.org,2024:2", "tag:example.org,2024:1"),
    ("atom", "no_unknown_elements", "<title>F</title>", "<title>F</title><salary/>"),
    ("atom", "text_has_its_type", "type=\"html\"", "type=\"markdown\""),
    ("atom", "text_has_its_type", "&lt;p&gt;x", "<p>x</p>"),
    ("atom", "person_has_name", "<name>N</name>", "<name/>"),
    ("atom", "dates_are_rfc_3339", "2025-01-01T00:00:00+00:00", "2025-01-01"),
    ("atom", "category_has_term", "term=\"c\"", "label=\"c\""),
    ("atom", "ids_are_iris", "tag:example.org,2024:2", "2"),
    ("atom", "links_lead_somewhere", "<link href=\"https://example.org/f\"", "<link href=\"javascript:f()\""),
    (
        "atom",
        "links_lead_somewhere",
        "<link href=\"https://example.org/f\"",
        "<link rel=\"other\" href=\"https://example.org/g\"/><link href=\"https://example.org/f\"",
    ),
    ("atom", "language_is_a_tag", "xml:lang=\"en\"", "xml:lang=\"in English\""),
    ("opml", "opml_has_head_and_body", "<head><title>T</title></head>", ""),
    ("opml", "outline_has_text", "text=\"B\"", "title=\"B\""),
    ("opml", "rss_outline_has_xml_url", "xmlUrl=", "url="),
    ("json", "JSON", "}]}", "}]"),
    ("json", "json-feed-1.1", "version/1.1", "version/2"),
    ("json", "json-feed-1.1", "\"title\": \"T\",", ""),
    ("json", "json-feed-1.1", "\"id\": \"1\",", ""),
    ("json", "json-feed-1.1", "\"id\": \"2\"", "\"id\": \"1\""),
    ("json", "json-feed-1.1", "\"id\": \"2\"", "\"id\": \"2\", \"tags\": \"x\""),
    ("json", "json-feed-1.1", "\"id\": \"2\"", "\"id\": \"2\", \"salary\": 1"),
    ("json", "json-feed-1.1", "\"content_text\": \"y\"", "\"title\": \"y\""),
    ("json", "json-feed-1.1", "2026-01-01T00:00:00Z", "yesterday"),
    ("json", "json-feed-1.1", "\"id\": \"2\"", "\"id\": \"2\", \"url\": \"not an address\""),
    ("json", "json-feed-1.1", "\"id\": \"2\"", "\"id\": \"2\", \"authors\": [{}]"),
];

fn good(extension: &str) -> &'static str {
    match extension {
        "rss" => GOOD_RSS,
        "atom" => GOOD_ATOM,
        "opml" => GOOD_OPML,
        _ => GOOD_JSON,
    }
}

#[test]
fn good_documents_have_no_faults() {
    for extension in ["rss", "atom", "opml", "json"] {
        assert_eq!(faults(&format!("x.{extension}"), good(extension).as_bytes()), Vec::<String>::new());
    }
}

#[test]
fn broken_documents_are_found_out() {
    for (extension, rule, from, to) in BROKEN {
        let document = good(extension).replacen(from, to, 1);
        assert_ne!(document, good(extension), "{rule}: {from} is not in the document");
        let found = faults(&format!("x.{extension}"), document.as_bytes());
        assert!(found.iter().any(|fault| fault.starts_with(rule)), "{rule}: {to}: {found:?}");
        // A rule on the root says nothing that others then do not say again.
        let others = found.iter().filter(|fault| !fault.starts_with(rule)).count();
        assert!(others == 0 || *rule == "root_is_feed", "{rule}: {to}: {found:?}");
    }
}

#[test]
fn every_rule_can_fail() {
    let all = [rss::RULES, atom::RULES, OPML].into_iter().flatten().map(|rule: &Rule| rule.name);
    let tried: BTreeSet<_> = BROKEN.iter().map(|(_, rule, ..)| *rule).collect();
    let untried: Vec<_> = all.filter(|name| !tried.contains(name)).collect();
    assert!(untried.is_empty(), "no document breaks {untried:?}");
}
