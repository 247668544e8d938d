//! Settings in, what is wrong with them beyond keys and types out: the named checks.

mod selectors;
mod tags;

use std::collections::{BTreeSet, HashMap};

use chrono_tz::Tz;
use url::Url;

use super::{Failure, Places, access, did_you_mean, fields, follow, lives, reading};
use crate::config::{Choice, Config, Format};
use crate::schedule::Schedule;
use crate::{iso, link};

/// A named check: it adds what it finds to the failures.
pub type Check = fn(&mut Checked);

/// The named checks, in the order in which they run.
pub const CHECKS: [(&str, Check); 21] = [
    ("site", site),
    ("limits", limits),
    ("time-zones", time_zones),
    ("schedules", schedules),
    ("slugs", slugs),
    ("unique-names", unique_names),
    ("presets", reading::presets),
    ("source-location", source_location),
    ("source-fields", fields::check),
    ("selectors", selectors::check),
    ("follow", follow::check),
    ("same-source-twice", same_source_twice),
    ("own-pages-as-source", own_pages_as_source),
    ("words-of-sources", reading::words_of_sources),
    ("lives", lives::check),
    ("tags", tags::check),
    ("regions", regions),
    ("feeds", feeds),
    ("allow-hosts", access::allow_hosts),
    ("secrets", access::secrets),
    ("heed", access::heed),
];

/// The settings under a check, and what was found so far.
pub struct Checked<'a> {
    pub(super) config: &'a Config,
    places: &'a Places,
    unread: &'a [String],
    name: &'static str,
    failures: &'a mut Vec<Failure>,
}

pub fn check(config: &Config, places: &Places, unread: &[String], failures: &mut Vec<Failure>) {
    for (name, check) in CHECKS {
        check(&mut Checked { config, places, unread, name, failures });
    }
}

impl Checked<'_> {
    pub(super) fn fail(&mut self, section: &str, key: &str, message: String) {
        // What stands for a section that could not be read was not written by the operator.
        let of = |unread: &String| {
            section.strip_prefix(unread).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        if self.unread.iter().any(of) {
            return;
        }
        let line = self.places.line(section, key);
        self.failures.push(Failure { line, check: self.name, message });
    }

    /// Every section that has a slug or a name, with it: `("tag[0]", "slug", "music")`.
    fn named(&self) -> Vec<(String, &'static str, String)> {
        let config = self.config;
        let mut all = Vec::new();
        all.extend(
            config.sources.iter().enumerate().map(|(i, s)| (format!("source[{i}]"), "name", s.name.clone())),
        );
        all.extend(
            config.tags.iter().enumerate().map(|(i, t)| (format!("tag[{i}]"), "slug", t.slug.clone())),
        );
        all.extend(
            config.regions.iter().enumerate().map(|(i, r)| (format!("region[{i}]"), "slug", r.slug.clone())),
        );
        all.extend(
            config.feeds.iter().enumerate().map(|(i, f)| (format!("feed[{i}]"), "slug", f.slug.clone())),
        );
        all
    }
}

fn site(c: &mut Checked) {
    let site = &c.config.site;
    if site.title.trim().is_empty() && c.places.line("site", "").is_some() {
        c.fail("site", "title", "the site's title is empty".into());
    }
    match Url::parse(&site.base_url) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => {
            if url.query().is_some() || url.fragment().is_some() {
                c.fail("site", "base_url", format!("base_url {:?} must have no ? and no #", site.base_url));
            }
        }
        _ if site.base_url.is_empty() => {}
        _ => {
            let message =
                format!("base_url {:?} is no address such as \"https://jobs.example.org/\"", site.base_url);
            c.fail("site", "base_url", message);
        }
    }
    let language = &site.language;
    let sound = language
        .split('-')
        .all(|part| (1..=8).contains(&part.len()) && part.chars().all(|l| l.is_ascii_alphanumeric()));
    if !sound {
        c.fail(
            "site",
            "language",
            format!("language {language:?} is no language tag such as \"en\" or \"fr-CA\""),
        );
    }
    if let Some(authority) = &site.id_authority
        && (authority.is_empty()
            || !authority.chars().all(|l| l.is_ascii_alphanumeric() || matches!(l, '.' | '-' | '@')))
    {
        c.fail("site", "id_authority", format!("id_authority {authority:?} is no domain name"));
    }
}

