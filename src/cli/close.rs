//! A vacancy's id in, decisions.toml with or without its takedown out.

use anyhow::{Context, bail};
use clap::Args;
use shelfwire::config::check::Loaded;
use shelfwire::config::decisions::{self, Decisions, Takedown};
use shelfwire::gather::VacancyId;
use shelfwire::select::Rules;
use shelfwire::vacancy::Vacancy;

use super::decisions::{append, bare, existing, replace, without};
use super::{Common, Exit, open_to_read, tell};

/// Take a vacancy out of all feeds, whatever its boards say.
///
/// It is noted in decisions.toml beside feeds.toml, and subscribers are told at the next run. There,
/// `[[takedown]]` also takes an address or a whole source: `url = "…"`, `source = "…"`.
#[derive(Debug, Args)]
pub struct Close {
    /// The vacancy's id, or the id of its item in a feed.
    id: String,
    /// Why; told to subscribers.
    #[arg(long, default_value = "")]
    reason: String,
}

/// Undo `close`: the vacancy is in feeds again if it is open by what its boards say.
#[derive(Debug, Args)]
pub struct Reopen {
    /// The vacancy's id, or the id of its item in a feed.
    id: String,
}

impl Close {
    pub fn run(self, common: &Common) -> anyhow::Result<Exit> {
        let loaded = common.load()?;
        let id = bare(&self.id)?;
        let vacancy = known(&loaded, &id)?;
        let title = &vacancy.best().title;
        if takedown(&loaded, &id).is_some() {
            tell(format!("{id} ({title}) is taken down already"));
            return Ok(Exit::AllWell);
        }
        let path = decisions::path(&loaded.folder);
        let entry = toml::to_string(&Entry { vacancy: &id, reason: &self.reason })?;
        let text = append(existing(&path)?, title, "takedown", &entry);
        replace(&path, &text)?;
        tell(format!("{id} ({title}) leaves all feeds at the next run; `shelfwire reopen {id}` undoes it"));
        Ok(Exit::AllWell)
    }
}

#[derive(serde::Serialize)]
struct Entry<'a> {
    vacancy: &'a str,
    reason: &'a str,
}

impl Reopen {
    pub fn run(self, common: &Common) -> anyhow::Result<Exit> {
        let loaded = common.load()?;
        let id = bare(&self.id)?;
        let path = decisions::path(&loaded.folder);
        if takedown(&loaded, &id).is_none() {
            let vacancy = known(&loaded, &id)?;
            let why = match &vacancy.closed {
                None => "it is open".to_owned(),
                Some(closed) => {
                    format!("it closed on {}: {}", closed.at.date_naive(), closed.reason.sentence())
                }
            };
            bail!("{id} is not taken down by its id in {}; {why}", path.display());
        }
        let takes = |decisions: &Decisions| decisions.takedowns.iter().any(|one| is_of(one, &id));
        let text = without(&existing(&path)?, takes);
        let left = decisions::read(&text).is_ok_and(|left| !takes(&left));
        if !left {
            bail!("take the entry of {id} out of {} by hand", path.display());
        }
        replace(&path, &text)?;
        tell(format!("{id} is in feeds again at the next run, if it is open by what its boards say"));
        Ok(Exit::AllWell)
    }
}

fn is_of(takedown: &Takedown, id: &str) -> bool {
    takedown.vacancy.as_deref() == Some(id)
}

fn takedown<'a>(loaded: &'a Loaded, id: &str) -> Option<&'a Takedown> {
    loaded.decisions.takedowns.iter().find(|one| is_of(one, id))
}

fn known(loaded: &Loaded, id: &str) -> anyhow::Result<Vacancy> {
    let number = VacancyId::parse(id).context("an id")?;
    let store = open_to_read(loaded)?.context("nothing is remembered yet: run `shelfwire run` first")?;
    store.vacancy(&Rules::new(&loaded.config), number)?.with_context(|| format!("there is no vacancy {id}"))
}
