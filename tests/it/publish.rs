//! Vacancies in, pages out: as expected, valid, read back the same, written only if changed.

mod hostile;

use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use shelfwire::config::Config;
use shelfwire::publish::{self, FeedInfo, NAMESPACE, Page, Written};
use shelfwire::vacancy::Vacancy;

use crate::cases;
use crate::rules::{self, xml};

struct Case {
    config: Config,
    info: FeedInfo,
    vacancies: Vec<Vacancy>,
}

impl Case {
    fn read(dir: &Path) -> Self {
        let text = |name: &str| fs::read_to_string(dir.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        let config: Config = toml::from_str(&text("site.toml")).expect("site.toml holds settings");
        let vacancies = serde_json::from_str(&text("vacancies.json")).expect("vacancies");
        let info = publish::info(&config, text("feed.txt").trim());
        Case { config, info, vacancies }
    }

    fn named(name: &str) -> Self {
        Case::read(&cases::root().join("publish").join(name))
    }

    fn pages(&self) -> Vec<Page> {
        let vacancies: Vec<_> = self.vacancies.iter().collect();
        let pages = publish::render(&self.config.site, &self.info, &vacancies).expect("pages");
        for page in &pages {
            assert_eq!(rules::faults(&page.path, &page.bytes), Vec::<String>::new(), "{}", page.path);
        }
        pages
    }
}

/// One of the three pages, as text.
fn text<'a>(pages: &'a [Page], extension: &str) -> &'a str {
    let page = pages.iter().find(|page| page.path.ends_with(extension)).expect("a page");
    std::str::from_utf8(&page.bytes).expect("UTF-8")
}

#[test]
fn pages_are_as_expected() {
    for extension in ["rss", "atom", "json"] {
        cases::folders("publish", &format!("expected.{extension}"), |dir| {
            text(&Case::read(dir).pages(), extension).to_owned()
        });
    }
}

#[test]
fn an_item_tells_the_language_of_its_description() {
    let mut case = Case::named("full");
    let vacancy = &mut case.vacancies[0];
    vacancy.postings.truncate(1);
    vacancy.postings[0].description = "<p>Nous cherchons un bibliothécaire.</p>".into();
    vacancy.postings[0].language = Some("fr-CA".into());
    case.vacancies.truncate(1);
    let pages = case.pages();
    let told = |extension: &str, words: &str| {
        assert_eq!(text(&pages, extension).matches(words).count(), 1, "{words} in {extension}");
    };
    told("rss", "<dc:language>fr-CA</dc:language>");
    told("atom", "<content xml:lang=\"fr-CA\" type=\"html\">");
    told("json", "\"language\": \"fr-CA\"");
}

#[test]
fn a_feed_has_three_pages_at_its_path() {
    let pages = Case::named("full").pages();
    let paths: Vec<_> = pages.iter().map(|page| page.path.as_str()).collect();
    assert_eq!(
        paths,
        ["tag/music/hudson-valley.rss", "tag/music/hudson-valley.atom", "tag/music/hudson-valley.json"]
    );
}

#[test]
fn ids_do_not_depend_on_the_host() {
    let mut site = Case::named("full").config.site;
    assert_eq!(publish::item_id(&site, "k3v9q2"), "tag:jobs.example.org,2024:vacancy/k3v9q2");
    site.base_url = "https://new.example.org/".into();
    site.id_authority = Some("jobs.example.org".into());
    assert_eq!(publish::item_id(&site, "k3v9q2"), "tag:jobs.example.org,2024:vacancy/k3v9q2");
}

#[test]
fn feeds_are_named_by_their_path() {
    let config = Case::named("full").config;
    let named = |path| publish::info(&config, path).title;
    assert_eq!(named("all"), "Hudson Library Jobs");
    assert_eq!(named("tag/music"), "Hudson Library Jobs: Music & sound");
    assert_eq!(named("tag/rare-books/us-ny"), "Hudson Library Jobs: Rare books, New York");
    assert_eq!(named("region/ca"), "Hudson Library Jobs: Canada");
    assert_eq!(named("region/xx-yy"), "Hudson Library Jobs: XX-YY");
    assert_eq!(named("region/remote"), "Hudson Library Jobs: Remote");
    let own = Case::named("empty");
    assert_eq!(own.info.title, "First steps in libraries");
}

