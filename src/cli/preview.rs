//! A source's name, a file or an address in, what each entry would become out.

use chrono::SecondsFormat;
use clap::Args;
use shelfwire::config::check::Loaded;
use shelfwire::normalize::{TagReasons, TagWord};
use shelfwire::pipeline::{Previewed, preview};
use shelfwire::posting::{
    Closing, ClosingKind, Field, How, Moment, Place, Posting, Remote, Salary, SalaryUnit,
};
use shelfwire::text;

use super::table::count;
use super::{Common, Exit, runtime, tell};

/// Characters of one value that are shown; `--json` shows all.
const SHOWN: usize = 100;

/// Words that are shown for one tag.
const WORDS_SHOWN: usize = 3;

/// Show what a board, a file or an address would become, and keep nothing.
///
/// For each entry: every value that was understood, how it is known (stated by the source, derived
/// from text, a default of feeds.toml, or the time of first sight), by which rule, and the words
/// that it was read from.
#[derive(Debug, Args)]
pub struct Preview {
    /// A source's name in feeds.toml, a file, a folder, or an address.
    #[arg(value_name = "SOURCE|FILE|URL")]
    target: String,
    /// Entries to show, at most.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

impl Preview {
    pub fn run(self, common: &Common) -> anyhow::Result<Exit> {
        let loaded = self.settings(common)?;
        let (runtime, _stop) = runtime()?;
        let shown = runtime.block_on(preview(loaded.as_deref(), &self.target, common.now()));
        runtime.shutdown_background();
        let shown = shown?;
        if self.json {
            tell(serde_json::to_string_pretty(&shown)?);
            return Ok(Exit::AllWell);
        }
        for (number, entry) in shown.entries.iter().take(self.limit).enumerate() {
            tell(describe(number + 1, entry));
        }
        if shown.entries.len() > self.limit {
            tell(format!(
                "… and {} more entries (--limit {})",
                shown.entries.len() - self.limit,
                shown.entries.len()
            ));
        }
        for skipped in &shown.skipped {
            tell(format!("skipped {:?}: {}", skipped.entry, skipped.reason));
        }
        for left in &shown.not_library_work {
            tell(format!("not library work {:?}: {}", left.entry, left.because));
        }
        for repair in &shown.repairs {
            tell(format!("mended before reading: {repair}"));
        }
        for missed in &shown.missed {
            tell(missed);
        }
        if !shown.complete {
            tell("the document was cut off; what is whole was read");
        }
        let left = match shown.not_library_work.len() {
            0 => String::new(),
            left => format!(", {left} not library work"),
        };
        let mails = shown.skipped.iter().filter(|skipped| skipped.reason.is_other_mail()).count();
        let others = match mails {
            0 => String::new(),
            mails => format!(", {}", count(mails as u64, "other mail", "other mails")),
        };
        tell(format!(
            "{} entries, {} skipped{left}{others}; nothing was kept",
            shown.entries.len(),
            shown.skipped.len() - mails
        ));
        Ok(Exit::AllWell)
    }

