//! The numbers by which the peer's commands are called.

use crate::rpc::contract::UNKNOWN;

/// Remembers the numbers of up to `LEN` commands of the peer, by the hashes of their signatures.
#[derive(Debug)]
pub(super) struct Numbers<const LEN: usize> {
    hashes: [u32; LEN],
    numbers: [u8; LEN],
    /// How many are known; once all places are taken, where the next goes is counted on.
    learned: u8,
}

impl<const LEN: usize> Numbers<LEN> {
    /// No number is known.
    pub(super) const NONE: Self = Self { hashes: [0; LEN], numbers: [0; LEN], learned: 0 };

    /// Forgets all numbers.
    pub(super) fn forget(&mut self) {
        self.learned = 0;
    }

    /// What the peer said when it was asked for the command with this hash; `None` if that is not known.
    pub(super) fn find(&self, hash: u32) -> Option<u8> {
        if const { LEN == 0 } {
            return Some(UNKNOWN);
        }
        let at = self.hashes.iter().take(self.learned.into()).position(|known| *known == hash)?;
        self.numbers.get(at).copied()
    }

    /// Remembers the number of a command, in place of the one that was learned first if there is no other place.
    pub(super) fn learn(&mut self, hash: u32, number: u8) {
        if self.find(hash).is_some() {
            return;
        }
        let len = LEN.min(usize::from(u8::MAX)).max(1);
        let at = usize::from(self.learned) % len;
        if let (Some(known), Some(place)) = (self.hashes.get_mut(at), self.numbers.get_mut(at)) {
            (*known, *place) = (hash, number);
        }
        self.learned = self.learned.checked_add(1).unwrap_or(len as u8);
    }
}
