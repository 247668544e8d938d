//! The text of a feed in, how often it says that it changes, and when it is not to be asked, out.

use std::time::Duration;

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use super::markup::{Kind, tokens};

/// A feed's own elements stand before its items, with some programs after them, within this many bytes.
const HEAD_BYTES: usize = 32_768;

/// What a feed says of when to ask it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pace {
    /// How long nothing new is to be expected.
    pub every: Option<Duration>,
    pub quiet: Quiet,
}

/// Times at which a feed does not want to be asked (RSS 2.0 `skipHours` and `skipDays`), in UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Quiet {
    /// A bit for each hour, that from midnight to one o'clock the lowest.
    pub hours: u32,
    /// A bit for each day of the week, Monday the lowest.
    pub days: u8,
}

/// How long a feed says that nothing new is to be expected: `ttl` in minutes (RSS 2.0), or
/// `sy:updatePeriod` over `sy:updateFrequency` (RSS 1.0 syndication module; a day and 1, where one
/// is left out). The longer, if it says both; none for no time at all and for what is no number. And
/// when it is to be left alone.
pub fn read(document: &str) -> Pace {
    let head = &document[..document.floor_char_boundary(HEAD_BYTES)];
    let begin = ["<item", "<entry"].iter().filter_map(|name| head.find(name)).min();
    let tail = &document[document.ceil_char_boundary(document.len().saturating_sub(HEAD_BYTES))..];
    let end = ["</item>", "</entry>"].iter().filter_map(|name| tail.rfind(name)).max();
    let mut said = Said::default();
    said.scan(&head[..begin.unwrap_or(head.len())]);
    said.scan(&tail[end.unwrap_or(tail.len())..]);
    Pace { quiet: said.quiet, every: said.time() }
}

#[derive(Default)]
struct Said {
    minutes: Option<u64>,
    period: Option<u64>,
    frequency: Option<u64>,
    quiet: Quiet,
}

impl Said {
    fn scan(&mut self, markup: &str) {
        let (mut name, mut list) = ("", "");
        for token in tokens(markup) {
            match token.kind {
                Kind::Open if matches!(token.local(), "skipHours" | "skipDays") => list = token.local(),
                Kind::Open => name = token.local(),
                Kind::Text => self.take(list, name, token.text.trim()),
                Kind::Cdata => self.take(list, name, token.cdata().trim()),
                Kind::Close if token.local() == list => list = "",
                Kind::Close | Kind::Empty => name = "",
                Kind::Aside => {}
            }
        }
    }

    fn take(&mut self, list: &str, name: &str, text: &str) {
        let number = || text.parse().ok().filter(|number| *number > 0);
        match (list, name) {
            ("skipHours", "hour") => {
                // In RSS 0.91 midnight is hour 24.
                let hour = text.parse::<u32>().ok().filter(|hour| *hour <= 24);
                self.quiet.hours |= hour.map_or(0, |hour| 1 << (hour % 24));
            }
            ("skipDays", "day") => {
                let day = text.parse::<Weekday>().ok();
                self.quiet.days |= day.map_or(0, |day| 1 << day.num_days_from_monday());
            }
            ("", "ttl") => self.minutes = self.minutes.or_else(number),
            ("", "updateFrequency") => self.frequency = self.frequency.or_else(number),
            ("", "updatePeriod") => self.period = self.period.or_else(|| period(text)),
            _ => {}
        }
    }

    fn time(self) -> Option<Duration> {
        let ttl = self.minutes.map(|minutes| minutes.saturating_mul(60));
        let stated = self.period.is_some() || self.frequency.is_some();
        let syndication = stated.then(|| self.period.unwrap_or(DAY) / self.frequency.unwrap_or(1));
        ttl.max(syndication).filter(|seconds| *seconds > 0).map(Duration::from_secs)
    }
}

const DAY: u64 = 24 * 60 * 60;

fn period(text: &str) -> Option<u64> {
    const PERIODS: [(&str, u64); 5] =
        [("hourly", 3600), ("daily", DAY), ("weekly", 7 * DAY), ("monthly", 30 * DAY), ("yearly", 365 * DAY)];
    PERIODS.iter().find(|(name, _)| text.eq_ignore_ascii_case(name)).map(|(_, seconds)| *seconds)
}
