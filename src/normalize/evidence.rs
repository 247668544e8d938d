//! An entry and its source in, one field after the other out, each from its surest evidence.

mod found;
mod named;

use std::borrow::Cow;

use chrono::{DateTime, Days, NaiveDate, Utc};

use crate::config::Source;
use crate::link;
use crate::parse::{Body, Entry, SkipReason};
use crate::posting::{
    Closing, ClosingKind, EmploymentType, Field, How, Known, Mlis, Moment, Place, Remote, Salary,
};
use crate::text::summary;

use super::cue::Words;
use super::label::Labelled;
use super::title::{self, Parts};
use super::{
    apply, closing, degree, employment, html, language, place, relevance, remote, salary, tail, told,
};

pub use found::Found;

use found::body;

/// Characters at the beginning of a text in which a place is the place of work.
const LEAD: usize = 150;

/// Characters of a summary, at most.
const SUMMARY: usize = 300;

/// Characters of a source's words that are kept beside a value.
const RAW: usize = 300;

/// The farthest a deadline is believed after its posting, about eighteen months: what is later is
/// a misread year or a placeholder.
const FARTHEST_DEADLINE: Days = Days::new(548);

/// An entry with all that its values are read from, and the notes on those read so far.
pub struct Evidence<'a> {
    source: &'a Source,
    location: &'a str,
    entry: &'a Entry,
    /// The title line without status notes.
    line: String,
    /// What the title line gave by the source's patterns, or by the usual ones if it has none.
    title: Option<Parts>,
    /// What the text gave by the source's patterns.
    formula: Option<Parts>,
    /// The values of the entry that come from labels in its text.
    labelled: Vec<Labelled>,
    /// The body as plain text, a line a block, cut short.
    pub words: Words<'static>,
    pub known: Vec<Known>,
}

impl<'a> Evidence<'a> {
    /// # Errors
    /// There is no title, or nothing to know the entry by.
    pub fn gather(
        source: &'a Source,
        location: &'a str,
        entry: &'a Entry,
        found: Found,
    ) -> Result<Self, SkipReason> {
        let Found { text, labelled } = found;
        let line = title::line(&entry.title, &source.drop_prefixes);
        let formula = (!source.text.0.is_empty()).then(|| title::formula(&source.text, &text)).flatten();
        let named = |title: &str| title.contains(char::is_alphanumeric);
        let mut evidence = Evidence {
            source,
            location,
            entry,
            line,
            title: None,
            formula,
            labelled,
            words: Words::of(text),
            known: Vec::new(),
        };
        evidence.title = evidence.read_line();
        let formula = evidence.formula.as_ref().and_then(|parts| parts.title.as_deref());
        if !named(&evidence.line) && !formula.is_some_and(named) {
            return Err(SkipReason::NoTitle);
        }
        if entry.key.is_none() && entry.url.is_none() && evidence.words.text.trim().is_empty() {
            return Err(SkipReason::NoIdentity);
        }
        Ok(evidence)
    }

    /// A line is taken apart without a pattern only where nothing else names the employer.
    fn read_line(&self) -> Option<Parts> {
        if !self.source.title.0.is_empty() {
            return title::parts(&self.source.title, &self.line);
        }
        let formula = self.formula.as_ref().and_then(|parts| parts.employer.as_ref());
        let given = self.entry.employer.as_ref().or(formula).or(self.source.defaults.employer.as_ref());
        if given.is_some() { None } else { title::detect(&self.line) }
    }

    pub fn note(&mut self, field: Field, how: How, raw: Option<&str>, rule: impl Into<Cow<'static, str>>) {
        let raw = raw.map(|raw| summary(raw, RAW)).filter(|raw| !raw.is_empty());
        let mut rule = rule.into();
        if how == How::Stated
            && rule.is_empty()
            && let Some(label) = self.label(field)
        {
            rule = format!("label {:?}", label.label).into();
        }
        self.known.push(Known { field, how, raw, rule });
    }

