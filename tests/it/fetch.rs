//! Scripted answers in; documents, or the reason why there are none, out.

mod coding;
mod file;
mod guard;
mod limits;
mod redirects;
mod robots;
#[cfg(target_os = "linux")] // elsewhere the system's roots are not in a file
mod tls;
mod validators;

use std::path::Path;

use shelfwire::config::{self, Site, Source};
use shelfwire::fetch::{Client, Document, Error, Fetched, Validators, fetch};

use crate::server::{Answer, Server};
use coding::gzip;

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
