//! The questions of the words around a mention have the answers of the patterns that say the same.

use std::sync::LazyLock;

use proptest::prelude::*;
use regex::Regex;

use super::super::cue::compile;
use super::super::cue::phrases::text_of;
use super::*;

/// What is asked of the words before or behind a mention, and the pattern that asks it.
type Question = (fn(&str) -> bool, &'static str);

const ASKED_OF_ALL: [Question; 8] = [
    (
        |text| OF_DEGREE.stand_in(text),
        r"\b(?:master['’]?s?|masters|degrees?|graduate|mls|mlis|ma|ms|m\.a\.|m\.s\.|msc|diploma|accredited|ph\.?d|advanced degree|bachelor\w*|abschluss|maîtrise|maestría|master|qualification|qualifications acceptable|qualified|diplom|studium|hochschulstudium|fachhochschulstudium|licence|máster|grado|licenciatura)\b",
    ),
    (
        |text| WISH.stand_in(text),
        r"\b(?:prefer(?:red|able|ably|ence)?|desir(?:ed|able)|a plus|an asset|advantage\w*|helpful|ideal(?:ly)?|welcome|encouraged|nice to have|a bonus)\b",
    ),
    (
        |text| STUDYING.stand_in(text),
        r"\b(?:enrolled|enrollment|pursuing|work(?:ing)? towards?|working on|enrolment|in progress|in process|candidates? for|progress toward\w*|students?|studying|interest in pursuing|matriculated|near(?:ing)? completion|recent graduates?)\b",
    ),
    (
        |text| FIELDS.stand_in(text),
        r"\b(?:museum studies|public history|art history|history|humanities|computer science|information technology|liberal arts|english|business|communications?|museology|public administration|social sciences?|instructional (?:design|technology)|engineering|statistics|cultural heritage|media studies|film studies|fine arts?|data science|informatics)\b",
    ),
    (is_denied, r"\b(?:no|not|without|isn['’]t|non-)\b[^.;]{0,30}$"),
    (
        |text| denied_behind(text).is_some(),
        r"^[^.;]{0,40}?\b(?:(?:is |are )?not (?:required|necessary|needed|essential)|unnecessary)\b",
    ),
    (
        is_elsewhere,
        r"\b(?:school|college|department|division|faculty|institute|journal|field|member(?:ship)? (?:of|in)|trends in|professional|issues in|within|teach(?:es|ing)?)\s+(?:of |in |and |the |or )*$",
    ),
    (
        is_elsewhere_behind,
        r"^[\s-]*(?:(?:degree )?programs? (?:at|offers|is)|students|faculty|librarians|interns|staff|profession\b|community|literature|conferences?)\b",
    ),
];

const WORDS: &str = "master|master's|masters|degree|graduates|ma|ms|m.a.|ph.d|phd|bachelors|maîtrise|prefer|preferably|desired|a plus|advantage|advantageous|ideal|ly|nice to have|enrolled|working on|working|towards|progress|toward|candidate for|in|course|work|near|ing|completion|recent graduate|history|social sciences|fine art|no|not|without|isn't|isn’t|non-|is not|are|required|unnecessary|must|is a must|mandatory|school|member of|ship|trends in|within|teaching|of the|and|or|programs at|program is|students|profession|conferences";

static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let asked = r"^[^.;(]{0,60}?\b(?:required|is a must|mandatory|must)\b";
    let patterns = ASKED_OF_ALL.map(|(_, pattern)| pattern);
    patterns.into_iter().chain([asked]).map(|pattern| compile(&format!("(?i){pattern}"))).collect()
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn questions_are_what_the_patterns_ask(text in text_of(WORDS)) {
        for ((ask, pattern), compiled) in ASKED_OF_ALL.into_iter().zip(&*PATTERNS) {
            prop_assert_eq!(ask(&text), compiled.is_match(&text), "{}", pattern);
        }
        let asked = PATTERNS[ASKED_OF_ALL.len()].find(&text);
        let found = begins_within(&text, &['.', ';', '('], ASKED_CHARS, &ASKED);
        prop_assert_eq!(found.map(|range| range.end), asked.map(|found| found.end()));
    }
}
