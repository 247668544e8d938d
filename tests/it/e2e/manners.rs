//! Servers and feeds that say when to come back, and a clock that moves.

use serde_json::Value;

use super::stopping::wait_for;
use crate::server::{Answer, Server};
use crate::site::{Site, rss, source};

/// A board at one path of a server, with a feed of one posting.
fn board(answer: impl Fn(Answer) -> Answer) -> (Server, Site) {
    let server = Server::start();
    server.route("/feed", [answer(Answer::ok(rss(&["Map Librarian"])))]);
    let site = Site::new(&source("board", &server.url("/feed")));
    (server, site)
}

/// How often the board was asked after runs at these times.
fn asked(server: &Server, site: &Site, times: &[&str]) -> Vec<usize> {
    let run = |time: &&str| {
        site.run_at(&format!("2026-11-{time}Z"), &["run"]);
        server.requests("/feed").len()
    };
    times.iter().map(run).collect()
}

/// What `sources` says of a source at a time.
fn health(site: &Site, time: &str, number: usize) -> Value {
    site.run_at(time, &["sources", "--json"]).json()[number].clone()
}

#[test]
fn a_fresh_document_is_not_asked_for() {
    let (server, site) = board(|answer| answer.header("Cache-Control", "max-age=7200").header("Age", "600"));
    assert_eq!(asked(&server, &site, &["24T12:00:00", "24T13:00:00", "24T13:49:00"]), [1, 1, 1]);
    let shown = health(&site, "2026-11-24T13:00:00Z", 0);
    assert_eq!((&shown["next_due"], &shown["why"]), (&"2026-11-24T13:50:00Z".into(), &"fresh".into()));
    assert!(site.run_at("2026-11-24T13:00:00Z", &["sources"]).out.contains("13:50 (cache header)"));
    assert_eq!(asked(&server, &site, &["24T13:50:00"]), [2]);
    // Whoever says `--all` or a name knows better.
    site.run_at("2026-11-24T13:51:00Z", &["run", "--all"]);
    site.run_at("2026-11-24T13:52:00Z", &["run", "--only", "board"]);
    assert_eq!(server.requests("/feed").len(), 4);
}

#[test]
fn a_feed_that_changes_weekly_is_asked_daily() {
    let server = Server::start();
    let weekly = rss(&["Map Librarian"]).replacen("<item>", "<ttl>10080</ttl><item>", 1);
    server.route("/feed", [Answer::ok(weekly).header("ETag", "\"1\"").conditional()]);
    let site = Site::new(&source("board", &server.url("/feed")));
    let times = ["24T12:00:00", "25T11:00:00", "25T12:00:00", "26T11:00:00", "26T12:00:00"];
    // What the feed said still holds when nothing is new.
    assert_eq!(asked(&server, &site, &times), [1, 1, 2, 2, 3]);
    assert_eq!(health(&site, "2026-11-26T13:00:00Z", 0)["why"], "every");
}

#[test]
fn failures_are_followed_by_longer_and_longer_waits_and_never_by_the_end() {
    let server = Server::start();
    server.route("/feed", [Answer::status(500)]);
    let site = Site::new(&source("board", &server.url("/feed")));
    let times = ["24T12:00:00", "24T12:02:00", "24T12:06:00", "24T12:12:00", "24T12:17:00", "24T12:18:00"];
    assert_eq!(asked(&server, &site, &times), [1, 1, 2, 2, 3, 3]);
    let shown = health(&site, "2026-11-24T12:18:00Z", 0);
    assert_eq!((&shown["failures"], &shown["why"]["backoff"]), (&3.into(), &3.into()));
    assert!(
        site.run_at("2026-11-24T12:18:00Z", &["sources"]).out.contains("(backoff after 3 failures)"),
        "{shown}"
    );
    // Once a day, however long it lasts.
    for day in 1..=6 {
        let now = format!("2026-12-{day:02}T12:00:00Z");
        site.run_at(&now, &["run"]);
        assert_eq!(server.requests("/feed").len(), 3 + day);
    }
    server.route("/feed", [Answer::ok(rss(&["Map Librarian"]))]);
    site.run_at("2026-12-07T12:00:00Z", &["run"]);
    let shown = health(&site, "2026-12-07T12:00:00Z", 0);
    assert_eq!((&shown["failures"], &shown["why"]), (&0.into(), &"unscheduled".into()));
}

