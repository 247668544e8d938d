//! Documents of every dialect in, entries out; and documents that nobody would write.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use shelfwire::config::Source;
use shelfwire::fetch::Document;
use shelfwire::parse::{Body, Entry, Error, Parsed, SkipReason, parse};

use super::cases;

/// A case's document: `input.rss` came from the web, `input-2016-04-04-x.md` is a file of that name.
fn document(path: &Path) -> Document {
    let name = path.file_name().expect("a file").to_string_lossy().into_owned();
    let body = fs::read(path).expect("a readable file").into();
    let (location, file_name) = match name.strip_prefix("input-") {
        Some(name) => (format!("posts/{name}"), Some(name.to_owned())),
        None => (format!("https://feeds.example.net/jobs/{name}"), None),
    };
    Document { location, file_name, content_type: None, body }
}

fn source(dir: &Path) -> Source {
    let text = fs::read_to_string(dir.join("source.toml")).unwrap_or_else(|_| "name = \"case\"".into());
    toml::from_str(&text).expect("a source's settings")
}

fn show(result: Result<Parsed, Error>) -> String {
    let mut text = match result {
        Ok(parsed) => serde_json::to_string_pretty(&parsed),
        Err(error) => serde_json::to_string_pretty(&serde_json::json!({ "error": error.to_string() })),
    }
    .expect("entries can be written");
    text.push('\n');
    text
}

#[test]
fn documents() {
    cases::folders("parse", "expected.json", |dir| show(parse(&source(dir), &document(&cases::input(dir)))));
}

/// The HTML of a post's text.
#[test]
fn markdown() {
    cases::table("parse/markdown.tsv", |text| {
        let post = web(format!("---\ntitle: x\n---\n{text}"));
        let parsed = parse(&Source::default(), &post).expect("a post");
        match &parsed.entries[0].body {
            Body::Html(html) => html.clone(),
            Body::Text(text) => panic!("{text:?} is no HTML"),
        }
    });
}

/// The titles of the items of a broken channel, its texts, and what was mended.
#[test]
fn mends() {
    cases::table("parse/mends.tsv", |items| {
        let feed = format!("<rss version=\"2.0\"><channel><title>Board</title>{items}");
        let parsed = match parse(&Source::default(), &web(feed)) {
            Ok(parsed) => parsed,
            Err(error) => return error.to_string(),
        };
        let entry = |entry: &Entry| match &entry.body {
            Body::Html(body) | Body::Text(body) => format!("{} [{body}]", entry.title),
        };
        let entries: Vec<_> = parsed.entries.iter().map(entry).collect();
        format!("{} ({})", entries.join(" | "), parsed.repairs.join(", "))
    });
}

fn web(body: impl Into<Vec<u8>>) -> Document {
    Document {
        location: "https://feeds.example.net/jobs".into(),
        file_name: None,
        content_type: None,
        body: body.into().into(),
    }
}

/// A document that does not state its zone is read in that of its source.
#[test]
fn dates_without_a_zone_are_in_the_sources() {
    let feed = "<rss><channel><item><title>x</title><guid>1</guid><pubDate>2026-07-01 12:00:00</pubDate></item>\
                </channel></rss>";
    let mut source = Source::default();
    source.defaults.time_zone = Some("America/New_York".into());
    let parsed = parse(&source, &web(feed)).expect("a feed");
    let at = parsed.entries[0].published.expect("a date").instant();
    assert_eq!(at.to_rfc3339(), "2026-07-01T16:00:00+00:00");
}

/// A career site's list names its pages by their paths within the site.
#[test]
fn pages_of_a_career_site_are_those_that_readers_see() {
    let row = r#"{"title":"Page","externalPath":"/job/Albany-NY/Page_R1"}"#;
    let mut document = web(format!("{{\"total\":1,\"jobPostings\":[{row}]}}"));
    document.location = "https://ashford.example.org/wday/cxs/ashford/Careers/jobs".into();
    let parsed = parse(&Source::default(), &document).expect("a list of jobs");
    let url = parsed.entries[0].url.as_deref();
    assert_eq!(url, Some("https://ashford.example.org/Careers/job/Albany-NY/Page_R1"));
}