/// What every format says of an item, as a foreign parser reads it.
#[derive(Debug, PartialEq)]
struct Seen {
    id: String,
    title: String,
    link: Option<String>,
    content: String,
    published: DateTime<Utc>,
    author: Option<String>,
    labels: Vec<String>,
}

/// Reads a page with feed-rs.
fn seen(page: &str) -> (String, Vec<Seen>) {
    let parser = feed_rs::parser::Builder::new().sanitize_content(false).build();
    let feed = parser.parse(page.as_bytes()).expect("feed-rs reads the page");
    // An entry of Atom without an author has the feed's (RFC 4287 section 4.2.1).
    let owner = feed.authors.first().and_then(|author| author.name.clone()).unwrap_or_default();
    let item = |entry: feed_rs::model::Entry| Seen {
        id: entry.id,
        title: entry.title.expect("a title").content,
        // Atom has links to boards as well; RSS and JSON Feed have one.
        link: entry
            .links
            .iter()
            .find(|l| l.rel.as_deref().is_none_or(|r| r == "alternate"))
            .map(|l| l.href.clone()),
        content: entry.content.and_then(|c| c.body).expect("content").trim().to_owned(),
        published: entry.published.expect("a date"),
        author: entry.authors.first().and_then(|author| author.name.clone()).filter(|name| *name != owner),
        labels: entry.categories.into_iter().map(|c| c.label.unwrap_or(c.term)).collect(),
    };
    (feed.title.expect("a title").content, feed.entries.into_iter().map(item).collect())
}

#[test]
fn feed_rs_reads_the_same_from_every_format() {
    for name in ["full", "empty", "hostile"] {
        let case = Case::named(name);
        let pages = case.pages();
        let [rss, atom, json] = ["rss", "atom", "json"].map(|extension| seen(text(&pages, extension)));
        assert_eq!(atom.0, rss.0);
        assert_eq!(json.0, rss.0);
        for (atom, rss) in atom.1.iter().zip(&rss.1) {
            assert_eq!(atom, rss);
        }
        for (json, rss) in json.1.iter().zip(&rss.1) {
            assert_eq!(json, rss);
        }
        assert_eq!([rss.1.len(), atom.1.len(), json.1.len()], [case.vacancies.len(); 3]);
    }
}

#[test]
fn what_is_read_back_is_what_was_given() {
    let case = Case::named("full");
    let pages = case.pages();
    let (title, items) = seen(text(&pages, "rss"));
    assert_eq!(title, "Hudson Library Jobs: Music & sound, Hudson Valley");
    let (item, vacancy) = (&items[0], &case.vacancies[0]);
    assert_eq!(item.id, publish::item_id(&case.config.site, &vacancy.id));
    assert_eq!(item.title, "Music Cataloger — Mount Beacon College Library (Beacon, NY)");
    assert_eq!(item.link, vacancy.best().url);
    assert!(item.content.ends_with(vacancy.best().description.trim()), "{}", item.content);
    assert_eq!(item.published, vacancy.posted);

    let feed = atom_syndication::Feed::read_from(text(&pages, "atom").as_bytes())
        .expect("atom_syndication reads it");
    let entry = &feed.entries()[0];
    assert_eq!(entry.summary().map(|s| s.as_str()), Some(vacancy.best().summary.as_str()));
    assert_eq!(entry.updated().to_utc(), "2026-10-07T09:30:00Z".parse::<DateTime<Utc>>().unwrap());
    assert_eq!(feed.updated(), entry.updated());
    let via: Vec<_> =
        entry.links().iter().filter(|l| l.rel() == "via").map(|l| (l.title().unwrap(), l.href())).collect();
    assert_eq!(
        via,
        [
            ("valley-list", "https://list.example.org/jobs/1207"),
            ("state-board", "https://board.example.com/posting?id=88&view=full")
        ]
    );
    let rss = rss::Channel::read_from(text(&pages, "rss").as_bytes()).expect("rss reads it");
    let item = &rss.items()[0];
    assert_eq!(
        item.source().map(|source| source.url.as_str()),
        Some("https://list.example.org/jobs/feed.xml")
    );
    assert!(!item.guid().expect("a guid").is_permalink());
    assert_eq!(rss.ttl(), Some("60"));
    assert!(!text(&pages, "rss").contains("not-to-be-shown"), "a source's key is published");
}

