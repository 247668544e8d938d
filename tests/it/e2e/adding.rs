//! `import` and `add`: sources that are appended to feeds.toml.

use std::fs;

use crate::server::{Answer, Server};
use crate::site::{Site, rss, source};

fn settings(site: &Site) -> String {
    fs::read_to_string(site.path("feeds.toml")).expect("settings")
}

const LIST: &str = "<opml version=\"2.0\"><body><outline text=\"Boards\">\
    <outline text=\"Old Board\" xmlUrl=\"http://www.old.example.org/feed/\"/>\
    <outline text=\"New Board\" xmlUrl=\"https://new.example.org/feed\"/>\
    <outline text=\"New Board\" xmlUrl=\"https://newer.example.org/feed\"/>\
    <outline text=\"Again\" xmlUrl=\"https://new.example.org/feed/\"/>\
    <outline text=\"File\" xmlUrl=\"file:///etc/passwd\"/>\
    <outline text=\"Thief\" xmlUrl=\"https://thief.example.org/?${ENV:HOME}\"/>\
    </outline></body></opml>";

#[test]
fn a_list_is_appended_and_what_is_known_is_passed_over() {
    let before = "# mine\n[[source]]\nname = \"old\"\nurl = \"https://old.example.org/feed\" # kept";
    let site = Site::new(before);
    site.write("list.opml", LIST);
    let original = settings(&site);
    let dry = site.run(&["import", "list.opml", "--dry-run"]);
    assert!(dry.code == 0 && dry.out.contains("2 of 6 feeds would be added"), "{dry:?}");
    assert_eq!(settings(&site), original);
    let done = site.run(&["import", "list.opml"]);
    assert!(done.code == 0 && done.out.contains("2 of 6 feeds added"), "{done:?}");
    let added = "\n\n# Boards / New Board\n[[source]]\nname = \"new-board\"\nurl = \"https://new.example.org/feed\"\n\
        enabled = false\n\n# Boards / New Board\n[[source]]\nname = \"new-board-2\"\n\
        url = \"https://newer.example.org/feed\"\nenabled = false\n";
    assert_eq!(settings(&site), format!("{original}{added}"));
    assert!(site.run(&["check"]).out.contains("1 of 3 sources enabled"));
    let again = site.run(&["import", "list.opml", "--enable"]);
    assert!(again.code == 0 && again.out.contains("0 of 6 feeds added"), "{again:?}");
    assert_eq!(again.out.matches("is known already").count(), 4, "{again:?}");
    assert_eq!(settings(&site), format!("{original}{added}"));
}

#[test]
fn a_file_that_would_have_mistakes_is_left_as_it_is() {
    let site = Site::new("");
    site.write(
        "list.opml",
        "<opml><outline text=\"Ours\" xmlUrl=\"https://jobs.example.org/all.rss\"/></opml>",
    );
    let original = settings(&site);
    let done = site.run(&["import", "list.opml"]);
    assert!(done.code == 1 && done.err.contains("own-pages-as-source"), "{done:?}");
    site.write("list.opml", "{}");
    let done = site.run(&["import", "list.opml"]);
    assert!(done.code == 1 && done.err.contains("list.opml is no OPML"), "{done:?}");
    assert_eq!(settings(&site), original);
}

#[test]
fn a_feed_is_added_after_a_look_at_it() {
    let server = Server::start();
    server.route(
        "/feed",
        [Answer::ok(rss(&["One Librarian", "Two Librarian", "Three Librarian", "Four Librarian"]))],
    );
    let site = Site::new("");
    let original = settings(&site);
    let dry = site.run(&["add", &server.url("/feed"), "--dry-run"]);
    assert!(dry.code == 0 && dry.out.contains("4 entries") && dry.out.contains("Three Librarian"), "{dry:?}");
    assert!(!dry.out.contains("Four Librarian"), "{dry:?}");
    assert!(dry.out.contains("no entry names its employer"), "{dry:?}");
    assert_eq!(settings(&site), original);
    let done = site.run(&["add", &server.url("/feed"), "--name", "board"]);
    assert_eq!(done.code, 0, "{done:?}");
    assert_eq!(settings(&site), format!("{original}\n{}", source("board", &server.url("/feed"))));
    let again = site.run(&["add", &server.url("/feed")]);
    assert!(again.code == 0 && again.out.contains("\"board\" reads"), "{again:?}");
    let run = site.run(&["run", "--json"]);
    assert_eq!(run.source("board")["entries"], 4, "{run:?}");
}