#[test]
fn a_new_address_in_the_settings_is_asked_at_once() {
    let server = Server::start();
    server.route("/new", [Answer::ok(rss(&["Map Librarian"]))]);
    let site = Site::new(&source("board", &server.url("/typo")));
    assert_eq!(site.run(&["run"]).code, 2);
    site.settings(&source("board", &server.url("/new")));
    assert_eq!(site.run(&["run"]).code, 0);
    assert_eq!(server.requests("/new").len(), 1);
}

#[test]
fn mended_settings_are_tried_at_once() {
    let server = Server::start();
    server.route("/feed", [Answer::status(401), Answer::ok(rss(&["Map Librarian"])).header("ETag", "\"1\"")]);
    let plain = source("board", &server.url("/feed"));
    let site = Site::new(&plain);
    assert_eq!(site.run(&["run"]).code, 2);
    site.run(&["run"]);
    assert_eq!(server.requests("/feed").len(), 1, "it waits");
    let keyed = plain.clone() + "headers = { X-Api-Key = \"1\" }\n";
    site.settings(&keyed);
    assert_eq!(site.run(&["run"]).code, 0);
    assert_eq!(server.requests("/feed").len(), 2);
    // With another key again: what the old one gave says nothing of it.
    site.settings(&keyed.replace("\"1\"", "\"2\""));
    site.run(&["run"]);
    let last = server.requests("/feed").pop().expect("it was asked");
    assert_eq!((last.header("X-Api-Key"), last.header("If-None-Match")), (Some("2"), None));
    site.run(&["run"]);
    assert_eq!(server.requests("/feed").pop().expect("it was asked").header("If-None-Match"), Some("\"1\""));
}

#[test]
fn a_host_that_becomes_allowed_is_tried_at_once() {
    let server = Server::start();
    server.route("/feed", [Answer::ok(rss(&["Map Librarian"])).header("Cache-Control", "max-age=7200")]);
    let url = server.url("/feed").replace("127.0.0.1", "localhost");
    let site = Site::new(&source("board", &url));
    let settings = std::fs::read_to_string(site.path("feeds.toml")).expect("settings");
    let allowing = |hosts: &str| site.write("feeds.toml", &settings.replace("[\"127.0.0.1\"]", hosts));
    allowing("[\"10.0.0.1\"]");
    assert_eq!(site.run(&["run"]).code, 2, "it is not public");
    allowing("[\"localhost\"]");
    assert_eq!(site.run(&["run"]).code, 0);
    assert_eq!(server.requests("/feed").len(), 1);
    // What is well needs no other try.
    allowing("[\"localhost\", \"127.0.0.1\"]");
    site.run(&["run"]);
    assert_eq!(server.requests("/feed").len(), 1);
}

#[test]
fn a_feed_is_left_alone_at_its_quiet_hours() {
    let quiet =
        "<skipHours><hour>13</hour><hour>14</hour></skipHours><skipDays><day>Wednesday</day></skipDays>";
    let server = Server::start();
    let feed = rss(&["Map Librarian"]).replacen("<item>", &format!("{quiet}<item>"), 1);
    server.route("/feed", [Answer::ok(feed)]);
    let board = source("board", &server.url("/feed"));
    let site = Site::new(&board);
    let times = ["24T12:00:00", "24T13:00:00", "24T14:59:00", "24T15:00:00", "25T12:00:00", "26T00:00:00"];
    assert_eq!(asked(&server, &site, &times), [1, 1, 1, 2, 2, 3]);
    let shown = site.run_at("2026-11-26T13:10:00Z", &["sources"]).out;
    assert!(
        shown.contains("10:00 (skipHours or skipDays of the feed)") || shown.contains("15:00 (skip"),
        "{shown}"
    );
    site.settings(&(board + "heed = { skip = false }\n"));
    assert_eq!(asked(&server, &site, &["26T13:10:00"]), [4]);
}

