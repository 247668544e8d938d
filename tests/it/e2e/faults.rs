//! Sources that answer badly: named with their reason, and none stops the others.

use std::time::Duration;

use crate::server::{Answer, Server};
use crate::site::{Site, rss, source};

const WRONG_CHARSET: &[u8] =
    b"<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>B</title>\
    <link>https://b.example.org/</link><description>d</description><item><title>Biblioth\xe9caire</title>\
    <link>https://b.example.org/jobs/caf\xe9-1</link><guid>g1</guid></item></channel></rss>";

#[test]
fn every_fault_is_told_and_the_good_source_is_published() {
    let server = Server::start();
    let many: Vec<String> = (0..2000).map(|n| format!("Librarian number {n}")).collect();
    let many = rss(&many.iter().map(String::as_str).collect::<Vec<_>>());
    let html = "<!DOCTYPE html><html><head><title>No such feed</title></head><body>Sorry</body></html>";
    let routes: [(&str, Answer, &str); 10] = [
        ("/missing", Answer::status(404), "404"),
        ("/gone", Answer::status(410), "410"),
        ("/trouble", Answer::status(500), "500"),
        ("/stall", Answer::ok(rss(&["Cataloger"])).stall(100), "seconds"),
        ("/cut", Answer::ok(rss(&["Cataloger"])).cut(150), "broke off"),
        ("/large", Answer::ok(many), "larger than 200000 bytes"),
        ("/html", Answer::ok(html).header("Content-Type", "application/rss+xml"), "No such feed"),
        ("/empty", Answer::ok(""), "empty"),
        ("/loop", Answer::redirect(302, "/loop"), "redirect"),
        // The last one: after it nobody asks this host.
        ("/often", Answer::status(429).header("Retry-After", "60"), "429"),
    ];
    let mut settings = source("good", &server.url("/good"));
    server.route("/good", [Answer::ok(rss(&["Music Cataloger", "Map Librarian"]))]);
    settings += &source("charset", &server.url("/charset"));
    server.route("/charset", [Answer::ok(WRONG_CHARSET)]);
    for (path, answer, _) in &routes {
        settings += &source(&path[1..], &server.url(path));
        server.route(path, [answer.clone()]);
    }
    let site = Site::new(&settings);
    let done = site.run(&["run", "--json"]);
    assert_eq!(done.code, 2, "{done:?}");
    for (path, _, reason) in &routes {
        let report = done.source(&path[1..]);
        assert_eq!(report["outcome"], "failed", "{report}");
        assert!(report["error"].as_str().is_some_and(|e| e.contains(reason)), "{report}");
    }
    assert_eq!(done.source("good")["opened"], 2);
    let titles: Vec<_> = site.items("all").iter().map(|i| i["title"].to_string()).collect();
    assert_eq!(titles.len(), 3, "{titles:?}");
    assert!(titles.iter().any(|title| title.contains("Bibliothécaire")), "{titles:?}");
}

#[test]
fn a_source_that_fails_keeps_its_last_good_postings() {
    let server = Server::start();
    let empty = rss(&[]);
    server.route(
        "/feed",
        [
            Answer::ok(rss(&["Music Cataloger", "Map Librarian"])),
            Answer::status(503),
            Answer::ok(empty),
            Answer::ok(""),
            Answer::ok(rss(&["Map Librarian"])),
        ],
    );
    let site = Site::new(&source("board", &server.url("/feed")));
    assert_eq!(site.run(&["run"]).code, 0);
    let first = site.pages();
    assert_eq!(site.run(&["run"]).code, 2, "the server had trouble");
    let third = site.run(&["run", "--all", "--json"]);
    assert_eq!(third.code, 0);
    let warning = third.source("board")["warning"].clone();
    assert!(
        warning.as_str().is_some_and(|w| w.contains("2 postings that came before are kept")),
        "{warning}"
    );
    assert_eq!(site.run(&["run", "--all"]).code, 2, "an empty document is no feed");
    assert_eq!(site.run(&["run", "--all"]).code, 0);
    assert!(site.pages() == first, "the pages are what they were");
    let health = site.run(&["sources", "--json"]).json();
    assert_eq!(health[0]["failures"], 0);
}

#[test]
fn only_what_changed_is_asked_for_and_written() {
    let server = Server::start();
    let two = rss(&["Music Cataloger", "Map Librarian"]);
    let unchanged = || Answer::status(304);
    server.route(
        "/feed",
        [
            Answer::ok(two.clone())
                .header("ETag", "W/\"odd \\ tag\"")
                .header("Last-Modified", "yesterday, perhaps"),
            unchanged(),
            Answer::ok(rss(&["Music Cataloger", "Map Librarian", "Systems Librarian"])),
        ],
    );
    let site = Site::new(&source("board", &server.url("/feed")));
    site.run(&["run"]);
    let second = site.run(&["run", "--json"]);
    assert_eq!(second.source("board")["outcome"], "not_modified");
    let asked = server.requests("/feed");
    assert_eq!(asked[0].header("If-None-Match"), None);
    assert_eq!(asked[1].header("If-None-Match"), Some("W/\"odd \\ tag\""));
    assert_eq!(asked[1].header("If-Modified-Since"), Some("yesterday, perhaps"));
    assert!(
        asked[0]
            .header("User-Agent")
            .is_some_and(|a| a.starts_with("Shelfwire/") && a.contains("jobs.example.org"))
    );
    let third = site.run(&["run", "--json"]);
    assert_eq!(
        (&third.source("board")["opened"], &third.source("board")["unchanged"]),
        (&1.into(), &2.into())
    );
    assert_eq!(site.items("all").len(), 3);
}

