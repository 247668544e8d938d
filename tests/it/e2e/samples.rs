//! The shipped samples: what a new user sees first.

use crate::site::Site;

#[test]
fn the_samples_become_feeds_by_tag_and_region() {
    let site = Site::shipped();
    let done = site.run(&["run"]);
    assert_eq!(done.code, 0, "{done:?}");
    for page in [
        "all.rss",
        "all.atom",
        "tag/archives-special-collections.json",
        "tag/music.rss",
        "region/us-ri.atom",
        "region/ca.json",
        "region/new-england.rss",
        "region/remote.atom",
        "tag/archives-special-collections/us-ri.rss",
        "feed/new-england-archives.atom",
        "feeds.opml",
        "index.html",
    ] {
        assert!(!site.page(page).is_empty(), "{page}");
    }
    for page in ["all.rss", "all.atom", "all.json", "region/ca.rss"] {
        let feed =
            feed_rs::parser::parse(site.page(page).as_bytes()).unwrap_or_else(|e| panic!("{page}: {e}"));
        assert!(!feed.entries.is_empty(), "{page}");
    }
}

#[test]
fn planted_copies_are_one_and_the_expired_one_is_in_no_feed() {
    let site = Site::shipped();
    assert_eq!(site.run(&["run"]).code, 0);
    let titles: Vec<_> =
        site.items("all").iter().map(|i| i["title"].as_str().unwrap_or_default().to_owned()).collect();
    for once in ["Metadata Librarian", "Digital Preservation Specialist"] {
        assert_eq!(titles.iter().filter(|title| title.contains(once)).count(), 1, "{once} in {titles:#?}");
    }
    assert!(!titles.iter().any(|title| title.contains("Photograph Archives Intern")), "{titles:#?}");
    let all = site.export("postings");
    assert_eq!(all.iter().filter(|p| p["title"] == "Metadata Librarian").count(), 2);
    let intern = all.iter().find(|p| p["title"] == "Photograph Archives Intern").expect("it is remembered");
    assert_eq!(intern["closes"], "2026-03-01");
}

#[test]
fn what_is_broken_is_listed_and_what_is_hostile_is_gone() {
    let site = Site::shipped();
    let done = site.run(&["run", "--json"]);
    for (source, reason) in [
        ("sample-archives-board", "no_title"),
        ("sample-council-posts", "bad_front_matter"),
        ("sample-form-export", "bad_row"),
    ] {
        let skipped = done.source(source)["skipped"].clone();
        let reasons: Vec<_> =
            skipped.as_array().expect("a list").iter().map(|s| s["reason"].clone()).collect();
        assert_eq!(reasons, [reason], "{source}");
    }
    for (page, bytes) in site.pages() {
        let text = String::from_utf8(bytes).expect("UTF-8").to_lowercase();
        for bad in
            ["evil.example.com", "onclick", "javascript:", "<iframe", "&lt;iframe", "counter.example.com"]
        {
            assert!(!text.contains(bad), "{bad} in {page}");
        }
    }
}

#[test]
fn a_second_pass_writes_nothing_and_two_first_passes_write_the_same() {
    let (one, two) = (Site::shipped(), Site::shipped());
    assert_eq!(one.run(&["run"]).code, 0);
    assert_eq!(two.run(&["run"]).code, 0);
    let pages = one.pages();
    assert_eq!(pages.keys().collect::<Vec<_>>(), two.pages().keys().collect::<Vec<_>>());
    for (page, bytes) in two.pages() {
        assert!(pages[&page] == bytes, "{page} differs between two first passes");
    }
    let modified = |page: &str| {
        std::fs::metadata(one.path("public").join(page)).and_then(|m| m.modified()).expect("a page")
    };
    let before: Vec<_> = pages.keys().map(|page| modified(page)).collect();
    let again = one.run_at("2026-11-24T13:00:00Z", &["run", "--json"]);
    assert_eq!(again.code, 0);
    assert_eq!(again.json()["pages"]["written"], 0);
    assert_eq!(before, pages.keys().map(|page| modified(page)).collect::<Vec<_>>());
    assert!(
        again.json()["sources"].as_array().expect("a list").iter().all(|s| s["outcome"] == "not_modified")
    );
    // Even rendered anew, every page is what it was.
    let publish = one.run_at("2026-11-24T14:00:00Z", &["publish", "--json"]);
    assert_eq!((publish.code, publish.json()["written"].clone()), (0, 0.into()));
}

#[test]
fn a_vacancy_leaves_when_its_last_day_is_over_where_the_work_is() {
    let site = Site::shipped();
    assert_eq!(site.run(&["run"]).code, 0);
    let has = |site: &Site| site.page("all.rss").contains("Digital Preservation Specialist");
    assert!(has(&site));
    // The last day is 15 February 2028, which ends in the last parts of Michigan at six in UTC.
    site.run_at("2028-02-16T05:59:00Z", &["run"]);
    assert!(has(&site));
    site.run_at("2028-02-16T06:01:00Z", &["run"]);
    assert!(!has(&site));
}
