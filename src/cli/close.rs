//! A vacancy's id in, decisions.toml with or without its takedown out.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use clap::Args;
use shelfwire::config::check::Loaded;
use shelfwire::config::decisions::{self, Takedown};
use shelfwire::gather::VacancyId;
use shelfwire::select::Rules;
use shelfwire::vacancy::Vacancy;

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
        let mut text = existing(&path)?;
        if !text.is_empty() {
            text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
        }
        text.push_str(&format!("# {}\n", title.replace(['\n', '\r'], " ")));
        text.push_str("[[takedown]]\n");
        text.push_str(&toml::to_string(&Entry { vacancy: &id, reason: &self.reason })?);
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
        let text = without(&existing(&path)?, &id);
        let left = decisions::read(&text).is_ok_and(|left| !left.takedowns.iter().any(|one| is_of(one, &id)));
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

/// The id alone: `tag:jobs.example.org,2024:vacancy/0123456789ab` is an item's.
fn bare(given: &str) -> anyhow::Result<String> {
    let id = given.rsplit('/').next().unwrap_or(given).to_ascii_lowercase();
    VacancyId::parse(&id)
        .with_context(|| format!("{given:?} is no vacancy's id: `shelfwire export vacancies` has them"))?;
    Ok(id)
}

fn known(loaded: &Loaded, id: &str) -> anyhow::Result<Vacancy> {
    let number = VacancyId::parse(id).context("an id")?;
    let store = open_to_read(loaded)?.context("nothing is remembered yet: run `shelfwire run` first")?;
    store.vacancy(&Rules::new(&loaded.config), number)?.with_context(|| format!("there is no vacancy {id}"))
}

fn existing(path: &Path) -> anyhow::Result<String> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(error).with_context(|| path.display().to_string()),
    }
}

/// The text without the sections of this vacancy's takedown; everything else stays as it is.
fn without(text: &str, id: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Comments right above a section belong to it.
    let (mut section, mut above) = (String::new(), String::new());
    let mut end = |section: &mut String| {
        let is_this =
            decisions::read(section).is_ok_and(|one| one.takedowns.iter().any(|one| is_of(one, id)));
        if !is_this {
            out.push_str(section);
        }
        section.clear();
    };
    for line in text.split_inclusive('\n') {
        if line.starts_with('[') {
            end(&mut section);
            section.push_str(&std::mem::take(&mut above));
            section.push_str(line);
        } else if line.starts_with('#') {
            above.push_str(line);
        } else {
            section.push_str(&std::mem::take(&mut above));
            section.push_str(line);
        }
    }
    section.push_str(&above);
    end(&mut section);
    out
}

/// Writes the file; it appears whole or not at all, and never with mistakes.
fn replace(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Err(failures) = decisions::read(text) {
        let all: Vec<_> = failures.iter().map(ToString::to_string).collect();
        bail!("{} would have mistakes, and is left as it is:\n{}", path.display(), all.join("\n"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(|| folder.display().to_string())?;
    file.write_all(text.as_bytes())?;
    if let Ok(data) = std::fs::metadata(path) {
        file.as_file().set_permissions(data.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(path).with_context(|| path.display().to_string())?;
    Ok(())
}
