//! The hours and days at which a feed does not want to be asked in, when it may be asked out.

use chrono::{DateTime, Datelike, Duration, DurationRound, Timelike, Utc};

use crate::parse::Quiet;

/// Hours of a week: a feed that is quiet in all of them is not believed.
const HOURS: i32 = 7 * 24;

/// When a feed may be asked that is quiet at `at`; none if it is not quiet then, or always.
pub(super) fn end(quiet: Quiet, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if quiet == Quiet::default() || !covers(quiet, at) {
        return None;
    }
    let hour = at.duration_trunc(Duration::hours(1)).ok()?;
    (1..HOURS).map(|hours| hour + Duration::hours(hours.into())).find(|at| !covers(quiet, *at))
}

fn covers(quiet: Quiet, at: DateTime<Utc>) -> bool {
    quiet.hours >> at.hour() & 1 == 1 || quiet.days >> at.weekday().num_days_from_monday() & 1 == 1
}
