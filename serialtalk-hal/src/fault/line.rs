//! One direction of a bad line.

use super::{FaultCounts, Faults};

/// One direction of a line: takes good bytes and returns them as a bad line delivers them.
#[derive(Debug)]
pub(super) struct Line {
    faults: Faults,
    random: Random,
    counts: FaultCounts,
    ready: Vec<u8>,
}

impl Line {
    /// `number` tells the directions of a link apart: each has its own course of chance.
    pub(super) fn new(faults: Faults, number: u64) -> Self {
        let random = Random::new(faults.seed, number);
        Self { faults, random, counts: FaultCounts::default(), ready: Vec::new() }
    }

    pub(super) fn counts(&self) -> FaultCounts {
        self.counts
    }

    pub(super) fn feed(&mut self, bytes: &[u8]) {
        for byte in bytes {
            // Always four draws a byte: what happens to one byte leaves the next ones their fates.
            let (flip, drop, duplicate) = (
                self.random.happens(self.faults.flip),
                self.random.happens(self.faults.drop),
                self.random.happens(self.faults.duplicate),
            );
            let bit = self.random.next() >> 61;
            if drop {
                self.counts.dropped += 1;
                continue;
            }
            self.counts.flipped += u64::from(flip);
            self.counts.duplicated += u64::from(duplicate);
            let byte = if flip { byte ^ (1 << bit) } else { *byte };
            self.ready.extend(core::iter::repeat_n(byte, if duplicate { 2 } else { 1 }));
        }
    }

    /// The delivered bytes that have not been read.
    pub(super) fn ready(&self) -> &[u8] {
        &self.ready
    }

    pub(super) fn drop_first(&mut self, count: usize) {
        self.ready.drain(..count.min(self.ready.len()));
    }

    /// Moves delivered bytes into `buffer`, and returns how many.
    pub(super) fn take(&mut self, buffer: &mut [u8]) -> usize {
        let count = buffer.len().min(self.ready.len());
        for (slot, byte) in buffer.iter_mut().zip(self.ready.drain(..count)) {
            *slot = byte;
        }
        count
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014). Written out here because the sequence of a seed is a promise of this crate.
#[derive(Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64, number: u64) -> Self {
        let mut random = Self(seed);
        Self(random.next() ^ number)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn happens(&mut self, probability: f64) -> bool {
        const ONE: f64 = (1_u64 << 53) as f64;
        ((self.next() >> 11) as f64) < probability * ONE
    }

    /// From 1 to `most`, which is at least 1.
    pub(super) fn up_to(&mut self, most: usize) -> usize {
        (self.next() % (most as u64).max(1)) as usize + 1
    }
}
