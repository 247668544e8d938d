//! A posting's words in, whether it is what the source is read for out, and why.
//!
//! The built-in rule asks for library work: words of libraries, archives, records and museum
//! collections in what names the job (title, categories, department) or in the employer that the
//! posting itself states; the beginning of the text tips the balance where those are weak, and decides
//! where it is all there is. Words that only sound like it ([`NOT`]) are taken out first.

use std::sync::LazyLock;

use crate::config::{Part, Relevance, Source};
use crate::text::fold;

/// Words that speak for library work, with their points; `*` stands for any ending, and before a
/// word for any beginning.
const WORDS: [(&str, u8); 79] = [
    // What is enough by itself.
    ("librar*", 4),
    ("*bibliothe*", 4),
    ("*bibliotek*", 4),
    ("bibliotec*", 4),
    ("bibliograph*", 4),
    ("archiv*", 4),
    ("*archivar*", 4),
    ("digital collections", 4),
    ("special collections", 4),
    ("rare book*", 4),
    ("rare materials", 4),
    ("manuscripts", 3),
    ("mlis", 4),
    ("catalogu*", 3),
    ("cataloger*", 4),
    ("cataloging", 4),
    ("records manage*", 4),
    ("records officer*", 3),
    ("records analyst*", 3),
    ("records and information", 4),
    ("record manager", 3),
    ("information governance", 3),
    ("registrar of collections", 4),
    ("collections manager", 4),
    ("collections management", 4),
    ("collection management", 4),
    ("collection development", 4),
    ("collections care", 4),
    ("collections assistant", 3),
    ("collections specialist", 3),
    ("museum*", 2),
    ("curator*", 3),
    ("curatorial", 3),
    ("metadata", 3),
    ("digital preservation", 4),
    ("digitization", 3),
    ("digitisation", 3),
    ("digital asset*", 3),
    ("digital humanities", 3),
    ("digital scholarship", 4),
    ("scholarly communication*", 4),
    ("open access", 3),
    ("institutional repositor*", 4),
    ("repository manager", 3),
    ("interlibrary", 4),
    ("bookmobile*", 4),
    ("storytime", 4),
    ("reader services", 3),
    ("readers advis*", 4),
    ("reference desk", 3),
    ("circulation", 3),
    ("borrowing services", 3),
    ("course reserve*", 3),
    ("reference assistant*", 3),
    ("reference associate*", 3),
    ("collection manager", 3),
    ("collections services", 3),
    ("museum registrar", 3),
    ("imls", 3),
    ("lsta", 3),
    // What needs another word beside it.
    ("reference", 2),
    ("acquisitions", 2),
    ("collections", 2),
    ("repository", 2),
    ("research services", 1),
    ("data services", 1),
    ("learning commons", 2),
    ("information science*", 2),
    ("access services", 3),
    ("technical services", 2),
    ("user services", 1),
    ("youth services", 2),
    ("children s services", 2),
    ("oral histor*", 3),
    ("information literacy", 4),
    ("electronic resources", 3),
    ("serials", 3),
    ("conservator", 3),
    ("book conservation", 4),
];

/// Phrases that hold such a word and are other work, or other things.
const NOT: [&str; 39] = [
    "library of code",
    "code library",
    "code libraries",
    "software library",
    "software libraries",
    "component library",
    "component libraries",
    "design library",
    "library card design*",
    "class library",
    "javascript librar*",
    "python librar*",
    "ui librar*",
    "cell librar*",
    "standard cell librar*",
    "compound librar*",
    "chemical librar*",
    "dna librar*",
    "library preparation",
    "library prep",
    "sequencing librar*",
    "pattern library",
    "tool library",
    "content library",
    "it infrastructure library",
    "information technology infrastructure library",
    "network archive*",
    "archived posting*",
    "archived job*",
    "archive this",
    "medical records*",
    "health records*",
    "police records*",
    "student records*",
    "blood circulation",
    "traffic circulation",
    "circulation sales",
    "newspaper circulation",
    "metadata driven",
];

/// Points that library work needs.
const ENOUGH: u8 = 3;

/// What an employer says of itself when it praises its campus: it has a library, which need not hire.
const HAVING: [&str; 7] = [
    "a library and archives",
    "a library",
    "a museum",
    "our library",
    "our libraries",
    "its library",
    "its libraries",
];

/// Characters at the beginning of a text that is evidence beside the title, and the points it can give: a
/// bare `Head of Acquisitions` whose text begins with the library is library work, a surgeon of a
/// university with a library is not.
const LEAD: usize = 300;
const LEAD_POINTS: u8 = 2;

/// Characters of a text that is no more than an excerpt: what a board cuts out of an advertisement is the
/// beginning, where the department and the job stand, so that a library in it is the one that
/// hires, unless another department is stated.
const EXCERPT: usize = 500;

/// Libraries, archives and their people, which an excerpt names; `to archive` and `archival` say less.
const HIRING: [&str; 9] = [
    "librar*",
    "archives",
    "archivist*",
    "special collections",
    "*bibliothe*",
    "*bibliotek*",
    "bibliotec*",
    "archivo*",
    "*archivar*",
];

