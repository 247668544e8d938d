//! Titles, employers and texts in, tags out.

use proptest::prelude::*;
use shelfwire::config::{Config, Part, Tag};
use shelfwire::normalize::tag::{Subject, Tagger};
use shelfwire::taxonomy::{self, Kind};
use shelfwire::text::fold;

use crate::cases;

fn own(slug: &str, words: &[&str], not: &[&str], within: &[Part]) -> Tag {
    let list = |words: &[&str]| words.iter().map(|w| String::from(*w)).collect();
    Tag { slug: slug.into(), words: list(words), not: list(not), within: within.to_vec(), ..Tag::default() }
}

fn config(taxonomy: bool, tags: Vec<Tag>) -> Config {
    let mut config = Config { tags, ..Config::default() };
    config.publish.taxonomy = taxonomy;
    config
}

fn of_kind(tags: &[String], kind: Kind) -> usize {
    tags.iter().filter(|slug| taxonomy::find(slug).is_some_and(|tag| tag.kind == kind)).count()
}

#[test]
fn built_in() {
    let tagger = Tagger::new(&Config::default());
    for file in ["built-in", "english", "german", "french", "spanish"] {
        cases::table(&format!("tags/{file}.tsv"), |input| {
            let mut parts = input.splitn(3, '|').map(str::trim);
            let title = parts.next().unwrap_or_default();
            let employer = parts.next().filter(|employer| !employer.is_empty());
            let text = parts.next().unwrap_or_default();
            tagger.tags(&Subject { title, employer, text, ..Subject::default() }).join(" ")
        });
    }
}

#[test]
fn rules_of_the_operator() {
    let title = [Part::Title, Part::Categories];
    let tagger = Tagger::new(&config(
        false,
        vec![
            own("cataloguers", &["catalog*"], &[], &title),
            own("rare", &["rare book", "rare books"], &["remote"], &title),
            own("maori", &["Māori"], &[], &[Part::Title, Part::Text]),
            own("shisho", &["司書"], &[], &title),
        ],
    ));
    cases::table("tags/own.tsv", |input| {
        let parts: Vec<&str> = input.splitn(4, '|').map(str::trim).collect();
        let categories: Vec<String> = parts[2].split(", ").map(String::from).collect();
        let subject =
            Subject { title: parts[0], categories: &categories, text: parts[3], ..Subject::default() };
        tagger.tags(&subject).join(" ")
    });
}

#[test]
fn a_rule_with_a_built_in_slug_adds_words_and_forbids() {
    let tagger = Tagger::new(&config(
        true,
        vec![own("law", &["lex"], &[], &[Part::Title]), own("instruction", &[], &["flight"], &[Part::Title])],
    ));
    let tags = |title, given: &[String]| {
        tagger.tags(&Subject { title, employer: Some("Example University"), given, ..Subject::default() })
    };
    assert_eq!(tags("Lex Archivist", &[]), ["archives-special-collections", "law", "professional"]);
    assert!(tags("Instruction Archivist", &[]).contains(&"instruction".into()));
    assert!(!tags("Flight Instruction Archivist", &[]).contains(&"instruction".into()));
    let given = ["museum".into(), "house".into(), "student".into()];
    assert_eq!(tags("Archivist", &given), ["archives-special-collections", "house", "museum", "student"]);
}

/// A `[[tag]]` that changes what the built-in words say in titles.
fn changed(slug: &str, weights: &[(&str, f32)], without: &[&str]) -> Tag {
    let without = without.iter().map(|word| String::from(*word)).collect();
    let weights = weights.iter().map(|(word, weight)| (String::from(*word), *weight)).collect();
    Tag { weights, without, ..own(slug, &[], &[], &[Part::Title]) }
}

fn title_tags(tags: Vec<Tag>, title: &str) -> Vec<String> {
    let tagger = Tagger::new(&config(true, tags));
    tagger.tags(&Subject { title, ..Subject::default() })
}

#[test]
fn an_operator_weighs_words_anew() {
    let title = "Reference Curator";
    let both = ["archives-special-collections", "professional", "reference-research"];
    assert_eq!(title_tags(Vec::new(), title), both);
    // Beside another function so little is not enough.
    let little = changed("archives-special-collections", &[("curator", 3.0)], &[]);
    assert_eq!(title_tags(vec![little.clone()], title), ["professional", "reference-research"]);
    // Elsewhere the built-in weights stay.
    let tagger = Tagger::new(&config(true, vec![little]));
    let text = "finding aids, arrangement and description, archival processing";
    let tags = tagger.tags(&Subject { title, text, ..Subject::default() });
    assert!(tags.contains(&"archives-special-collections".into()), "{tags:?}");
    // A level is the weightiest word's.
    let manager = changed("manager", &[("curator", 9.0)], &[]);
    assert!(title_tags(vec![manager], title).contains(&"manager".into()));
    let nothing = changed("reference-research", &[("reference", 0.0)], &[]);
    assert_eq!(title_tags(vec![nothing], "Reference Desk"), [""; 0]);
}

