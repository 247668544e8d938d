//! A command line in, what the command did and its exit code out.

mod add;
mod append;
mod check;
mod close;
mod decide;
mod decisions;
mod explain;
mod export;
mod import;
mod init;
mod possible;
mod preview;
mod progress;
mod run;
mod sources;
mod table;
mod work;

use std::io::{Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, Utc};
use clap::{Args, Parser, Subcommand};
use shelfwire::config::check::Loaded;
use shelfwire::{config, pipeline, store};
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

/// Every library job, once: reads job boards and publishes feeds by tag and region.
///
/// Shelfwire reads the job boards that feeds.toml names, finds out which postings advertise the
/// same vacancy, and writes RSS, Atom and JSON Feed files by tag and region into a folder that any
/// web server can serve.
#[derive(Debug, Parser)]
#[command(name = "shelfwire", version, after_help = EXIT_CODES, arg_required_else_help = true)]
struct Arguments {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str =
    "Exit codes: 0 all well, 1 could not run, 2 some source failed or nothing was published.";

#[derive(Debug, Args)]
struct Common {
    /// The settings: which boards to read and which feeds to write.
    #[arg(
        long,
        short,
        global = true,
        value_name = "FILE",
        default_value = "feeds.toml",
        env = "SHELFWIRE_CONFIG"
    )]
    config: PathBuf,
    /// How much to say of what goes on inside: error, warn, info, debug or trace.
    #[arg(long, global = true, value_name = "LEVEL", env = "SHELFWIRE_LOG")]
    log: Option<String>,
    /// Take this for the present time (2026-05-01T12:00:00Z), to replay the past.
    #[arg(long, global = true, value_name = "TIME", hide_short_help = true)]
    now: Option<DateTime<Utc>>,
}

/// The commands; what each does stands at its arguments.
#[derive(Debug, Subcommand)]
enum Command {
    Run(run::Run),
    Check(check::Check),
    Work(work::Work),
    Publish(run::Publish),
    Preview(preview::Preview),
    Add(add::Add),
    Import(import::Import),
    Sources(sources::Sources),
    Export(export::Export),
    Close(close::Close),
    Reopen(close::Reopen),
    Explain(explain::Explain),
    Possible(possible::Possible),
    Same(decide::Same),
    NotSame(decide::NotSame),
    Init(init::Init),
    Schema(init::Schema),
}

/// What a command's end says to whoever called it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    AllWell,
    CouldNotRun,
    SomeSourceFailed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::AllWell => 0,
            Exit::CouldNotRun => 1,
            Exit::SomeSourceFailed => 2,
        })
    }
}

pub fn main() -> ExitCode {
    let Arguments { common, command } = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // What cannot be printed to a closed pipe is nobody's loss.
            let _ = error.print();
            return if error.use_stderr() { Exit::CouldNotRun.into() } else { Exit::AllWell.into() };
        }
    };
    let level = if matches!(command, Command::Work(_)) { "info" } else { "warn" };
    if let Err(error) = logs(common.log.as_deref().unwrap_or(level)) {
        eprintln!("shelfwire: {error:#}");
        return Exit::CouldNotRun.into();
    }
    quiet_feed_panics();
    let done = match command {
        Command::Run(run) => run.run(&common),
        Command::Check(check) => check.run(&common),
        Command::Work(work) => work.run(&common),
        Command::Publish(publish) => publish.run(&common),
        Command::Preview(preview) => preview.run(&common),
        Command::Add(add) => add.run(&common),
        Command::Import(import) => import.run(&common),
        Command::Sources(sources) => sources.run(&common),
        Command::Export(export) => export.run(&common),
        Command::Close(close) => close.run(&common),
        Command::Reopen(reopen) => reopen.run(&common),
        Command::Explain(explain) => explain.run(&common),
        Command::Possible(possible) => possible.run(&common),
        Command::Same(same) => same.run(&common),
        Command::NotSame(apart) => apart.run(&common),
        Command::Init(init) => init.run(),
        Command::Schema(schema) => schema.run(),
    };
    match done {
        Ok(exit) => exit.into(),
        Err(error) if is_closed_pipe(&error) => Exit::AllWell.into(),
        Err(error) => {
            eprintln!("shelfwire: {}", in_one_line(&error));
            Exit::CouldNotRun.into()
        }
    }
}

