//! Boards whose postings come and go in, feeds that drop them in time and say so out.

use serde_json::{Value, json};

use crate::server::{Answer, Server};
use crate::site::{Site, source};

/// An RSS feed of these postings: the title, and the day in November or December 2026 on which each was
/// posted (30 is the 30th of November, 31 the 1st of December).
pub fn board(postings: &[(&str, u32)]) -> String {
    let items: String = postings
        .iter()
        .map(|(title, day)| {
            let slug = title.to_lowercase().replace(' ', "-");
            let (day, month) = if *day > 30 { (day - 30, "Dec") } else { (*day, "Nov") };
            format!(
                "<item><title>{title}</title><link>https://board.example.org/jobs/posting-of-{slug}/</link>\
                 <guid isPermaLink=\"false\">{slug}</guid><pubDate>{day} {month} 2026 08:00:00 GMT</pubDate>\
                 <description>Work in our library.</description></item>"
            )
        })
        .collect();
    format!(
        "<rss version=\"2.0\"><channel><title>Board</title><link>https://board.example.org/</link>{items}</channel></rss>"
    )
}

/// The titles of a feed's items, sorted.
fn titles(site: &Site) -> Vec<String> {
    let mut titles: Vec<_> =
        site.items("all").iter().map(|item| item["title"].as_str().unwrap_or_default().to_owned()).collect();
    titles.sort();
    titles
}

fn run(site: &Site, now: &str) -> Value {
    let done = site.run_at(now, &["run", "--all", "--json"]);
    assert!([0, 2].contains(&done.code), "{done:?}");
    done.json()
}

fn vacancy(site: &Site, title: &str) -> Value {
    let all = site.export("vacancies");
    let found = all.iter().find(|vacancy| vacancy["postings"][0]["title"] == title);
    found.unwrap_or_else(|| panic!("no {title} in {all:?}")).clone()
}

fn changes(site: &Site) -> Vec<Value> {
    let log: Value = serde_json::from_str(&site.page("changes.json")).expect("JSON");
    log["changes"].as_array().expect("changes").clone()
}

const FOUR: [(&str, u32); 4] = [("Archivist", 20), ("Cataloger", 20), ("Director", 20), ("Page", 20)];
const THREE: [(&str, u32); 3] = [("Archivist", 20), ("Cataloger", 20), ("Director", 20)];

#[test]
fn what_is_gone_from_a_complete_source_closes_and_opens_again() {
    let server = Server::start();
    let portal = |postings: &[(&str, u32)]| {
        server.route(
            "/portal",
            [Answer::ok(board(postings)).header("ETag", format!("\"{}\"", postings.len())).conditional()],
        );
    };
    let site = Site::new(&(source("portal", &server.url("/portal")) + "complete = true\n"));
    portal(&FOUR);
    assert_eq!(run(&site, "2026-11-24T12:00:00Z")["closed"], json!({}));
    let before = vacancy(&site, "Page");

    portal(&THREE);
    run(&site, "2026-11-25T12:00:00Z");
    assert!(titles(&site).contains(&"Page".to_owned()), "once is not enough");
    // "Not modified" says that it is missing once more; but a day has not gone by.
    run(&site, "2026-11-26T11:00:00Z");
    assert!(titles(&site).contains(&"Page".to_owned()), "nor are 23 hours");
    assert!(!site.page("all.atom").contains("deleted-entry"));
    assert_eq!(run(&site, "2026-11-26T12:00:00Z")["closed"], json!({ "gone": 1 }));
    assert_eq!(titles(&site), ["Archivist", "Cataloger", "Director"]);

    let gone = vacancy(&site, "Page");
    assert_eq!(gone["closed"], json!({ "at": "2026-11-26T12:00:00Z", "reason": "gone" }));
    let id = gone["id"].as_str().expect("an id");
    let atom = site.page("all.atom");
    assert!(
        atom.contains(&format!(
            "<at:deleted-entry ref=\"tag:jobs.example.org,2024:vacancy/{id}\" when=\"2026-11-26T12:00:00Z\">"
        )),
        "{atom}"
    );
    assert!(atom.contains("<at:comment>its source no longer lists it</at:comment>"), "{atom}");
    assert!(atom.contains("<updated>2026-11-26T12:00:00+00:00</updated>"), "{atom}");
    let newest = changes(&site)[0].clone();
    assert_eq!((&newest["change"], &newest["vacancy"]), (&json!("closed"), &gone["id"]));
    assert_eq!(newest["closed"]["reason"], "gone");

    portal(&FOUR);
    let report = run(&site, "2026-11-28T12:00:00Z");
    assert_eq!((&report["reopened"], &report["sources"][0]["opened"]), (&json!(1), &json!(0)));
    let again = vacancy(&site, "Page");
    assert_eq!((&again["id"], &again["first_seen"]), (&before["id"], &before["first_seen"]));
    assert_eq!((&again["closed"], &again["updated"]), (&Value::Null, &json!("2026-11-28T12:00:00Z")));
    assert!(titles(&site).contains(&"Page".to_owned()));
    assert!(!site.page("all.atom").contains("deleted-entry"));
    assert_eq!(changes(&site)[0]["change"], "opened");
}

