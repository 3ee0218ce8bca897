//! The bytes of one end of a line: what arrives, what is sent, and what lies outside frames.

use core::num::NonZeroU16;

use super::outgoing::Outgoing;
use super::stray::Stray;
use crate::rpc::log;
use crate::wire::frame::{FrameDecoder, FrameHandle};

/// How long the rest of a frame may take to arrive by default, in milliseconds: a third of the default timeout, so that a
/// command that follows half a frame is still answered in time.
const DEFAULT_FRAME_TIMEOUT_MS: u16 = 500;

/// The largest frame timeout in milliseconds. The time since the last byte is kept in 16 bits, so it starts again at 0
/// after 65,536 ms.
const MAX_FRAME_TIMEOUT_MS: u16 = 60_000;

/// The bytes of one end of a line.
#[derive(Debug)]
pub(super) struct Buffers<const N: usize, const STRAY: usize> {
    pub(super) decoder: FrameDecoder<N>,
    pub(super) outgoing: Outgoing<N>,
    pub(super) stray: Stray<STRAY>,
    /// When the last byte arrived: the low 16 bits of the time.
    last_rx: u16,
    /// `None` is the default.
    frame_timeout_ms: Option<NonZeroU16>,
}

impl<const N: usize, const STRAY: usize> Buffers<N, STRAY> {
    /// Creates buffers with nothing in them.
    pub(super) const fn new() -> Self {
        Self {
            decoder: FrameDecoder::new(),
            outgoing: Outgoing::new(),
            stray: Stray::new(),
            last_rx: 0,
            frame_timeout_ms: None,
        }
    }

    /// Changes the sizes, and drops everything.
    pub(super) fn resized<const M: usize, const KEPT: usize>(&self) -> Buffers<M, KEPT> {
        Buffers { frame_timeout_ms: self.frame_timeout_ms, ..Buffers::new() }
    }

    /// Sets how long the rest of a frame may take to arrive after its last byte.
    pub(super) fn set_frame_timeout(&mut self, ms: u16) {
        self.frame_timeout_ms = NonZeroU16::new(ms.clamp(1, MAX_FRAME_TIMEOUT_MS));
    }

    /// Reports that `count` bytes have arrived.
    pub(super) fn commit(&mut self, count: usize, now: u32) {
        self.decoder.commit(count);
        self.last_rx = now as u16;
    }

    /// Takes the next plain frame that has arrived whole.
    pub(super) fn next_frame(&mut self, now: u32) -> Option<FrameHandle> {
        let late = self.frame_time_left(now) == 0;
        let frame = self.decoder.next(late, |byte| self.stray.push(byte))?;
        self.show(frame);
        Some(frame)
    }

    /// Shows a frame that has arrived in the debug view.
    pub(super) fn show(&mut self, frame: FrameHandle) {
        if log::ENABLED
            && let Some(frame) = self.decoder.frame(frame)
        {
            log::incoming(&frame);
        }
    }

    /// How long no byte has arrived, in milliseconds; a silence of more than a minute may look shorter.
    pub(super) fn silent_ms(&self, now: u32) -> u16 {
        (now as u16).wrapping_sub(self.last_rx)
    }

    /// When the last byte arrived, which may be read later.
    pub(super) fn last_heard(&self, now: u32) -> u32 {
        now.wrapping_sub(self.silent_ms(now).into())
    }

    /// How long the rest of a plain frame may still take to arrive.
    pub(super) fn frame_time_left(&self, now: u32) -> u16 {
        let timeout = self.frame_timeout_ms.map_or(DEFAULT_FRAME_TIMEOUT_MS, NonZeroU16::get);
        timeout.saturating_sub(self.silent_ms(now))
    }

    /// How long to wait for the rest of a plain frame; `None` if no frame has begun.
    pub(super) fn frame_wait(&self, now: u32) -> Option<u32> {
        self.decoder.is_partial().then(|| self.frame_time_left(now).into())
    }
}