#[test]
fn a_page_with_postings_is_added_as_it_is() {
    let posting = |title: &str| {
        format!(
            r#"{{"@context": "https://schema.org", "@type": "JobPosting", "title": "{title}",
            "hiringOrganization": {{"name": "Sample Library"}}, "url": "https://sample.example.org/{title}"}}"#
        )
    };
    let page = format!(
        "<!doctype html><html><head><script type=\"application/ld+json\">[{}, {}]</script></head></html>",
        posting("Page"),
        posting("Cataloger")
    );
    let server = Server::start();
    server.route("/careers", [Answer::ok(page).header("Content-Type", "text/html")]);
    let site = Site::new("");
    let added = site.run(&["add", &server.url("/careers"), "--name", "library"]);
    assert!(added.code == 0 && added.out.contains("2 entries"), "{added:?}");
    assert!(added.out.contains("1. Page") && added.out.contains("Sample Library"), "{added:?}");
    assert!(!added.out.contains("no entry names its employer"), "{added:?}");
    assert!(settings(&site).ends_with(&source("library", &server.url("/careers"))));
    assert_eq!(site.run(&["run", "--json"]).source("library")["opened"], 2);
}

/// Through a proxy, since the address is one of the system's.
#[test]
fn a_page_of_a_known_system_is_added_as_its_feed_with_its_preset() {
    let proxy = Server::start();
    proxy.route("http://sample.peopleadmin.com/postings/search", [Answer::ok("<html><p>Search</p></html>")]);
    let site = Site::new("");
    let environment = [("HTTP_PROXY", proxy.url("")), ("http_proxy", proxy.url(""))];
    let environment: Vec<_> = environment.iter().map(|(name, url)| (*name, url.as_str())).collect();
    let environment = [
        &environment[..],
        &[
            ("HTTPS_PROXY", "http://127.0.0.1:9"),
            ("https_proxy", "http://127.0.0.1:9"),
            ("NO_PROXY", ""),
            ("no_proxy", ""),
        ],
    ]
    .concat();
    // The feed is asked for by TLS, which this proxy does not do: then the page itself is looked at.
    let none = site.run_with(&environment, &["add", "http://sample.peopleadmin.com/postings/search"]);
    assert!(none.code == 1 && none.err.contains("failed to parse"), "{none:?}");
    assert_eq!(proxy.requests("http://sample.peopleadmin.com/postings/search").len(), 1);
}

#[test]
fn a_page_names_its_feeds() {
    let server = Server::start();
    let link = |path: &str| {
        format!("<link rel=alternate type=application/rss+xml title='Board {path}' href={path}>")
    };
    server.route("/one", [Answer::ok(format!("<!doctype html><html>{}", link("/a")))]);
    server.route("/many", [Answer::ok(format!("<html>{}{}{}", link("/a"), link("/b"), link("/gone")))]);
    server.route("/none", [Answer::ok("<html><p>No feeds.</p>")]);
    server.route("/a", [Answer::ok(rss(&["Map Librarian"]))]);
    server.route("/b", [Answer::ok(rss(&["Law Librarian", "Map Librarian"]))]);
    let site = Site::new("");
    let original = settings(&site);
    let many = site.run(&["add", &server.url("/many")]);
    assert!(many.code == 1 && many.out.contains("--pick N"), "{many:?}");
    assert!(
        many.out.contains("/a \"Board /a\": 1 entries") && many.out.contains("/b \"Board /b\": 2 entries")
    );
    assert!(many.out.contains("3. ") && many.out.contains("404"), "{many:?}");
    for wrong in ["0", "3", "4"] {
        assert_eq!(site.run(&["add", &server.url("/many"), "--pick", wrong]).code, 1, "{wrong}");
    }
    let none = site.run(&["add", &server.url("/none")]);
    assert!(none.code == 1 && none.err.contains("failed to parse"), "{none:?}");
    assert_eq!(settings(&site), original);
    assert_eq!(site.run(&["add", &server.url("/many"), "--pick", "2"]).code, 0);
    assert_eq!(site.run(&["add", &server.url("/one")]).code, 0);
    let text = settings(&site);
    assert!(text.contains("# Board /b\n[[source]]\nname = \"board-b\"\n"), "{text}");
    assert!(text.contains("# Board /a\n[[source]]\nname = \"board-a\"\n"), "{text}");
    assert_eq!(site.run(&["check"]).code, 0);
}
