//! Scripted answers in; documents, or the reason why there are none, out.

mod file;
mod guard;
mod robots;
#[cfg(target_os = "linux")] // elsewhere the system's roots are not in a file
mod tls;

use std::io::Write;
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use shelfwire::config::{self, Site, Source};
use shelfwire::fetch::{Client, Document, Error, Fetched, Validators, fetch};

use crate::server::{Answer, Server};

const FEED: &str = "<rss version=\"2.0\"><channel><title>Library jobs</title></channel></rss>";

fn settings() -> config::Fetch {
    config::Fetch {
        timeout_seconds: 20,
        stall_timeout_seconds: 10,
        allow_hosts: vec!["127.0.0.1".into()],
        ..config::Fetch::default()
    }
}

fn client(settings: &config::Fetch) -> Client {
    let site = Site {
        base_url: "https://jobs.example.org/".into(),
        contact: Some("jobs@example.org".into()),
        ..Site::default()
    };
    Client::new(&site, settings).expect("a client")
}

thread_local! {
    /// Reading the system's roots takes longer than most tests; a test has a thread to itself.
    static CLIENT: Client = client(&settings());
}

async fn ask_by(client: &Client, url: &str, since: &Validators) -> Result<Fetched, Error> {
    let source = Source { url: Some(url.into()), ..Source::default() };
    fetch(client, &source, Path::new("nowhere"), since).await
}

async fn ask_again(url: &str, since: &Validators) -> Result<Fetched, Error> {
    ask_by(&CLIENT.with(Clone::clone), url, since).await
}

async fn ask(url: &str) -> Result<Fetched, Error> {
    ask_again(url, &Validators::default()).await
}

async fn failure(url: &str) -> String {
    ask(url).await.expect_err("no document").to_string()
}

fn documents(fetched: Fetched) -> (Vec<Document>, Validators) {
    match fetched {
        Fetched::Documents(documents, validators) => (documents, validators),
        Fetched::NotModified(_) => panic!("not modified"),
    }
}

fn document(fetched: Result<Fetched, Error>) -> Document {
    let (mut documents, _) = documents(fetched.expect("a document"));
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

fn not_modified(fetched: Result<Fetched, Error>) -> Validators {
    match fetched.expect("an answer") {
        Fetched::NotModified(validators) => validators,
        Fetched::Documents(..) => panic!("modified"),
    }
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).expect("memory takes everything");
    encoder.finish().expect("memory takes everything")
}

/// RFC 1950, which RFC 9110 section 8.4.1.2 calls "deflate".
fn deflate(text: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).expect("memory takes everything");
    encoder.finish().expect("memory takes everything")
}

/// One stored block (RFC 7932 section 9.2): a window of 16 bits, a length of four nibbles.
fn brotli(text: &[u8]) -> Vec<u8> {
    let head = ((text.len() as u32 - 1) << 4) | (1 << 20);
    [&head.to_le_bytes()[..3], text, &[3]].concat()
}

/// One raw block (RFC 8878 section 3.1.1).
fn zstd(text: &[u8]) -> Vec<u8> {
    let head = ((text.len() as u32) << 3) | 1;
    [&[0x28, 0xb5, 0x2f, 0xfd, 0, 0x58][..], &head.to_le_bytes()[..3], text].concat()
}

type Coder = fn(&[u8]) -> Vec<u8>;

const CODINGS: [(&str, Coder); 4] = [("gzip", gzip), ("deflate", deflate), ("br", brotli), ("zstd", zstd)];

#[tokio::test]
async fn a_document_comes_with_its_type_and_the_server_learns_who_asks() {
    let server = Server::start();
    // The charset is wrong for what follows; what to believe is for the parser to say.
    let body = [FEED.as_bytes(), "é".as_bytes()].concat();
    let answer = Answer::ok(body.clone()).header("Content-Type", "Text/XML; charset=ISO-8859-1");
    server.route("/feed", [answer]);
    let document = document(ask(&server.url("/feed")).await);
    assert_eq!(document.body, body);
    assert_eq!(document.content_type.as_deref(), Some("Text/XML; charset=ISO-8859-1"));
    assert_eq!((document.location, document.file_name), (server.url("/feed"), None));
    let requests = server.requests("/feed");
    assert_eq!((requests.len(), requests[0].method.as_str()), (1, "GET"));
    let agent = requests[0].header("User-Agent").expect("a user agent");
    assert!(agent.starts_with("Shelfwire/") && agent.ends_with(" (+jobs@example.org)"), "{agent}");
    assert!(requests[0].header("Accept").is_some_and(|types| types.contains("application/rss+xml")));
    assert_eq!(requests[0].header("If-None-Match").or(requests[0].header("If-Modified-Since")), None);
}