/// The XML extension must say what the JSON object says.
#[test]
fn data_is_the_same_in_every_format() {
    for name in ["full", "hostile"] {
        let pages = Case::named(name).pages();
        let json: serde_json::Value = serde_json::from_str(text(&pages, "json")).expect("JSON");
        for extension in ["rss", "atom"] {
            let root = xml::read(text(&pages, extension).as_bytes()).expect("XML");
            let found: Vec<_> = root
                .all("vacancy")
                .into_iter()
                .filter(|v| v.space == NAMESPACE && !v.children.is_empty())
                .collect();
            let items = json["items"].as_array().expect("items");
            assert_eq!(found.len(), items.len());
            for (vacancy, item) in found.iter().zip(items) {
                let mut expected = Vec::new();
                leaves(&item["_shelfwire"], &mut expected);
                expected.retain(|text| !text.ends_with("#data"));
                let mut got = Vec::new();
                texts(vacancy, &mut got);
                expected.sort();
                got.sort();
                assert_eq!(got, expected);
            }
        }
    }
}

fn leaves(value: &serde_json::Value, out: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => fields.values().for_each(|value| leaves(value, out)),
        serde_json::Value::Array(values) => values.iter().for_each(|value| leaves(value, out)),
        serde_json::Value::String(text) => out.push(text.clone()),
        other => out.push(other.to_string()),
    }
}

fn texts(element: &xml::Element, out: &mut Vec<String>) {
    if element.children.is_empty() {
        out.push(element.text.clone());
    }
    element.children.iter().for_each(|child| texts(child, out));
}

#[test]
fn an_empty_feed_keeps_its_address_and_names_no_time() {
    let pages = Case::named("empty").pages();
    assert!(text(&pages, "rss").contains("https://jobs.example.org/feed/early-career.rss"));
    assert!(!text(&pages, "rss").contains("lastBuildDate"));
    assert!(text(&pages, "atom").contains("<updated>1970-01-01T00:00:00+00:00</updated>"));
    assert!(text(&pages, "json").contains("\"items\": []"));
}

#[test]
fn lists_of_feeds_are_grouped_and_valid() {
    let config = Case::named("full").config;
    let feeds = [
        ("tag/music/us-ny", 2),
        ("region/us-ny", 7),
        ("feed/early-career", 0),
        ("tag/music", 3),
        ("all", 12),
        ("tag/academic", 5),
        ("region/ca", 1),
    ];
    let feeds: Vec<_> = feeds.iter().map(|(path, count)| (publish::info(&config, path), *count)).collect();
    let pages = publish::render_index(&config.site, &feeds).expect("pages");
    let paths: Vec<_> = pages.iter().map(|page| page.path.as_str()).collect();
    assert_eq!(paths, ["index.html", "feeds.opml"]);

    let opml = text(&pages, "opml");
    assert_eq!(rules::faults("feeds.opml", opml.as_bytes()), Vec::<String>::new());
    let root = xml::read(opml.as_bytes()).expect("XML");
    let urls: Vec<_> =
        root.all("outline").iter().filter_map(|o| o.attribute("xmlUrl")).map(|u| u.to_owned()).collect();
    let base = "https://jobs.example.org/board/";
    let expected = [
        "all",
        "tag/academic",
        "tag/music",
        "tag/music/us-ny",
        "region/ca",
        "region/us-ny",
        "feed/early-career",
    ];
    assert_eq!(urls, expected.map(|path| format!("{base}{path}.rss")));

    let html = text(&pages, "html");
    for path in expected {
        for extension in ["rss", "atom", "json"] {
            assert!(html.contains(&format!("href=\"{}\"", html_path(path, extension))), "{path}.{extension}");
        }
    }
    assert!(html.contains("Music &amp; sound"), "{html}");
    assert!(html.contains("<span class=\"count\">12 open</span>"), "{html}");
    assert!(!html.contains("<script"));
}

