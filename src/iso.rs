//! Codes and names of countries and their subdivisions in (ISO 3166), names and codes out.
//!
//! Countries are ISO 3166-1 alpha-2 codes (`US`), subdivisions ISO 3166-2 codes (`US-NY`). Names lead
//! to the subdivisions that feeds are cut by, the upper ones: counties of England to `GB-ENG`, of
//! Ireland to their province, départements to their region. The territories of the United States
//! that ISO 3166-1 lists as countries too (`PR`, `GU`, `VI`, `AS`, `MP`, `UM`) are given as
//! subdivisions (`US-PR`) of the country `US`, as boards write them.
//!
//! The tables are `data/countries.tsv`, `data/regions.tsv` and `data/spellings.tsv`; English names
//! are those of GeoNames (CC BY 4.0, see `data/ATTRIBUTION.md`).

mod first;

use std::sync::LazyLock;

use xxhash_rust::xxh3::xxh3_64;

use self::first::FirstWords;
use crate::text;

static COUNTRIES: &str = include_str!("../data/countries.tsv");
static REGIONS: &str = include_str!("../data/regions.tsv");
static SPELLINGS: &str = include_str!("../data/spellings.tsv");

/// Territories that are countries in ISO 3166-1 and subdivisions in ISO 3166-2.
const TERRITORIES: [&str; 6] = ["AS", "GU", "MP", "PR", "UM", "VI"];

/// Countries whose abbreviations for subdivisions may stand alone, in the order in which they are
/// tried: `WA` is Washington before it is Western Australia, `NT` the Northwest Territories.
const ABBREVIATING: [&str; 5] = ["US", "CA", "AU", "GB", "NZ"];

/// A table's rows, sorted by code, and its names and codes as hashes with the row that each leads to:
/// names as hashes of their keys, which are in small letters, codes in capitals.
#[derive(Default)]
struct Index {
    rows: Vec<Row>,
    names: Vec<(u64, u32)>,
    /// Where in `names` the hashes begin that have these upper bits.
    starts: Vec<u32>,
    firsts: FirstWords,
}

/// The upper bits of a hash that lead to its names: a few have the same.
const START_BITS: u32 = 12;

struct Row {
    code: &'static str,
    name: &'static str,
    /// The subdivision that names lead to in its stead; itself for most.
    upper: &'static str,
}

static COUNTRY_INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index::default();
    for fields in table(COUNTRIES) {
        let row = index.rows.len() as u32;
        index.rows.push(Row { code: fields[0], name: fields[1], upper: fields[0] });
        index.add(fields[1], row);
        fields[2].split('|').for_each(|other| index.add(other, row));
    }
    index.sort();
    index
});

static REGION_INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index::default();
    let rows: Vec<_> = table(REGIONS).collect();
    let uppers: Vec<_> = rows.iter().map(|fields| fields[2]).collect();
    for (row, fields) in rows.iter().enumerate() {
        // Two steps at most (ISO nests no deeper); the upper row's own upper is looked up once.
        let upper = if fields[2].is_empty() { fields[0] } else { fields[2] };
        let above = rows.binary_search_by_key(&upper, |f| f[0]).map_or("", |at| uppers[at]);
        let upper = if above.is_empty() { upper } else { above };
        index.rows.push(Row { code: fields[0], name: fields[1], upper });
        index.add(fields[1], row as u32);
        fields[3].split('|').for_each(|other| index.add(other, row as u32));
    }
    for fields in table(SPELLINGS) {
        let row = index.rows.binary_search_by_key(&fields[0], |row| row.code);
        let row = row.expect("spellings.tsv names codes of regions.tsv") as u32;
        fields[1].split('|').for_each(|other| index.add(other, row));
    }
    index.sort();
    index
});

/// The rows of a table; missing fields at the end are empty.
fn table(text: &'static str) -> impl Iterator<Item = [&'static str; 4]> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut fields = line.split('\t');
        std::array::from_fn(|_| fields.next().unwrap_or(""))
    })
}

