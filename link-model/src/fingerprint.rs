//! Which states were seen, as 64 bits of each.
//!
//! If fingerprints are as good as random, a search of `n` states takes two of them for one with a probability below n² / 2⁶⁵: 3 in
//! a million for ten million states. It would then miss states, but never report a bad one that is none.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use crate::state::State;

/// The states that were seen.
#[derive(Debug, Default)]
pub(crate) struct Fingerprints {
    seen: HashSet<u64, BuildHasherDefault<AsIs>>,
}

impl Fingerprints {
    /// Whether it is new.
    pub(crate) fn insert(&mut self, state: &State) -> bool {
        let mut mixer = Mixer::default();
        state.hash(&mut mixer);
        self.seen.insert(mixer.finish())
    }

    pub(crate) fn len(&self) -> usize {
        self.seen.len()
    }
}

/// Mixes each field by a folded multiplication.
#[derive(Debug, Default)]
struct Mixer(u64);

impl Mixer {
    fn mix(&mut self, field: u64) {
        let product = u128::from(self.0 ^ field ^ 0x9e37_79b9_7f4a_7c15) * 0xa076_1d64_78bd_642f;
        self.0 = (product >> 64) as u64 ^ product as u64;
    }
}

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.mix(byte.into()));
    }

    fn write_u8(&mut self, field: u8) {
        self.mix(field.into());
    }

    fn write_isize(&mut self, discriminant: isize) {
        self.mix(discriminant as u64);
    }

    fn write_usize(&mut self, length: usize) {
        self.mix(length as u64);
    }
}

/// Takes a fingerprint for its own hash.
#[derive(Debug, Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.0 = self.0 << 8 | u64::from(byte));
    }

    fn write_u64(&mut self, fingerprint: u64) {
        self.0 = fingerprint;
    }
}