/// An error and its causes; a cause that the error's own words hold already is left out.
fn in_one_line(error: &anyhow::Error) -> String {
    error.chain().skip(1).fold(error.to_string(), |line, cause| {
        let cause = cause.to_string();
        if line.contains(&cause) { line } else { format!("{line}: {cause}") }
    })
}

/// Logs go to standard error, so that what a command prints can be piped.
fn logs(level: &str) -> anyhow::Result<()> {
    let plain = ["error", "warn", "info", "debug", "trace"].contains(&level);
    // Other crates speak only when something is wrong, unless asked for by name.
    let filter = if plain { format!("warn,shelfwire={level}") } else { level.to_owned() };
    let filter = EnvFilter::try_new(filter).with_context(|| format!("the log level {level:?}"))?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(progress::LogWriter)
        .with_ansi(false)
        .with_target(false)
        .init();
    Ok(())
}

/// A panic of the feed parser is caught and reported as that source's failure; without this, it
/// would also print a trace each time, in cron's mail too.
fn quiet_feed_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let of_parser = panic.location().is_some_and(|at| at.file().contains("feed-rs"));
        if of_parser {
            tracing::debug!("{panic}");
        } else {
            usual(panic);
        }
    }));
}

/// Prints text, and ends it with a line end. A reader that went away is no reason to fail.
fn tell(text: impl AsRef<str>) {
    let text = text.as_ref();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    let _ = write!(stdout().lock(), "{text}{end}");
}

/// Whether whoever read our output has seen enough (`shelfwire export postings | head`).
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let is_pipe = |e: &std::io::Error| e.kind() == std::io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(is_pipe)
            || cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind)
                == Some(std::io::ErrorKind::BrokenPipe)
    })
}

impl Common {
    fn now(&self) -> DateTime<Utc> {
        self.now.unwrap_or_else(Utc::now)
    }

    /// Reads and checks feeds.toml.
    fn load(&self) -> anyhow::Result<Arc<Loaded>> {
        match config::check::load(&self.config) {
            Ok(loaded) => Ok(Arc::new(loaded)),
            Err(config::check::LoadError::Unreadable { path, error }) => Err(anyhow::anyhow!(
                "{}: {error}\n  `shelfwire init DIR` writes a feeds.toml to start from; `--config FILE` names another",
                path.display()
            )),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes the store's lock for `command`, or says who holds it.
    fn lock(&self, loaded: &Loaded, command: &str) -> anyhow::Result<store::Lock> {
        Ok(store::Lock::take(&pipeline::store_path(loaded), command, Utc::now())?)
    }
}

/// The store, to read from; `None` if nothing has been read yet.
fn open_to_read(loaded: &Loaded) -> anyhow::Result<Option<store::Store>> {
    let path = pipeline::store_path(loaded);
    if !path.exists() {
        return Ok(None);
    }
    let opened = store::Store::open_to_read(&path);
    Ok(Some(opened.with_context(|| path.display().to_string())?))
}

/// A runtime and a signal that turns true at Ctrl-C or SIGTERM; a second one ends at once.
fn runtime() -> anyhow::Result<(tokio::runtime::Runtime, watch::Receiver<bool>)> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no threads")?;
    let (tell, stop) = watch::channel(false);
    runtime.spawn(async move {
        stop_signal().await;
        let _ = tell.send(true);
        stop_signal().await;
        std::process::exit(1);
    });
    Ok((runtime, stop))
}

#[cfg(unix)]
async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = match signal(SignalKind::terminate()) {
        Ok(terminate) => terminate,
        Err(error) => {
            tracing::warn!(%error, "SIGTERM will not be heard");
            let _ = tokio::signal::ctrl_c().await;
            return;
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
async fn stop_signal() {
    let _ = tokio::signal::ctrl_c().await;
}
