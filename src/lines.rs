//! Plain text in, its lines out: text, or items of lists. Markdown and text without markup, as people
//! paste them into forms, are read by the same rules.

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    Blank,
    Text(&'a str),
    /// An item of a list, without its mark.
    Bullet {
        inner: bool,
        text: &'a str,
    },
    /// An item of a numbered list, without its number.
    Number {
        number: u32,
        text: &'a str,
    },
}

/// The lines of a text; also those that Unicode's line and paragraph separators end, which word
/// processors leave behind.
pub(crate) fn split(text: &str) -> impl Iterator<Item = &str> + Clone {
    text.split(['\n', '\u{2028}', '\u{2029}', '\u{B}', '\u{C}'])
        .flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// Signs that are bullets wherever they begin a line.
const BULLETS: [char; 17] =
    ['•', '●', '∙', '▪', '■', '◾', '◼', '‣', '⦁', '➢', '➤', '►', '▶', '✓', '✔', '❖', '✦'];

/// Bullets of inner lists.
const INNER: [char; 5] = ['○', '◦', '▫', '□', '⁃'];

/// Signs that are bullets before white space only.
const DASHES: [char; 7] = ['-', '–', '—', '*', '+', '·', '§'];

/// What `line` is.
pub(crate) fn classify(line: &str) -> Line<'_> {
    let line = line.trim();
    let mut chars = line.chars();
    let Some(first) = chars.next() else {
        return Line::Blank;
    };
    let rest = chars.as_str();
    let text = rest.trim_start();
    let spaced = text.len() < rest.len();
    let bullet = |inner| if text.is_empty() { Line::Blank } else { Line::Bullet { inner, text } };
    match first {
        // Word's Symbol and Wingdings, whose signs have no place in Unicode.
        '\u{F000}'..='\u{F0FF}' => bullet(false),
        c if BULLETS.contains(&c) => bullet(false),
        c if INNER.contains(&c) => bullet(true),
        'o' if rest.starts_with(['\t', '\u{A0}']) || rest.starts_with("  ") => bullet(true),
        'o' if spaced && text.starts_with(char::is_uppercase) => bullet(true),
        c if DASHES.contains(&c) && spaced && !text.is_empty() => bullet(false),
        '-' => dashed(rest).map_or(Line::Text(line), |text| Line::Bullet { inner: false, text }),
        '0'..='9' => numbered(line).unwrap_or(Line::Text(line)),
        _ => Line::Text(line),
    }
}

/// The text after a dash that stands right before a word, `-Shelving` or `-- Shelving`; `-or-` is
/// between dashes.
fn dashed(rest: &str) -> Option<&str> {
    let text = rest.strip_prefix('-').unwrap_or(rest).trim_start();
    (text.starts_with(char::is_alphabetic) && !text.ends_with('-')).then_some(text)
}

/// `1. text`, `1) text`, `1)Text`, `1.) text`.
fn numbered(line: &str) -> Option<Line<'_>> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 2 {
        return None;
    }
    let number = line[..digits].parse().ok()?;
    let mark = &line[digits..];
    let rest =
        mark.strip_prefix(".)").or_else(|| mark.strip_prefix(')')).or_else(|| mark.strip_prefix('.'))?;
    let text = rest.trim_start();
    let fits = text.len() < rest.len() || mark.starts_with(')') && text.starts_with(char::is_alphabetic);
    (fits && !text.is_empty()).then_some(Line::Number { number, text })
}

/// The longest line that a program that wraps lines leaves, in characters.
const WIDEST: usize = 120;
/// Shorter lines are not wrapped but written.
const NARROWEST: usize = 40;

/// Whether a text may have been wrapped by a program: then no line of more than one word is long.
pub(crate) fn may_be_wrapped(text: &str) -> bool {
    split(text)
        .all(|line| line.len() <= WIDEST || line.chars().count() <= WIDEST || !line.trim().contains(' '))
}

/// Whether a line may have ended because no more words went into it.
pub(crate) fn may_be_full(line: &str) -> bool {
    (NARROWEST..=WIDEST).contains(&line.trim().chars().count())
}

/// Whether the line ends of a paragraph mean nothing: each line was filled with as many words as went
/// into it.
pub(crate) fn is_wrapped(paragraph: &[&str]) -> bool {
    let widths = || paragraph.iter().map(|line| line.trim().chars().count());
    let width = widths().max().unwrap_or(0);
    (NARROWEST..=WIDEST).contains(&width)
        && widths().zip(paragraph.iter().skip(1)).all(|(here, next)| {
            let word = next.split_whitespace().next().map_or(0, |word| word.chars().count());
            here + 1 + word > width
        })
}

/// Whether a line goes on with the item above it.
pub(crate) fn continues(line: &str) -> bool {
    let text = line.trim_start();
    line.len() - text.len() >= 2 || text.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_counts() {
        let lines: Vec<_> = split("a\r\nb\rc\u{2028}d\n\ne").collect();
        assert_eq!(lines, ["a", "b", "c", "d", "", "e"]);
    }
}
