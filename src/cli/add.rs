//! The address of a feed, or of a page that names some, in; a source at the end of feeds.toml out.

use anyhow::{Context, bail};
use clap::Args;
use shelfwire::config::Source;
use shelfwire::config::check::Loaded;
use shelfwire::discover;
use shelfwire::pipeline::{Found, find};

use super::append::append;
use super::preview::describe;
use super::{Common, Exit, runtime, tell};

/// Entries that are shown before a source is added.
const SHOWN: usize = 3;

/// Find the feed at an address and add it to feeds.toml.
///
/// The address of a feed, or of a web page: then the feeds that the page names are listed with the
/// number of their entries. Pages of known job systems are known by their address, and added with
/// their preset. Where there is one, or --pick says which, its first entries are shown as
/// they would become, and it is added as a source.
#[derive(Debug, Args)]
pub struct Add {
    /// The address of a feed or of a board's page.
    url: String,
    /// Which of the listed feeds to add.
    #[arg(long, value_name = "N")]
    pick: Option<usize>,
    /// The source's name. Default: made of the feed's title or the host.
    #[arg(long)]
    name: Option<String>,
    /// Show what would be added, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

impl Add {
    pub fn run(self, common: &Common) -> anyhow::Result<Exit> {
        let loaded = common.load()?;
        let (runtime, _stop) = runtime()?;
        let found = runtime.block_on(find(&loaded, &self.url, common.now()));
        runtime.shutdown_background();
        let found = found?;
        for (number, found) in found.iter().enumerate() {
            tell(line(number + 1, found));
        }
        let Some(chosen) = self.choose(&found)? else {
            tell("add one of them with --pick N");
            return Ok(if self.dry_run { Exit::AllWell } else { Exit::CouldNotRun });
        };
        self.add(&loaded, chosen)
    }

    /// The feed to add; `None` if there are several and nobody said which.
    fn choose<'a>(&self, found: &'a [Found]) -> anyhow::Result<Option<&'a Found>> {
        if let Some(number) = self.pick {
            let chosen = number.checked_sub(1).and_then(|index| found.get(index));
            return chosen.map(Some).with_context(|| format!("there is no number {number} to pick"));
        }
        let mut good = found.iter().filter(|found| found.preview.is_ok());
        match (good.next(), good.next()) {
            (None, _) => bail!("none of them can be read"),
            (Some(only), None) => Ok(Some(only)),
            _ => Ok(None),
        }
    }

    fn add(self, loaded: &Loaded, chosen: &Found) -> anyhow::Result<Exit> {
        let feed = &chosen.feed;
        let Ok(preview) = &chosen.preview else { bail!("{} cannot be read", feed.url) };
        let sources = &loaded.config.sources;
        let key = Source { url: Some(feed.url.clone()), ..Source::default() }.key();
        if let Some(known) = sources.iter().find(|source| source.key() == key) {
            tell(format!("the source {:?} reads {} already; nothing was added", known.name, feed.url));
            return Ok(Exit::AllWell);
        }
        for (number, entry) in preview.entries.iter().take(SHOWN).enumerate() {
            tell(describe(number + 1, entry));
        }
        let taken = |name: &str| sources.iter().any(|source| source.name == name);
        let name = self.name.unwrap_or_else(|| discover::name(feed, taken));
        let section = discover::section(&name, feed, true);
        tell(&section);
        if !preview.entries.is_empty() && preview.entries.iter().all(|entry| entry.posting.employer.is_none())
        {
            tell("no entry names its employer; tell it by `defaults = { employer = \"…\" }`");
        }
        if self.dry_run {
            tell("nothing was written");
            return Ok(Exit::AllWell);
        }
        append(&loaded.path, &section)?;
        tell(format!("added to {}; `shelfwire preview {name}` shows all entries", loaded.path.display()));
        Ok(Exit::AllWell)
    }
}

fn line(number: usize, found: &Found) -> String {
    let title = if found.feed.title.is_empty() { String::new() } else { format!(" {:?}", found.feed.title) };
    match &found.preview {
        Ok(preview) => format!("{number}. {}{title}: {} entries", found.feed.url, preview.entries.len()),
        Err(error) => format!("{number}. {}{title}: {error}", found.feed.url),
    }
}
