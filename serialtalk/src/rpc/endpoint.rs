//! One end of a line as a state machine: it never reads, writes or looks at a clock.

mod action;
mod buffers;
mod calling;
mod checked;
mod incoming_call;
mod outgoing;
mod outgoing_call;
mod peer;
mod protocol;
mod stray;
#[cfg(all(test, feature = "repr"))]
mod tests;

use core::num::NonZeroU32;

use super::call::Call;
use super::command::Timeout;
use super::dispatch::Dispatch;
use super::error::Context;
use super::interface::CommandInfo;
use super::reply::Reply;
use super::service::Service;
use crate::wire::frame::{Frame, FrameDecoder, FrameHandle, FrameTooLong};

pub use action::{Action, NoReply};
use buffers::Buffers;
pub use checked::{Checked, Policy};
pub use incoming_call::IncomingCall;
pub use outgoing_call::{OutgoingCall, ReplyHandle};
use peer::Peer;
pub use protocol::{Plain, Protocol};
pub use stray::Stray;

/// How long a call waits for its reply by default, in milliseconds; the default of SerialTalk in Python.
const DEFAULT_TIMEOUT_MS: u32 = 1500;

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
///         Action::WriteArguments | Action::Reply(_) | Action::Ended(_) => {
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
pub struct Endpoint<const N: usize, const STRAY: usize, P = Plain> {
    buffers: Buffers<N, STRAY>,
    peer: Peer,
    protocol: P,
    /// `None` is the default.
    timeout_ms: Option<NonZeroU32>,
    /// Whether calls wait without a timeout by default.
    waits_forever: bool,
    /// Whether the peer has asked for the command line.
    wants_repl: bool,
}

impl<const N: usize, const STRAY: usize, P: Protocol> Default for Endpoint<N, STRAY, P> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize, const STRAY: usize, P: Protocol> Endpoint<N, STRAY, P> {
    /// Whether the endpoint answers some frames by itself, so that [`poll`](Self::poll) asks to send when it was not served.
    pub(crate) const ANSWERS: bool = P::ANSWERS;

    /// Creates an endpoint that has received nothing. In a `static` it takes no flash: all its bytes are zero.
    pub const fn new() -> Self {
        Self {
            buffers: Buffers::new(),
            peer: Peer::new(),
            protocol: P::NEW,
            timeout_ms: None,
            waits_forever: false,
            wants_repl: false,
        }
    }

    /// Changes the sizes of the buffers and keeps the settings. Everything that has arrived is dropped.
    pub fn resized<const M: usize, const KEPT: usize>(self) -> Endpoint<M, KEPT, P> {
        let protocol = self.protocol.renewed();
        self.with(protocol)
    }

    /// Changes the protocol and keeps the settings. Everything that has arrived is dropped.
    pub fn speaking<Q: Protocol>(self) -> Endpoint<N, STRAY, Q> {
        self.with(Q::NEW)
    }

    fn with<const M: usize, const KEPT: usize, Q: Protocol>(self, protocol: Q) -> Endpoint<M, KEPT, Q> {
        let Self { buffers, peer, timeout_ms, waits_forever, wants_repl, .. } = self;
        let buffers = buffers.resized();
        Endpoint { buffers, peer, protocol, timeout_ms, waits_forever, wants_repl }
    }

