//! Pages and sitemaps that lead to pages of single postings.

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use std::io::Write;

use super::{asked, run, site, text, titles};
use crate::server::{Answer, Server};

/// A page of one posting.
fn posting(title: &str) -> Answer {
    let json = json!({"@type": "JobPosting", "title": title, "description": "<p>Catalogs books in Boston, MA.</p>",
        "identifier": format!("id of {title}"), "hiringOrganization": {"name": "Quire College"}});
    page(&format!("<script type=\"application/ld+json\">{json}</script><h1>{title}</h1>"))
}

fn page(body: &str) -> Answer {
    Answer::ok(format!("<!doctype html><html><title>Jobs</title>{body}</html>"))
        .header("Content-Type", "text/html")
}

const LINKS: &str = "[source.follow]\ndetails = \"pages\"\nlinks = \"a[href*='/job/']\"\n";

#[test]
fn links_of_a_page_lead_to_postings() {
    let (server, other) = (Server::start(), Server::start());
    let away = other.url("/job/9");
    server.route("/feed", [page(&format!(
        "<a href=\"/job/1\">One</a><a href=\"./job/2#apply\">Two</a><a href=\"/job/1#top\">One</a><a href=\"/about\">x</a>\
         <a href=\"/job/3\">Gone</a><a href=\"/job/4\">None</a><a href=\"{away}\">Away</a>"
    ))]);
    server.route("/job/1", [posting("Map Librarian")]);
    server.route("/job/2", [posting("Law Librarian")]);
    server.route("/job/3", [Answer::status(410)]);
    server.route("/job/4", [page("Nothing is open.")]);
    let site = site(&server, LINKS);
    let report = run(&site);
    assert_eq!(titles(&site), ["Law Librarian", "Map Librarian"]);
    let skipped: Vec<_> =
        report["skipped"].as_array().expect("a list").iter().map(|s| text(&s["reason"])).collect();
    assert_eq!(skipped, ["gone_page", "no_posting"]);
    assert_eq!(asked(&server, &["/job/1", "/job/2", "/about"]), [1, 1, 0]);
    assert_eq!(asked(&other, &["/job/9", "/robots.txt"]), [0, 0]);
    // Nothing is asked for twice, also what was not there.
    server.route("/feed", [page("<a href=\"/job/1\">1</a><a href=\"/job/3\">3</a><a href=\"/job/4\">4</a><a href=\"/job/5\">5</a>")]);
    server.route("/job/5", [posting("Music Librarian")]);
    let report = run(&site);
    assert_eq!((&report["opened"], &report["unchanged"]), (&1.into(), &3.into()));
    assert_eq!(asked(&server, &["/job/1", "/job/3", "/job/4", "/job/5"]), [1, 1, 1, 1]);
}

/// What is known is not read again, so what is not read is not gone.
#[test]
fn nothing_is_gone_from_a_list_that_leads_to_pages() {
    let server = Server::start();
    server.route("/feed", [page("<a href=\"/job/1\">1</a><a href=\"/job/2\">2</a>")]);
    server.route("/job/1", [posting("Map Librarian")]);
    server.route("/job/2", [posting("Law Librarian")]);
    let site =
        site(&server, &format!("complete = true\ngone_after_fetches = 1\ngone_after_hours = 0\n{LINKS}"));
    run(&site);
    server.route("/feed", [page("<a href=\"/job/1\">1</a><a href=\"/job/2\">2</a><a href=\"/job/3\">3</a>")]);
    server.route("/job/3", [posting("Music Librarian")]);
    run(&site);
    assert_eq!(titles(&site), ["Law Librarian", "Map Librarian", "Music Librarian"]);
    assert_eq!(site.items("all").len(), 3);
}

#[test]
fn what_a_list_states_fills_what_its_pages_do_not() {
    let server = Server::start();
    server.route("/feed", [page(
        "<li><a href=\"/job/1\">Map Librarian</a> <i>Ithaca, NY</i></li><li><a href=\"/job/2\">Law Librarian</a></li>",
    )]);
    server.route("/job/1", [posting("Map Librarian")]);
    server.route("/job/2", [page("<p>Soon.</p>")]);
    let site = site(
        &server,
        "[source.select]\nentry = \"li\"\ntitle = \"a\"\nplace = \"i\"\n[source.follow]\ndetails = \"pages\"\n",
    );
    run(&site);
    let postings = site.export("postings");
    let one = postings.iter().find(|p| p["title"] == "Map Librarian").expect("a posting");
    assert_eq!((text(&one["employer"]), text(&one["places"][0]["city"])), ("Quire College", "Ithaca"));
    // A page without a posting leaves what the list states.
    assert_eq!(titles(&site), ["Law Librarian", "Map Librarian"]);
}

