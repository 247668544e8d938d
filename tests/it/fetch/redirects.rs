//! Redirects in, where they are followed to out.

use super::{FEED, ask, document, failure};
use crate::server::{Answer, Server};

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