#[test]
fn bad_fetches_close_nothing() {
    let server = Server::start();
    let portal = |answer| server.route("/portal", [answer]);
    let lines = "complete = true\ngone_after_fetches = 1\ngone_after_hours = 0\n";
    let site = Site::new(&(source("portal", &server.url("/portal")) + lines));
    let whole = board(&FOUR);
    portal(Answer::ok(whole.clone()));
    run(&site, "2026-11-20T12:00:00Z");
    let broken = board(&FOUR[..2]).replace("</channel>", "<item><guid>page</guid></item></channel>");
    for (day, answer, warning) in [
        ("21", Answer::status(500), None),
        ("22", Answer::ok(whole[..whole.len() * 2 / 3].to_owned()), Some("cut off")),
        ("23", Answer::ok(board(&[])), Some("no entries")),
        ("24", Answer::ok(board(&FOUR[..1])), Some("fell from 4 to 1")),
        ("25", Answer::ok(broken), Some("cannot be read")),
    ] {
        portal(answer);
        let report = run(&site, &format!("2026-11-{day}T12:00:00Z"));
        assert_eq!(report["closed"], json!({}), "{report}");
        let told = report["sources"][0]["warning"].as_str();
        assert!(warning.is_none_or(|warning| told.is_some_and(|told| told.contains(warning))), "{report}");
        assert_eq!(titles(&site).len(), 4, "{report}");
    }
    portal(Answer::ok(board(&FOUR[..1])));
    run(&site, "2026-11-26T12:00:00Z");
    assert_eq!(titles(&site).len(), 4);
    let done = site.run_at("2026-11-27T12:00:00Z", &["run", "--all", "--json", "--allow-shrink"]);
    assert_eq!(done.json()["closed"], json!({ "gone": 3 }), "{done:?}");
    assert_eq!(titles(&site), ["Archivist"]);
}

#[test]
fn windows_say_nothing_of_what_left_them_but_age_does() {
    let server = Server::start();
    server.route("/blog", [Answer::ok(board(&FOUR))]);
    let site = Site::new(&(source("blog", &server.url("/blog")) + "max_age_days = 10\n"));
    run(&site, "2026-11-24T12:00:00Z");
    server.route("/blog", [Answer::ok(board(&[("Dean", 28), ("Evergreen", 1)]))]);
    let report = run(&site, "2026-11-29T12:00:00Z");
    assert_eq!(report["over"], 1, "an ad that is dated long ago is over from the start: {report}");
    assert_eq!(titles(&site), ["Archivist", "Cataloger", "Dean", "Director", "Page"]);
    let report = run(&site, "2026-11-30T09:00:00Z");
    assert_eq!(report["closed"], json!({ "age": 4 }));
    assert_eq!(titles(&site), ["Dean"]);
    assert_eq!(vacancy(&site, "Page")["closed"]["at"], "2026-11-30T08:00:00Z");
    // The feed counts as changed when something leaves it.
    assert!(site.page("all.atom").contains("<updated>2026-11-30T09:00:00+00:00</updated>"));
    assert_eq!(changes(&site).len(), 9);
}

#[test]
fn an_operator_takes_down_and_undoes_it() {
    let server = Server::start();
    server.route("/blog", [Answer::ok(board(&FOUR))]);
    let site = Site::new(&source("blog", &server.url("/blog")));
    run(&site, "2026-11-24T12:00:00Z");
    let id = vacancy(&site, "Page")["id"].as_str().expect("an id").to_owned();
    let item = format!("tag:jobs.example.org,2024:vacancy/{id}");
    assert_eq!(site.run(&["close", &item, "--reason", "the library asked"]).code, 0);
    assert_eq!(run(&site, "2026-11-24T13:00:00Z")["closed"], json!({ "takedown": 1 }));
    assert_eq!(titles(&site), ["Archivist", "Cataloger", "Director"]);
    let closed = json!({ "at": "2026-11-24T13:00:00Z", "reason": "takedown", "note": "the library asked" });
    assert_eq!(vacancy(&site, "Page")["closed"], closed);
    assert!(site.page("all.atom").contains("<at:comment>taken down: the library asked</at:comment>"));

    // An entry by hand beside it, which stays when the other is undone.
    let text = std::fs::read_to_string(site.path("decisions.toml")).expect("decisions");
    let url = "https://board.example.org/jobs/posting-of-director/?utm_source=feed";
    site.write("decisions.toml", &format!("{text}\n# Asked for by phone.\n[[takedown]]\nurl = \"{url}\"\n"));
    run(&site, "2026-11-24T14:00:00Z");
    assert_eq!(titles(&site), ["Archivist", "Cataloger"]);
    assert_eq!(vacancy(&site, "Page")["closed"], closed, "it keeps its time");
    assert_eq!(site.run(&["reopen", &id]).code, 0);
    let report = run(&site, "2026-11-24T15:00:00Z");
    assert_eq!(report["reopened"], 1);
    assert_eq!(titles(&site), ["Archivist", "Cataloger", "Page"]);
    let text = std::fs::read_to_string(site.path("decisions.toml")).expect("decisions");
    assert_eq!(text, format!("# Asked for by phone.\n[[takedown]]\nurl = \"{url}\"\n"));
    assert_eq!(site.run(&["reopen", &id]).code, 1, "it is open");

    site.write("decisions.toml", "[[takedown]]\nsource = \"blog\"\n");
    assert_eq!(run(&site, "2026-11-24T16:00:00Z")["closed"], json!({ "takedown": 3 }));
    site.write("decisions.toml", "[[takedown]]\nvacancy = \"none\"\nurl = \"https://a.example.org/\"\n");
    let done = site.run(&["check"]);
    assert!(
        done.code == 1 && done.err.contains("decisions.toml") && done.err.contains("names one of"),
        "{done:?}"
    );
}

