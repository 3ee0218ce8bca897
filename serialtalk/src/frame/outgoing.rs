//! The frame on its way out.

use super::{MAX_FRAME, MIN_BUFFER};

/// Holds one frame until the link has taken all of it.
#[derive(Debug, Clone)]
pub struct Outgoing<const N: usize> {
    sent: u16,
    end: u16,
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
        Self { sent: 0, end: 0, buffer: [0; N] }
    }

    /// The room for a frame, in place of whatever stands here. It is sent only once [`ready`](Self::ready) is called.
    pub fn buffer(&mut self) -> &mut [u8] {
        self.end = 0;
        self.sent = 0;
        &mut self.buffer
    }

    /// The same, and where to say how many bytes of it are to be sent.
    pub(crate) fn parts(&mut self) -> (&mut [u8], &mut u16) {
        self.end = 0;
        self.sent = 0;
        (&mut self.buffer, &mut self.end)
    }

    /// Says that the first `size` bytes of the buffer are to be sent.
    pub fn ready(&mut self, size: usize) {
        self.end = size.min(N) as u16;
    }

    /// What has still to be sent.
    pub fn pending(&self) -> &[u8] {
        self.buffer.get(usize::from(self.sent)..usize::from(self.end)).unwrap_or_default()
    }

    /// Says that the link has taken `count` bytes of [`pending`](Self::pending).
    pub fn sent(&mut self, count: usize) {
        self.sent = self.sent.saturating_add(count.min(N) as u16);
        if self.sent >= self.end {
            self.sent = 0;
            self.end = 0;
        }
    }
}
