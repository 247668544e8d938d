//! A cron expression and a time in, the next time out.
//!
//! Fields mean what they mean in a crontab (crontab(5) of Vixie cron): minute, hour, day of the
//! month, month, weekday (0 and 7 are Sunday), with seconds in front if there are six; where both
//! days are restricted, either will do. The crate `cron` counts weekdays from 1, wants both days
//! to fit, and can go back in time where a clock is set back; so it is only asked about a calendar
//! without a time zone, with every field spelled out, and time zones are dealt with here.

mod fields;

use std::str::FromStr;

use chrono::{DateTime, Duration, NaiveDateTime, Offset, SubsecRound, TimeZone, Utc};
use chrono_tz::Tz;

use fields::Numbers;

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

/// How far ahead a next time is looked for. 29 February comes on a given weekday every 28 years,
/// or after 40 around a century without it.
const HORIZON: Duration = Duration::days(41 * 366);

impl Schedule {
    /// Reads an expression of five or six fields, or a nickname such as `@daily`.
    ///
    /// # Errors
    /// A phrase that says what is wrong.
    pub fn parse(text: &str, zone: Tz) -> Result<Self, String> {
        let fields = fields::parse(text)?;
        let [_, _, hour, day, _, weekday] = &fields;
        let open = |field: usize| {
            let mut fields = fields.clone();
            fields[field].list = if field == DAY { (1..=31).collect() } else { (0..=6).collect() };
            fields
        };
        let either = !day.star && !weekday.star;
        let variants = if either { vec![open(DAY), open(WEEKDAY)] } else { vec![fields.clone()] };
        let calendars = variants
            .iter()
            .map(|fields| calendar(fields).map_err(|error| format!("{text:?}: {error}")))
            .collect::<Result<_, _>>()?;
        let schedule = Schedule { calendars, names_hours: !hour.star, zone };
        match schedule.after(DateTime::UNIX_EPOCH) {
            Some(_) => Ok(schedule),
            None => Err(format!("{text:?} never comes")),
        }
    }

    /// The first time after `now` at which it is due, in whole seconds.
    pub fn after(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        // A stretch of time with one offset from UTC is a plain calendar; go from stretch to stretch.
        let (mut from, mut inclusive) = (now.trunc_subsecs(0), false);
        // Local times before this have been already, before the clock was set back.
        let mut been = self.been(from);
        while from - now < HORIZON {
            let offset = self.offset(from);
            let local = from.naive_utc() + offset;
            let next = self.on_calendar(local.max(been), inclusive || been > local)?;
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

    /// The local time that a clock set back within the day before `now` had reached by then.
    fn been(&self, now: DateTime<Utc>) -> NaiveDateTime {
        let before = now - Duration::days(1);
        match self.turn(before, now) {
            Some(turn) if self.names_hours => turn.naive_utc() + self.offset(before),
            _ => NaiveDateTime::MIN,
        }
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

/// Where the two days stand among the fields.
const DAY: usize = 3;
const WEEKDAY: usize = 5;

/// The fields as the crate `cron` wants them: seconds first, 1 is Sunday.
fn calendar(fields: &[Numbers; 6]) -> Result<cron::Schedule, cron::error::Error> {
    let list = |(field, numbers): (usize, &Numbers)| {
        let first = u8::from(field == WEEKDAY);
        numbers.list.iter().map(|number| (number + first).to_string()).collect::<Vec<_>>().join(",")
    };
    let text = fields.iter().enumerate().map(list).collect::<Vec<_>>().join(" ");
    cron::Schedule::from_str(&text)
}
