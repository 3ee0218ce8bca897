//! Finds what lies between zeros, for the checked link.

use core::ops::Range;

use super::{FrameDecoder, FrameHandle};

impl<const N: usize> FrameDecoder<N> {
    /// Takes the next bytes that have arrived up to a zero, without the zero; never none at all. `searched` is up to where no
    /// zero was found before; it is 0 at first.
    pub(crate) fn segment(&mut self, searched: &mut u16) -> Option<Range<u16>> {
        loop {
            let from = self.start.max(*searched);
            let arrived = self.buffer.get(from.into()..self.end.into()).unwrap_or_default();
            let Some(at) = arrived.iter().position(|byte| *byte == 0) else { break };
            let segment = self.start..from + at as u16;
            self.start = segment.end + 1;
            *searched = self.start;
            if !segment.is_empty() {
                return Some(segment);
            }
        }
        self.move_to_front();
        *searched = self.end;
        None
    }

    /// Makes [`segment`](Self::segment) return the bytes again that it returned last.
    pub(crate) fn unread_segment(&mut self, segment: FrameHandle, searched: &mut u16) {
        self.start = segment.at;
        *searched = segment.at;
    }

    /// Bytes that have arrived.
    pub(crate) fn bytes_mut(&mut self, range: Range<u16>) -> &mut [u8] {
        self.buffer.get_mut(range.start.into()..range.end.into()).unwrap_or_default()
    }

    /// The bytes of a frame that [`next`](Self::next) found, if it fits.
    pub(crate) fn whole(&self, frame: FrameHandle) -> &[u8] {
        let (at, size) = (usize::from(frame.at), usize::from(frame.size));
        self.buffer.get(at..at + size).unwrap_or_default()
    }

    /// The bytes that belong to nothing yet.
    pub(crate) fn pending(&self) -> &[u8] {
        self.buffer.get(self.start.into()..self.end.into()).unwrap_or_default()
    }

    /// Whether there is no room for more bytes.
    pub(crate) fn is_full(&self) -> bool {
        usize::from(self.end) >= N
    }
}

impl FrameHandle {
    /// A frame that lies in `segment`, whose name of `name_len` bytes follows the third byte, and whose payload ends three
    /// bytes before the end.
    pub(crate) fn of_segment(segment: Range<u16>, name_len: u8) -> Self {
        let size = (segment.end - segment.start).saturating_sub(2);
        Self { at: segment.start, size, name_len }
    }

    /// The bytes that [`of_segment`](Self::of_segment) was made of.
    pub(crate) fn segment(self) -> Range<u16> {
        self.at..self.at + self.size + 2
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    /// The segments of `bytes` that arrive in pieces of these sizes, again and again.
    fn segments<const N: usize>(bytes: &[u8], pieces: &[usize]) -> Vec<Vec<u8>> {
        let (mut decoder, mut searched, mut found) = (FrameDecoder::<N>::new(), 0, Vec::new());
        let mut rest = bytes;
        for piece in pieces.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let buffer = decoder.recv_buf();
            let count = rest.len().min(*piece).min(buffer.len());
            buffer[..count].copy_from_slice(&rest[..count]);
            decoder.commit(count);
            rest = &rest[count..];
            while let Some(segment) = decoder.segment(&mut searched) {
                found.push(decoder.bytes_mut(segment).to_vec());
            }
            if decoder.is_full() {
                decoder.clear(|_| ());
                searched = 0;
            }
        }
        found
    }

    proptest! {
        #[test]
        fn segments_lie_between_zeros_however_they_arrive(
            bytes in proptest::collection::vec(prop_oneof![Just(0u8), 0..=255u8], 0..300),
            pieces in proptest::collection::vec(1usize..40, 1..5),
        ) {
            let (complete, _) = bytes.split_at(bytes.iter().rposition(|byte| *byte == 0).map_or(0, |at| at + 1));
            let expected: Vec<_> = complete.split(|byte| *byte == 0).filter(|part| !part.is_empty()).collect();
            prop_assume!(expected.iter().all(|part| part.len() < 64));
            prop_assert_eq!(segments::<64>(&bytes, &pieces), expected);
        }
    }

    #[test]
    fn a_segment_that_was_put_back_is_returned_again() {
        let (mut decoder, mut searched) = (FrameDecoder::<32>::new(), 0);
        decoder.recv_buf()[..9].copy_from_slice(b"\0onetwo\0x");
        decoder.commit(9);
        let segment = decoder.segment(&mut searched).unwrap();
        assert_eq!(decoder.bytes_mut(segment.clone()), b"onetwo");
        let handle = FrameHandle::of_segment(segment.clone(), 0);
        assert_eq!(handle.segment(), segment);
        decoder.unread_segment(handle, &mut searched);
        assert_eq!(decoder.segment(&mut searched), Some(segment));
        assert_eq!((decoder.segment(&mut searched), decoder.pending()), (None, &b"x"[..]));
    }
}
