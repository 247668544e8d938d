//! `[[tag]]` and the tags that sources give in, what is wrong with them out.

use std::collections::BTreeSet;

use super::{Checked, did_you_mean};
use crate::config::{Config, Tag};
use crate::taxonomy;

/// More than this no word of the taxonomy says.
const MOST: f32 = 20.0;

/// Slugs that can be given: the built-in ones that are not taken out, and the operator's own.
pub(super) fn slugs(config: &Config) -> BTreeSet<&str> {
    let removed = |slug: &str| config.tags.iter().any(|tag| tag.remove && tag.slug == slug);
    let own = config.tags.iter().map(|tag| tag.slug.as_str());
    let all = own.chain(taxonomy::built_in().iter().map(|tag| tag.slug.as_str()));
    all.filter(|slug| !removed(slug)).collect()
}

pub(super) fn check(c: &mut Checked) {
    let known = slugs(c.config);
    let given: BTreeSet<&str> =
        c.config.sources.iter().flat_map(|s| s.defaults.tags.iter().map(String::as_str)).collect();
    for (i, tag) in c.config.tags.iter().enumerate() {
        let section = format!("tag[{i}]");
        if tag.remove {
            removal(c, &section, tag);
            continue;
        }
        let slug = &tag.slug;
        let built_in = taxonomy::find(slug).is_some();
        if tag.words.is_empty() && tag.weights.is_empty() && !built_in && !given.contains(slug.as_str()) {
            let message =
                format!("tag {slug:?} has no words, and no source gives it: it would match nothing");
            c.fail(&section, "words", message);
        }
        if tag.within.is_empty() {
            c.fail(&section, "in", format!("tag {slug:?} looks nowhere: `in` is empty"));
        }
        if tag.words.iter().chain(&tag.not).chain(tag.weights.keys()).any(|word| is_empty(word)) {
            c.fail(&section, "words", format!("tag {slug:?} has an empty word"));
        }
        weights(c, &section, tag);
        without(c, &section, tag);
    }
    for (i, source) in c.config.sources.iter().enumerate() {
        for slug in source.defaults.tags.iter().filter(|slug| !known.contains(slug.as_str())) {
            let message = format!("there is no tag {slug:?}{}", did_you_mean(slug, known.iter().copied()));
            c.fail(&format!("source[{i}].defaults"), "tags", message);
        }
    }
}

fn is_empty(word: &str) -> bool {
    word.trim_matches(['*', ' ']).is_empty()
}

/// A tag that is taken out can have nothing else.
fn removal(c: &mut Checked, section: &str, tag: &Tag) {
    if taxonomy::find(&tag.slug).is_none() {
        let built_in = taxonomy::built_in().iter().map(|tag| tag.slug.as_str());
        let hint = did_you_mean(&tag.slug, built_in);
        let message = format!("there is no built-in tag {:?} to remove{hint}", tag.slug);
        c.fail(section, "slug", message);
    }
    let empty =
        tag.words.is_empty() && tag.not.is_empty() && tag.weights.is_empty() && tag.without.is_empty();
    if !empty {
        let message = format!(
            "tag {:?} is removed, so it can have no words; to have your own words only, write without = [\"*\"]",
            tag.slug
        );
        c.fail(section, "remove", message);
    }
}

fn weights(c: &mut Checked, section: &str, tag: &Tag) {
    for (word, weight) in &tag.weights {
        if !(0.0..=MOST).contains(weight) {
            let message = format!("the weight {weight} of {word:?} is not between 0 and {MOST}");
            c.fail(section, "weights", message);
        }
        if tag.words.contains(word) {
            let message =
                format!("{word:?} is in words, where it decides the tag, and in weights: one of them only");
            c.fail(section, "weights", message);
        }
    }
}

/// A word that cannot be taken out is mistyped, or is meant for another tag.
fn without(c: &mut Checked, section: &str, tag: &Tag) {
    let Some(built_in) = taxonomy::find(&tag.slug) else {
        if !tag.without.is_empty() {
            let message =
                format!("tag {:?} is none of the built-in ones: there is nothing to leave out", tag.slug);
            c.fail(section, "without", message);
        }
        return;
    };
    for word in tag.without.iter().filter(|word| !built_in.words.iter().any(|known| known.is_named_by(word)))
    {
        let hint = did_you_mean(word, built_in.words.iter().map(|known| known.word.as_str()));
        c.fail(section, "without", format!("tag {:?} has no word {word:?}{hint}", tag.slug));
    }
}
