//! A vacancy and the settings in, the feeds that it belongs in out.
//!
//! A feed is known by its path, which is also its pages' address without the ending: `all`,
//! `tag/<tag>`, `region/<region>`, `tag/<tag>/<region>`, `feed/<slug>`. Every feed is a question
//! about one vacancy alone, asked when the vacancy changes; what a feed holds is then a look-up.

mod lives;

use std::collections::{BTreeSet, HashMap};

use regex::{Regex, RegexBuilder};

use crate::config::decisions::Decisions;
use crate::config::{Choice, Config, Feed};
use crate::life::Terms;
use crate::normalize::place::{self, Hint};
use crate::posting::{Place, Posting, Remote};
use crate::store::Shelving;
use crate::taxonomy;
use crate::text;
use crate::vacancy::Vacancy;
use lives::Lives;

/// The region of vacancies that can be done from anywhere.
pub const REMOTE: &str = "remote";

/// The settings' rules of what goes where, made ready once a pass.
pub struct Rules {
    ranks: HashMap<String, i32>,
    groups: Vec<Group>,
    feeds: Vec<OwnFeed>,
    countries: bool,
    subdivisions: bool,
    tag_regions: bool,
    /// Feeds that have their address whether or not they hold a vacancy.
    standing: Vec<String>,
    lives: Lives,
}

struct Group {
    slug: String,
    codes: BTreeSet<String>,
    places: Vec<Place>,
}

struct OwnFeed {
    path: String,
    tags: Choice,
    regions: Choice,
    words: Option<Regex>,
    not_words: Option<Regex>,
}

impl Rules {
    pub fn new(config: &Config) -> Self {
        let mut standing = vec!["all".to_owned()];
        if config.publish.taxonomy {
            standing.extend(taxonomy::built_in().iter().map(|tag| format!("tag/{}", tag.slug)));
        }
        standing.extend(config.tags.iter().map(|tag| format!("tag/{}", tag.slug)));
        let removed = |path: &String| {
            config.tags.iter().any(|tag| tag.remove && path.strip_prefix("tag/") == Some(tag.slug.as_str()))
        };
        standing.retain(|path| !removed(path));
        standing.extend(config.regions.iter().map(|region| format!("region/{}", region.slug)));
        standing.extend(config.feeds.iter().map(|feed| format!("feed/{}", feed.slug)));
        standing.sort();
        standing.dedup();
        Rules {
            ranks: config.sources.iter().map(|s| (s.name.clone(), s.rank)).collect(),
            groups: config.regions.iter().map(group).collect(),
            feeds: config.feeds.iter().map(own_feed).collect(),
            countries: config.publish.countries,
            subdivisions: config.publish.subdivisions,
            tag_regions: config.publish.tag_regions,
            standing,
            lives: Lives::new(config),
        }
    }

    /// With what an operator decided of single vacancies.
    #[must_use]
    pub fn deciding(mut self, decisions: &Decisions) -> Self {
        self.lives.decide(decisions);
        self
    }

    /// Paths of the feeds that have their address whether or not they hold a vacancy, sorted.
    pub fn standing(&self) -> &[String] {
        &self.standing
    }

    /// Whether a region has a feed of its own.
    fn is_published(&self, region: &str) -> bool {
        if self.groups.iter().any(|group| group.slug == region) || region == REMOTE {
            return true;
        }
        if region.len() == 2 { self.countries } else { self.subdivisions }
    }
}

impl Shelving for Rules {
    /// The highest rank first; then the fullest text, since a board that gives 150 characters
    /// copies one that gives all; then the earliest. Sources that are not in the settings come last.
    fn arrange(&self, postings: &mut Vec<Posting>) {
        if postings.iter().any(|p| !self.lives.is_down(&p.source)) {
            postings.retain(|p| !self.lives.is_down(&p.source));
        }
        if postings.len() > 1 {
            postings.sort_by_cached_key(|p| {
                let rank = self.ranks.get(&p.source).copied().unwrap_or(i32::MIN);
                let fullness = p.description.len().min(1500) / 500;
                let posted = p.posted.map(|p| p.instant());
                (
                    -i64::from(rank),
                    std::cmp::Reverse(fullness),
                    posted,
                    p.source.clone(),
                    p.source_key.clone(),
                )
            });
        }
    }