    /// The label in the text that gave the field.
    fn label(&self, field: Field) -> Option<&Labelled> {
        let field = if field == Field::ApplyEmail { Field::ApplyUrl } else { field };
        self.labelled.iter().find(|one| one.field == field)
    }

    /// Why the source's settings leave the entry out.
    pub fn why_not_relevant(&self, employer: Option<&str>) -> Option<String> {
        let known = self.known.iter().find(|known| known.field == Field::Employer);
        let stated = known.is_some_and(|known| known.how != How::Default);
        let whole = self.whole_title();
        let subject = relevance::Subject {
            title: whole.as_deref().unwrap_or(&self.entry.title),
            employer: employer.filter(|_| stated),
            categories: &self.entry.categories,
            department: self.entry.department.as_deref(),
            text: &self.words.text,
        };
        relevance::why_not(self.source, &subject)
    }

    pub fn note_tags(&mut self, tags: &[String]) {
        if !tags.is_empty() {
            self.note(Field::Tags, How::Derived, None, "words of the taxonomy and of the settings");
        }
    }

    /// A part of the title line, or else of the formula-built text, with the rule that gave it.
    fn part(&self, part: impl Fn(&Parts) -> Option<&String>) -> Option<(String, String)> {
        let of = |parts: &Option<Parts>, kind: &str| {
            let parts = parts.as_ref()?;
            Some((part(parts)?.clone(), format!("{kind} grammar {:?}", parts.rule)))
        };
        of(&self.title, "title").or_else(|| of(&self.formula, "text"))
    }

    /// The date posted, never after `now`.
    pub fn posted(&mut self, now: DateTime<Utc>) -> Moment {
        let entry = self.entry;
        let (moment, how, rule) = match (entry.published, entry.updated) {
            (Some(published), _) => (published, How::Stated, ""),
            (None, Some(updated)) => (updated, How::Stated, "date of the last change"),
            (None, None) => (Moment::At(now), How::FirstSeen, ""),
        };
        let (past, rule) = match moment {
            Moment::At(at) if at > now => (Moment::At(now), "a date in the future counts as today"),
            Moment::On(day) if day > now.date_naive() => {
                (Moment::On(now.date_naive()), "a date in the future counts as today")
            }
            past => (past, rule),
        };
        let raw = (past != moment).then(|| moment.date().to_string());
        self.note(Field::Posted, how, raw.as_deref(), rule);
        past
    }

    /// `country`: where the work is, whose order of day and month a date has.
    pub fn closing(&mut self, posted: NaiveDate, country: Option<&str>) -> Closing {
        let fields = [
            self.entry.closing.clone().map(|raw| (raw, How::Stated, String::new())),
            self.part(|parts| parts.closing.as_ref()).map(|(raw, rule)| (raw, How::Derived, rule)),
        ];
        for (raw, how, rule) in fields.into_iter().flatten() {
            let closing = closing::read(&raw, Some(posted), country);
            if closing.kind != ClosingKind::Unknown {
                self.note(Field::Closing, how, Some(&raw), rule);
                return closing;
            }
        }
        let closing = closing::find_in(&self.words, Some(posted), country);
        if closing.kind != ClosingKind::Unknown {
            self.note(Field::Closing, How::Derived, closing.text.as_deref(), "running text");
        }
        closing
    }

    pub fn url(&mut self) -> Option<String> {
        let stated = self.entry.url.as_deref()?;
        let url = self.web(stated)?;
        self.note(Field::Url, How::Stated, None, "");
        Some(url)
    }

    /// The canonical form of an address of the entry, absolute.
    fn web(&self, address: &str) -> Option<String> {
        link::canonical(&link::resolve(self.location, address)?)
    }