/// minijinja writes a slash in an attribute as a reference.
fn html_path(path: &str, extension: &str) -> String {
    format!("{}.{extension}", path.replace('/', "&#x2f;"))
}

#[test]
fn pages_are_written_only_if_changed() {
    let output = tempfile::tempdir().expect("a folder");
    let path = output.path().join("tag/music/us-ny.rss");
    let mut page = Page { path: "tag/music/us-ny.rss".into(), bytes: b"one".to_vec() };
    let write = |page: &Page| publish::write(output.path(), page).expect("written");
    assert_eq!(write(&page), Written::New);
    let before = fs::metadata(&path).expect("a file").modified().expect("a time");
    assert_eq!(write(&page), Written::Unchanged);
    assert_eq!(fs::metadata(&path).expect("a file").modified().expect("a time"), before);
    page.bytes = b"two".to_vec();
    assert_eq!(write(&page), Written::Changed);
    assert_eq!(fs::read(&path).expect("a file"), b"two");
    let files = fs::read_dir(path.parent().expect("a folder")).expect("a folder").count();
    assert_eq!(files, 1, "a temporary file was left");
}

/// A page is for a web server that runs as somebody else.
#[cfg(unix)]
#[test]
fn pages_have_the_permissions_of_any_new_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let output = tempfile::tempdir().expect("a folder");
    publish::write(output.path(), &Page { path: "all.rss".into(), bytes: vec![1] }).expect("written");
    fs::write(output.path().join("plain"), "").expect("written");
    let mode = |name: &str| fs::metadata(output.path().join(name)).expect("a file").permissions().mode();
    assert_eq!(mode("all.rss"), mode("plain"));
}

#[test]
fn pages_stay_inside_the_output_folder() {
    let output = tempfile::tempdir().expect("a folder");
    for path in ["../all.rss", "/tmp/all.rss", "tag/../../all.rss", "./all.rss", ""] {
        let page = Page { path: path.into(), bytes: vec![1] };
        assert!(matches!(publish::write(output.path(), &page), Err(publish::Error::Outside(_))), "{path}");
    }
    fs::create_dir(output.path().join("all.rss")).expect("a folder");
    let error = publish::write(output.path(), &Page { path: "all.rss".into(), bytes: vec![1] }).unwrap_err();
    assert!(error.to_string().contains("all.rss"), "{error}");
}

/// The documentation must name what is written.
#[test]
fn every_field_is_documented() {
    let docs = include_str!("../../docs/extension.md");
    assert!(docs.contains(NAMESPACE));
    let pages = Case::named("full").pages();
    let json: serde_json::Value = serde_json::from_str(text(&pages, "json")).expect("JSON");
    let index = publish::render_index(&Case::named("full").config.site, &[]).expect("pages");
    let mut names = Vec::new();
    keys(&json["_shelfwire"], &mut names);
    keys(&json["items"][0]["_shelfwire"], &mut names);
    assert!(names.len() > 20, "{names:?}");
    for name in &names {
        assert!(docs.contains(&format!("`{name}`")), "docs/extension.md does not explain {name}");
    }
    // What an item holds, the index page names as well.
    let mut names = Vec::new();
    keys(&json["items"][0]["_shelfwire"], &mut names);
    names.retain(|name| !["about", "vacancy"].contains(&name.as_str()));
    for name in names {
        let page = text(&index, "html");
        assert!(page.contains(&format!("<code>{name}</code>")), "the index does not name {name}");
    }
}

fn keys(value: &serde_json::Value, out: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            out.push(name.clone());
            keys(value, out);
        }),
        serde_json::Value::Array(values) => values.iter().for_each(|value| keys(value, out)),
        _ => {}
    }
}
