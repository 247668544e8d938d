//! A posting's text in, employment types out.
//!
//! Only what the posting says of itself counts: explicit words, or weekly hours (35 and more are
//! full time). Words about other people (`supervises part-time staff`) do not.

#[cfg(test)]
mod agreement;
mod season;
mod term;
mod words;

use std::sync::LazyLock;

use regex::Regex;

use crate::posting::EmploymentType;

use super::cue::phrases::Phrases;
use super::cue::{Cue, Words, after, ahead, before, compile, line_before};
use season::{ends_with_season, work_week};
use term::{ends, has_length, hours, hours_in_title, is_few_days, share};
use words::Meaning::{
    Casual, Contractor, Days, Extension, Full, Hours, Intern, Monday, Part, PerDiem, Share, SurelyFull,
    SurelyPart, SurelyTemporary, Temporary, Term, Until, Volunteer,
};
use words::{CUE_WORDS, Meaning};

/// What a posting says of its employment, in the order of [`EmploymentType`], no value twice.
///
/// `title` and `stated` (a field of the source) are taken at their word, `text` (plain, a line a
/// block) where it speaks of the position itself.
pub fn read(title: &str, stated: Option<&str>, text: &str) -> Vec<EmploymentType> {
    read_with(&[title], stated, &Words::of(text))
}

/// The same for titles, if an entry has more than one, and for a text whose words are known.
pub(super) fn read_with(titles: &[&str], stated: Option<&str>, text: &Words<'_>) -> Vec<EmploymentType> {
    let mut types = Vec::new();
    // A field's whole word for work by contract; in a sentence it may be any agreement.
    if stated.is_some_and(|stated| stated.trim().eq_ignore_ascii_case("contract")) {
        types.push(EmploymentType::Contractor);
    }
    for part in titles.iter().copied().chain(stated) {
        types.extend(in_title(part));
    }
    let timed = |types: &[EmploymentType]| {
        types.iter().any(|t| matches!(t, EmploymentType::FullTime | EmploymentType::PartTime))
    };
    let mut body = in_text(text);
    if timed(&types) {
        body.retain(|t| !matches!(t, EmploymentType::FullTime | EmploymentType::PartTime));
    }
    types.extend(body);
    types.sort_unstable();
    types.dedup();
    types
}

fn kind(meaning: Meaning) -> Option<EmploymentType> {
    match meaning {
        Full | SurelyFull => Some(EmploymentType::FullTime),
        Part | SurelyPart => Some(EmploymentType::PartTime),
        Temporary | SurelyTemporary | Casual => Some(EmploymentType::Temporary),
        Contractor => Some(EmploymentType::Contractor),
        Intern => Some(EmploymentType::Intern),
        Volunteer => Some(EmploymentType::Volunteer),
        PerDiem => Some(EmploymentType::PerDiem),
        Hours | Share | Days | Monday | Extension | Until | Term => None,
    }
}

/// Words of a title behind which a cue is the object of the work: `Volunteer Coordinator`.
static OBJECT: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^(?:s|'s|s')?[\s-](?:and \w+ )?(?:program|programs|services|coordinat\w+|manager|management|supervisor|engagement|director|relations|office|records|equivalent|faculty development|loans?)\b",
    )
});

/// A length or an end in a title: `(9 months)`, `5 yr term`, `(term)`, `Summer 2026`.
static TITLE_TERM: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:(?:\d{1,2}|one|two|three|four|five|six|nine|ten)[- ]?(?:months?|weeks?|years?|yrs?)[- ](?:term|appointment|position|contract|project|temporary|fellowship)|(?:[1-9]|1[0-8]|six|three|four|nine)[- ]months?|temp)\b|\(term\)|-\s*term\s*$|,\s*term\s*$",
    )
});

/// Beginnings of titles of those who stand in for another.
static ACTING: Phrases = Phrases::new(&[
    "acting head",
    "acting director",
    "acting deputy",
    "acting assistant",
    "acting associate",
    "acting senior",
    "acting chief",
    "acting manager",
    "acting supervisor",
    "acting dean",
    "acting executive",
    "acting librarian",
    "acting library",
    "acting university",
    "acting college",
    "acting city",
    "acting county",
    "acting archivist",
    "acting curator",
]);

