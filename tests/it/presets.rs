//! Presets, labels and relevance: entries as boards write them in, what a reader should see out.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use shelfwire::config::{Config, Labels, Part, Publish, Relevance, Source, check, preset};
use shelfwire::normalize::label;
use shelfwire::normalize::relevance::{Subject, why_not};
use shelfwire::normalize::{Vocabulary, normalize, why_not_relevant};
use shelfwire::posting::{Field, Posting};

use crate::cases;
use crate::titles::entry;

/// A source with these lines, read as an operator's.
fn source(lines: &str) -> Source {
    let text = format!(
        "[site]\ntitle = \"Jobs\"\nbase_url = \"https://jobs.example.org/\"\n[[source]]\nname = \"board\"\n\
         url = \"https://board.example.org/feed\"\n{lines}\n"
    );
    let config = check::read(&text).unwrap_or_else(|failures| panic!("{lines}: {failures:?}"));
    config.sources.into_iter().next().expect("a source")
}

fn preset(name: &str) -> Source {
    source(&format!("preset = \"{name}\""))
}

#[test]
fn entries_of_boards_are_read_by_their_presets() {
    cases::folders("presets", "expected.json", |dir| {
        let case = fs::read_to_string(cases::input(dir)).expect("a readable case");
        let case: Value = serde_json::from_str(&case).expect("a case in JSON");
        let source = preset(case["preset"].as_str().expect("a preset"));
        let config =
            Config { publish: Publish { taxonomy: false, ..Publish::default() }, ..Config::default() };
        let vocabulary = Vocabulary::new(&config);
        let now = "2026-01-15T09:00:00Z".parse().expect("a time");
        let read = |case: &Value| {
            let location = "https://board.example.org/feed";
            match normalize(&vocabulary, &source, location, entry(case), now) {
                Ok(posting) => shown(&posting),
                Err(reason) => json!([reason, why_not_relevant(&source, location, entry(case))]),
            }
        };
        let all: Vec<_> = case["entries"].as_array().expect("entries").iter().map(read).collect();
        serde_json::to_string_pretty(&all).expect("values are JSON") + "\n"
    });
}

/// What of a posting a preset decides, and how it is known.
fn shown(posting: &Posting) -> Value {
    let fields = [Field::Title, Field::Employer, Field::Places, Field::Closing, Field::Salary];
    let known = fields.into_iter().filter_map(|field| posting.known(field));
    let how: Vec<_> = known.map(|known| json!([known.field, known.how, known.rule])).collect();
    json!({
        "title": posting.title, "employer": posting.employer, "places": posting.places,
        "remote": posting.remote, "closing": posting.closing, "apply_url": posting.apply_url,
        "tags": posting.tags, "how": how,
        "salary": posting.salary.as_ref().map(|salary| json!([salary.min, salary.max, salary.currency])),
    })
}

#[test]
fn every_preset_is_documented_and_has_a_case() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/presets");
    let cases: BTreeSet<String> = fs::read_dir(folder)
        .expect("the folder of cases")
        .map(|dir| dir.expect("a case").file_name().into_string().expect("a name"))
        .collect();
    let names: BTreeSet<String> = preset::names().map(str::to_owned).collect();
    assert_eq!(cases, names);
    for name in &names {
        assert!(preset::assumes(name).is_some_and(|text| text.len() > 80), "{name}");
        let settings = preset::settings(name).expect("settings");
        assert!(!settings.is_empty() && !settings.contains("assumes"), "{name}: {settings}");
        // What is shown to operators is what they get.
        let (by_name, by_hand) = (preset(name), source(&settings));
        let shown = |source: &Source| {
            let mut value = serde_json::to_value(source).expect("a source is JSON");
            value["preset"] = Value::Null;
            value
        };
        assert_eq!(shown(&by_name), shown(&by_hand), "{name}");
    }
}

