//! A text and a place in it in, the words around the place out, as far as a rule looks.

use super::phrases::ends_with;

/// The text before `at`: at most `bytes`, and not beyond the sentence or line.
pub(in crate::normalize) fn before(text: &str, at: usize, bytes: usize) -> &str {
    let window = &text[text.ceil_char_boundary(at.saturating_sub(bytes))..at];
    &window[last_break(window)..]
}

/// The text before `at`: at most `bytes`, and not beyond the line.
pub(in crate::normalize) fn line_before(text: &str, at: usize, bytes: usize) -> &str {
    let window = &text[text.ceil_char_boundary(at.saturating_sub(bytes))..at];
    &window[window.rfind('\n').map_or(0, |end| end + 1)..]
}

/// The text from `at` on: at most `bytes`, and not beyond the sentence or line.
pub(in crate::normalize) fn after(text: &str, at: usize, bytes: usize) -> &str {
    let window = ahead(text, at, bytes);
    let end = breaks(window).next().unwrap_or(window.len());
    &window[..end]
}

/// The text from `at` on: at most `bytes`, and not beyond the sentence, but into the lines below.
pub(in crate::normalize) fn below(text: &str, at: usize, bytes: usize) -> &str {
    let window = ahead(text, at, bytes);
    let end = breaks(window).find(|end| window.as_bytes()[*end] != b'\n').unwrap_or(window.len());
    &window[..end]
}

/// The text from `at` on: at most `bytes`, whatever is in it.
pub(in crate::normalize) fn ahead(text: &str, at: usize, bytes: usize) -> &str {
    &text[at..text.floor_char_boundary(at.saturating_add(bytes))]
}

/// The sentence or line that holds `start..end`, at most `bytes` to either side.
pub(in crate::normalize) fn around(text: &str, start: usize, end: usize, bytes: usize) -> &str {
    &text[start - before(text, start, bytes).len()..end + after(text, end, bytes).len()]
}

fn last_break(window: &str) -> usize {
    breaks(window).next_back().map_or(0, |at| at + 1)
}

/// Where sentences and lines end. A full stop ends a sentence if white space follows and it does
/// not end an abbreviation: a word of at most three letters before it (`Jan. 5`, `No. 7`), or a
/// number's (`1. Mai`).
fn breaks(window: &str) -> impl DoubleEndedIterator<Item = usize> + '_ {
    let bytes = window.as_bytes();
    bytes.iter().enumerate().filter_map(move |(at, byte)| {
        let spaced = || bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
        let ends = match byte {
            b'\n' => true,
            b'!' | b'?' | b';' => spaced(),
            b'.' => spaced() && !is_abbreviation(&bytes[..at]),
            _ => false,
        };
        ends.then_some(at)
    })
}

/// Whether the word before a full stop is short, or ends in full stops of its own (`p.m.`).
fn is_abbreviation(before: &[u8]) -> bool {
    let word = before.iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
    let starts_low = before.len() > word && before[before.len() - word - 1] == b'.';
    match word {
        0 => {
            before.last().is_some_and(u8::is_ascii_digit) && {
                let digits = before.iter().rev().take_while(|b| b.is_ascii_digit()).count();
                digits <= 2
            }
        }
        1 | 2 => true,
        _ => {
            word < 5 && starts_low
                || SHORTENED.iter().any(|short| short.len() == word && ends_with(before, short.as_bytes()))
        }
    }
}

/// Abbreviations of three letters and more that dates and pay are written with.
const SHORTENED: [&str; 17] = [
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "hrs", "min",
    "max", "approx",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_end_with_the_sentence() {
        let text = "First one. Closes Jan. 5 at 5 p.m. sharp, é. Then more";
        let at = text.find("Closes").expect("the word is there");
        assert_eq!(before(text, at, 100), " ");
        assert_eq!(after(text, at, 100), "Closes Jan. 5 at 5 p.m. sharp, é");
        assert_eq!(around(text, at, at + 6, 8), " Closes Jan. 5 ");
        assert_eq!(ahead("éé", 0, 3), "é");
        let text = "for approx. 20 hours in the dept. Then more";
        assert_eq!(after(text, 0, 100), "for approx. 20 hours in the dept");
    }
}
