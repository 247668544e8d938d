//! Pages and subscription lists in, the feeds that they name, as sources, out.

use std::collections::HashSet;
use std::fs;

use proptest::prelude::*;
use shelfwire::config::check;
use shelfwire::discover::{board, feeds, name, outlines, section};

use crate::cases;

#[test]
fn pages_and_lists_name_feeds() {
    cases::folders("discover", "expected.txt", |dir| {
        let input = cases::input(dir);
        let text = fs::read_to_string(&input).expect("the case's text");
        let found = if input.extension().is_some_and(|kind| kind == "opml") {
            outlines(&text)
        } else {
            Some(feeds(&text, "https://board.example.org/page"))
        };
        let Some(found) = found else { return "no list\n".into() };
        let mut names = HashSet::new();
        let sections = found.iter().map(|feed| {
            let name = name(feed, |name| names.contains(name));
            let section = section(&name, feed, name.len() % 2 == 0);
            names.insert(name);
            section
        });
        format!("{} feeds\n{}", found.len(), sections.collect::<String>())
    });
}

#[test]
fn addresses_of_boards_say_where_their_feeds_are() {
    cases::table("discover/boards.tsv", |url| match board(url) {
        Some(feed) => format!("{} {}", feed.url, feed.preset.unwrap_or("-")),
        None => "no board".into(),
    });
}

#[test]
fn a_board_becomes_a_source_with_its_preset() {
    let feed = board("https://sample.peopleadmin.com/postings/search").expect("a board");
    let head = "[site]\ntitle = \"Jobs\"\nbase_url = \"https://jobs.example.org/\"\n";
    let config = check::read(&format!("{head}{}", section("sample", &feed, true))).expect("no mistakes");
    let source = &config.sources[0];
    assert_eq!(source.url.as_deref(), Some("https://sample.peopleadmin.com/postings/all_jobs.atom"));
    assert!(source.relevant && source.complete, "the preset's settings are there");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn whatever_a_list_says_becomes_one_source(title in "\\PC{0,40}|[\"'\\\\#\\[\\]=\n\r\t\u{0}\u{7f}a-c]{0,20}") {
        let feed = shelfwire::discover::Feed {
            url: "https://board.example.org/feed".into(),
            title: title.clone(),
            folders: vec![title],
            preset: None,
        };
        let head = "[site]\ntitle = \"Jobs\"\nbase_url = \"https://jobs.example.org/\"\n";
        let read = check::read(&format!("{head}{}", section(&name(&feed, |_| false), &feed, false)));
        let config = read.map_err(|failures| TestCaseError::fail(format!("{failures:?}")))?;
        prop_assert_eq!(config.sources.len(), 1);
        prop_assert_eq!(config.sources[0].url.as_deref(), Some("https://board.example.org/feed"));
    }

    #[test]
    fn nothing_is_too_torn(text in "(<(outline|a|link|base|/outline|opml)( (href|xmlUrl|rel|type)=(\"|'|)(\\PC{0,9}|/feed|alternate))*/?>?|\\PC){0,30}") {
        prop_assert!(feeds(&text, "https://board.example.org/").len() <= text.len());
        prop_assert!(outlines(&text).is_none_or(|found| found.len() <= text.len()));
    }
}
