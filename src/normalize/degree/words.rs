//! Nothing in, the cue words of degrees and the phrases around them out.

use std::sync::LazyLock;

use super::super::cue::Cues;
use super::super::cue::phrases::Phrases;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meaning {
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

const CUES: &[(&str, Meaning)] = &[
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
    ("library degree", Degree),
    ("library degrees", Degree),
    ("library qualification", Degree),
    ("library qualifications", Degree),
    ("librarian qualification", Degree),
    ("librarianship qualification", Degree),
    ("cilip-accredited", Degree),
    ("cilip accredited", Degree),
    ("cilip-recognised", Degree),
    ("cilip recognised", Degree),
    ("accredited by cilip", Degree),
    ("recognised by cilip", Degree),
    ("alia-eligible", Degree),
    ("alia eligible", Degree),
    ("alia-accredited", Degree),
    ("alia accredited", Degree),
    ("alia-recognised", Degree),
    ("alia recognised", Degree),
    ("accredited by alia", Degree),
    ("recognised by alia", Degree),
    ("associate membership of alia", Degree),
    ("professional membership of alia", Degree),
    ("eligible for membership of alia", Degree),
    ("eligibility for membership of alia", Degree),
    ("eligible for alia membership", Degree),
    ("eligibility for alia membership", Degree),
    ("lianza professional registration", Degree),
    ("lianza registration", Degree),
    ("mbsi", Degree),
    ("diplom-bibliothekar", Degree),
    ("diplom-bibliothekarin", Degree),
    ("diplombibliothekar", Degree),
    ("bibliotheksreferendariat", Degree),
    ("american library association", Field),
    ("australian library and information association", Field),
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
    ("library and information management", Field),
    ("information and library studies", Field),
    ("information and library science", Field),
    ("information and library management", Field),
    ("archives and library studies", Field),
    ("library service", Field),
    ("librarianship", Field),
    ("information studies", Field),
    ("information science", Field),
    ("informationswissenschaft", Field),
    ("bibliothekswissenschaft", Field),
    ("bibliothekswesen", Field),
    ("bibliotheks- und informationswissenschaft", Field),
    ("bibliotheks- und informationswissenschaften", Field),
    ("bibliotheks- und informationsmanagement", Field),
    ("bibliotheksmanagement", Field),
    ("bibliothéconomie", Field),
    ("sciences de l'information", Field),
    ("sciences de l’information", Field),
    ("biblioteconomía", Field),
    ("ciencias de la información", Field),
    ("información y documentación", Field),
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

pub(super) static CUE_WORDS: LazyLock<Cues<Meaning>> = LazyLock::new(|| Cues::new(CUES));

/// Words that make a field's name a degree.
pub(super) static OF_DEGREE: Phrases = Phrases::new(&[
    "master",
    "masters",
    "master's",
    "master’s",
    "master'",
    "master’",
    "degree",
    "degrees",
    "graduate",
    "mls",
    "mlis",
    "ma",
    "ms",
    "m.a.",
    "m.s.",
    "msc",
    "diploma",
    "accredited",
    "phd",
    "ph.d",
    "bachelor*",
    "qualification",
    "qualifications acceptable",
    "qualified",
    "diplom",
    "studium",
    "hochschulstudium",
    "fachhochschulstudium",
    "abschluss",
    "licence",
    "máster",
    "mÁster",
    "grado",
    "licenciatura",
    "maîtrise",
    "maÎtrise",
    "maestría",
    "maestrÍa",
]);

/// A wish, or that something else does as well.
pub(super) static WISH: Phrases = Phrases::new(&[
    "prefer",
    "preferred",
    "preferable",
    "preferably",
    "preference",
    "desired",
    "desirable",
    "a plus",
    "an asset",
    "advantage*",
    "helpful",
    "ideal",
    "ideally",
    "welcome",
    "encouraged",
    "nice to have",
    "a bonus",
]);

/// That studying for it is enough.
pub(super) static STUDYING: Phrases = Phrases::new(&[
    "enrolled",
    "enrollment",
    "pursuing",
    "working toward",
    "working towards",
    "work toward",
    "work towards",
    "enrolment",
    "working on",
    "in progress",
    "in process",
    "candidate for",
    "candidates for",
    "progress toward*",
    "student",
    "students",
    "studying",
    "interest in pursuing",
    "matriculated",
    "near completion",
    "nearing completion",
    "recent graduate",
    "recent graduates",
]);

/// That courses are spoken of, which some ask for beside the degree, and some instead.
pub(super) static COURSES: Phrases = Phrases::new(&["coursework", "course work"]);

/// A degree beyond it, in whatever field.
pub(super) static DOCTORATE: Phrases = Phrases::new(&["phd", "ph.d", "doctorate", "doctoral"]);

/// Headings of conditions in a text whose lines are lost.
pub(super) const INLINE: [&str; 8] = [
    "Required Qualifications",
    "Minimum Qualifications",
    "Basic Qualifications",
    "Minimum Requirements",
    "Required Education",
    "Education Requirements",
    "REQUIRED QUALIFICATIONS",
    "MINIMUM QUALIFICATIONS",
];

/// What ends a list of fields that all do.
pub(super) const ENDS_LIST: [&str; 7] =
    [" or another", " or other", " or a ", " or related", " or relevant", " or similar", " or closely"];

/// That it is one of several fields.
pub(super) static FIELDS: Phrases = Phrases::new(&[
    "museum studies",
    "public history",
    "art history",
    "history",
    "humanities",
    "computer science",
    "information technology",
    "liberal arts",
    "english",
    "business",
    "communication",
    "communications",
    "museology",
    "public administration",
    "social science",
    "social sciences",
    "instructional design",
    "instructional technology",
    "engineering",
    "statistics",
    "cultural heritage",
    "media studies",
    "film studies",
    "fine art",
    "fine arts",
    "data science",
    "informatics",
]);

/// That it is not asked for, within [`DENIED_CHARS`] before it.
pub(super) static DENIED: Phrases = Phrases::new(&["no", "not", "without", "isn't", "isn’t", "non-"]);
pub(super) const DENIED_CHARS: usize = 30;

/// The same behind it, beginning within [`DENIED_BEHIND_CHARS`].
pub(super) static DENIED_BEHIND: Phrases = Phrases::new(&[
    "is not required",
    "is not necessary",
    "is not needed",
    "is not essential",
    "not essential",
    "are not required",
    "are not necessary",
    "are not needed",
    "not required",
    "not necessary",
    "not needed",
    "unnecessary",
]);
pub(super) const DENIED_BEHIND_CHARS: usize = 40;

/// That it is asked for, beginning within [`ASKED_CHARS`] behind it.
pub(super) static ASKED: Phrases = Phrases::new(&["required", "is a must", "mandatory", "must"]);
pub(super) const ASKED_CHARS: usize = 60;

/// That it is someone else's, right before it: a school, its programmes, colleagues.
pub(super) static ELSEWHERE: Phrases = Phrases::new(&[
    "school",
    "college",
    "department",
    "division",
    "faculty",
    "institute",
    "journal",
    "field",
    "member of",
    "member in",
    "membership of",
    "membership in",
    "trends in",
    "professional",
    "issues in",
    "within",
    "teach",
    "teaches",
    "teaching",
]);

/// That a school has it on offer, right before it.
pub(super) static OFFERED: Phrases =
    Phrases::new(&["offers an", "offers the", "offers", "home to an", "offering an"]);

/// What may stand between.
pub(super) const SMALL: [&str; 5] = ["of ", "in ", "and ", "the ", "or "];

/// The same right behind it.
pub(super) static ELSEWHERE_BEHIND: Phrases = Phrases::new(&[
    "degree program at",
    "degree program offers",
    "degree program is",
    "degree programs at",
    "degree programs offers",
    "degree programs is",
    "program at",
    "program offers",
    "program is",
    "programs at",
    "programs offers",
    "programs is",
    "students",
    "faculty",
    "librarians",
    "interns",
    "staff",
    "profession",
    "community",
    "literature",
    "conference",
    "conferences",
]);
