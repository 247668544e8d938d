//! The id or address of a vacancy in, all that is known of it and why out.

use anyhow::{Context, bail};
use clap::Args;
use serde_json::json;
use shelfwire::config::check::Loaded;
use shelfwire::gather::VacancyId;
use shelfwire::link;
use shelfwire::normalize::{TagReasons, Vocabulary};
use shelfwire::posting::Posting;
use shelfwire::select::Rules;
use shelfwire::store::{Judged, Shelving, Store};
use shelfwire::vacancy::Vacancy;

use super::decisions::bare;
use super::possible::{as_json, shown};
use super::preview::values;
use super::{Common, Exit, open_to_read, tell};

/// Show all that is known of a vacancy: its postings, each value with the words and the rule that it
/// comes from, the feeds that it is in, and why its postings are taken for one.
#[derive(Debug, Args)]
pub struct Explain {
    /// The id of a vacancy, of a posting or of an item in a feed; or the address of a posting.
    #[arg(value_name = "ID|URL")]
    what: String,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
}

impl Explain {
    pub fn run(self, common: &Common) -> anyhow::Result<Exit> {
        let loaded = common.load()?;
        let store = open_to_read(&loaded)?.context("nothing is remembered yet: run `shelfwire run` first")?;
        let id = find(&store, &self.what)?;
        let rules = Rules::new(&loaded.config).deciding(&loaded.decisions);
        let vacancy = store.vacancy(&rules, id)?.with_context(|| format!("there is no vacancy {id}"))?;
        let feeds = if vacancy.closed.is_none() { rules.feeds(&vacancy) } else { Vec::new() };
        let postings = store.own_postings(id)?;
        let judged = store.judged(id)?;
        if self.json {
            let pairs: Vec<_> = judged.iter().map(as_json).collect();
            let ids: Vec<_> = postings.iter().map(|(own, _)| own.to_string()).collect();
            let all = json!({ "vacancy": vacancy, "feeds": feeds, "postings": ids, "judged": pairs });
            tell(serde_json::to_string_pretty(&all)?);
            return Ok(Exit::AllWell);
        }
        tell(head(&vacancy, &feeds));
        let vocabulary = Vocabulary::new(&loaded.config);
        for (own, posting) in &postings {
            let tags = tags(&vocabulary, &loaded, posting);
            let best = vacancy.best();
            let speaks = posting.source == best.source
                && posting.source_key == best.source_key
                && posting.url == best.url;
            let speaks = if speaks && postings.len() > 1 { ", speaks for the vacancy" } else { "" };
            tell(values(&format!("posting {own} of {}{speaks}", posting.source), posting, &tags));
        }
        tell(together(&judged, &vacancy.id));
        Ok(Exit::AllWell)
    }
}

/// The vacancy that an id or an address leads to.
fn find(store: &Store, what: &str) -> anyhow::Result<VacancyId> {
    if what.contains("://") {
        let key = link::key(what);
        let mut found = None;
        store.each_posting::<anyhow::Error>(|posting| {
            let links = [&posting.url, &posting.source_url, &posting.apply_url];
            if found.is_none() && links.into_iter().flatten().any(|link| link::key(link) == key) {
                found = VacancyId::parse(&posting.vacancy);
            }
            Ok(())
        })?;
        return found.with_context(|| format!("no posting leads to {what}"));
    }
    let id = bare(what)?;
    let number = VacancyId::parse(&id).context("an id")?;
    match store.resolve(number)? {
        Some(vacancy) => Ok(vacancy),
        None => bail!("there is no vacancy {id}, and no posting"),
    }
}

fn head(vacancy: &Vacancy, feeds: &[String]) -> String {
    let best = vacancy.best();
    let employer = best.employer.as_deref().map(|employer| format!(", {employer}")).unwrap_or_default();
    let state = match &vacancy.closed {
        None => "open".to_owned(),
        Some(closed) => format!("closed on {}: {}", closed.at.date_naive(), closed.reason.sentence()),
    };
    let mut out = format!("{}  {}{employer}\n", vacancy.id, best.title);
    out.push_str(&format!(
        "   {state}; posted {}, first seen {}, changed {}\n",
        vacancy.posted.date_naive(),
        vacancy.first_seen.date_naive(),
        vacancy.updated.date_naive()
    ));
    out.push_str(&if feeds.is_empty() {
        "   in no feed\n".to_owned()
    } else {
        format!("   in the feeds {}\n", feeds.join(", "))
    });
    out
}

fn tags(vocabulary: &Vocabulary, loaded: &Loaded, posting: &Posting) -> Vec<TagReasons> {
    let source = loaded.config.sources.iter().find(|source| source.name == posting.source);
    source.map(|source| vocabulary.explain(source, posting)).unwrap_or_default()
}

/// Why the postings are one vacancy, and which others are near.
fn together(judged: &[Judged], id: &str) -> String {
    let within = |judged: &&Judged| judged.postings.0.vacancy == id && judged.postings.1.vacancy == id;
    let (one, others): (Vec<_>, Vec<_>) = judged.iter().partition(within);
    let mut out = String::new();
    for (heading, pairs) in [("taken for one vacancy:", one), ("near, and kept apart:", others)] {
        if !pairs.is_empty() {
            out.push_str(heading);
            out.push('\n');
            for pair in pairs {
                out.push_str(&shown(pair));
                out.push('\n');
            }
        }
    }
    out
}
