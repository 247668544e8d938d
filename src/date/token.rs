//! Text in, the pieces that dates are written with out: numbers, words and signs.

/// A run of digits, a run of letters, or one other character. White space makes no token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub text: &'a str,
    /// Where `text` begins, in bytes.
    pub start: usize,
    pub kind: Kind,
    /// Whether white space stands before it.
    pub spaced: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Its value; one too large for any date is `u64::MAX`.
    Number(u64),
    Word,
    Sign(char),
}

impl Token<'_> {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// The value of a number of at least `min` and at most `max` digits.
    pub fn number(&self, min: usize, max: usize) -> Option<u32> {
        match self.kind {
            Kind::Number(value) if (min..=max).contains(&self.text.len()) => u32::try_from(value).ok(),
            _ => None,
        }
    }

    pub fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    pub fn word(&self) -> Option<&str> {
        (self.kind == Kind::Word).then_some(self.text)
    }

    /// Whether it is one of `words`, which are in lower case.
    pub fn is_word(&self, words: &[&str]) -> bool {
        self.word().is_some_and(|word| words.iter().any(|w| word.eq_ignore_ascii_case(w)))
    }
}

pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out: Vec<Token<'_>> = Vec::with_capacity(text.len() / 5 + 1);
    let mut spaced = false;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        let class = class(c);
        let mut end = start + c.len_utf8();
        if class != Class::Other {
            while let Some((at, next)) = chars.next_if(|(_, next)| self::class(*next) == class) {
                end = at + next.len_utf8();
            }
        }
        let text = &text[start..end];
        let kind = match class {
            Class::Digit => Kind::Number(text.parse().unwrap_or(u64::MAX)),
            Class::Letter => Kind::Word,
            Class::Other => Kind::Sign(c),
        };
        out.push(Token { text, start, kind, spaced });
        spaced = false;
    }
    out
}

#[derive(PartialEq, Clone, Copy)]
enum Class {
    Digit,
    Letter,
    Other,
}

fn class(c: char) -> Class {
    if c.is_ascii_digit() {
        Class::Digit
    } else if c.is_alphabetic() {
        Class::Letter
    } else {
        Class::Other
    }
}

/// Names of months in English, French, German and Spanish, and their usual short forms. Words that
/// are common in running text (Spanish `ago`) are left out.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "janvier", "janv", "januar", "jänner", "enero", "ene"],
    &["february", "feb", "février", "fevrier", "févr", "fév", "februar", "febrero"],
    &["march", "mar", "mars", "märz", "mär", "maerz", "marzo"],
    &["april", "apr", "avril", "avr", "abril", "abr"],
    &["may", "mai", "mayo"],
    &["june", "jun", "juin", "juni", "junio"],
    &["july", "jul", "juillet", "juil", "juli", "julio"],
    &["august", "aug", "août", "aout", "agosto"],
    &["september", "sept", "sep", "septembre", "septiembre", "setiembre"],
    &["october", "oct", "octobre", "oktober", "okt", "octubre"],
    &["november", "nov", "novembre", "noviembre"],
    &["december", "dec", "décembre", "decembre", "déc", "dezember", "dez", "diciembre", "dic"],
];

/// The longest of [`MONTHS`], in characters.
const LONGEST_MONTH: usize = 10;

/// The month that a word names, 1 to 12.
pub(super) fn month(word: &str) -> Option<u32> {
    let mut lower = String::with_capacity(word.len());
    for (count, c) in word.chars().enumerate() {
        if count == LONGEST_MONTH {
            return None;
        }
        lower.extend(c.to_lowercase());
    }
    let row = MONTHS.iter().position(|names| names.contains(&lower.as_str()))?;
    u32::try_from(row + 1).ok()
}
