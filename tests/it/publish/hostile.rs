//! Hostile text in, valid pages out.

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use shelfwire::config::{Region, Site};
use shelfwire::posting::{
    Closing, ClosingKind, EmploymentType, Mlis, Place, Posting, Remote, Salary, SalaryUnit,
};
use shelfwire::publish;
use shelfwire::vacancy::Vacancy;

use super::{Case, seen, text};
use crate::rules;

/// Text may be hostile, markup may not: scripts come from a description alone, which is sanitized
/// before, and from nowhere else.
#[test]
fn no_text_becomes_markup() {
    let mut case = Case::named("hostile");
    case.vacancies.iter_mut().for_each(|vacancy| vacancy.postings[0].description.clear());
    let (_, items) = seen(text(&case.pages(), "atom"));
    for item in items {
        let mut rest = item.content.as_str();
        while let Some(at) = rest.find('<') {
            rest = &rest[at..];
            let ours = ["<ul>", "</ul>", "<li>", "</li>", "<b>", "</b>", "<a href=\"https://", "</a>"];
            assert!(ours.iter().any(|tag| rest.starts_with(tag)), "{rest}");
            rest = &rest[1..];
        }
    }
}

#[test]
fn a_huge_body_is_published_whole() {
    let mut case = Case::named("full");
    let body = "<p>]]> shelf &amp; reading room \u{1F4DA}</p>\n".repeat(130_000);
    assert!(body.len() > 5_000_000);
    case.vacancies[0].postings[0].description = body.clone();
    let vacancies: Vec<_> = case.vacancies.iter().collect();
    let pages = publish::render(&case.config.site, &case.info, &vacancies).expect("pages");
    for extension in ["rss", "atom", "json"] {
        let (_, items) = seen(text(&pages, extension));
        assert!(items[0].content.ends_with(body.trim()), "{extension}");
    }
}

#[test]
fn lists_of_feeds_survive_hostile_names() {
    let mut case = Case::named("hostile");
    case.config.regions.push(Region {
        slug: "x".into(),
        name: "<script>alert(1)</script> ]]> \u{1}\" & '".into(),
        ..Default::default()
    });
    let feeds: Vec<_> =
        ["region/x", "tag/\"><b>", "feed/\u{202E}"].map(|path| (publish::info(&case.config, path), 1)).into();
    let pages = publish::render_index(&case.config.site, &feeds).expect("pages");
    assert_eq!(rules::faults("feeds.opml", text(&pages, "opml").as_bytes()), Vec::<String>::new());
    assert!(!text(&pages, "html").contains("<script"));
    let none = publish::render_index(&Site::default(), &[]).expect("pages");
    assert!(text(&none, "html").contains("</html>"));
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\x00-\\x1f<>&\"'\\]\\[!;#%{}|\u{202e}\u{fffe}\u{85}\u{2028} a-z]{0,40}",
        Just(String::from("]]>")),
        Just(String::from("https://example.org/a?b=c&d=|#e#f")),
    ]
}

fn any_vacancy() -> impl Strategy<Value = Vacancy> {
    let texts = proptest::collection::vec(any_text(), 16);
    (texts, any::<i64>(), any::<i64>(), any::<f64>(), any::<bool>()).prop_map(
        |(text, posted, updated, amount, both)| {
            let some = |at: usize| Some(text[at].clone()).filter(|_| both);
            let time =
                |seconds: i64| DateTime::from_timestamp(seconds, 5).unwrap_or(DateTime::<Utc>::MAX_UTC);
            let posting = Posting {
                source: text[0].clone(),
                source_key: None,
                vacancy: String::new(),
                readvertises: Vec::new(),
                url: Some(text[1].clone()),
                source_url: some(2),
                apply_url: some(3),
                apply_email: Some(text[4].clone()),
                title: text[5].clone(),
                employer: Some(text[6].clone()),
                places: vec![Place { city: Some(text[7].clone()), region: some(8), country: some(9) }],
                remote: if both { Remote::Hybrid } else { Remote::No },
                salary: Some(Salary {
                    min: Some(amount),
                    max: None,
                    currency: text[10].clone(),
                    unit: SalaryUnit::Hour,
                }),
                posted: None,
                closing: Closing { kind: ClosingKind::Unknown, date: None, text: Some(text[11].clone()) },
                closes: None,
                employment_types: vec![EmploymentType::PerDiem],
                mlis: Mlis::Preferred,
                tags: vec![text[12].clone()],
                categories: Vec::new(),
                language: some(2),
                description: text[13].clone(),
                summary: text[14].clone(),
                known: Vec::new(),
            };
            Vacancy {
                id: format!("v{}", text[15]),
                first_seen: time(posted),
                updated: time(updated),
                posted: time(posted),
                regions: vec![text[15].clone()],
                closed: None,
                postings: vec![posting],
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever the text, the pages follow all rules, say the same, and are the same twice.
    #[test]
    fn any_text_makes_valid_pages(vacancies in proptest::collection::vec(any_vacancy(), 0..3), name in any_text()) {
        let mut case = Case::named("full");
        case.config.site.title = format!("x{name}");
        case.info = publish::info(&case.config, &format!("tag/{name}"));
        // Two of one id cannot be in a feed.
        case.vacancies = vacancies;
        case.vacancies.iter_mut().enumerate().for_each(|(at, vacancy)| vacancy.id.push_str(&at.to_string()));
        let pages = case.pages();
        prop_assert_eq!(&pages, &case.pages());
        let [rss, atom, json] = ["rss", "atom", "json"].map(|extension| seen(text(&pages, extension)));
        prop_assert_eq!(&atom, &rss);
        prop_assert_eq!(&json, &rss);
    }
}