#[test]
fn keys_of_the_source_go_before_those_of_its_preset() {
    let own = source(
        "preset = \"madgex\"\ntitle = []\nrelevant = false\nschedule = \"5 * * * *\"\n\
         defaults = { country = \"GB\" }",
    );
    assert!(own.title.0.is_empty() && !own.relevant && !own.text.0.is_empty());
    assert_eq!(own.schedule.as_deref(), Some("5 * * * *"));
    let own = source("preset = \"higheredjobs\"\ndefaults = { country = \"CA\", employer = \"Quire\" }");
    assert_eq!(own.defaults.country.as_deref(), Some("CA"));
    assert_eq!(own.defaults.employer.as_deref(), Some("Quire"));
    assert_eq!(own.defaults.time_zone.as_deref(), Some("America/New_York"));
    assert_eq!(source("").text.0, []);
}

#[test]
fn library_work_is_told_from_other_work() {
    cases::table("relevance/built_in.tsv", |input| {
        let mut parts = input.split('|').map(str::trim);
        let title = parts.next().unwrap_or_default();
        let categories: Vec<String> =
            parts.next().into_iter().filter(|c| !c.is_empty()).map(str::to_owned).collect();
        let employer = parts.next();
        let text = parts.next().unwrap_or_default();
        let subject = Subject { title, categories: &categories, employer, text, ..Subject::default() };
        why_not(&Source { relevant: true, ..Source::default() }, &subject).unwrap_or_default()
    });
    assert_eq!(why_not(&Source::default(), &Subject { title: "Lifeguard", ..Subject::default() }), None);
}

#[test]
fn words_of_the_settings_decide() {
    cases::table("relevance/own.tsv", |input| {
        let parts: Vec<_> = input.split('|').map(str::trim).collect();
        let [any, not, within, title, employer, text] = parts[..] else { panic!("six parts: {input}") };
        let list = |text: &str| text.split(',').filter(|w| !w.is_empty()).map(str::to_owned).collect();
        let part = |name: &str| -> Part { serde_json::from_value(json!(name)).expect("a part") };
        let within = within.split(',').map(part).collect();
        let relevance = Some(Relevance { any: list(any), not: list(not), within });
        let subject = Subject { title, employer: Some(employer), text, ..Subject::default() };
        why_not(&Source { relevance, ..Source::default() }, &subject).unwrap_or_default()
    });
}

#[test]
fn labels_give_what_stands_behind_them() {
    let labels: Labels = serde_json::from_value(json!({
        "employer": "Name of Employer", "closing": ["Deadline", "Apply By"],
        "salary": ["Salary", "Salary Range"], "apply": "Apply at:", "other": "Degree",
    }))
    .expect("labels");
    cases::table("labels/find.tsv", |text| {
        let found = label::find(&labels, text);
        let shown = found.iter().map(|one| {
            let field = serde_json::to_value(one.field).expect("a field is JSON");
            format!("{}={}", field.as_str().unwrap_or_default(), one.value)
        });
        shown.collect::<Vec<_>>().join(" ")
    });
}

#[test]
fn forms_without_colons_become_lines() {
    let labels: Labels = serde_json::from_value(json!({
        "title": "Job Title", "employer": "Name of Employer", "other": "Minimum Degree",
    }))
    .expect("labels");
    let unstuck = |text: &str| label::unstick(&labels, text.into());
    assert_eq!(
        unstuck("Job TitleArchivist Name of EmployerElm Library Minimum DegreeMLIS"),
        "Job Title: Archivist\nName of Employer: Elm Library\nMinimum Degree: MLIS\n"
    );
    for text in ["Job Title: Archivist Minimum Degree: MLIS", "The Job Title is Archivist.\n\nMLIS", ""] {
        assert_eq!(unstuck(text), text);
    }
}

#[test]
fn labels_are_read_in_linear_time() {
    let labels = Labels {
        salary: serde_json::from_value(json!(["Pay", "P"])).expect("names"),
        other: serde_json::from_value(json!("x")).expect("names"),
        ..Labels::default()
    };
    for piece in ["P: ", "Pay: 1 x: ", "Pay:\n", "Pay\n", "é: ", ": "] {
        let text = piece.repeat(20_000 / piece.len());
        let start = std::time::Instant::now();
        label::find(&labels, &text);
        label::unstick(&labels, text);
        assert!(start.elapsed().as_secs() < 2, "{piece:?} took {:?}", start.elapsed());
    }
}
