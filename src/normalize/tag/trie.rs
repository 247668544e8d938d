//! Patterns in, a table out that says which of them a text begins with.
//!
//! A trie, written as a double array: the byte `b` leads from a state to the cell `base + b`, if
//! that cell was made for this state. What only one pattern goes on with is not written as states,
//! so that the table is small. Most words of a text are left before the first step, because no
//! pattern begins with their first letters.

use std::collections::VecDeque;
use std::ops::Range;

#[derive(Debug)]
pub(super) struct Trie {
    /// The first cell is the root's.
    cells: Vec<Cell>,
    /// Patterns that end in states that others go on from, where the states say.
    ends: Vec<Range<usize>>,
    /// Indices of all patterns, in the order of the patterns.
    sorted: Vec<usize>,
    leaves: Vec<Leaf>,
    /// The ends of patterns that leaves have, one behind the other.
    tails: Vec<u8>,
    beginnings: Beginnings,
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    /// The state that leads here, or [`FREE`].
    parent: u32,
    /// The base, with [`ENDS`] if patterns end here; or the number of a leaf, with [`LEAF`].
    base: u32,
}

/// Where only one pattern goes on.
#[derive(Debug)]
struct Leaf {
    pattern: usize,
    tail: Range<usize>,
}

/// No state: a table with so many cells would not fit into memory.
const FREE: u32 = u32::MAX;

const LEAF: u32 = 1 << 31;
const ENDS: u32 = 1 << 30;

/// A cell that is not made yet, or the root's, which no state leads to.
const NONE: Cell = Cell { parent: FREE, base: 0 };

impl Trie {
    /// Patterns that are the same are found in their order; an empty one is never found.
    pub(super) fn new(patterns: &[String]) -> Trie {
        let mut sorted: Vec<usize> = (0..patterns.len()).collect();
        sorted.sort_by_key(|pattern| patterns[*pattern].as_bytes());
        let mut trie = Trie {
            cells: vec![NONE],
            ends: vec![Range::default()],
            sorted,
            leaves: Vec::new(),
            tails: Vec::new(),
            beginnings: Beginnings::of(patterns),
        };
        // From here on any byte can have its cell with a base that is not negative.
        let mut free = usize::from(u8::MAX) + 1;
        // States with the range of their patterns in `sorted`, and how many bytes lead to them.
        let mut open = VecDeque::from([(0, 0..patterns.len(), 0)]);
        while let Some((state, range, depth)) = open.pop_front() {
            let bytes = |at: &usize| patterns[*at].as_bytes();
            if let ([pattern], true) = (&trie.sorted[range.clone()], depth > 0) {
                let tail = trie.tails.len()..trie.tails.len() + bytes(pattern).len() - depth;
                trie.tails.extend(&bytes(pattern)[depth..]);
                trie.cells[state].base = LEAF | number(trie.leaves.len());
                trie.leaves.push(Leaf { pattern: *pattern, tail });
                continue;
            }
            let ended = trie.sorted[range.clone()].iter().take_while(|at| bytes(at).len() == depth).count();
            let mut from = range.start + ended;
            let groups: Vec<(u8, Range<usize>)> = trie.sorted[from..range.end]
                .chunk_by(|a, b| bytes(a)[depth] == bytes(b)[depth])
                .map(|group| {
                    from += group.len();
                    (bytes(&group[0])[depth], from - group.len()..from)
                })
                .collect();
            let base = trie.base(&groups, &mut free);
            trie.cells[state].base = number(base) | if ended > 0 { ENDS } else { 0 };
            trie.ends[state] = range.start..range.start + ended;
            for (byte, group) in groups {
                let cell = base + usize::from(byte);
                trie.cells[cell].parent = number(state);
                open.push_back((cell, group, depth + 1));
            }
        }
        trie
    }

    /// Where the cells of some bytes are all free; no cell before `free` is.
    fn base(&mut self, groups: &[(u8, Range<usize>)], free: &mut usize) -> usize {
        let Some((first, last)) = groups.first().zip(groups.last()) else { return 0 };
        let (first, last) = (usize::from(first.0), usize::from(last.0));
        let is_free = |cells: &[Cell], cell: usize| cells.get(cell).is_none_or(|cell| cell.parent == FREE);
        while !is_free(&self.cells, *free) {
            *free += 1;
        }
        // Single cells fill the gaps that are left; for more, to look there would cost too much.
        let from = if first == last { *free } else { self.cells.len().saturating_sub(64).max(*free) };
        let mut base = from - first;
        while !groups.iter().all(|(byte, _)| is_free(&self.cells, base + usize::from(*byte))) {
            base += 1;
        }
        let cells = self.cells.len().max(base + last + 1);
        self.cells.resize(cells, NONE);
        self.ends.resize(cells, Range::default());
        base
    }

    /// False only if no pattern begins `text`: a quick look before the [`walk`](Self::walk).
    pub(super) fn may_begin(&self, text: &[u8]) -> bool {
        self.beginnings.may_begin(text)
    }

    /// Tells of each pattern that `text` begins with its index and its length, the shortest first.
    pub(super) fn walk(&self, text: &[u8], tell: &mut dyn FnMut(usize, usize)) {
        let (mut state, mut at) = (0, 0);
        while let Some((next, passed)) = self.pass(state, &text[at..]) {
            (state, at) = (next, at + passed);
            let base = self.cells[state].base;
            if base & LEAF != 0 {
                let leaf = &self.leaves[(base & !LEAF) as usize];
                if text[at..].starts_with(&self.tails[leaf.tail.clone()]) {
                    tell(leaf.pattern, at + leaf.tail.len());
                }
                return;
            }
            self.sorted[self.ends[state].clone()].iter().for_each(|pattern| tell(*pattern, at));
        }
    }

