//! Lists of several pages: which are asked for, and where it ends.

use shelfwire::fetch::Document;
use shelfwire::parse::next;

use super::{asked, feed, run, site, succeeded, text, titles};
use crate::cases;
use crate::server::{Answer, Server};
use crate::site::rss;

const NEXT: &str = "follow = { next = true }";
const PAGED: &str = "follow = { page = \"paged\" }";

#[test]
fn documents_name_their_next_page() {
    cases::table("follow/next.tsv", |input| {
        let (header, body) = input.split_once(" | ").expect("a header and a body");
        let document = Document {
            location: "https://board.example.org/jobs/feed?page=2".into(),
            file_name: None,
            content_type: None,
            body: body.to_owned().into(),
        };
        let header = Some(header.trim()).filter(|header| *header != "-");
        next::next(&document, header).unwrap_or_default()
    });
}

/// An answer whose `Link` header leads to another path.
fn leading(titles: &[&str], to: &str) -> Answer {
    feed(titles).header("Link", format!("<{to}>; rel=\"next\""))
}

#[test]
fn pages_that_name_the_next_are_read_to_the_last() {
    let server = Server::start();
    let atom = rss(&["Map Librarian"]).replacen("<item>", "<atom:link rel=\"next\" href=\"/two\"/><item>", 1);
    server.route("/feed", [Answer::ok(atom)]);
    server.route("/two", [leading(&["Law Librarian"], "three")]);
    let item = "{\"id\":\"9\",\"title\":\"Music Librarian\",\"content_text\":\"Scores\"}";
    let json = |next: &str| {
        format!(
            "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"x\",{next}\"items\":[{item}]}}"
        )
    };
    server.route("/three", [Answer::ok(json("\"next_url\":\"/four\","))]);
    let site = site(&server, NEXT);
    let report = run(&site);
    assert_eq!((&report["entries"], &report["opened"]), (&3.into(), &3.into()));
    // The fourth does not exist, which is no more than a warning.
    assert!(text(&report["warning"]).starts_with("page 4 was not read: the server answered 404"));
    assert_eq!(asked(&server, &["/feed", "/two", "/three", "/four"]), [1, 1, 1, 1]);
}

#[test]
fn numbered_pages_end_where_nothing_more_comes() {
    let full: &[&str] = &["Map Librarian"];
    for (name, end) in [
        ("an empty page", feed(&[])),
        ("the same again", feed(full)),
        ("not found", Answer::status(404)),
        ("gone", Answer::status(410)),
    ] {
        let server = Server::start();
        server.route("/feed", [feed(full)]);
        server.route("/feed?paged=2", [feed(&["Law Librarian"])]);
        server.route("/feed?paged=3", [end]);
        server.route("/feed?paged=4", [feed(&["Never Read"])]);
        let site = site(&server, PAGED);
        let report = run(&site);
        assert_eq!((&report["opened"], &report["warning"]), (&2.into(), &().into()), "{name}");
        let asked = asked(&server, &["/feed", "/feed?paged=2", "/feed?paged=3", "/feed?paged=4"]);
        assert_eq!(asked, [1, 1, 1, 0], "{name}");
    }
}

#[test]
fn pages_are_bounded_and_never_asked_twice() {
    let server = Server::start();
    server.route("/feed", [leading(&["One Librarian"], "/feed?p=2")]);
    server.route("/feed?p=2", [leading(&["Two Librarian"], "/feed?p=3")]);
    server.route("/feed?p=3", [leading(&["Three Librarian"], "/feed?p=2#top")]);
    assert_eq!(run(&site(&server, NEXT))["opened"], 3);
    assert_eq!(asked(&server, &["/feed", "/feed?p=2", "/feed?p=3"]), [1, 1, 1]);
    let bounded = site(&server, "complete = true\nfollow = { next = true, max_pages = 2 }");
    let report = run(&bounded);
    assert_eq!(report["opened"], 2);
    assert_eq!(text(&report["warning"]), "the list has more than 2 pages (`max_pages`)");
    assert_eq!(asked(&server, &["/feed?p=2", "/feed?p=3"]), [2, 1]);
}

#[test]
fn no_other_host_is_asked() {
    let (server, other) = (Server::start(), Server::start());
    other.route("/feed", [feed(&["Foreign Librarian"])]);
    server.route("/feed", [leading(&["Map Librarian"], &other.url("/feed"))]);
    assert_eq!(run(&site(&server, NEXT))["opened"], 1);
    // Nor by a redirect of a page at home.
    server.route("/feed", [leading(&["Map Librarian"], "/two")]);
    server.route("/two", [Answer::redirect(302, &other.url("/feed"))]);
    let report = run(&site(&server, NEXT));
    let told = "page 2 was not read: a redirect is not followed: it leads to another host, \
        which is none of the source's; what came before it is used";
    assert_eq!((&report["opened"], text(&report["warning"])), (&1.into(), told));
    assert_eq!(asked(&other, &["/feed"]), [0]);
}

