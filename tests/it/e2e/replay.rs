//! Sixty days of two boards in, day by day: no vacancy twice, none lost, none after its end, ids kept.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::server::{Answer, Server};
use crate::site::{Site, source};

const DAYS: i64 = 60;

/// Days on which the portal answers badly: with an error, an empty list, the first few of its postings.
const ERROR: i64 = 21;
const EMPTY: i64 = 31;
const FEW: i64 = 41;

/// One position of an employer, known by its number.
struct Position {
    number: i64,
    /// The days on which the portal lists it: from, until before; and once more.
    listed: Vec<(i64, i64)>,
    /// Its last day to apply, where its text names one.
    closes: Option<i64>,
}

impl Position {
    fn is_listed(&self, day: i64) -> bool {
        self.listed.iter().any(|(from, until)| (*from..*until).contains(&day))
    }

    fn posted(&self) -> i64 {
        self.listed[0].0
    }

    fn title(&self) -> String {
        format!("Librarian of collection {}", self.number)
    }

    fn item(&self) -> String {
        let number = self.number + 4000;
        let closing =
            self.closes.map(|day| format!(" Application deadline: {}.", date(day).format("%B %-d, %Y")));
        format!(
            "<item><title>{}</title><link>https://jobs.example.org/postings/{number}</link>\
             <guid isPermaLink=\"false\">{number}</guid><pubDate>{}</pubDate>\
             <description>Looks after a collection.{}</description></item>",
            self.title(),
            time(self.posted()).to_rfc2822(),
            closing.unwrap_or_default()
        )
    }
}

/// The time of the run of a day.
fn time(day: i64) -> DateTime<Utc> {
    "2026-03-02T14:00:00Z".parse::<DateTime<Utc>>().expect("a time") + TimeDelta::days(day)
}

fn date(day: i64) -> NaiveDate {
    time(day).date_naive()
}

/// A position opens each day; they last for one to four weeks, by their number. Some name a last day
/// before the portal takes them out, some come back ten days after they were taken out.
fn positions() -> Vec<Position> {
    let position = |number: i64| {
        let until = number + 7 + (number * 5) % 22;
        let mut listed = vec![(number, until)];
        if number % 9 == 4 {
            listed.push((until + 10, until + 20));
        }
        let closes = (number % 4 == 1 && number % 9 != 4).then_some(until - 3);
        Position { number, listed, closes }
    };
    (0..DAYS).map(position).collect()
}

fn document<'a>(positions: impl Iterator<Item = &'a Position>) -> String {
    let mut items = String::new();
    for position in positions {
        let _ = writeln!(items, "{}", position.item());
    }
    format!(
        "<rss version=\"2.0\"><channel><title>Board</title><link>https://jobs.example.org/</link>{items}</channel></rss>"
    )
}

fn portal(positions: &[Position], day: i64) -> Answer {
    let listed = positions.iter().filter(|position| position.is_listed(day));
    match day {
        ERROR => Answer::status(503),
        EMPTY => Answer::ok(document(std::iter::empty())),
        FEW => Answer::ok(document(listed.take(4))),
        _ => Answer::ok(document(listed)),
    }
}

/// A blog copies each position two days later, and shows its last six entries.
fn blog(positions: &[Position], day: i64) -> Answer {
    let window = |position: &&Position| (day - 8..=day - 2).contains(&position.posted());
    Answer::ok(document(positions.iter().filter(window)))
}

/// Whether a position must be in the feed on a day, or must not; `None` where both is right.
fn wanted(position: &Position, day: i64) -> Option<bool> {
    // The last day ends at noon of the next in UTC, before that day's run.
    if day < position.posted() || position.closes.is_some_and(|last| day > last) {
        return Some(false);
    }
    if position.is_listed(day) {
        // What is new on a day on which the portal answers badly is not known yet.
        let is_new = position.listed.iter().any(|(from, _)| *from == day);
        return (!is_new || ![ERROR, EMPTY, FEW].contains(&day)).then_some(true);
    }
    // Two lists lack it and the blog's copy is old, four weeks after it was taken out at the latest.
    let out = position.listed.iter().map(|(_, until)| *until).filter(|until| *until <= day).max()?;
    (day >= out + 28).then_some(false)
}

#[test]
fn sixty_days_of_two_boards() {
    let server = Server::start();
    let settings = format!(
        "[publish]\nlimit = 500\ntaxonomy = false\n{}complete = true\n{}max_age_days = 20\n",
        source("portal", &server.url("/portal")),
        source("blog", &server.url("/blog"))
    );
    let site = Site::new(&settings);
    let positions = positions();
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for day in 0..DAYS {
        server.route("/portal", [portal(&positions, day)]).route("/blog", [blog(&positions, day)]);
        let now = time(day).to_rfc3339();
        let done = site.run_at(&now, &["run", "--all", "--json"]);
        assert_eq!(done.code, if day == ERROR { 2 } else { 0 }, "day {day}: {done:?}");
        let items = site.items("all");
        let mut shown = BTreeMap::new();
        for item in &items {
            let (title, id) = (item["title"].as_str().expect("a title"), item["id"].as_str().expect("an id"));
            assert_eq!(shown.insert(title.to_owned(), id), None, "day {day}: {title} twice");
            assert_eq!(
                ids.entry(title.to_owned()).or_insert_with(|| id.to_owned()),
                id,
                "day {day}: {title}"
            );
        }
        for position in &positions {
            let (title, is_shown) = (position.title(), shown.contains_key(&position.title()));
            let wanted = wanted(position, day);
            assert!(wanted.is_none_or(|wanted| wanted == is_shown), "day {day}: {title} shown: {is_shown}");
        }
    }
    let all = site.export("vacancies");
    assert_eq!(all.len(), positions.len());
    let closed = all.iter().filter(|vacancy| vacancy["closed"] != Value::Null).count();
    assert!(closed > 30, "{closed}");
    let back = |position: &&Position| position.listed.get(1).is_some_and(|(from, _)| *from < DAYS);
    assert!(positions.iter().filter(back).count() > 2, "some came back, with the ids that they had");
    let log: Value = serde_json::from_str(&site.page("changes.json")).expect("JSON");
    let newest = log["changes"].as_array().expect("changes").first().expect("a change").clone();
    assert_eq!(newest["at"], json!(time(DAYS - 1).to_rfc3339_opts(chrono::SecondsFormat::Secs, true)));
}
