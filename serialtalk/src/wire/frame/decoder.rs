//! Finds frames in bytes that arrive in any chunks.

mod segments;

use core::ops::Range;

use super::head::{FIXED, MAX_FRAME, MIN_BUFFER, ScanResult, scan};
use crate::wire::moving::move_forward;

/// Finds frames in a stream of bytes.
///
/// Read into [`recv_buf`](Self::recv_buf), report the bytes with [`commit`](Self::commit), then take frames with
/// [`next`](Self::next) until it returns `None`.
///
/// A `<` that starts no frame (wrong length, name length or closing byte) is skipped and the search resumes one byte
/// later, so a good frame that a damaged length covers is found. Skipped bytes go to the `stray` function: boot logs and
/// tracebacks arrive this way.
///
/// `N` is the size of the largest frame that fits in bytes, `<` and `>` included; 258 fits every frame. Of a larger frame
/// only the name is kept, as far as it fits; the rest is lost even if the end of the frame turns out to be wrong. The name
/// is then skipped as a whole: what follows it in the buffer did not follow it on the wire.
#[derive(Debug, Clone)]
pub struct FrameDecoder<const N: usize> {
    /// Where the bytes start that belong to no frame yet.
    start: u16,
    /// Where they end.
    end: u16,
    /// Payload bytes dropped from a frame at `start` that is larger than the buffer.
    skipped: u16,
    buffer: [u8; N],
}

/// A frame that has arrived.
#[derive(Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// The name of a command, or of a command and a reply suffix. ASCII if the peer counts its bytes right.
    pub name: &'a [u8],
    /// The bytes after the name. Mutable, so that text can be unescaped in place.
    pub payload: &'a mut [u8],
}

/// A frame that [`FrameDecoder::next`] found. Its bytes stay in the decoder until that is called again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameHandle {
    at: u16,
    size: u16,
    name_len: u8,
}

impl FrameHandle {
    /// The size of the frame in bytes, from `<` to `>`.
    pub fn size(self) -> usize {
        self.size.into()
    }
}

impl<const N: usize> Default for FrameDecoder<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> FrameDecoder<N> {
    /// Creates an empty decoder. `N` must be 32 to 258, otherwise it does not compile.
    pub const fn new() -> Self {
        const { assert!(N >= MIN_BUFFER && N <= MAX_FRAME, "a frame buffer holds 32 to 258 bytes") }
        Self { start: 0, end: 0, skipped: 0, buffer: [0; N] }
    }

    /// Room for bytes that arrive. Empty only while [`next`](Self::next) has frames to return.
    pub fn recv_buf(&mut self) -> &mut [u8] {
        self.buffer.get_mut(usize::from(self.end)..).unwrap_or_default()
    }

    /// Reports that `count` bytes were written to the start of [`recv_buf`](Self::recv_buf).
    ///
    /// If that is more than there was room for, everything received is discarded.
    pub fn commit(&mut self, count: usize) {
        match usize::from(self.end).checked_add(count) {
            Some(end) if end <= N => self.end = end as u16,
            _ => (self.start, self.end, self.skipped) = (0, 0, 0),
        }
    }

    /// Whether bytes wait that belong to no frame yet.
    pub fn is_partial(&self) -> bool {
        self.start != self.end
    }

    /// Returns the next frame that has arrived whole. Bytes outside frames go to `stray`.
    ///
    /// If the rest of a frame is `late`, it is not awaited any more: the bytes that have arrived of it are searched for
    /// another frame.
    pub fn next(&mut self, late: bool, stray: impl FnMut(u8)) -> Option<FrameHandle> {
        let frame = self.find(late, stray);
        if frame.is_none() {
            self.make_room();
        }
        frame
    }

