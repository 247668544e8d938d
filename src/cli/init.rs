//! A folder's name in, a feeds.toml to start from out.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use shelfwire::config;

use super::{Exit, tell};

/// Write a commented feeds.toml to start from.
///
/// The folder is made if it is not there; a file that is there is never overwritten.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder to write to.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Print the JSON Schema of feeds.toml, by which editors complete it.
#[derive(Debug, Args)]
pub struct Schema {}

impl Init {
    pub fn run(self) -> anyhow::Result<Exit> {
        std::fs::create_dir_all(&self.folder).with_context(|| self.folder.display().to_string())?;
        let settings = self.folder.join("feeds.toml");
        write_new(&settings, &config::starter())?;
        write_new(&self.folder.join("feeds.schema.json"), &config::schema())?;
        tell(format!("wrote {} and its schema for editors\n", settings.display()));
        tell("Next:");
        tell(format!("  1. open {} and set title, base_url and contact", settings.display()));
        tell("  2. set `enabled = true` on the boards that you want, or add your own");
        tell(format!("  3. shelfwire --config {} check", settings.display()));
        tell(format!("  4. shelfwire --config {} run", settings.display()));
        Ok(Exit::AllWell)
    }
}

impl Schema {
    pub fn run(self) -> anyhow::Result<Exit> {
        std::io::stdout().write_all(config::schema().as_bytes())?;
        Ok(Exit::AllWell)
    }
}

fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .with_context(|| format!("{} is not written", path.display()))?;
    file.write_all(text.as_bytes()).with_context(|| path.display().to_string())
}