#[test]
fn sitemaps_say_what_is_asked_for_again() {
    let server = Server::start();
    let map = |days: [&str; 2]| {
        let urls: String = days
            .iter()
            .enumerate()
            .map(|(i, day)| {
                format!("<url><loc>{}</loc><lastmod>{day}</lastmod></url>", server.url(&format!("/job/{i}")))
            })
            .collect();
        let about = server.url("/about");
        let text = format!(
            "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{urls}<url><loc>{about}</loc></url></urlset>"
        );
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(text.as_bytes()).expect("memory takes everything");
        Answer::ok(packed.finish().expect("memory takes everything"))
    };
    let index =
        format!("<sitemapindex><sitemap><loc>{}</loc></sitemap></sitemapindex>", server.url("/jobs.xml.gz"));
    server.route("/feed", [Answer::ok(index)]);
    server.route("/jobs.xml.gz", [map(["2026-11-01", "2026-11-02"]), map(["2026-11-01", "2026-11-20"])]);
    server.route("/job/0", [posting("Map Librarian")]);
    server.route("/job/1", [posting("Law Librarian"), posting("Law Librarian (re-opened)")]);
    let site =
        site(&server, "[source.follow]\ndetails = \"sitemap\"\nmatching = \"*/job/*\"\nmax_details = 1\n");
    let report = run(&site);
    assert_eq!(
        (&report["opened"], text(&report["warning"])),
        (&1.into(), "documents of postings left for the next visits: 1")
    );
    // The second sitemap has another day for what is left.
    assert_eq!(run(&site)["opened"], 1);
    assert_eq!(asked(&server, &["/job/0", "/job/1", "/about"]), [1, 1, 0]);
    assert_eq!(titles(&site), ["Law Librarian", "Map Librarian"]);
}

#[test]
fn a_page_that_leads_into_the_own_network_is_refused() {
    let server = Server::start();
    server.route("/feed", [page("<a href=\"/job/1\">1</a><a href=\"/job/2\">2</a>")]);
    server.route("/job/1", [Answer::redirect(302, "http://10.0.0.1/job/")]);
    server.route("/job/2", [posting("Map Librarian")]);
    let report = run(&site(&server, LINKS));
    let skipped = &report["skipped"][0];
    assert_eq!((&report["opened"], text(&skipped["reason"])), (&1.into(), "no_page"));
    assert!(text(&skipped["entry"]).contains("10.0.0.1 is not public"), "{skipped}");
}

#[test]
fn a_feed_leads_to_the_pages_of_its_entries() {
    let server = Server::start();
    let item = |n: u32| {
        format!("<item><title>Librarian {n}</title><link>{}</link></item>", server.url(&format!("/job/{n}")))
    };
    server.route(
        "/feed",
        [Answer::ok(format!(
            "<rss version=\"2.0\"><channel><title>x</title>{}{}</channel></rss>",
            item(1),
            item(2)
        ))],
    );
    server.route("/job/1", [posting("Librarian 1")]);
    server.route("/job/2", [posting("Librarian 2")]);
    let site = site(&server, "follow = { details = \"pages\" }");
    assert_eq!(run(&site)["opened"], 2);
    assert!(site.export("postings").iter().all(|p| p["employer"] == "Quire College"));
    assert_eq!(run(&site)["outcome"], "not_modified");
}

#[test]
fn cookies_last_as_long_as_a_visit_that_wants_them() {
    for (lines, wanted) in [("cookies = true\n", true), ("", false)] {
        let server = Server::start();
        server.route("/feed", [Answer::redirect(302, "/list").header("Set-Cookie", "session=7; Path=/")]);
        server.route("/list", [page("<a href=\"/job/1\">1</a>")]);
        server.route("/job/1", [posting("Map Librarian")]);
        let site = site(&server, &format!("{lines}{LINKS}"));
        run(&site);
        run(&site);
        let sent = |path: &str| -> Vec<bool> {
            server
                .requests(path)
                .iter()
                .map(|request| request.header("Cookie") == Some("session=7"))
                .collect()
        };
        assert_eq!((sent("/feed"), sent("/list")), (vec![false, false], vec![wanted, wanted]));
        assert_eq!(sent("/job/1"), [wanted]);
    }
}
