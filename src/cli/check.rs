//! feeds.toml in, its mistakes out.

use clap::Args;
use shelfwire::config::check::CHECKS;
use shelfwire::config::preset;

use super::{Common, Exit, tell};

/// Look for mistakes in feeds.toml, and list every one with its line.
///
/// Nothing is read from any board and nothing is written. Each mistake comes with the file, the
/// line, what is wrong and, for a mistyped key or name, what was probably meant.
#[derive(Debug, Args)]
pub struct Check {
    /// List the presets that a source can take instead, with what each assumes and sets.
    #[arg(long)]
    presets: bool,
}

impl Check {
    pub fn run(self, common: &Common) -> anyhow::Result<Exit> {
        if self.presets {
            let described = preset::names().map(|name| {
                let (assumes, settings) = (preset::assumes(name), preset::settings(name));
                format!(
                    "# {}\npreset = \"{name}\" # for:\n{}\n",
                    assumes.unwrap_or_default(),
                    settings.unwrap_or_default()
                )
            });
            tell(described.collect::<Vec<_>>().join("\n"));
            return Ok(Exit::AllWell);
        }
        let loaded = common.load()?;
        let config = &loaded.config;
        let enabled = config.sources.iter().filter(|source| source.enabled).count();
        tell(format!(
            "{}: no mistakes ({} checks). {} of {} sources enabled, {} own tags, {} own regions, {} own feeds",
            loaded.path.display(),
            CHECKS.len() + 3, // syntax, keys and types come before the named checks
            enabled,
            config.sources.len(),
            config.tags.len(),
            config.regions.len(),
            config.feeds.len()
        ));
        if enabled == 0 {
            tell("no source is enabled: set `enabled = true` on those that you want to read");
        }
        if config.site.contact.is_none() {
            tell("[site] contact is not set: board operators like to know whom to write to");
        }
        Ok(Exit::AllWell)
    }
}
