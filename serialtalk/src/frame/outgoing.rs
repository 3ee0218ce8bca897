//! The frame on its way out.

use super::{HEADER, MAX_FRAME, MIN_BUFFER};

/// Holds one frame until the link has taken all of it.
#[derive(Debug, Clone)]
pub struct Outgoing<const N: usize> {
    /// How many bytes have still to be sent, up to the end of the frame.
    left: u16,
    buffer: [u8; N],
}

impl<const N: usize> Default for Outgoing<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Outgoing<N> {
    /// Nothing to send.
    pub const fn new() -> Self {
        const { assert!(N >= MIN_BUFFER && N <= MAX_FRAME, "a frame buffer holds 32 to 258 bytes") }
        Self { left: 0, buffer: [0; N] }
    }

    /// The room for a frame, in place of whatever stands here, and where to say how many bytes of it are to be sent:
    /// all of a finished frame.
    pub(crate) fn parts(&mut self) -> (&mut [u8], &mut u16) {
        self.left = 0;
        (&mut self.buffer, &mut self.left)
    }

    /// What has still to be sent.
    pub fn pending(&self) -> &[u8] {
        // The frame says itself where it ends.
        let end = HEADER + self.buffer.get(1).copied().map_or(0, usize::from);
        let start = end.wrapping_sub(self.left.into());
        self.buffer.get(start..end).unwrap_or_default()
    }

    /// Says that only the last `left` bytes have still to be sent.
    pub fn keep(&mut self, left: usize) {
        self.left = self.left.min(left as u16);
    }
}
