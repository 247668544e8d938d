//! A posting's text in, whether a library degree is asked for out.
//!
//! A mention of a library or information science degree counts as required unless its sentence or
//! the heading above it says that it is a wish, that studying for one is enough, or that it is one
//! of several fields.

#[cfg(test)]
mod agreement;
mod words;

use std::ops::Range;

use crate::posting::Mlis;

use super::cue::phrases::{Phrases, ends_with};
use super::cue::{Cue, Words, after, ahead, before, line_before};
use words::Meaning::{Conditions, Degree, Else, Field, Wishes};
use words::{
    ASKED, ASKED_CHARS, COURSES, CUE_WORDS, DENIED, DENIED_BEHIND, DENIED_BEHIND_CHARS, DENIED_CHARS,
    DOCTORATE, ELSEWHERE, ELSEWHERE_BEHIND, ENDS_LIST, FIELDS, INLINE, Meaning, OF_DEGREE, OFFERED, SMALL,
    STUDYING, WISH,
};

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
    let rest = ahead(text, cue.end, HEADING_BYTES);
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    let tail = line.trim_start_matches(['*', '_', '#', ' ', '(', ')']);
    let lead = line_before(text, cue.start, HEADING_BYTES);
    // `Hours: 24 Preferred Education and Experience:`, as forms are stripped.
    let written = text[cue.start..].starts_with(char::is_uppercase) && cue.meaning != Else;
    if written && line.trim_end().ends_with(':') && tail.split_whitespace().nth(3).is_none() {
        return true;
    }
    if tail.is_empty() || tail.starts_with(':') {
        return lead.trim_matches(|c: char| !c.is_alphanumeric()).split_whitespace().count() <= 2;
    }
    // The next word before the cue is mostly the end of it: these words stand in most texts.
    !lead.contains(char::is_alphanumeric) && tail.split_whitespace().nth(3).is_none()
}

/// What one mention says.
fn mention(text: &str, cue: Cue<Meaning>) -> Mlis {
    let near = below_heading(before(text, cue.start, 200));
    let behind = after(text, cue.end, 160);
    if cue.meaning == Field
        && (is_elsewhere(near) || !(OF_DEGREE.stand_in(near) || OF_DEGREE.stand_in(clause(behind))))
    {
        return Mlis::No;
    }
    let near_clause = tail_clause(near);
    if is_elsewhere_behind(behind) || is_denied(near) || OFFERED.end(near.trim_end()) {
        return Mlis::No;
    }
    if let Some(denied) = denied_behind(behind) {
        // "preferred but not required"
        let wished = WISH.stand_in(near_clause) || WISH.stand_in(&behind[..denied.start]);
        return if wished { Mlis::Preferred } else { Mlis::No };
    }
    let soft = wished(clause(behind))
        || STUDYING.stand_in(behind)
        || courses_do(behind)
        || WISH.stand_in(near_clause)
        || STUDYING.stand_in(near)
        || COURSES.stand_in(near)
        || is_one_of_several(near_clause, clause(behind))
        || cue.meaning == Field && is_in_list(near_clause, clause(behind));
    if soft { Mlis::Preferred } else { Mlis::Required }
}

/// What stands below the last heading in a text whose lines are lost.
fn below_heading(near: &str) -> &str {
    let end = INLINE.iter().filter_map(|heading| Some(near.rfind(heading)? + heading.len())).max();
    &near[end.unwrap_or(0)..]
}

/// Whether courses do as well as the degree: `or coursework`, but not `with coursework`.
fn courses_do(behind: &str) -> bool {
    COURSES.find(behind).any(|courses| {
        let between = &behind[..courses.start];
        between.rfind(" or ").is_some_and(|or| !between[or..].contains(" with "))
    })
}

fn is_elsewhere(near: &str) -> bool {
    let mut rest = near;
    loop {
        let words = rest.trim_end();
        if words.len() < rest.len() && ELSEWHERE.end(words) {
            return true;
        }
        let Some(small) = SMALL.iter().find(|small| ends_with(rest.as_bytes(), small.as_bytes())) else {
            return false;
        };
        rest = &rest[..rest.len() - small.len()];
    }
}

fn is_elsewhere_behind(behind: &str) -> bool {
    ELSEWHERE_BEHIND.begin(behind.trim_start_matches(|c: char| c.is_whitespace() || c == '-'))
}

fn is_denied(near: &str) -> bool {
    let sentence = &near[near.rfind(['.', ';']).map_or(0, |at| at + 1)..];
    DENIED.find(sentence).any(|said| sentence[said.end..].chars().nth(DENIED_CHARS).is_none())
}

fn denied_behind(behind: &str) -> Option<Range<usize>> {
    begins_within(behind, &['.', ';'], DENIED_BEHIND_CHARS, &DENIED_BEHIND)
}

/// Whether the words behind a degree make it a wish. What is asked for right behind it is not, and
/// brackets with a wish for something else (`(academic experience preferred)`) say nothing of it.
fn wished(behind: &str) -> bool {
    let words = match behind.find('(') {
        Some(open) if behind[open..].split(')').next().is_some_and(|b| b.split_whitespace().count() > 2) => {
            &behind[..open]
        }
        _ => behind,
    };
    let asked = || begins_within(behind, &['.', ';', '('], ASKED_CHARS, &ASKED).map(|asked| asked.end);
    WISH.find(words).next().is_some_and(|wish| asked().is_none_or(|asked| asked > wish.end))
}

/// The first of the phrases that begins before any of the signs, with at most `chars` before it.
fn begins_within(text: &str, signs: &[char], chars: usize, phrases: &Phrases) -> Option<Range<usize>> {
    let end = text.find(signs).unwrap_or(text.len());
    let last = text[..end].char_indices().nth(chars).map_or(end, |(at, _)| at);
    phrases.find(text).take_while(|said| said.start <= last).next()
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
        (text.contains(" or ") || other.contains(" or ") || text.contains(" or,"))
            && FIELDS.find(text).next().is_some_and(|field| !DOCTORATE.stand_in(&text[..field.start]))
    };
    alternative(behind, near) || alternative(near, behind)
}

/// `degree in book arts, conservation, library science, or another field`: whatever the other fields are.
fn is_in_list(near: &str, behind: &str) -> bool {
    let list = near.rfind(" in ").map_or("", |at| &near[at..]);
    list.trim_end().ends_with(',')
        && OF_DEGREE.stand_in(&near[..near.len() - list.len()])
        && ENDS_LIST.iter().any(|end| behind.contains(end))
}