    /// Where to apply, by web and by mail: what the source names for that, else where the sanitized
    /// description says to apply by web. An author's address is not published.
    pub fn apply(&mut self, description: &str) -> (Option<String>, Option<String>) {
        let Some(stated) = self.entry.apply.as_deref() else {
            // A text that was cut off before its place: an address in it may be half of one.
            if self.formula.as_ref().is_some_and(|parts| parts.open_place) {
                return (None, None);
            }
            // Excerpts end in a link to the whole post.
            let own = self.entry.url.as_deref().and_then(|url| self.web(url));
            let found = apply::find(description, &self.words.text, own.as_deref());
            if let Some((_, words)) = &found {
                self.note(
                    Field::ApplyUrl,
                    How::Derived,
                    Some(words),
                    "a link where the text speaks of applying",
                );
            }
            return (found.map(|(url, _)| url), None);
        };
        let email = link::emails(stated).into_iter().next();
        let whole = (!stated.trim().contains(char::is_whitespace) && email.is_none())
            .then(|| self.web(stated))
            .flatten();
        let url = whole.or_else(|| link::links(stated).into_iter().find_map(link::canonical));
        if url.is_some() {
            self.note(Field::ApplyUrl, How::Stated, None, "");
        }
        if email.is_some() {
            self.note(Field::ApplyEmail, How::Stated, None, "");
        }
        (url, email)
    }

    pub fn places(&mut self, employer: Option<&str>) -> Vec<Place> {
        let defaults = &self.source.defaults;
        // The employer's own address tells the country where the source's settings do not.
        let addresses = || [self.entry.apply.as_deref(), self.entry.url.as_deref()].into_iter().flatten();
        let country = defaults.country.as_deref().or_else(|| addresses().find_map(place::country_of));
        let wide = place::Hint { country, ..place::Hint::default() };
        let home = defaults.place.as_deref().map(|home| place::read(home, &wide)).unwrap_or_default();
        let region = home.first().and_then(|place| place.region.as_deref());
        let named =
            employer.map(|name| place::find(name, &place::Hint { region, ..wide })).unwrap_or_default();
        let seat = named.first().and_then(|place| place.region.as_deref());
        let hint = place::Hint { region, employer: seat, ..wide };
        if let Some(stated) = self.entry.place.as_deref() {
            let places = place::read(stated, &hint);
            if !places.is_empty() {
                self.note(Field::Places, How::Stated, Some(stated), "");
                return places;
            }
        }
        if let Some((raw, rule)) = self.part(|parts| parts.place.as_ref()) {
            let of = |parts: &Option<Parts>| parts.as_ref().is_some_and(|parts| parts.place.is_some());
            let open = !of(&self.title) && self.formula.as_ref().is_some_and(|parts| parts.open_place);
            let places = if open { tail::place_at_end(&raw, &hint) } else { place::read(&raw, &hint) };
            let words = [&raw, employer.unwrap_or_default()].join(" ");
            let places = tail::with_seat(places, &words, &named);
            if !places.is_empty() {
                self.note(Field::Places, How::Derived, Some(&raw), rule);
                return places;
            }
        }
        let labelled = told::labelled(&self.words.text, employer, &hint);
        if !labelled.is_empty() {
            self.note(Field::Places, How::Derived, None, "a label in the text");
            return labelled;
        }
        if !named.is_empty() {
            // Many towns share a name, so the one in an employer's name is a guess next to a place that
            // the text begins with.
            let head = place::scan(lead(&self.words.text), &hint);
            let agrees = |place: &Place| named.iter().any(|n| n.region == place.region);
            if !head.is_empty() && !head.iter().any(agrees) || tail::is_elsewhere(&head, &named) {
                self.note(Field::Places, How::Derived, None, "the beginning of the text");
                return head;
            }
            // Of a state's institution the text may name the town.
            if let [Place { city: None, .. }] = named[..]
                && let text = place::scan(&self.words.text, &hint)
                && tail::is_elsewhere(&text, &named)
            {
                self.note(Field::Places, How::Derived, None, "running text");
                return text;
            }
            self.note(Field::Places, How::Derived, employer, "the employer's name");
            return named;
        }
        if !home.is_empty() {
            self.note(Field::Places, How::Default, defaults.place.as_deref(), "");
            return home;
        }
        let beside = told::beside(&self.words.text, &hint);
        let places = if beside.is_empty() { place::scan(&self.words.text, &hint) } else { beside };
        if !places.is_empty() {
            self.note(Field::Places, How::Derived, None, "running text");
        }
        places
    }

