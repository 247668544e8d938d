//! The words of a deadline in, a typed closing date out.
//!
//! A date counts for what the words next to it say: a last day, a day of preference, the begin of
//! review. Days of work, of events and of degrees are none of them. A date before the posting, or
//! more than eighteen months after it, is a slip or of something else.

mod words;

use std::cell::LazyCell;
use std::collections::VecDeque;

use chrono::{Days, Months, NaiveDate};

use crate::date::{self, Order, phrase};
use crate::posting::{Closing, ClosingKind, Moment};
use crate::text::{find_byte, summary};

use super::cue::{Cue, Words, after, ahead, around, before, below};
use words::Meaning::{
    After, Before, Behind, Closes, Filled, LastDay, Other, Period, Preference, Review, Rolling, Until,
};
use words::{
    ANSWERED_NO, APPLYING, APPLYING_BEHIND, BEGINNING, BEGINS_TO, CUE_WORDS, ELSEWHERE, INTERNAL, JOINT,
    Meaning, OPEN_CUES, OTHER_ENDS, PERIOD, PREFERENCE, REFUSED, REFUSED_BEFORE, SOMEBODY,
};

/// How long after the posting a deadline may be.
const MONTHS_AHEAD: Months = Months::new(18);

const TEXT_CHARS: usize = 200;

/// How far behind a cue its date may begin, in bytes.
const REACH: usize = 80;

/// What is known of all dates of a text.
struct Dates<F> {
    posted: Option<NaiveDate>,
    /// Looked up where a date is found: most texts need not be searched for it.
    order: LazyCell<Order, F>,
}

impl<F: FnOnce() -> Order> Dates<F> {
    /// The first date of the words beside a cue, and its range. Where only the other order of day and
    /// month gives a day that can be a deadline, it was meant.
    fn first(&self, words: &str) -> Option<(NaiveDate, usize, usize)> {
        let found = phrase(words, self.posted, *self.order)?;
        if self.is_plausible(found.0) || !words[found.1..found.2].contains(['/', '-']) {
            return Some(found);
        }
        let reversed = phrase(words, self.posted, self.order.reversed());
        Some(reversed.filter(|(day, _, _)| self.is_plausible(*day)).unwrap_or(found))
    }

    /// The same of a period: its last day.
    fn last(&self, words: &str) -> Option<(NaiveDate, usize, usize)> {
        let found = self.first(words)?;
        let behind = &words[found.2..];
        if !has_digit(behind) {
            return Some(found);
        }
        let last =
            self.first(behind).filter(|(day, start, _)| *day > found.0 && PERIOD.is_match(&behind[..*start]));
        Some(last.map_or(found, |(day, _, end)| (day, found.1, found.2 + end)))
    }

    fn is_plausible(&self, day: NaiveDate) -> bool {
        self.posted.is_none_or(|posted| {
            let from = posted.checked_sub_days(Days::new(1)).unwrap_or(posted);
            let to = posted.checked_add_months(MONTHS_AHEAD).unwrap_or(posted);
            (from..=to).contains(&day)
        })
    }
}

/// Reads a field that states a deadline: `2/27/26`, `Open until filled`, `Rolling until June 26th`,
/// `Review begins May 1`, `N/A`. The field's words are kept, whatever was understood of them.
///
/// `country` (ISO 3166-1) tells whether day or month comes first in `5/6/2026`, unless another date of the
/// text shows it.
pub fn read(text: &str, posted: Option<NaiveDate>, country: Option<&str>) -> Closing {
    let text = text.trim();
    if text.is_empty() {
        return Closing::default();
    }
    let words = Words::of(text);
    let found = find_in(&words, posted, country);
    let kept = Some(summary(text, TEXT_CHARS));
    if found.kind == ClosingKind::By {
        return Closing { text: kept, ..found };
    }
    let dates = Dates { posted, order: LazyCell::new(|| Order::of(text, country)) };
    let date = dates.last(text).map(|(day, _, _)| day).or_else(|| {
        // A time stamp of digits alone is not one that running text would hold.
        date::read(text, None).map(Moment::date)
    });
    let has = |meaning: Meaning| CUE_WORDS.find(&words).any(|cue| cue.meaning == meaning);
    let kind = match date.filter(|day| dates.is_plausible(*day)) {
        Some(_) if has(Review) => ClosingKind::ReviewBegins,
        Some(_) if has(Preference) || PREFERENCE.is_match(text) => ClosingKind::Priority,
        Some(_) => ClosingKind::By,
        None => open(&words),
    };
    let dated = matches!(kind, ClosingKind::By | ClosingKind::Priority | ClosingKind::ReviewBegins);
    Closing { kind, date: date.filter(|_| dated), text: kept }
}

