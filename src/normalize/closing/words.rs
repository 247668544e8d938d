//! Nothing in, the cue words of deadlines and the phrases around them out.

use std::sync::LazyLock;

use regex::Regex;

use crate::posting::ClosingKind;

use super::super::cue::{Cues, compile};

/// What a cue says of the date behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meaning {
    /// The last day, whatever else the sentence says.
    LastDay,
    /// The last day, unless something else than applications closes or ends.
    Closes,
    /// The last day, if the date follows at once and the sentence speaks of applications.
    Before,
    /// The last day of a period, if two days stand behind it.
    Period,
    /// The same as `Before`; or it stays open until somebody is found.
    Until,
    /// Its date stands before it: `May 18 is the deadline`.
    Behind,
    /// Review, if it begins then.
    Review,
    /// Later applications are not sure to be read.
    Preference,
    /// Later applications are not read, or not sure to be.
    After,
    Filled,
    Rolling,
    /// A date of something else.
    Other,
}

use Meaning::{
    After, Before, Behind, Closes, Filled, LastDay, Other, Period, Preference, Review, Rolling, Until,
};

/// Words of deadlines, in English, French, German and Spanish.
const CUES: &[(&str, Meaning)] = &[
    ("deadline", LastDay),
    ("deadlines", LastDay),
    ("deadline to apply", LastDay),
    ("application deadline", LastDay),
    ("filing deadline", LastDay),
    ("filing period", LastDay),
    ("application period", LastDay),
    ("application window", LastDay),
    ("application dates", LastDay),
    ("posting period", LastDay),
    ("closing date", LastDay),
    ("closing dates", LastDay),
    ("close date", LastDay),
    ("end date to apply", LastDay),
    ("posting end date", LastDay),
    ("unposting date", LastDay),
    ("last day of posting", LastDay),
    ("last day of the posting", LastDay),
    ("last day to submit", LastDay),
    ("final date", LastDay),
    ("final filing date", LastDay),
    ("latest date", LastDay),
    ("last date", LastDay),
    ("expiry date", LastDay),
    ("expiration date", LastDay),
    ("valid through", LastDay),
    ("valid until", LastDay),
    ("apply by", LastDay),
    ("apply before", LastDay),
    ("apply until", LastDay),
    ("apply no later than", LastDay),
    ("last day to apply", LastDay),
    ("last day for applications", LastDay),
    ("applications due", LastDay),
    ("applications are due", LastDay),
    ("applications close", LastDay),
    ("applications closing", LastDay),
    ("applications end", LastDay),
    ("due date", LastDay),
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
    ("closes", Closes),
    ("close", Closes),
    ("will close", Closes),
    ("close on", Closes),
    ("closing", Closes),
    ("closing on", Closes),
    ("closing this posting on", LastDay),
    ("expires", Closes),
    ("is the deadline", Behind),
    ("is the application deadline", Behind),
    ("is the closing date", Behind),
    ("is the final date", Behind),
    ("is the last day", Behind),
    ("is the last date", Behind),
    ("accepted from", Period),
    ("accepted between", Period),
    ("accepting applications from", Period),
    ("accepting applications between", Period),
    ("applications open from", Period),
    ("applications open", Period),
    ("end date", Before),
    ("due", Before),
    ("due by", Before),
    ("due on", Before),
    ("by", Before),
    ("before", Before),
    ("prior to", Before),
    ("no later than", Before),
    ("not later than", Before),
    ("on or before", Before),
    ("through", Before),
    ("received by", Before),
    ("until", Until),
    ("till", Until),
    ("received after", After),
    ("submitted after", After),
    ("accepted after", After),
    ("considered after", After),
    ("review", Review),
    ("screening", Review),
    ("reviewing", Review),
    ("review date", Review),
    ("consideration of applications", Review),
    ("consideration of candidates", Review),
    ("evaluation of applications", Review),
    ("priority deadline", Preference),
    ("preferred deadline", Preference),
    ("first consideration date", Preference),
    ("best consideration date", Preference),
    ("priority date", Preference),
    ("priority consideration", Preference),
    ("full consideration", Preference),
    ("best consideration", Preference),
    ("first consideration", Preference),
    ("until filled", Filled),
    ("until it is filled", Filled),
    ("until it's filled", Filled),
    ("until it’s filled", Filled),
    ("until position is filled", Filled),
    ("until the position is filled", Filled),
    ("until the position is filed", Filled),
    ("until the position if filled", Filled),
    ("until an appointment is made", Filled),
    ("bis zur besetzung", Filled),
    ("jusqu'à ce que le poste", Filled),
    ("jusqu’à ce que le poste", Filled),
    ("hasta que se cubra", Filled),
    ("hasta cubrir", Filled),
    ("rolling basis", Rolling),
    ("as they are received", Rolling),
    ("upon receipt", Rolling),
    ("continuous recruitment", Rolling),
    ("continuously", Rolling),
    ("start date", Other),
    ("starting", Other),
    ("starts", Other),
    ("begin date", Other),
    ("interview", Other),
    ("interviews", Other),
    ("interview date", Other),
    ("interview dates", Other),
    ("shortlisting", Other),
    ("posted", Other),
    ("posting date", Other),
    ("open date", Other),
    ("opening date", Other),
    ("job end date", Other),
    ("bewerbungsfrist", LastDay),
    ("bewerbungsschluss", LastDay),
    ("bewerbungsende", LastDay),
    ("bewerbungszeitraum", LastDay),
    ("einsendeschluss", LastDay),
    ("bis", Before),
    ("bis zum", Before),
    ("bis spätestens", Before),
    ("spätestens", Before),
    ("spätestens bis", Before),
    ("spätestens bis zum", Before),
    ("spätestens zum", Before),
    ("bis einschließlich", Before),
    ("bis einschliesslich", Before),
    ("date limite", LastDay),
    ("date de clôture", LastDay),
    ("date de fermeture", LastDay),
    ("date d'échéance", LastDay),
    ("date d’échéance", LastDay),
    ("clôture des candidatures", LastDay),
    ("fin de l'affichage", LastDay),
    ("fin de l’affichage", LastDay),
    ("fin d'affichage", LastDay),
    ("fin d’affichage", LastDay),
    ("avant le", Before),
    ("jusqu'au", Before),
    ("jusqu’au", Before),
    ("au plus tard le", Before),
    ("fecha límite", LastDay),
    ("fecha de cierre", LastDay),
    ("cierre de la convocatoria", LastDay),
    ("plazo de presentación", LastDay),
    ("plazo de inscripción", LastDay),
    ("antes del", Before),
    ("hasta el", Before),
    ("hasta el día", Before),
];