/// What takes a careless reader time that grows with the square of the length.
#[test]
fn long_and_deep_documents_take_linear_time() {
    let item = "<item><title>x</title><guid>1</guid></item>";
    let feed = |inside: String| format!("<rss><channel>{inside}{item}</channel></rss>");
    let many = 10_000;
    let documents = [
        feed("<a>".repeat(many)),
        feed("<item><title>".repeat(many)),
        feed("<description><p>".repeat(many)),
        feed("<![CDATA[".repeat(many)),
        feed("<!--".repeat(many)),
        feed("&".repeat(many)),
        feed("<a b=\"".repeat(many)),
        format!("<rss {}>", "a='' ".repeat(many)),
        format!("{}<rss>", "<!doctype x [".repeat(many)),
        format!("<jobs>{}", "<job><description>".repeat(many)),
        format!("<jobs>{}", "<job id='1'><title>x".repeat(many)),
        format!("<jobs><job id='1'><title>x</title><description>{}", "<![CDATA[<p>".repeat(many)),
        format!("<jobs><job id='1'><title>x</title>{}", "<location><city>x".repeat(many)),
        format!("Subject: job\nFrom: x\n\n{}", "http".repeat(many)),
        format!("Subject: job\nFrom: x\n\n{}", "________\n".repeat(many)),
        format!("Subject: {}\nFrom: x\n\nx", "[a] job: ".repeat(many)),
        "From a Mon Jan  3 09:56:21 2011\nSubject: job\nFrom: x\n\n".repeat(many / 10),
        "[".repeat(many),
        format!("{{\"items\":{}", "[".repeat(many)),
        format!("{{\"jobs\":[{}", "{\"a\":".repeat(many)),
        format!("{{\"data\":[{}]}}", "{\"attributes\":{}},".repeat(many)),
        format!("---\na: {}\n---\n{}", "[".repeat(many), "[a](".repeat(many)),
        format!("---\na: x\n---\n{}", "> ".repeat(many)),
        format!("---\na: x\n---\n{}", "* ".repeat(many)),
        format!("---\na: x\n---\n{}", "1. ".repeat(many)),
        format!("---\na: x\n---\n{}", "`".repeat(many)),
        format!("---\na: x\n---\n{}", "[https://a](".repeat(many)),
        format!("---\na: x\n---\n{}", "www.a))))".repeat(many)),
        format!("---\na: x\n---\n{}", "a@b.c-".repeat(many)),
        format!("---\na: x\n---\n{}", "<a b>".repeat(many)),
        format!("---\na: x\n---\n{}", "a\n".repeat(many)),
    ];
    let begun = std::time::Instant::now();
    for document in documents {
        let _ = parse(&Source::default(), &web(document));
    }
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

/// The same of JSON that is read by paths.
#[test]
fn long_values_of_json_take_linear_time() {
    let names: Vec<_> = (0..50_000).map(|n| format!("\"n{n}\"")).collect();
    let cell = names.join(",").replace('"', "");
    let entry = format!("{{\"id\":1,\"title\":\"x\",\"list\":[{}],\"cell\":\"{cell}\"}}", names.join(","));
    let fields =
        r#"fields = { id = "id", title = "title", place = "list[]", categories = ["none", "cell"] }"#;
    let source: Source = toml::from_str(&format!("name = \"case\"\n{fields}")).expect("a source's settings");
    let begun = std::time::Instant::now();
    let parsed = parse(&source, &web(format!("[{entry},{entry}]"))).expect("a list");
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
    assert_eq!(parsed.entries[0].categories.len(), 100);
}

#[test]
fn an_element_has_a_bounded_number_of_attributes() {
    let attributes: String = (0..1000).map(|n| format!(" a{n}=''")).collect();
    let feed = format!("<rss><channel><item{attributes}><title>x</title></item></channel></rss>");
    assert!(matches!(parse(&Source::default(), &web(feed)), Err(Error::NotAFeed(_))));
}

#[test]
fn skipped_entries_have_their_reasons() {
    let dir = cases::root().join("parse/rss-2.0");
    let parsed = parse(&source(&dir), &document(&cases::input(&dir))).expect("a feed");
    let reasons: Vec<_> = parsed.skipped.iter().map(|skipped| skipped.reason).collect();
    assert_eq!(reasons, [SkipReason::NoTitle, SkipReason::NoIdentity]);
}

/// Every document of the cases.
fn corpus() -> Vec<Vec<u8>> {
    let stage = fs::read_dir(cases::root().join("parse")).expect("the cases");
    let dirs = stage.map(|entry| entry.expect("a folder entry").path()).filter(|path| path.is_dir());
    let mut all: Vec<_> = dirs.map(|dir| fs::read(cases::input(&dir)).expect("a readable file")).collect();
    all.sort();
    all
}

/// What is put into a document to break it.
const SPLINTERS: [&[u8]; 14] = [
    b"<",
    b"&",
    b"\"",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"<?xml version='1.0' encoding='utf-16'?>",
    b"</item>",
    b"<item>",
    b"\xff",
    b"\0",
    b"xmlns='x'",
    b"\xe2\x80",
    b"---\n",
];

fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let corpus = corpus();
    let change = (any::<prop::sample::Index>(), 0..4usize, 0..SPLINTERS.len(), any::<u8>());
    (prop::sample::select(corpus), prop::collection::vec(change, 1..6)).prop_map(|(mut bytes, changes)| {
        for (place, kind, splinter, byte) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = place.index(bytes.len());
            match kind {
                0 => bytes.truncate(at),
                1 => bytes[at] ^= byte,
                2 => drop(bytes.splice(at..at, SPLINTERS[splinter].iter().copied())),
                _ => drop(bytes.drain(at..(at + usize::from(byte)).min(bytes.len()))),
            }
        }
        bytes
    })
}

