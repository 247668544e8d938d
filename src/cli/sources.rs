//! The store in, a table of how every source is doing out.

use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;
use clap::Args;
use serde::Serialize;
use shelfwire::config::check::Loaded;
use shelfwire::pipeline::next_due;
use shelfwire::store::SourceState;

use super::table::{Align, layout};
use super::{Common, Exit, open_to_read, tell};

/// Show how every board is doing: last success, last error, next visit.
#[derive(Debug, Args)]
pub struct Sources {
    /// Print JSON instead of a table.
    #[arg(long)]
    json: bool,
}

/// One source's health, as `--json` prints it.
#[derive(Debug, Serialize)]
struct Health {
    #[serde(flatten)]
    state: SourceState,
    location: String,
    enabled: bool,
    next_due: Option<DateTime<Utc>>,
}

impl Sources {
    pub fn run(self, common: &Common) -> anyhow::Result<Exit> {
        let loaded = common.load()?;
        let all = health(&loaded)?;
        if self.json {
            tell(serde_json::to_string_pretty(&all)?);
        } else if all.is_empty() {
            tell(format!("{} names no sources", loaded.path.display()));
        } else {
            tell(table(&loaded, &all, common.now()));
        }
        Ok(Exit::AllWell)
    }
}

fn health(loaded: &Loaded) -> anyhow::Result<Vec<Health>> {
    let store = open_to_read(loaded)?;
    let mut all = Vec::new();
    for (number, source) in loaded.config.sources.iter().enumerate() {
        let state = store.as_ref().map(|store| store.source(&source.name)).transpose()?.flatten();
        let state =
            state.unwrap_or_else(|| SourceState { name: source.name.clone(), ..SourceState::default() });
        let due =
            state.checked.filter(|_| source.enabled).and_then(|at| next_due(&loaded.config, number, at));
        all.push(Health { state, location: source.location(), enabled: source.enabled, next_due: due });
    }
    Ok(all)
}

fn table(loaded: &Loaded, all: &[Health], now: DateTime<Utc>) -> String {
    let zone: Tz = loaded.config.schedule.time_zone.parse().unwrap_or(Tz::UTC);
    let header = [
        ("source", Align::Left),
        ("last success", Align::Left),
        ("next due", Align::Left),
        ("entries", Align::Right),
        ("skipped", Align::Right),
        ("newest posting", Align::Left),
        ("last error", Align::Left),
    ];
    let rows: Vec<_> = all.iter().map(|health| row(health, zone, now)).collect();
    let disabled = all.iter().filter(|health| !health.enabled).count();
    let mut out = layout(&header, &rows);
    out.push_str(&format!("times are in {zone}; {disabled} of {} sources are not enabled\n", all.len()));
    out
}

fn row(health: &Health, zone: Tz, now: DateTime<Utc>) -> Vec<String> {
    let state = &health.state;
    let next = match (health.enabled, state.checked, health.next_due) {
        (false, ..) => "not enabled".into(),
        (true, None, _) => "at the next run".into(),
        (true, Some(_), None) => "at every run".into(),
        (true, Some(_), Some(due)) if due <= now => "now".into(),
        (true, Some(_), Some(due)) => time(due, zone),
    };
    let error = match (&state.error, state.failed) {
        (Some(error), Some(at)) => format!("{} ({}×, last {})", error, state.failures, time(at, zone)),
        (Some(error), None) => error.clone(),
        (None, _) => "-".into(),
    };
    vec![
        state.name.clone(),
        state.succeeded.map_or("never".into(), |at| time(at, zone)),
        next,
        state.entries.to_string(),
        state.skipped.to_string(),
        state.newest.map_or("-".into(), |at| at.with_timezone(&zone).format("%Y-%m-%d").to_string()),
        error,
    ]
}

fn time(at: DateTime<Utc>, zone: Tz) -> String {
    zone.from_utc_datetime(&at.naive_utc()).format("%Y-%m-%d %H:%M").to_string()
}