#[tokio::test]
async fn compressed_documents_are_unpacked() {
    let server = Server::start();
    for (coding, pack) in CODINGS {
        server.route("/feed", [Answer::ok(pack(FEED.as_bytes())).header("Content-Encoding", coding)]);
        assert_eq!(document(ask(&server.url("/feed")).await).body, FEED, "{coding}");
        let asked = server.requests("/feed");
        let offered = asked[asked.len() - 1].header("Accept-Encoding").expect("an offer");
        assert!(offered.split(',').any(|offer| offer.trim() == coding), "{coding} is not in {offered}");
    }
}

#[tokio::test]
async fn a_coding_that_nobody_asked_for_is_named() {
    let server = Server::start();
    server.route("/feed", [Answer::ok("x").header("Content-Encoding", "compress")]);
    let failure = failure(&server.url("/feed")).await;
    assert_eq!(failure, "the document is compressed as \"compress\", which nobody asked for");
    server.route("/feed", [Answer::ok(FEED).header("Content-Encoding", "identity")]);
    assert_eq!(document(ask(&server.url("/feed")).await).body, FEED);
}

#[tokio::test]
async fn validators_go_back_as_they_came() {
    // Latin-1 is not UTF-8, and both are allowed in an entity tag.
    let tags: [&[u8]; 4] = [b"\"a\"", b"W/\"a-gzip\"", b"unquoted", b"\"caf\xe9\""];
    for tag in tags {
        let server = Server::start();
        // Not a date that anybody would write, but this server's.
        let answer = Answer::ok(FEED).header("ETag", tag).header("Last-Modified", "Mon, 1 Jun 26 8:0:0 GMT");
        server.route("/feed", [answer.conditional()]);
        let (_, first) = documents(ask(&server.url("/feed")).await.expect("a document"));
        let second = not_modified(ask_again(&server.url("/feed"), &first).await);
        assert_eq!(second, first);
        let asked = &server.requests("/feed")[1];
        assert_eq!(asked.header("If-Modified-Since"), Some("Mon, 1 Jun 26 8:0:0 GMT"));
        let sent: String = tag.iter().map(|byte| char::from(*byte)).collect();
        assert_eq!(asked.header("If-None-Match"), Some(sent.as_str()));
    }
}

#[tokio::test]
async fn a_date_alone_is_a_validator() {
    let server = Server::start();
    let answer = Answer::ok(FEED).header("Last-Modified", "Mon, 01 Jun 2026 08:00:00 GMT").conditional();
    server.route("/feed", [answer]);
    let (_, first) = documents(ask(&server.url("/feed")).await.expect("a document"));
    let second = not_modified(ask_again(&server.url("/feed"), &first).await);
    assert_eq!(second, first);
    assert_eq!(server.requests("/feed")[1].header("If-None-Match"), None);
}

#[tokio::test]
async fn a_304_refreshes_what_it_repeats_and_leaves_the_rest() {
    let server = Server::start();
    let full = Answer::ok(FEED).header("ETag", "\"a\"").header("Last-Modified", "yesterday");
    let (tag, date) =
        (Answer::status(304).header("ETag", "\"b\""), Answer::status(304).header("Last-Modified", "today"));
    server.route("/feed", [full, tag, Answer::status(304), date]);
    let (_, first) = documents(ask(&server.url("/feed")).await.expect("a document"));
    let second = not_modified(ask_again(&server.url("/feed"), &first).await);
    assert_eq!(second, Validators { etag: Some("\"b\"".into()), ..first });
    let third = not_modified(ask_again(&server.url("/feed"), &second).await);
    assert_eq!(third, second);
    assert_eq!(server.requests("/feed")[2].header("If-None-Match"), Some("\"b\""));
    let fourth = not_modified(ask_again(&server.url("/feed"), &third).await);
    assert_eq!(fourth, Validators { last_modified: Some("today".into()), ..third });
}

#[tokio::test]
async fn a_304_to_a_plain_question_is_no_document() {
    let server = Server::start();
    server.route("/feed", [Answer::status(304)]);
    let failure = failure(&server.url("/feed")).await;
    assert_eq!(failure, "the server answered 304 (not modified, but nobody had asked whether)");
}

#[tokio::test]
async fn the_same_document_again_is_not_modified_though_the_server_does_not_say_so() {
    let server = Server::start();
    let typed = |charset| Answer::ok(FEED).header("Content-Type", format!("text/xml; charset={charset}"));
    let changed = Answer::ok(FEED.replace("Library", "Museum"));
    server
        .route("/feed", [typed("utf-8"), typed("utf-8").header("ETag", "\"new\""), typed("latin1"), changed]);
    let url = server.url("/feed");
    let (_, first) = documents(ask(&url).await.expect("a document"));
    let second = not_modified(ask_again(&url, &first).await);
    assert_eq!(second, Validators { etag: Some("\"new\"".into()), ..first });
    // The same bytes in another charset are other words.
    let (_, third) = documents(ask_again(&url, &second).await.expect("a document"));
    assert_ne!(third.body, second.body);
    let (_, fourth) = documents(ask_again(&url, &third).await.expect("a document"));
    assert_ne!(fourth.body, third.body);
}

