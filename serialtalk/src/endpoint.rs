//! One end of a line: calls and serves, without any input or output of its own.

mod exchange;
mod outside;
mod peer;
mod pending;

use crate::command::Timeout;
use crate::frame::{Decoder, Found, Frame, HEADER};
use crate::log;
use crate::reply::Reply;

pub use exchange::{Answered, Exchange};
pub use outside::Outside;
use peer::Peer;
pub use pending::{Answer, DEFAULT_TIMEOUT_MS, Pending, Step};

/// The state machine under every endpoint.
///
/// Bytes and the time go in: read into [`spare`](Self::spare), then say [`received`](Self::received). What has to be
/// sent comes out of [`to_send`](Self::to_send); say with [`keep`](Self::keep) what the link did not take. The rule for
/// whoever drives it: send all there is to send, then ask for the next step, and only if it is to wait, read.
///
/// `N` is the largest frame in bytes, either way, 32 to 258. `OUTSIDE` is how many bytes are kept of what arrives outside
/// frames, to be quoted in errors.
// In this order: short instructions reach only what is near the start.
#[derive(Debug)]
#[repr(C)]
pub struct Endpoint<const N: usize, const OUTSIDE: usize> {
    /// When bytes came last: the last 16 bits of the time in milliseconds.
    heard: u16,
    /// How many milliseconds the rest of a frame may take to come; the bits that differ from those of the default.
    gap: u16,
    peer: Peer,
    decoder: Decoder<N>,
    /// The frame on its way to the peer, which knows itself where it ends.
    outgoing: [u8; N],
    timeout: DefaultTimeout,
    outside: Outside<OUTSIDE>,
}

/// How long the rest of a frame may take to come when nothing else is said: a third of what a call waits for by default,
/// so that a call which comes behind half a frame is still answered in time.
const DEFAULT_GAP_MS: u16 = 500;

/// The longest that it may take. What is still late so long after must not look early when 16 bits of milliseconds wrap
/// around.
const LONGEST_GAP_MS: u16 = 60_000;

impl<const N: usize, const OUTSIDE: usize> Default for Endpoint<N, OUTSIDE> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize, const OUTSIDE: usize> Endpoint<N, OUTSIDE> {
    /// An endpoint that has heard nothing.
    // All of it zeros, or the whole of a static would stand in flash, too.
    pub const fn new() -> Self {
        Self {
            decoder: Decoder::new(),
            outgoing: [0; N],
            outside: Outside::new(),
            peer: Peer::new(),
            heard: 0,
            gap: 0,
            timeout: DefaultTimeout(0),
        }
    }

    /// Sets how long the rest of a frame may take to come, in milliseconds, at most a minute; 500 if never set.
    pub fn set_gap_ms(&mut self, gap_ms: u16) {
        self.gap = gap_ms.clamp(1, LONGEST_GAP_MS) ^ DEFAULT_GAP_MS;
    }

    /// Sets how long calls wait for their replies when their commands say nothing about it; 1500 ms if never set.
    pub fn set_timeout(&mut self, timeout: Timeout) {
        self.timeout = match timeout {
            Timeout::Never => DefaultTimeout(u32::MAX),
            Timeout::Ms(ms) => DefaultTimeout(ms.clamp(1, i32::MAX as u32)),
        };
    }

    /// How long calls wait for their replies when their commands say nothing about it.
    pub fn timeout(&self) -> Timeout {
        match self.timeout.0 {
            0 => Timeout::Ms(DEFAULT_TIMEOUT_MS),
            u32::MAX => Timeout::Never,
            ms => Timeout::Ms(ms),
        }
    }

    /// Says that the peer has no `echo`. Calls are then not resynchronised after a timeout, and the reply to a call that
    /// timed out may be taken for the reply to a later call of the same command.
    pub fn set_without_echo(&mut self) {
        self.peer.has_no_echo();
    }

    /// Makes the next call send `echo` first, as after a timeout.
    pub fn distrust(&mut self) {
        self.peer.give_up();
    }

    /// Whether the peer has asked for our command line, and not taken that back.
    pub fn wants_repl(&self) -> bool {
        self.peer.wants_repl
    }

    /// Room for bytes to come; empty only while frames wait that have come already.
    pub fn spare(&mut self) -> &mut [u8] {
        self.decoder.spare()
    }

    /// Says that `count` bytes were put at the start of [`spare`](Self::spare).
    pub fn received(&mut self, count: usize, now: u32) {
        self.decoder.received(count);
        self.heard = now as u16;
    }

    /// What has to be sent next.
    pub fn to_send(&self) -> &[u8] {
        let end = HEADER + self.outgoing.get(1).copied().map_or(0, usize::from);
        let start = end.wrapping_sub(self.peer.unsent.into());
        self.outgoing.get(start..end).unwrap_or_default()
    }

    /// Says that the link took all of [`to_send`](Self::to_send) but the last `left` bytes.
    pub fn keep(&mut self, left: usize) {
        self.peer.unsent = self.peer.unsent.min(left as u16);
    }

    /// What has arrived outside frames since the last reply.
    pub fn outside(&self) -> &Outside<OUTSIDE> {
        &self.outside
    }

    /// Forgets everything that has arrived.
    pub fn clear(&mut self) {
        self.decoder.clear(|byte| self.outside.push(byte));
    }

    /// The next frame that has come whole.
    #[inline(never)]
    pub fn next(&mut self, now: u32) -> Option<Found> {
        let are_late = gap_over(self.gap, self.heard, now) == 0;
        let found = self.decoder.next(are_late, |byte| self.outside.push(byte));
        if log::ENABLED
            && let Some(frame) = found.and_then(|found| self.decoder.frame(found))
        {
            log::incoming(&frame);
        }
        found
    }

    /// How many milliseconds may pass before [`next`](Self::next) has to be asked again though nothing came; none if
    /// there is no hurry.
    pub fn gap_left(&self, now: u32) -> Option<u32> {
        self.decoder.is_partial().then(|| gap_over(self.gap, self.heard, now))
    }

    /// Opens a command that has come, or a reply that nobody waits for.
    // In place where it is used, or all of it would be copied.
    #[inline(always)]
    pub fn open(&mut self, found: Found) -> Option<Exchange<'_, N>> {
        let Frame { name, payload } = self.decoder.frame(found)?;
        let reply = Reply::new(&mut self.outgoing, name);
        let too_large = if Decoder::<N>::holds(found) { 0 } else { found.size() as u16 };
        Some(Exchange { reply, payload, peer: &mut self.peer, too_large })
    }
}

/// Milliseconds; zero stands for the default and the largest for ever.
// Packed, or an endpoint would have to begin and end at multiples of four.
#[derive(Debug, Clone, Copy)]
#[repr(Rust, packed(2))]
struct DefaultTimeout(u32);

/// How many milliseconds more the rest of a frame may take to come.
fn gap_over(gap: u16, heard: u16, now: u32) -> u32 {
    u32::from(gap ^ DEFAULT_GAP_MS).saturating_sub((now as u16).wrapping_sub(heard).into())
}