impl Index {
    fn add(&mut self, name: &str, row: u32) {
        if !name.is_empty() {
            let key = key(name);
            self.names.push((hash(&key), row));
            self.firsts.add(&key);
        }
    }

    fn sort(&mut self) {
        for (at, row) in (0..).zip(&self.rows) {
            self.names.push((hash(row.code), at));
            // Of `US-NY` the end stands for the region as well.
            row.code.split('-').for_each(|part| self.firsts.add(part));
        }
        KINDS_BEFORE.iter().for_each(|kind| self.firsts.add(kind));
        self.names.sort_unstable();
        self.names.dedup();
        let mut from = 0;
        for upper in 0..1 << START_BITS {
            let before = |(hash, _): &&(u64, u32)| hash >> (64 - START_BITS) < upper;
            from += self.names[from..].iter().take_while(before).count();
            self.starts.push(from as u32);
        }
    }

    fn row(&self, code: &str) -> Option<&Row> {
        self.named(code).find(|row| row.code == code)
    }

    fn named(&self, key: &str) -> impl Iterator<Item = &Row> + Clone {
        let hash = hash(key);
        let from = self.starts[(hash >> (64 - START_BITS)) as usize] as usize;
        self.names[from..]
            .iter()
            .skip_while(move |(other, _)| *other < hash)
            .take_while(move |(other, _)| *other == hash)
            .map(|(_, row)| &self.rows[*row as usize])
    }
}

/// Whether the first word of a text may be that of a country's or subdivision's name or code: a quick
/// answer without the text's [`key`], which is wrong only for some that are none.
pub(crate) fn may_begin_name(text: &str) -> bool {
    let length = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    // Initials go on with the next word; letters beyond ASCII and apostrophes with this one.
    if length < 2 || text[length..].starts_with(|c: char| !c.is_ascii() || c == '\'') {
        return true;
    }
    let word = shortened(&text[..length]);
    word.eq_ignore_ascii_case("the") || COUNTRY_INDEX.firsts.has(word) || REGION_INDEX.firsts.has(word)
}

pub(crate) fn hash(key: &str) -> u64 {
    xxh3_64(key.as_bytes())
}

/// The words that a place's name is compared by: folded (no case, no accents), initials joined
/// (`N.Y.` is `ny`), `Saint`, `Mount` and `Fort` shortened, no leading `The`.
pub(crate) fn key(name: &str) -> String {
    let folded = if is_plain(name) { name.to_ascii_lowercase() } else { text::fold(name) };
    let changes =
        |word: &[u8]| word.len() < 2 || matches!(word, b"the" | b"saint" | b"sainte" | b"mount" | b"fort");
    if !folded.as_bytes().split(|byte| *byte == b' ').any(changes) {
        return folded;
    }
    let mut out = String::with_capacity(folded.len());
    let mut initials = false;
    for (at, word) in folded.split(' ').enumerate() {
        let word = match word {
            "the" if at == 0 && folded.len() > 3 => continue,
            word => shortened(word),
        };
        let single = word.len() == 1 && word.as_bytes()[0].is_ascii_alphabetic();
        if !(out.is_empty() || initials && single) {
            out.push(' ');
        }
        out.push_str(word);
        initials = single;
    }
    out
}

/// Whether a text is folded but for its capitals, as most names are: letters and digits of ASCII, and
/// single spaces between them.
fn is_plain(text: &str) -> bool {
    let mut gap = true;
    for byte in text.bytes() {
        let space = byte == b' ';
        if space && gap || !(space || byte.is_ascii_alphanumeric()) {
            return false;
        }
        gap = space;
    }
    !gap
}

/// Words that keys have in short.
const SHORTENED: [(&str, &str); 4] = [("saint", "st"), ("sainte", "st"), ("mount", "mt"), ("fort", "ft")];