    /// Sets how long the rest of a frame may take to arrive after its last byte: 1 ms to a minute; 500 ms by default.
    pub fn set_frame_timeout(&mut self, ms: u16) {
        self.buffers.set_frame_timeout(ms);
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

    /// Makes the next call send `echo` first, or a hello on a checked link, as after a timeout.
    pub fn mark_desynced(&mut self) {
        self.peer.mark_desynced();
        self.protocol.mark_desynced();
    }

    /// Whether the peer has asked for the command line with `enable repl`, and not sent `disable repl` since.
    pub fn wants_repl(&self) -> bool {
        self.wants_repl
    }

    /// The last bytes that arrived outside frames since the last reply.
    pub fn stray(&self) -> &Stray<STRAY> {
        &self.buffers.stray
    }

    /// The context of an error of a call. `link` is the name of the link.
    pub fn context(&self, command: &str, link: &str) -> Context {
        #[cfg(feature = "alloc")]
        return Context::new(command, link, &self.buffers.stray.to_vec())
            .of_peer(self.peer.answers_echo(), self.peer.mirrors());
        #[cfg(not(feature = "alloc"))]
        Context::new(command, link, &[])
    }

    /// Remembers the numbers of commands that the peer has said, for a checked link on which they are called by these.
    pub(crate) fn learn(&mut self, commands: &[CommandInfo], numbers: &[u8]) {
        for (command, number) in commands.iter().zip(numbers) {
            self.protocol.learn(command.hash, *number);
        }
    }

    /// Room for bytes that arrive. Empty only while frames wait that have arrived already.
    pub fn recv_buf(&mut self) -> &mut [u8] {
        self.buffers.decoder.recv_buf()
    }

    /// Reports that `count` bytes were written to the start of [`recv_buf`](Self::recv_buf).
    pub fn commit(&mut self, count: usize, now: u32) {
        self.buffers.commit(count, now);
    }

    /// The bytes to send next.
    pub fn transmit(&self) -> &[u8] {
        self.buffers.outgoing.unsent()
    }

    /// Reports that the link took the first `count` bytes of [`transmit`](Self::transmit).
    pub fn consume(&mut self, count: usize) {
        self.buffers.outgoing.consume(count);
    }

    /// Discards everything that has arrived.
    pub fn clear(&mut self) {
        let Buffers { decoder, stray, .. } = &mut self.buffers;
        decoder.clear(|byte| stray.push(byte));
        self.protocol.cleared();
    }

    /// Forgets the former connection, for a link that was opened again: what has arrived, what is unsent, and whether the peer
    /// asked for the command line. The settings remain, and the next call sends `echo` first, or a hello on a checked link.
    pub fn forget_connection(&mut self) {
        self.clear();
        self.consume(usize::MAX);
        self.buffers.stray.clear();
        self.wants_repl = false;
        self.peer.mark_desynced();
        self.protocol.forget_connection();
    }

    /// Returns what to do next about commands from the peer.
    pub fn poll(&mut self, now: u32) -> Action {
        if !self.buffers.outgoing.unsent().is_empty() {
            return Action::Transmit;
        }
        match self.next_frame(now) {
            Some(frame) => Action::Serve(frame),
            None if P::ANSWERS && !self.buffers.outgoing.unsent().is_empty() => Action::Transmit,
            None => Action::Receive { wait_ms: self.protocol.wait(&self.buffers, now) },
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
    pub fn open(&mut self, frame: FrameHandle) -> Option<IncomingCall<'_, P>> {
        let fits = FrameDecoder::<N>::fits(frame);
        let too_long = (!fits).then(|| FrameTooLong { size: frame.size(), limit: N });
        let Buffers { decoder, outgoing, .. } = &mut self.buffers;
        let Frame { name, payload } = decoder.frame(frame)?;
        let (buffer, unsent) = self.protocol.begin_serving(outgoing, name);
        Some(IncomingCall {
            call: Call::new(name, payload),
            reply: Reply::new(buffer, name),
            too_long,
            unsent,
            protocol: &mut self.protocol,
            peer: &self.peer,
            wants_repl: &mut self.wants_repl,
        })
    }

    /// Takes the next frame that is to be served, or that may be the plain reply to a call.
    fn next_frame(&mut self, now: u32) -> Option<FrameHandle> {
        self.protocol.next_frame(&mut self.buffers, now)
    }
}

/// The checked link, with peers that speak it.
impl<const N: usize, const STRAY: usize, const NUMBERS: usize> Endpoint<N, STRAY, Checked<NUMBERS>> {
    /// Chooses between the checked link and plain SerialTalk.
    pub fn set_policy(&mut self, policy: Policy) {
        self.protocol.set_policy(policy);
    }

    /// Makes hellos differ from those of an earlier run and of other programs; `entropy` is any number that does.
    pub fn set_entropy(&mut self, entropy: u32) {
        self.protocol.set_entropy(entropy);
    }

    /// Remembers the numbers of `COUNT` commands of the peer. Everything that has arrived is dropped.
    pub fn remembering<const COUNT: usize>(self) -> Endpoint<N, STRAY, Checked<COUNT>> {
        let protocol = self.protocol.remembering();
        self.with(protocol)
    }

    /// Tells the peer, if there is a session with it, that this end leaves. The next call opens the session again.
    pub fn leave(&mut self) {
        self.protocol.leave(&mut self.buffers);
    }

    /// Whether the peer is known to speak the checked link.
    pub fn is_checked(&self) -> bool {
        self.protocol.is_open()
    }

    /// How many one-way commands of the peer did not arrive.
    pub fn lost_oneway(&self) -> u32 {
        self.protocol.lost_oneway()
    }
}