/// What of a posting says whether it is relevant.
#[derive(Debug, Clone, Copy, Default)]
pub struct Subject<'a> {
    /// The title line, with what its source writes around the job title.
    pub title: &'a str,
    /// The employer, if the posting states it: one of the source's settings says nothing.
    pub employer: Option<&'a str>,
    /// The source's own categories and departments.
    pub categories: &'a [String],
    /// The department that hires, as portals state it.
    pub department: Option<&'a str>,
    pub text: &'a str,
}

/// Why a posting is not taken; `None` if it is.
pub fn why_not(source: &Source, subject: &Subject) -> Option<String> {
    match &source.relevance {
        Some(own) => why_not_by(own, subject),
        None if source.relevant => why_not_library_work(subject),
        None => None,
    }
}

fn why_not_library_work(subject: &Subject) -> Option<String> {
    static KNOWN: LazyLock<Vec<(Word, u8)>> =
        LazyLock::new(|| WORDS.iter().map(|(word, points)| (Word::of(word), *points)).collect());
    static OTHER: LazyLock<Vec<Word>> = LazyLock::new(|| NOT.iter().map(|word| Word::of(word)).collect());
    static WHO: LazyLock<Vec<Word>> = LazyLock::new(|| HIRING.iter().map(|word| Word::of(word)).collect());
    let mut silenced = None;
    let mut said = vec![false; KNOWN.len()];
    for part in subject.names().into_iter().chain(subject.employer) {
        let mut folded = format!(" {} ", fold(part));
        for other in OTHER.iter() {
            if other.take_out(&mut folded) {
                silenced = Some(other);
            }
        }
        // The same word in title and category says no more than once.
        for ((word, _), said) in KNOWN.iter().zip(&mut said) {
            *said |= word.is_in(&folded);
        }
    }
    let points: u8 = KNOWN
        .iter()
        .zip(&said)
        .filter(|(_, said)| **said)
        .map(|((_, points), _)| *points)
        .fold(0, u8::saturating_add);
    let lead = subject.text.char_indices().nth(LEAD).map_or(subject.text, |(end, _)| &subject.text[..end]);
    let mut lead = format!(" {} ", fold(lead));
    OTHER.iter().for_each(|other| _ = other.take_out(&mut lead));
    let strong = KNOWN.iter().any(|(word, points)| *points > ENOUGH && word.is_in(&lead));
    HAVING.iter().for_each(|having| _ = Word::of(having).take_out(&mut lead));
    let excerpt = subject.department.is_none() && subject.text.chars().nth(EXCERPT).is_none();
    let from_text = match () {
        () if excerpt && WHO.iter().any(|word| word.is_in(&lead)) => ENOUGH,
        () if strong => LEAD_POINTS,
        () => 0,
    };
    if points.saturating_add(from_text) >= ENOUGH {
        return None;
    }
    Some(match silenced {
        Some(word) => format!("{:?} speaks of other work", word.text),
        None => "no word of library work in title, categories, department or employer".into(),
    })
}

fn why_not_by(own: &Relevance, subject: &Subject) -> Option<String> {
    let folded: Vec<String> =
        subject.parts(&own.within).iter().map(|part| format!(" {} ", fold(part))).collect();
    let found = |word: &&String| folded.iter().any(|text| Word::of(word).is_in(text));
    if let Some(word) = own.not.iter().find(found) {
        return Some(format!("{word:?} is there"));
    }
    if own.any.is_empty() {
        return why_not_library_work(subject);
    }
    let missing = || {
        format!(
            "none of {} is there",
            own.any.iter().map(|w| format!("{w:?}")).collect::<Vec<_>>().join(", ")
        )
    };
    (!own.any.iter().any(|word| found(&word))).then(missing)
}

impl<'a> Subject<'a> {
    /// What names the job.
    fn names(&self) -> Vec<&'a str> {
        let categories = self.categories.iter().map(String::as_str);
        [self.title].into_iter().chain(self.department).chain(categories).collect()
    }

    fn parts(&self, within: &[Part]) -> Vec<&'a str> {
        let mut parts = Vec::new();
        for part in within {
            match part {
                Part::Title => parts.push(self.title),
                Part::Employer => parts.extend(self.employer),
                Part::Categories => {
                    parts.extend(self.categories.iter().map(String::as_str));
                    parts.extend(self.department);
                }
                Part::Text => parts.push(self.text),
            }
        }
        parts
    }
}

/// A word or phrase, folded.
struct Word {
    text: String,
    /// What is looked for in a folded text with a space at either end.
    wanted: String,
}

impl Word {
    fn of(text: &str) -> Word {
        let folded = fold(text);
        let start = if text.starts_with('*') { "" } else { " " };
        let end = if text.ends_with('*') { "" } else { " " };
        // Without a letter it is in nothing.
        let wanted = if folded.is_empty() { "\0".into() } else { format!("{start}{folded}{end}") };
        Word { text: text.into(), wanted }
    }

    fn is_in(&self, folded: &str) -> bool {
        folded.contains(&self.wanted)
    }

    /// Takes the word out of a text, and says whether it was there.
    fn take_out(&self, folded: &mut String) -> bool {
        let there = self.is_in(folded);
        if there {
            *folded = folded.replace(&self.wanted, " ");
        }
        there
    }
}
