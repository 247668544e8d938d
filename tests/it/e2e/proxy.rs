//! A proxy in the environment: what goes through it is still judged, as far as it can be.

use crate::server::{Answer, Server};
use crate::site::{Done, Site, rss, source};

/// Runs one source through a proxy that is named by this address, with these hosts allowed.
fn run(proxy: &str, url: &str, allowed: &str) -> Done {
    let site = Site::new(&source("board", url));
    let settings = std::fs::read_to_string(site.path("feeds.toml")).expect("settings");
    site.write("feeds.toml", &settings.replace("[\"127.0.0.1\"]", allowed));
    // Whoever runs the tests may have a proxy and exceptions of their own.
    let none = ["NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy"];
    let mut environment: Vec<_> = none.into_iter().map(|name| (name, "")).collect();
    environment.extend([("HTTP_PROXY", proxy), ("http_proxy", proxy)]);
    site.run_with(&environment, &["run", "--json"])
}

#[test]
fn a_proxy_is_asked_for_the_whole_address() {
    let proxy = Server::start();
    proxy.route("http://board.example.org/feed", [Answer::ok(rss(&["Map Librarian"]))]);
    // The name is none that this machine could resolve.
    let done = run(&proxy.url(""), "http://board.example.org/feed", "[]");
    assert_eq!(done.source("board")["entries"], 1, "{done:?}");
}

#[test]
fn addresses_that_are_not_public_are_not_asked_through_it() {
    let proxy = Server::start();
    for url in [
        "http://10.0.0.1/feed",
        "http://169.254.169.254/latest",
        "http://[fd00::1]/feed",
        "http://2130706433/",
    ] {
        let done = run(&proxy.url(""), url, "[]");
        let error = done.source("board")["error"].to_string();
        assert!(error.contains("is not public"), "{error}");
        assert!(proxy.requests(url).is_empty());
    }
    proxy.route("http://board.example.org/feed", [Answer::redirect(302, "http://169.254.169.254/latest")]);
    let done = run(&proxy.url(""), "http://board.example.org/feed", "[]");
    let error = done.source("board")["error"].to_string();
    assert!(error.contains("169.254.169.254 is not public"), "{error}");
    assert!(proxy.requests("http://169.254.169.254/latest").is_empty());
}

/// The proxy's own name is resolved here, and so judged like any other.
#[test]
fn a_proxy_with_a_private_name_must_be_allowed() {
    let proxy = Server::start();
    proxy.route("http://board.example.org/feed", [Answer::ok(rss(&["Map Librarian"]))]);
    let named = proxy.url("").replace("127.0.0.1", "localhost");
    let refused = run(&named, "http://board.example.org/feed", "[]");
    assert!(refused.source("board")["error"].to_string().contains("is not public"), "{refused:?}");
    let allowed = run(&named, "http://board.example.org/feed", "[\"localhost\"]");
    assert_eq!(allowed.source("board")["entries"], 1, "{allowed:?}");
}
