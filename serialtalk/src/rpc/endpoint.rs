//! One end of a line as a state machine: it never reads, writes or looks at a clock.

mod action;
mod calling;
mod incoming_call;
mod outgoing;
mod outgoing_call;
mod peer;
mod stray;
#[cfg(all(test, feature = "repr"))]
mod tests;

use core::num::{NonZeroU16, NonZeroU32};

use super::call::Call;
use super::command::Timeout;
use super::dispatch::Dispatch;
use super::error::Context;
use super::log;
use super::reply::Reply;
use super::service::Service;
use crate::wire::frame::{Frame, FrameDecoder, FrameHandle, FrameTooLong};

pub use action::Action;
pub use incoming_call::IncomingCall;
use outgoing::Outgoing;
pub use outgoing_call::{OutgoingCall, ReplyHandle};
use peer::Peer;
pub use stray::Stray;

/// How long a call waits for its reply by default, in milliseconds; the default of SerialTalk in Python.
const DEFAULT_TIMEOUT_MS: u32 = 1500;

/// How long the rest of a frame may take to arrive by default, in milliseconds: a third of the default timeout, so that a
/// command that follows half a frame is still answered in time.
const DEFAULT_FRAME_TIMEOUT_MS: u16 = 500;

/// The largest frame timeout in milliseconds. The time since the last byte is kept in 16 bits, so it starts again at 0
/// after 65,536 ms.
const MAX_FRAME_TIMEOUT_MS: u16 = 60_000;

/// The state machine of one end of a line, which calls and serves.
///
/// Bytes and the time go in, actions come out. A driver repeats: [`poll`](Self::poll), then do what the [`Action`] says.
///
/// ```
/// use serialtalk::Service;
/// use serialtalk::proto::{Action, Endpoint};
///
/// # fn read(_buffer: &mut [u8], _wait_ms: Option<u32>) -> usize { 0 }
/// # fn write(bytes: &[u8]) -> usize { bytes.len() }
/// # fn millis() -> u32 { 0 }
/// fn serve_step(endpoint: &mut Endpoint<258, 0>, service: &mut impl Service) {
///     match endpoint.poll(millis()) {
///         Action::Transmit => {
///             let count = write(endpoint.transmit());
///             endpoint.consume(count);
///         }
///         Action::Serve(command) => endpoint.serve(command, service),
///         Action::Receive { wait_ms } => {
///             let count = read(endpoint.recv_buf(), wait_ms);
///             endpoint.commit(count, millis());
///         }
///         Action::WriteArguments | Action::Reply(_) | Action::TimedOut { .. } => {
///             // Only `poll_call` asks for these.
///         }
///     }
/// }
/// # serve_step(&mut Endpoint::new(), &mut ());
/// ```
///
/// `N` is the size of the largest frame in bytes, in either direction, 32 to 258. `STRAY` is how many bytes are kept of
/// what arrives outside frames. All times are in milliseconds.
#[derive(Debug)]
pub struct Endpoint<const N: usize, const STRAY: usize> {
    decoder: FrameDecoder<N>,
    outgoing: Outgoing<N>,
    peer: Peer,
    stray: Stray<STRAY>,
    /// When the last byte arrived: the low 16 bits of the time.
    last_rx: u16,
    /// `None` is the default.
    frame_timeout_ms: Option<NonZeroU16>,
    /// `None` is the default.
    timeout_ms: Option<NonZeroU32>,
    /// Whether calls wait without a timeout by default.
    waits_forever: bool,
    /// Whether the peer has asked for the command line.
    wants_repl: bool,
}

impl<const N: usize, const STRAY: usize> Default for Endpoint<N, STRAY> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize, const STRAY: usize> Endpoint<N, STRAY> {
    /// Creates an endpoint that has received nothing. In a `static` it takes no flash: all its bytes are zero.
    pub const fn new() -> Self {
        Self {
            decoder: FrameDecoder::new(),
            outgoing: Outgoing::new(),
            peer: Peer::new(),
            stray: Stray::new(),
            last_rx: 0,
            frame_timeout_ms: None,
            timeout_ms: None,
            waits_forever: false,
            wants_repl: false,
        }
    }

    /// Changes the sizes of the buffers and keeps the settings. Everything that has arrived is dropped.
    pub fn resized<const M: usize, const KEPT: usize>(self) -> Endpoint<M, KEPT> {
        let Self { peer, frame_timeout_ms, timeout_ms, waits_forever, wants_repl, .. } = self;
        Endpoint { peer, frame_timeout_ms, timeout_ms, waits_forever, wants_repl, ..Endpoint::new() }
    }

    /// Sets how long the rest of a frame may take to arrive after its last byte: 1 ms to a minute; 500 ms by default.
    pub fn set_frame_timeout(&mut self, ms: u16) {
        self.frame_timeout_ms = NonZeroU16::new(ms.clamp(1, MAX_FRAME_TIMEOUT_MS));
    }

    /// Sets how long calls wait for their replies, except calls of commands with a timeout of their own; 1500 ms by default.
    pub fn set_timeout(&mut self, timeout: Timeout) {
        self.waits_forever = timeout == Timeout::Never;
        if let Timeout::Ms(ms) = timeout {
            self.timeout_ms = NonZeroU32::new(ms.max(1));
        }
    }