#[test]
fn an_edit_reaches_the_page_under_the_same_id() {
    let server = Server::start();
    let first = rss(&["Music Cataloger", "Map Librarian"]);
    let edited = first.replacen("Catalogs books", "Catalogs scores and books", 1);
    server.route("/feed", [Answer::ok(first), Answer::ok(edited)]);
    let site = Site::new(&source("board", &server.url("/feed")));
    site.run_at("2026-11-24T12:00:00Z", &["run"]);
    let before = site.items("all");
    let second = site.run_at("2026-11-25T12:00:00Z", &["run", "--json"]);
    assert_eq!(second.source("board")["updated"], 1);
    let after = site.items("all");
    let changed: Vec<_> = before.iter().zip(&after).filter(|(old, new)| old != new).collect();
    let [(old, new)] = changed[..] else { panic!("one item changes: {before:?} {after:?}") };
    assert_eq!(old["id"], new["id"]);
    assert_eq!(new["date_modified"], "2026-11-25T12:00:00Z");
    assert!(new["content_html"].as_str().is_some_and(|html| html.contains("scores and books")), "{new}");
    assert!(site.page("all.rss").contains("scores and books"));
}

#[test]
fn an_entry_without_a_date_keeps_the_day_of_first_sight() {
    let server = Server::start();
    let date = "<pubDate>Mon, 16 Nov 2026 10:00:00 GMT</pubDate>";
    let first = rss(&["Map Librarian", "Music Cataloger"]).replacen(date, "", 1);
    let edited = first.replacen("Catalogs books", "Catalogs maps", 1);
    let last = edited.replacen("16 Nov 2026", "10 Nov 2026", 1);
    server.route("/feed", [Answer::ok(first), Answer::ok(edited), Answer::ok(last)]);
    let site = Site::new(&source("board", &server.url("/feed")));
    for day in ["2026-11-20T12:00:00Z", "2026-11-24T12:00:00Z"] {
        site.run_at(day, &["run"]);
        let items = site.items("all");
        let maps = items.iter().find(|i| i["title"].as_str().is_some_and(|t| t.contains("Map")));
        assert_eq!(maps.expect("it is there")["date_published"], "2026-11-20T12:00:00Z", "on {day}");
    }
    // What is read later may be older than what was read before.
    site.run_at("2026-11-25T12:00:00Z", &["run"]);
    assert_eq!(site.run(&["sources", "--json"]).json()[0]["newest"], "2026-11-20T12:00:00Z");
}

#[test]
fn a_moved_source_is_followed() {
    let server = Server::start();
    server
        .route("/old", [Answer::redirect(301, "/new")])
        .route("/new", [Answer::ok(rss(&["Map Librarian"]))]);
    let site = Site::new(&source("board", &server.url("/old")));
    assert_eq!(site.run(&["run"]).code, 0);
    assert_eq!(site.items("all").len(), 1);
}

#[test]
fn a_feed_that_is_cut_off_gives_what_is_whole_and_is_asked_again() {
    let server = Server::start();
    let whole = rss(&["Music Cataloger", "Map Librarian", "Systems Librarian"]);
    let cut = &whole[..whole.find("<title>Systems").expect("the third item") + 20];
    server.route(
        "/feed",
        [Answer::ok(cut).header("ETag", "\"1\""), Answer::ok(whole.clone()).header("ETag", "\"1\"")],
    );
    let site = Site::new(&source("board", &server.url("/feed")));
    let first = site.run(&["run", "--json"]);
    assert_eq!(first.source("board")["entries"], 2, "{first:?}");
    assert!(first.source("board")["warning"].as_str().is_some_and(|w| w.contains("cut off")), "{first:?}");
    site.run(&["run"]);
    assert_eq!(
        server.requests("/feed")[1].header("If-None-Match"),
        None,
        "what came in part is asked for whole"
    );
    assert_eq!(site.items("all").len(), 3);
}

#[test]
fn one_host_is_asked_for_one_document_at_a_time() {
    let server = Server::start();
    let mut settings = String::new();
    for n in 0..4 {
        let path = format!("/feed{n}");
        server.route(&path, [Answer::ok(rss(&["Map Librarian"])).drip(200, Duration::from_millis(40))]);
        settings += &source(&format!("board-{n}"), &server.url(&path));
    }
    let site = Site::new(&settings);
    assert_eq!(site.run(&["run"]).code, 0);
    assert_eq!(server.most_at_once(), 1);
}
