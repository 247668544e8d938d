//! A posting's text in, on site, hybrid or remote out.
//!
//! The place and the title say it in one word; running text must speak of the work (`remote
//! position`, `hybrid schedule`): libraries have remote storage, remote users and hybrid courses.

use std::sync::LazyLock;

use regex::Regex;

use crate::posting::Remote;

use super::cue::{Cue, Cues, Words, after, ahead, before, compile, line_before};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Meaning {
    /// Says that the work is done elsewhere.
    Remote,
    /// Says that part of it is.
    Hybrid,
    /// `remote`, which may be said of anything.
    Perhaps,
    /// `hybrid`, likewise.
    PerhapsHybrid,
}

use Meaning::{Perhaps, PerhapsHybrid};

const CUES: &[(&str, Meaning)] = &[
    ("fully remote", Meaning::Remote),
    ("fully remotely", Meaning::Remote),
    ("100% remote", Meaning::Remote),
    ("100% remotely", Meaning::Remote),
    ("100 percent remote", Meaning::Remote),
    ("completely remote", Meaning::Remote),
    ("entirely remote", Meaning::Remote),
    ("performed remotely", Meaning::Remote),
    ("done remotely", Meaning::Remote),
    ("work from anywhere", Meaning::Remote),
    ("remote position", Meaning::Remote),
    ("remote role", Meaning::Remote),
    ("remote job", Meaning::Remote),
    ("remote opportunity", Meaning::Remote),
    ("remote internship", Meaning::Remote),
    ("remote fellowship", Meaning::Remote),
    ("virtual internship", Meaning::Remote),
    ("virtual position", Meaning::Remote),
    ("position is remote", Meaning::Remote),
    ("job is remote", Meaning::Remote),
    ("role is remote", Meaning::Remote),
    ("post is remote", Meaning::Remote),
    ("internship is remote", Meaning::Remote),
    ("remote (us)", Meaning::Remote),
    ("remote first", Meaning::Remote),
    ("remote-first", Meaning::Remote),
    ("home-based role", Meaning::Remote),
    ("home-based position", Meaning::Remote),
    ("home-based post", Meaning::Remote),
    ("role is home-based", Meaning::Remote),
    ("role is home based", Meaning::Remote),
    ("post is home-based", Meaning::Remote),
    ("post is home based", Meaning::Remote),
    ("position is home-based", Meaning::Remote),
    ("position is home based", Meaning::Remote),
    ("work from home", Meaning::Hybrid),
    ("working from home", Meaning::Hybrid),
    ("work-from-home", Meaning::Hybrid),
    ("done from home", Meaning::Hybrid),
    ("home working", Meaning::Hybrid),
    ("homeworking", Meaning::Hybrid),
    ("home and office", Meaning::Hybrid),
    ("office and home", Meaning::Hybrid),
    ("hybrid position", Meaning::Hybrid),
    ("hybrid role", Meaning::Hybrid),
    ("hybrid schedule", Meaning::Hybrid),
    ("hybrid work", Meaning::Hybrid),
    ("hybrid working", Meaning::Hybrid),
    ("hybrid remote", Meaning::Hybrid),
    ("hybrid-remote", Meaning::Hybrid),
    ("hybrid arrangement", Meaning::Hybrid),
    ("hybrid arrangements", Meaning::Hybrid),
    ("hybrid schedules", Meaning::Hybrid),
    ("hybrid working pattern", Meaning::Hybrid),
    ("hybrid basis", Meaning::Hybrid),
    ("télétravail partiel", Meaning::Hybrid),
    ("teletrabajo parcial", Meaning::Hybrid),
    ("blended working", Meaning::Hybrid),
    ("position is hybrid", Meaning::Hybrid),
    ("role is hybrid", Meaning::Hybrid),
    ("job is hybrid", Meaning::Hybrid),
    ("post is hybrid", Meaning::Hybrid),
    ("partially remote", Meaning::Hybrid),
    ("partly remote", Meaning::Hybrid),
    ("partial remote", Meaning::Hybrid),
    ("work remotely", Meaning::Hybrid),
    ("working remotely", Meaning::Hybrid),
    ("remote work", Meaning::Hybrid),
    ("remote working", Meaning::Hybrid),
    ("telework", Meaning::Hybrid),
    ("teleworking", Meaning::Hybrid),
    ("telecommute", Meaning::Hybrid),
    ("telecommuting", Meaning::Hybrid),
    ("homeoffice", Meaning::Hybrid),
    ("home office", Meaning::Hybrid),
    ("home-office", Meaning::Hybrid),
    ("mobiles arbeiten", Meaning::Hybrid),
    ("mobilem arbeiten", Meaning::Hybrid),
    ("mobile arbeit", Meaning::Hybrid),
    ("mobiler arbeit", Meaning::Hybrid),
    ("télétravail", Meaning::Hybrid),
    ("teletrabajo", Meaning::Hybrid),
    ("thuiswerken", Meaning::Hybrid),
    ("remote", Perhaps),
    ("home-based", Perhaps),
    ("home based", Perhaps),
    ("hybrid", PerhapsHybrid),
];

