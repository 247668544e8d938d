//! Nothing in, the cue words of employment out.

use std::sync::LazyLock;

use super::super::cue::Cues;

/// What a cue says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meaning {
    Full,
    Part,
    Temporary,
    Contractor,
    Intern,
    Volunteer,
    PerDiem,
    /// `hours`: a number of weekly hours may stand before it.
    Hours,
    /// `days`: a number of weekly days may stand before it.
    Days,
    /// Only what ends can be extended.
    Extension,
    /// `until`: a date may stand behind it that ends the employment.
    Until,
    /// `term`, `appointment`: a length may stand before it.
    Term,
}

use Meaning::{
    Contractor, Days, Extension, Full, Hours, Intern, Part, PerDiem, Temporary, Term, Until, Volunteer,
};

const CUES: [(&str, Meaning); 72] = [
    ("full-time", Full),
    ("full time", Full),
    ("fulltime", Full),
    ("full‐time", Full),
    ("full‑time", Full),
    ("f/t", Full),
    ("vollzeit", Full),
    ("temps plein", Full),
    ("tiempo completo", Full),
    ("part-time", Part),
    ("part time", Part),
    ("parttime", Part),
    ("part‐time", Part),
    ("part‑time", Part),
    ("p/t", Part),
    ("teilzeit", Part),
    ("temps partiel", Part),
    ("tiempo parcial", Part),
    ("temporary", Temporary),
    ("interim", Temporary),
    ("seasonal", Temporary),
    ("substitute", Temporary),
    ("grant-funded", Temporary),
    ("grant funded", Temporary),
    ("fixed-term", Temporary),
    ("fixed term", Temporary),
    ("limited-term", Temporary),
    ("limited term", Temporary),
    ("term-limited", Temporary),
    ("time-limited", Temporary),
    ("term position", Temporary),
    ("term appointment", Temporary),
    ("possible extension", Extension),
    ("possible renewal", Extension),
    ("possibility of extension", Extension),
    ("possibility for extension", Extension),
    ("possibility of renewal", Extension),
    ("possibility for renewal", Extension),
    ("potential for renewal", Extension),
    ("potential for extension", Extension),
    ("befristet", Temporary),
    ("contrat à durée déterminée", Temporary),
    ("contract position", Contractor),
    ("contractor", Contractor),
    ("contractual position", Contractor),
    ("independent contractor", Contractor),
    ("consultant", Contractor),
    ("consultancy", Contractor),
    ("freelance", Contractor),
    ("intern", Intern),
    ("interns", Intern),
    ("internship", Intern),
    ("internships", Intern),
    ("praktikum", Intern),
    ("volunteer", Volunteer),
    ("volunteers", Volunteer),
    ("per diem", PerDiem),
    ("per-diem", PerDiem),
    ("hours", Hours),
    ("hour", Hours),
    ("hrs", Hours),
    ("hr", Hours),
    ("days", Days),
    ("until", Until),
    ("through", Until),
    ("to", Until),
    ("term", Term),
    ("appointment", Term),
    ("contract", Term),
    ("project", Term),
    ("position", Term),
    ("months", Term),
];

pub(super) static CUE_WORDS: LazyLock<Cues<Meaning>> = LazyLock::new(|| Cues::new(&CUES));
