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
    let mut end = 0;
    while let Some(c) = char_at(text, end) {
        let start = end;
        end += c.len_utf8();
        let class = class(c);
        if matches!(class, Class::Digit | Class::Letter) {
            while let Some(next) = char_at(text, end).filter(|next| self::class(*next) == class) {
                end += next.len_utf8();
            }
        }
        let text = &text[start..end];
        let kind = match class {
            Class::Space => {
                spaced = true;
                continue;
            }
            Class::Digit => Kind::Number(text.parse().unwrap_or(u64::MAX)),
            Class::Letter => Kind::Word,
            Class::Other => Kind::Sign(c),
        };
        out.push(Token { text, start, kind, spaced });
        spaced = false;
    }
    out
}

/// The character that begins at `at`. Nearly all are ASCII, which need not be decoded.
fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at)? {
        byte if byte.is_ascii() => Some(char::from(*byte)),
        _ => text[at..].chars().next(),
    }
}

#[derive(PartialEq, Clone, Copy)]
enum Class {
    Digit,
    Letter,
    Space,
    Other,
}

fn class(c: char) -> Class {
    if c.is_ascii_digit() {
        Class::Digit
    } else if c.is_alphabetic() {
        Class::Letter
    } else if c.is_whitespace() {
        Class::Space
    } else {
        Class::Other
    }
}

/// Names of months in English, French, German, Spanish, Italian, Dutch, Portuguese and the languages of
/// Scandinavia, and their usual short forms. Words that are common in running text (Spanish `ago`,
/// Italian `mag`) are left out.
const MONTHS: [&[&str]; 12] = [
    &[
        "january", "jan", "janvier", "janv", "januar", "jänner", "enero", "ene", "gennaio", "januari",
        "janeiro",
    ],
    &[
        "february",
        "feb",
        "février",
        "fevrier",
        "févr",
        "fév",
        "februar",
        "febrero",
        "febbraio",
        "februari",
        "fevereiro",
    ],
    &["march", "mar", "mars", "märz", "mär", "maerz", "marzo", "maart", "março", "marts"],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile"],
    &["may", "mai", "mayo", "maggio", "mei", "maio", "maj"],
    &["june", "jun", "juin", "juni", "junio", "giugno", "junho"],
    &["july", "jul", "juillet", "juil", "juli", "julio", "luglio", "julho"],
    &["august", "aug", "août", "aout", "agosto", "augustus", "augusti"],
    &["september", "sept", "sep", "septembre", "septiembre", "setiembre", "settembre", "setembro"],
    &["october", "oct", "octobre", "oktober", "okt", "octubre", "ottobre", "outubro"],
    &["november", "nov", "novembre", "noviembre", "novembro"],
    &[
        "december",
        "dec",
        "décembre",
        "decembre",
        "déc",
        "dezember",
        "dez",
        "diciembre",
        "dic",
        "dicembre",
        "dezembro",
        "desember",
    ],
];

/// The longest of [`MONTHS`], in characters.
const LONGEST_MONTH: usize = 10;

/// The month that a word names, 1 to 12.
pub(super) fn month(word: &str) -> Option<u32> {
    // All names begin with one of these letters, and none of other scripts becomes one of them.
    if !word.starts_with(|first: char| {
        matches!(first.to_ascii_lowercase(), 'j' | 'f' | 'm' | 'a' | 'e' | 's' | 'o' | 'n' | 'd' | 'g' | 'l')
    }) {
        return None;
    }
    if word.is_ascii() {
        return number_of(|name| name.eq_ignore_ascii_case(word));
    }
    let mut lower = String::with_capacity(word.len());
    for (count, c) in word.chars().enumerate() {
        if count == LONGEST_MONTH {
            return None;
        }
        lower.extend(c.to_lowercase());
    }
    number_of(|name| name == lower)
}

/// The number of the month of which a name is such.
fn number_of(is_such: impl Fn(&str) -> bool) -> Option<u32> {
    let row = MONTHS.iter().position(|names| names.iter().any(|name| is_such(name)))?;
    u32::try_from(row + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_months_are_known_in_any_case() {
        for (number, names) in (1..).zip(MONTHS) {
            for name in names {
                assert!(name.chars().count() <= LONGEST_MONTH, "{name}");
                assert_eq!(month(name), Some(number), "{name}");
                assert_eq!(month(&name.to_uppercase()), Some(number), "{name}");
            }
        }
        for word in ["maybe", "éclair", "", "ſeptember", "Mаy", "fevralya"] {
            assert_eq!(month(word), None, "{word}");
        }
    }

    #[test]
    fn tokens_are_runs_in_any_script() {
        let pieces: Vec<_> =
            tokens("1er\u{a0}août–2026, c’est 12٣é").into_iter().map(|t| (t.text, t.spaced)).collect();
        let wanted = [
            ("1", false),
            ("er", false),
            ("août", true),
            ("–", false),
            ("2026", false),
            (",", false),
            ("c", true),
            ("’", false),
            ("est", false),
            ("12", true),
            ("٣", false),
            ("é", false),
        ];
        assert_eq!(pieces, wanted);
    }
}
