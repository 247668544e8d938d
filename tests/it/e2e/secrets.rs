//! Keys from the environment: they reach the server, and nothing else.

use crate::server::{Answer, Server};
use crate::site::{Site, rss, source};

const KEY: &str = "s3cret/ke&y=";
const ENCODED: &str = "s3cret%2Fke%26y%3D";
const TOKEN: &str = "t0ken-of-the-board";
const ENV: [(&str, &str); 2] = [("BOARD_KEY", KEY), ("BOARD_TOKEN", TOKEN)];

fn holds(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}

/// # Panics
/// If a secret stands in a file of the folder, or in what a command printed.
fn assert_kept(site: &Site, printed: &[String]) {
    let mut all: Vec<_> =
        printed.iter().map(|text| ("printed".to_owned(), text.clone().into_bytes())).collect();
    all.extend(site.pages());
    for file in std::fs::read_dir(site.path("")).expect("a folder") {
        let path = file.expect("an entry").path();
        if path.is_file() {
            all.push((path.display().to_string(), std::fs::read(&path).expect("a file")));
        }
    }
    assert!(all.iter().any(|(name, _)| name.ends_with("shelfwire.sqlite")));
    for (name, bytes) in all {
        for secret in [KEY, ENCODED, TOKEN, "s3cret/ke&amp;y="] {
            assert!(!holds(&bytes, secret), "{secret} in {name}");
        }
    }
}

#[test]
fn keys_reach_the_server_and_nothing_else() {
    let server = Server::start();
    let path = format!("/feed?key={ENCODED}");
    // A server that repeats what it was asked for.
    let feed = rss(&["Map Librarian"])
        .replace("/jobs/map-librarian/", "/jobs/1?key=s3cret/ke&amp;y=")
        .replace("<link>https://board.example.org/</link>", &format!("<link>{}</link>", server.url(&path)))
        .replace("Catalogs books", &format!("Token {TOKEN} at {ENCODED}. Catalogs books"));
    server.route(&path, [Answer::redirect(301, &format!("/moved?key={ENCODED}"))]);
    server.route(&format!("/moved?key={ENCODED}"), [Answer::ok(feed)]);
    let settings = source("board", &server.url("/feed?key=${ENV:BOARD_KEY}"))
        + "[source.headers]\nAuthorization = \"Bearer ${ENV:BOARD_TOKEN}\"\nX-Plain = \"as it is\"\n";
    let site = Site::new(&settings);
    let done = site.run_with(&ENV, &["run", "--json", "--log", "trace"]);
    assert_eq!(done.code, 0, "{done:?}");
    let asked = server.requests(&format!("/moved?key={ENCODED}"));
    assert_eq!(asked[0].header("Authorization"), Some("Bearer t0ken-of-the-board"));
    assert_eq!(asked[0].header("X-Plain"), Some("as it is"));
    let mut printed = vec![done.out, done.err];
    for command in [&["sources", "--json"][..], &["export", "postings"], &["preview", "board", "--json"]] {
        let done = site.run_with(&ENV, command);
        assert_eq!(done.code, 0, "{done:?}");
        printed.extend([done.out, done.err]);
    }
    assert!(printed.iter().any(|text| text.contains("Map Librarian")));
    assert_kept(&site, &printed);
}

#[test]
fn a_failure_names_no_secret() {
    let server = Server::start();
    for fault in [Answer::status(404), Answer::ok("").hangup(), Answer::redirect(301, "ftp://example.org/")] {
        server.route(&format!("/none?key={ENCODED}"), [fault]);
        // Another each time: what has just failed is let alone for a while.
        let site = Site::new(&source("board", &server.url("/none?key=${ENV:BOARD_KEY}")));
        let done = site.run_with(&ENV, &["run", "--json"]);
        assert_eq!(done.code, 2, "{done:?}");
        let sources = site.run(&["sources"]);
        assert_kept(&site, &[done.out, done.err, sources.out]);
    }
}

/// What a server says beside a document is searched as the document is, in any encoding.
#[test]
fn headers_and_wide_documents_are_searched_too() {
    let server = Server::start();
    let text = rss(&["Map Librarian"]).replace("Catalogs books", &format!("Token {TOKEN}. Catalogs books"));
    let wide: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    let answer = Answer::ok(wide)
        .header("ETag", format!("\"{TOKEN}\""))
        .header("Last-Modified", "Mon, 23 Nov 2026 10:00:00 GMT")
        .header("Content-Type", format!("application/xml; of={TOKEN}"));
    server.route("/feed", [answer]);
    let site = Site::new(
        &(source("board", &server.url("/feed")) + "headers = { X-Api-Key = \"${ENV:BOARD_TOKEN}\" }\n"),
    );
    for _ in 0..2 {
        let done = site.run_with(&ENV, &["run", "--json", "--log", "trace"]);
        assert_eq!(done.code, 0, "{done:?}");
        assert_kept(&site, &[done.out, done.err]);
    }
    assert!(site.export("postings")[0].to_string().contains("Token ${ENV:BOARD_TOKEN}"));
    let again = server.requests("/feed").pop().expect("it was asked");
    // What was in its ETag is not to be kept; the other validator is.
    assert_eq!(again.header("If-None-Match"), None);
    assert_eq!(again.header("If-Modified-Since"), Some("Mon, 23 Nov 2026 10:00:00 GMT"));
    let coded = Answer::ok("x").header("Content-Encoding", TOKEN);
    server.route("/feed", [coded]);
    let done = site.run_with(&ENV, &["run", "--json"]);
    assert!(done.out.contains("which nobody asked for"), "{done:?}");
    assert_kept(&site, &[done.out, done.err]);
}

#[test]
fn a_missing_variable_fails_its_source_alone() {
    let server = Server::start();
    server.route("/open", [Answer::ok(rss(&["Map Librarian"]))]);
    let site = Site::new(
        &(source("keyed", &server.url("/keyed?key=${ENV:NO_SUCH_KEY}"))
            + &source("open", &server.url("/open"))),
    );
    let done = site.run(&["run", "--json"]);
    assert_eq!(done.code, 2, "{done:?}");
    assert_eq!(done.source("keyed")["error"], "the environment has no variable NO_SUCH_KEY", "{done:?}");
    assert_eq!(done.source("open")["entries"], 1, "{done:?}");
}

#[test]
fn headers_go_to_no_other_host() {
    let (server, other) = (Server::start(), Server::start());
    other.route("/feed", [Answer::ok(rss(&["Map Librarian"]))]);
    server.route("/feed", [Answer::redirect(302, &other.url("/feed"))]);
    let site = Site::new(
        &(source("board", &server.url("/feed")) + "headers = { X-Api-Key = \"${ENV:BOARD_KEY}\" }\n"),
    );
    let done = site.run_with(&ENV, &["run", "--json"]);
    assert_eq!(done.code, 2, "{done:?}");
    let error = "a redirect is not followed: it leads to another host, which is none of the source's";
    assert_eq!(done.source("board")["error"], error);
    assert_eq!(server.requests("/feed")[0].header("X-Api-Key"), Some(KEY));
    assert!(other.requests("/feed").is_empty());
}
