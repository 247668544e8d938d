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

use std::sync::LazyLock;

use xxhash_rust::xxh3::xxh3_64;

use crate::text;

static COUNTRIES: &str = include_str!("../data/countries.tsv");
static REGIONS: &str = include_str!("../data/regions.tsv");
static SPELLINGS: &str = include_str!("../data/spellings.tsv");

/// Territories that are countries in ISO 3166-1 and subdivisions in ISO 3166-2.
const TERRITORIES: [&str; 6] = ["AS", "GU", "MP", "PR", "UM", "VI"];

/// Countries whose abbreviations for subdivisions may stand alone, in the order in which they are
/// tried: `WA` is Washington before it is Western Australia, `NT` the Northwest Territories.
const ABBREVIATING: [&str; 5] = ["US", "CA", "AU", "GB", "NZ"];

/// A table's rows, sorted by code, and its names as hashes of keys with the row that each leads to.
struct Index {
    rows: Vec<Row>,
    names: Vec<(u64, u32)>,
    /// Where in `names` the hashes begin that have these upper bits.
    starts: Vec<u32>,
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
    let mut index = Index { rows: Vec::new(), names: Vec::new(), starts: Vec::new() };
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
    let mut index = Index { rows: Vec::new(), names: Vec::new(), starts: Vec::new() };
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
            self.names.push((hash(&key(name)), row));
        }
    }

    fn sort(&mut self) {
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
        self.rows.binary_search_by_key(&code, |row| row.code).ok().map(|at| &self.rows[at])
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

pub(crate) fn hash(key: &str) -> u64 {
    xxh3_64(key.as_bytes())
}

/// The words that a place's name is compared by: folded (no case, no accents), initials joined
/// (`N.Y.` is `ny`), `Saint`, `Mount` and `Fort` shortened, no leading `The`.
pub(crate) fn key(name: &str) -> String {
    let folded = text::fold(name);
    let mut out = String::with_capacity(folded.len());
    let mut initials = false;
    for (at, word) in folded.split(' ').enumerate() {
        let word = match word {
            "the" if at == 0 && folded.len() > 3 => continue,
            "saint" | "sainte" => "st",
            "mount" => "mt",
            "fort" => "ft",
            word => word,
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
    if name.len() == 2
        && name.bytes().all(|b| b.is_ascii_uppercase())
        && let Some(row) = COUNTRY_INDEX.row(name)
    {
        return Some(row.code);
    }
    country_by_key(&key(name))
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
        let code = key.to_ascii_uppercase();
        let mut whole = String::with_capacity(6);
        // Alone, only the abbreviations that readers know: not England's districts (`GB-BEX`).
        let known = |country: &str| country != "NZ" && (country != "GB" || code.len() == 3);
        let row = countries.iter().filter(|c| country.is_some() || known(c)).find_map(|country| {
            whole.clear();
            whole.extend([country, "-", &code]);
            REGION_INDEX.row(&whole)
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

/// `new york state`, `state of michigan`, `county cork` without the word for its kind.
fn stripped(key: &str) -> Option<&str> {
    const BEFORE: [&str; 8] = [
        "state of ",
        "province of ",
        "commonwealth of ",
        "county ",
        "co ",
        "territory of ",
        "region of ",
        "canton of ",
    ];
    const AFTER: [&str; 6] = [" state", " province", " region", " county", " prefecture", " canton"];
    let before = BEFORE.iter().find_map(|kind| key.strip_prefix(kind));
    before.or_else(|| AFTER.iter().find_map(|kind| key.strip_suffix(kind)))
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
