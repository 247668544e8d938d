//! `[source.fields]` in, what is wrong with it out.

use super::rules::Checked;
use crate::config::Format;

/// The fields of a source that is not JSON, without a title, or with a list that is no path.
pub fn check(c: &mut Checked) {
    for (i, source) in c.config.sources.iter().enumerate() {
        let Some(fields) = &source.fields else { continue };
        let (section, name) = (format!("source[{i}]"), &source.name);
        if !matches!(source.format, Format::Json | Format::Auto) {
            let message = format!("source {name:?} has fields, but its format is not \"json\"");
            c.fail(&section, "fields", message);
        }
        let section = format!("{section}.fields");
        if fields.title.0.is_empty() {
            let message = format!("source {name:?} has fields without a title: where does it stand?");
            c.fail(&section, "title", message);
        }
        if let Some(entries) = fields.entries.as_ref().filter(|entries| entries.steps().is_none()) {
            let message =
                format!("entries {:?} is a template; write the path of a list", entries.to_string());
            c.fail(&section, "entries", message);
        }
    }
}
