//! Texts that keep the house rules and texts that break them in, just the breaches out.

use super::{
    File, MOST_LINES, beginning, imports, length, map, places, purity, unfinished, unused_cases, unwraps,
    workshop,
};

/// A file of one line or more, as if it were at `path`.
fn file(path: &str, text: &str) -> File {
    File { path: path.into(), text: text.into() }
}

/// The lines of the breaches that `rule` finds.
fn lines(path: &str, text: &str, rule: impl Fn(&File) -> Vec<String>) -> Vec<usize> {
    let breaches = rule(&file(path, text));
    breaches
        .iter()
        .map(|b| b.split(':').nth(1).and_then(|l| l.parse().ok()).expect("path:line: what"))
        .collect()
}

#[test]
fn the_rule_about_imports_can_fail() {
    let lib = "//! # Layout\n//! | [`text`] | in, out |\n//! | [`fetch`] | in, out |\n//! | [`parse`] | in |\n//! | [`publish`] | out |";
    let map = map(lib);
    assert_eq!(map, ["text", "fetch", "parse", "publish"]);
    let found = |path, text| lines(path, text, |file| imports(file, &map));
    assert_eq!(found("src/fetch.rs", "use crate::text;\nuse crate::fetch::http;\nuse bytes::Bytes;"), [0; 0]);
    assert_eq!(found("src/fetch.rs", "use crate::text;\nuse crate::parse::Entry;"), [2]);
    assert_eq!(found("src/fetch/http.rs", "use crate::{text,\n    parse::{Entry, Body}};"), [1, 1]);
    assert_eq!(found("src/fetch.rs", "fn f() {\n    crate::publish::go()\n}"), [2]);
    assert_eq!(found("src/fetch.rs", "use crate::elsewhere;"), [1]);
    assert_eq!(found("src/elsewhere.rs", ""), [1]);
    assert_eq!(found("src/fetch.rs", "use super::parse;"), [1]);
    assert_eq!(found("src/fetch/http.rs", "use super::Error;\nuse super::super::parse;"), [2]);
    assert_eq!(found("src/publish.rs", "use crate::text;\nuse crate::parse::Entry;"), [2]);
    assert_eq!(
        found("src/fetch.rs", "// crate::parse\n#[cfg(test)]\nmod tests {\n    use crate::parse;\n}"),
        [0; 0]
    );
    assert_eq!(found("src/cli/run.rs", "use crate::parse;"), [0; 0]);
}

#[test]
fn the_rules_about_places_can_fail() {
    let text = "use chrono::{DateTime, Utc};\nfn f() { Utc::now(); }\nuse std::{fs, time::Instant};";
    assert_eq!(lines("src/parse/feed.rs", text, purity), [3, 3, 2]);
    assert_eq!(lines("src/parser.rs", text, purity), [0; 0]);
    assert_eq!(
        lines("src/gather.rs", "fn f() { chrono::Utc::now(); std::net::TcpStream::connect(a) }", purity),
        [1, 1]
    );
    assert_eq!(
        lines("src/select.rs", "//! No Utc::now here.\nuse std::fmt;\nuse standard::fs;", purity),
        [0; 0]
    );
    assert_eq!(lines("src/publish.rs", "use std::fs::File;\nuse reqwest::Client;", places), [2]);
    assert_eq!(lines("src/fetch/http.rs", "use std::fs;\nuse reqwest::Client;", places), [1]);
    assert_eq!(lines("src/fetch/file.rs", "use std::fs;\nfn f() { rusqlite::open() }", places), [2]);
    assert_eq!(lines("src/store/write.rs", "fn f() { rusqlite::open() }", places), [0; 0]);
}

#[test]
fn the_rules_about_texts_can_fail() {
    assert_eq!(lines("src/a.rs", "//! A in, b out.\n", beginning), [0; 0]);
    for text in ["", "//!\n", "// A in, b out.", "\n//! A in, b out.", "use a::b;"] {
        assert_eq!(lines("src/a.rs", text, beginning), [1], "{text:?}");
    }
    let text = "a.unwrap();\nb\n    .unwrap ();\nc.unwrap_or(d);\n\"e.unwrap()\"; // f.unwrap()";
    assert_eq!(lines("src/a.rs", text, unwraps), [1, 3]);
    assert_eq!(lines("src/a.rs", "#[cfg(test)]\nmod tests { fn f() { a.unwrap() } }\n", unwraps), [0; 0]);
    let text =
        "todo!()\ndbg!(a)\n#[allow(dead_code)]\n#![allow(b)]\n#[ignore = \"slow\"]\n#[expect(dead_code)]";
    assert_eq!(lines("src/a.rs", text, unfinished), [1, 2, 3, 4, 5, 6]);
    let text = "#[expect(dead_code, reason = \"to come\")]\n// todo!\n#[allowed]\nmy_todo!()";
    assert_eq!(lines("src/a.rs", text, unfinished), [0; 0]);
    assert_eq!(lines("src/a.rs", &"\n".repeat(MOST_LINES), length), [0; 0]);
    assert_eq!(lines("src/a.rs", &"\n".repeat(MOST_LINES + 1), length), [MOST_LINES + 1]);
    // Put together here, so that the rule does not find them here.
    let (shop, up) = ("/work".to_owned() + "/", "..".to_owned());
    let text = format!("a\n{up}/shared/b\nc {shop}d\nIssue{} 7 and issue{} #8", "", "");
    assert_eq!(lines("README.md", &text, workshop), [2, 3, 4, 4]);
    assert_eq!(lines("README.md", "https://example.org/work/7, shared/b, the issue of 7", workshop), [0; 0]);
}

#[test]
fn the_rule_about_cases_can_fail() {
    let paths =
        ["facts/salary.tsv", "facts/closing.tsv", "feeds/rss/input.xml", "titles/a/input", "titles/b/input"];
    let cases = paths.map(|path| file(&format!("tests/cases/{path}"), ""));
    let tests = [
        file("tests/it/facts.rs", "table(\"facts/salary.tsv\", f)"),
        file("tests/it/parse.rs", "folders(\"feeds\", f) // \"titles, closing"),
    ];
    let found = unused_cases(&cases, &tests);
    let expected = [
        "tests/cases/facts/closing.tsv:1: no test reads this table",
        "tests/cases/titles/a/input:1: no test reads the cases of titles",
    ];
    assert_eq!(found, expected);
}
