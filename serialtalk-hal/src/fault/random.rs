//! Chance that follows from a seed.

/// SplitMix64 (Steele, Lea and Flood, 2014). Written out here because the sequence of a seed is a promise of this crate.
#[derive(Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// The sequence of this number among those of the seed.
    pub(crate) fn new(seed: u64, number: u64) -> Self {
        let mut random = Self(seed);
        Self(random.next() ^ number)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Whether what has this probability happens. What is impossible costs no draw.
    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        const ONE: f64 = (1_u64 << 53) as f64;
        probability > 0.0 && ((self.next() >> 11) as f64) < probability * ONE
    }

    /// From 1 to `most`; 1 if that is 0.
    pub(crate) fn up_to(&mut self, most: usize) -> usize {
        (self.next() % (most as u64).max(1)) as usize + 1
    }
}