    pub fn remote(&mut self) -> Remote {
        let place =
            self.entry.place.clone().or_else(|| self.part(|parts| parts.place.as_ref()).map(|(raw, _)| raw));
        let remote = remote::find_in(&self.entry.title, place.as_deref(), &self.words);
        if remote != Remote::No {
            self.note(Field::Remote, How::Derived, None, "title, place or running text");
        }
        remote
    }

    /// `country`: where the work is, whose money is meant.
    pub fn salary(&mut self, country: Option<&str>) -> Option<Salary> {
        let fields = [
            self.entry.salary.clone().map(|raw| (raw, How::Stated, String::new())),
            self.part(|parts| parts.salary.as_ref()).map(|(raw, rule)| (raw, How::Derived, rule)),
        ];
        for (raw, how, rule) in fields.into_iter().flatten() {
            if let Some((salary, _)) = salary::read(&raw, country) {
                self.note(Field::Salary, how, Some(&raw), rule);
                return Some(salary);
            }
        }
        let (salary, raw) = salary::find(&self.words.text, country)?;
        self.note(Field::Salary, How::Derived, Some(&raw), "running text");
        Some(salary)
    }

    pub fn employment(&mut self) -> Vec<EmploymentType> {
        let stated = self.entry.employment.as_deref().filter(|stated| !stated.trim().is_empty());
        // The whole title line: what its notes say of hours is not in the title. A form has its own.
        let form = self.label(Field::Title).map(|label| label.value.as_str());
        let titles: Vec<&str> = form.into_iter().chain([self.entry.title.as_str()]).collect();
        let types = employment::read_with(&titles, stated, &self.words);
        if !types.is_empty() {
            let (how, rule) = stated.map_or((How::Derived, "title or running text"), |_| (How::Stated, ""));
            self.note(Field::EmploymentTypes, how, stated, rule);
        }
        types
    }

    pub fn degree(&mut self) -> Mlis {
        let degree = degree::find_in(&self.words);
        if degree != Mlis::No {
            self.note(Field::Mlis, How::Derived, None, "running text");
        }
        degree
    }

    pub fn language(&mut self) -> Option<String> {
        let (tag, how) = language::read(self.entry.language.as_deref(), &self.words.text)?;
        self.note(Field::Language, how, None, "");
        Some(tag)
    }

    /// The whole body, sanitized; the short form where there is no body.
    pub fn description(&mut self) -> String {
        let base = self.entry.url.as_deref().and_then(|url| link::resolve(self.location, url));
        let description = match body(self.entry) {
            Body::Html(markup) => html::sanitize(markup, Some(base.as_deref().unwrap_or(self.location))),
            Body::Text(text) => html::from_text(text),
        };
        if !description.is_empty() {
            self.note(Field::Description, How::Stated, None, "");
        }
        description
    }

    pub fn summary(&self) -> String {
        summary(&self.words.text, SUMMARY)
    }
}

/// The beginning of a text, where boards put the place.
fn lead(text: &str) -> &str {
    text.char_indices().nth(LEAD).map_or(text, |(end, _)| &text[..end])
}

/// The last day to apply: a hard date that is neither before the posting nor years after it.
pub fn last_day(closing: &Closing, posted: NaiveDate) -> Option<NaiveDate> {
    let date = closing.date.filter(|_| closing.kind == ClosingKind::By)?;
    let farthest = posted.checked_add_days(FARTHEST_DEADLINE)?;
    (posted..=farthest).contains(&date).then_some(date)
}
