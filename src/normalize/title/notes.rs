//! A title in, the title without what stands after it out: status, numbers, employer, branch,
//! place.

use crate::text::find_byte;

use super::looks::{
    affinity, ends_place, head, is_bare_leader, is_code, is_code_word, is_place, is_status, is_year, lowered,
    name_key, same_name, segments, tokens, without_parentheses,
};

/// Notes taken off one title, at most; each takes a pass over it.
pub const ROUNDS: usize = 12;

/// Places a piece may break off the end of a title.
pub const DASHES: [char; 3] = ['-', '–', '—'];

/// The title without requisition numbers before it (`AB00768 Gallery Manager`) and notes after it.
pub fn without_notes<'a>(title: &'a str, employer: Option<&str>) -> &'a str {
    let mut rest = leading_code(title);
    if let Some(employer) = employer {
        rest = leading_employer(rest, employer);
    }
    for _ in 0..ROUNDS {
        let tidy = rest.trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, ',' | ';' | ':' | '|' | '/' | '&') || DASHES.contains(&c)
        });
        let shorter = parenthesis(tidy)
            .or_else(|| segment(tidy, employer))
            .or_else(|| bare_code(tidy))
            .or_else(|| bare_status(tidy))
            .or_else(|| preposition(tidy, employer));
        rest = tidy;
        match shorter.filter(|s| s.chars().any(char::is_alphabetic)) {
            Some(shorter) => rest = shorter,
            None => break,
        }
    }
    rest
}

fn leading_code(title: &str) -> &str {
    match title.split_once(' ') {
        Some((word, rest)) if is_code_word(word) && rest.chars().any(char::is_alphabetic) => {
            rest.trim_start_matches(|c: char| c == ' ' || c == ':' || DASHES.contains(&c))
        }
        _ => title,
    }
}

/// `Example College - Librarian` at Example College.
fn leading_employer<'a>(title: &'a str, employer: &str) -> &'a str {
    let Some(first) = segments(title).next().filter(|first| first.len() < title.len()) else { return title };
    if !same_name(first, employer) {
        return title;
    }
    // The segment is a slice of the title: what follows it begins behind it.
    let rest = &title[title.find(first).map_or(0, |at| at + first.len())..];
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | '"' | '“'));
    if rest.is_empty() { title } else { rest }
}

/// A last parenthesis or bracket of status or number.
fn parenthesis(title: &str) -> Option<&str> {
    let open = match title.chars().next_back()? {
        ')' => title.rfind('(')?,
        ']' => title.rfind('[')?,
        _ => return None,
    };
    let note = &title[open + 1..title.len() - 1];
    (is_note(note) || note.trim().is_empty()).then(|| &title[..open])
}

/// Whether a piece is status, a number or an amount of pay, or several of them.
fn is_note(piece: &str) -> bool {
    let one = |piece: &str| is_status(piece) || is_code(piece) || is_amount(piece);
    one(piece) || (piece.bytes().any(|byte| matches!(byte, b',' | b';')) && segments(piece).all(one))
}

fn is_amount(piece: &str) -> bool {
    piece.trim_start().starts_with(['$', '£', '€']) && piece.contains(|c: char| c.is_ascii_digit())
}

/// The last segment, if it is a note, a number, the employer, a branch after a dash, or a place.
fn segment<'a>(title: &'a str, employer: Option<&str>) -> Option<&'a str> {
    let (before, dashed, last) = last_segment(title)?;
    let plain = without_parentheses(last);
    let whole = employer.is_some_and(|e| same_name(last, e));
    // What stands after a bare leader is what is led, and neither a branch nor a part of the employer.
    let led = || is_bare_leader(before);
    let part = || employer.is_some_and(|e| is_employer(last, dashed, e));
    let branch = || {
        if dashed {
            is_branch(&plain)
        } else {
            is_any_library(&plain) && tokens(&lowered(before)).nth(1).is_some()
        }
    };
    (is_note(last) || whole || ((part() || branch()) && !led()))
        .then_some(before)
        .or_else(|| dashed_employer(title, employer?))
        .or_else(|| place(title))
}