/// The word as keys have it, in any case.
fn shortened(word: &str) -> &str {
    if !(4..=6).contains(&word.len()) {
        return word;
    }
    SHORTENED.iter().find(|(long, _)| word.eq_ignore_ascii_case(long)).map_or(word, |(_, short)| short)
}

/// Whether this is a country's ISO 3166-1 alpha-2 code, in capitals.
pub fn is_country(code: &str) -> bool {
    COUNTRY_INDEX.row(code).is_some()
}

/// Whether this is a subdivision's ISO 3166-2 code, in capitals: `US-NY`.
pub fn is_region(code: &str) -> bool {
    REGION_INDEX.row(code).is_some()
}

/// Codes (`US-NY`) and names of a country's subdivisions.
pub(crate) fn regions(country: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = &REGION_INDEX.rows;
    let from = rows.partition_point(|row| row.code < country);
    rows[from..].iter().take_while(move |row| row.code.starts_with(country)).map(|row| (row.code, row.name))
}

/// The country's English name.
pub fn country_name(code: &str) -> Option<&'static str> {
    COUNTRY_INDEX.row(code).map(|row| row.name)
}

/// The subdivision's English name, or its local one.
pub fn region_name(code: &str) -> Option<&'static str> {
    REGION_INDEX.row(code).map(|row| row.name)
}

/// The code of the country of a common name (`USA`, `U.S.`, `Deutschland`), or of its own code in
/// capitals.
pub fn country(name: &str) -> Option<&'static str> {
    let name = name.trim();
    country_of_code(name).or_else(|| country_by_key(&key(name)))
}

/// The country of a code in capitals.
pub(crate) fn country_of_code(code: &str) -> Option<&'static str> {
    let coded = code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
    if coded { known_country(code) } else { None }
}

pub(crate) fn country_by_key(key: &str) -> Option<&'static str> {
    if key == "us" {
        return Some("US");
    }
    COUNTRY_INDEX.named(key).next().map(|row| row.code)
}

/// The code of the subdivision of a name or abbreviation (`NY`, `N.Y.`, `New York State`, `Ont.`,
/// `State of Michigan`, `Co. Cork`), in `country` if one is given. Without a country, only what is
/// one subdivision's name alone, or one of the United States, Canada, Australia, the United Kingdom
/// or New Zealand before any other's.
pub fn region(name: &str, country: Option<&str>) -> Option<&'static str> {
    region_by_key(&key(name), country)
}

pub(crate) fn region_by_key(key: &str, country: Option<&str>) -> Option<&'static str> {
    let found = plain_region(key, country);
    found.or_else(|| stripped(key).and_then(|bare| plain_region(bare, country)))
}

fn plain_region(key: &str, country: Option<&str>) -> Option<&'static str> {
    if key.is_empty() {
        return None;
    }
    let countries = country.as_ref().map_or(&ABBREVIATING[..], std::slice::from_ref);
    if key.len() <= 3 && key.bytes().all(|b| b.is_ascii_alphanumeric()) {
        let mut code = String::with_capacity(8);
        // Alone, only the abbreviations that readers know: not England's districts (`GB-BEX`).
        let known = |country: &str| country != "NZ" && (country != "GB" || key.len() == 3);
        let row = countries.iter().filter(|c| country.is_some() || known(c)).find_map(|country| {
            code.clear();
            code.extend([country, "-", key]);
            code[country.len()..].make_ascii_uppercase();
            REGION_INDEX.row(&code)
        });
        if let Some(row) = row.filter(|row| country.is_some() || row.upper == row.code) {
            return Some(row.upper);
        }
    }
    let named = REGION_INDEX.named(key);
    named.clone().next()?;
    let in_country = |country: &str| {
        let of = |row: &&Row| row.code.starts_with(country) && row.code.as_bytes().get(2) == Some(&b'-');
        // Where a province and its district share a name, both lead to the province.
        named.clone().find(of).map(|row| row.upper)
    };
    if let Some(found) = countries.iter().find_map(|country| in_country(country)) {
        return Some(found);
    }
    let mut all = named.map(|row| row.upper);
    let first = all.next().filter(|_| country.is_none())?;
    all.all(|other| other == first).then_some(first)
}

