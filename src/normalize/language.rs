//! What a document says of its language, and a text, in, a BCP 47 language tag out.
//!
//! A text's language is known by its script, or by the little words that every sentence of a language
//! has. A text that is too short, or in which two languages stand, is of no language that is known.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::posting::How;

/// Words of a text that are looked at, at most.
const WORDS: usize = 300;

/// A text of fewer words tells nothing for sure.
const FEWEST: usize = 12;

/// Of hundred words of a text so many must be little words of its language: prose has three times as many,
/// a list of duties half of that.
const PER_HUNDRED: usize = 10;

/// Of the letters at the beginning of a text so many are looked at for their script.
const LETTERS: usize = 600;

/// Languages and words of them that are frequent in prose, none of which is a frequent word of another
/// meaning in job advertisements. A word may belong to several languages.
const LITTLE_WORDS: [(&str, &str); 12] = [
    (
        "en",
        "the and of a to in for with is are will be this that or as by on an at from have our you \
         your we their other which not all may must such about who has can into no if but was were \
         been new through",
    ),
    (
        "de",
        "der die das und ist sind für mit von zu im in den dem des ein eine einer einem einen auf \
         bei wir sie ihre als auch oder werden wird sowie nach über zum zur nicht durch",
    ),
    (
        "fr",
        "le la les des du de et est sont pour avec dans un une sur au aux par en vous nous votre \
         notre ou qui que ce cette ses plus sera être il elle",
    ),
    (
        "es",
        "el la los las de del y en un una para con por que es son se su sus al como o más será este \
         esta ser no lo así nuestra nuestro sobre entre desde",
    ),
    (
        "it",
        "il lo la gli le di del della dei delle e è sono per con nel nella un una che al alla da \
         dal si come o anche più sarà non questo questa essere",
    ),
    (
        "pt",
        "o a os as de do da dos das e em no na nos nas um uma para com por que é são se ao à como \
         ou mais será não este esta ser pelo pela",
    ),
    (
        "nl",
        "de het een en van in is zijn voor met op aan bij wij je jij jouw u uw als ook of te naar \
         door dat die deze wordt niet onze over tot ben",
    ),
    (
        "ca",
        "el la els les de del dels i en un una per amb que és són se al als com o més serà aquest \
         aquesta ser no d'una dels pel",
    ),
    (
        "sv",
        "och att det som en ett för med är av på till i den har du vi om inte eller kan från vår \
         ska samt hos din vid",
    ),
    (
        "da",
        "og at det som en et for med er af på til i den har du vi om ikke eller kan fra vores skal \
         samt hos din ved",
    ),
    (
        "nb",
        "og å det som en et for med er av på til i den har du vi om ikke eller kan fra vår skal \
         samt hos din ved",
    ),
    (
        "fi",
        "ja on ei se että joka tai kuin sekä myös ovat sen mukaan kanssa olla voi jotka tämä hän \
         olet",
    ),
];

/// The words by language, a bit for each in the order of [`LITTLE_WORDS`].
static TABLE: LazyLock<HashMap<&str, u16>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for (number, (_, words)) in LITTLE_WORDS.iter().enumerate() {
        words.split(' ').for_each(|word| *table.entry(word).or_default() |= 1 << number);
    }
    table
});

/// Languages by the names that boards give instead of a tag.
const NAMES: [(&str, &str); 16] = [
    ("english", "en"),
    ("anglais", "en"),
    ("englisch", "en"),
    ("french", "fr"),
    ("français", "fr"),
    ("francais", "fr"),
    ("german", "de"),
    ("deutsch", "de"),
    ("spanish", "es"),
    ("español", "es"),
    ("espanol", "es"),
    ("italian", "it"),
    ("italiano", "it"),
    ("portuguese", "pt"),
    ("dutch", "nl"),
    ("nederlands", "nl"),
];

/// The language of an entry, and how it is known: as its document states it, else as its text shows it.
pub fn read(stated: Option<&str>, text: &str) -> Option<(String, How)> {
    let stated = stated.and_then(tag).map(|tag| (tag, How::Stated));
    stated.or_else(|| detect(text).map(|tag| (tag.to_owned(), How::Derived)))
}

