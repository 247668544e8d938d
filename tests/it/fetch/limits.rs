//! Answers that come late, too long, torn or not at all in, the reason why there is no document out.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use shelfwire::config;
use shelfwire::fetch::Validators;

use super::coding::{CODINGS, gzip};
use super::{FEED, ask_by, client, document, failure, settings};
use crate::server::{Answer, Server};

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
