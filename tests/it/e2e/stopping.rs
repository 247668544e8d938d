//! Two at once, killed in the middle, told to stop.

use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::server::{Answer, Server};
use crate::site::{Site, rss, source};

pub fn wait_for(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(30), "waited too long for {what}");
        sleep(Duration::from_millis(20));
    }
}

fn terminate(child: &Child) {
    let sent = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("kill runs");
    assert!(sent.success());
}

/// A site with two sources of one host: the first answers, the second is silent at first.
fn half_silent(server: &Server) -> Site {
    server.route("/good", [Answer::ok(rss(&["Music Cataloger", "Map Librarian"]))]);
    server.route("/silent", [Answer::ok("").silence(), Answer::ok(rss(&["Systems Librarian"]))]);
    Site::new(&(source("good", &server.url("/good")) + &source("silent", &server.url("/silent"))))
}

#[test]
fn a_second_run_names_the_first_and_a_dead_one_is_no_obstacle() {
    let server = Server::start();
    let site = half_silent(&server);
    let mut first = site.start(&["run"]);
    wait_for("the first run to hang", || !server.requests("/silent").is_empty());
    let second = site.run(&["run"]);
    assert_eq!(second.code, 1);
    assert!(second.err.contains(&format!("process {}", first.id())), "{second:?}");
    first.kill().expect("it can be killed");
    first.wait().expect("it ended");
    let third = site.run(&["run"]);
    assert_eq!(third.code, 0, "{third:?}");
    assert_eq!(site.items("all").len(), 3);
}

#[test]
fn killed_in_the_middle_nothing_is_lost_or_doubled() {
    let server = Server::start();
    let site = half_silent(&server);
    let mut run = site.start(&["run"]);
    wait_for("the first source to be kept", || {
        server.requests("/silent").len() == 1 && site.run(&["export", "postings"]).out.lines().count() == 2
    });
    run.kill().expect("it can be killed");
    run.wait().expect("it ended");
    assert!(!site.path("public/all.rss").exists(), "no page before the pass is done");
    let next = site.run(&["run", "--json"]);
    assert_eq!(next.code, 0, "{next:?}");
    assert_eq!(site.items("all").len(), 3);
    assert_eq!(site.export("postings").len(), 3);
    assert_eq!(site.export("vacancies").len(), 3);
}

#[test]
fn a_run_that_is_told_to_stop_keeps_what_it_read() {
    let server = Server::start();
    let site = half_silent(&server);
    let mut run = site.start(&["run"]);
    wait_for("the second source to be asked", || server.requests("/silent").len() == 1);
    let begun = Instant::now();
    terminate(&run);
    let status = run.wait().expect("it ended");
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert_eq!(status.code(), Some(1));
    assert_eq!(site.export("postings").len(), 2);
    assert!(std::fs::read_to_string(site.path("out.log")).expect("a log").contains("stopped before the end"));
}

#[test]
fn the_worker_reads_takes_up_good_settings_and_stops() {
    let server = Server::start();
    server
        .route("/one", [Answer::ok(rss(&["Map Librarian"]))])
        .route("/two", [Answer::ok(rss(&["Music Cataloger"]))]);
    let one = source("one", &server.url("/one"));
    let site = Site::new(&one);
    let mut worker = site.start(&["work"]);
    wait_for("the first pass", || site.path("public/all.json").exists() && site.items("all").len() == 1);
    // Another run finds the worker at work.
    let run = site.run(&["run"]);
    assert!(run.code == 1 && run.err.contains("`shelfwire work`"), "{run:?}");
    let log = |what: &str| std::fs::read_to_string(site.path("err.log")).expect("a log").contains(what);
    site.settings(&(one.clone() + "[[sauce]]\nname = \"two\"\n"));
    wait_for("the mistake to be told", || log("did you mean \"source\"?"));
    assert_eq!(site.items("all").len(), 1);
    site.settings(&(one + &source("two", &server.url("/two"))));
    wait_for("the new source", || site.items("all").len() == 2);
    assert_eq!(server.requests("/one").len(), 1, "a source that is not due is left alone");
    let begun = Instant::now();
    terminate(&worker);
    let status = worker.wait().expect("it ended");
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert_eq!(status.code(), Some(0), "{}", std::fs::read_to_string(site.path("err.log")).expect("a log"));
}
