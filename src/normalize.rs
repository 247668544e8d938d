//! An entry in, a posting out.
//!
//! For every field the surest evidence is taken: what the source states, then what is read out of
//! its title line, its formula-built text or its running text, then the source's settings. How a
//! value is known, and the words it was read from, stand in [`Posting::known`].

pub mod apply;
pub mod closing;
mod cue;
pub mod degree;
pub mod employer;
pub mod employment;
pub mod html;
pub mod label;
pub mod language;
pub mod place;
pub mod relevance;
pub mod remote;
pub mod salary;
pub mod tag;
pub mod title;

mod evidence;
mod tail;
mod told;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::config::{Config, Part, Source};
use crate::parse::{Entry, SkipReason};
use crate::posting::{How, Known, Place, Posting};
use crate::text::strip_html;

pub use evidence::last_day;

use evidence::Evidence;
use tag::{Subject, Tagger};

/// What a pass makes once from its settings.
pub struct Vocabulary {
    tagger: Tagger,
}

impl Vocabulary {
    pub fn new(config: &Config) -> Self {
        Vocabulary { tagger: Tagger::new(config) }
    }

    /// Why a posting of `source` has its tags: for each, the words that spoke for it, the weightiest
    /// first; none for a tag that the source's settings give.
    pub fn explain(&self, source: &Source, posting: &Posting) -> Vec<TagReasons> {
        let explained = self.tagger.explain(&Subject {
            title: &posting.title,
            employer: posting.employer.as_deref(),
            categories: &posting.categories,
            text: &strip_html(&posting.description),
            given: &source.defaults.tags,
        });
        let reasons = explained.into_iter().map(|(tag, words)| {
            let words =
                words.into_iter().map(|(word, part, points)| TagWord { word, part, points }).collect();
            TagReasons { tag, words }
        });
        reasons.collect()
    }
}

/// Why a posting has a tag.
#[derive(Debug, Clone, Serialize)]
pub struct TagReasons {
    pub tag: String,
    pub words: Vec<TagWord>,
}

/// A word that speaks for a tag.
#[derive(Debug, Clone, Serialize)]
pub struct TagWord {
    pub word: String,
    /// Where it stands.
    pub part: Part,
    /// How much it counts; a tag needs a few points.
    pub points: f32,
}

/// Makes a posting of an entry. `location` is where the entry's document came from: relative links
/// are resolved against it. `vacancy` and `readvertises` are left empty for gathering.
///
/// # Errors
/// [`SkipReason::NoTitle`] for an entry without a title and without a text that gives one,
/// [`SkipReason::NoIdentity`] for one without id, link and text, [`SkipReason::NotLibraryWork`] for one
/// that the source's settings leave out.
pub fn normalize(
    vocabulary: &Vocabulary,
    source: &Source,
    location: &str,
    mut entry: Entry,
    now: DateTime<Utc>,
) -> Result<Posting, SkipReason> {
    let found = evidence::Found::take(source, &mut entry);
    let mut evidence = Evidence::gather(source, location, &entry, found)?;
    let employer = evidence.employer();
    if evidence.why_not_relevant(employer.as_deref()).is_some() {
        return Err(SkipReason::NotLibraryWork);
    }
    let title = evidence.title(employer.as_deref());
    let posted = evidence.posted(now);
    // They tell how dates are written; the notes on them wait for their turn.
    let before = evidence.known.len();
    let places = evidence.places(employer.as_deref());
    let noted = evidence.known.split_off(before);
    let country = country(&places, &noted, source);
    let closing = evidence.closing(posted.date(), country.as_deref());
    let tags = vocabulary.tagger.tags(&Subject {
        title: &title,
        employer: employer.as_deref(),
        categories: &entry.categories,
        text: &evidence.words.text,
        given: &source.defaults.tags,
    });
    evidence.note_tags(&tags);
    let description = evidence.description();
    let (apply_url, apply_email) = evidence.apply(&description);
    let url = evidence.url();
    evidence.known.extend(noted);
    let posting = Posting {
        source: source.name.clone(),
        source_key: entry.key.clone(),
        vacancy: String::new(),
        readvertises: Vec::new(),
        url,
        source_url: entry.url.clone(),
        apply_url,
        apply_email,
        places,
        title,
        employer,
        remote: evidence.remote(),
        salary: evidence.salary(country.as_deref()),
        posted: Some(posted),
        closes: last_day(&closing, posted.date()),
        closing,
        employment_types: evidence.employment(),
        mlis: evidence.degree(),
        tags,
        categories: entry.categories.clone(),
        language: evidence.language(),
        description,
        summary: evidence.summary(),
        known: Vec::new(),
    };
    Ok(Posting { known: evidence.known, ..posting })
}

/// The country of the work, by which dates and pay are read: of the places that the source or its grammar
/// names, else of its settings; a place found elsewhere is a guess, and counts only without settings.
fn country(places: &[Place], noted: &[Known], source: &Source) -> Option<String> {
    let first = places.first().and_then(|place| place.country.as_ref());
    let named = first.filter(|first| places.iter().all(|place| place.country.as_ref() == Some(*first)));
    let sure = noted.iter().any(|known| known.how == How::Stated || known.rule.contains("grammar"));
    let given = source.defaults.country.as_ref();
    if sure { named.or(given) } else { given.or(named) }.cloned()
}

/// Why the settings of the source leave an entry out, for the operator; `None` if they do not.
pub fn why_not_relevant(source: &Source, location: &str, mut entry: Entry) -> Option<String> {
    let found = evidence::Found::take(source, &mut entry);
    let mut evidence = Evidence::gather(source, location, &entry, found).ok()?;
    let employer = evidence.employer();
    evidence.why_not_relevant(employer.as_deref())
}