fn open(words: &Words<'_>) -> ClosingKind {
    let kinds = || OPEN_CUES.find(words).map(|cue| cue.meaning);
    kinds().find(|kind| *kind == ClosingKind::UntilFilled).or_else(|| kinds().next()).unwrap_or_default()
}

/// Finds in running text until when applications are taken. A last day counts more than a day of
/// preference, that more than the begin of review, and a date more than none. `country` as in [`read`].
pub fn find(text: &str, posted: Option<NaiveDate>, country: Option<&str>) -> Closing {
    find_in(&Words::of(text), posted, country)
}

/// The same for a text whose words are known.
pub(super) fn find_in(words: &Words<'_>, posted: Option<NaiveDate>, country: Option<&str>) -> Closing {
    let text = &words.text;
    let dates = Dates { posted, order: LazyCell::new(|| Order::of(text, country)) };
    let mut cues = CUE_WORDS.find(words);
    // Cues that were looked at before their turn.
    let mut waiting = VecDeque::new();
    let mut best = Closing::default();
    while let Some(cue) = waiting.pop_front().or_else(|| cues.next()) {
        // Nothing counts more than a last day.
        if best.kind == ClosingKind::By {
            break;
        }
        if kind_at_best(cue.meaning).is_none_or(|kind| rank(kind) >= rank(best.kind)) {
            continue;
        }
        let mut next = || {
            let waits = waiting.iter().position(|next: &Cue<Meaning>| is_dated(next.meaning));
            if let Some(at) = waits {
                return Some(waiting[at].start);
            }
            let next = cues.by_ref().find(|next| {
                waiting.push_back(*next);
                is_dated(next.meaning)
            });
            next.map(|next| next.start)
        };
        let found = match cue.meaning {
            Filled if ANSWERED_NO.is_match(ahead(text, cue.end, 12)) => None,
            Filled => Some(undated(text, cue, ClosingKind::UntilFilled)),
            Rolling => APPLYING
                .is_match(around(text, cue.start, cue.end, 120))
                .then(|| undated(text, cue, ClosingKind::Rolling)),
            Behind => dated_before(text, cue, &dates),
            Until => dated(text, cue, &mut next, &dates).or_else(|| {
                let somebody = SOMEBODY.is_match(after(text, cue.end, 80));
                somebody.then(|| undated(text, cue, ClosingKind::UntilFilled))
            }),
            _ => dated(text, cue, &mut next, &dates),
        };
        if let Some(found) = found.filter(|found| rank(found.kind) < rank(best.kind)) {
            best = found;
        }
    }
    best
}

/// The kind that counts most of those that a cue may give.
fn kind_at_best(meaning: Meaning) -> Option<ClosingKind> {
    match meaning {
        LastDay | Closes | Before | Period | Until | Behind | After => Some(ClosingKind::By),
        Preference => Some(ClosingKind::Priority),
        Review => Some(ClosingKind::ReviewBegins),
        Filled => Some(ClosingKind::UntilFilled),
        Rolling => Some(ClosingKind::Rolling),
        Other => None,
    }
}

/// Whether a cue would have a date behind it for itself.
fn is_dated(meaning: Meaning) -> bool {
    !matches!(meaning, Filled | Rolling | Behind)
}

fn rank(kind: ClosingKind) -> u8 {
    match kind {
        ClosingKind::By => 0,
        ClosingKind::Priority => 1,
        ClosingKind::ReviewBegins => 2,
        ClosingKind::UntilFilled => 3,
        ClosingKind::Rolling => 4,
        ClosingKind::Unknown => 5,
    }
}

fn undated(text: &str, cue: Cue<Meaning>, kind: ClosingKind) -> Closing {
    let words = around(text, cue.start, cue.end, 90).trim();
    Closing { kind, date: None, text: Some(summary(words, TEXT_CHARS)) }
}

