//! What portals of employers say in a way of their own in, the values out.

use chrono::{TimeDelta, Timelike};

use crate::date;
use crate::posting::Moment;

/// The employer that the title of a portal's feed names: NEOGOV's `City of Elm, OH`, PeopleAdmin's
/// `Elm University: All Jobs`. Titles of other feeds are names of boards.
pub fn employer(title: &str, neogov: bool) -> Option<String> {
    let state = |state: &str| state.len() == 2 && state.bytes().all(|b| b.is_ascii_uppercase());
    let name = match title.rsplit_once(", ") {
        Some((name, end)) if neogov && state(end) => Some(name),
        _ => title.strip_suffix(": All Jobs"),
    };
    name.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned)
}

/// A closing time in UTC. The last minute of a day in America is one of the next morning there: it is the
/// day that counts, whose zone no element names.
pub fn closing(utc: &str) -> String {
    match date::read(&format!("{utc} UTC"), None) {
        Some(Moment::At(at)) if at.minute() == 59 && at.hour() < 12 => {
            (at - TimeDelta::hours(12)).date_naive().to_string()
        }
        Some(_) => format!("{utc} UTC"),
        None => utc.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portals_name_their_employer() {
        assert_eq!(employer("City of Elm, OH", true).as_deref(), Some("City of Elm"));
        assert_eq!(employer("Elm University: All Jobs", false).as_deref(), Some("Elm University"));
        assert_eq!(employer("City of Elm, OH", false), None);
        assert_eq!(employer("Latest Jobs", true), None);
        assert_eq!(employer(": All Jobs", false), None);
    }

    #[test]
    fn the_last_minute_of_a_day_is_of_that_day() {
        assert_eq!(closing("Wed, 22 Jul 2026 07:59:00:0"), "2026-07-21");
        assert_eq!(closing("Wed, 22 Jul 2026 22:00:00"), "Wed, 22 Jul 2026 22:00:00 UTC");
        assert_eq!(closing("Continuous"), "Continuous");
    }
}
