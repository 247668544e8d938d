//! feeds.toml: what each mistake is told as, the shipped file, its schema.

use std::fs;
use std::path::Path;

use shelfwire::config::{self, check};

use crate::cases;

#[test]
fn mistakes_are_told_with_their_line() {
    cases::folders("config", "expected.txt", |dir| {
        let text = fs::read_to_string(cases::input(dir)).expect("the case's feeds.toml");
        match check::read(&text) {
            Ok(config) => format!("good, {} sources\n", config.sources.len()),
            Err(failures) => failures.iter().map(|failure| format!("{failure}\n")).collect(),
        }
    });
}

fn root(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{file}: {e}"))
}

#[test]
fn the_shipped_settings_are_good_and_read_nothing_from_the_network() {
    let config = check::read(&root("feeds.toml")).unwrap_or_else(|failures| panic!("{failures:?}"));
    for source in config.sources {
        assert_eq!(
            source.enabled,
            source.path.is_some() && source.name.starts_with("sample-"),
            "{}",
            source.name
        );
    }
}

#[test]
fn the_starter_has_no_samples_and_enables_nothing() {
    let starter = config::starter();
    let config = check::read(&starter).unwrap_or_else(|failures| panic!("{failures:?}"));
    assert!(config.sources.len() > 5);
    assert!(config.sources.iter().all(|source| !source.enabled));
    assert!(!starter.contains("sample"), "{starter}");
}

#[test]
fn the_shipped_schema_is_that_of_the_types() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("feeds.schema.json");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, config::schema()).expect("the schema is writable");
    }
    assert_eq!(root("feeds.schema.json"), config::schema(), "run `shelfwire schema > feeds.schema.json`");
}

#[test]
fn the_schema_takes_the_shipped_settings_and_no_mistyped_key() {
    let schema = serde_json::from_str(&config::schema()).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let read = |text: &str| toml::from_str::<serde_json::Value>(text).expect("TOML");
    let shipped = root("feeds.toml");
    let errors: Vec<_> = validator.iter_errors(&read(&shipped)).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert!(!validator.is_valid(&read(&shipped.replacen("base_url", "base_uri", 1))));
    assert!(!validator.is_valid(&read(&shipped.replacen(
        "title = \"{title} | {employer}\"",
        "title = \"no field\"",
        1
    ))));
}
