//! Hosts that say what may be asked of them.

use super::{asked, feed, run, site, text};
use crate::server::{Answer, Server};

const PAGE: &str = "format = \"page\"\n[source.select]\nentry = \"li\"\ntitle = \"a\"\n";

fn list() -> Answer {
    Answer::ok("<!doctype html><ul><li><a href=\"/job/1\">Map Librarian</a></li></ul>")
}

fn robots(text: &str) -> Answer {
    Answer::ok(text).header("Content-Type", "text/plain")
}

#[test]
fn a_page_that_is_disallowed_is_not_asked_for() {
    let server = Server::start();
    server.route("/robots.txt", [robots("User-agent: *\nDisallow: /feed\n")]);
    server.route("/feed", [list()]);
    let site = site(&server, PAGE);
    let report = run(&site);
    assert_eq!(text(&report["error"]), "robots.txt of 127.0.0.1 disallows /feed");
    run(&site);
    // Once a day, also if it forbids.
    assert_eq!(asked(&server, &["/robots.txt", "/feed"]), [1, 0]);
    site.run_at("2026-11-25T12:00:01Z", &["run", "--all"]);
    assert_eq!(asked(&server, &["/robots.txt", "/feed"]), [2, 0]);
    let done = site.run(&["preview", "board"]);
    assert!(done.err.contains("disallows /feed"), "{done:?}");
}

/// What a document is shows only when it has come; then a page is not used, and no other one is harmed.
#[test]
fn a_page_that_was_not_said_to_be_one_is_not_used() {
    let server = Server::start();
    server.route("/robots.txt", [robots("User-agent: *\nDisallow: /feed\n")]);
    let posting = r#"{"@type": "JobPosting", "title": "Map Librarian", "url": "/job/1"}"#;
    let page = format!("<!doctype html><script type=\"application/ld+json\">{posting}</script>");
    server.route("/feed", [Answer::ok(page)]);
    let report = run(&site(&server, ""));
    assert_eq!(text(&report["error"]), "robots.txt of 127.0.0.1 disallows /feed");
    let report = run(&site(&server, "robots = false\n"));
    assert_eq!(report["entries"], 1, "{report}");
    server.route("/feed", [feed(&["Map Librarian"])]);
    let report = run(&site(&server, ""));
    assert_eq!(report["entries"], 1, "{report}");
}

#[test]
fn what_there_is_of_robots_txt_decides() {
    for (answer, allowed) in [
        (robots("User-agent: shelfwire\nAllow: /feed\nUser-agent: *\nDisallow: /\n"), true),
        (robots("User-agent: elsewhere\nDisallow: /\n"), true),
        (Answer::status(404), true),
        (Answer::status(403), true),
        (Answer::status(503), false),
        (Answer::ok("").hangup(), false),
    ] {
        let server = Server::start();
        server.route("/robots.txt", [answer.clone()]);
        server.route("/feed", [list()]);
        let site = site(&server, PAGE);
        let report = run(&site);
        assert_eq!(asked(&server, &["/feed"]), [usize::from(allowed)], "{answer:?}: {report}");
        if !allowed {
            assert!(text(&report["error"]).contains("robots.txt of 127.0.0.1 did not come"), "{report}");
            // It is not remembered that it did not.
            run(&site);
            assert_eq!(asked(&server, &["/robots.txt"]), [2]);
        }
    }
}

#[test]
fn feeds_and_own_sites_are_asked_without() {
    let server = Server::start();
    server.route("/robots.txt", [robots("User-agent: *\nDisallow: /\n")]);
    server.route("/feed", [feed(&["Map Librarian"])]);
    assert_eq!(run(&site(&server, ""))["opened"], 1);
    server.route("/feed", [list()]);
    assert_eq!(run(&site(&server, &format!("robots = false\n{PAGE}")))["opened"], 1);
    assert_eq!(asked(&server, &["/robots.txt"]), [0]);
}

#[test]
fn pages_of_postings_are_asked_for_leave_too() {
    let server = Server::start();
    server.route("/robots.txt", [robots("User-agent: *\nDisallow: /job/\n")]);
    server.route("/feed", [list()]);
    let report = run(&site(&server, &format!("{PAGE}[source.follow]\ndetails = \"pages\"\n")));
    // The list states a posting by itself.
    assert_eq!((&report["opened"], text(&report["skipped"][0]["reason"])), (&1.into(), "not_allowed"));
    let told = text(&report["skipped"][0]["entry"]);
    assert!(told.ends_with("robots.txt of 127.0.0.1 disallows /job/1"), "{told}");
    assert_eq!(asked(&server, &["/robots.txt", "/job/1"]), [1, 0]);
}

#[test]
fn a_pause_that_is_asked_for_is_made() {
    let server = Server::start();
    server.route("/robots.txt", [robots("User-agent: *\nCrawl-delay: 2\n")]);
    server.route("/feed", [list()]);
    let site = site(&server, &format!("{PAGE}[source.follow]\ndetails = \"pages\"\n"));
    let begun = std::time::Instant::now();
    run(&site);
    assert!(begun.elapsed().as_secs() >= 2, "{:?}", begun.elapsed());
    assert_eq!(asked(&server, &["/job/1"]), [1]);
}