#[test]
fn an_operator_leaves_words_or_whole_tags_out() {
    let title = "Discovery Engineer, Web Services";
    assert_eq!(title_tags(Vec::new(), title), ["professional", "systems-it"]);
    let tags = |without: &[&str]| title_tags(vec![changed("systems-it", &[], without)], title);
    assert_eq!(tags(&["engineer", "web*"]), ["professional", "systems-it"]);
    assert_eq!(tags(&["engineer", "web*", "discovery"]), ["cataloging-metadata", "professional"]);
    assert_eq!(tags(&["*"]), ["cataloging-metadata", "professional"]);
    let removed = Tag { remove: true, ..changed("professional", &[], &[]) };
    assert_eq!(title_tags(vec![removed], title), ["systems-it"]);
}

#[test]
fn words_of_an_own_tag_add_up_to_it() {
    let tag = Tag {
        within: vec![Part::Title, Part::Text],
        ..changed("music", &[("concert*", 3.0), ("scores", 3.0), ("music", 10.0)], &[])
    };
    let tagger = Tagger::new(&config(false, vec![tag]));
    let is_music = |title, text| !tagger.tags(&Subject { title, text, ..Subject::default() }).is_empty();
    assert!(is_music("Music Cataloger", ""));
    assert!(is_music("Concert Librarian", "Keeps the scores and parts."));
    assert!(!is_music("Concert Librarian", "Keeps the parts."));
    assert!(!is_music("Librarian", "Keeps the scores."));
}

#[test]
fn an_explanation_has_the_same_tags_and_their_words() {
    let tagger = Tagger::new(&config(true, vec![own("deadlines", &["soon"], &[], &[Part::Text])]));
    let subject = Subject {
        title: "Cataloging Librarian",
        employer: Some("Example University"),
        text: "Apply soon for original cataloging.",
        ..Subject::default()
    };
    let explained = tagger.explain(&subject);
    let slugs: Vec<_> = explained.iter().map(|(slug, _)| slug.clone()).collect();
    assert_eq!(slugs, tagger.tags(&subject));
    assert!(slugs.contains(&"deadlines".into()));
    for (slug, words) in explained {
        assert!(!words.is_empty(), "{slug} has no words");
        assert!(words.windows(2).all(|pair| pair[0].2 >= pair[1].2), "{slug}: {words:?}");
    }
}

#[test]
fn the_taxonomy_is_sound() {
    let tags = taxonomy::built_in();
    assert_eq!(tags.iter().filter(|tag| tag.kind == Kind::Setting).count(), 11);
    assert_eq!(tags.iter().filter(|tag| tag.kind == Kind::Function).count(), 21);
    assert_eq!(tags.iter().filter(|tag| tag.kind == Kind::Level).count(), 5);
    for tag in tags {
        assert_eq!(taxonomy::find(&tag.slug), Some(tag));
        assert!(tag.words.iter().any(|word| word.title.or(word.employer) > Some(0.0)), "{}", tag.slug);
        for word in &tag.words {
            assert!(!fold(&word.word).is_empty(), "{}: {:?}", tag.slug, word.word);
            // A star inside a word would be read as a space.
            assert!(!word.word.trim_end_matches('*').contains('*'), "{}: {:?}", tag.slug, word.word);
        }
    }
}

#[test]
fn a_long_text_takes_linear_time() {
    let tagger = Tagger::new(&config(true, vec![own("zh", &["図書*"], &[], &[Part::Text])]));
    for piece in ["special collections ", "図書", "catalog", "a: ", "\n"] {
        let text = piece.repeat(300_000 / piece.len());
        let subject = Subject { title: &text, text: &text, ..Subject::default() };
        assert!(of_kind(&tagger.tags(&subject), Kind::Function) <= 4);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn tags_are_sorted_and_few(
        title in "(Head|Librarian|Intern|of|Data|Law|[\\PC]|[,/ -]){0,8}",
        employer in proptest::option::of("(University|Museum|of| |[\\PC]{0,3}){0,5}"),
        text in "(reference desk|finding aids|Duties:|\n|•| |図書|[\\PC]{0,4}){0,30}",
    ) {
        static TAGGER: std::sync::LazyLock<Tagger> = std::sync::LazyLock::new(|| {
            Tagger::new(&config(true, vec![own("zh", &["図*", "書"], &["é*"], &[Part::Text])]))
        });
        let subject = Subject { title: &title, employer: employer.as_deref(), text: &text, ..Subject::default() };
        let tags = TAGGER.tags(&subject);
        prop_assert!(tags.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(of_kind(&tags, Kind::Setting) <= 1);
        prop_assert!(of_kind(&tags, Kind::Level) <= 1);
        prop_assert!(of_kind(&tags, Kind::Function) <= 4);
    }
}