fn limits(c: &mut Checked) {
    let fetch = &c.config.fetch;
    let wrong = [
        ("fetch", "concurrency", fetch.concurrency == 0),
        ("fetch", "connect_timeout_seconds", fetch.connect_timeout_seconds == 0),
        ("fetch", "timeout_seconds", fetch.timeout_seconds == 0),
        ("fetch", "max_bytes", fetch.max_bytes == 0),
        ("publish", "limit", c.config.publish.limit == 0),
    ];
    for (section, key, _) in wrong.into_iter().filter(|(_, _, wrong)| *wrong) {
        c.fail(section, key, format!("{key} must be at least 1"));
    }
    for (i, feed) in c.config.feeds.iter().enumerate() {
        if feed.limit == Some(0) {
            c.fail(&format!("feed[{i}]"), "limit", "limit must be at least 1".into());
        }
    }
}

fn time_zones(c: &mut Checked) {
    let mut zones = vec![("schedule".to_owned(), "time_zone", c.config.schedule.time_zone.clone())];
    for (i, source) in c.config.sources.iter().enumerate() {
        zones.extend(
            source
                .defaults
                .time_zone
                .iter()
                .map(|z| (format!("source[{i}].defaults"), "time_zone", z.clone())),
        );
    }
    for (section, key, zone) in zones {
        if zone.parse::<Tz>().is_err() {
            let hint = did_you_mean(&zone, chrono_tz::TZ_VARIANTS.iter().map(|tz| tz.name()));
            c.fail(&section, key, format!("there is no time zone {zone:?}{hint}"));
        }
    }
}

fn schedules(c: &mut Checked) {
    let Ok(zone) = c.config.schedule.time_zone.parse::<Tz>() else { return };
    let mut all = Vec::new();
    all.extend(c.config.schedule.cron.iter().map(|cron| ("schedule".to_owned(), "cron", cron.clone())));
    for (i, source) in c.config.sources.iter().enumerate() {
        all.extend(source.schedule.iter().map(|s| (format!("source[{i}]"), "schedule", s.clone())));
    }
    for (section, key, text) in all {
        if let Err(error) = Schedule::parse(&text, zone) {
            c.fail(&section, key, error);
        }
    }
}

fn slugs(c: &mut Checked) {
    for (section, key, slug) in c.named() {
        let sound = !slug.is_empty()
            && slug.chars().all(|l| l.is_ascii_lowercase() || l.is_ascii_digit() || l == '-')
            && !slug.starts_with('-')
            && !slug.ends_with('-');
        if !sound {
            let message = format!("{key} {slug:?} must be lower-case letters, digits and hyphens");
            c.fail(&section, key, message);
        }
    }
}

fn unique_names(c: &mut Checked) {
    let mut seen: HashMap<(String, String), Option<usize>> = HashMap::new();
    for (section, key, name) in c.named() {
        let kind = section.split('[').next().unwrap_or_default().to_owned();
        let line = c.places.line(&section, key);
        if let Some(first) = seen.insert((kind.clone(), name.clone()), line) {
            let first = first.map(|line| format!(" (the first is in line {line})")).unwrap_or_default();
            c.fail(&section, key, format!("two [[{kind}]] have the {key} {name:?}{first}"));
        }
    }
}

fn source_location(c: &mut Checked) {
    for (i, source) in c.config.sources.iter().enumerate() {
        let section = format!("source[{i}]");
        match (&source.url, &source.path) {
            (Some(_), Some(_)) => {
                c.fail(&section, "path", format!("source {:?} has both url and path", source.name))
            }
            (None, None) => {
                c.fail(&section, "name", format!("source {:?} needs a url or a path", source.name))
            }
            (Some(url), None) => {
                if let Some(message) = wrong_url(url) {
                    c.fail(&section, "url", message);
                }
            }
            (None, Some(_)) => {}
        }
        if source.columns.is_some() && !matches!(source.format, Format::Csv | Format::Auto) {
            c.fail(
                &section,
                "columns",
                format!("source {:?} has columns, but its format is not \"csv\"", source.name),
            );
        }
        if let Some(country) = source.defaults.country.as_deref().filter(|code| !iso::is_country(code)) {
            let message = format!("{country:?} is no country code such as \"US\" (ISO 3166-1)");
            c.fail(&format!("{section}.defaults"), "country", message);
        }
    }
}

