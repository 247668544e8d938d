//! Headers of an answer in, how long it stays fresh and how long its server wants rest out.

use chrono::{DateTime, Duration, Utc};

use super::WEEK;
use crate::date;
use crate::fetch::Head;
use crate::posting::Moment;

/// Whether an answer says anything of how long it stays fresh.
pub(super) fn speaks_of_age(head: &Head) -> bool {
    head.cache_control.is_some() || head.expires.is_some()
}

/// Seconds for which an answer that came at `at` stays fresh (RFC 9111 section 4.2): `max-age`, else
/// `Expires` less `Date`; less the `Age` that it had in caches. None if it says nothing, or that it is
/// stale at once.
pub(super) fn fresh(head: &Head, at: DateTime<Utc>) -> Option<u32> {
    let control = head.cache_control.as_deref().unwrap_or_default();
    let directives = || control.split(',').map(|directive| directive.trim().to_ascii_lowercase());
    if directives().any(|d| d == "no-cache" || d == "no-store") {
        return None;
    }
    let max_age = directives().find_map(|d| d.strip_prefix("max-age=").map(|age| age.trim().to_owned()));
    let lifetime = match max_age {
        Some(age) => seconds(age.trim_matches('"'))?,
        None => (time(head.expires.as_deref()?)? - sent(head, at)).num_seconds(),
    };
    let age = head.age.as_deref().and_then(seconds).unwrap_or(0);
    u32::try_from(lifetime.saturating_sub(age)).ok().filter(|left| *left > 0)
}

/// Until when a server that answered 429 or 503 asks to be left alone (`Retry-After`, RFC 9110
/// section 10.2.3, in seconds or as a date), a week at most.
pub(super) fn wait(head: &Head, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if !matches!(head.status, Some(429 | 503)) {
        return None;
    }
    let text = head.retry_after.as_deref()?;
    let time = match seconds(text) {
        Some(seconds) => Duration::seconds(seconds),
        None => time(text)? - sent(head, at),
    };
    (time > Duration::zero()).then(|| at + time.min(WEEK))
}

/// The server's own clock, if it shows it: its dates are meant by that.
fn sent(head: &Head, at: DateTime<Utc>) -> DateTime<Utc> {
    head.date.as_deref().and_then(time).unwrap_or(at)
}

/// Delta-seconds (RFC 9111 section 1.2.2); too large a number is a very large one.
fn seconds(text: &str) -> Option<i64> {
    let text = text.trim();
    let number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    number.then(|| text.parse().unwrap_or(i64::MAX).min(i64::from(u32::MAX)))
}

/// An HTTP date (RFC 9110 section 5.6.7), in any of its three forms.
fn time(text: &str) -> Option<DateTime<Utc>> {
    // A number is no date here, whatever it could mean elsewhere: "0" and "-1" are common.
    if !text.bytes().any(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    match date::read(text, None)? {
        Moment::At(at) => Some(at),
        Moment::On(_) => None,
    }
}
