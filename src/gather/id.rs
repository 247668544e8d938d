//! A source's name and an entry's identity in, the id of a vacancy out.

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::link;
use crate::posting::Posting;
use crate::text;

/// A vacancy's id as a number: 60 bits, so that it is 12 letters and digits in text.
///
/// Each posting has an id of its own, which depends on nothing but its source and its identity, so
/// that a store built anew from the same documents gives the same ids. A vacancy goes by that of the
/// posting that opened it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VacancyId(pub i64);

/// Crockford's base 32 in lower case: no i, l, o, u, so that ids are read aloud without doubt.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl VacancyId {
    /// The id of a posting.
    ///
    /// The first 20 bits come from the source: what one source opens lies side by side in a table,
    /// so that keeping it touches a few pages of the file and not one for each vacancy. Two postings
    /// meet in the other 40 bits once in a million million.
    pub fn of(source: &str, identity: u64) -> Self {
        let of_source = xxh3_64(source.as_bytes());
        let mut hash = Xxh3::with_seed(of_source);
        hash.update(&identity.to_le_bytes());
        hash.update(&0u32.to_le_bytes());
        VacancyId((of_source >> 44 << 40 | hash.digest() >> 24) as i64)
    }

    /// Reads the text form; `None` if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let digit = |byte: u8| DIGITS.iter().position(|digit| *digit == byte.to_ascii_lowercase());
        let read = |number: i64, byte: u8| Some(number << 5 | digit(byte)? as i64);
        (text.len() == 12).then(|| text.bytes().try_fold(0, read)).flatten().map(VacancyId)
    }
}

impl std::fmt::Display for VacancyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for place in (0..12).rev() {
            let digit = DIGITS[(self.0 >> (5 * place) & 31) as usize];
            write!(f, "{}", digit as char)?;
        }
        Ok(())
    }
}

/// By what an entry of a source is known again: its own id, else its link, else its words.
pub fn identity(posting: &Posting) -> u64 {
    let mut hash = Xxh3::new();
    match (&posting.source_key, &posting.url) {
        (Some(key), _) => {
            hash.update(b"key\0");
            hash.update(key.as_bytes());
        }
        (None, Some(url)) => {
            hash.update(b"url\0");
            hash.update(link::key(url).as_bytes());
            hash.update(text::fold(&posting.title).as_bytes());
        }
        (None, None) => {
            hash.update(b"words\0");
            hash.update(text::fold(&posting.title).as_bytes());
            hash.update(posting.employer.as_deref().unwrap_or_default().as_bytes());
        }
    }
    hash.digest()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_as_they_are_written() {
        let id = VacancyId::of("board", 4711);
        assert_eq!(VacancyId::parse(&id.to_string()), Some(id));
        assert_eq!(VacancyId::parse(&id.to_string().to_uppercase()), Some(id));
        assert_eq!(VacancyId::parse("0000000000u0"), None);
        assert_eq!(VacancyId::parse("4711"), None);
    }
}
