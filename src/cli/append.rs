//! New sections in, feeds.toml with them at its end out, if it has no mistakes then.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use shelfwire::config::check;

/// Appends `sections` to the settings at `path`; what stands there stays as it is. The file appears
/// whole or not at all.
///
/// # Errors
/// If it cannot be written, or would have mistakes.
pub fn append(path: &Path, sections: &str) -> anyhow::Result<()> {
    // Where the settings are a link, the file that it leads to is meant.
    let path = &path.canonicalize().with_context(|| path.display().to_string())?;
    let mut text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(sections);
    if let Err(failures) = check::read(&text) {
        let all: Vec<_> = failures.iter().map(ToString::to_string).collect();
        bail!("{} would have mistakes, and is left as it is:\n{}", path.display(), all.join("\n"));
    }
    let folder = path.parent().context("a file is in a folder")?;
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(|| folder.display().to_string())?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(std::fs::metadata(path)?.permissions())?;
    file.as_file().sync_all()?;
    file.persist(path).with_context(|| path.display().to_string())?;
    Ok(())
}