#[tokio::test]
async fn an_empty_answer_is_an_empty_document() {
    let server = Server::start();
    server.route(
        "/feed",
        [Answer::ok(""), Answer::ok("").chunked(), Answer::ok(gzip(b"")).header("Content-Encoding", "gzip")],
    );
    for _ in 0..3 {
        assert_eq!(document(ask(&server.url("/feed")).await).body, "");
    }
}

#[tokio::test]
async fn a_server_that_falls_silent_is_given_up() {
    let server = Server::start();
    server.route("/before", [Answer::ok(FEED).silence()]);
    server.route("/within", [Answer::ok(FEED).stall(10)]);
    server.route("/packed", [Answer::ok(gzip(FEED.as_bytes())).header("Content-Encoding", "gzip").stall(30)]);
    let client = client(&config::Fetch { stall_timeout_seconds: 1, ..settings() });
    let begun = Instant::now();
    for path in ["/before", "/within", "/packed"] {
        let error = ask_by(&client, &server.url(path), &Validators::default()).await;
        assert_eq!(error.expect_err(path).to_string(), "the server sent nothing for 1 seconds", "{path}");
    }
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_slow_document_comes_if_it_comes_whole_in_time() {
    let server = Server::start();
    // Three seconds in all, and never more than a quarter of one without a byte.
    let slow = Answer::ok("x".repeat(120)).drip(10, Duration::from_millis(250));
    server.route("/feed", [slow]);
    let url = server.url("/feed");
    let patient = client(&config::Fetch { stall_timeout_seconds: 1, ..settings() });
    let hasty = client(&config::Fetch { timeout_seconds: 1, ..settings() });
    let nothing = Validators::default();
    let (patient, hasty) = tokio::join!(ask_by(&patient, &url, &nothing), ask_by(&hasty, &url, &nothing));
    assert_eq!(document(patient).body.len(), 120);
    let hasty = hasty.expect_err("no document").to_string();
    assert_eq!(hasty, "the document did not come whole within 1 seconds");
}

#[tokio::test]
async fn a_document_may_be_as_large_as_allowed_and_no_larger() {
    let server = Server::start();
    let client = client(&config::Fetch { max_bytes: 65_536, ..settings() });
    let bomb = gzip(&vec![b' '; 4 << 20]);
    assert!(bomb.len() < 16_384, "{} bytes are no bomb", bomb.len());
    let half = bomb.len() / 2;
    let bomb = Answer::ok(bomb).header("Content-Encoding", "gzip");
    let cases = [
        ("just", Answer::ok("x".repeat(65_536)), true),
        ("length", Answer::ok("x".repeat(65_537)), false),
        ("chunked", Answer::ok("x".repeat(65_537)).chunked(), false),
        ("endless", Answer::ok("x".repeat(70_000)).chunked().stall(69_000), false),
        ("bomb", bomb.clone(), false),
        // What is too large already is not waited for.
        ("half a bomb", bomb.stall(half), false),
    ];
    for (name, answer, fits) in cases {
        server.route("/feed", [answer]);
        match ask_by(&client, &server.url("/feed"), &Validators::default()).await {
            Ok(_) => assert!(fits, "{name}"),
            Err(error) => {
                assert!(!fits, "{name}: {error}");
                assert_eq!(error.to_string(), "the document is larger than 65536 bytes", "{name}");
            }
        }
    }
}

#[tokio::test]
async fn a_document_that_breaks_off_is_no_document() {
    let server = Server::start();
    let mut cases = vec![
        ("length", Answer::ok(FEED).cut(40)),
        ("length, nothing came", Answer::ok(FEED).cut(0)),
        ("chunked", Answer::ok(FEED).chunked().cut(40)),
        ("chunked, only the end is missing", Answer::ok(FEED).chunked().cut(FEED.len())),
    ];
    for (coding, pack) in CODINGS {
        let mut body = pack(FEED.as_bytes());
        body.truncate(body.len() / 2);
        // HTTP is content with these; only who unpacks them can tell.
        cases.push((coding, Answer::ok(body).header("Content-Encoding", coding)));
        cases.push((coding, Answer::ok(FEED).header("Content-Encoding", coding)));
    }
    for (name, answer) in cases {
        server.route("/feed", [answer]);
        let failure = failure(&server.url("/feed")).await;
        assert!(failure.starts_with("the document broke off or came damaged: "), "{name}: {failure}");
    }
}

#[tokio::test]
async fn no_connection_and_no_answer_are_told_apart() {
    let server = Server::start();
    server.route("/feed", [Answer::ok(FEED).hangup()]);
    let hangup = failure(&server.url("/feed")).await;
    assert!(hangup.starts_with("no answer: "), "{hangup}");
    assert!(!hangup.contains("127.0.0.1"), "{hangup}");
    let closed = server.url("/feed");
    drop(server);
    let refused = failure(&closed).await;
    assert!(refused.starts_with("no connection: ") && refused.contains("refused"), "{refused}");
    // Nobody takes what is sent here, so TLS waits.
    let deaf = TcpListener::bind(("127.0.0.1", 0)).expect("a port on the loopback");
    let url = format!("https://{}/", deaf.local_addr().expect("the port"));
    let client = client(&config::Fetch { connect_timeout_seconds: 1, ..settings() });
    let error = ask_by(&client, &url, &Validators::default()).await.expect_err("no document");
    assert_eq!(error.to_string(), "no connection: none within 1 seconds");
}

#[tokio::test]
async fn redirects_are_followed_up_to_a_number() {
    let server = Server::start();
    for hop in 0..6 {
        server.route(&format!("/{hop}"), [Answer::redirect(301 + hop % 2, &format!("/{}", hop + 1))]);
    }
    server.route("/6", [Answer::ok(FEED)]);
    let arrived = document(ask(&server.url("/1")).await);
    assert_eq!((arrived.location, arrived.body.as_ref()), (server.url("/6"), FEED.as_bytes()));
    assert_eq!(server.requests("/6")[0].header("Referer"), None);
    let failure = failure(&server.url("/0")).await;
    assert_eq!(failure, "a redirect is not followed: there are more than 5 in a row");
    assert_eq!(server.requests("/6").len(), 1);
}

#[tokio::test]
async fn redirects_that_lead_nowhere_are_not_followed() {
    let server = Server::start();
    server.route("/loop", [Answer::redirect(302, "/pool")]).route("/pool", [Answer::redirect(302, "/loop")]);
    let failed = failure(&server.url("/loop")).await;
    assert_eq!(failed, "a redirect is not followed: there are more than 5 in a row");
    for (to, scheme) in [("ftp://example.org/feed", "ftp"), ("data:,x", "data")] {
        server.route("/feed", [Answer::redirect(301, to)]);
        let failed = failure(&server.url("/feed")).await;
        let expected = format!("a redirect is not followed: it leads to {scheme:?}, not to http or https");
        assert_eq!(failed, expected);
    }
    for to in ["file:///etc/passwd", "http://", "http://exa mple.org/"] {
        server.route("/feed", [Answer::redirect(301, to)]);
        let failed = failure(&server.url("/feed")).await;
        assert_eq!(failed, "the server answered 301 (a redirect that leads nowhere)", "{to}");
    }
    server.route("/feed", [Answer::status(302)]);
    let failed = failure(&server.url("/feed")).await;
    assert_eq!(failed, "the server answered 302 (a redirect that leads nowhere)");
}

#[tokio::test]
async fn a_password_is_sent_and_not_passed_on() {
    let server = Server::start();
    server.route("/feed", [Answer::ok(FEED)]);
    let url = format!("http://reader:secret@{}/feed", server.address());
    assert_eq!(document(ask(&url).await).location, server.url("/feed"));
    server.route("/moved", [Answer::redirect(301, &url)]);
    assert_eq!(document(ask(&server.url("/moved")).await).location, server.url("/feed"));
    assert_eq!(server.requests("/feed")[0].header("Authorization"), Some("Basic cmVhZGVyOnNlY3JldA=="));
}

#[tokio::test]
async fn statuses_are_explained() {
    let server = Server::start();
    for (status, words) in [
        (204, "no whole document"),
        (206, "no whole document"),
        (403, "not allowed"),
        (404, "not found"),
        (410, "gone for good"),
        (429, "asked too often"),
        (500, "trouble at the server"),
        (503, "overloaded"),
    ] {
        server.route("/feed", [Answer::status(status)]);
        let failure = failure(&server.url("/feed")).await;
        assert!(failure.starts_with(&format!("the server answered {status} ({words}")), "{failure}");
    }
    assert_eq!(failure(&server.url("/elsewhere")).await.split(" (").next(), Some("the server answered 404"));
}

#[tokio::test]
async fn an_address_that_is_none_is_an_error() {
    for url in ["", "jobs.example.org/feed", "ftp://example.org/feed", "http://"] {
        let failure = failure(url).await;
        assert!(failure.starts_with("the address cannot be asked: "), "{url:?}: {failure}");
    }
    let nowhere =
        fetch(&CLIENT.with(Clone::clone), &Source::default(), Path::new("."), &Validators::default()).await;
    assert_eq!(nowhere.expect_err("no source").to_string(), "the source has neither `url` nor `path`");
}
