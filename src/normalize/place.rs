//! The words of a place in, ISO codes and a town out.
//!
//! [`read()`] takes a field that states places, [`find()`] a name or an address block that may hold one,
//! [`scan()`] running text. What several places are called is decided by the state that stands there,
//! then by the country that stands there, then by the [`Hint`]. Without any of them a name speaks
//! only where one town alone has it, or where it has eight times the inhabitants of
//! every other of the name; a field may also name a world city (a hundred times
//! its namesakes in the hinted country). Otherwise nothing is said: a posting in no region is better
//! than one in a wrong region.
//!
//! Towns are spelled as in GeoNames (CC BY 4.0, see `data/ATTRIBUTION.md`). New York City's boroughs are
//! towns of their own (`Brooklyn`, `Bronx`, `Queens`, `Staten Island`; Manhattan is `New York`).

mod find;
mod gazetteer;
mod host;
mod institution;
mod list;
mod lookup;
mod noise;
mod piece;
mod postal;
mod read;
mod scan;
mod town;

pub use find::{at_end, find};
pub use host::country_of;
pub use read::read;
pub use scan::scan;

/// Characters of a text that are looked at: places stand at the beginning of a field, and a whole
/// posting that was put into one costs no more than this.
const FIELD_LIMIT: usize = 1_000;

/// What helps to decide where several places have one name. All optional.
#[derive(Default, Clone, Copy, Debug)]
pub struct Hint<'a> {
    /// ISO 3166-1 alpha-2 code: `US`.
    pub country: Option<&'a str>,
    /// ISO 3166-2 code: `US-NY`.
    pub region: Option<&'a str>,
    /// ISO 3166-2 code of the region where the employer sits. Weaker than the others: a city a hundred
    /// times as large as its namesake there is meant all the same.
    pub employer: Option<&'a str>,
}

/// The beginning of a field, at most `FIELD_LIMIT` characters.
fn beginning(text: &str) -> &str {
    text.char_indices().nth(FIELD_LIMIT).map_or(text, |(at, _)| &text[..at])
}