    fn regions(&self, postings: &[Posting]) -> Vec<String> {
        let mut regions = BTreeSet::new();
        let places = postings.iter().map(|p| &p.places).find(|places| !places.is_empty());
        for place in places.into_iter().flatten() {
            regions.extend(place.country.as_ref().map(|code| code.to_lowercase()));
            regions.extend(place.region.as_ref().map(|code| code.to_lowercase()));
            for group in &self.groups {
                if group.holds(place) {
                    regions.insert(group.slug.clone());
                }
            }
        }
        if postings.iter().map(|p| p.remote).find(|remote| *remote != Remote::No) == Some(Remote::Remote) {
            regions.insert(REMOTE.to_owned());
        }
        regions.into_iter().collect()
    }

    fn feeds(&self, vacancy: &Vacancy) -> Vec<String> {
        let mut feeds = vec!["all".to_owned()];
        if vacancy.postings.is_empty() {
            return Vec::new();
        }
        let tags = vacancy.tags();
        let published: Vec<_> = vacancy.regions.iter().filter(|region| self.is_published(region)).collect();
        feeds.extend(published.iter().map(|region| format!("region/{region}")));
        for tag in &tags {
            feeds.push(format!("tag/{tag}"));
            if self.tag_regions {
                feeds.extend(published.iter().map(|region| format!("tag/{tag}/{region}")));
            }
        }
        let mut words = None;
        for feed in &self.feeds {
            if feed.takes(vacancy, &tags, &mut words) {
                feeds.push(feed.path.clone());
            }
        }
        feeds
    }

    fn terms(&self, source: &str) -> &Terms {
        self.lives.terms(source)
    }

    fn taken_down(&self, id: &str, postings: &[Posting]) -> Option<&str> {
        self.lives.taken_down(id, postings)
    }
}

impl Group {
    fn holds(&self, place: &Place) -> bool {
        [&place.region, &place.country].into_iter().flatten().any(|code| self.codes.contains(code))
            || self.places.iter().any(|town| town.city == place.city && town.region == place.region)
    }
}

impl OwnFeed {
    /// `words` keeps the vacancy's words between the feeds that ask for them.
    fn takes(&self, vacancy: &Vacancy, tags: &[&str], words: &mut Option<String>) -> bool {
        if !takes(&self.tags, tags) || !takes(&self.regions, &vacancy.regions) {
            return false;
        }
        if self.words.is_none() && self.not_words.is_none() {
            return true;
        }
        let words = words.get_or_insert_with(|| {
            let best = vacancy.best();
            let employer = best.employer.as_deref().unwrap_or_default();
            format!("{}\n{employer}\n{}", best.title, text::strip_html(&best.description))
        });
        self.words.as_ref().is_none_or(|any| any.is_match(words))
            && !self.not_words.as_ref().is_some_and(|none| none.is_match(words))
    }
}

fn takes(choice: &Choice, have: &[impl AsRef<str>]) -> bool {
    let has = |slug: &String| have.iter().any(|one| one.as_ref() == slug);
    (choice.any.is_empty() || choice.any.iter().any(has))
        && choice.all.iter().all(has)
        && !choice.not.iter().any(has)
}

fn group(region: &crate::config::Region) -> Group {
    Group {
        slug: region.slug.clone(),
        codes: region.codes.iter().map(|code| code.to_uppercase()).collect(),
        places: region.places.iter().flat_map(|town| place::read(town, &Hint::default())).collect(),
    }
}

fn own_feed(feed: &Feed) -> OwnFeed {
    let slugs = |choice: &Choice| Choice {
        any: lower(&choice.any),
        all: lower(&choice.all),
        not: lower(&choice.not),
    };
    OwnFeed {
        path: format!("feed/{}", feed.slug),
        tags: slugs(&feed.tags),
        regions: slugs(&feed.regions),
        words: any_word(&feed.words),
        not_words: any_word(&feed.not_words),
    }
}

fn lower(slugs: &[String]) -> Vec<String> {
    slugs.iter().map(|slug| slug.to_lowercase()).collect()
}

/// A pattern that finds one of these words or phrases, whole and in any case; `*` at the end of
/// one stands for any ending.
fn any_word(words: &[String]) -> Option<Regex> {
    let alternatives: Vec<_> = words
        .iter()
        .map(|word| word.trim())
        .filter(|word| !word.is_empty())
        .map(|word| match word.strip_suffix('*') {
            Some(stem) => format!(r"{}\w*", regex::escape(stem)),
            None => regex::escape(word),
        })
        .collect();
    if alternatives.is_empty() {
        return None;
    }
    let pattern = format!(r"(?:^|\W)(?:{})(?:\W|$)", alternatives.join("|"));
    Some(
        RegexBuilder::new(&pattern)
            .case_insensitive(true)
            .size_limit(64 << 20)
            .build()
            .expect("escaped words make a pattern"),
    )
}