/// The text before ` – Example College Library, Bronx` at Example College: the branch has a comma
/// of its own.
fn dashed_employer<'a>(title: &'a str, employer: &str) -> Option<&'a str> {
    let at = [" - ", " – ", " — ", " -- "].iter().filter_map(|dash| title.rfind(dash)).max()?;
    let tail = title[at..].trim_start_matches(|c: char| c == ' ' || DASHES.contains(&c));
    is_employer(tail, true, employer).then(|| &title[..at])
}

/// The text before the last comma, semicolon, colon or dash outside parentheses, whether that is
/// a dash, and the text after it.
fn last_segment(title: &str) -> Option<(&str, bool, &str)> {
    // Most titles have none of them; with 0xE2 begin the longer dashes.
    find_byte(title.as_bytes(), |byte| matches!(byte, b',' | b';' | b':' | b'|' | b'-' | 0xE2))?;
    let mut depth = 0_usize;
    for (at, c) in title.char_indices().rev() {
        let (before, after) = (&title[..at], &title[at + c.len_utf8()..]);
        match c {
            ')' | ']' => depth += 1,
            '(' | '[' => depth = depth.saturating_sub(1),
            ',' | ';' | ':' if depth == 0 && (after.starts_with(' ') || c == ';') => {
                return Some((before, false, after.trim()));
            }
            '|' if depth == 0 => return Some((before, true, after.trim())),
            c if DASHES.contains(&c)
                && depth == 0
                && (after.starts_with(' ') || before.ends_with([' ', '-'])) =>
            {
                return Some((before.trim_end_matches(['-', ' ']), true, after.trim()));
            }
            _ => {}
        }
    }
    None
}

/// Whether a segment repeats the employer, or a part of its name.
fn is_employer(segment: &str, dashed: bool, employer: &str) -> bool {
    if same_name(segment, employer)
        || segments(&without_parentheses(employer)).any(|part| same_name(segment, part))
    {
        return true;
    }
    let (segment, employer) = (name_key(segment), name_key(employer));
    dashed && employer.contains(' ') && segment.starts_with(&employer)
}

/// Whether a segment after a dash names a place in the house, a branch or a campus: the head of its
/// phrase says so. Archives and collections are as often what the work is about.
fn is_branch(segment: &str) -> bool {
    const BRANCHES: [&str; 22] = [
        "library",
        "libraries",
        "campus",
        "branch",
        "center",
        "centre",
        "school",
        "college",
        "university",
        "museum",
        "institute",
        "hospital",
        "department",
        "dept",
        "division",
        "lab",
        "laboratory",
        "building",
        "locations",
        "gallery",
        "galleries",
        "foundation",
    ];
    let lower = lowered(segment);
    let words: Vec<&str> = tokens(&lower).collect();
    head(&words).last().is_some_and(|word| BRANCHES.contains(word)) && affinity(segment) >= 0
}

/// `University Libraries`, `Main Library`: after a comma too, that only says where one works.
fn is_any_library(segment: &str) -> bool {
    const ANY: [&str; 8] = ["university", "college", "campus", "main", "the", "of", "library", "libraries"];
    let lower = lowered(segment);
    let mut words = tokens(&lower);
    let first = words.next().is_some_and(|word| ANY.contains(&word));
    let mut rest = words.peekable();
    first && rest.peek().is_some() && rest.all(|word| ANY.contains(&word))
}

/// A last `, Town, NY`, `; Town, New York` or ` in Town, NY`.
fn place(title: &str) -> Option<&str> {
    let (before, end) = title.rsplit_once(',')?;
    if !ends_place(end) {
        return None;
    }
    let cut = before.rfind([',', ';']).or_else(|| before.rfind(" in ")).or_else(|| before.rfind(" - "))?;
    let town = before[cut..].trim_start_matches([',', ';', ' ', '-']).trim_start_matches("in ");
    let short = town.split_whitespace().count() <= 3;
    (short && affinity(town) >= 0 && is_place(&format!("{town},{end}"))).then(|| &title[..cut])
}

