//! A title line in, its parts out: the job title alone, employer, place.
//!
//! A source's pattern ([`crate::config::pattern`]) says how its lines are built; `grammar` finds
//! the likeliest reading of a line by it; [`clean`] then leaves the job title alone.

pub mod case;
pub mod looks;
pub mod whole;

mod grammar;
mod notes;
mod prefixes;
mod words;

use crate::config::pattern::{PatternField, PatternPart};
use crate::config::{Pattern, Patterns};
use crate::text::{decode, squash, summary};

/// What a title line or a formula-built text gave, each part as it stands there.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Parts {
    pub title: Option<String>,
    pub employer: Option<String>,
    pub place: Option<String>,
    pub salary: Option<String>,
    pub closing: Option<String>,
    /// Whether `place` is the last words of a text, of which some may not belong to it.
    pub open_place: bool,
    /// The pattern that fitted.
    pub rule: String,
}

/// Longest line that is read, in bytes: what is longer is no title and no formula.
const LONGEST_LINE: usize = 1_000;

/// Characters of a title that are kept.
const LONGEST_TITLE: usize = 300;

/// How unlabelled title lines are built, the surest first; used where a source has no pattern.
const USUAL: [&str; 4] =
    ["{title} | {employer}", "{title} - {employer}", "{title} at {employer}", "{title}, {employer}"];

/// What a poster adds behind a dash to a line sent again, in lower case.
const NEWS: [&str; 6] = ["revised", "updated", "repost", "reposted", "extended", "deadline extended"];

/// The title line without status notes around it: `[extended]`, `Repost:`, the source's own
/// `drop` words before it, a note in brackets after it, and ` - revised`. Character references are decoded.
pub fn line(title: &str, drop: &[String]) -> String {
    let squashed = squash(&decode(title));
    let line = prefixes::without_prefixes(&squashed, drop);
    let cut = line.ends_with(']').then(|| line.rfind('[')).flatten().filter(|at| *at > 0);
    let line = line[..cut.unwrap_or(line.len())].trim_end();
    let news = line.rsplit_once(" - ").filter(|(_, last)| NEWS.iter().any(|n| n.eq_ignore_ascii_case(last)));
    news.map_or(line, |(front, _)| front.trim_end()).to_owned()
}

/// Reads `text` by the first pattern that fits it. `None`: none does, or it is over 1,000 bytes.
pub fn parts(patterns: &Patterns, text: &str) -> Option<Parts> {
    let line = whole_line(text)?;
    // A board that joins with " - " now and then joins with a longer dash.
    let fits = |loose| patterns.0.iter().find_map(|p| grammar::read(p, &line, loose).map(|(_, parts)| parts));
    fits(false).or_else(|| fits(true))
}

/// Reads the text of a posting by the first pattern that fits it: its first line, or else the whole,
/// of which a pattern that ends in `{_}` reads the beginning, and any other all, if it is under 1,000
/// bytes. One that begins with `{_}` looks for what stands at the end, so the whole comes first.
pub fn formula(patterns: &Patterns, text: &str) -> Option<Parts> {
    let text = text.trim_start();
    let (first, more) = text.split_once('\n').map_or((text, ""), |(first, more)| (first, more.trim()));
    let first = whole_line(beginning(first)).filter(|_| !more.is_empty());
    let whole = whole_line(text);
    let head = whole_line(beginning(text));
    let fits = |loose| {
        patterns.0.iter().find_map(|pattern| {
            if is_tail(pattern) {
                return tail(pattern, text);
            }
            let open = matches!(pattern.parts.last(), Some(PatternPart::Field(PatternField::Skip)));
            let lines = match pattern.parts.first() {
                _ if open => [&first, &head],
                Some(PatternPart::Field(PatternField::Skip)) => [&whole, &first],
                _ => [&first, &whole],
            };
            let mut lines = lines.into_iter().flatten();
            lines.find_map(|line| grammar::read(pattern, line, loose)).map(|(_, parts)| parts)
        })
    };
    fits(false).or_else(|| fits(true))
}

/// Words at the end of a text that can be a place.
const TAIL: usize = 6;

/// Whether a pattern is `{_} {place}`: the text just ends with the place.
fn is_tail(pattern: &Pattern) -> bool {
    use PatternPart::{Field, Text};
    matches!(pattern.parts.as_slice(), [Field(PatternField::Skip), Text(space), Field(PatternField::Place)]
        if space.trim().is_empty())
}

fn tail(pattern: &Pattern, text: &str) -> Option<Parts> {
    let mut words: Vec<_> = text.split_whitespace().rev().take(TAIL + 1).collect();
    // Nothing but the place is no text that ends with it.
    let more = words.len() > TAIL;
    words.truncate(TAIL);
    words.reverse();
    let place = Some(decode(&words.join(" ")).into_owned());
    more.then(|| Parts { place, open_place: true, rule: pattern.to_string(), ..Parts::default() })
}

/// What of a text can be the beginning that a formula builds, cut at a space.
fn beginning(text: &str) -> &str {
    if text.len() <= LONGEST_LINE {
        return text;
    }
    let head = &text[..text.floor_char_boundary(LONGEST_LINE)];
    head.rfind(char::is_whitespace).map_or(head, |end| &head[..end])
}

/// The text on one line, if it is short enough for one.
fn whole_line(text: &str) -> Option<String> {
    // Decoding and squashing only shorten, by no more than this for any sane line.
    let line = (text.len() <= 8 * LONGEST_LINE).then(|| squash(&decode(text)))?;
    (!line.is_empty() && line.len() <= LONGEST_LINE).then_some(line)
}

/// Reads a title line of a source without a pattern, only where one end clearly looks like a job
/// and the other like an employer.
pub fn detect(text: &str) -> Option<Parts> {
    static PATTERNS: std::sync::LazyLock<Vec<Pattern>> = std::sync::LazyLock::new(|| {
        USUAL
            .iter()
            .map(|p| Pattern::try_from((*p).to_owned()).expect("the usual patterns are patterns"))
            .collect()
    });
    let line = whole_line(text)?;
    PATTERNS.iter().filter_map(|p| grammar::read(p, &line, false)).map(|(_, parts)| parts).find(|parts| {
        let sure = |piece: &Option<String>, like: fn(i32) -> bool| {
            piece.as_deref().is_some_and(|p| like(looks::affinity(p)))
        };
        let named = |e: &str| looks::first_affinity(e) >= 3 && !looks::is_generic(e);
        parts.employer.as_deref().is_some_and(named)
            && sure(&parts.title, |a| a <= -3)
            && sure(&parts.employer, |a| a >= 3)
    })
}

/// The job title alone.
///
/// Decoded and squashed; status notes around it, requisition numbers, the employer repeated in it,
/// a branch after a dash and a place at its end go; notes at its beginning or inside it stay
/// (`Part-Time Librarian`); words all in capitals become title case, acronyms stay, and `Ii` is a rank
/// again. At most 300
/// characters; never empty where `title` has a letter.
pub fn clean(title: &str, employer: Option<&str>, drop: &[String]) -> String {
    let squashed = summary(&decode(title), LONGEST_TITLE);
    let line = prefixes::without_prefixes(&squashed, drop);
    let bare = notes::without_notes(line, employer.filter(|name| name.len() <= LONGEST_LINE));
    let bare = notes::without_inner_codes(bare);
    // A title of nothing but notes is better than none.
    let title = if bare.contains(char::is_alphanumeric) { bare } else { squashed };
    case::ranked(case::calm(title.trim()))
}
