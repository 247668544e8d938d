//! Settings and what is remembered of sources in, which are asked now and when the others are out.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use url::Url;
use xxhash_rust::xxh3::xxh3_64;

use super::{Error, Which};
use crate::config::{Config, Scope, Source};
use crate::manners::{self, Known, Memory, Turn, WEEK, Why};
use crate::schedule::Schedule;
use crate::store::{SourceState, Store};

/// Hosts that asked to be left alone, and until when.
pub(super) type Waits = HashMap<String, DateTime<Utc>>;

/// When each enabled source is asked next, by its number; in the past if it never was.
///
/// # Errors
/// If the store cannot be read.
pub fn turns(
    config: &Config,
    store: &Store,
    unscheduled: Duration,
    now: DateTime<Utc>,
) -> Result<Vec<(usize, Turn)>, Error> {
    let waits = waits(store, now)?;
    let turns = own_turns(config, store, unscheduled, now)?;
    let held = |(number, turn, memory): (usize, Turn, Memory)| {
        let hold = hold(&config.sources[number], &memory, &waits, now);
        let hold = hold.map(|at| Turn { at, why: Why::Host });
        (number, hold.map_or(turn, |hold| turn.or_later(hold)))
    };
    Ok(turns.into_iter().map(held).collect())
}

/// A source to read: its number, and what is remembered of it.
pub(super) type Chosen = (usize, Memory);

/// A visit in the future was noted before the clock was set right; one that far is none to go by, or
/// the source would not be asked until that time.
const CLOCK: Duration = Duration::hours(1);

/// The sources to read, in the order of the settings. Those whose host asked for rest are among
/// them, so that the report can say so.
pub(super) fn choose(
    config: &Config,
    store: &Store,
    which: &Which,
    now: DateTime<Utc>,
) -> Result<Vec<Chosen>, Error> {
    let unscheduled = if let Which::Due { unscheduled } = which { *unscheduled } else { Duration::zero() };
    if let Which::Only(names) = which {
        let numbers = names.iter().map(|name| position(config, name));
        return numbers.map(|number| memory(config, store, number?)).collect();
    }
    let turns = own_turns(config, store, unscheduled, now)?.into_iter();
    let due = turns.filter(|(_, turn, _)| *which == Which::All || turn.is_due(now));
    Ok(due.map(|(number, _, memory)| (number, memory)).collect())
}

/// Each enabled source's turn, whatever its host asked for, and what is remembered of it.
fn own_turns(
    config: &Config,
    store: &Store,
    unscheduled: Duration,
    now: DateTime<Utc>,
) -> Result<Vec<(usize, Turn, Memory)>, Error> {
    let enabled = config.sources.iter().enumerate().filter(|(_, source)| source.enabled);
    let turns = enabled.map(|(number, source)| {
        let state = store.source(&source.name)?;
        let turn = own_turn(config, number, state.as_ref(), unscheduled, now);
        Ok((number, turn, current(config, source, state)))
    });
    turns.collect()
}

fn own_turn(
    config: &Config,
    number: usize,
    state: Option<&SourceState>,
    unscheduled: Duration,
    now: DateTime<Utc>,
) -> Turn {
    let source = &config.sources[number];
    let asked = state.and_then(|state| Some((state, state.checked?)));
    let known = |(state, checked): &(&SourceState, DateTime<Utc>)| {
        *checked - now < CLOCK && is_of(&state.memory, source) && !is_mended(config, source, state)
    };
    let Some((state, checked)) = asked.filter(known) else {
        return Turn { at: DateTime::UNIX_EPOCH, why: Why::New };
    };
    let checked = checked.min(now);
    let ours = match scheduled(config, source, checked) {
        Some(at) => Turn { at, why: Why::Schedule },
        None => Turn { at: checked + unscheduled, why: Why::Unscheduled },
    };
    manners::next(&Known {
        name: &source.name,
        checked,
        succeeded: state.succeeded.map(|succeeded| succeeded.min(now)),
        failures: if source.url.is_some() { state.failures } else { 0 },
        memory: &state.memory,
        heed: source.heed,
        now,
        ours,
    })
}

/// When the plan of feeds.toml has a source next that was visited at `visited`.
fn scheduled(config: &Config, source: &Source, visited: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let zone = config.schedule.time_zone.parse::<Tz>().ok()?;
    let text = source.schedule.as_ref().or(config.schedule.cron.as_ref())?;
    Schedule::parse(text, zone).ok()?.after(visited)
}

/// A hash of where feeds.toml says that a source is.
fn address(source: &Source) -> u64 {
    xxh3_64(source.location().as_bytes())
}

/// Whether what is remembered is of the source's address of today. Before addresses were
/// remembered, it was.
fn is_of(memory: &Memory, source: &Source) -> bool {
    memory.address == 0 || memory.address == address(source)
}

/// A hash of what else a source is asked with, as feeds.toml has it: variables are not filled in.
fn manner(source: &Source) -> u64 {
    xxh3_64(format!("{:?}", source.headers).as_bytes())
}

fn allowed(config: &Config) -> u64 {
    xxh3_64(format!("{:?}", config.fetch.allow_hosts).as_bytes())
}