    /// The next state that is a leaf or has ends, and how many bytes of `text` lead to it.
    fn pass(&self, mut state: usize, text: &[u8]) -> Option<(usize, usize)> {
        let mut base = self.cells[state].base & !ENDS;
        for (at, byte) in text.iter().enumerate() {
            let next = base as usize + usize::from(*byte);
            let cell = self.cells.get(next).filter(|cell| cell.parent as usize == state)?;
            if cell.base & (LEAF | ENDS) != 0 {
                return Some((next, at + 1));
            }
            (state, base) = (next, cell.base);
        }
        None
    }
}

/// The number of a state or leaf. Each stands for at least a byte of a pattern.
fn number(at: usize) -> u32 {
    u32::try_from(at).ok().filter(|number| *number < ENDS).expect("patterns have less than 2^30 bytes")
}

/// How patterns begin: at the hash of their first three bytes, which fourth and sixth bytes follow. A
/// byte is a bit of 32 by its lower half and a bit more, the fourth in the lower half of the number.
#[derive(Debug)]
struct Beginnings {
    follow: Box<[u64; PLACES]>,
}

/// Places for beginnings, of which the built-in words have about seven hundred.
const PLACES: usize = 1 << 11;

/// Bytes of a beginning that say its place.
const PLACED: usize = 3;

impl Beginnings {
    fn of(patterns: &[String]) -> Beginnings {
        let mut follow = Box::new([0; PLACES]);
        for pattern in patterns.iter().map(String::as_bytes).filter(|pattern| !pattern.is_empty()) {
            let bit = |at: usize| pattern.get(at).map_or(u32::MAX, |byte| 1 << (byte % 32));
            let follows = u64::from(bit(3)) | u64::from(bit(5)) << 32;
            if pattern.len() < PLACED {
                // Anything may follow, so that the place may be any.
                follow.iter_mut().for_each(|place| *place |= follows);
            } else {
                follow[place(first_bytes(pattern))] |= follows;
            }
        }
        Beginnings { follow }
    }

    /// False only if no pattern begins `text`.
    fn may_begin(&self, text: &[u8]) -> bool {
        let bytes = first_bytes(text);
        let follow = self.follow[place(bytes)];
        let (fourth, sixth) = (bytes >> 24 & 31, bytes >> 40 & 31);
        follow >> fourth & follow >> (32 + sixth) & 1 != 0
    }
}

/// The first eight bytes of a text; zeros stand for those that it lacks.
fn first_bytes(text: &[u8]) -> u64 {
    let bytes = text.first_chunk().copied().unwrap_or_else(|| {
        let mut bytes = [0; 8];
        bytes[..text.len()].copy_from_slice(text);
        bytes
    });
    u64::from_le_bytes(bytes)
}

/// Where the first three of some bytes have their place.
fn place(bytes: u64) -> usize {
    // Fibonacci hashing: the upper bits of the product depend on all bytes.
    let hash = (bytes << (64 - 8 * PLACED)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (hash >> (64 - PLACES.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The patterns that `text` begins with, and their lengths.
    fn found(trie: &Trie, text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        trie.walk(text.as_bytes(), &mut |pattern, length| found.push((pattern, length)));
        assert!(found.is_empty() || trie.may_begin(text.as_bytes()));
        found
    }

    #[test]
    fn finds_what_a_text_begins_with() {
        let patterns = ["art ", "archiv", "arch", "é", "arch", "z", "ai "].map(String::from);
        let trie = Trie::new(&patterns);
        assert_eq!(found(&trie, "archives "), [(2, 4), (4, 4), (1, 6)]);
        assert_eq!(found(&trie, "art history"), [(0, 4)]);
        assert_eq!(found(&trie, "arts"), []);
        assert_eq!(found(&trie, "état"), [(3, 2)]);
        assert_eq!(found(&trie, "zoology"), [(5, 1)]);
        assert_eq!(found(&trie, "ai and art "), [(6, 3)]);
        assert_eq!(found(&trie, ""), []);
        assert_eq!(found(&trie, "\u{0}\u{7F}"), []);
    }

    #[test]
    fn the_quick_look_tells_words_apart() {
        let trie = Trie::new(&["archiv", "catalog", "data "].map(String::from));
        let may_begin = |text: &&str| trie.may_begin(text.as_bytes());
        assert!(["archives", "archiv", "catalog ", "data "].iter().all(may_begin));
        assert!(!["", "a", "arc", "arches ", "category ", "library ", "date "].iter().any(may_begin));
    }

    proptest! {
        #[test]
        fn finds_what_a_search_finds(
            patterns in proptest::collection::vec("[abé ]{0,8}", 0..12),
            text in "[abcé ]{0,12}",
        ) {
            let mut expected: Vec<(usize, usize)> = patterns
                .iter()
                .enumerate()
                .filter(|(_, pattern)| !pattern.is_empty() && text.starts_with(pattern.as_str()))
                .map(|(at, pattern)| (at, pattern.len()))
                .collect();
            expected.sort_by_key(|(_, length)| *length);
            prop_assert_eq!(found(&Trie::new(&patterns), &text), expected);
        }
    }
}