/// Words for what a subdivision is, before its name and behind it.
const KINDS_BEFORE: [&str; 8] = [
    "state of ",
    "province of ",
    "commonwealth of ",
    "county ",
    "co ",
    "territory of ",
    "region of ",
    "canton of ",
];
const KINDS_AFTER: [&str; 6] = [" state", " province", " region", " county", " prefecture", " canton"];

/// `new york state`, `state of michigan`, `county cork` without the word for its kind.
fn stripped(key: &str) -> Option<&str> {
    let before = KINDS_BEFORE.iter().find_map(|kind| key.strip_prefix(kind));
    before.or_else(|| KINDS_AFTER.iter().find_map(|kind| key.strip_suffix(kind)))
}

/// Whether names of the country (`PR`) are better given as those of a subdivision (`US-PR`).
pub(crate) fn territory(country: &str) -> Option<&'static str> {
    let code = TERRITORIES.iter().find(|territory| **territory == country)?;
    REGION_INDEX.row(&format!("US-{code}")).map(|row| row.code)
}

/// The country of a subdivision's code, and the code from the table.
pub(crate) fn known_region(code: &str) -> Option<(&'static str, &'static str)> {
    let row = REGION_INDEX.row(code)?;
    let country = COUNTRY_INDEX.row(code.get(..2)?)?;
    Some((row.code, country.code))
}

pub(crate) fn known_country(code: &str) -> Option<&'static str> {
    COUNTRY_INDEX.row(code).map(|row| row.code)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Names, codes and the words around them.
    const PIECES: &str = "NY|N.Y.|ny|n|y|US|U.S.|The|the|Saint|sainte|st|Mount|fort|Sant|José|Côte|d'|d’|Ivoire|New|\
        York|State|state of|Province of|Co.|Co|County|Cork|Michigan|region of|canton of|Ontario|Ont.|England|Bex|\
        Germany|Gambia|Georgia|Trinidad|&|Tobago|and|Library|Department|x|é|-|.|'|’|\u{ad}|\u{212a}ent|Te\u{17f}t";

    fn some_words() -> impl Strategy<Value = String> {
        let piece = proptest::sample::select(PIECES.split('|').map(str::trim).collect::<Vec<_>>());
        let space = proptest::sample::select(vec![" ", " ", " ", "", "  ", "\u{a0}", "\n"]);
        proptest::collection::vec((piece, space), 0..5)
            .prop_map(|all| all.into_iter().map(|(piece, space)| format!("{piece}{space}")).collect())
    }

    #[test]
    fn names_and_codes_begin_names() {
        for fields in table(COUNTRIES).chain(table(REGIONS)).chain(table(SPELLINGS)) {
            let names = fields.iter().flat_map(|field| field.split('|')).filter(|name| !name.is_empty());
            names.for_each(|name| assert!(may_begin_name(name), "{name}"));
            fields[0].split('-').for_each(|part| assert!(may_begin_name(part), "{part}"));
            assert_eq!(known_region(fields[0]).is_some(), fields[0].contains('-'), "{}", fields[0]);
        }
        for words in ["Circulation Department", "Librarian"] {
            assert!(!may_begin_name(words), "{words}");
        }
    }

    proptest! {
        #[test]
        fn what_begins_no_name_is_none(text in some_words(), country in 0..4_usize) {
            let country = [None, Some("US"), Some("CA"), Some("GB")][country];
            let found = region(&text, country).is_some() || super::country(&text).is_some();
            prop_assert!(may_begin_name(text.trim()) || !found, "{text:?}");
        }

        #[test]
        fn plain_texts_are_folded_but_for_case(text in some_words()) {
            prop_assert!(!is_plain(&text) || text.to_ascii_lowercase() == crate::text::fold(&text), "{text:?}");
        }
    }
}
