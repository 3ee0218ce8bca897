//! Writes one frame into a buffer.

use core::{fmt, mem};

use super::{END, HEADER, MAX_FRAME, START};
use crate::number::last_digit;

/// Writes a frame from left to right into a buffer.
///
/// Bytes that do not fit are counted, not written; [`finish`](Self::finish) then says how many there were. So nothing
/// between the two needs to look for errors, and no frame is ever cut.
#[derive(Debug)]
pub struct FrameWriter<'a> {
    buffer: &'a mut [u8],
    length: usize,
    /// How long the frame may become with a text that may be cut.
    limit: usize,
}

/// A frame that would be too long, for the wire or for the buffer. Nothing of it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct FrameTooLong {
    /// The size of the frame in bytes, from `<` to `>`; `usize::MAX` where it was not counted to the end.
    pub size: usize,
    /// The largest size: 258 on the wire, less where a buffer is smaller.
    pub limit: usize,
}

impl fmt::Display for FrameTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self { size: usize::MAX, limit } => write!(f, "the values do not fit a frame of {limit} bytes"),
            Self { size, limit } => {
                write!(f, "a frame of {size} bytes is too long, at most {limit} can be sent")
            }
        }
    }
}

impl core::error::Error for FrameTooLong {}

/// The length of a frame that cannot be finished, and more.
const SPOILED: usize = 1 << (usize::BITS - 2);

impl<'a> FrameWriter<'a> {
    /// Begins a frame named `name` with `suffix` (`""`, `"ack"` or `"err"`) behind it.
    pub fn new(buffer: &'a mut [u8], name: &[u8], suffix: &[u8]) -> Self {
        let mut writer = Self::empty(buffer);
        writer.begin(name, suffix);
        writer
    }

    /// Begins nothing yet.
    pub(crate) fn empty(buffer: &'a mut [u8]) -> Self {
        let limit = buffer.len().min(MAX_FRAME);
        let buffer = buffer.get_mut(..limit).unwrap_or_default();
        Self { buffer, length: 0, limit: 0 }
    }

    /// Begins a frame in place of what was written.
    #[inline(always)]
    pub(crate) fn begin(&mut self, name: &[u8], suffix: &[u8]) {
        // The start and the length are put there in the end.
        self.length = HEADER;
        if let [_, _, count, ..] = &mut *self.buffer {
            // Whatever is above 255 does not fit the buffer.
            *count = (name.len() + suffix.len()) as u8;
        }
        self.put(name).put(suffix);
    }

    /// Adds bytes. Gives the writer back, so that more can be added, and no caller has to keep a copy of its address.
    // Called from everywhere; copies of it would fill the flash of a small board.
    #[inline(never)]
    pub fn put(&mut self, bytes: &[u8]) -> &mut Self {
        for byte in bytes {
            self.add(*byte);
        }
        self
    }

    /// Adds one byte. Gives the writer back, too.
    #[inline(never)]
    pub fn put_byte(&mut self, byte: u8) -> &mut Self {
        self.add(byte);
        self
    }

    #[inline(always)]
    fn add(&mut self, byte: u8) {
        if let Some(place) = self.buffer.get_mut(self.length) {
            *place = byte;
        }
        // Far below the largest: nobody has that many bytes to write.
        self.length = self.length.wrapping_add(1);
    }

    /// Adds the decimal digits of an integer.
    pub(crate) fn put_integer(&mut self, value: u64) {
        let start = self.length;
        let mut left = value.to_le_bytes();
        loop {
            // Each digit goes before those behind it.
            let mut digit = last_digit(&mut left);
            let mut at = start;
            while let Some(place) = self.buffer.get_mut(at)
                && at <= self.length
            {
                mem::swap(place, &mut digit);
                at += 1;
            }
            self.length = self.length.wrapping_add(1);
            if left == [0; 8] {
                return;
            }
        }
    }

    /// How many bytes can still be added, with the closing byte set aside.
    pub fn room(&self) -> usize {
        self.buffer.len().saturating_sub(self.length.saturating_add(1))
    }

    /// How many bytes the frame has so far, those that did not fit included.
    pub fn length(&self) -> usize {
        self.length
    }

    /// Goes back to where [`length`](Self::length) was `length`; what was written behind it is forgotten.
    pub fn rewind(&mut self, length: usize) {
        self.length = self.length.min(length);
    }

    /// How long the frame may become with a text that may be cut.
    pub(crate) fn limit(&self) -> usize {
        self.limit
    }

    /// Begins a text that may be cut, behind which so many bytes stay free.
    pub(crate) fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// Takes back what a text that may be cut has from `start` on, if `more` bytes behind it would be over the limit. Then
    /// nothing of that text is added any more: what follows would only hide that something is missing.
    #[inline(always)]
    pub(crate) fn cut(&mut self, start: usize, more: usize) {
        if self.length + more > self.limit {
            self.length = start;
            self.limit = 0;
        }
    }

    /// Makes the frame one that cannot be finished.
    pub(crate) fn spoil(&mut self) {
        self.length = SPOILED;
    }

    /// The first bytes of what was written.
    pub(crate) fn bytes(&self, size: usize) -> &[u8] {
        self.buffer.get(..size).unwrap_or_default()
    }

    /// The size of the largest frame that fits.
    pub(crate) fn room_of_frame(&self) -> usize {
        self.buffer.len()
    }

    /// Whether a frame of this length cannot be finished, whatever the room.
    pub(crate) fn is_spoiled(length: usize) -> bool {
        length >= SPOILED
    }

    /// Says whether the frame could be closed.
    pub fn check(&self) -> Result<(), FrameTooLong> {
        let limit = self.buffer.len();
        if self.length < limit {
            return Ok(());
        }
        let size = if Self::is_spoiled(self.length) { usize::MAX } else { self.length + 1 };
        Err(FrameTooLong { size, limit })
    }

    /// Closes the frame and returns its size in bytes.
    pub fn finish(&mut self) -> Result<usize, FrameTooLong> {
        self.check()?;
        Ok(self.close())
    }

    /// The same; zero if it does not fit.
    pub(crate) fn close(&mut self) -> usize {
        let Some(end) = self.buffer.get_mut(self.length) else { return 0 };
        *end = END;
        let size = self.length + 1;
        if let [start, length, ..] = &mut *self.buffer {
            *start = START;
            // At most 255: the buffer is no longer than the largest frame.
            *length = size.wrapping_sub(HEADER) as u8;
        }
        size
    }
}
