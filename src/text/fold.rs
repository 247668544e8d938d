//! Text in, words to compare by out.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::STEP;

/// Words to compare by: lower case, no accents, `&` as `and`, words of letters and digits with one
/// space between them. An apostrophe inside a word goes without a trace (`children's`, `childrens`).
pub fn fold(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len() + STEP);
    fold_onto(&mut out, text);
    String::from_utf8(out).expect("only whole characters are written")
}

/// Appends to `out` what [`fold`] makes of `text`, with nothing between what was there and it.
///
/// Most of any text is ASCII, which is folded in steps of sixteen bytes: what is no letter or digit
/// becomes a space, until something comes that needs another rule.
pub(crate) fn fold_onto(out: &mut Vec<u8>, text: &str) {
    let start = out.len();
    let bytes = text.as_bytes();
    let (mut at, mut spaced) = (0, true);
    while at < bytes.len() {
        let (folded, length) = fold_step(next_step(&bytes[at..]), spaced);
        out.extend_from_slice(&folded);
        out.truncate(out.len() - STEP + length);
        at += length;
        if length > 0 {
            spaced = folded[length - 1] == b' ';
        }
        if length == STEP {
            continue;
        }
        if bytes.get(at) == Some(&b'&') {
            spaced = fold_char('&', out, spaced);
        }
        if bytes.get(at).is_none_or(u8::is_ascii) {
            // What is passed but for an `&` is an apostrophe, or a space after a space.
            at += 1;
            continue;
        }
        for c in text[at..].chars().take_while(|c| !c.is_ascii()) {
            spaced = fold_letter(c, out, spaced);
            at += c.len_utf8();
        }
    }
    if spaced && out.len() > start {
        out.pop();
    }
}

/// The next bytes of a text; spaces stand for those that it lacks.
fn next_step(text: &[u8]) -> [u8; STEP] {
    text.first_chunk().copied().unwrap_or_else(|| {
        let mut step = [b' '; STEP];
        step[..text.len()].copy_from_slice(text);
        step
    })
}

/// Folds the first bytes of a step, and says how many they are: those before an apostrophe, an `&`, a
/// character that is not ASCII, or a second space. `spaced` says whether no space is wanted at first.
///
/// All bytes are folded in any case, so that a processor's vectors can do it.
fn fold_step(step: [u8; STEP], spaced: bool) -> ([u8; STEP], usize) {
    let (mut folded, mut spaces, mut special) = ([0; STEP], [0; STEP], [0; STEP]);
    for (at, byte) in step.into_iter().enumerate() {
        // The bit between the cases is set in each digit.
        folded[at] = if byte.is_ascii_alphanumeric() { byte | 0x20 } else { b' ' };
        spaces[at] = set(!byte.is_ascii_alphanumeric());
        special[at] = set((byte == b'\'') | (byte == b'&') | !byte.is_ascii());
    }
    let spaces = u128::from_le_bytes(spaces);
    let after_space = spaces << 8 | u128::from(set(spaced));
    let stops = u128::from_le_bytes(special) | spaces & after_space;
    (folded, stops.trailing_zeros() as usize / 8)
}

/// All bits of a byte, or none.
fn set(yes: bool) -> u8 {
    if yes { 0xFF } else { 0 }
}

/// Folds a character that is not ASCII onto `out`; `spaced` says whether no space is wanted before the
/// next word, and so does what comes back.
fn fold_letter(c: char, out: &mut Vec<u8>, spaced: bool) -> bool {
    // Dashes, quotation marks, bullets and no-break spaces, common in any text, decompose to nothing
    // that counts.
    if matches!(c, '\u{A0}' | '\u{2000}'..='\u{206F}') {
        return fold_char(c, out, spaced);
    }
    let decomposed = std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c));
    decomposed.fold(spaced, |spaced, c| fold_char(c, out, spaced))
}

/// Folds one character, decomposed.
fn fold_char(c: char, out: &mut Vec<u8>, spaced: bool) -> bool {
    match c {
        '\'' | '’' | '‘' | '\u{AD}' | '\u{200B}' => spaced,
        '&' => {
            out.extend_from_slice(&b" and "[usize::from(spaced)..]);
            true
        }
        // No letter is among the marks and spaces of U+2000, which come before all others.
        c if !matches!(c, '\u{2000}'..='\u{206F}') && c.is_alphanumeric() => {
            c.to_lowercase().for_each(|c| out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()));
            false
        }
        _ => {
            if !spaced {
                out.push(b' ');
            }
            true
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folding_leaves_words() {
        assert_eq!(fold("Children’s  Librarian & Café"), "childrens librarian and cafe");
        assert_eq!(fold("R&D"), "r and d");
        assert_eq!(fold("--"), "");
    }

    /// The same, a character at a time, without steps.
    fn slowly(text: &str) -> String {
        let mut words = String::new();
        for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
            match c {
                '&' => words.push_str(" and "),
                '\'' | '’' | '‘' | '\u{AD}' | '\u{200B}' => {}
                c if c.is_alphanumeric() => words.extend(c.to_lowercase()),
                _ => words.push(' '),
            }
        }
        words.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn steps_change_nothing(text in "([a-z]{0,9}[-A-Z@\\[`{/:0-9 .&'’–éß“\t\u{7f}\u{10}]{0,3}){0,9}|\\PC*") {
            let expected = slowly(&text);
            prop_assert_eq!(fold(&text), expected.as_str());
            let mut out = b"before".to_vec();
            fold_onto(&mut out, &text);
            prop_assert_eq!(&out[6..], expected.as_bytes());
        }
    }
}