/// The tag that a document means (RFC 5646, in the case that its section 2.1.1 recommends): `en-us`,
/// `en_US.UTF-8` and `English` are `en-US`, `en-US` and `en`. `None` for what names no language.
pub fn tag(stated: &str) -> Option<String> {
    let stated = stated.trim();
    let lower = stated.to_lowercase();
    if let Some((_, tag)) = NAMES.iter().find(|(name, _)| *name == lower) {
        return Some((*tag).to_owned());
    }
    let end = stated.find(['.', '@', ',', ';']).unwrap_or(stated.len());
    let mut parts = stated[..end].split(['-', '_']);
    let language = parts.next().filter(|part| (2..=3).contains(&part.len()))?.to_ascii_lowercase();
    // ISO 639-2's codes for what is undetermined, several, uncoded or no language.
    let names_none = matches!(language.as_str(), "und" | "mul" | "mis" | "zxx");
    if names_none || !language.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let mut tag = language;
    for part in parts {
        if !(1..=8).contains(&part.len()) || !part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        tag.push('-');
        let part = part.to_ascii_lowercase();
        match part.len() {
            2 => tag.push_str(&part.to_ascii_uppercase()),
            4 if part.starts_with(|first: char| first.is_ascii_alphabetic()) => {
                tag.push_str(&part[..1].to_ascii_uppercase());
                tag.push_str(&part[1..]);
            }
            _ => tag.push_str(&part),
        }
    }
    Some(tag)
}

/// The language that a plain text is in.
pub fn detect(text: &str) -> Option<&'static str> {
    by_script(text).unwrap_or_else(|| by_words(text))
}

/// The language of a script that is not Latin, or `Some(None)` for one that several languages have;
/// `None` for a text in Latin letters.
fn by_script(text: &str) -> Option<Option<&'static str>> {
    // Most texts are ASCII at their beginning, which needs no look at each letter.
    let start = &text[..text.floor_char_boundary(LETTERS)];
    if start.is_ascii() {
        return None;
    }
    let (mut letters, mut kana, mut other) = (0, 0, [0_usize; 8]);
    let mut ukrainian = false;
    let mut persian = false;
    for c in start.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        ukrainian |= matches!(c, 'і' | 'ї' | 'є' | 'ґ');
        persian |= matches!(c, 'پ' | 'چ' | 'گ' | 'ژ');
        match c {
            '\u{3040}'..='\u{30FF}' => kana += 1,
            '\u{3400}'..='\u{9FFF}' => other[0] += 1,
            '\u{AC00}'..='\u{D7AF}' => other[1] += 1,
            '\u{0400}'..='\u{052F}' => other[2] += 1,
            '\u{0370}'..='\u{03FF}' => other[3] += 1,
            '\u{0590}'..='\u{05FF}' => other[4] += 1,
            '\u{0600}'..='\u{06FF}' => other[5] += 1,
            '\u{0E00}'..='\u{0E7F}' => other[6] += 1,
            _ => {}
        }
    }
    other[0] += kana;
    let (script, most) = other.iter().enumerate().max_by_key(|(_, count)| **count)?;
    // Names and addresses in Latin letters stand in any text.
    if *most * 2 < letters || *most < FEWEST {
        return None;
    }
    Some(match script {
        0 => Some(if kana * 10 > *most { "ja" } else { "zh" }),
        1 => Some("ko"),
        2 if ukrainian => Some("uk"),
        2 if start.contains(['ы', 'э', 'ё']) => Some("ru"),
        3 => Some("el"),
        4 => Some("he"),
        5 => Some(if persian { "fa" } else { "ar" }),
        6 => Some("th"),
        _ => None,
    })
}

/// The language whose little words the text has most of, if it has enough, and clearly more of them
/// than of any other's.
fn by_words(text: &str) -> Option<&'static str> {
    let mut counts = [0_usize; LITTLE_WORDS.len()];
    let mut words = 0;
    let is_part = |c: char| c.is_alphabetic() || c == '\'' || c == '’';
    for word in text.split(|c| !is_part(c)).filter(|word| !word.is_empty()).take(WORDS) {
        words += 1;
        let mut known = TABLE.get(word).copied().unwrap_or_default();
        while known != 0 {
            counts[known.trailing_zeros() as usize] += 1;
            known &= known - 1;
        }
    }
    let (best, most) = counts.iter().enumerate().max_by_key(|(at, count)| (**count, usize::MAX - at))?;
    let second = counts.iter().enumerate().filter(|(at, _)| *at != best).map(|(_, count)| *count).max()?;
    let is_clear = words >= FEWEST && most * 100 >= words * PER_HUNDRED && most * 2 >= second * 3;
    is_clear.then_some(LITTLE_WORDS[best].0)
}
