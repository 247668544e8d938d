//! A subscription list in, sources at the end of feeds.toml out.

use std::collections::HashSet;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use shelfwire::config::{Source, secret};
use shelfwire::discover::{self, Feed};
use url::Url;

use super::append::append;
use super::{Common, Exit, tell};

/// Add the feeds of an OPML file to feeds.toml.
///
/// Each feed becomes a source that is not read until you enable it (or with --enable at once); those
/// that feeds.toml has already are passed over. Nothing is asked of any board.
#[derive(Debug, Args)]
pub struct Import {
    /// The subscription list, as feed readers export it.
    #[arg(value_name = "FILE.opml")]
    file: PathBuf,
    /// Read the new sources from the next run on.
    #[arg(long)]
    enable: bool,
    /// Show what would be added, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

impl Import {
    pub fn run(self, common: &Common) -> anyhow::Result<Exit> {
        let loaded = common.load()?;
        let bytes = std::fs::read(&self.file).with_context(|| self.file.display().to_string())?;
        let Some(feeds) = discover::outlines(&String::from_utf8_lossy(&bytes)) else {
            bail!("{} is no OPML", self.file.display());
        };
        let mut names: HashSet<String> = loaded.config.sources.iter().map(|s| s.name.clone()).collect();
        let mut keys: HashSet<String> = loaded.config.sources.iter().map(Source::key).collect();
        let (mut sections, mut count) = (String::new(), 0);
        for feed in &feeds {
            if let Some(reason) = unusable(feed) {
                tell(format!("passed over: {:?} {reason}", feed.url));
                continue;
            }
            if !keys.insert(Source { url: Some(feed.url.clone()), ..Source::default() }.key()) {
                tell(format!("passed over: {:?} is known already", feed.url));
                continue;
            }
            let name = discover::name(feed, |name| names.contains(name));
            sections.push_str(&discover::section(&name, feed, self.enable));
            names.insert(name);
            count += 1;
        }
        if self.dry_run {
            tell(sections.trim_start());
        } else if count > 0 {
            append(&loaded.path, &sections)?;
        }
        let verb = if self.dry_run { "would be added to" } else { "added to" };
        tell(format!("{count} of {} feeds {verb} {}", feeds.len(), loaded.path.display()));
        Ok(Exit::AllWell)
    }
}

/// Why a feed of a list, which anybody may have written, is no source.
fn unusable(feed: &Feed) -> Option<&'static str> {
    if secret::is_in(&feed.url) {
        return Some("asks for a variable of the environment");
    }
    let known = Url::parse(&feed.url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    (!known).then_some("is no address with http or https")
}
