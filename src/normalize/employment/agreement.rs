//! What is asked before a pattern is looked for is true wherever the pattern is found.

use proptest::prelude::*;

use super::super::cue::phrases::text_of;
use super::season::{self, ALL_HOURS, SEASON, SUMMER_JOB};
use super::term::{DAY, DAY_BEGINS, LENGTH, UNITS};
use super::{TITLE_DAYS, TITLE_SAYS, TITLE_TERM};

const TITLE: &str = "9|12|two|six|month|months|weeks|yr|year|term|appointment|temp|(term)|- term|3|.5|days|/week|per week|a wk|F/T|P-T|ft";

const TIME: &str = "approximately|about|at least|mid-|the end of|late|january|jun|dec.|5|31st|2026|2027";

const LENGTHS: &str = "6|12|two|month|months|years|week|-|long|part-time|full|project,|limited";

const SEASONS: &str = "summer|spring|fall|page|intern|2026|'27|semester|one|term|)|(|1,200|480|hours|hrs|/";

proptest! {
    #[test]
    fn seasons_say_so(text in text_of(SEASONS)) {
        let found = [&SEASON, &SUMMER_JOB, &ALL_HOURS].iter().any(|pattern| pattern.is_match(&text));
        prop_assert!(season::SAYS.lie_in(&text) || !found);
    }

    #[test]
    fn titles_say_so(text in text_of(TITLE)) {
        prop_assert!(TITLE_SAYS.lie_in(&text) || !(TITLE_TERM.is_match(&text) || TITLE_DAYS.is_match(&text)));
    }

    #[test]
    fn days_begin_so(text in text_of(TIME)) {
        let words = text.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
        prop_assert!(DAY_BEGINS.begin(words) || !DAY.is_match(&text));
    }

    #[test]
    fn lengths_end_so(text in text_of(LENGTHS)) {
        let says = text.ends_with([' ', '-']) && UNITS.lie_in(&text);
        prop_assert!(says || !LENGTH.is_match(&text));
    }
}
