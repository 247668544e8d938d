//! The words of a deadline in, a typed closing date out.
//!
//! A date counts for what the words next to it say: a last day, a day of preference, the begin of
//! review. Days of work, of events and of degrees are none of them. A date before the posting, or
//! more than eighteen months after it, is a slip or of something else.

use std::collections::VecDeque;
use std::sync::LazyLock;

use chrono::{Days, Months, NaiveDate};
use regex::Regex;

use crate::date::{self, phrase};
use crate::posting::{Closing, ClosingKind, Moment};
use crate::text::{find_byte, summary};

use super::cue::{Cue, Cues, Words, after, ahead, around, before, below, compile};

/// How long after the posting a deadline may be.
const MONTHS_AHEAD: Months = Months::new(18);

const TEXT_CHARS: usize = 200;

/// How far behind a cue its date may begin, in bytes.
const REACH: usize = 80;

/// What a cue says of the date behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Meaning {
    /// The last day, whatever else the sentence says.
    LastDay,
    /// The last day, if the date follows at once and the sentence speaks of applications.
    Before,
    /// Review, if it begins then.
    Review,
    /// Later applications are not sure to be read.
    Preference,
    Filled,
    Rolling,
    /// A date of something else.
    Other,
}

use Meaning::{Before, Filled, LastDay, Other, Preference, Review};

/// Words of deadlines, in English, French, German and Spanish.
const CUES: [(&str, Meaning); 96] = [
    ("deadline", LastDay),
    ("deadline to apply", LastDay),
    ("application deadline", LastDay),
    ("filing deadline", LastDay),
    ("priority deadline", Preference),
    ("closing date", LastDay),
    ("close date", LastDay),
    ("closing on", LastDay),
    ("closing this posting on", LastDay),
    ("closes", LastDay),
    ("will close", LastDay),
    ("close on", LastDay),
    ("closing", LastDay),
    ("final date", LastDay),
    ("apply by", LastDay),
    ("apply before", LastDay),
    ("apply no later than", LastDay),
    ("last day to apply", LastDay),
    ("last date to apply", LastDay),
    ("applications due", LastDay),
    ("applications are due", LastDay),
    ("due date", LastDay),
    ("due by", LastDay),
    ("due on", LastDay),
    ("is due", LastDay),
    ("are due", LastDay),
    ("must be received", LastDay),
    ("must be received by", LastDay),
    ("must be submitted", LastDay),
    ("must be submitted by", LastDay),
    ("must be postmarked", LastDay),
    ("accepted through", LastDay),
    ("accepted thru", LastDay),
    ("accepted up to", LastDay),
    ("accepted by", LastDay),
    ("accepting applications through", LastDay),
    ("open through", LastDay),
    ("posting end date", LastDay),
    ("job end date", Other),
    ("valid through", LastDay),
    ("expires", LastDay),
    ("expiration date", LastDay),
    ("by", Before),
    ("before", Before),
    ("prior to", Before),
    ("no later than", Before),
    ("not later than", Before),
    ("on or before", Before),
    ("until", Before),
    ("through", Before),
    ("received by", Before),
    ("received after", Preference),
    ("review", Review),
    ("screening", Review),
    ("reviewing", Review),
    ("review date", Review),
    ("first consideration date", Preference),
    ("best consideration date", Preference),
    ("priority date", Preference),
    ("priority consideration", Preference),
    ("full consideration", Preference),
    ("best consideration", Preference),
    ("first consideration", Preference),
    ("until filled", Filled),
    ("until it is filled", Filled),
    ("until position is filled", Filled),
    ("until the position is filled", Filled),
    ("until the position is filed", Filled),
    ("until the position if filled", Filled),
    ("until the job is filled", Filled),
    ("until this position is filled", Filled),
    ("until positions are filled", Filled),
    ("until a candidate", Filled),
    ("until a suitable candidate", Filled),
    ("until an appointment is made", Filled),
    ("until a successful candidate", Filled),
    ("bis zur besetzung", Filled),
    ("jusqu'à ce que le poste", Filled),
    ("hasta que se cubra", Filled),
    ("rolling basis", Meaning::Rolling),
    ("as they are received", Meaning::Rolling),
    ("upon receipt", Meaning::Rolling),
    ("continuous recruitment", Meaning::Rolling),
    ("continuously", Meaning::Rolling),
    ("start date", Other),
    ("starting", Other),
    ("interviews", Other),
    ("posted", Other),
    ("bewerbungsfrist", LastDay),
    ("bewerbungsschluss", LastDay),
    ("einsendeschluss", LastDay),
    ("bis zum", LastDay),
    ("date limite", LastDay),
    ("avant le", LastDay),
    ("jusqu'au", LastDay),
    ("fecha límite", LastDay),
];