#[test]
fn a_page_that_fails_costs_only_what_comes_after_it() {
    let server = Server::start();
    let tagged = |answer: Answer| answer.header("ETag", "\"1\"").conditional();
    server.route("/feed", [tagged(leading(&["Map Librarian"], "/two"))]);
    server.route("/two", [Answer::status(500), leading(&["Law Librarian"], "/three")]);
    server.route("/three", [feed(&["Music Librarian"])]);
    let site = site(&server, NEXT);
    let done = site.run(&["run", "--json"]);
    succeeded(&done);
    let told = text(&done.source("board")["warning"]).to_owned();
    assert!(told.starts_with("page 2 was not read: the server answered 500"), "{told}");
    // The next visit asks for everything, whatever the server says of the first page.
    assert_eq!(run(&site)["opened"], 2);
    assert_eq!(run(&site)["outcome"], "not_modified");
    assert_eq!(asked(&server, &["/feed", "/two", "/three"]), [3, 2, 1]);
    assert_eq!(titles(&site), ["Law Librarian", "Map Librarian", "Music Librarian"]);
}

#[test]
fn a_visit_ends_at_what_is_known_unless_the_list_is_to_be_whole() {
    let server = Server::start();
    let script = |server: &Server| {
        let new = leading(&["Map Librarian", "New Librarian"], "/two");
        server.route("/feed", [leading(&["Map Librarian"], "/two"), new]);
        server.route("/two", [leading(&["Law Librarian"], "/three")]);
        server.route("/three", [feed(&["Music Librarian"])]);
    };
    script(&server);
    let newest_first = site(&server, NEXT);
    run(&newest_first);
    let report = run(&newest_first);
    assert_eq!((&report["opened"], &report["entries"]), (&1.into(), &3.into()));
    assert_eq!(asked(&server, &["/two", "/three"]), [2, 1]);
    script(&server);
    let whole = site(&server, &format!("complete = true\n{NEXT}"));
    run(&whole);
    assert_eq!(run(&whole)["entries"], 4);
    assert_eq!(asked(&server, &["/two", "/three"]), [4, 3]);
}

#[test]
fn a_host_that_wants_rest_in_the_middle_gets_it() {
    for (answer, until) in [
        (Answer::status(429), "2026-11-24T13:00:00Z"),
        (Answer::status(503).header("Retry-After", "7200"), "2026-11-24T14:00:00Z"),
    ] {
        let server = Server::start();
        server.route("/feed", [leading(&["Map Librarian"], "/two")]);
        server.route("/two", [answer]);
        let site = site(&server, NEXT);
        assert_eq!(run(&site)["opened"], 1);
        let report = run(&site);
        assert_eq!((text(&report["outcome"]), text(&report["until"])), ("waiting", until));
        assert_eq!(asked(&server, &["/feed", "/two"]), [1, 1]);
    }
}

#[test]
fn preview_shows_all_pages() {
    let server = Server::start();
    server.route("/feed", [leading(&["Map Librarian"], "/two")]);
    server.route("/two", [leading(&["Law Librarian"], "/three")]);
    let site = site(&server, NEXT);
    let done = site.run(&["preview", "board"]);
    assert!(done.out.contains("1. Map Librarian") && done.out.contains("2. Law Librarian"), "{done:?}");
    assert!(done.out.contains("page 3 was not read: the server answered 404"), "{done:?}");
}

#[test]
fn keys_are_sent_to_every_page_and_stand_nowhere() {
    let server = Server::start();
    let page = |title: &str, page: u32| {
        let mut body = serde_json::json!({"SearchResult": {"SearchResultItems": [{"MatchedObjectId": title,
            "MatchedObjectDescriptor": {"PositionTitle": title, "PositionURI": format!("https://jobs.example.org/{page}")}}]}});
        body["SearchResult"]["UserArea"]["NumberOfPages"] = "2".into();
        Answer::ok(body.to_string())
    };
    server.route("/api?Code=1410", [page("Map Librarian", 1)]);
    server.route("/api?Code=1410&Page=2", [page("Law Librarian", 2)]);
    let settings = format!(
        "[[source]]\nname = \"board\"\nurl = \"{}\"\npreset = \"usajobs\"\n\
         headers = {{ Authorization-Key = \"${{ENV:USAJOBS_KEY}}\", User-Agent = \"${{ENV:USAJOBS_MAIL}}\" }}\n",
        server.url("/api?Code=1410")
    );
    let site = crate::site::Site::new(&settings);
    let environment = [("USAJOBS_KEY", "open sesame"), ("USAJOBS_MAIL", "jobs@example.org")];
    let done = site.run_with(&environment, &["run", "--json"]);
    assert_eq!((done.code, &done.source("board")["opened"]), (0, &2.into()), "{done:?}");
    for path in ["/api?Code=1410", "/api?Code=1410&Page=2"] {
        let requests = server.requests(path);
        let sent = |name: &str| requests[0].header(name).map(str::to_owned);
        assert_eq!(sent("Authorization-Key").as_deref(), Some("open sesame"));
        assert_eq!(sent("User-Agent").as_deref(), Some("jobs@example.org"));
    }
    assert_eq!(asked(&server, &["/api?Code=1410&Page=2", "/api?Code=1410&Page=3"]), [1, 0]);
    assert!(!done.out.contains("sesame") && !done.err.contains("sesame"));
}