/// The date that belongs to a cue, and what it means. `next`: where the next cue begins that would
/// have the date for itself.
fn dated<F: FnOnce() -> Order>(
    text: &str,
    cue: Cue<Meaning>,
    next: impl FnOnce() -> Option<usize>,
    dates: &Dates<F>,
) -> Option<Closing> {
    // Most cues stand far from any number.
    if !has_digit(ahead(text, cue.end, REACH + 24)) {
        return None;
    }
    // Words of a heading stand on a line of their own, their date on the next; a weaker cue's date
    // stands in its sentence.
    let heading = matches!(cue.meaning, LastDay | Closes | Period | Preference);
    let window = if heading { below(text, cue.end, REACH + 24) } else { after(text, cue.end, REACH + 24) };
    if !has_digit(window) {
        return None;
    }
    // Only a cue that would have the date for itself ends the reach of this one.
    let far = cue.meaning == Review || cue.meaning == Preference;
    let next = if far { None } else { next() };
    let stop = next.map_or(window.len(), |next| next.saturating_sub(cue.end).min(window.len()));
    let near = &window[..stop];
    if !has_digit(near) {
        return None;
    }
    let (mut day, start, mut end) = dates.first(near)?;
    if start > REACH {
        return None;
    }
    // The joint of a period may be a cue itself.
    if heading && let Some((last, _, last_end)) = dates.last(window) {
        if cue.meaning == Period && last == day {
            return None;
        }
        (day, end) = (last, last_end);
    }
    if !dates.is_plausible(day) {
        return None;
    }
    let kind = kind(text, cue, &window[..start], cue.end + end)?;
    let words = &text[cue.start - before(text, cue.start, 90).len()..cue.end + end];
    Some(Closing { kind, date: Some(day), text: Some(summary(words.trim(), TEXT_CHARS)) })
}

/// The date right before a cue.
fn dated_before<F: FnOnce() -> Order>(text: &str, cue: Cue<Meaning>, dates: &Dates<F>) -> Option<Closing> {
    let near = before(text, cue.start, 48);
    let (mut day, mut start, mut end) = dates.first(near)?;
    while let Some((next, from, to)) = dates.first(&near[end..]) {
        (day, start, end) = (next, end + from, end + to);
    }
    let counts = dates.is_plausible(day) && JOINT.is_match(&near[end..]);
    let words = text[cue.start - (near.len() - start)..cue.end].trim();
    counts.then(|| Closing { kind: ClosingKind::By, date: Some(day), text: Some(summary(words, TEXT_CHARS)) })
}

fn has_digit(text: &str) -> bool {
    find_byte(text.as_bytes(), |byte| byte.is_ascii_digit()).is_some()
}

/// What a date means, by the words before it and behind it in its sentence. `between`: those from
/// the cue to the date.
fn kind(text: &str, cue: Cue<Meaning>, between: &str, date_end: usize) -> Option<ClosingKind> {
    let sentence = || before(text, cue.start, 160);
    let behind = || after(text, date_end, 80);
    let preferred = || PREFERENCE.is_match(sentence()) || PREFERENCE.is_match(behind());
    let last_day = || if preferred() { ClosingKind::Priority } else { ClosingKind::By };
    match cue.meaning {
        Review => {
            let begins = BEGINNING.is_match(between) || BEGINS_TO.is_match(sentence());
            begins.then_some(ClosingKind::ReviewBegins)
        }
        Preference => Some(ClosingKind::Priority),
        LastDay => (!INTERNAL.is_match(sentence())).then(last_day),
        Period => Some(last_day()),
        // A label is of the advertisement.
        Closes => (between.starts_with(':') || !OTHER_ENDS.is_match(sentence())).then(last_day),
        After if REFUSED.is_match(behind()) || REFUSED_BEFORE.is_match(sentence()) => Some(ClosingKind::By),
        After => Some(ClosingKind::Priority),
        Before | Until => {
            let speaks = |sentence: &str| {
                (APPLYING.is_match(sentence) || APPLYING_BEHIND.is_match(behind()))
                    && !ELSEWHERE.is_match(sentence)
            };
            (is_short(between) && speaks(sentence())).then(last_day)
        }
        _ => None,
    }
}

/// Whether only a weekday, a time or an article stands between `by` and its date.
fn is_short(between: &str) -> bool {
    // Nearly always nothing stands there, which need not be matched.
    between == " " || between.len() <= 60 && JOINT.is_match(between)
}
