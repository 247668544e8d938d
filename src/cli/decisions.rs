//! The text of decisions.toml in, the text with one decision more or less out.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use shelfwire::config::decisions::{self, Decisions};
use shelfwire::gather::VacancyId;

/// The id alone: `tag:jobs.example.org,2024:vacancy/0123456789ab` is an item's.
pub fn bare(given: &str) -> anyhow::Result<String> {
    let id = given.rsplit('/').next().unwrap_or(given).to_ascii_lowercase();
    VacancyId::parse(&id)
        .with_context(|| format!("{given:?} is no vacancy's id: `shelfwire export vacancies` has them"))?;
    Ok(id)
}

pub fn existing(path: &Path) -> anyhow::Result<String> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(error).with_context(|| path.display().to_string()),
    }
}

/// The text with one more section, under a comment that says of what it is.
pub fn append(mut text: String, of: &str, table: &str, entry: &str) -> String {
    if !text.is_empty() {
        text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
    }
    text.push_str(&format!("# {}\n[[{table}]]\n{entry}", of.replace(['\n', '\r'], " ")));
    text
}

/// The text without the sections that decide this; everything else stays as it is.
pub fn without(text: &str, decides: impl Fn(&Decisions) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    // Comments right above a section belong to it.
    let (mut section, mut above) = (String::new(), String::new());
    let mut end = |section: &mut String| {
        if !decisions::read(section).is_ok_and(|one| decides(&one)) {
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
pub fn replace(path: &Path, text: &str) -> anyhow::Result<()> {
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