#[test]
fn a_wait_may_be_meant_for_one_board_of_a_host() {
    let server = Server::start();
    let busy = || Answer::status(429).header("Retry-After", "172800");
    server.route("/busy", [busy()]);
    server.route("/other", [Answer::ok(rss(&["Music Cataloger"]))]);
    let scoped =
        |name: &str| source(name, &server.url(&format!("/{name}"))) + "heed = { retry_after = \"source\" }\n";
    let site = Site::new(&(scoped("busy") + &scoped("other")));
    let first = site.run(&["run", "--json"]);
    assert_eq!(
        (first.source("busy")["outcome"].clone(), first.source("other")["entries"].clone()),
        ("failed".into(), 1.into())
    );
    let later = site.run_at("2026-11-25T12:00:00Z", &["run", "--json"]);
    assert_eq!(later.source("busy")["outcome"], "waiting");
    assert_eq!((server.requests("/busy").len(), server.requests("/other").len()), (1, 2));
    // One that shares the host's wait neither hears of that one, nor is deaf to its own.
    let plain = source("plain", &server.url("/plain"));
    server.route("/plain", [busy()]);
    site.settings(&(scoped("busy") + &scoped("other") + &plain));
    let third = site.run_at("2026-11-25T13:00:00Z", &["run", "--json"]);
    assert_eq!(third.source("plain")["outcome"], "failed");
    site.run_at("2026-11-25T14:00:00Z", &["run"]);
    assert_eq!((server.requests("/plain").len(), server.requests("/other").len()), (1, 4));
}

#[test]
fn a_host_that_asks_for_rest_gets_it_from_all_its_sources() {
    for status in [429, 503] {
        let server = Server::start();
        let busy = Answer::status(status).header("Retry-After", "Thu, 26 Nov 2026 12:00:00 GMT");
        server.route("/busy", [busy, Answer::ok(rss(&["Map Librarian"]))]);
        server.route("/other", [Answer::ok(rss(&["Music Cataloger"]))]);
        let settings = source("busy", &server.url("/busy")) + &source("other", &server.url("/other"));
        let site = Site::new(&settings);
        let first = site.run(&["run", "--json"]);
        assert_eq!(first.code, 2);
        let error = first.source("busy")["error"].to_string();
        assert!(error.contains("left alone until 2026-11-26T12:00:00Z"), "{error}");
        assert_eq!(first.source("other")["outcome"], "waiting");
        let later = site.run_at("2026-11-25T12:00:00Z", &["run"]);
        assert_eq!(later.code, 0, "{later:?}");
        for name in ["busy", "other"] {
            let line = format!("{name}: waits until 2026-11-26T12:00:00Z because the host asked for it");
            assert!(later.out.contains(&line), "{later:?}");
        }
        let all = site.run_at("2026-11-26T11:59:59Z", &["run", "--all", "--json"]);
        assert_eq!(all.source("busy")["until"], "2026-11-26T12:00:00Z");
        assert_eq!((server.requests("/busy").len(), server.requests("/other").len()), (1, 0));
        let shown = site.run_at("2026-11-25T12:00:00Z", &["sources"]).out;
        assert_eq!(shown.matches("2026-11-26 12:00 (host asked to wait)").count(), 2, "{shown}");
        assert_eq!(health(&site, "2026-11-25T12:00:00Z", 0)["why"], "host");
        // Only whoever names it may ask it.
        site.run_at("2026-11-26T11:00:00Z", &["run", "--only", "other"]);
        assert_eq!((server.requests("/busy").len(), server.requests("/other").len()), (1, 1));
        site.run_at("2026-11-26T12:00:00Z", &["run"]);
        assert_eq!((server.requests("/busy").len(), server.requests("/other").len()), (2, 2));
        assert_eq!(site.items("all").len(), 2);
    }
}

