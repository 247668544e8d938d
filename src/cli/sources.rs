//! The store in, a table of how every source is doing out.

use std::collections::HashMap;

use chrono::{DateTime, Duration, TimeZone, Utc};
use chrono_tz::Tz;
use clap::Args;
use serde::Serialize;
use shelfwire::config::check::Loaded;
use shelfwire::manners::{Turn, Why};
use shelfwire::pipeline::turns;
use shelfwire::store::SourceState;

use super::table::{Align, layout};
use super::{Common, Exit, open_to_read, tell};

/// Show how every board is doing: last success, last error, next visit and why not before, a new
/// address, and whether it is gone for good.
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
    /// Why not before.
    why: Option<Why>,
    /// Where it has moved to for good: asked instead of `location`.
    moved: Option<String>,
    /// Since when it says that it is gone for good.
    retired: Option<DateTime<Utc>>,
}

impl Sources {
    pub fn run(self, common: &Common) -> anyhow::Result<Exit> {
        let loaded = common.load()?;
        let all = health(&loaded, common.now())?;
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

fn health(loaded: &Loaded, now: DateTime<Utc>) -> anyhow::Result<Vec<Health>> {
    let store = open_to_read(loaded)?;
    let turns = match &store {
        Some(store) => turns(&loaded.config, store, Duration::zero(), now)?.into_iter().collect(),
        None => HashMap::new(),
    };
    let mut all = Vec::new();
    for (number, source) in loaded.config.sources.iter().enumerate() {
        let state = store.as_ref().map(|store| store.source(&source.name)).transpose()?.flatten();
        let state =
            state.unwrap_or_else(|| SourceState { name: source.name.clone(), ..SourceState::default() });
        let turn: Option<&Turn> = turns.get(&number);
        all.push(Health {
            location: source.location(),
            enabled: source.enabled,
            // Those that no plan speaks of are due whenever a pass begins.
            next_due: turn
                .filter(|turn| !matches!(turn.why, Why::New | Why::Unscheduled))
                .map(|turn| turn.at),
            why: turn.map(|turn| turn.why),
            moved: state.memory.moved.clone(),
            retired: state.memory.retired,
            state,
        });
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
    let next = match (health.enabled, health.why, health.next_due) {
        (false, ..) => "not enabled".into(),
        (true, None | Some(Why::New), _) => "at the next run".into(),
        (true, Some(_), None) => "at every run".into(),
        (true, Some(_), Some(due)) if due <= now => "now".into(),
        (true, Some(why), Some(due)) => format!("{} ({why})", time(due, zone)),
    };
    let mut notes: Vec<_> = match (&state.error, state.failed) {
        (Some(error), Some(at)) => vec![format!("{} ({}×, last {})", error, state.failures, time(at, zone))],
        (Some(error), None) => vec![error.clone()],
        (None, _) => Vec::new(),
    };
    notes.extend(health.moved.as_ref().map(|to| format!("moved to {to}: put that into feeds.toml")));
    notes.extend(health.retired.map(|since| format!("retired: gone for good since {}", day(since, zone))));
    let notes = if notes.is_empty() { "-".into() } else { notes.join("; ") };
    vec![
        state.name.clone(),
        state.succeeded.map_or("never".into(), |at| time(at, zone)),
        next,
        state.entries.to_string(),
        state.skipped.to_string(),
        state.newest.map_or("-".into(), |at| day(at, zone)),
        notes,
    ]
}

fn day(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%Y-%m-%d").to_string()
}

fn time(at: DateTime<Utc>, zone: Tz) -> String {
    zone.from_utc_datetime(&at.naive_utc()).format("%Y-%m-%d %H:%M").to_string()
}