/// Whether feeds.toml was changed since the last visit so that the next may give something else: other
/// headers, or, if that visit failed, other hosts that may be asked.
fn is_mended(config: &Config, source: &Source, state: &SourceState) -> bool {
    let memory = &state.memory;
    let other = |then: u64, now: u64| then != 0 && then != now;
    other(memory.manner, manner(source)) || state.failures > 0 && other(memory.allowed, allowed(config))
}

fn current(config: &Config, source: &Source, state: Option<SourceState>) -> Memory {
    let memory = state.map(|state| state.memory).filter(|memory| is_of(memory, source));
    let mut memory = memory.unwrap_or_default();
    if ![0, manner(source)].contains(&memory.manner) {
        // What its validators are of was given to another reader.
        memory.full = None;
    }
    let (address, manner, allowed) = (address(source), manner(source), allowed(config));
    Memory { address, manner, allowed, ..memory }
}

fn memory(config: &Config, store: &Store, number: usize) -> Result<Chosen, Error> {
    let source = &config.sources[number];
    Ok((number, current(config, source, store.source(&source.name)?)))
}

/// Hosts that asked for rest.
pub(super) fn waits(store: &Store, now: DateTime<Utc>) -> Result<Waits, Error> {
    Ok(store.waits(now)?.into_iter().collect())
}

/// Until when a source may not be asked because a host wants rest: the one that it would ask, or the
/// one that answered it last, to which redirects may lead again.
pub(super) fn hold(
    source: &Source,
    memory: &Memory,
    waits: &Waits,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let hosts = [host(source, memory), memory.host.clone()];
    let shared = source.heed.retry_after == Scope::Host;
    let hosts = hosts.into_iter().flatten().filter(|_| shared);
    let of_hosts = hosts.filter_map(|host| waits.get(&host).copied()).max();
    // Nobody may ask for more than a week; what seems more was noted before the clock was set right.
    of_hosts.max(memory.wait).filter(|until| *until > now && *until - now <= WEEK)
}

/// The host that a source asks.
fn host(source: &Source, memory: &Memory) -> Option<String> {
    let url = Url::parse(memory.moved.as_ref().or(source.url.as_ref())?).ok()?;
    url.host_str().map(str::to_owned)
}

/// The source's own address, if another that it moves to may be remembered and asked instead. Not one
/// that holds a secret, nor of a source that is asked with one: the new one may hold or learn it, too.
pub(super) fn movable(source: &Source) -> Option<&str> {
    let text = source.url.as_deref().filter(|_| !source.has_secrets())?;
    let url = Url::parse(text).ok()?;
    (url.username().is_empty() && url.password().is_none()).then_some(text)
}

/// The number of the source of this name.
pub(super) fn position(config: &Config, name: &str) -> Result<usize, Error> {
    config.sources.iter().position(|source| source.name == name).ok_or_else(|| {
        let names = config.sources.iter().map(|source| source.name.as_str());
        let hint = crate::config::check::suggestion(name, names);
        Error::NoSource {
            name: name.into(),
            hint: hint.map(|hint| format!("; did you mean {hint:?}?")).unwrap_or_default(),
        }
    })
}

/// Puts sources that ask the same host into one queue, in the order of the settings; files are a
/// queue of their own.
pub(super) fn by_host(config: &Config, chosen: Vec<Chosen>) -> Vec<Vec<Chosen>> {
    let mut queues: Vec<Vec<Chosen>> = Vec::new();
    let mut numbers = HashMap::new();
    for (number, memory) in chosen {
        let host = host(&config.sources[number], &memory);
        let queue = *numbers.entry(host).or_insert_with(|| {
            queues.push(Vec::new());
            queues.len() - 1
        });
        queues[queue].push((number, memory));
    }
    queues
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(url: &str, memory: Memory, hours: i64) -> bool {
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
        let until = now + Duration::hours(hours);
        let waits = Waits::from([("busy.example.org".into(), until)]);
        let source = Source { url: Some(url.into()), ..Source::default() };
        let hold = hold(&source, &memory, &waits, now);
        assert!(hold.is_none_or(|at| at == until));
        hold.is_some()
    }

    #[test]
    fn a_source_waits_for_the_host_that_it_would_ask_or_be_led_to() {
        let led = || Memory { host: Some("busy.example.org".into()), ..Memory::default() };
        let moved = |to: &str| Memory { moved: Some(to.into()), ..Memory::default() };
        assert!(held("https://busy.example.org/feed", Memory::default(), 2));
        assert!(held("https://calm.example.org/feed", led(), 2));
        assert!(held("https://calm.example.org/feed", moved("https://busy.example.org/"), 2));
        assert!(!held("https://calm.example.org/feed", Memory::default(), 2));
        assert!(!held("https://busy.example.org/feed", moved("https://calm.example.org/"), 2));
        assert!(!held("https://busy.example.org/feed", led(), -2), "it is over");
        assert!(!held("https://busy.example.org/feed", led(), 24 * 8), "nobody may ask for that");
    }

    #[test]
    fn only_addresses_without_secrets_may_move() {
        let movable = |url: &str| movable(&Source { url: Some(url.into()), ..Source::default() }).is_some();
        assert!(movable("https://board.example.org/feed?page=1"));
        assert!(!movable("https://user:word@board.example.org/feed"));
        assert!(!movable("https://user@board.example.org/feed"));
        assert!(!movable("https://board.example.org/feed?key=${ENV:KEY}"));
    }
}