#[test]
fn a_permanent_move_is_believed_after_three_days() {
    let server = Server::start();
    server.route("/feed", [Answer::redirect(308, "/middle")]);
    server.route("/middle", [Answer::redirect(301, "/new")]);
    server.route("/new", [Answer::ok(rss(&["Map Librarian"]))]);
    let site = Site::new(&source("board", &server.url("/feed")));
    let days = ["24T12:00:00", "25T12:00:00", "26T12:00:00", "27T12:00:00", "28T12:00:00"];
    assert_eq!(asked(&server, &site, &days), [1, 2, 3, 4, 4]);
    assert_eq!((server.requests("/middle").len(), server.requests("/new").len()), (4, 5));
    let report = site.run_at("2026-11-29T12:00:00Z", &["run", "--json"]);
    assert_eq!(report.source("board")["moved"], server.url("/new").as_str());
    let line = format!("board: moved for good; feeds.toml should say {}", server.url("/new"));
    assert!(site.run_at("2026-11-30T12:00:00Z", &["run"]).out.contains(&line));
    assert_eq!(health(&site, "2026-11-30T12:00:00Z", 0)["moved"], server.url("/new").as_str());
    // The settings are not touched, and rule.
    let settings = std::fs::read_to_string(site.path("feeds.toml")).expect("settings");
    assert!(settings.contains(&server.url("/feed")));
    server.route("/own", [Answer::ok(rss(&["Map Librarian"]))]);
    site.settings(&source("board", &server.url("/own")));
    site.run_at("2026-11-30T13:00:00Z", &["run"]);
    assert_eq!(server.requests("/own").len(), 1);
    assert_eq!(health(&site, "2026-11-30T13:00:00Z", 0)["moved"], Value::Null);
}

#[test]
fn a_move_for_now_is_never_believed() {
    for (first, second) in [(302, 301), (301, 302), (303, 308), (307, 307)] {
        let server = Server::start();
        server.route("/feed", [Answer::redirect(first, "/middle")]);
        server.route("/middle", [Answer::redirect(second, "/new")]);
        server.route("/new", [Answer::ok(rss(&["Map Librarian"]))]);
        let site = Site::new(&source("board", &server.url("/feed")));
        let days = ["20T12:00:00", "22T12:00:00", "24T12:00:00", "26T12:00:00", "28T12:00:00"];
        assert_eq!(asked(&server, &site, &days), [1, 2, 3, 4, 5], "{first} {second}");
    }
}

#[test]
fn a_move_to_what_is_no_feed_is_never_believed() {
    let server = Server::start();
    server.route("/feed", [Answer::redirect(301, "/parked")]);
    server.route("/parked", [Answer::ok("<!DOCTYPE html><html><title>For sale</title></html>")]);
    let site = Site::new(&source("board", &server.url("/feed")));
    let days = ["20T12:00:00", "22T12:00:00", "24T12:00:00", "26T12:00:00", "28T12:00:00"];
    assert_eq!(asked(&server, &site, &days), [1, 2, 3, 4, 5]);
}

#[test]
fn what_is_gone_for_good_is_told_once_and_asked_weekly() {
    let server = Server::start();
    let feed = || Answer::ok(rss(&["Map Librarian"]));
    server.route("/feed", [feed(), Answer::status(410), Answer::status(410), feed()]);
    let site = Site::new(&source("board", &server.url("/feed")));
    site.run_at("2026-11-01T12:00:00Z", &["run"]);
    let told = site.run_at("2026-11-02T12:00:00Z", &["run", "--json"]);
    assert_eq!(told.code, 2);
    let error = told.source("board")["error"].to_string();
    assert!(error.contains("410") && error.contains("once a week from now on"), "{error}");
    assert_eq!(asked(&server, &site, &["03T12:00:00", "08T12:00:00", "09T11:59:00"]), [2, 2, 2]);
    let shown = health(&site, "2026-11-05T12:00:00Z", 0);
    assert_eq!((&shown["why"], &shown["retired"]), (&"retired".into(), &"2026-11-02T12:00:00Z".into()));
    let weekly = site.run_at("2026-11-09T12:00:00Z", &["run", "--json"]);
    assert_eq!((weekly.code, &weekly.source("board")["outcome"]), (0, &"retired".into()));
    assert_eq!(site.items("all").len(), 1, "its postings stay");
    site.run_at("2026-11-16T12:00:00Z", &["run"]);
    assert_eq!(health(&site, "2026-11-16T12:00:00Z", 0)["retired"], Value::Null, "it came back");
}

