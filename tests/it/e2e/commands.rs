//! Each command as a user meets it.

use crate::server::{Answer, Server};
use crate::site::{Site, rss, source};

#[test]
fn mistakes_in_the_settings_come_before_any_work() {
    let server = Server::start();
    server.route("/feed", [Answer::ok(rss(&["Map Librarian"]))]);
    let site = Site::new(&(source("board", &server.url("/feed")) + "shedule = \"@daily\"\n"));
    for command in ["run", "check", "work", "publish", "sources"] {
        let done = site.run(&[command]);
        assert_eq!(done.code, 1, "{command}");
        assert!(
            done.err.contains("feeds.toml:12: ") && done.err.contains("did you mean \"schedule\"?"),
            "{done:?}"
        );
    }
    assert!(server.requests("/feed").is_empty());
    assert!(!site.path("public").exists());
}

#[test]
fn a_missing_file_says_what_to_do() {
    let site = Site::new("");
    let done = site.run(&["run", "--config", "nothing.toml"]);
    assert_eq!(done.code, 1);
    assert!(done.err.contains("nothing.toml") && done.err.contains("shelfwire init"), "{done:?}");
}

#[test]
fn a_store_or_an_output_that_cannot_be_used_is_named() {
    let site = Site::new("");
    site.write("shelfwire.sqlite", &"This is no database. ".repeat(100));
    let done = site.run(&["run"]);
    assert_eq!(done.code, 1);
    assert_eq!(done.err.matches("not a database").count(), 1, "{done:?}");
    assert!(done.err.contains("shelfwire.sqlite cannot be opened as the store"), "{done:?}");
    std::fs::remove_file(site.path("shelfwire.sqlite")).expect("it is there");
    site.write("public", "A file where a folder should be.");
    let done = site.run(&["run"]);
    assert!(done.code == 1 && done.err.contains("cannot write public/"), "{done:?}");
}