/// Beginnings of titles that ask for bids.
static TENDER: Phrases = Phrases::new(&[
    "rfq",
    "rfp",
    "request for proposal",
    "request for proposals",
    "request for quotes",
    "request for quotations",
    "request for qualifications",
    "call for proposals",
    "call for tenders",
]);

static TITLE_DAYS: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"(?i)\b[1-4](?:\.5)? ?days?\s?(?:/|per|a)\s?we?e?k\b|\bF[/-]T\b|\bP[/-]T\b|\b(?-i:FT|PT)\b")
});

/// One of these is in all that [`TITLE_TERM`] and [`TITLE_DAYS`] find; most titles have none.
static TITLE_SAYS: Phrases = Phrases::new(&[
    "month", "week", "year", "yr", "temp", "term", "day", "f/t", "f-t", "ft", "p/t", "p-t", "pt",
]);

fn in_title(title: &str) -> Vec<EmploymentType> {
    let mut types: Vec<EmploymentType> = CUE_WORDS
        .find(&Words::of(title))
        .filter(|cue| cue.meaning == Temporary || !OBJECT.is_match(&title[cue.end..]))
        .filter_map(|cue| match cue.meaning {
            Hours => hours(title, cue).or_else(|| hours_in_title(title, cue)),
            Share => share(title, cue),
            meaning => kind(meaning),
        })
        .collect();
    if TENDER.begin(title) {
        types.push(EmploymentType::Contractor);
    }
    if ACTING.begin(title) {
        types.push(EmploymentType::Temporary);
    }
    if ends_with_season(title, types.contains(&EmploymentType::Intern)) {
        types.push(EmploymentType::Temporary);
    }
    if !TITLE_SAYS.lie_in(title) {
        return types;
    }
    // "12-month" is the year of an academic post, and no term.
    if TITLE_TERM.find(title).is_some_and(|m| !m.as_str().starts_with("12")) {
        types.push(EmploymentType::Temporary);
    }
    if let Some(found) = TITLE_DAYS.find(title) {
        let full = found.as_str().starts_with(['F', 'f']);
        types.push(if full { EmploymentType::FullTime } else { EmploymentType::PartTime });
    }
    types
}

/// People and things that a cue may be about instead of the position, behind it.
static OTHERS_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?ix)^[\s-]*(?:,?\s?\(?(?:and|or|/|&)\s+(?:full|part)[-\s]time\s+)?(?:
          (?:[\w'’]+\s+){0,3}?(?:staff|employees|employee|workers|worker|librarians|faculty\smembers|students|student|
          assistants|clerks|clerk|pages|personnel|colleagues|team|volunteers|interns|archivists|technicians|members|
          experience|equivalent|equivalents|enrollment|enrolled|exhibition\w*|storage|loans?|users|
          researchers|basis\sonly)\b
          | :)",
    )
});

/// Words before a cue that make it about somebody or something else.
static OTHERS_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?ix)\b(?:supervis\w+|manag(?:e|es|ed|ing)|oversee\w*|oversight|train(?:s|ing)?|hir(?:e|es|ing)|mentor\w*|
          our|other|with|as\swell\sas|including|plus|years|experience|consists|comprised|equivalent)\s+
          (?:[\w,'’-]+\s+){0,3}$|\bnot\s+(?:\w+\s+){0,2}$|\bpercent\s+$",
    )
});

/// Nouns of the position itself, behind a cue.
static POSITION: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?ix)^[\s,/()-]*(?:[\w'’.-]+[\s,/()-]+){0,6}?(?:position|appointment|role|job|assignment|opportunity|employment|
          contract|post|basis)\b",
    )
});

/// Words that say what the position is, right before a cue: `this is a`, `status:`, `seeking a`.
static SAYS: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?ix)(?:\b(?:is|be|this|position|type|status|schedule|seeks?|seeking|searching\sfor|hiring|hire|appoint|
          for\sa|for\san|looking\sfor|applications\sfor|invites\s\w+\s(?:and\s\w+\s)?for|this\spermanent|
          permanent|regular|job|based|paid|unpaid|a\sone-year|opening|fill|available|accepting)\b[\s:,(-]*(?:an?\s|the\s|this\s)?
          (?:[\w/-]+[\s,]+){0,3}|^[\s•*-]*|[:(,]\s*)$",
    )
});