pub(super) static CUE_WORDS: LazyLock<Cues<Meaning>> = LazyLock::new(|| Cues::new(CUES));

/// Words of a sentence about sending an application.
pub(super) static APPLYING: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:deadline|appl(?:y|ying|ications?|icants)|submi\w+|send|sent|e-?mail(?:ed)?|mail|forward|reply|repl(?:ies)|respond|returned|reach us|received|materials|r[eé]sum[eé]s?|c\.?v\.?s?|cover letters?|letters? of interest|vita|references|accepted|accepting|open|expressions? of interest|bewerb\w+|bewirb|unterlagen|candidatures?|postuler|postulez|adresser|dossiers?|solicitud(?:es)?|postula\w*|envi(?:ar|e|en|arse)|enví\w+|inscripci\w+|presentaci\w+)\b",
    )
});

/// The same behind a date: verbs of German sentences stand there.
pub(super) static APPLYING_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"(?i)\b(?:left to apply|bewerb\w+|unterlagen|candidature|dossier|solicitud\w*)\b")
});

/// Words of a sentence whose date is of something else.
pub(super) static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:degree|graduat\w+|(?:be|been|is|are|have|must|requirements) completed?|completion|enrolled|notified|contacted|heard|interview\w*|announced?|hired|start(?:s|ing)?|begin|offer(?:ed|s)?|commitment|position running|available|founded|established|event|exhibitions?|conference|library is open|appointed|employment|internal (?:applicants|candidates)|befristet|vertrag)\b[^.;]{0,40}$",
    )
});

