//! Documents with one fault each in, the share of them that is read right out.
//!
//! A case is a clean document of a dialect (`tests/cases/broken/clean`) with a named fault put into
//! it, or a document written by hand (the other folders there, each with a table of what a tolerant
//! reader sees). What must be read is known by construction.

mod faults;

use std::collections::BTreeMap;
use std::fs;

use shelfwire::config::Source;
use shelfwire::fetch::Document;
use shelfwire::parse::{Body, Entry, Error, Parsed, parse};

use super::cases;
use faults::{Clean, FAULTS, Fault};

/// Titles of every clean document.
const TITLES: [&str; 3] = ["Archivist & Curator", "Bibliothécaire", "Page"];

/// A word of every clean document's texts.
const WORDS: [&str; 3] = ["Keeps", "Lends", "Shelves"];

/// Cases of a hundred that must be read right.
const LEAST: usize = 98;

/// What a tolerant reader sees in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sees {
    All,
    /// All up to this number: the document is cut off after it.
    First(usize),
    /// A web page.
    Page,
    /// Nothing that it knows.
    Nothing,
}

impl Sees {
    fn words(self) -> String {
        match self {
            Sees::All => TITLES.join(" | "),
            Sees::First(count) => format!("{} (cut)", TITLES[..count].join(" | ")),
            Sees::Page => "a page".into(),
            Sees::Nothing => "nothing".into(),
        }
    }
}

fn read(body: Vec<u8>, content_type: Option<&str>) -> Result<Parsed, Error> {
    let document = Document {
        location: "https://board.example.org/feed".into(),
        file_name: None,
        content_type: content_type.map(str::to_owned),
        body: body.into(),
    };
    parse(&Source::default(), &document)
}

/// What was read, in the words of [`Sees::words`]. A text that outgrows its document is told.
fn words(result: Result<Parsed, Error>, length: usize) -> String {
    let parsed = match result {
        Ok(parsed) => parsed,
        Err(Error::Html { .. }) => return "a page".into(),
        Err(Error::NotAFeed(_) | Error::Empty) => return "nothing".into(),
        Err(error) => return format!("{error:?}"),
    };
    let size = |body: &Body| match body {
        Body::Html(text) | Body::Text(text) => text.len(),
    };
    let sizes = parsed.entries.iter().map(|e| size(&e.body) + e.summary.as_ref().map_or(0, size));
    if sizes.sum::<usize>() > 8 * length + 1024 {
        return "more text than the document has".into();
    }
    // What belongs to the titles must have stayed with them.
    let text = |entry: &Entry| match (&entry.body, &entry.summary) {
        (Body::Html(text) | Body::Text(text), None) => text.clone(),
        (Body::Html(text) | Body::Text(text), Some(Body::Html(more) | Body::Text(more))) => {
            format!("{text} {more}")
        }
    };
    let title = |entry: &Entry| {
        let known = TITLES.iter().position(|title| *title == entry.title);
        let Some(at) = known else { return entry.title.clone() };
        let number = format!("id={}", at + 1);
        let link = entry.url.as_ref().is_some_and(|url| url.ends_with(&number));
        let link = if link { "" } else { " without its link" };
        let text = if text(entry).contains(WORDS[at]) { "" } else { " without its text" };
        format!("{}{link}{text}", entry.title)
    };
    let titles: Vec<_> = parsed.entries.iter().map(title).collect();
    format!("{}{}", titles.join(" | "), if parsed.complete { "" } else { " (cut)" })
}

/// The clean documents, by name.
fn clean() -> Vec<Clean> {
    let folder = fs::read_dir(cases::root().join("broken/clean")).expect("the clean documents");
    let mut paths: Vec<_> = folder.map(|entry| entry.expect("a folder entry").path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        Clean::new(name, fs::read_to_string(path).expect("a readable file"))
    };
    paths.iter().map(read).collect()
}

/// The folders of documents written by hand: lines `file<TAB>content type<TAB>what is seen`.
fn by_hand() -> Vec<(String, Vec<u8>, Option<String>, String)> {
    let mut all = Vec::new();
    for folder in fs::read_dir(cases::root().join("broken")).expect("the cases") {
        let folder = folder.expect("a folder entry").path();
        let Ok(table) = fs::read_to_string(folder.join("expected.tsv")) else { continue };
        for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let mut columns = line.split('\t');
            let mut next = || columns.next().unwrap_or_else(|| panic!("{line:?} lacks a column"));
            let (file, content_type, sees) = (next(), next(), next());
            let path = folder.join(file);
            let body = fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let content_type = Some(content_type.to_owned()).filter(|text| text != "-");
            all.push((path.display().to_string(), body, content_type, sees.to_owned()));
        }
    }
    all
}

/// How many cases of a class there are, and how many were read right.
#[derive(Default)]
struct Score {
    all: usize,
    right: usize,
}

#[test]
fn broken_documents_are_read() {
    let (mut scores, mut failures) = (BTreeMap::<String, Score>::new(), Vec::new());
    let mut note = |class: &str, case: String, want: String, got: String| {
        let score = scores.entry(class.to_owned()).or_default();
        score.all += 1;
        score.right += usize::from(want == got);
        if want != got {
            failures.push(format!("{case}\n  expected {want}\n  got      {got}"));
        }
    };
    for clean in clean() {
        assert_eq!(words(read(clean.text.clone().into(), None), clean.text.len()), TITLES.join(" | "));
        for Fault { class, name, apply, sees } in FAULTS {
            let Some((body, content_type)) = apply(&clean) else { continue };
            let length = body.len();
            let got = words(read(body, content_type), length);
            note(class, format!("{class}: {name} in {}", clean.name), sees.words(), got);
        }
    }
    for (path, body, content_type, sees) in by_hand() {
        let length = body.len();
        note("by hand", path, sees, words(read(body, content_type.as_deref()), length));
    }
    let (all, right) = scores.values().fold((0, 0), |(a, r), score| (a + score.all, r + score.right));
    for (class, score) in &scores {
        println!("{class}: {} of {}", score.right, score.all);
    }
    println!("{right} of {all} broken documents were read right\n{}", failures.join("\n"));
    assert!(all >= 150, "only {all} cases");
    assert!(right * 100 >= all * LEAST, "{right} of {all}\n{}", failures.join("\n"));
}
