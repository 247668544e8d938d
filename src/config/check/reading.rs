//! Settings in, what is wrong with how sources are read out: presets, labels, relevance.

use super::did_you_mean;
use super::rules::Checked;
use crate::config::preset;

pub fn presets(c: &mut Checked) {
    for (i, source) in c.config.sources.iter().enumerate() {
        let Some(name) = source.preset.as_deref().filter(|name| preset::assumes(name).is_none()) else {
            continue;
        };
        let hint = did_you_mean(name, preset::names());
        let hint = if hint.is_empty() {
            format!("; known are {}", preset::names().collect::<Vec<_>>().join(", "))
        } else {
            hint
        };
        c.fail(&format!("source[{i}]"), "preset", format!("there is no preset {name:?}{hint}"));
    }
}

pub fn words_of_sources(c: &mut Checked) {
    for (i, source) in c.config.sources.iter().enumerate() {
        let empty = |text: &String| !text.contains(char::is_alphanumeric);
        let labels = &source.labels;
        let lists = [
            ("title", &labels.title),
            ("employer", &labels.employer),
            ("place", &labels.place),
            ("url", &labels.url),
            ("apply", &labels.apply),
            ("closing", &labels.closing),
            ("salary", &labels.salary),
            ("employment", &labels.employment),
            ("other", &labels.other),
        ];
        for (key, _) in lists.iter().filter(|(_, names)| names.0.iter().any(empty)) {
            c.fail(&format!("source[{i}].labels"), key, format!("a label of {key} has no letter"));
        }
        let Some(relevance) = &source.relevance else { continue };
        let section = format!("source[{i}].relevance");
        if relevance.within.is_empty() {
            c.fail(&section, "within", "relevance looks nowhere: `within` is empty".into());
        }
        for (key, _) in
            [("any", &relevance.any), ("not", &relevance.not)].iter().filter(|(_, w)| w.iter().any(empty))
        {
            c.fail(&section, key, format!("a word of {key} has no letter"));
        }
    }
}
