//! Writes one frame into a buffer.

use core::fmt;

use super::MAX_FRAME;
use super::head::{Head, LEN_LATER, START, Suffix, close};
use crate::wire::integer::Integer;
use crate::wire::number::write_integer;

/// Writes a frame from left to right into a buffer.
///
/// Bytes that do not fit are counted, not written; [`finish`](Self::finish) reports how many bytes the whole frame would
/// have. So nothing needs to check for errors while it writes, and no frame is ever cut.
#[derive(Debug)]
pub struct FrameWriter<'a> {
    buffer: &'a mut [u8],
    /// May exceed the size of the buffer.
    len: usize,
}

/// A frame is too long for the wire or for the buffer. Nothing of it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct FrameTooLong {
    /// The size of the frame in bytes, from `<` to `>`.
    pub size: usize,
    /// The largest size in bytes: 258 on the wire, less if the buffer is smaller.
    pub limit: usize,
}

impl FrameTooLong {
    /// Writes the error as a peer reads it: `300 bytes > frame of 258`. It is short so that an error reply holds it even
    /// where frames are small.
    pub(crate) fn describe(&self, out: &mut impl fmt::Write) -> fmt::Result {
        write_integer(out, Integer::positive(self.size as u64))?;
        out.write_str(" bytes > frame of ")?;
        write_integer(out, Integer::positive(self.limit as u64))
    }
}

impl fmt::Display for FrameTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a frame of {} bytes is too long, at most {} fit", self.size, self.limit)
    }
}

impl core::error::Error for FrameTooLong {}

impl<'a> FrameWriter<'a> {
    /// Begins a frame.
    pub fn new(buffer: &'a mut [u8], head: Head<'_>) -> Self {
        let mut writer = Self::empty(buffer);
        writer.begin(head);
        writer
    }

    /// Creates a writer that has not begun a frame.
    pub(crate) fn empty(buffer: &'a mut [u8]) -> Self {
        let capacity = buffer.len().min(MAX_FRAME);
        Self { buffer: buffer.get_mut(..capacity).unwrap_or_default(), len: 0 }
    }

    /// The buffer, as far as frames may fill it.
    pub(crate) fn buffer(&mut self) -> &mut [u8] {
        self.buffer
    }

    /// Begins a frame in place of what was written before.
    pub(crate) fn begin(&mut self, head: Head<'_>) {
        let suffix = head.suffix.map_or(&b""[..], Suffix::as_bytes);
        // A name of more than 254 bytes fits no frame.
        let name_len = (head.name.len() + suffix.len()) as u8;
        self.len = 0;
        self.put(&[START, LEN_LATER, name_len]).put(head.name).put(suffix);
    }

    /// Appends bytes.
    pub fn put(&mut self, bytes: &[u8]) -> &mut Self {
        let free = self.buffer.get_mut(self.len..).unwrap_or_default();
        free.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
        // Never wraps: nobody writes that many bytes.
        self.len = self.len.wrapping_add(bytes.len());
        self
    }

    /// Appends one byte.
    pub fn put_byte(&mut self, byte: u8) -> &mut Self {
        if let Some(place) = self.buffer.get_mut(self.len) {
            *place = byte;
        }
        // Never wraps: nobody writes that many bytes.
        self.len = self.len.wrapping_add(1);
        self
    }

    /// Replaces a byte that was written before; `at` counts from the start of the frame.
    pub fn overwrite(&mut self, at: usize, byte: u8) {
        if let Some(place) = self.buffer.get_mut(at) {
            *place = byte;
        }
    }

    /// The size of the frame so far in bytes, without its closing byte. Bytes that did not fit are counted.
    #[allow(clippy::len_without_is_empty, reason = "a frame has a head from the start")]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Removes what was written after the frame had `len` bytes. Does nothing if it has fewer.
    pub fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    /// The size in bytes of the largest whole frame that fits.
    pub fn capacity(&self) -> usize {
        self.buffer.len()
    }

    /// The first `size` bytes of the buffer: the whole frame, once [`finish`](Self::finish) has returned its size.
    pub fn bytes(&self, size: usize) -> &[u8] {
        self.buffer.get(..size).unwrap_or_default()
    }

    /// Closes the frame and returns its size in bytes. It starts where the buffer starts.
    ///
    /// # Errors
    ///
    /// Returns [`FrameTooLong`] if the frame does not fit; [`truncate`](Self::truncate) makes room then.
    pub fn finish(&mut self) -> Result<usize, FrameTooLong> {
        let size = self.len.saturating_add(1);
        let limit = self.buffer.len();
        let frame = self.buffer.get_mut(..size).ok_or(FrameTooLong { size, limit })?;
        close(frame);
        Ok(size)
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;
    use alloc::vec;

    use super::*;

    #[test]
    fn a_frame_is_written_byte_by_byte() {
        let mut buffer = [0; 32];
        let mut writer = FrameWriter::new(&mut buffer, Head::reply(b"mult", Suffix::Ack));
        writer.put(b"\x01").put_byte(b'f').put(&3.0f32.to_le_bytes());
        let size = writer.finish().unwrap();
        assert_eq!(&buffer[..size], b"<\x0e\x07multack\x01f\x00\x00@@>");
    }

    #[test]
    fn a_frame_that_is_too_long_is_counted_and_refused() {
        let mut buffer = [0; 300];
        for (payload, fits) in [(253, true), (254, false), (1000, false)] {
            let mut writer = FrameWriter::new(&mut buffer, Head::command(b"x"));
            writer.put(&vec![0; payload]);
            let size = payload + 5;
            let expected = if fits { Ok(size) } else { Err(FrameTooLong { size, limit: 258 }) };
            assert_eq!(writer.finish(), expected);
        }
        let mut small = [0; 32];
        let mut writer = FrameWriter::new(&mut small, Head::command(b"x"));
        writer.put(&[0; 28]);
        let error = writer.finish().unwrap_err();
        assert_eq!(error.to_string(), "a frame of 33 bytes is too long, at most 32 fit");
        let long_name = FrameWriter::new(&mut small, Head::reply(&[b'n'; 400], Suffix::Ack)).finish();
        assert_eq!(long_name, Err(FrameTooLong { size: 407, limit: 32 }));
        let empty = FrameWriter::new(&mut [], Head::command(b"x")).finish();
        assert_eq!(empty, Err(FrameTooLong { size: 5, limit: 0 }));
    }

    #[test]
    fn a_truncated_writer_goes_on() {
        let mut buffer = [0; 32];
        let mut writer = FrameWriter::new(&mut buffer, Head::command(b"x"));
        let start = writer.len();
        assert_eq!((start, writer.capacity()), (4, 32));
        writer.put(&[1; 100]);
        assert!(writer.finish().is_err());
        writer.truncate(start);
        writer.truncate(50);
        writer.put(b"\x01Z");
        writer.overwrite(start + 1, b'z');
        writer.overwrite(1000, b'!');
        let size = writer.finish().unwrap();
        assert_eq!(&buffer[..size], b"<\x04\x01x\x01z>");
    }
}
