//! A robots.txt and addresses in, which may be asked out.

use proptest::prelude::*;
use shelfwire::fetch::robots::{Robots, address};
use url::Url;

use crate::cases;

fn url(path: &str) -> Url {
    Url::parse("https://board.example.org").and_then(|host| host.join(path)).expect("an address")
}

/// A file, ` ? ` and paths in; which of them may be asked, and the delay, out.
fn answer(line: &str) -> String {
    let (file, paths) = line.rsplit_once(" ? ").expect("a question");
    let robots = Robots::read(file.as_bytes(), "Shelfwire");
    let mut said: Vec<_> = paths
        .split(' ')
        .map(|path| if robots.allows(&url(path)) { "yes" } else { "no" }.to_owned())
        .collect();
    said.extend(robots.delay().map(|delay| format!("after {delay:?}")));
    said.join(" ")
}

#[test]
fn groups() {
    cases::table("robots/groups.tsv", answer);
}

#[test]
fn rules() {
    cases::table("robots/rules.tsv", answer);
}

#[test]
fn files_that_are_not_as_they_should_be() {
    cases::table("robots/odd.tsv", answer);
}

#[test]
fn lines_end_in_any_way() {
    for end in ["\n", "\r\n", "\r"] {
        let file = ["User-agent: *", "Disallow: /a", "", "Disallow: /b"].join(end);
        let robots = Robots::read(file.as_bytes(), "Shelfwire");
        assert!(
            !robots.allows(&url("/a")) && !robots.allows(&url("/b")) && robots.allows(&url("/c")),
            "{end:?}"
        );
    }
}

#[test]
fn bytes_that_are_no_text() {
    let robots = Robots::read(b"User-agent: *\nDisallow: /caf\xe9\nDisallow: /\xff\xfe", "Shelfwire");
    assert!(!robots.allows(&url("/caf%E9")));
    assert!(robots.allows(&url("/caf%C3%A9")));
}

#[test]
fn what_comes_after_500_kib_is_not_read() {
    let file = |padding: usize| format!("#{}\nUser-agent: *\nDisallow: /\n", "x".repeat(padding));
    assert!(!Robots::read(file(1000).as_bytes(), "Shelfwire").allows(&url("/jobs")));
    assert!(Robots::read(file(500 * 1024).as_bytes(), "Shelfwire").allows(&url("/jobs")));
}

#[test]
fn the_file_is_at_the_top_of_its_host() {
    let at = |text: &str| address(&Url::parse(text).expect("an address")).map(String::from);
    let found = at("https://me:word@board.example.org:8080/jobs/?page=2#top");
    assert_eq!(found.as_deref(), Some("https://board.example.org:8080/robots.txt"));
    assert_eq!(at("mailto:jobs@example.org"), None);
}

#[test]
fn many_rules_of_stars_are_no_burden() {
    let stars = format!("Disallow: /{}b$\n", "*a".repeat(20)).repeat(8000);
    let robots = Robots::read(format!("User-agent: *\n{stars}").as_bytes(), "Shelfwire");
    let begun = std::time::Instant::now();
    assert!(robots.allows(&url(&"/a".repeat(2000))));
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_there(
        file in "((user-agent|allow|disallow|crawl-delay|x)?:? ?(\\*|\\$|/|%|%2|%2f|a|inf|-1|\\PC){0,6}(\r|\n)){0,9}",
        path in "/(\\*|\\$|/|%|%2|%2f|a|\\PC){0,9}",
    ) {
        let robots = Robots::read(file.as_bytes(), "Shelfwire");
        let asked = url(&format!("/jobs{path}"));
        prop_assert!(robots.allows(&asked) || file.to_lowercase().contains("disallow"));
        let closed = Robots::read(b"User-agent: *\nDisallow: /", "Shelfwire");
        prop_assert!(!closed.allows(&asked) || asked.path() == "/robots.txt");
    }
}
