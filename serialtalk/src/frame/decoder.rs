//! Bytes in any chunks to whole frames, with resynchronisation.

use core::cell::Cell;
use core::num::NonZeroU8;

use super::{END, Frame, HEADER, MAX_FRAME, MIN_BUFFER, START};

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
    start: u16,
    end: u16,
    /// How many bytes must stand from `start` on before looking again is worth it; 0 and 1 mean any.
    wanted: u16,
    /// How many bytes of a frame larger than `N` have been dropped from behind its name.
    dropped: u16,
    buffer: [u8; N],
}

/// What [`Decoder::next`] found: a frame. Its bytes stay where they are until [`Decoder::spare`] is called.
///
/// Of one that is larger than the decoder's buffer only the name was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    start: u16,
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
        Self { start: 0, end: 0, wanted: 0, dropped: 0, buffer: [0; N] }
    }

    /// Room for bytes to come. Empty only while a whole frame waits to be taken by [`next`](Self::next).
    pub fn spare(&mut self) -> &mut [u8] {
        if self.start != 0 {
            let held = self.buffer.get_mut(..usize::from(self.end)).unwrap_or_default();
            move_down(held, usize::from(self.start));
            self.end -= self.start;
            self.start = 0;
        }
        self.buffer.get_mut(usize::from(self.end)..).unwrap_or_default()
    }

    /// Says that `count` bytes were put at the start of [`spare`](Self::spare).
    pub fn received(&mut self, count: usize) {
        let end = usize::from(self.end).saturating_add(count).min(N);
        self.end = end as u16;
    }

    /// Whether a frame has begun and not ended.
    pub fn is_partial(&self) -> bool {
        self.start != self.end
    }

    /// The next frame, if it has come whole. What stands outside frames goes to `outside`.
    pub fn next(&mut self, mut outside: impl FnMut(&[u8])) -> Option<Found> {
        loop {
            let held = self.held();
            if held.len() < usize::from(self.wanted) {
                return None;
            }
            let skip = if *held.first()? == START {
                match self.look() {
                    Look::Frame(found) => return Some(found),
                    Look::Wait(wanted) => {
                        self.wanted = wanted;
                        return None;
                    }
                    Look::Drop { keep, count } => {
                        self.drop_behind(keep, count);
                        continue;
                    }
                    Look::NoFrame => 1,
                }
            } else {
                held.iter().position(|byte| *byte == START).unwrap_or(held.len())
            };
            self.pass_over(skip, &mut outside);
        }
    }

    /// Gives up on a frame whose rest does not come: what it swallowed is searched again by [`next`](Self::next).
    pub fn give_up(&mut self, mut outside: impl FnMut(&[u8])) {
        self.pass_over(1, &mut outside);
    }

    /// Forgets everything that has come.
    pub fn clear(&mut self, mut outside: impl FnMut(&[u8])) {
        let count = self.held().len();
        self.pass_over(count, &mut outside);
    }

    /// Shows a frame that [`next`](Self::next) has found; for one too large, the payload is empty.
    pub fn frame(&mut self, found: Found) -> Option<Frame<'_>> {
        let size = if Self::holds(found) { found.size() } else { HEADER + usize::from(found.name) + 1 };
        let frame = self.buffer.get_mut(usize::from(found.start)..)?.get_mut(HEADER..size - 1)?;
        let (name, payload) = frame.split_at_mut_checked(found.name.into())?;
        Some(Frame { name, payload })
    }

    /// Whether a frame fits the buffer, so that its payload was kept.
    pub fn holds(found: Found) -> bool {
        N >= MAX_FRAME || found.size() <= N
    }

    fn held(&self) -> &[u8] {
        self.buffer.get(usize::from(self.start)..usize::from(self.end)).unwrap_or_default()
    }

    fn pass_over(&mut self, count: usize, outside: &mut impl FnMut(&[u8])) {
        let passed = self.held().get(..count).unwrap_or_default();
        if !passed.is_empty() {
            outside(passed);
            self.start += passed.len() as u16;
        }
        self.wanted = 0;
        self.dropped = 0;
    }

    /// Looks at what stands behind a `<`.
    fn look(&mut self) -> Look {
        let held = self.held();
        let (length, name) = match held {
            [_, length, name, ..] => (*length, *name),
            _ => return Look::Wait(HEADER as u16),
        };
        let Some(length) = NonZeroU8::new(length).filter(|length| name < length.get()) else {
            return Look::NoFrame;
        };
        let found = Found { start: self.start, name, length };
        if !Self::holds(found) {
            return self.look_at_large(found);
        }
        let size = found.size();
        let Some(last) = held.get(size - 1) else { return Look::Wait(size as u16) };
        if *last != END {
            return Look::NoFrame;
        }
        self.start += size as u16;
        self.wanted = 0;
        Look::Frame(found)
    }

    /// The same for a frame that does not fit: its name is kept, the rest dropped as it comes, but for the closing byte.
    fn look_at_large(&mut self, mut found: Found) -> Look {
        // Of a name without room the start is enough: no reply to it would fit.
        found.name = found.name.min((N - HEADER - 1) as u8);
        let kept = HEADER as u16 + u16::from(found.name);
        let to_drop = found.size() as u16 - kept - 1 - self.dropped;
        let behind = (self.end - self.start).saturating_sub(kept);
        if to_drop > 0 {
            let count = behind.min(to_drop);
            return if count == 0 { Look::Wait(kept + 1) } else { Look::Drop { keep: kept, count } };
        }
        match self.held().get(usize::from(kept)) {
            None => Look::Wait(kept + 1),
            Some(&END) => {
                self.start += kept + 1;
                self.wanted = 0;
                self.dropped = 0;
                Look::Frame(found)
            }
            Some(_) => Look::NoFrame,
        }
    }

    fn drop_behind(&mut self, keep: u16, count: u16) {
        let from = usize::from(self.start + keep);
        let held = self.buffer.get_mut(from..usize::from(self.end)).unwrap_or_default();
        move_down(held, count.into());
        self.end -= count;
        self.dropped += count;
        self.wanted = 0;
    }
}

/// Moves what stands behind the first `count` bytes to their place.
fn move_down(bytes: &mut [u8], count: usize) {
    let bytes = Cell::from_mut(bytes).as_slice_of_cells();
    // What is moved leaves zeros, so that the compiler does not link the far longer `memmove` instead.
    for (to, from) in bytes.iter().zip(bytes.get(count..).unwrap_or_default()) {
        to.set(from.replace(0));
    }
}

enum Look {
    Frame(Found),
    Wait(u16),
    Drop { keep: u16, count: u16 },
    NoFrame,
}
