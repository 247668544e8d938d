//! Sitemaps in, what they list out.

use std::io::Write;

use chrono::SecondsFormat;
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use shelfwire::parse::sitemap::{Listed, Sitemap, read};
use shelfwire::posting::Moment;

use crate::cases;

const BASE: &str = "https://board.example.org/maps/jobs.xml";

fn show(sitemap: Option<Sitemap>) -> String {
    let Some(sitemap) = sitemap else { return "no sitemap".into() };
    let listed = sitemap.listed.iter().map(|Listed { location, modified }| match modified {
        Some(Moment::On(day)) => format!("{location} {day}"),
        Some(Moment::At(at)) => format!("{location} {}", at.to_rfc3339_opts(SecondsFormat::Secs, true)),
        None => location.clone(),
    });
    let listed: Vec<_> = listed.collect();
    let listed = if listed.is_empty() { "nothing".into() } else { listed.join(", ") };
    let broken = if sitemap.complete { "" } else { "broken " };
    format!("{broken}{}: {listed}", if sitemap.is_index { "index" } else { "pages" })
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).expect("memory takes everything");
    encoder.finish().expect("memory takes everything")
}

fn map(count: usize) -> String {
    let urls = (1..=count).map(|n| format!("<url><loc>https://board.example.org/{n}</loc></url>"));
    format!("<urlset>{}</urlset>", urls.collect::<String>())
}

#[test]
fn sitemaps_of_xml() {
    cases::table("sitemap/xml.tsv", |text| show(read(text.as_bytes(), None, BASE)));
}

#[test]
fn sitemaps_of_text() {
    cases::table("sitemap/text.tsv", |text| show(read(text.as_bytes(), None, BASE)));
}

#[test]
fn packed_ones_are_read_by_what_they_are_not_by_their_name() {
    let packed = gzip(map(2).as_bytes());
    assert_eq!(read(&packed, Some("text/xml"), BASE), read(map(2).as_bytes(), None, BASE));
    let text = gzip(b"https://board.example.org/1\nhttps://board.example.org/2\n");
    assert_eq!(read(&text, None, BASE), read(&packed, None, BASE));
}

#[test]
fn what_breaks_off_while_it_is_unpacked_is_read_up_to_there() {
    let packed = gzip(map(3000).as_bytes());
    let read_of = |bytes: &[u8]| read(bytes, None, BASE).expect("a sitemap");
    let half = read_of(&packed[..packed.len() / 2]);
    assert!(!half.complete && (1..3000).contains(&half.listed.len()), "{}", half.listed.len());
    assert_eq!(half.listed[..], read_of(map(3000).as_bytes()).listed[..half.listed.len()]);
    let damaged = [&packed[..packed.len() - 8], &[0; 8]].concat();
    assert!(!read_of(&damaged).complete, "its sum is wrong");
    let lines: String = (0..3000).map(|n| format!("https://board.example.org/{n}\n")).collect();
    let packed = gzip(lines.as_bytes());
    let half = read_of(&packed[..packed.len() / 2]);
    assert!(half.listed.iter().all(|listed| lines.contains(&format!("{}\n", listed.location))));
}

#[test]
fn more_than_may_be_is_left_out() {
    let exact = read(map(50_000).as_bytes(), None, BASE).expect("a sitemap");
    assert!(exact.complete && exact.listed.len() == 50_000);
    let more = read(map(50_001).as_bytes(), None, BASE).expect("a sitemap");
    assert_eq!((more.complete, &more.listed), (false, &exact.listed));
    let lines: String = (0..50_001).map(|n| format!("https://board.example.org/{n}\n")).collect();
    let more = read(lines.as_bytes(), None, BASE).expect("a sitemap");
    assert!(!more.complete && more.listed.len() == 50_000);
}

#[test]
fn a_little_that_unpacks_to_very_much_is_not_unpacked() {
    let bomb = gzip(format!("<urlset>{}", " ".repeat(60 * 1024 * 1024)).as_bytes());
    let sitemap = read(&bomb, None, BASE).expect("a sitemap");
    assert!(!sitemap.complete && sitemap.listed.is_empty());
}

#[test]
fn other_charsets_are_read() {
    let wide: Vec<u8> = map(2).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide = [&[0xff, 0xfe][..], &wide].concat();
    assert_eq!(read(&wide, None, BASE), read(map(2).as_bytes(), None, BASE));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_too_torn(
        text in "(<(/?(urlset|url|loc|lastmod|sitemapindex|a:loc)/?|!--|!\\[CDATA\\[|\\?)>?|https://a\\.example/|&amp;|\\PC){0,30}",
        packed in any::<bool>(), cut in 0..200usize,
    ) {
        let mut bytes = if packed { gzip(text.as_bytes()) } else { text.into_bytes() };
        bytes.truncate(cut);
        let listed = read(&bytes, None, BASE).map_or(0, |sitemap| sitemap.listed.len());
        prop_assert!(listed <= 30);
    }
}