static CUE_WORDS: LazyLock<Cues<Meaning>> = LazyLock::new(|| Cues::new(&CUES));

/// Words of a sentence about sending an application.
static APPLYING: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:appl(?:y|ying|ications?|icants)|submi\w+|send|sent|e-?mail(?:ed)?|mail|forward|reply|repl(?:ies)|respond|received|materials|r[eé]sum[eé]s?|c\.?v\.?s?|cover letters?|letters? of interest|vita|references|accepted|accepting|open|expression of interest|bewerb\w+|candidatures?|solicitud\w*)\b",
    )
});

/// Words of a sentence whose date is of something else.
static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:degree|graduat\w+|completed?|enrolled|notified|contacted|interview\w*|announced?|hired|start(?:s|ing)?|begin|offer(?:ed|s)?|commitment|position running|available|founded|established|event|exhibitions?|conference|library is open|appointed|employment)\b[^.;]{0,40}$",
    )
});

static PREFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:(?:full|fullest|best|guarantee\w*|assured?|ensure|first|initial|early|priority|equal|prompt)\s+(?:\w+\s+){0,2}consider\w+|opportunity of being considered|date of consideration|preference|preferential|preferably|are preferred|is preferred|preferred if|priority|first round|first review|guarantee)",
    )
});

static BEGINNING: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:begin(?:s|ning)?|being|commenc\w+|start(?:s|ing)?|conducted|scheduled|date|on|after)\b",
    )
});

/// Reads a field that states a deadline: `2/27/26`, `Open until filled`, `Rolling until June 26th`,
/// `Review begins May 1`, `N/A`. The field's words are kept, whatever was understood of them.
pub fn read(text: &str, posted: Option<NaiveDate>) -> Closing {
    let text = text.trim();
    if text.is_empty() {
        return Closing::default();
    }
    let date = phrase(text, posted).map(|(day, _, _)| day).or_else(|| {
        // A time stamp of digits alone is not one that running text would hold.
        date::read(text, None).map(Moment::date)
    });
    let words = Words::of(text);
    let has = |meaning: Meaning| CUE_WORDS.find(&words).any(|cue| cue.meaning == meaning);
    let kind = match date.filter(|day| is_plausible(*day, posted)) {
        Some(_) if has(Review) => ClosingKind::ReviewBegins,
        Some(_) if has(Preference) || PREFERENCE.is_match(text) => ClosingKind::Priority,
        Some(_) => ClosingKind::By,
        None => open(&words),
    };
    let dated = matches!(kind, ClosingKind::By | ClosingKind::Priority | ClosingKind::ReviewBegins);
    Closing { kind, date: date.filter(|_| dated), text: Some(summary(text, TEXT_CHARS)) }
}

/// Words of a field without a date, by what they begin with or hold.
const OPEN: [(&str, ClosingKind); 24] = [
    ("continuous", ClosingKind::Rolling),
    ("rolling", ClosingKind::Rolling),
    ("ongoing", ClosingKind::Rolling),
    ("always", ClosingKind::Rolling),
    ("no deadline", ClosingKind::Rolling),
    ("no closing date", ClosingKind::Rolling),
    ("evergreen", ClosingKind::Rolling),
    ("laufend", ClosingKind::Rolling),
    ("en continu", ClosingKind::Rolling),
    ("as received", ClosingKind::Rolling),
    ("filled", ClosingKind::UntilFilled),
    ("until we find", ClosingKind::UntilFilled),
    ("until closed", ClosingKind::UntilFilled),
    ("until hired", ClosingKind::UntilFilled),
    ("open until", ClosingKind::UntilFilled),
    ("until further notice", ClosingKind::UntilFilled),
    ("until a candidate", ClosingKind::UntilFilled),
    ("until a suitable candidate", ClosingKind::UntilFilled),
    ("bis auf weiteres", ClosingKind::UntilFilled),
    ("bis zur besetzung", ClosingKind::UntilFilled),
    ("besetzt", ClosingKind::UntilFilled),
    ("pourvu", ClosingKind::UntilFilled),
    ("comblé", ClosingKind::UntilFilled),
    ("hasta cubrir", ClosingKind::UntilFilled),
];

static OPEN_CUES: LazyLock<Cues<ClosingKind>> = LazyLock::new(|| Cues::new(&OPEN));

fn open(words: &Words<'_>) -> ClosingKind {
    let kinds = || OPEN_CUES.find(words).map(|cue| cue.meaning);
    kinds().find(|kind| *kind == ClosingKind::UntilFilled).or_else(|| kinds().next()).unwrap_or_default()
}