static CUE_WORDS: LazyLock<Cues<Meaning>> = LazyLock::new(|| Cues::new(CUES));

/// Things of a library that are remote or hybrid without the work being so.
static THINGS: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^[\s-]+(?:storage|access\w*|campus\w*|users?|sites?|locations?|services?|facilit\w+|librar\w+|learn\w*|reference|patrons?|students?|sensing|control|desktop|support|instruction|teaching|courses?|class\w*|collections?|areas?|communit\w+|part|researchers?|printing|branch\w*|login|connect\w*|circulation|programs?|programming|events?|teams?|environments?|cloud|vehicles?|materials|lockers?|authentication|stores?|candidates?|applicants?|meetings?|interviews?|type\b|providers|regions?|childcare)\b",
    )
});

static NEGATION: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:not|no|non|never|cannot|can't|isn't|nor|neither|without|on-?site only|ineligible|unable)\b[^.;]{0,60}$|n['’]t [^.;]{0,60}$|\bnon-$",
    )
});

static DENIED: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^[^.;]{0,40}?\b(?:(?:is|are|will be) not|not (?:be )?(?:available|possible|permitted|offered|eligible|an option|allowed|supported|considered)|isn['’]t|unavailable)\b|^\s*[:?]\s*no\b",
    )
});

/// Whether the work is done at a place of the employer, partly or wholly elsewhere.
///
/// `place` is the source's words for the place of work; `text` is plain, a line a block.
pub fn find(title: &str, place: Option<&str>, text: &str) -> Remote {
    find_in(title, place, &Words::of(text))
}

/// The same for a text whose words are known.
pub(super) fn find_in(title: &str, place: Option<&str>, text: &Words<'_>) -> Remote {
    if place.is_some_and(is_nowhere) {
        return Remote::Remote;
    }
    for field in [place, Some(title)].into_iter().flatten() {
        match field_says(field) {
            Remote::No => {}
            found => return found,
        }
    }
    text_says(text)
}

/// Places that are none, of which nothing else is said.
const NOWHERE: [&str; 13] = [
    "anywhere",
    "virtual",
    "online",
    "work from home",
    "wfh",
    "telework",
    "telecommute",
    "télétravail",
    "teletrabajo",
    "homeoffice",
    "home office",
    "home",
    "worldwide",
];

fn is_nowhere(place: &str) -> bool {
    let place = place.trim();
    NOWHERE.iter().any(|name| place.eq_ignore_ascii_case(name)) || place == "Télétravail"
}

/// A word in a short field counts unless it is the quality of a thing.
fn field_says(field: &str) -> Remote {
    let mut found = Remote::No;
    for cue in CUE_WORDS.find(&Words::of(field)) {
        if THINGS.is_match(&field[cue.end..]) || NEGATION.is_match(&field[..cue.start]) {
            continue;
        }
        match cue.meaning {
            Meaning::Hybrid | PerhapsHybrid => return Remote::Hybrid,
            Meaning::Remote | Perhaps => found = Remote::Remote,
        }
    }
    found
}

/// Shares of the work, which make remote work hybrid.
static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:hybrid|partial\w*|part of|some|days?|occasional\w*|limited|up to|flexib\w+|eligib\w+|option\w*|combination|may|possible|available|on-?site|in[- ]person)\b",
    )
});

/// Sentences of the employment, in which a bare `remote` is said of it.
static OF_WORK: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^[\s•*-]*(?:(?:job |work )?(?:location|work ?place|workplace type|work arrangement|work mode|location type|position type|work type|remote type|(?:work|working) (?:model|style|setting)|schedule))\s*(?:type)?:[^.]{0,40}$",
    )
});

fn text_says(words: &Words<'_>) -> Remote {
    let text = &words.text;
    let mut found = Remote::No;
    for cue in CUE_WORDS.find(words) {
        match said(text, cue) {
            Remote::Hybrid => return Remote::Hybrid,
            Remote::Remote => found = Remote::Remote,
            Remote::No => {}
        }
    }
    found
}