fn wrong_url(url: &str) -> Option<String> {
    if url.matches("http://").count() + url.matches("https://").count() > 1 && !url.contains('?') {
        return Some(format!(
            "{url:?} looks like two addresses in one: is a quotation mark or comma missing?"
        ));
    }
    match Url::parse(url) {
        Ok(parsed) if matches!(parsed.scheme(), "http" | "https") => None,
        Ok(parsed) => Some(format!("{url:?} begins with {}:, only http and https are read", parsed.scheme())),
        Err(error) => Some(format!("{url:?} is no address: {error}")),
    }
}

fn same_source_twice(c: &mut Checked) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for (i, source) in c.config.sources.iter().enumerate() {
        let same = source.key();
        if same.is_empty() {
            continue;
        }
        if let Some(first) = seen.insert(same, &source.name) {
            let key = if source.url.is_some() { "url" } else { "path" };
            c.fail(
                &format!("source[{i}]"),
                key,
                format!("sources {first:?} and {:?} read the same address", source.name),
            );
        }
    }
}

fn own_pages_as_source(c: &mut Checked) {
    let base = link::key(&c.config.site.base_url);
    if base.is_empty() {
        return;
    }
    for (i, source) in c.config.sources.iter().enumerate() {
        let own = source.url.as_ref().map(|url| link::key(url)).is_some_and(|key| {
            key == base || key.strip_prefix(&base).is_some_and(|rest| rest.starts_with('/'))
        });
        if own {
            let message =
                format!("source {:?} is under base_url: the site would read its own pages", source.name);
            c.fail(&format!("source[{i}]"), "url", message);
        }
    }
}

fn regions(c: &mut Checked) {
    for (i, region) in c.config.regions.iter().enumerate() {
        let section = format!("region[{i}]");
        if region.codes.is_empty() && region.places.is_empty() {
            c.fail(
                &section,
                "codes",
                format!("region {:?} gathers nothing: it has neither codes nor places", region.slug),
            );
        }
        let code = region.slug.to_uppercase();
        if iso::is_country(&code) || iso::is_region(&code) || region.slug == "remote" {
            c.fail(&section, "slug", format!("the slug {:?} is taken: it has a feed already", region.slug));
        }
        for code in &region.codes {
            let upper = code.to_uppercase();
            if !iso::is_country(&upper) && !iso::is_region(&upper) {
                let message = format!("{code:?} is no ISO 3166 code such as \"US-NY\" or \"CA\"");
                c.fail(&section, "codes", message);
            }
        }
    }
}

fn feeds(c: &mut Checked) {
    let known = tags::slugs(c.config);
    let own: BTreeSet<&str> = c.config.regions.iter().map(|region| region.slug.as_str()).collect();
    let is_region = |slug: &str| {
        let upper = slug.to_uppercase();
        own.contains(slug) || slug == "remote" || iso::is_country(&upper) || iso::is_region(&upper)
    };
    for (i, feed) in c.config.feeds.iter().enumerate() {
        let section = format!("feed[{i}]");
        let all = |choice: &Choice| {
            choice.any.iter().chain(&choice.all).chain(&choice.not).cloned().collect::<Vec<_>>()
        };
        for slug in all(&feed.tags).iter().filter(|slug| !known.contains(slug.as_str())) {
            let message = format!("there is no tag {slug:?}{}", did_you_mean(slug, known.iter().copied()));
            c.fail(&section, "tags", message);
        }
        for slug in all(&feed.regions).iter().filter(|slug| !is_region(slug)) {
            let message = format!("there is no region {slug:?}{}", did_you_mean(slug, own.iter().copied()));
            c.fail(&section, "regions", message);
        }
        for (key, choice) in [("tags", &feed.tags), ("regions", &feed.regions)] {
            let barred = |slug: &&String| choice.not.contains(slug);
            let never = choice.all.iter().any(|slug| barred(&slug))
                || (!choice.any.is_empty() && choice.any.iter().all(|slug| barred(&slug)));
            if never {
                c.fail(
                    &section,
                    key,
                    format!("feed {:?} asks for {key} that it forbids: nothing can be in it", feed.slug),
                );
            }
        }
    }
}
