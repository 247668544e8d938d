//! A posting's text in, whether a library degree is asked for out.
//!
//! A mention of a library or information science degree counts as required unless its sentence or
//! the heading above it says that it is a wish, that studying for one is enough, or that it is one
//! of several fields.

use std::sync::LazyLock;

use regex::Regex;

use crate::posting::Mlis;

use super::cue::{Cue, Cues, Words, after, ahead, before, compile, line_before};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Meaning {
    /// The degree's abbreviation.
    Degree,
    /// The field, which is a degree if one is spoken of.
    Field,
    /// A heading under which wishes stand.
    Wishes,
    /// A heading under which conditions stand.
    Conditions,
    /// A heading under which neither stands.
    Else,
}

use Meaning::{Conditions, Degree, Else, Field, Wishes};

const CUES: [(&str, Meaning); 93] = [
    ("mls", Degree),
    ("m.l.s.", Degree),
    ("m.l.s", Degree),
    ("mlis", Degree),
    ("m.l.i.s.", Degree),
    ("m.l.i.s", Degree),
    ("msis", Degree),
    ("msls", Degree),
    ("m.s.l.s.", Degree),
    ("mslis", Degree),
    ("m.s.l.i.s.", Degree),
    ("ms-lis", Degree),
    ("ms/lis", Degree),
    ("mlis/mls", Degree),
    ("mls/mlis", Degree),
    ("malis", Degree),
    ("malib", Degree),
    ("mlas", Degree),
    ("ala-accredited", Degree),
    ("ala accredited", Degree),
    ("ala- accredited", Degree),
    ("ala‐accredited", Degree),
    ("ala‑accredited", Degree),
    ("ala approved", Degree),
    ("accredited by ala", Degree),
    ("accredited by the ala", Degree),
    ("accredited by the american library association", Degree),
    ("american library association accredited", Degree),
    ("american library association-accredited", Degree),
    ("american library association (ala) accredited", Degree),
    ("american library association (ala)-accredited", Degree),
    ("american library association", Field),
    ("library science", Field),
    ("library sciences", Field),
    ("library and information science", Field),
    ("library and information sciences", Field),
    ("library & information science", Field),
    ("library/information science", Field),
    ("library/information studies", Field),
    ("library or information science", Field),
    ("library and/or information science", Field),
    ("library or information studies", Field),
    ("library and information studies", Field),
    ("library information science", Field),
    ("library studies", Field),
    ("library service", Field),
    ("library degree", Field),
    ("librarianship", Field),
    ("information studies", Field),
    ("information science", Field),
    ("informationswissenschaft", Field),
    ("bibliothekswissenschaft", Field),
    ("bibliothéconomie", Field),
    ("biblioteconomía", Field),
    ("lis", Field),
    ("preferred qualifications", Wishes),
    ("preferred skills", Wishes),
    ("preferred education", Wishes),
    ("preferred experience", Wishes),
    ("preferred requirements", Wishes),
    ("desired qualifications", Wishes),
    ("desired skills", Wishes),
    ("desirable qualifications", Wishes),
    ("additional qualifications", Wishes),
    ("additional preferred", Wishes),
    ("also desirable", Wishes),
    ("nice to have", Wishes),
    ("ideal candidate will have", Wishes),
    ("ideal candidate", Wishes),
    ("preferred", Wishes),
    ("preferences", Wishes),
    ("desired", Wishes),
    ("desirable", Wishes),
    ("required qualifications", Conditions),
    ("minimum qualifications", Conditions),
    ("basic qualifications", Conditions),
    ("required education", Conditions),
    ("minimum requirements", Conditions),
    ("requirements", Conditions),
    ("required", Conditions),
    ("qualifications", Conditions),
    ("education", Conditions),
    ("essential", Conditions),
    ("minimum", Conditions),
    ("to apply", Else),
    ("how to apply", Else),
    ("company information", Else),
    ("responsibilities", Else),
    ("compensation", Else),
    ("benefits", Else),
    ("about us", Else),
    ("about the library", Else),
    ("description", Else),
];

static CUE_WORDS: LazyLock<Cues<Meaning>> = LazyLock::new(|| Cues::new(&CUES));

/// Words that make a field's name a degree.
static OF_DEGREE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:master['’]?s?|masters|degrees?|graduate|mls|mlis|ma|ms|m\.a\.|m\.s\.|msc|diploma|accredited|ph\.?d|advanced degree|bachelor\w*|abschluss|maîtrise|maestría|master)\b",
    )
});

/// A wish, or that something else does as well.
static WISH: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:prefer(?:red|able|ably|ence)?|desir(?:ed|able)|a plus|an asset|advantage\w*|helpful|ideal(?:ly)?|welcome|encouraged|nice to have|a bonus)\b",
    )
});

/// That studying for it is enough.
static STUDYING: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:enrolled|enrollment|pursuing|working (?:towards?|on)|in progress|in process|candidates? for|progress toward\w*|students?|studying|course ?work|interest in pursuing|matriculated|near(?:ing)? completion|recent graduates?)\b",
    )
});