/// A last word that is a requisition number, also behind a hyphen: `AF7000`, `Instructors-1843`.
fn bare_code(title: &str) -> Option<&str> {
    let word = title.rsplit(' ').next()?;
    let before = &title[..title.len() - word.len()];
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if is_code_word(word) && (digits >= 4 || word.starts_with('#')) {
        return Some(without_labels(before));
    }
    let (stem, tail) = word.rsplit_once('-')?;
    let number = tail.len() >= 4 && tail.bytes().all(|b| b.is_ascii_digit()) && !is_year(tail);
    (number && stem.chars().any(char::is_alphabetic)).then(|| &title[..title.len() - tail.len() - 1])
}

/// `Librarian, Req.` without its label.
fn without_labels(title: &str) -> &str {
    let mut rest = title.trim_end();
    while let Some((before, word)) = rest.rsplit_once(' ') {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let label = matches!(
            bare.as_str(),
            "req" | "requisition" | "ref" | "reference" | "id" | "no" | "number" | "job" | "posting"
        );
        if !label && !bare.is_empty() {
            break;
        }
        rest = before.trim_end();
    }
    rest
}

/// Last words of status that begin with one that cannot belong to a name: `Librarian FT Day`,
/// `Librarian I SEARCH REOPENED`.
fn bare_status(title: &str) -> Option<&str> {
    const STRONG: [&str; 12] = [
        "ft",
        "pt",
        "p/t",
        "f/t",
        "part-time",
        "full-time",
        "part",
        "full",
        "repost",
        "reposted",
        "re-posted",
        "tenure-track",
    ];
    const JOINED: [&str; 6] = ["-part time", "-part-time", "-full time", "-full-time", "-temporary", "-pt"];
    if let Some(front) = JOINED.iter().find_map(|tail| {
        let at = title.len().checked_sub(tail.len()).filter(|at| title.is_char_boundary(*at))?;
        title[at..].eq_ignore_ascii_case(tail).then(|| &title[..at])
    }) {
        return Some(front);
    }
    let mut cut = None;
    let mut at = title.len();
    for word in title.rsplit(' ') {
        at -= word.len();
        if !is_status(word) && !word.chars().all(|c| DASHES.contains(&c)) {
            let pair = cut.is_some_and(|cut: usize| word.to_lowercase() == "search" && cut > at);
            return if pair { Some(&title[..at]) } else { cut.map(|cut| &title[..cut]) };
        }
        let lower = word.to_lowercase();
        let next = title[at + word.len()..].split_whitespace().next().unwrap_or_default().to_lowercase();
        let strong = STRONG.contains(&lower.as_str())
            && (!matches!(lower.as_str(), "part" | "full") || next.starts_with("time"))
            || (lower == "search"
                && (next.starts_with("reopened")
                    || next.starts_with("re-opened")
                    || next.starts_with("extended")))
            || (lower == "tenure" && next.starts_with("track"));
        if strong {
            cut = Some(at);
        }
        at = at.saturating_sub(1);
    }
    None
}

/// ` at ELRC`, ` @ Example College`, where that is the employer.
fn preposition<'a>(title: &'a str, employer: Option<&str>) -> Option<&'a str> {
    let employer = employer?;
    [" at ", " @ ", " with "].iter().find_map(|word| {
        let at = title.rfind(word)?;
        same_name(&title[at + word.len()..], employer).then(|| &title[..at])
    })
}

/// The title without requisition numbers in parentheses inside it: `Assistant (6000C), Library`.
pub fn without_inner_codes(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    let mut rest = title;
    while let Some(open) = rest.find('(') {
        let Some(close) = rest[open..].find(')').map(|at| open + at) else { break };
        let code = is_code(&rest[open + 1..close]);
        out.push_str(if code { rest[..open].trim_end() } else { &rest[..=close] });
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}
