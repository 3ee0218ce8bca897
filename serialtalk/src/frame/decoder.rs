//! Bytes in any chunks to whole frames, with resynchronisation.

use core::cell::Cell;
use core::num::NonZeroU8;

use super::{END, Frame, HEADER, MAX_FRAME, MIN_BUFFER, START};
use crate::moving::move_down;

/// Finds frames in a stream of bytes.
///
/// Read into [`spare`](Self::spare), say how much came with [`received`](Self::received), then take frames with
/// [`next`](Self::next) until it has none.
///
/// A `<` that starts no frame (length, name length or closing byte wrong) is passed over, and the search resumes one
/// byte behind it, so a good frame hidden in what a bad length swallowed is found. What is passed over is handed to
/// the `outside` function: boot logs and tracebacks come this way.
///
/// `N` is the largest frame in bytes that fits, `<` and `>` included; 258 takes every frame. Of a larger frame only
/// the name is kept, as far as it fits; what such a frame held is lost even if its end turns out
/// to be wrong.
#[derive(Debug, Clone)]
pub struct Decoder<const N: usize> {
    /// How many bytes at the front were taken. Beyond `N`: none, and of the frame that stands there so many bytes as it is
    /// beyond were dropped.
    taken: u16,
    end: u16,
    buffer: [u8; N],
}

/// What [`Decoder::next`] found: a frame. Its bytes stay where they are until that is called again.
///
/// Of one that is larger than the decoder's buffer only the name was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    name: u8,
    length: NonZeroU8,
}

impl Found {
    /// The size of the frame in bytes, from `<` to `>`.
    pub fn size(self) -> usize {
        usize::from(self.length.get()) + HEADER
    }
}

impl<const N: usize> Default for Decoder<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Decoder<N> {
    /// An empty decoder. `N` must be 32 to 258 bytes, else it does not compile.
    pub const fn new() -> Self {
        const { assert!(N >= MIN_BUFFER && N <= MAX_FRAME, "a frame buffer holds 32 to 258 bytes") }
        Self { taken: 0, end: 0, buffer: [0; N] }
    }

    /// Room for bytes to come. Empty only while frames wait to be taken by [`next`](Self::next).
    pub fn spare(&mut self) -> &mut [u8] {
        let end = usize::from(self.end).min(N);
        self.buffer.get_mut(end..).unwrap_or_default()
    }

    /// Says that `count` bytes were put at the start of [`spare`](Self::spare).
    pub fn received(&mut self, count: usize) {
        // A link that says more than there was room for loses what it brought: `next` finds that it cannot be.
        self.end = self.end.wrapping_add(count as u16);
    }

    /// Whether a frame has begun and not ended.
    pub fn is_partial(&self) -> bool {
        self.taken != self.end
    }

    /// The next frame, if it has come whole. What stands outside frames goes to `outside`, byte by byte.
    ///
    /// If bytes that are still to come `are_late`, nothing waits for them: what a frame without an end swallowed is
    /// searched, too.
    pub fn next(&mut self, are_late: bool, mut outside: impl FnMut(u8)) -> Option<Found> {
        let (taken, mut dropped) = self.taken();
        let mut end = usize::from(self.end);
        (self.taken, self.end) = (0, 0);
        let bytes = Cell::from_mut(self.buffer.as_mut_slice()).as_slice_of_cells();
        let mut left = bytes.get(taken..end)?;
        loop {
            while let [byte, behind @ ..] = left
                && byte.get() != START
            {
                outside(byte.get());
                left = behind;
            }
            // Every `<` that could start a frame is looked at in one place, for that takes the least code.
            let held = bytes.get(..left.len())?;
            if held.len() < end {
                move_down(left, held);
            }
            end = held.len();
            let [_, behind @ ..] = held else { return None };
            match look(held, dropped) {
                Look::Frame { name, length } => {
                    let found = Found { name, length };
                    self.taken = (found.size() - dropped) as u16;
                    self.end = end as u16;
                    return Some(found);
                }
                Look::Partial if !are_late => {
                    if N < MAX_FRAME && end >= N {
                        // A frame that does not fit: what came of its payload makes room.
                        end = HEADER + Self::kept(bytes.get(2).map_or(0, |name| name.get().into()));
                        dropped += N - end;
                    }
                    self.end = end as u16;
                    if dropped > 0 {
                        self.taken = (N + dropped) as u16;
                    }
                    return None;
                }
                Look::Partial | Look::NoFrame => {
                    outside(START);
                    left = behind;
                    dropped = 0;
                }
            }
        }
    }

    /// Forgets everything that has come.
    pub fn clear(&mut self, outside: impl FnMut(u8)) {
        let (start, _) = self.taken();
        let held = self.buffer.get(start..usize::from(self.end)).unwrap_or_default();
        held.iter().copied().for_each(outside);
        self.taken = 0;
        self.end = 0;
    }

    /// Shows a frame that [`next`](Self::next) has found; for one too large, the payload is empty.
    pub fn frame(&mut self, found: Found) -> Option<Frame<'_>> {
        let mut name = usize::from(found.name);
        let mut size = found.size();
        if !Self::holds(found) {
            name = Self::kept(name);
            size = HEADER + name + 1;
        }
        let frame = self.buffer.get_mut(HEADER..size - 1)?;
        let (name, payload) = frame.split_at_mut_checked(name)?;
        Some(Frame { name, payload })
    }

    /// Whether a frame fits the buffer, so that its payload was kept.
    pub fn holds(found: Found) -> bool {
        N >= MAX_FRAME || found.size() <= N
    }

    /// How many bytes were taken, and how many of a frame that stands there were dropped.
    fn taken(&self) -> (usize, usize) {
        let taken = usize::from(self.taken);
        // A buffer for every frame never drops anything.
        if N < MAX_FRAME && taken > N { (0, taken - N) } else { (taken, 0) }
    }

    /// How many bytes are kept of a name whose frame does not fit. Of one without room the start is enough: no reply
    /// to it would fit.
    fn kept(name: usize) -> usize {
        name.min(N - HEADER - 1)
    }
}

/// What bytes are, by those that are there.
enum Look {
    Frame { name: u8, length: NonZeroU8 },
    Partial,
    NoFrame,
}

/// Looks at bytes that start with `<`, of which `dropped` are missing before the closing byte.
fn look(bytes: &[Cell<u8>], dropped: usize) -> Look {
    let [_, length, name, ..] = bytes else { return Look::Partial };
    let name = name.get();
    let Some(length) = NonZeroU8::new(length.get()).filter(|length| name < length.get()) else {
        return Look::NoFrame;
    };
    match bytes.get(HEADER - 1 + usize::from(length.get()) - dropped) {
        None => Look::Partial,
        Some(last) if last.get() == END => Look::Frame { name, length },
        Some(_) => Look::NoFrame,
    }
}
