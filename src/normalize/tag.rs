//! A posting in, its tags out.
//!
//! All words of all tags, built-in and the operator's, are found in one scan over the folded
//! posting (`folded`, `words`). What each found word says for its tags is weighed (`weigh`), and from
//! the weights the tags are chosen (`choose`). A level is read from the title alone (`level`).

mod choose;
mod folded;
mod level;
mod trie;
mod weigh;
mod words;

use std::collections::BTreeSet;

use crate::config::{Config, Part};
use crate::taxonomy::{self, Kind};
use choose::choose;
use folded::Folded;
use weigh::{Finding, weigh};
use words::{Use, Vocabulary};

/// The tags of one configuration, and all their words.
#[derive(Debug)]
pub struct Tagger {
    /// The built-in tags, if they are wanted, then the operator's own.
    tags: Vec<Known>,
    rules: Vec<Rule>,
    vocabulary: Vocabulary,
}

/// A tag that can be given.
#[derive(Debug)]
struct Known {
    slug: String,
    /// `None` for a tag that only the operator's rules give.
    kind: Option<Kind>,
}

/// A `[[tag]]` of feeds.toml.
#[derive(Debug)]
struct Rule {
    /// Index of the tag that it gives.
    tag: usize,
    within: Vec<Part>,
}

/// What of a posting speaks for its tags.
#[derive(Debug, Clone, Copy, Default)]
pub struct Subject<'a> {
    /// The job title alone.
    pub title: &'a str,
    pub employer: Option<&'a str>,
    /// The source's own categories.
    pub categories: &'a [String],
    /// Plain text, a line a block.
    pub text: &'a str,
    /// Tags that the posting has in any case: they stay, and count as its setting or level.
    pub given: &'a [String],
}

/// A tag's slug, and the words that spoke for it: as the rule has them, where, and their weight.
pub type Explained = (String, Vec<(String, Part, f32)>);

impl Tagger {
    /// Tags by the built-in taxonomy, if `[publish] taxonomy` says so, and by all `[[tag]]` rules.
    pub fn new(config: &Config) -> Tagger {
        let mut vocabulary = words::Builder::default();
        let mut tags = Vec::new();
        if config.publish.taxonomy {
            for tag in taxonomy::built_in() {
                let own = config.tags.iter().find(|own| own.slug == tag.slug);
                if own.is_some_and(|own| own.remove) {
                    continue;
                }
                vocabulary.add_tag(tags.len(), tag, own);
                tags.push(Known { slug: tag.slug.clone(), kind: Some(tag.kind) });
            }
            vocabulary.add_common();
        }
        let mut rules = Vec::new();
        for own in config.tags.iter().filter(|own| !own.remove) {
            let tag = tags.iter().position(|known| known.slug == own.slug).unwrap_or_else(|| {
                vocabulary.add_own(tags.len(), own);
                tags.push(Known { slug: own.slug.clone(), kind: None });
                tags.len() - 1
            });
            let rule = rules.len();
            own.words.iter().for_each(|word| vocabulary.add(word, Use::Own { rule, not: false }));
            own.not.iter().for_each(|word| vocabulary.add(word, Use::Own { rule, not: true }));
            rules.push(Rule { tag, within: own.within.clone() });
        }
        Tagger { tags, rules, vocabulary: vocabulary.build() }
    }

    /// Slugs, sorted, none twice: one setting and one level at most, four functions at most beside
    /// those that the operator's rules or the subject itself give.
    pub fn tags(&self, subject: &Subject<'_>) -> Vec<String> {
        let folded = Folded::of(subject);
        let findings = weigh(self, &folded);
        let derived = choose(self, &findings, subject.given);
        let slugs = derived.into_iter().map(|tag| self.tags[tag].slug.clone());
        let all: BTreeSet<String> = subject.given.iter().cloned().chain(slugs).collect();
        all.into_iter().collect()
    }

    /// The same tags as [`tags`](Self::tags), each with the words that spoke for it, the weightiest
    /// first; none for a tag that was given.
    pub fn explain(&self, subject: &Subject<'_>) -> Vec<Explained> {
        let folded = Folded::of(subject);
        let findings = weigh(self, &folded);
        let slugs = self.tags(subject);
        let reasons = |slug: &String| {
            let mut reasons: Vec<_> = findings.iter().filter(|f| self.tags[f.tag].slug == *slug).collect();
            reasons.sort_by(|a, b| b.points.total_cmp(&a.points).then(a.word.cmp(&b.word)));
            reasons
                .into_iter()
                .map(|f: &Finding| (self.vocabulary.words[f.word].text.clone(), f.part, f.points))
                .collect()
        };
        slugs
            .into_iter()
            .map(|slug| {
                let reasons = reasons(&slug);
                (slug, reasons)
            })
            .collect()
    }
}