/// A wish or studying: most sentences have neither.
static SOFT: LazyLock<Regex> = LazyLock::new(|| compile(&format!("{}|{}", *WISH, *STUDYING)));

/// That it is one of several fields.
static FIELDS: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:museum studies|public history|art history|history|humanities|computer science|information technology|liberal arts|english|business|communications?|museology|public administration|social sciences?|instructional (?:design|technology)|engineering|statistics|cultural heritage|media studies|film studies|fine arts?|data science|informatics)\b",
    )
});

/// That it is not asked for.
static DENIED: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?i)\b(?:no|not|without|isn['’]t|non-)\b[^.;]{0,30}$"));
static DENIED_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"(?i)^[^.;]{0,40}?\b(?:(?:is |are )?not (?:required|necessary|needed)|unnecessary)\b")
});

/// That it is someone else's: a school, its programmes, colleagues.
static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:school|college|department|division|faculty|institute|journal|field|member(?:ship)? (?:of|in)|trends in|professional|issues in|within|teach(?:es|ing)?)\s+(?:of |in |and |the |or )*$",
    )
});
static ELSEWHERE_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^[\s-]*(?:(?:degree )?programs? (?:at|offers|is)|students|faculty|librarians|interns|staff|profession\b|community|literature|conferences?)\b",
    )
});

/// What a posting's text (plain, a line a block) says of a library or information science degree.
pub fn find(text: &str) -> Mlis {
    find_in(&Words::of(text))
}

/// The same for a text whose words are known.
pub(super) fn find_in(words: &Words<'_>) -> Mlis {
    let text = &words.text;
    let mut found = Mlis::No;
    let mut wishes = false;
    for cue in CUE_WORDS.find(words) {
        match cue.meaning {
            Wishes | Conditions | Else if !is_heading(text, cue) => {}
            Wishes => wishes = true,
            Conditions | Else => wishes = false,
            Degree | Field => match mention(text, cue) {
                Mlis::Required if !wishes => return Mlis::Required,
                Mlis::No => {}
                _ => found = Mlis::Preferred,
            },
        }
    }
    found
}

/// A heading is not longer, to either side of its cue.
const HEADING_BYTES: usize = 60;

/// Whether a cue is the whole of its line, or a label before a colon.
fn is_heading(text: &str, cue: Cue<Meaning>) -> bool {
    let lead = line_before(text, cue.start, HEADING_BYTES).trim_matches(|c: char| !c.is_alphanumeric());
    let rest = ahead(text, cue.end, HEADING_BYTES);
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    let tail = line.trim_start_matches(['*', '_', '#', ' ', '(', ')']);
    lead.split_whitespace().count() <= 2
        && (tail.is_empty()
            || tail.starts_with(':')
            || (lead.is_empty() && tail.split_whitespace().count() <= 3))
}

/// What one mention says.
fn mention(text: &str, cue: Cue<Meaning>) -> Mlis {
    let near = before(text, cue.start, 200);
    let behind = after(text, cue.end, 160);
    if cue.meaning == Field
        && (ELSEWHERE.is_match(near) || !(OF_DEGREE.is_match(near) || OF_DEGREE.is_match(clause(behind))))
    {
        return Mlis::No;
    }
    if ELSEWHERE_BEHIND.is_match(behind) || DENIED.is_match(near) || DENIED_BEHIND.is_match(behind) {
        return Mlis::No;
    }
    let near_clause = tail_clause(near);
    let soft = (SOFT.is_match(behind) && (wished(clause(behind)) || STUDYING.is_match(behind)))
        || (SOFT.is_match(near) && (WISH.is_match(near_clause) || STUDYING.is_match(near)))
        || is_one_of_several(near_clause, clause(behind));
    if soft { Mlis::Preferred } else { Mlis::Required }
}

/// Whether the words behind a degree make it a wish. What is asked for right behind it is not, and
/// brackets with a wish for something else (`(academic experience preferred)`) say nothing of it.
fn wished(behind: &str) -> bool {
    static ASKED: LazyLock<Regex> =
        LazyLock::new(|| compile(r"(?i)^[^.;(]{0,60}?\b(?:required|is a must|mandatory|must)\b"));
    let words = match behind.find('(') {
        Some(open) if behind[open..].split(')').next().is_some_and(|b| b.split_whitespace().count() > 2) => {
            &behind[..open]
        }
        _ => behind,
    };
    let asked = || ASKED.find(behind).map(|m| m.end());
    WISH.find(words).is_some_and(|wish| asked().is_none_or(|asked| asked > wish.end()))
}

/// The text up to the end of its clause.
fn clause(behind: &str) -> &str {
    &behind[..behind.find([';', '•']).unwrap_or(behind.len())]
}

fn tail_clause(near: &str) -> &str {
    &near[near.rfind([';', '•']).map_or(0, |at| at + near[at..].chars().next().map_or(1, char::len_utf8))..]
}

/// `library science, museum studies, history or a related field`.
fn is_one_of_several(near: &str, behind: &str) -> bool {
    let alternative = |text: &str, other: &str| {
        (text.contains(" or ") || other.contains(" or ") || text.contains(" or,")) && FIELDS.is_match(text)
    };
    alternative(behind, near) || alternative(near, behind)
}
