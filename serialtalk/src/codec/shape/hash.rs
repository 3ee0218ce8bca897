//! The hash of signatures, by which two peers find out whether they mean the same.

/// A 32-bit FNV-1a hash of what is added to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hasher(u32);

impl Hasher {
    /// Nothing is added yet.
    pub(crate) const fn new() -> Self {
        Self(0x811c_9dc5)
    }

    /// Adds bytes.
    pub(crate) const fn bytes(self, bytes: &[u8]) -> Self {
        let mut hash = self.0;
        let mut rest = bytes;
        while let [byte, after @ ..] = rest {
            hash = (hash ^ *byte as u32).wrapping_mul(0x0100_0193);
            rest = after;
        }
        Self(hash)
    }

    /// The hash.
    pub(crate) const fn finish(self) -> u32 {
        self.0
    }
}

impl Default for Hasher {
    fn default() -> Self {
        Self::new()
    }
}