    /// Drops those frames that have arrived whole and that are not `wanted`. The others stay for [`next`](Self::next), in
    /// their order, and so does what has arrived of a frame after them. `late` and `stray` are those of `next`.
    pub fn retain(
        &mut self,
        late: bool,
        mut stray: impl FnMut(u8),
        mut wanted: impl FnMut(&Frame<'_>) -> bool,
    ) {
        let (mut kept, mut skipped) = (0, 0);
        while let Some(handle) = self.find(late, &mut stray) {
            if !self.frame(handle).is_some_and(|frame| wanted(&frame)) {
                continue;
            }
            if kept == 0 {
                // Payload bytes can be missing only of the frame at the front.
                skipped = handle.size - (self.start - handle.at);
            }
            kept = self.move_forward(handle.at..self.start, kept);
        }
        if kept == 0 {
            return self.make_room();
        }
        self.end = self.move_forward(self.start..self.end, kept);
        (self.start, self.skipped) = (0, skipped);
    }

    /// Takes the next frame that has arrived whole.
    fn find(&mut self, late: bool, mut stray: impl FnMut(u8)) -> Option<FrameHandle> {
        while let Some(pending @ [_, ..]) = self.buffer.get(self.start.into()..self.end.into()) {
            match scan(pending, self.skipped.into()) {
                ScanResult::Frame { name_len, size } => {
                    let frame = FrameHandle { at: self.start, size: size as u16, name_len };
                    self.start += frame.size - self.skipped;
                    self.skipped = 0;
                    return Some(frame);
                }
                ScanResult::Partial if !late => break,
                ScanResult::Partial | ScanResult::NoFrame => {
                    // What was on either side of dropped bytes must not become a frame.
                    let count = match pending {
                        [_, _, name_len, ..] if N < MAX_FRAME && self.skipped > 0 => {
                            FIXED + Self::kept_name(usize::from(*name_len))
                        }
                        _ => 1,
                    };
                    pending.iter().take(count).copied().for_each(&mut stray);
                    self.start += count as u16;
                    self.skipped = 0;
                }
            }
        }
        None
    }

    /// Makes [`next`](Self::next) return the frame again that it returned last.
    pub fn unread(&mut self, frame: FrameHandle) {
        self.skipped = (frame.at + frame.size).saturating_sub(self.start);
        self.start = frame.at;
    }

    /// Discards everything that has arrived; bytes that belong to no frame yet go to `stray`.
    pub fn clear(&mut self, stray: impl FnMut(u8)) {
        let pending = self.buffer.get(self.start.into()..self.end.into()).unwrap_or_default();
        pending.iter().copied().for_each(stray);
        (self.start, self.end, self.skipped) = (0, 0, 0);
    }

    /// Gives access to a frame that [`next`](Self::next) found. The payload is empty if the frame does not fit.
    pub fn frame(&mut self, frame: FrameHandle) -> Option<Frame<'_>> {
        let start = usize::from(frame.at) + FIXED;
        let mut name_len = usize::from(frame.name_len);
        let mut end = usize::from(frame.at + frame.size) - 1;
        if !Self::fits(frame) {
            name_len = Self::kept_name(name_len);
            end = start + name_len;
        }
        let (name, payload) = self.buffer.get_mut(start..end)?.split_at_mut_checked(name_len)?;
        Some(Frame { name, payload })
    }

    /// Whether a frame fits the buffer, so that its payload was kept.
    pub fn fits(frame: FrameHandle) -> bool {
        N >= MAX_FRAME || usize::from(frame.size) <= N
    }

    /// Moves what has arrived of a frame to the front of the buffer, and drops its payload if that fills the buffer.
    fn make_room(&mut self) {
        self.move_to_front();
        // A buffer for the largest frame is never full here.
        if N < MAX_FRAME && usize::from(self.end) >= N {
            let [_start, _len, name_len, ..] = self.buffer.as_slice() else { return };
            let kept = FIXED + Self::kept_name(usize::from(*name_len));
            self.skipped += (N - kept) as u16;
            self.end = kept as u16;
        }
    }

    /// Moves what belongs to no frame yet to the front of the buffer.
    fn move_to_front(&mut self) {
        if self.start > 0 {
            self.end = self.move_forward(self.start..self.end, 0);
            self.start = 0;
        }
    }

    /// Moves bytes towards the front of the buffer, and returns where they end there.
    fn move_forward(&mut self, from: Range<u16>, to: u16) -> u16 {
        move_forward(&mut self.buffer, from.start.into()..from.end.into(), to.into()) as u16
    }

    /// How many bytes are kept of the name of a frame that does not fit. The reply to a longer one would not fit either.
    fn kept_name(name_len: usize) -> usize {
        name_len.min(N - FIXED - 1)
    }
}
