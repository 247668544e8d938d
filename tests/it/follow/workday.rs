//! Boards of Workday: a list by POST, a document for each posting.

use serde_json::{Value, json};

use super::{asked, run, text, titles};
use crate::server::{Answer, Server};
use crate::site::Site;

const LIST: &str = "/wday/cxs/quire/Careers/jobs";

fn row(number: u32) -> Value {
    json!({
        "title": format!("Librarian {number}"), "externalPath": format!("/job/Boston-MA/Librarian-{number}_R{number}"),
        "locationsText": "Boston, MA", "postedOn": "Posted Today", "bulletFields": [format!("R{number}")],
    })
}

/// So many rows from a number on, of a list that says how many it has.
fn list(from: u32, rows: u32, total: u32) -> Answer {
    let rows: Vec<_> = (from..from + rows).map(row).collect();
    Answer::ok(json!({"total": total, "jobPostings": rows}).to_string())
}

fn path(number: u32) -> String {
    format!("/wday/cxs/quire/Careers/job/Boston-MA/Librarian-{number}_R{number}")
}

fn detail(server: &Server, number: u32) -> Answer {
    let url = server.url(&format!("/Careers/job/Boston-MA/Librarian-{number}_R{number}"));
    let job = json!({
        "jobReqId": format!("R{number}"), "title": format!("Librarian {number}"), "location": "Boston, MA",
        "jobDescription": format!("<p>Catalogs maps, {number} of them.</p>"), "startDate": "2026-11-20",
        "externalUrl": url,
    });
    Answer::ok(json!({"jobPostingInfo": job, "hiringOrganization": {"name": "Quire College"}}).to_string())
}

fn board(server: &Server, lines: &str) -> Site {
    let url = server.url("/wday/cxs/quire/Careers");
    Site::new(&format!(
        "[[source]]\nname = \"board\"\nurl = \"{url}\"\nformat = \"json\"\n[source.follow]\ndetails = \"workday\"\n{lines}\n"
    ))
}

#[test]
fn every_posting_is_asked_for_once() {
    let server = Server::start();
    // Later pages do not say how many there are.
    server.route(LIST, [list(1, 20, 22), list(21, 2, 0)]);
    for number in 1..=22 {
        server.route(&path(number), [detail(&server, number)]);
    }
    let site = board(&server, "search = \"library\"\nfacets = { locations = [\"a1\"] }\n");
    let report = run(&site);
    assert_eq!(
        (&report["opened"], &report["warning"], &report["skipped"]),
        (&22.into(), &().into(), &json!([]))
    );
    let sent = server.requests(LIST);
    let offset = |at: usize| serde_json::from_str::<Value>(&sent[at].body).expect("JSON");
    assert_eq!((sent.len(), sent[0].method.as_str()), (2, "POST"));
    let wanted =
        json!({"appliedFacets": {"locations": ["a1"]}, "limit": 20, "offset": 0, "searchText": "library"});
    assert_eq!((offset(0), &offset(1)["offset"]), (wanted, &20.into()));
    let postings = site.export("postings");
    let one = postings.iter().find(|p| p["title"] == "Librarian 7").expect("a posting");
    assert_eq!(text(&one["employer"]), "Quire College");
    assert!(text(&one["description"]).contains("7 of them"), "{one}");
    // The second pass asks for the list alone.
    server.route(LIST, [list(1, 20, 22), list(21, 2, 0)]);
    server.route(&path(7), []);
    run(&site);
    assert_eq!(asked(&server, &[&path(1), &path(7), &path(22)]), [1, 1, 1]);
    // And one more when there is one more.
    server.route(LIST, [list(0, 20, 23), list(20, 3, 0)]);
    server.route(&path(0), [detail(&server, 0)]);
    let report = run(&site);
    assert_eq!((&report["opened"], &report["updated"]), (&1.into(), &0.into()));
    assert_eq!(asked(&server, &[&path(0), &path(1), &path(22)]), [1, 1, 1]);
    assert_eq!(site.items("all").len(), 23);
}