    /// How long calls wait for their replies, except calls of commands with a timeout of their own.
    pub fn timeout(&self) -> Timeout {
        match self.timeout_ms {
            _ if self.waits_forever => Timeout::Never,
            Some(ms) => Timeout::Ms(ms.get()),
            None => Timeout::Ms(DEFAULT_TIMEOUT_MS),
        }
    }

    /// Declares that the peer has no `echo`. Calls are then not resynchronised after a timeout, and the late reply to a
    /// call may be taken for the reply to a later call of the same command.
    pub fn set_without_echo(&mut self) {
        self.peer.set_without_echo();
    }

    /// Whether the peer has no `echo`, as far as is known.
    pub fn is_without_echo(&self) -> bool {
        self.peer.is_without_echo()
    }

    /// Makes the next call send `echo` first, as after a timeout.
    pub fn mark_desynced(&mut self) {
        self.peer.mark_desynced();
    }

    /// Whether the peer has asked for the command line with `enable repl`, and not sent `disable repl` since.
    pub fn wants_repl(&self) -> bool {
        self.wants_repl
    }

    /// The last bytes that arrived outside frames since the last reply.
    pub fn stray(&self) -> &Stray<STRAY> {
        &self.stray
    }

    /// The context of an error of a call. `link` is the name of the link.
    pub fn context(&self, command: &str, link: &str) -> Context {
        #[cfg(feature = "alloc")]
        return Context::new(command, link, &self.stray.to_vec())
            .of_peer(self.peer.answers_echo(), self.peer.mirrors());
        #[cfg(not(feature = "alloc"))]
        Context::new(command, link, &[])
    }

    /// Room for bytes that arrive. Empty only while frames wait that have arrived already.
    pub fn recv_buf(&mut self) -> &mut [u8] {
        self.decoder.recv_buf()
    }

    /// Reports that `count` bytes were written to the start of [`recv_buf`](Self::recv_buf).
    pub fn commit(&mut self, count: usize, now: u32) {
        self.decoder.commit(count);
        self.last_rx = now as u16;
    }

    /// The bytes to send next.
    pub fn transmit(&self) -> &[u8] {
        self.outgoing.unsent()
    }

    /// Reports that the link took the first `count` bytes of [`transmit`](Self::transmit).
    pub fn consume(&mut self, count: usize) {
        self.outgoing.consume(count);
    }

    /// Discards everything that has arrived.
    pub fn clear(&mut self) {
        self.decoder.clear(|byte| self.stray.push(byte));
    }

    /// Forgets the former connection, for a link that was opened again: what has arrived, what is unsent, and whether the peer
    /// asked for the command line. The settings remain, and the next call sends `echo` first.
    pub fn forget_connection(&mut self) {
        self.clear();
        self.consume(usize::MAX);
        self.stray.clear();
        self.wants_repl = false;
        self.peer.mark_desynced();
    }

    /// Returns what to do next about commands from the peer.
    pub fn poll(&mut self, now: u32) -> Action {
        if !self.outgoing.unsent().is_empty() {
            return Action::Transmit;
        }
        match self.next_frame(now) {
            Some(frame) => Action::Serve(frame),
            None => Action::Receive { wait_ms: self.frame_wait(now) },
        }
    }

    /// Serves a command, or drops a reply that nobody awaits. The reply to the command is sent next.
    pub fn serve(&mut self, frame: FrameHandle, service: &mut impl Service) {
        let Some(incoming) = &mut self.open(frame) else { return };
        let result = match incoming.dispatch(service) {
            None => return,
            Some(Dispatch::Answered(result)) => result,
            Some(Dispatch::Serve(number)) => service.serve(number, &mut incoming.call, &mut incoming.reply),
        };
        incoming.finish(result);
    }

    /// Opens a command for serving it step by step, as an async driver does.
    pub fn open(&mut self, frame: FrameHandle) -> Option<IncomingCall<'_>> {
        let fits = FrameDecoder::<N>::fits(frame);
        let too_long = (!fits).then(|| FrameTooLong { size: frame.size(), limit: N });
        let Frame { name, payload } = self.decoder.frame(frame)?;
        let (buffer, unsent) = self.outgoing.split();
        Some(IncomingCall {
            call: Call::new(name, payload),
            reply: Reply::new(buffer, name),
            too_long,
            unsent,
            peer: &self.peer,
            wants_repl: &mut self.wants_repl,
        })
    }

    /// Takes the next frame that has arrived whole.
    fn next_frame(&mut self, now: u32) -> Option<FrameHandle> {
        let late = self.frame_time_left(now) == 0;
        let frame = self.decoder.next(late, |byte| self.stray.push(byte))?;
        if log::ENABLED
            && let Some(frame) = self.decoder.frame(frame)
        {
            log::incoming(&frame);
        }
        Some(frame)
    }

    /// How long the rest of a frame may still take to arrive.
    fn frame_time_left(&self, now: u32) -> u16 {
        let timeout = self.frame_timeout_ms.map_or(DEFAULT_FRAME_TIMEOUT_MS, NonZeroU16::get);
        timeout.saturating_sub((now as u16).wrapping_sub(self.last_rx))
    }

    /// How long to wait for the rest of a frame; `None` if no frame has begun.
    fn frame_wait(&self, now: u32) -> Option<u32> {
        self.decoder.is_partial().then(|| self.frame_time_left(now).into())
    }
}
