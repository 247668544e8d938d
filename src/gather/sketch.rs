//! A posting's text in, a few hashes of it out, from which it is seen how much of one text stands in
//! another.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// Words that are hashed together.
const SHINGLE: usize = 4;
/// So many hashes of a text's beginning are kept: a board's excerpt is mostly the beginning.
const HEAD: usize = 72;
/// Of the whole text one hash in so many is kept, the same in every text.
const SAMPLE: u64 = 8;
const SAMPLED: usize = 160;
/// Shorter texts say nothing: an employer and a town.
const SHORTEST: usize = 12;
/// A text of so many hashes is whole, as far as a comparison goes.
const LONG: usize = HEAD;
/// Rows of a band, and bands: two texts that are four fifths the same share one almost surely.
const ROWS: usize = 3;
const BANDS: usize = 2;
/// So many words begin a text, as far as every excerpt of it goes; texts are found by the least hashes
/// of theirs.
const BEGINNING: usize = 44;
const LEAST: usize = 2;

/// Hashes of a text, 16 bits each: in a few hundred, one in a hundred texts meets a wrong one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch {
    /// The first of the text.
    pub head: Vec<u16>,
    /// A sample of the whole.
    pub sample: Vec<u16>,
    /// How many there are in all.
    pub size: u32,
}

/// How much of the shorter text stands in the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Containment {
    /// 0 to 1.
    pub share: f32,
    /// Whether both texts are long enough to say no, too.
    pub whole: bool,
}

impl Sketch {
    /// Takes folded words, and gives the keys, too, that texts share of which much is the same.
    pub fn new(words: &str) -> (Self, Vec<u64>) {
        let mut sketch = Sketch::default();
        let mut beginning = [u64::MAX; LEAST];
        let mut ends = [0usize; SHINGLE];
        let mut least = [u64::MAX; ROWS * BANDS];
        let mut seen = 0;
        // The start of the word that is `SHINGLE` words back, at each word.
        for (start, _) in words.bytes().enumerate().filter(|(at, _)| is_start(words, *at)) {
            if seen >= SHINGLE {
                sketch.take(&words[ends[seen % SHINGLE]..start], &mut least, &mut beginning);
            }
            ends[seen % SHINGLE] = start;
            seen += 1;
        }
        if seen >= SHINGLE {
            sketch.take(&words[ends[seen % SHINGLE]..], &mut least, &mut beginning);
        }
        sketch.head.sort_unstable();
        sketch.sample.sort_unstable();
        let size = sketch.size as usize;
        let mut keys = if size >= LONG { bands(&least) } else { Vec::new() };
        if size >= 2 * SHORTEST {
            keys.extend(beginning);
        }
        if size < SHORTEST {
            sketch = Sketch::default();
        }
        (sketch, keys)
    }

    fn take(&mut self, shingle: &str, least: &mut [u64; ROWS * BANDS], beginning: &mut [u64; LEAST]) {
        let hash = xxh3_64(shingle.trim_end().as_bytes());
        let short = (hash >> 48) as u16;
        if self.head.len() < HEAD {
            self.head.push(short);
        }
        if hash.is_multiple_of(SAMPLE) && self.sample.len() < SAMPLED {
            self.sample.push(short);
        }
        // Each hash counts in one of the rows: as good as hashing it once for each.
        let row = &mut least[(hash as u32 as usize) % (ROWS * BANDS)];
        *row = (*row).min(hash);
        if (self.size as usize) < BEGINNING && !beginning.contains(&hash) {
            let last = &mut beginning[LEAST - 1];
            *last = (*last).min(hash);
            beginning.sort_unstable();
        }
        self.size += 1;
    }

    /// `None` where a text is missing, or too short to tell.
    pub fn containment(&self, other: &Sketch) -> Option<Containment> {
        let (short, long) = if self.size <= other.size { (self, other) } else { (other, self) };
        if (short.size as usize) < SHORTEST {
            return None;
        }
        let share = |part: &[u16], whole: &[u16]| {
            part.iter().filter(|hash| whole.binary_search(hash).is_ok()).count() as f32
                / part.len().max(1) as f32
        };
        if (short.size as usize) < LONG {
            return Some(Containment { share: share(&short.head, &long.head), whole: false });
        }
        Some(Containment { share: share(&short.sample, &long.sample), whole: true })
    }

    /// The bytes that are kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(6 + 2 * (self.head.len() + self.sample.len()));
        bytes.extend(self.size.to_le_bytes());
        bytes.push(self.head.len() as u8);
        bytes.push(self.sample.len() as u8);
        for hash in self.head.iter().chain(&self.sample) {
            bytes.extend(hash.to_le_bytes());
        }
        bytes
    }

    /// What was kept; an empty sketch, if the bytes are none.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let Some((size, rest)) = bytes.split_first_chunk::<4>() else { return Sketch::default() };
        let [head, sample, hashes @ ..] = rest else { return Sketch::default() };
        let (head, sample) = (usize::from(*head), usize::from(*sample));
        let mut hashes = hashes.as_chunks::<2>().0.iter().map(|bytes| u16::from_le_bytes(*bytes));
        let head = hashes.by_ref().take(head).collect();
        Sketch { size: u32::from_le_bytes(*size), head, sample: hashes.take(sample).collect() }
    }
}

fn is_start(words: &str, at: usize) -> bool {
    let bytes = words.as_bytes();
    bytes[at] != b' ' && (at == 0 || bytes[at - 1] == b' ')
}

fn bands(least: &[u64; ROWS * BANDS]) -> Vec<u64> {
    let band = |rows: &[u64]| {
        let bytes: Vec<u8> = rows.iter().flat_map(|row| row.to_le_bytes()).collect();
        xxh3_64_with_seed(&bytes, ROWS as u64)
    };
    least.chunks(ROWS).map(band).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(from: usize, to: usize) -> String {
        (from..to).map(|number| format!("word{number}")).collect::<Vec<_>>().join(" ")
    }

    fn share(a: &str, b: &str) -> Option<f32> {
        Sketch::new(a).0.containment(&Sketch::new(b).0).map(|found| (found.share * 10.0).round() / 10.0)
    }

    #[test]
    fn an_excerpt_is_contained_in_the_whole() {
        assert_eq!(share(&text(0, 30), &text(0, 900)), Some(1.0));
        assert_eq!(share(&text(0, 900), &text(0, 900)), Some(1.0));
        assert_eq!(share(&text(0, 900), &text(2000, 2900)), Some(0.0));
        assert_eq!(share(&text(0, 10), &text(0, 900)), None);
        let half = share(&text(0, 900), &text(450, 1350)).expect("both are long");
        assert!((0.4..=0.6).contains(&half), "{half}");
    }

    #[test]
    fn texts_that_are_alike_share_a_band() {
        let (_, a) = Sketch::new(&text(0, 900));
        let (_, b) = Sketch::new(&text(20, 920));
        assert!(a.iter().any(|band| b.contains(band)));
        let (_, c) = Sketch::new(&text(2000, 2900));
        assert!(!a.iter().any(|band| c.contains(band)));
    }

    #[test]
    fn a_sketch_is_kept_whole() {
        let (sketch, _) = Sketch::new(&text(0, 900));
        assert_eq!(Sketch::from_bytes(&sketch.to_bytes()), sketch);
        assert_eq!(Sketch::from_bytes(&[]), Sketch::default());
        assert_eq!(Sketch::from_bytes(&[1, 0, 0, 0, 9]), Sketch::default());
    }
}