#[test]
fn a_row_stands_for_itself_until_its_document_comes() {
    let server = Server::start();
    server.route(LIST, [list(1, 3, 3)]);
    server.route(&path(1), [detail(&server, 1)]);
    server.route(&path(2), [Answer::status(500), detail(&server, 2)]);
    server.route(&path(3), [Answer::status(404)]);
    let site = board(&server, "");
    let report = run(&site);
    assert_eq!((&report["opened"], report["skipped"].as_array().map(Vec::len)), (&2.into(), Some(2)));
    assert_eq!(text(&report["warning"]), "documents of postings that did not come: 1");
    assert_eq!(titles(&site), ["Librarian 1", "Librarian 2"]);
    // It is the same posting when it comes; what is gone is not asked for again.
    let report = run(&site);
    assert_eq!(
        (&report["opened"], &report["updated"], &report["warning"]),
        (&0.into(), &1.into(), &().into())
    );
    assert_eq!(asked(&server, &[&path(1), &path(2), &path(3)]), [1, 2, 1]);
    assert_eq!(run(&site)["outcome"], "not_modified");
    assert_eq!(site.items("all").len(), 2);
}

#[test]
fn documents_are_bounded_and_come_over_several_visits() {
    let server = Server::start();
    server.route(LIST, [list(1, 5, 5)]);
    for number in 1..=5 {
        server.route(&path(number), [detail(&server, number)]);
    }
    let site = board(&server, "max_details = 2\n");
    let report = run(&site);
    assert_eq!(report["opened"], 5, "the rows of those that are left are postings");
    assert_eq!(text(&report["warning"]), "documents of postings left for the next visits: 3");
    let all: Vec<_> = (1..=5).map(path).collect();
    let all: Vec<_> = all.iter().map(String::as_str).collect();
    assert_eq!(asked(&server, &all), [1, 1, 0, 0, 0]);
    assert_eq!(run(&site)["updated"], 2);
    let report = run(&site);
    assert_eq!((&report["updated"], &report["warning"]), (&1.into(), &().into()));
    assert_eq!(asked(&server, &all), [1, 1, 1, 1, 1]);
    assert_eq!(run(&site)["outcome"], "not_modified");
}

#[test]
fn a_host_that_wants_rest_is_asked_for_no_more_documents() {
    let server = Server::start();
    server.route(LIST, [list(1, 3, 3)]);
    server.route(&path(1), [Answer::status(429).header("Retry-After", "600")]);
    let site = board(&server, "");
    assert_eq!(run(&site)["opened"], 3);
    assert_eq!(asked(&server, &[&path(1), &path(2)]), [1, 0]);
    assert_eq!(run(&site)["outcome"], "waiting");
    assert_eq!(server.most_at_once(), 1);
}

#[test]
fn preview_shows_what_documents_say() {
    let server = Server::start();
    server.route(LIST, [list(1, 1, 1)]);
    server.route(&path(1), [detail(&server, 1)]);
    let done = board(&server, "").run(&["preview", "board"]);
    assert!(done.out.contains("Quire College") && done.out.contains("1 entries"), "{done:?}");
}

#[test]
fn broken_documents_do_not_stand_before_others_for_ever() {
    let server = Server::start();
    server.route(LIST, [list(1, 4, 4)]);
    for number in 1..=3 {
        server.route(&path(number), [Answer::status(500)]);
    }
    server.route(&path(4), [detail(&server, 4)]);
    let site = board(&server, "");
    assert_eq!(run(&site)["opened"], 4);
    let all = [path(1), path(4)];
    assert_eq!(asked(&server, &[&all[0], &all[1]]), [1, 0], "a host that fails three times is left alone");
    assert_eq!(run(&site)["updated"], 1);
    assert_eq!(asked(&server, &[&all[0], &all[1]]), [2, 1]);
}
