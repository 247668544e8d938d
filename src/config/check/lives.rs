//! Settings in, what is wrong with those of when postings are over out.

use super::rules::Checked;
use crate::config::Source;

pub fn check(c: &mut Checked) {
    if !(0.0..=1.0).contains(&c.config.publish.max_shrink) {
        c.fail(
            "publish",
            "max_shrink",
            "max_shrink is a share: from 0 (nothing may go) to 1 (all may)".into(),
        );
    }
    let usual: Source = toml::from_str("name = \"\"").expect("a source needs no more than a name");
    for (i, source) in c.config.sources.iter().enumerate() {
        let section = format!("source[{i}]");
        if source.gone_after_fetches == 0 {
            c.fail(&section, "gone_after_fetches", "gone_after_fetches must be at least 1".into());
        }
        let set = [
            ("gone_after_fetches", source.gone_after_fetches != usual.gone_after_fetches),
            ("gone_after_hours", source.gone_after_hours != usual.gone_after_hours),
        ];
        for (key, _) in set.into_iter().filter(|(_, set)| *set && !source.complete) {
            let message = format!(
                "{key} means nothing without `complete = true`: other sources do not say what is gone"
            );
            c.fail(&section, key, message);
        }
    }
}
