//! What a server gave to ask again with in, "not modified" or a document out.

use shelfwire::fetch::Validators;

use super::{FEED, ask, ask_again, documents, failure, not_modified};
use crate::server::{Answer, Server};

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
