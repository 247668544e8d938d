//! Settings and vacancies in, the feeds that each belongs in out.

use std::fs;

use chrono::DateTime;
use serde::Deserialize;
use shelfwire::config::check;
use shelfwire::posting::{Place, Posting, Remote};
use shelfwire::select::Rules;
use shelfwire::store::Shelving;
use shelfwire::vacancy::Vacancy;

use crate::cases;
use crate::posting::empty;

/// A case's vacancies, each of one or more postings.
#[derive(Deserialize)]
struct Case {
    vacancy: Vec<Vec<Given>>,
}

#[derive(Deserialize)]
struct Given {
    source: String,
    title: String,
    #[serde(default)]
    employer: Option<String>,
    #[serde(default)]
    text: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    places: Vec<Place>,
    #[serde(default)]
    remote: Remote,
}

fn vacancy(rules: &Rules, given: Vec<Given>) -> Vacancy {
    let posting = |given: Given| Posting {
        employer: given.employer,
        description: given.text,
        tags: given.tags,
        places: given.places,
        remote: given.remote,
        ..empty(&given.source, &given.title)
    };
    let mut postings: Vec<_> = given.into_iter().map(posting).collect();
    rules.arrange(&mut postings);
    let regions = rules.regions(&postings);
    let then = DateTime::UNIX_EPOCH;
    Vacancy {
        id: "0123456789ab".into(),
        first_seen: then,
        updated: then,
        posted: then,
        regions,
        closed: None,
        postings,
    }
}

#[test]
fn vacancies_belong_in_feeds() {
    cases::folders("select", "expected.txt", |dir| {
        let settings = fs::read_to_string(dir.join("feeds.toml")).expect("the case's settings");
        let rules = Rules::new(&check::read(&settings).expect("the case's settings are good"));
        let text = fs::read_to_string(cases::input(dir)).expect("the case's vacancies");
        let case: Case = toml::from_str(&text).expect("the case is TOML");
        let line = |given| {
            let vacancy = vacancy(&rules, given);
            let title = vacancy.postings.first().map_or("nothing", |best| &best.title);
            format!("{title}: {}\n", rules.feeds(&vacancy).join(" "))
        };
        case.vacancy.into_iter().map(line).collect()
    });
}