/// JSON of any shape, with the names that job systems use.
fn json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::{Value, json};
    const NAMES: [&str; 16] = [
        "jobs",
        "data",
        "content",
        "id",
        "title",
        "absolute_url",
        "jobUrl",
        "hostedUrl",
        "externalPath",
        "attributes",
        "refNumber",
        "location",
        "name",
        "relationships",
        "included",
        "jobPostings",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        "[ -~é–]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        let member = (prop::sample::select(&NAMES[..]), inner.clone());
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Value::from),
            prop::collection::vec(member, 0..6).prop_map(|all| {
                all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Value>()
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), format in 0..8usize) {
        use shelfwire::config::Format::{Auto, Csv, Feed, Jekyll, Jobs, Json, Mail, Page};
        let source = Source { format: [Auto, Feed, Jekyll, Csv, Jobs, Json, Mail, Page][format], ..Source::default() };
        let _ = parse(&source, &web(bytes));
    }

    #[test]
    fn json_of_wrong_types_is_read_without_panic(document in json()) {
        let fields = r#"fields = { title = ["title", "[].name"], place = "location[].name", url = "/{id}/{name[0]}" }"#;
        let source = toml::from_str(&format!("name = \"case\"\n{fields}")).expect("a source's settings");
        let _ = parse(&Source::default(), &web(document.to_string()));
        let _ = parse(&source, &web(document.to_string()));
    }

    #[test]
    fn mutated_documents_are_read_without_panic(bytes in mutated()) {
        let result = parse(&Source::default(), &web(bytes));
        prop_assert!(!matches!(result, Err(Error::Panicked(_))), "{result:?}");
    }
}
