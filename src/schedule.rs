//! A cron expression and a time in, the next time out.
//!
//! Fields mean what they mean in a crontab: minute, hour, day of month, month, weekday (0 and 7
//! are Sunday), with seconds in front if there are six; where both days are restricted, either
//! will do. The crate `cron` counts weekdays from 1, wants both days to fit, and can go back in
//! time where a clock is set back; so it is only asked about a calendar without a time zone, and
//! time zones are dealt with here.

use std::str::FromStr;

use chrono::{DateTime, Duration, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

/// When something is due.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// One, or two of which either will do.
    calendars: Vec<cron::Schedule>,
    /// Whether it names hours of the day. If so, a time that the clock skips is made up for right
    /// after, and one that comes twice counts once; if not ("every ten minutes"), real time rules.
    names_hours: bool,
    zone: Tz,
}

/// How far ahead a next time is looked for; the rarest sensible date is 29 February.
const HORIZON: Duration = Duration::days(9 * 366);

impl Schedule {
    /// Reads an expression of five or six fields, or a nickname such as `@daily`.
    ///
    /// # Errors
    /// A phrase that says what is wrong.
    pub fn parse(text: &str, zone: Tz) -> Result<Self, String> {
        let expanded = match text.trim() {
            "@hourly" => "0 * * * *",
            "@daily" | "@midnight" => "0 0 * * *",
            "@weekly" => "0 0 * * 0",
            "@monthly" => "0 0 1 * *",
            "@yearly" | "@annually" => "0 0 1 1 *",
            other => other,
        };
        let mut fields: Vec<_> = expanded.split_whitespace().map(str::to_owned).collect();
        match fields.len() {
            5 => fields.insert(0, "0".into()),
            6 => {}
            count => return Err(format!("{text:?} has {count} fields; a cron expression has five or six")),
        }
        fields[5] = weekdays(&fields[5]).ok_or_else(|| format!("{text:?}: {:?} is no weekday", fields[5]))?;
        let names_hours = !fields[2].starts_with('*');
        let free = |field: &str| field.starts_with('*') || field.starts_with('?');
        let mut variants = vec![fields.clone()];
        if !free(&fields[3]) && !free(&fields[5]) {
            variants = vec![fields.clone(), fields];
            variants[0][3] = "*".into();
            variants[1][5] = "*".into();
        }
        let calendars = variants
            .iter()
            .map(|fields| cron::Schedule::from_str(&fields.join(" ")).map_err(|e| format!("{text:?}: {e}")))
            .collect::<Result<Vec<_>, _>>()?;
        let schedule = Schedule { calendars, names_hours, zone };
        match schedule.after(DateTime::UNIX_EPOCH) {
            Some(_) => Ok(schedule),
            None => Err(format!("{text:?} never comes")),
        }
    }

    /// The first time after `now` at which it is due.
    pub fn after(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        // A stretch of time with one offset from UTC is a plain calendar; go from stretch to stretch.
        let (mut from, mut inclusive) = (now, false);
        // Local times before this have been already, before the clock was set back.
        let mut been = NaiveDateTime::MIN;
        while from - now < HORIZON {
            let offset = self.offset(from);
            let local = from.naive_utc() + offset;
            let after = local.max(been);
            let next = self.on_calendar(after, inclusive || been > local)?;
            let candidate = (next - offset).and_utc();
            let Some(turn) = self.turn(from, candidate) else { return Some(candidate) };
            let (end, begin) = (turn.naive_utc() + offset, turn.naive_utc() + self.offset(turn));
            if self.names_hours && begin > end && next < begin {
                return Some(turn);
            }
            been = if self.names_hours { end } else { NaiveDateTime::MIN };
            (from, inclusive) = (turn, true);
        }
        None
    }

    fn offset(&self, at: DateTime<Utc>) -> Duration {
        Duration::seconds(self.zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc().into())
    }

    fn on_calendar(&self, after: NaiveDateTime, inclusive: bool) -> Option<NaiveDateTime> {
        let after = if inclusive { after - Duration::seconds(1) } else { after };
        self.calendars.iter().filter_map(|c| c.after(&after.and_utc()).next()).min().map(|at| at.naive_utc())
    }

    /// The first moment after `from`, up to `to`, at which the zone's offset is another.
    fn turn(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let offset = self.offset(from);
        let mut low = from;
        // No zone changes its clock and changes it back within a day.
        let mut high = loop {
            let high = (low + Duration::days(1)).min(to);
            if self.offset(high) != offset {
                break high;
            }
            if high == to {
                return None;
            }
            low = high;
        };
        while high - low > Duration::seconds(1) {
            let middle = low + Duration::seconds((high - low).num_seconds() / 2);
            if self.offset(middle) == offset {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(high)
    }
}

/// A crontab's weekdays (0 to 7, names) as the crate `cron` counts them (1 is Sunday).
fn weekdays(field: &str) -> Option<String> {
    let day = |text: &str| match text.parse::<u32>() {
        Ok(number) if number <= 7 => Some((number % 7 + 1).to_string()),
        Ok(_) => None,
        Err(_) => Some(text.to_owned()),
    };
    let part = |text: &str| {
        let (days, step) = text.split_once('/').map_or((text, None), |(days, step)| (days, Some(step)));
        let days = match days.split_once('-') {
            // A range that ends on Sunday, as in 5-7, wraps around the crate's week.
            Some((from, "7" | "0")) if from != "0" => {
                let saturday = if from == "7" { String::new() } else { format!("{}-7", day(from)?) };
                return (step.is_none()).then(|| format!("1,{saturday}").trim_end_matches(',').to_owned());
            }
            Some((from, to)) => format!("{}-{}", day(from)?, day(to)?),
            None if days == "*" || days == "?" => days.to_owned(),
            None => day(days)?,
        };
        Some(step.map_or(days.clone(), |step| format!("{days}/{step}")))
    };
    field.split(',').map(part).collect::<Option<Vec<_>>>().map(|parts| parts.join(","))
}