/// That a last day is only for those who work there already.
pub(super) static INTERNAL: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?i)\binternal (?:applicants?|candidates?|staff|employees)\b[^.;]{0,30}$"));

/// What closes or ends without being an advertisement, right before `closes` or `expires`.
pub(super) static OTHER_ENDS: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:exhibit\w*|librar(?:y|ies)|building|branch|season|fair|show|campus|offices?|stores?|museum|school|schools|semester|doors|registration|enrol\w+|session|contract|term|funding|grants?|licen[cs]es?|certificat\w+|visa|agreement|lease|gallery|gap|not)\b[^.;:]{0,30}$",
    )
});

pub(super) static PREFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:(?:full|fullest|best|guarantee\w*|assured?|ensure|first|initial|early|priority|equal|prompt)\s+(?:\w+\s+){0,2}consider\w+|opportunity of being considered|date of consideration|preference|preferential|preferably|are preferred|is preferred|preferred (?:if|by|deadline)|priority|first round|first review|guarantee)",
    )
});

/// That what the date belongs to begins then.
pub(super) static BEGINNING: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:begin(?:s|ning)?|being|commenc\w+|start(?:s|ing)?|conducted|scheduled|date|on|after)\b",
    )
});

/// The same before the cue: `we will begin to review`.
pub(super) static BEGINS_TO: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\b(?:begin|start|commence)(?:s|ning|ing)?(?:\s(?:to|the|its|our|a))*\s$|\b(?:first|initial)\s$",
    )
});

/// That late applications are not read, behind the date.
pub(super) static REFUSED: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?i)^[^.;]{0,20}\b(?:will not|cannot|can not|won['’]t|can['’]t|shall not)\b"));

/// The same before the cue: `no applications will be accepted after`.
pub(super) static REFUSED_BEFORE: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?i)\b(?:not|no|cannot|won['’]t|can['’]t)\b[^.;]{0,60}$"));

/// Behind `until filled`: the answer to it.
pub(super) static ANSWERED_NO: LazyLock<Regex> = LazyLock::new(|| compile(r"(?i)^\s*[:?]\s*no\b"));

/// Behind `until`: that somebody is found, or enough people have applied.
pub(super) static SOMEBODY: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?ix)^\s(?:[\w'’-]+\s){0,6}?(?:
          (?:position|positions|post|posts|role|vacancy|vacancies|job|opening|openings|search|it|they)\s
            (?:is|are|has\sbeen|have\sbeen|was|gets)\s(?:filled|complete[d]?|closed)
          | (?:candidates?|applicants?|person|hire|selection|appointment)\s(?:[\w'’-]+\s){0,4}?
            (?:found|hired|selected|identified|appointed|chosen|made|accepts)
          | sufficient\s(?:[\w-]+\s){0,3}?(?:applications|applicants|candidates|number)
          | (?:position|positions|post|role|vacancy|job)\sfilled | filled)\b
          |^\sa\s(?:\w+\s){0,2}(?:candidate|applicant)\b",
    )
});

/// Between the two days of a period.
pub(super) static PERIOD: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^[\s,]*(?:[-–—]|to|through|thru|until|bis(?: zum)?|au|al|hasta(?: el)?|and)\s*(?:(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?,?\s*)?$",
    )
});

/// Only a weekday, a time or an article.
pub(super) static JOINT: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?ix)^[\s:,*_]*(?:(?:the|end\sof|close\sof\sbusiness|cob|close\sof\sday|midnight|noon|midday|on|of|at|day|date|and|received|
          later\sthan|(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?|
          \d{1,2}(?:[:.h]\d\d)?|\d{1,2}h|[ap]\.?m\.?|a?[ecmpw][sd]?t|nz[sd]?t|gmt|bst|utc|irish|local|eastern|central|
          mountain|pacific|time|zum|den|dem|der|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|uhr|le|el|
          lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|heures|à|día|lunes|martes|jueves|viernes)[\s:,.*()]*)*$",
    )
});

/// Words of a field without a date, by what they begin with or hold.
const OPEN: &[(&str, ClosingKind)] = &[
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

pub(super) static OPEN_CUES: LazyLock<Cues<ClosingKind>> = LazyLock::new(|| Cues::new(OPEN));
