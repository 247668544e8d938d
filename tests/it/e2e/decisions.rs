//! Two boards and an operator's word on their postings in, one vacancy or two out.

use crate::site::Site;

const SETTINGS: &str = r#"
[[source]]
name = "north"
path = "north.json"
title = "{title} | {employer}"
max_age_days = 0

[[source]]
name = "south"
path = "south.json"
title = "{title} | {employer}"
max_age_days = 0
"#;

fn board(name: &str, postings: &[(&str, &str)]) -> String {
    let item = |(title, day): &(&str, &str)| {
        let slug = title.to_lowercase().replace(" | ", "-at-").replace(' ', "-");
        format!(
            r#"{{"id": "{name}:{slug}", "url": "https://{name}.example.org/jobs/{slug}", "title": "{title}",
            "content_text": "Work in our library.", "date_published": "{day}T09:00:00Z"}}"#
        )
    };
    let items: Vec<_> = postings.iter().map(item).collect();
    format!(
        r#"{{"version": "https://jsonfeed.org/version/1.1", "title": "{name}", "items": [{}]}}"#,
        items.join(",")
    )
}

fn site(north: &[(&str, &str)], south: &[(&str, &str)]) -> Site {
    let site = Site::new(SETTINGS);
    site.write("north.json", &board("north", north));
    site.write("south.json", &board("south", south));
    site
}

/// A pass; how many vacancies the feed of all has.
fn run(site: &Site) -> usize {
    let done = site.run(&["run"]);
    assert_eq!(done.code, 0, "{done:?}");
    site.items("all").len()
}

/// The ids that a command shows at the beginning of lines about this title.
fn ids(shown: &str, title: &str) -> Vec<String> {
    let lines = shown.lines().filter(|line| line.contains(title) && !line.starts_with(' '));
    let mut ids: Vec<_> =
        lines.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
    ids.dedup();
    ids
}

#[test]
fn what_was_taken_for_one_is_parted_and_joined_again() {
    let site = site(
        &[("Map Librarian | Elm College", "2026-11-20")],
        &[("Map Librarian | Elm College", "2026-11-22")],
    );
    assert_eq!(run(&site), 1);
    let id = site.export("vacancies")[0]["id"].as_str().expect("an id").to_owned();
    let shown = site.run(&["explain", &id]).out;
    assert!(shown.contains("taken for one vacancy:") && shown.contains("the same title: "), "{shown}");
    assert!(shown.contains("in the feeds all"), "{shown}");
    let pair = ids(&shown[shown.find("taken for one").expect("evidence")..], "Map Librarian, Elm College");
    let [a, b] = pair.as_slice() else { panic!("two ids in {shown}") };

    assert_eq!(site.run(&["not-same", a, b]).code, 0);
    assert_eq!(run(&site), 2);
    assert!(site.items("all").iter().any(|item| item["id"].as_str().is_some_and(|item| item.ends_with(&id))));
    // The id of either posting, and its address, lead to the vacancy that it is of now.
    let by_url =
        site.run(&["explain", "https://south.example.org/jobs/map-librarian-at-elm-college?utm_source=x"]);
    assert!(by_url.out.contains(" of south"), "{by_url:?}");
    assert_eq!(site.run(&["not-same", a, b, "--undo"]).code, 0);
    assert_eq!(run(&site), 1);
    assert_eq!(site.export("vacancies")[0]["id"], id.as_str(), "it goes by its old id again");
    assert_eq!(std::fs::read_to_string(site.path("decisions.toml")).expect("decisions"), "");
    let done = site.run(&["not-same", a, b, "--undo"]);
    assert!(done.code == 1 && done.err.contains("does not say that"), "{done:?}");
}

#[test]
fn what_may_be_one_waits_for_an_operator() {
    let site = site(
        &[("Map Librarian | Elm College", "2026-09-20")],
        &[("Map Librarian | Elm College", "2026-11-09")],
    );
    assert_eq!(run(&site), 2);
    let shown = site.run(&["possible"]).out;
    assert!(shown.contains("may be the same") && shown.contains("1 pair that may be"), "{shown}");
    let pair = ids(&shown, "Map Librarian, Elm College");
    let [a, b] = pair.as_slice() else { panic!("two ids in {shown}") };
    assert_eq!(site.run(&["same", a, b]).code, 0);
    assert_eq!(run(&site), 1);
    let left = site.export("vacancies")[0]["id"].as_str().expect("an id").to_owned();
    let ended = if left == *a { b } else { a };
    let atom = site.page("all.atom");
    assert!(atom.contains("at:deleted-entry") && atom.contains(&format!("vacancy/{ended}")), "{atom}");
    assert!(site.run(&["possible"]).out.starts_with("0 pairs"));
    let shown = site.run(&["explain", b]).out;
    assert!(shown.contains("the same, as decisions.toml says"), "{shown}");

    // The other word takes the place of the first.
    assert_eq!(site.run(&["not-same", b, a]).code, 0);
    let text = std::fs::read_to_string(site.path("decisions.toml")).expect("decisions");
    assert!(!text.contains("[[same]]") && text.contains("[[not_same]]"), "{text}");
    assert_eq!(run(&site), 2);
    assert!(site.run(&["possible"]).out.starts_with("0 pairs"));
}

#[test]
fn mistakes_in_decisions_are_told() {
    let site = site(&[("Map Librarian | Elm College", "2026-11-20")], &[]);
    assert_eq!(run(&site), 1);
    let id = site.export("vacancies")[0]["id"].as_str().expect("an id").to_owned();
    for (arguments, told) in [
        (["same", &id, "0123456789ab"], "there is no posting 0123456789ab"),
        (["same", &id, &id], "is named twice"),
        (["not-same", &id, "elm"], "is no vacancy's id"),
    ] {
        let done = site.run(&arguments);
        assert!(done.code == 1 && done.err.contains(told), "{done:?}");
        assert!(!site.path("decisions.toml").exists());
    }
    let pair = "postings = [\"0123456789ab\", \"0123456789ac\"]\n";
    site.write("decisions.toml", &format!("[[same]]\n{pair}\n[[not_same]]\n{pair}"));
    let done = site.run(&["check"]);
    assert!(
        done.code == 1 && done.err.contains("decisions.toml:4") && done.err.contains("are both"),
        "{done:?}"
    );
}