fn in_text(words: &Words<'_>) -> Vec<EmploymentType> {
    let text = &words.text;
    let (mut full, mut part) = (Votes::default(), Votes::default());
    let mut hours_say = None;
    let mut types = Vec::new();
    for cue in CUE_WORDS.find(words) {
        match cue.meaning {
            Full if is_own(text, cue) => full.add(cue.start),
            Part if is_own(text, cue) => part.add(cue.start),
            SurelyFull if !is_of_others(text, cue) => full.add(cue.start),
            SurelyPart if !is_of_others(text, cue) => part.add(cue.start),
            Hours if hours_say.is_none() => hours_say = hours(text, cue),
            Share if hours_say.is_none() => hours_say = share(text, cue),
            Monday if hours_say.is_none() => hours_say = work_week(text, cue),
            Days if hours_say.is_none() && is_few_days(text, cue) => {
                hours_say = Some(EmploymentType::PartTime)
            }
            Extension => types.push(EmploymentType::Temporary),
            Temporary if is_temporary(text, cue) => types.push(EmploymentType::Temporary),
            SurelyTemporary if !is_of_others(text, cue) => types.push(EmploymentType::Temporary),
            Casual if is_casual(text, cue) => types.push(EmploymentType::Temporary),
            Contractor if is_position(text, cue, "contract") => types.push(EmploymentType::Contractor),
            Intern if is_position(text, cue, "internship") => {
                types.push(EmploymentType::Intern);
                types.extend(has_length(text, cue).then_some(EmploymentType::Temporary));
            }
            Volunteer if is_position(text, cue, "") => types.push(EmploymentType::Volunteer),
            PerDiem if is_position(text, cue, &text[cue.start..cue.end]) => {
                types.push(EmploymentType::PerDiem)
            }
            Until if ends(text, cue) => types.push(EmploymentType::Temporary),
            Term if has_length(text, cue) => types.push(EmploymentType::Temporary),
            _ => {}
        }
    }
    let time = match (full.count, part.count) {
        (0, 0) => hours_say,
        // "Full-time or part-time": both are on offer.
        (1, 1) if full.first.abs_diff(part.first) <= BOTH_BYTES => {
            types.push(EmploymentType::PartTime);
            Some(EmploymentType::FullTime)
        }
        (a, b) if a > b || (a == b && full.first < part.first) => Some(EmploymentType::FullTime),
        _ => Some(EmploymentType::PartTime),
    };
    types.extend(time);
    types
}

/// `full-time` and `part-time` this near to each other are a choice.
const BOTH_BYTES: usize = 16;

#[derive(Default)]
struct Votes {
    count: usize,
    first: usize,
}

impl Votes {
    fn add(&mut self, at: usize) {
        if self.count == 0 {
            self.first = at;
        }
        self.count += 1;
    }
}

/// Whether `full-time` or `part-time` is said of the position itself.
fn is_own(text: &str, cue: Cue<Meaning>) -> bool {
    let behind = after(text, cue.end, 60);
    let near = before(text, cue.start, 60);
    if of_others(behind) {
        return false;
    }
    SAYS.is_match(near) || (POSITION.is_match(behind) && !OTHERS_BEFORE.is_match(near))
}

/// Whether the words behind a cue name other people before they name the position.
fn of_others(behind: &str) -> bool {
    // A form's question with its answer: "Is this a grant-funded position? No".
    static ANSWER: LazyLock<Regex> = LazyLock::new(|| compile(r"(?i)^[^.?\n]{0,40}\?\s*:?\s*no\b"));
    if behind.contains('?') && ANSWER.is_match(behind) {
        return true;
    }
    OTHERS_BEHIND.find(behind).is_some_and(|others| !NAMES_POSITION.is_match(others.as_str()))
}

static NAMES_POSITION: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?i)\b(?:position|appointment|role|job|opportunity|with|and is|to|for)\b"));