/// Finds in running text until when applications are taken. A last day counts more than a day of
/// preference, that more than the begin of review, and a date more than none.
pub fn find(text: &str, posted: Option<NaiveDate>) -> Closing {
    find_in(&Words::of(text), posted)
}

/// The same for a text whose words are known.
pub(super) fn find_in(words: &Words<'_>, posted: Option<NaiveDate>) -> Closing {
    let text = &words.text;
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
        let found = match cue.meaning {
            Filled => Some(undated(text, cue, ClosingKind::UntilFilled)),
            Meaning::Rolling => APPLYING
                .is_match(around(text, cue.start, cue.end, 120))
                .then(|| undated(text, cue, ClosingKind::Rolling)),
            _ => {
                let next = || {
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
                dated(text, cue, next, posted)
            }
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
        LastDay | Before => Some(ClosingKind::By),
        Preference => Some(ClosingKind::Priority),
        Review => Some(ClosingKind::ReviewBegins),
        Filled => Some(ClosingKind::UntilFilled),
        Meaning::Rolling => Some(ClosingKind::Rolling),
        Other => None,
    }
}

/// Whether a cue would have a date behind it for itself.
fn is_dated(meaning: Meaning) -> bool {
    matches!(meaning, LastDay | Before | Other | Preference | Review)
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
fn dated(
    text: &str,
    cue: Cue<Meaning>,
    next: impl FnOnce() -> Option<usize>,
    posted: Option<NaiveDate>,
) -> Option<Closing> {
    // Most cues stand far from any number.
    if !has_digit(ahead(text, cue.end, REACH + 24)) {
        return None;
    }
    // Words of a heading stand on a line of their own, their date on the next; a weaker cue's date
    // stands in its sentence.
    let heading = cue.meaning == LastDay || cue.meaning == Preference;
    let window = if heading { below(text, cue.end, REACH + 24) } else { after(text, cue.end, REACH + 24) };
    if !has_digit(window) {
        return None;
    }
    // Only a cue that would have the date for itself ends the reach of this one.
    let far = cue.meaning == Review || cue.meaning == Preference;
    let next = if far { None } else { next() };
    let stop = next.map_or(window.len(), |next| next.saturating_sub(cue.end).min(window.len()));
    let window = &window[..stop];
    if !has_digit(window) {
        return None;
    }
    let (day, start, end) = phrase(window, posted)?;
    if start > REACH || !is_plausible(day, posted) {
        return None;
    }
    let kind = kind(text, cue, &window[..start], cue.end + end)?;
    let words = &text[cue.start - before(text, cue.start, 90).len()..cue.end + end];
    Some(Closing { kind, date: Some(day), text: Some(summary(words.trim(), TEXT_CHARS)) })
}

fn has_digit(text: &str) -> bool {
    find_byte(text.as_bytes(), |byte| byte.is_ascii_digit()).is_some()
}

/// What a date means, by the words before it and behind it in its sentence. `between`: those from
/// the cue to the date.
fn kind(text: &str, cue: Cue<Meaning>, between: &str, date_end: usize) -> Option<ClosingKind> {
    let sentence = || before(text, cue.start, 160);
    let preferred = || PREFERENCE.is_match(sentence()) || PREFERENCE.is_match(after(text, date_end, 80));
    match cue.meaning {
        Review => BEGINNING.is_match(between).then_some(ClosingKind::ReviewBegins),
        Preference => Some(ClosingKind::Priority),
        LastDay if preferred() => Some(ClosingKind::Priority),
        LastDay => Some(ClosingKind::By),
        Before => {
            let speaks = |sentence: &str| APPLYING.is_match(sentence) && !ELSEWHERE.is_match(sentence);
            (is_short(between) && speaks(sentence()))
                .then(|| if preferred() { ClosingKind::Priority } else { ClosingKind::By })
        }
        _ => None,
    }
}

/// Whether only a weekday, a time or an article stands between `by` and its date.
fn is_short(between: &str) -> bool {
    static JOINT: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?ix)^[\s:,*_]*(?:(?:the|end\sof|close\sof\sbusiness|cob|midnight|noon|on|of|at|day|date|and|received|
              (?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?|
              \d{1,2}(?::\d\d)?|[ap]\.?m\.?|[ecmp][sd]?t|eastern|central|pacific|time|zum|le|el)[\s:,.*()]*)*$",
        )
    });
    // Nearly always nothing stands there, which need not be matched.
    between == " " || between.len() <= 60 && JOINT.is_match(between)
}

fn is_plausible(day: NaiveDate, posted: Option<NaiveDate>) -> bool {
    posted.is_none_or(|posted| {
        let from = posted.checked_sub_days(Days::new(1)).unwrap_or(posted);
        let to = posted.checked_add_months(MONTHS_AHEAD).unwrap_or(posted);
        (from..=to).contains(&day)
    })
}
