//! What arrives outside frames: a boot log, a traceback, a prompt.

/// Keeps the last `STRAY` bytes that arrived outside frames; at most 32,767.
#[derive(Debug, Clone)]
pub struct Stray<const STRAY: usize> {
    ring: [u8; STRAY],
    /// How many bytes were pushed. Once the ring is full, this stays between one and two times its size.
    pushed: u16,
}

impl<const STRAY: usize> Stray<STRAY> {
    /// Creates an empty ring.
    pub(super) const fn new() -> Self {
        const { assert!(STRAY <= i16::MAX as usize, "at most 32767 stray bytes can be kept") }
        Self { ring: [0; STRAY], pushed: 0 }
    }

    /// Adds a byte. Drops the oldest one if the ring is full.
    pub(super) fn push(&mut self, byte: u8) {
        let pushed = usize::from(self.pushed);
        let at = pushed.checked_sub(STRAY).unwrap_or(pushed);
        let Some(place) = self.ring.get_mut(at) else { return };
        *place = byte;
        self.pushed = if at + 1 == STRAY { STRAY as u16 } else { self.pushed + 1 };
    }

    /// Drops all bytes.
    pub(super) fn clear(&mut self) {
        self.pushed = 0;
    }

    /// The bytes.
    #[cfg(feature = "alloc")]
    pub fn to_vec(&self) -> alloc::vec::Vec<u8> {
        self.as_slices().concat()
    }

    /// The bytes, in two parts: the older ones and the newer ones.
    pub fn as_slices(&self) -> [&[u8]; 2] {
        let pushed = usize::from(self.pushed);
        let (older, newer) = match pushed.checked_sub(STRAY) {
            Some(at) => (self.ring.get(at..), self.ring.get(..at)),
            None => (self.ring.get(..pushed), None),
        };
        [older.unwrap_or_default(), newer.unwrap_or_default()]
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use super::*;

    #[test]
    fn the_last_bytes_are_kept() {
        let mut stray = Stray::<3>::new();
        let mut all = alloc::vec::Vec::new();
        assert_eq!(stray.as_slices().concat(), b"");
        for byte in 0..20 {
            stray.push(byte);
            all.push(byte);
            assert_eq!(stray.as_slices().concat(), all[all.len().saturating_sub(3)..]);
        }
        stray.clear();
        assert_eq!(stray.as_slices().concat(), b"");
        stray.push(7);
        assert_eq!(stray.as_slices().concat(), [7]);
    }

    #[test]
    fn nothing_is_kept_without_room() {
        let mut stray = Stray::<0>::new();
        stray.push(b'a');
        assert_eq!(stray.as_slices().concat(), b"");
    }
}