fn said(text: &str, cue: Cue<Meaning>) -> Remote {
    let near = before(text, cue.start, 100);
    let behind = after(text, cue.end, 80);
    if NEGATION.is_match(near) || DENIED.is_match(behind) || ANSWERED_NO.is_match(ahead(text, cue.end, 24)) {
        return Remote::No;
    }
    // A label's value may stand on a line of its own.
    let labelled = OF_WORK.is_match(near) || near.is_empty() && is_under_label(text, cue.start);
    match cue.meaning {
        Meaning::Hybrid if is_aside(near, behind) => Remote::No,
        Meaning::Hybrid => Remote::Hybrid,
        Meaning::Remote if SHARE_BEFORE.is_match(near) => Remote::Hybrid,
        Meaning::Remote => Remote::Remote,
        Perhaps if THINGS.is_match(behind) => Remote::No,
        Perhaps if OF_POSITION.is_match(behind) || IS.is_match(near) => Remote::Remote,
        Perhaps if PERCENT.is_match(near) => Remote::Hybrid,
        Perhaps if stands_alone(text, cue) => {
            if WEEKLY.is_match(behind) {
                Remote::Hybrid
            } else {
                Remote::Remote
            }
        }
        Perhaps if labelled => {
            if SHARE.is_match(behind) || SHARE.is_match(near) {
                Remote::Hybrid
            } else {
                Remote::Remote
            }
        }
        PerhapsHybrid if THINGS.is_match(behind) => Remote::No,
        PerhapsHybrid if labelled || stands_alone(text, cue) || IS.is_match(near) => Remote::Hybrid,
        Perhaps | PerhapsHybrid => Remote::No,
    }
}

/// Whether the word is all that a sentence or brackets say, but for how: `Hybrid (three days on site).`,
/// `Remote within Oregon`, `Saint John (hybrid)`.
fn stands_alone(text: &str, cue: Cue<Meaning>) -> bool {
    static HOW: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)^\s*(?:$|[(,.;:–—/]|-\s|within\b|in the\b|from (?:anywhere|home)\b|anywhere\b|only\b|with (?:\w+\s){0,3}(?:on[- ]?site|office|campus)\b)",
        )
    });
    let near = before(text, cue.start, 100);
    if near.ends_with('(') {
        return text[cue.end..].starts_with(')');
    }
    let begins =
        near.trim_matches(|c: char| c.is_whitespace() || matches!(c, '•' | '*' | '-' | '–')).is_empty();
    begins && text[cue.start..].starts_with(char::is_uppercase) && HOW.is_match(after(text, cue.end, 40))
}

static WEEKLY: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?i)\b(?:hybrid|days? (?:a|per) week|on-?site)\b"));

/// `remote, full-time position`, `remote: yes`.
static OF_POSITION: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?ix)^(?:[\s,/-]*(?:(?:full|part)[-\s]?time|permanent|temporary|contract|contractual|grant[-\s]funded|term|paid|
          salaried)[\s,]*(?:[\w-]+\s){0,2}?(?:position|role|job|internship|opportunity|post)\b|\s?[:?]\s*yes\b)",
    )
});

/// `the job may be`, of the work itself.
static IS: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:position|job|role|post|work|internship|fellowship) (?:is|will be|can be|may be|could be) (?:(?:currently|also|either|a) )?$",
    )
});

static ANSWERED_NO: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"(?i)^\s(?:eligible|allowed|available|permitted)?\s?[:?]?\s*\n?\s*no\b|^\s?[:?]?\s*\n?no\b")
});

/// Whether the line above is a label of where the work is done.
fn is_under_label(text: &str, start: usize) -> bool {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)(?:^|\n)\W*(?:job |work )?(?:location|location type|work ?place|workplace type|work arrangement|work mode|work type|work model|remote type)\s?:?\s?$",
        )
    });
    let above = text[..start].strip_suffix('\n').map(|above| line_before(above, above.len(), 40));
    above.is_some_and(|above| LABEL.is_match(above))
}

static PERCENT: LazyLock<Regex> = LazyLock::new(|| compile(r"\b\d\d\s?%\s$"));

static SHARE_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:hybrid|partial\w*|partly|occasional\w*|some|portions?|part of|\d\d\s?%|days?|up to)\b[^.;]{0,40}$",
    )
});

/// Whether working elsewhere is mentioned as a skill, a kind of colleagues or a past.
fn is_aside(near: &str, behind: &str) -> bool {
    static SKILL: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)\b(?:experience|skills?|familiar\w*|knowledge|supporting|assist\w*|colleagues|staff who|users|patrons|students|equipment|technolog\w+|during (?:the )?(?:covid|pandemic))\b[^.;]{0,60}$",
        )
    });
    static WITH: LazyLock<Regex> = LazyLock::new(|| {
        compile(
            r"(?i)^\s*(?:with (?:vendors|patrons|users|students)|tools|technolog\w+|software|experience)\b",
        )
    });
    SKILL.is_match(near) || WITH.is_match(behind)
}
