//! Random numbers that a seed decides, and the damage that a bad line does by them.

extern crate alloc;

use alloc::vec;
use alloc::vec::Vec;

/// Random numbers: SplitMix64 (Steele, Lea and Flood, 2014).
#[derive(Debug)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number less than `limit`.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    /// Whether something happens once in `times`.
    pub(crate) fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// Damages bytes: each is flipped in a bit, lost or doubled once in `times`.
    pub(crate) fn damage(&mut self, bytes: &mut Vec<u8>, times: u64) {
        let mut damaged = vec![];
        for byte in bytes.drain(..) {
            match self.below(times * 3) {
                0 => damaged.push(byte ^ 1 << self.below(8)),
                1 => {}
                2 => damaged.extend([byte, byte]),
                _ => damaged.push(byte),
            }
        }
        *bytes = damaged;
    }
}