/// Whether the words beside a cue say that it is somebody else's, or that it is not so.
fn is_of_others(text: &str, cue: Cue<Meaning>) -> bool {
    static NONE: LazyLock<Regex> =
        LazyLock::new(|| compile(r"(?i)^\s?:?\s?(?:keine|nein|entfällt|nicht|unbefristet|no|none)\b"));
    let behind = after(text, cue.end, 60);
    of_others(behind) || NONE.is_match(behind) || OTHERS_BEFORE.is_match(before(text, cue.start, 60))
}

/// Whether `casual`, `relief` is the position's: its noun follows at once, or a label stands before.
fn is_casual(text: &str, cue: Cue<Meaning>) -> bool {
    static NOUN: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)^[\s,/-]*(?:(?:full|part)[- ]time\s)?(?:positions?|roles?|jobs?|employment|contract|basis|appointment|post|pool|vacanc\w+|opportunit\w+)\b",
        )
    });
    let behind = after(text, cue.end, 40);
    let near = before(text, cue.start, 60);
    (NOUN.is_match(behind) || IS.is_match(near) && behind.trim().is_empty()) && !is_of_others(text, cue)
}

fn is_temporary(text: &str, cue: Cue<Meaning>) -> bool {
    let behind = after(text, cue.end, 60);
    let near = before(text, cue.start, 60);
    !of_others(ahead(text, cue.end, 60))
        && !OTHERS_BEFORE.is_match(near)
        && (POSITION.is_match(behind)
            || TITLED.is_match(near)
            || TIMED.is_match(behind)
            || IS.is_match(near)
            || is_under_label(text, cue))
}

/// Whether a cue begins the line under a label: `Appointment type` above, `Temporary` below.
fn is_under_label(text: &str, cue: Cue<Meaning>) -> bool {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)(?:^|\n)[^\n]{0,30}\b(?:type|status|contract|tenure|basis|schedule|vertragsart)\s?:?\s?$",
        )
    });
    let above = text[..cue.start].strip_suffix('\n').map(|above| line_before(above, above.len(), 60));
    above.is_some_and(|above| LABEL.is_match(above))
}

/// `Position title: Associate Librarian-Temporary`.
static TITLED: LazyLock<Regex> = LazyLock::new(|| compile(r"(?i)\btitle:\s?[^.:;\n]{0,50}[\s(,–-]$"));

/// `temporary part-time`, `temporary, 20-hour per week`.
static TIMED: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?i)^[\s,/(-]*(?:full|part|hourly|non-exempt|exempt|term|project|\d)"));

static IS: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:position|role|job|post|appointment|contract|employment|tenure|this|it|status|type|basis|vertragsart|contrat)(?: is|\s?:| will be)\s+(?:an?\s|for\s)?(?:[\w-]+,?\s+|/\s+){0,3}$",
    )
});

/// Whether `internship`, `contractor`, `volunteer` names the position itself.
fn is_position(text: &str, cue: Cue<Meaning>, noun: &str) -> bool {
    static THIS: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)\b(?:this is an?|this|position is an?|as an?|seeks? an?|seeking an?|hiring an?|(?:is |position: |type: )(?:an? )?)\s*(?:[\w/-]+\s){0,2}$",
        )
    });
    static OPENING: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)^\s*(?:position|opportunity|opening|role|contract|basis|is (?:un)?paid|will|runs|lasts|of \d)\b",
        )
    });
    static WORK: LazyLock<Regex> =
        LazyLock::new(|| compile(r"(?i)^\s*(?:programs?|coordinat\w+|supervis\w+|program\w*)\b"));
    let words = &text[cue.start..cue.end];
    let near = before(text, cue.start, 40);
    let behind = after(text, cue.end, 40);
    if WORK.is_match(behind) {
        return false;
    }
    let named =
        !noun.is_empty() && words.len() >= noun.len() && words[..noun.len()].eq_ignore_ascii_case(noun);
    let own = THIS.is_match(near) && !of_others(behind);
    match (named, OPENING.is_match(behind)) {
        (true, opening) => own || (opening && !OTHERS_BEFORE.is_match(near)),
        (false, opening) => own && opening,
    }
}
