//! The first word of a text in, whether a table's name may begin with it out.

/// The first words of a table's names, as bits that their hashes set: most words that stand where a
/// name could are none of them.
pub(super) struct FirstWords(Vec<u64>);

/// Bits, twenty for each word of the larger table.
const FIRST_BITS: u32 = 17;

impl Default for FirstWords {
    fn default() -> Self {
        FirstWords(vec![0; 1 << (FIRST_BITS - u64::BITS.ilog2())])
    }
}

impl FirstWords {
    /// Adds the first word of a key, or a part of a code.
    pub fn add(&mut self, key: &str) {
        let (at, bit) = Self::bit(key.split(' ').next().unwrap_or_default());
        self.0[at] |= bit;
    }

    pub fn has(&self, word: &str) -> bool {
        let (at, bit) = Self::bit(word);
        self.0[at] & bit != 0
    }

    /// Where the bit of a word stands, by FNV-1a of its small letters.
    fn bit(word: &str) -> (usize, u64) {
        let step = |hash: u64, byte: u8| {
            (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0000_0100_0000_01B3)
        };
        let hash = word.bytes().fold(0xCBF2_9CE4_8422_2325, step) >> (u64::BITS - FIRST_BITS);
        ((hash / 64) as usize, 1 << (hash % 64))
    }
}