#[test]
fn once_a_week_a_whole_document_is_asked_for() {
    let (server, site) = board(|answer| answer.header("ETag", "\"1\"").conditional());
    let days = ["17T12:00:00", "19T12:00:00", "23T12:00:00", "24T12:00:00", "25T12:00:00"];
    asked(&server, &site, &days);
    let sent: Vec<_> =
        server.requests("/feed").iter().map(|r| r.header("If-None-Match").map(str::to_owned)).collect();
    let tag = Some("\"1\"".to_owned());
    assert_eq!(sent, [None, tag.clone(), tag.clone(), None, tag]);
    // The same bytes are no news.
    let report = site.run_at("2026-12-09T12:00:00Z", &["run", "--json"]);
    assert_eq!(report.source("board")["outcome"], "not_modified");
}

#[test]
fn validators_are_those_of_the_last_answer() {
    let server = Server::start();
    let feed = || Answer::ok(rss(&["Map Librarian"]));
    let answers = [
        feed().header("ETag", "\"1\"").header("Last-Modified", "once"),
        Answer::status(304).header("ETag", "\"2\""),
        feed().header("ETag", "\"3\""),
        feed(),
        feed(),
    ];
    server.route("/feed", answers);
    let site = Site::new(&source("board", &server.url("/feed")));
    let mut sent = Vec::new();
    for _ in 0..5 {
        site.run(&["run"]);
        let last = server.requests("/feed").pop().expect("it was asked");
        let header = |name| last.header(name).unwrap_or("-").to_owned();
        sent.push(format!("{} {}", header("If-None-Match"), header("If-Modified-Since")));
    }
    // The third answer, with the same bytes, has no Last-Modified any more, the fourth nothing.
    assert_eq!(sent, ["- -", "\"1\" once", "\"2\" once", "\"3\" -", "- -"]);
}

#[test]
fn the_worker_waits_too() {
    let server = Server::start();
    let feed = || Answer::ok(rss(&["Map Librarian"]));
    server.route("/plain", [feed()]);
    server.route("/fresh", [feed().header("Cache-Control", "max-age=3600")]);
    server.route("/trouble", [Answer::status(500)]);
    let names = ["plain", "fresh", "trouble"];
    let every_second =
        |name: &&str| source(name, &server.url(&format!("/{name}"))) + "schedule = \"* * * * * *\"\n";
    let site = Site::new(&names.iter().map(every_second).collect::<String>());
    let mut worker = site.start(&["work"]);
    wait_for("the third pass", || server.requests("/plain").len() >= 3);
    worker.kill().expect("it can be killed");
    worker.wait().expect("it ended");
    assert_eq!((server.requests("/fresh").len(), server.requests("/trouble").len()), (1, 1));
}

#[test]
fn a_file_needs_no_rest() {
    let site = Site::new("[[source]]\nname = \"board\"\npath = \"board.xml\"\n");
    assert_eq!(site.run(&["run"]).code, 2, "there is no such file");
    site.write("board.xml", &rss(&["Map Librarian"]).replacen("<item>", "<ttl>600</ttl><item>", 1));
    assert_eq!(site.run(&["run", "--json"]).source("board")["opened"], 1);
    assert_eq!(site.run(&["run", "--json"]).source("board")["outcome"], "not_modified");
}

#[test]
fn a_clock_that_was_wrong_stops_nothing() {
    let server = Server::start();
    let busy = Answer::status(503).header("Retry-After", "86400");
    server.route("/busy", [busy, Answer::ok(rss(&["Map Librarian"]))]);
    let site = Site::new(&source("board", &server.url("/busy")));
    site.run_at("2036-11-24T12:00:00Z", &["run"]);
    assert_eq!(site.run_at("2026-11-24T12:00:00Z", &["run"]).code, 0);
    assert_eq!(server.requests("/busy").len(), 2);
}
