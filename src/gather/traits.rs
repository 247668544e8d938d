//! A posting in, what it is compared by out: small, kept beside it, so that a comparison reads no
//! record and no text.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::employer::Employer;
use super::number;
use super::sketch::Sketch;
use super::title::Title;
use super::words::{each_meant, is_small};
use crate::link;
use crate::posting::{EmploymentType, Field, Posting};
use crate::text;

/// What of a posting is compared.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Traits {
    pub title: Title,
    pub employer: Employer,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<Site>,
    /// Where a reader goes, in the form of [`link::key`]; only an address that names one posting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Where an applicant goes, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apply: Option<String>,
    /// Hash of a page of many postings and of the title line there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
    /// Numbers by which the employer names the job.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<EmploymentType>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes: Option<NaiveDate>,
    /// By what postings of the same vacancy find each other.
    #[serde(skip)]
    pub keys: Vec<u64>,
    #[serde(skip)]
    pub sketch: Sketch,
}

/// A place of work as it is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// Words in one spelling; none where only the region is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub city: Vec<String>,
    /// ISO 3166-2 code, or the country's where no region is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

impl Site {
    /// The last part of the region's code as a folded word: `ny`.
    pub fn code(&self) -> Option<String> {
        Some(self.region.as_deref()?.rsplit('-').next()?.to_ascii_lowercase())
    }
}

impl Traits {
    pub fn new(posting: &Posting) -> Self {
        let employer = Employer::new(posting.employer.as_deref().unwrap_or_default());
        let sites: Vec<Site> = posting.places.iter().map(site).collect();
        let line = posting.known(Field::Title).and_then(|known| known.raw.as_deref());
        let names: Vec<String> = employer
            .words()
            .chain(sites.iter().flat_map(|site| site.city.iter().map(String::as_str)))
            .map(str::to_owned)
            .collect();
        let title = Title::new(&posting.title, line, &names);
        let folded_title = text::fold(line.unwrap_or(&posting.title));
        let words = text::fold(&text::strip_html(&posting.description));
        let words = if words.is_empty() { text::fold(&posting.summary) } else { words };
        let (sketch, bands) = Sketch::new(&words);
        let mut traits = Traits {
            title,
            employer,
            sites,
            numbers: number::of_text(&words),
            types: posting.employment_types.clone(),
            closes: posting.closes,
            sketch,
            ..Traits::default()
        };
        for number in number::of_title(&folded_title) {
            if !traits.numbers.contains(&number) {
                traits.numbers.push(number);
            }
        }
        traits.take_addresses(posting, &folded_title);
        traits.take_keys(&bands);
        traits
    }

    /// An address of one posting is known by itself, one of a page of many together with the whole
    /// title line, with the branch, the rank and the hours that a title leaves out.
    fn take_addresses(&mut self, posting: &Posting, folded_line: &str) {
        let page = |key: &str| xxh3_64(format!("{key}\0{folded_line}").as_bytes());
        if let Some(key) = posting.url.as_deref().map(link::key) {
            if is_specific(&key) {
                self.address = Some(key);
            } else {
                self.page = Some(page(&key));
            }
        }
        if let Some(key) = posting.apply_url.as_deref().map(link::key) {
            if !is_specific(&key) {
                self.page = self.page.or(Some(page(&key)));
            } else {
                self.apply = Some(key);
            }
        }
    }

    fn take_keys(&mut self, bands: &[u64]) {
        let mut keys = Vec::with_capacity(14);
        for address in self.addresses() {
            let host = address.split('/').next().unwrap_or_default();
            keys.push(key(host, &["address", address]));
        }
        keys.extend(self.page.map(|page| key("page", &[&page.to_string()])));
        let towns: Vec<&str> = self.cities().collect();
        let core = self.title.core.join(" ");
        let employers = self.employer.keys(&towns);
        for employer in employers.iter().take(3) {
            keys.push(key(employer, &["core", &core]));
            for word in self.title.telling() {
                keys.push(key(employer, &["word", word]));
            }
        }
        // Of a system or of a unit, whose name is another: a title of its own in one state.
        if self.title.core.len() > 1 || employers.is_empty() {
            let region = self.sites.iter().find_map(|site| site.region.as_deref()).unwrap_or_default();
            keys.push(key(region, &["region", &core]));
        }
        for number in self.numbers.iter().take(2) {
            keys.push(key("number", &[number]));
        }
        for band in bands {
            keys.push(key("text", &[&band.to_string()]));
        }
        keys.sort_unstable();
        keys.dedup();
        self.keys = keys;
    }

    /// The addresses that name this one posting.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        let apply = self.apply.as_ref().filter(|apply| self.address.as_ref() != Some(apply));
        self.address.iter().chain(apply).map(String::as_str)
    }

    /// The words of the towns.
    pub fn cities(&self) -> impl Iterator<Item = &str> {
        self.sites.iter().flat_map(|site| &site.city).map(String::as_str)
    }
}

/// The first 16 bits come from what a source's postings share, so that what it brings lies side by
/// side in the table; see [`super::VacancyId::new`].
fn key(shared: &str, parts: &[&str]) -> u64 {
    let mut hash = Xxh3::new();
    hash.update(shared.as_bytes());
    for part in parts {
        hash.update(b"\0");
        hash.update(part.as_bytes());
    }
    xxh3_64(shared.as_bytes()) >> 48 << 48 | hash.digest() >> 16
}

fn site(place: &crate::posting::Place) -> Site {
    let mut city = Vec::new();
    each_meant(&text::fold(place.city.as_deref().unwrap_or_default()), |word| {
        if !is_small(word) {
            city.push(word.to_owned());
        }
    });
    Site { city, region: place.region.clone().or_else(|| place.country.clone()) }
}

/// Whether an address (in the form of [`link::key`]) names one posting rather than a page of many:
/// its path or query holds a number of three digits or more that is no year, or a slug of four words
/// or more.
fn is_specific(key: &str) -> bool {
    let Some((_, path)) = key.split_once('/') else { return false };
    let numbers = path.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() >= 3);
    let year = |digits: &str| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    if numbers.into_iter().any(|digits| !year(digits)) {
        return true;
    }
    path.split(['/', '?', '&'])
        .any(|part| part.split(['-', '_']).filter(|word| !word.is_empty()).count() >= 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_one_posting_is_told_from_a_page_of_many() {
        for (key, expected) in [
            ("jobs.example.org/postings/48362", true),
            ("example.org/jobs?id=4711", true),
            ("example.org/head-of-maps-and-plans", true),
            ("example.org/jobs", false),
            ("example.org/2026/jobs", false),
            ("example.org/about/employment-opportunities", false),
            ("example.org", false),
        ] {
            assert_eq!(is_specific(key), expected, "{key}");
        }
    }
}
