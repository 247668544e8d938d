//! The evidence of an entry in, its employer's name and its title out.

use crate::normalize::employer;
use crate::normalize::title::looks::is_generic;
use crate::normalize::title::{self, whole};
use crate::posting::{Field, How};

use super::Evidence;

impl Evidence<'_> {
    pub fn employer(&mut self) -> Option<String> {
        let part = self.part(|parts| parts.employer.as_ref());
        let part = part.and_then(|(raw, rule)| Some((employer::clean(&raw)?, raw, rule)));
        if let Some(stated) = &self.entry.employer
            && let Some(name) = employer::clean(stated)
            // `Library & Archives`, which every institution has, says less than the name in the line.
            && !(is_generic(&name) && part.as_ref().is_some_and(|(name, ..)| !is_generic(name)))
        {
            self.note(Field::Employer, How::Stated, Some(stated), "");
            return Some(name);
        }
        if let Some((name, raw, rule)) = part {
            self.note(Field::Employer, How::Derived, Some(&raw), rule);
            return Some(name);
        }
        let default = self.source.defaults.employer.as_deref().and_then(employer::clean)?;
        self.note(Field::Employer, How::Default, None, "");
        Some(default)
    }

    /// The title as the text has it, if the source has cut it off.
    pub fn whole_title(&self) -> Option<String> {
        let part = self.part(|parts| parts.title.as_ref());
        whole::whole(part.as_ref().map_or(&self.line, |(raw, _)| raw), &self.words.text)
    }

    pub fn title(&mut self, employer: Option<&str>) -> String {
        let drop = &self.source.drop_prefixes;
        if let Some(raw) = self.label(Field::Title).map(|label| label.value.clone()) {
            let title = title::clean(&raw, employer, drop);
            self.note(Field::Title, How::Stated, Some(&raw), "");
            return title;
        }
        let part = self.part(|parts| parts.title.as_ref());
        let raw = part.as_ref().map_or(&self.line, |(raw, _)| raw);
        let whole = self.whole_title();
        let title = title::clean(whole.as_deref().unwrap_or(whole::without_stump(raw)), employer, drop);
        let given = Some(self.entry.title.clone()).filter(|given| !given.is_empty());
        let (how, given, rule) = match (part, whole) {
            (_, Some(_)) => {
                (How::Derived, given, "the whole of a title that was cut off, from the text".into())
            }
            (Some((raw, rule)), None) => (How::Derived, given.or(Some(raw)), rule),
            (None, None) => (How::Stated, given.filter(|given| *given != title), String::new()),
        };
        self.note(Field::Title, how, given.as_deref(), rule);
        title
    }
}
