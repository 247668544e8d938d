//! `[source.select]` in, selectors that are none and selectors that nothing reads out.

use super::Checked;
use crate::config::{Format, Pick, Select, selector};

pub fn check(c: &mut Checked) {
    for (i, source) in c.config.sources.iter().enumerate() {
        let Some(select) = &source.select else { continue };
        let section = format!("source[{i}]");
        if !matches!(source.format, Format::Page | Format::Auto) {
            let message = format!("source {:?} has selectors, but its format is not \"page\"", source.name);
            c.fail(&section, "select", message);
        }
        of_source(c, &format!("{section}.select"), select);
    }
}

fn of_source(c: &mut Checked, section: &str, select: &Select) {
    if select.title.0.is_empty() && select.description.0.is_empty() {
        c.fail(section, "entry", "select finds neither a title nor a description".into());
    }
    let whole = [("entry", Some(&select.entry)), ("empty", select.empty.as_ref())];
    for (key, css) in whole {
        if let Some(Err(message)) = css.map(|css| selector(css)) {
            c.fail(section, key, format!("{key}: {message}"));
        }
    }
    for (key, picks) in select.values() {
        for message in picks.0.iter().filter_map(|pick| Pick::parse(pick).err()) {
            c.fail(section, key, format!("{key}: {message}"));
        }
    }
}
