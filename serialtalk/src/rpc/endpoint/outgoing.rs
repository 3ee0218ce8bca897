//! The buffer of frames that are sent.

use core::ops::Range;

#[cfg(feature = "alloc")]
use crate::wire::frame;

/// Holds the frame that is being sent. A frame is only written when the one before it was sent.
#[derive(Debug)]
pub(super) struct Outgoing<const N: usize> {
    buffer: [u8; N],
    /// Where the bytes lie that are still to be sent.
    unsent: Range<u16>,
}

impl<const N: usize> Outgoing<N> {
    /// Creates a buffer with nothing to send.
    pub(super) const fn new() -> Self {
        Self { buffer: [0; N], unsent: 0..0 }
    }

    /// The bytes that are still to be sent.
    pub(super) fn unsent(&self) -> &[u8] {
        self.buffer.get(self.unsent.start.into()..self.unsent.end.into()).unwrap_or_default()
    }

    /// Reports that the first `count` unsent bytes were sent.
    pub(super) fn consume(&mut self, count: usize) {
        let count = count.min(self.unsent().len());
        self.unsent.start += count as u16;
    }

    /// Whether the frame that was written last has this payload.
    #[cfg(feature = "alloc")]
    pub(super) fn is_last(&self, payload: &[u8]) -> bool {
        let last = self.buffer.get(..self.unsent.end.into()).and_then(frame::split);
        last.is_some_and(|(_, sent)| sent == payload)
    }

    /// The buffer, and the range to set once a frame is written there; until then, nothing is unsent.
    pub(super) fn split(&mut self) -> (&mut [u8], &mut Range<u16>) {
        self.unsent = 0..0;
        (&mut self.buffer, &mut self.unsent)
    }

    /// The buffer from `start` on, and the range to set as [`split`](Self::split) does.
    pub(super) fn split_from(&mut self, start: usize) -> (&mut [u8], &mut Range<u16>) {
        self.unsent = 0..0;
        (self.buffer.get_mut(start..).unwrap_or_default(), &mut self.unsent)
    }

    /// The buffer from `start` on.
    pub(super) fn part(&mut self, start: usize) -> &mut [u8] {
        self.buffer.get_mut(start..).unwrap_or_default()
    }

    /// Makes what lies at `range` the next bytes to send.
    pub(super) fn send(&mut self, range: Range<usize>) {
        self.unsent = range.start as u16..range.end as u16;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unsent_is_a_range() {
        let mut outgoing = Outgoing::<32>::new();
        assert_eq!(outgoing.unsent(), b"");
        let (buffer, unsent) = outgoing.split();
        buffer[..5].copy_from_slice(b"frame");
        *unsent = 0..5;
        assert_eq!(outgoing.unsent(), b"frame");
        outgoing.consume(2);
        assert_eq!(outgoing.unsent(), b"ame");
        outgoing.consume(100);
        assert_eq!(outgoing.unsent(), b"");
        outgoing.consume(1);
        assert_eq!(outgoing.unsent(), b"");
    }

    #[test]
    fn a_frame_that_is_being_overwritten_is_not_sent() {
        let mut outgoing = Outgoing::<32>::new();
        *outgoing.split().1 = 0..10;
        let _ = outgoing.split();
        assert_eq!(outgoing.unsent(), b"");
    }
}