#[test]
fn a_new_folder_is_good_from_the_start_and_is_never_overwritten() {
    let site = Site::new("");
    let init = site.run(&["init", "new"]);
    assert_eq!(init.code, 0, "{init:?}");
    assert_eq!(site.run(&["--config", "new/feeds.toml", "check"]).code, 0);
    let run = site.run(&["--config", "new/feeds.toml", "run"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.contains("no source is enabled"), "{run:?}");
    assert!(site.path("new/public/all.rss").exists(), "an empty feed is a feed");
    let again = site.run(&["init", "new"]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("feeds.toml is not written"), "{again:?}");
}

#[test]
fn what_is_due_is_read_and_what_is_named() {
    let server = Server::start();
    let mut settings = String::from("[schedule]\ncron = \"0 6 * * *\"\ntime_zone = \"America/New_York\"\n");
    for name in ["one", "two", "off"] {
        server.route(&format!("/{name}"), [Answer::ok(rss(&["Map Librarian"]))]);
        settings += &source(name, &server.url(&format!("/{name}")));
    }
    settings += "enabled = false\n";
    let site = Site::new(&settings);
    let read = |now: &str, arguments: &[&str]| {
        let done = site.run_at(now, arguments);
        assert_eq!(done.code, 0, "{done:?}");
        let report = done.json();
        let mut names: Vec<_> =
            report["sources"].as_array().expect("a list").iter().map(|s| s["name"].to_string()).collect();
        names.sort();
        names.join(" ")
    };
    // Six in the morning in New York is eleven in UTC, in November.
    assert_eq!(read("2026-11-24T10:30:00Z", &["run", "--json"]), "\"one\" \"two\"");
    assert_eq!(read("2026-11-24T10:59:00Z", &["run", "--json"]), "");
    assert_eq!(read("2026-11-24T10:59:00Z", &["run", "--json", "--all"]), "\"one\" \"two\"");
    assert_eq!(read("2026-11-24T10:59:30Z", &["run", "--json", "--only", "off"]), "\"off\"");
    assert_eq!(read("2026-11-24T11:00:01Z", &["run", "--json"]), "\"one\" \"two\"");
    let wrong = site.run(&["run", "--only", "tow"]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.err.contains("did you mean \"two\"?"), "{wrong:?}");
    let table = site.run_at("2026-11-24T11:30:00Z", &["sources"]).out;
    assert!(table.contains("2026-11-24 06:00") && table.contains("2026-11-25 06:00"), "{table}");
    assert!(table.contains("not enabled"), "{table}");
}

#[test]
fn preview_shows_how_values_are_known_and_keeps_nothing() {
    let site = Site::shipped();
    let done = site.run(&["preview", "sample-archives-board"]);
    assert_eq!(done.code, 0, "{done:?}");
    for part in [
        "Quahog Historical Society",
        "Providence, US-RI, US",
        "{place}: {title}, {employer}",
        "\"archivist\" in title",
        "skipped",
    ] {
        assert!(done.out.contains(part), "{part} is missing in {}", done.out);
    }
    let file = site.run(&["preview", "samples/portal.json", "--json"]);
    assert_eq!(file.json()["entries"].as_array().map(Vec::len), Some(3), "{file:?}");
    let server = Server::start();
    server.route("/feed", [Answer::ok(rss(&["Map Librarian"]))]);
    let url = Site::new("").run(&["preview", &server.url("/feed")]);
    assert!(url.code == 0 && url.out.contains("Map Librarian"), "{url:?}");
    let wrong = site.run(&["preview", "sample-portl"]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.err.contains("did you mean \"sample-portal\"?"), "{wrong:?}");
    assert!(!site.path("state").exists() && !site.path("public").exists());
}

#[test]
fn every_command_explains_itself() {
    let site = Site::new("");
    for command in
        ["run", "check", "work", "publish", "preview", "add", "import", "sources", "export", "init", "schema"]
    {
        let help = std::process::Command::new(env!("CARGO_BIN_EXE_shelfwire"))
            .args([command, "--help"])
            .output()
            .expect("the program runs");
        assert!(help.status.success() && help.stdout.len() > 200, "{command}");
    }
    let run = site.run(&["run", "--help"]);
    assert!(run.out.contains("keeps its last good postings"), "the whole explanation is shown: {run:?}");
    assert_eq!(site.run(&["rnu"]).code, 1);
}

#[test]
fn a_pass_tells_a_plain_line_a_source() {
    let server = Server::start();
    server.route("/good", [Answer::ok(rss(&["Map Librarian"]))]).route("/bad", [Answer::status(404)]);
    let site = Site::new(&(source("good", &server.url("/good")) + &source("bad", &server.url("/bad"))));
    let done = site.run(&["run"]);
    let lines: Vec<_> = done.out.lines().collect();
    assert!(lines.iter().any(|l| l.starts_with("good: 1 entry, 1 new (")), "{lines:?}");
    assert!(
        lines.iter().any(|l| l.starts_with("bad: failed to fetch: the server answered 404")),
        "{lines:?}"
    );
    assert!(
        lines.last().is_some_and(|l| l.starts_with("2 sources, 1 failed: 1 entry; 1 new vacancy")),
        "{lines:?}"
    );
}

#[test]
fn presets_are_shown_without_settings() {
    let site = Site::new("");
    let done = site.run(&["--config", "nothing.toml", "check", "--presets"]);
    assert_eq!(done.code, 0, "{done:?}");
    assert!(
        done.out.contains("preset = \"archivesgig\"") && done.out.contains("[source.labels]"),
        "{done:?}"
    );
}

#[test]
fn what_is_not_library_work_is_counted_apart() {
    let server = Server::start();
    server.route("/feed", [Answer::ok(rss(&["Map Librarian", "Lifeguard", "Gardener"]))]);
    let site = Site::new(&(source("county", &server.url("/feed")) + "relevant = true\n"));
    let shown = site.run(&["preview", "county"]);
    assert!(shown.out.contains("not library work \"Lifeguard\": no word of library work"), "{shown:?}");
    assert!(shown.out.contains("1 entries, 0 skipped, 2 not library work"), "{shown:?}");
    let run = site.run(&["run"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.contains("3 entries (2 not library work); 1 new vacancy"), "{run:?}");
    assert!(!run.out.contains("skipped"), "{run:?}");
    // Other settings read every entry again, though the document is the same.
    let own = "relevance = { any = [\"gardener\"] }\n";
    site.settings(&(source("county", &server.url("/feed")) + own));
    let again = site.run(&["run", "--json"]).source("county");
    assert_eq!(again["opened"], 1, "{again}");
    assert_eq!(again["skipped"][0]["reason"], "not_library_work", "{again}");
}

#[test]
fn whoever_runs_a_feed_is_no_department() {
    let feed = |author: &str| {
        let titles = ["Map Librarian", "Lifeguard"];
        let entry = |title: &&str| {
            format!(
                "<entry><id>urn:{title}</id><title>{title}</title><content>Works.</content>{author}</entry>"
            )
        };
        let entries: String = titles.iter().map(entry).collect();
        format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Jobs</title><id>urn:a</id>{author}{entries}</feed>"
        )
    };
    let site = Site::new("[[source]]\nname = \"county\"\npath = \"county.atom\"\nrelevant = true\n");
    site.write("county.atom", &feed("<author><name>Library Board</name></author>"));
    let shown = site.run(&["preview", "county"]);
    assert!(shown.out.contains("1 entries, 0 skipped, 1 not library work"), "{shown:?}");
    site.write("county.atom", &feed("<author><name>Library Board - 4140</name></author>"));
    assert!(site.run(&["preview", "county"]).out.contains("2 entries"), "its code says that it hires");
}

#[test]
fn mails_that_are_no_postings_are_counted_apart() {
    let site = Site::new("[[source]]\nname = \"list\"\npath = \"list.mbox\"\n");
    let mail = |number: u32, subject: &str| {
        format!(
            "From a@example.org Mon Nov 23 09:56:21 2026\nMessage-ID: <{number}@example.org>\n\
             From: a@example.org\nSubject: {subject}\n\nText.\n\n"
        )
    };
    let mails = [mail(1, "Job: Map Librarian"), mail(2, "Re: Job: Map Librarian"), mail(3, "A new atlas")];
    site.write("list.mbox", &mails.concat());
    let shown = site.run(&["preview", "list"]);
    assert!(shown.out.contains("1 entries, 0 skipped, 2 other mails"), "{shown:?}");
    for reason in
        ["\"Re: Job: Map Librarian\": the mail answers another one", "\"A new atlas\": the mail's subject"]
    {
        assert!(shown.out.contains(reason), "{shown:?}");
    }
    let run = site.run(&["run"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.out.contains("list: 1 entry, 1 new, 2 other mails") && !run.out.contains("skipped"),
        "{run:?}"
    );
}