    /// Settings, if they are there: a file or an address can be shown without any.
    fn settings(&self, common: &Common) -> anyhow::Result<Option<std::sync::Arc<Loaded>>> {
        if common.config.exists() { common.load().map(Some) } else { Ok(None) }
    }
}

pub(super) fn describe(number: usize, previewed: &Previewed) -> String {
    let Previewed { posting, tags, .. } = previewed;
    values(&format!("{number}. {}", posting.title), posting, tags)
}

/// Every value of a posting with how it is known, below a heading.
pub(super) fn values(heading: &str, posting: &Posting, tags: &[TagReasons]) -> String {
    let mut out = format!("{heading}\n");
    let mut add = |name: &str, field: Option<Field>, value: String| {
        if value.is_empty() {
            return;
        }
        let known = field.and_then(|field| posting.known(field));
        let how = known.map(|k| {
            let rule = if k.rule.is_empty() { String::new() } else { format!(", {}", k.rule) };
            let raw = k.raw.as_ref().map(|raw| format!(", from {:?}", text::summary(raw, SHOWN)));
            format!("  [{}{rule}{}]", how(k.how), raw.unwrap_or_default())
        });
        out.push_str(&format!("   {name:<11} {}{}\n", text::summary(&value, SHOWN), how.unwrap_or_default()));
    };
    add("title", Some(Field::Title), posting.title.clone());
    add("employer", Some(Field::Employer), posting.employer.clone().unwrap_or_default());
    add("places", Some(Field::Places), places(&posting.places));
    add("remote", Some(Field::Remote), remote(posting.remote));
    add("salary", Some(Field::Salary), posting.salary.as_ref().map(salary).unwrap_or_default());
    add("posted", Some(Field::Posted), posting.posted.map(moment).unwrap_or_default());
    add("closing", Some(Field::Closing), closing(&posting.closing));
    add("employment", Some(Field::EmploymentTypes), words(&posting.employment_types));
    add("degree", Some(Field::Mlis), word(&posting.mlis));
    for reasons in tags {
        add("tag", None, format!("{}  {}", reasons.tag, because(reasons)));
    }
    add("url", Some(Field::Url), posting.url.clone().unwrap_or_default());
    add("apply", Some(Field::ApplyUrl), posting.apply_url.clone().unwrap_or_default());
    add("apply to", Some(Field::ApplyEmail), posting.apply_email.clone().unwrap_or_default());
    add(
        "key",
        None,
        posting.source_key.clone().unwrap_or_else(|| "none: known again by its link or words".into()),
    );
    add("language", Some(Field::Language), posting.language.clone().unwrap_or_default());
    add("text", Some(Field::Description), summary(posting));
    out.push('\n');
    out
}

/// The words that spoke for a tag, and where they stand.
fn because(reasons: &TagReasons) -> String {
    if reasons.words.is_empty() {
        return "[default, the source's settings]".into();
    }
    let word = |word: &TagWord| format!("{:?} in {}", word.word, self::word(&word.part));
    format!("[derived, {}]", reasons.words.iter().take(WORDS_SHOWN).map(word).collect::<Vec<_>>().join(", "))
}

fn how(how: How) -> &'static str {
    match how {
        How::Stated => "stated",
        How::Derived => "derived",
        How::Default => "default",
        How::FirstSeen => "first seen",
    }
}

fn places(places: &[Place]) -> String {
    let one = |place: &Place| {
        let parts = [&place.city, &place.region, &place.country];
        parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
    };
    places.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn remote(remote: Remote) -> String {
    match remote {
        Remote::No => String::new(),
        Remote::Hybrid | Remote::Remote => word(&remote),
    }
}

fn salary(salary: &Salary) -> String {
    let figures = match (salary.min, salary.max) {
        (Some(min), Some(max)) if min == max => format!("{min}"),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("from {min}"),
        (None, Some(max)) => format!("up to {max}"),
        (None, None) => "?".into(),
    };
    let per = match salary.unit {
        SalaryUnit::Total => "in all".to_owned(),
        unit => format!("a {}", word(&unit).to_lowercase()),
    };
    format!("{figures} {} {per}", salary.currency)
}

fn moment(moment: Moment) -> String {
    match moment {
        Moment::At(at) => at.to_rfc3339_opts(SecondsFormat::Secs, true),
        Moment::On(day) => day.to_string(),
    }
}

fn closing(closing: &Closing) -> String {
    if closing.kind == ClosingKind::Unknown && closing.text.is_none() {
        return String::new();
    }
    let date = closing.date.map(|date| format!(" {date}")).unwrap_or_default();
    format!("{}{date}", word(&closing.kind).replace('_', " "))
}

/// A value as JSON writes it, without quotes.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn words(values: &[impl serde::Serialize]) -> String {
    values.iter().map(word).collect::<Vec<_>>().join(" ")
}

fn summary(posting: &Posting) -> String {
    format!("{} characters: {}", posting.description.chars().count(), posting.summary)
}