#[test]
fn nothing_is_published_that_lost_too_much() {
    let server = Server::start();
    let names: Vec<_> = (0..30).map(|number| format!("Librarian {number}")).collect();
    let all: Vec<_> = names.iter().map(|name| (name.as_str(), 20)).collect();
    server.route("/a", [Answer::ok(board(&all[..10]))]).route("/b", [Answer::ok(board(&all[10..]))]);
    let a = source("a", &server.url("/a"));
    let both = a.clone() + &source("b", &server.url("/b"));
    let site = Site::new(&both);
    run(&site, "2026-11-24T12:00:00Z");
    assert_eq!(site.items("all").len(), 30);

    // With the other settings, two thirds are too old at once.
    site.settings(&(both.clone() + "max_age_days = 2\n"));
    let done = site.run_at("2026-11-24T13:00:00Z", &["run", "--all"]);
    assert_eq!(done.code, 2, "{done:?}");
    for words in ["NOTHING PUBLISHED: 20 of the 30", "20 age", "20 b", "--allow-shrink"] {
        assert!(done.out.contains(words), "{words}: {done:?}");
    }
    assert_eq!(site.items("all").len(), 30);
    assert!(changes(&site).iter().all(|change| change["change"] == "opened"));
    // It is the same the next time, even if nothing else happens; and for `publish`.
    let done = site.run_at("2026-11-24T14:00:00Z", &["run", "--all", "--json"]);
    assert_eq!((done.code, &done.json()["pages"]["held"]["closed"]), (2, &json!(20)), "{done:?}");
    assert_eq!(site.run_at("2026-11-24T14:00:00Z", &["publish"]).code, 2);
    // Should they come back, all is well.
    site.settings(&both);
    assert_eq!(site.run_at("2026-11-24T15:00:00Z", &["run", "--all"]).code, 0);
    assert_eq!(site.items("all").len(), 30);
    site.settings(&(both.clone() + "max_age_days = 2\n"));
    assert_eq!(site.run_at("2026-11-24T16:00:00Z", &["run", "--all"]).code, 2);
    assert_eq!(site.run_at("2026-11-24T16:00:00Z", &["run", "--all", "--allow-shrink"]).code, 0);
    assert_eq!(site.items("all").len(), 10);
    assert_eq!(changes(&site).iter().filter(|change| change["change"] == "closed").count(), 20);
    assert_eq!(site.run_at("2026-11-24T17:00:00Z", &["publish"]).code, 0);
}

#[test]
fn what_ends_in_its_time_is_no_loss() {
    let server = Server::start();
    let names: Vec<_> = (0..30).map(|number| format!("Librarian {number}")).collect();
    let all: Vec<_> = names.iter().map(|name| (name.as_str(), 20)).collect();
    server.route("/blog", [Answer::ok(board(&all))]);
    let site = Site::new(&source("blog", &server.url("/blog")));
    run(&site, "2026-11-24T12:00:00Z");
    let report = run(&site, "2027-01-20T12:00:00Z");
    assert_eq!((&report["closed"], &report["pages"]["held"]), (&json!({ "age": 30 }), &Value::Null));
    assert_eq!(site.items("all").len(), 0);
}

#[test]
fn postings_of_sources_that_are_not_read_go_by_age() {
    let server = Server::start();
    server.route("/a", [Answer::ok(board(&FOUR[..2]))]).route("/b", [Answer::ok(board(&FOUR[2..]))]);
    let a = source("a", &server.url("/a"));
    let site = Site::new(&(a.clone() + &source("b", &server.url("/b")) + "complete = true\n"));
    run(&site, "2026-11-24T12:00:00Z");
    site.settings(&a);
    let report = run(&site, "2026-11-25T12:00:00Z");
    assert_eq!((&report["unread"], &report["closed"]), (&json!({ "b": 2 }), &json!({})));
    assert_eq!(titles(&site).len(), 4);
    let report = run(&site, "2027-01-19T12:00:00Z");
    assert_eq!((&report["unread"], &report["closed"]), (&Value::Null, &json!({ "age": 4 })));
}
