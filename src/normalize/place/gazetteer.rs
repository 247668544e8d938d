//! A town's name in, the towns of that name out.
//!
//! From GeoNames (CC BY 4.0, see `data/ATTRIBUTION.md`): towns of 500 inhabitants and more in the
//! English-speaking countries, of 5,000 elsewhere, the counties of the United States, and the names
//! in `data/places.tsv`. Unpacked once, at the first question.

use std::io::Read;
use std::sync::LazyLock;

use flate2::read::GzDecoder;

use crate::iso;

static PACKED: &[u8] = include_bytes!("../../../data/gazetteer.gz");
static PLACES: &str = include_str!("../../../data/places.tsv");

/// A town, a neighbourhood (under its town's name) or an area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Town {
    /// Empty for an area: a county, a valley.
    pub name: &'static str,
    pub region: Option<&'static str>,
    pub country: &'static str,
    /// Inhabitants in thirds of doublings over 500: 3 more is twice as many.
    pub size: u8,
}

/// Ten thousand inhabitants, a hundred thousand, a million, in [`Town::size`]'s measure.
pub(super) const TEN_THOUSAND: u8 = 13;
pub(super) const HUNDRED_THOUSAND: u8 = 23;
pub(super) const MILLION: u8 = 33;

struct Row {
    hash: u64,
    town: Town,
    /// The next row of the same slot, or `NONE`.
    next: u32,
}

const NONE: u32 = u32::MAX;
const SLOTS: usize = 1 << 17;

struct Gazetteer {
    rows: Vec<Row>,
    slots: Vec<u32>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::load);

impl Gazetteer {
    fn load() -> Self {
        let mut text = String::with_capacity(1 << 20);
        GzDecoder::new(PACKED).read_to_string(&mut text).expect("the built-in gazetteer is whole");
        // Names are handed out as long as the program runs, and this runs once.
        let text: &'static str = text.leak();
        let mut gazetteer = Gazetteer { rows: Vec::with_capacity(100_000), slots: vec![NONE; SLOTS] };
        for line in PLACES.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let [name, town, region, country, letter] = std::array::from_fn(|_| fields.next().unwrap_or(""));
            let region = iso::known_region(region).map(|(region, _)| region);
            let country = iso::known_country(country).expect("places.tsv names countries by their codes");
            gazetteer.add(name, Town { name: town, region, country, size: size(letter) });
        }
        let mut place = (None, "");
        for line in text.lines() {
            let (letter, name) = line.split_at(1);
            match letter {
                "@" => {
                    let region = iso::known_region(name);
                    let country = region.map(|(_, country)| country).or_else(|| iso::known_country(name));
                    // A country that ISO does not list (Kosovo's `XK`) has towns but no code.
                    place = (region.map(|(region, _)| region), country.unwrap_or(""));
                }
                _ if place.1.is_empty() => {}
                "-" => gazetteer.add(name, Town { name: "", region: place.0, country: place.1, size: 0 }),
                _ => {
                    let town = Town { name, region: place.0, country: place.1, size: size(letter) };
                    gazetteer.add(name, town);
                    // "Tuebingen", "Goeteborg", "Aalborg": letters that keyboards abroad lack.
                    if !name.is_ascii()
                        && let Some(plain) = transcribed(name)
                    {
                        gazetteer.add(&plain, town);
                    }
                }
            }
        }
        gazetteer
    }

    /// Adds a town, unless its region has one of the name already: what `places.tsv` says of a
    /// neighbourhood stands before what GeoNames does, and the larger of two towns before the other.
    fn add(&mut self, name: &str, town: Town) {
        let hash = iso::hash(&iso::key(name));
        let slot = &mut self.slots[hash as usize % SLOTS];
        let (mut at, mut last) = (*slot, NONE);
        while at != NONE {
            let row = &mut self.rows[at as usize];
            if row.hash == hash && row.town.region == town.region && row.town.country == town.country {
                row.town.size = row.town.size.max(town.size);
                return;
            }
            (last, at) = (at, row.next);
        }
        let new = self.rows.len() as u32;
        if last == NONE {
            *slot = new;
        } else {
            self.rows[last as usize].next = new;
        }
        self.rows.push(Row { hash, town, next: NONE });
    }
}

/// A name with the German and Nordic letters in two each; `None` if it has none.
fn transcribed(name: &str) -> Option<String> {
    const PAIRS: [(char, &str); 10] = [
        ('ä', "ae"),
        ('ö', "oe"),
        ('ü', "ue"),
        ('ø', "oe"),
        ('å', "aa"),
        ('Ä', "Ae"),
        ('Ö', "Oe"),
        ('Ü', "Ue"),
        ('Ø', "Oe"),
        ('Å', "Aa"),
    ];
    let pair = |c: char| PAIRS.iter().find(|(letter, _)| *letter == c).map(|(_, pair)| *pair);
    if !name.chars().any(|c| pair(c).is_some()) {
        return None;
    }
    let mut out = String::with_capacity(name.len() + 2);
    for c in name.chars() {
        match pair(c) {
            Some(pair) => out.push_str(pair),
            None => out.push(c),
        }
    }
    Some(out)
}

fn size(letter: &str) -> u8 {
    letter.bytes().next().map_or(0, |letter| letter.saturating_sub(b'A'))
}

/// The towns and areas whose name has this [key](iso::key).
pub(super) fn towns(key: &str) -> impl Iterator<Item = &'static Town> {
    let gazetteer = &*GAZETTEER;
    let hash = iso::hash(key);
    let mut at = gazetteer.slots[hash as usize % SLOTS];
    std::iter::from_fn(move || {
        let row = gazetteer.rows.get(at as usize)?;
        at = row.next;
        Some(row)
    })
    .filter(move |row| row.hash == hash)
    .map(|row| &row.town)
}
