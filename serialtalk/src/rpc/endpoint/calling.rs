//! The steps of a call: resynchronise, send, wait for the reply.

use super::Endpoint;
use super::action::{Action, NoReply};
use super::buffers::Buffers;
use super::outgoing_call::{Echo, Goal, OutgoingCall, ReplyHandle, Stage};
use super::protocol::Protocol;
use crate::codec::error::EncodeError;
use crate::codec::payload_writer::PayloadWriter;
#[cfg(feature = "alloc")]
use crate::rpc::carrier::RawReply;
use crate::rpc::command::{Command, Timeout};
use crate::rpc::error::{CallError, ReplyError};
use crate::rpc::log;
use crate::rpc::reply_decoder::{NoValue, ReplyDecoder};
use crate::wire::frame::{Frame, FrameHandle, FrameWriter, Head, Suffix};

/// How long the answer to the first `echo` of a call may take before another is sent; each further one gets twice as long.
/// A peer that has received half a frame needs 500 ms to find the `echo` after it.
const FIRST_ECHO_MS: u32 = 700;

/// The longest timeout in milliseconds: half of the time after which a clock starts again.
const MAX_TIMEOUT_MS: u32 = i32::MAX as u32;

/// The time between two `echo`s to a peer that may not have booted yet.
const READY_ECHO_MS: u32 = 250;

impl<const N: usize, const STRAY: usize, P: Protocol> Endpoint<N, STRAY, P> {
    /// Begins a call. Its arguments are written when [`poll`](Self::poll) asks for them.
    pub fn begin_call<'n>(&self, command: Command<'n>, now: u32) -> OutgoingCall<&'n str> {
        let timeout_ms = match command.timeout.unwrap_or(self.timeout()) {
            Timeout::Never => None,
            Timeout::Ms(ms) => Some(ms.min(MAX_TIMEOUT_MS)),
        };
        let may_repeat = command.idempotent;
        OutgoingCall {
            goal: Goal::Reply(command.name),
            stage: Stage::Begin,
            begun: now,
            timeout_ms,
            may_repeat,
            was_sent: false,
            terms: command.terms,
        }
    }

    /// Begins to wait for a peer that answers `echo`, at most `within_ms` milliseconds; a board may have to boot first.
    ///
    /// The peer is ready when [`poll`](Self::poll) asks for arguments, at once if it was declared to have no `echo`.
    pub fn begin_ready<Name>(&mut self, within_ms: u32, now: u32) -> OutgoingCall<Name> {
        self.mark_desynced();
        OutgoingCall::ready(within_ms.min(MAX_TIMEOUT_MS), now)
    }

    /// Begins to find out what the peer speaks before a one-way command is sent, if that has to be known first: when
    /// [`poll_call`](Self::poll_call) asks for arguments, or its time is over, the command can be written.
    pub fn begin_greeting(&mut self, now: u32) -> Option<OutgoingCall<&'static str>> {
        self.protocol.begin_greeting(&self.peer, now)
    }

    /// Writes what has to be sent before a one-way command that is sent now, if anything.
    pub fn greet_before_oneway(&mut self, now: u32) {
        self.protocol.prepare_oneway(&mut self.buffers, now);
    }

    /// Drops replies that have arrived and nobody awaits, so that those to one-way commands do not pile up. Commands stay for
    /// the next [`poll`](Self::poll), in their order.
    pub fn drop_stray_replies(&mut self, now: u32) {
        if self.protocol.has_no_stray_replies() {
            return;
        }
        let late = self.buffers.frame_time_left(now) == 0;
        let Buffers { decoder, stray, .. } = &mut self.buffers;
        decoder.retain(
            late,
            |byte| stray.push(byte),
            |frame| {
                let is_stray = self.peer.is_stray_reply(frame.name);
                if is_stray {
                    log::incoming(frame);
                }
                !is_stray
            },
        );
    }

    /// Returns what to do next: about a call, and about commands from the peer.
    ///
    /// Serving takes turns with calling, but never beyond the deadline of the call: commands that have not been served
    /// then are served later.
    pub fn poll_call(&mut self, call: &mut OutgoingCall<impl AsRef<str>>, now: u32) -> Action {
        if !self.buffers.outgoing.unsent().is_empty() {
            return Action::Transmit;
        }
        if let Some(action) = self.protocol.poll_call(&mut self.buffers, &self.peer, call, now) {
            return action;
        }
        let time_left = call.time_left(now);
        while let Some(frame) = self.next_frame(now) {
            match self.accept(call, frame) {
                Accepted::Reply(suffix) => return Action::Reply(ReplyHandle { frame, suffix }),
                Accepted::Echo => {}
                // A peer that keeps sending commands must not hold up the call: this one is served later.
                Accepted::Nothing if time_left == Some(0) => {
                    self.buffers.decoder.unread(frame);
                    break;
                }
                Accepted::Nothing => return Action::Serve(frame),
            }
        }
        if let (Some(0), Some(waited_ms)) = (time_left, call.timeout_ms) {
            self.peer.mark_desynced();
            if matches!(call.goal, Goal::Reply(_)) {
                self.protocol.fell_silent();
            }
            return Action::Ended(NoReply::TimedOut { waited_ms, ran: call.ran() });
        }
        if P::ANSWERS && !self.buffers.outgoing.unsent().is_empty() {
            return Action::Transmit;
        }
        let stage_wait = match call.stage {
            Stage::Begin | Stage::Greeting if self.peer.needs_echo(call.name().as_bytes()) => {
                return self.send_echo(call, now);
            }
            Stage::Begin | Stage::Greeting | Stage::InStep | Stage::Checked(_) => {
                return Action::WriteArguments;
            }
            Stage::Echo(echo) => match echo.time_left(now) {
                0 => return self.send_echo(call, now),
                left => Some(left),
            },
            Stage::Sent => match call.time_to_repeat(time_left) {
                Some(0) => {
                    call.may_repeat = false;
                    // Either of two replies is right for this call, but the second must not be taken for that of another.
                    self.peer.mark_desynced();
                    return Action::WriteArguments;
                }
                left => left,
            },
        };
        let waits = [time_left, stage_wait, self.protocol.wait(&self.buffers, now)];
        Action::Receive { wait_ms: waits.into_iter().flatten().min() }
    }

    /// Writes a command and its arguments, to be sent next.
    ///
    /// # Errors
    ///
    /// Returns an error if the arguments cannot be sent; nothing is sent then.
    pub fn write_arguments(
        &mut self,
        call: &mut OutgoingCall<impl AsRef<str>>,
        arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        match self.protocol.write_call(&mut self.buffers, call, &arguments) {
            Some(written) => written,
            None => {
                self.write_plain(call.name(), arguments)?;
                call.stage = Stage::Sent;
                Ok(())
            }
        }
    }

    /// Writes a command whose reply nobody awaits, to be sent next.
    ///
    /// # Errors
    ///
    /// Returns an error if the arguments cannot be sent; nothing is sent then.
    pub fn write_oneway(
        &mut self,
        name: &str,
        arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        match self.protocol.write_oneway(&mut self.buffers, name, &arguments) {
            Some(written) => written,
            None => self.write_plain(name, arguments),
        }
    }

    /// Writes the plain frame of a command.
    fn write_plain(
        &mut self,
        name: &str,
        arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        let (buffer, unsent) = self.buffers.outgoing.split();
        let mut frame = FrameWriter::new(buffer, Head::command(name.as_bytes()));
        arguments(&mut PayloadWriter::new(&mut frame))?;
        let size = frame.finish()?;
        log::outgoing(frame.bytes(size));
        *unsent = 0..size as u16;
        self.peer.begin(name.as_bytes());
        #[cfg(feature = "alloc")]
        self.peer.set_mirrors(false);
        Ok(())
    }

    /// Whether a call of `command` can be sent at once: no reply to an earlier call can be taken for its reply.
    pub fn is_in_step(&self, command: &str) -> bool {
        self.protocol.is_idle() && !self.peer.needs_echo(command.as_bytes())
    }

    /// Takes a frame that [`poll_call`](Self::poll_call) of one call returned to be served, if it is the reply to another
    /// call that was sent meanwhile.
    pub fn take_reply(
        &mut self,
        call: &mut OutgoingCall<impl AsRef<str>>,
        frame: FrameHandle,
    ) -> Option<ReplyHandle> {
        match self.accept(call, frame) {
            Accepted::Reply(suffix) => Some(ReplyHandle { frame, suffix }),
            Accepted::Echo | Accepted::Nothing => None,
        }
    }

    /// Reads the reply to a call. `link` is the name of the link, for errors.
    ///
    /// # Errors
    ///
    /// Returns what the peer reports, or what is wrong with the reply.
    pub fn finish_call<L, T, E>(
        &mut self,
        call: &OutgoingCall<impl AsRef<str>>,
        link: &str,
        reply: ReplyHandle,
        decoder: ReplyDecoder<T, E>,
    ) -> Result<T, CallError<L, E>> {
        let is_bare = self.protocol.reply_is_bare();
        let result = match self.protocol.reply(&mut self.buffers.decoder, reply) {
            Some(payload) => {
                if log::ENABLED && self.protocol.reply_is_checked() {
                    let template = decoder.expected.template.filter(|_| is_bare);
                    log::incoming_bare(call.name(), template, payload);
                }
                match is_bare {
                    true => decoder.decode_bare(payload),
                    false => decoder.decode(payload, reply.suffix),
                }
            }
            None => Err(NoValue::Malformed(ReplyError::TooLarge(reply.frame.size()))),
        };
        let result = result.map_err(|error| error.into_error(self.context(call.name(), link)));
        self.buffers.stray.clear();
        result
    }

    /// Copies the reply to a call, to be read elsewhere. `link` is the name of the link, for errors.
    ///
    /// # Errors
    ///
    /// Returns an error if the reply is larger than the buffer.
    #[cfg(feature = "alloc")]
    pub fn finish_raw<L>(
        &mut self,
        call: &OutgoingCall<impl AsRef<str>>,
        link: &str,
        reply: ReplyHandle,
    ) -> Result<RawReply, CallError<L>> {
        let is_bare = self.protocol.reply_is_bare();
        let result = match self.protocol.reply(&mut self.buffers.decoder, reply) {
            Some(payload) => Ok(RawReply::new(payload, reply.suffix == Suffix::Err).bare(is_bare)),
            None => Err(CallError::Protocol {
                error: ReplyError::TooLarge(reply.frame.size()),
                context: self.context(call.name(), link),
            }),
        };
        self.buffers.stray.clear();
        result
    }

    /// Decides whether a frame has to do with a call.
    fn accept(&mut self, call: &mut OutgoingCall<impl AsRef<str>>, frame: FrameHandle) -> Accepted {
        let Some(Frame { name, payload }) = self.buffers.decoder.frame(frame) else {
            return Accepted::Nothing;
        };
        match call.stage {
            Stage::Sent => {
                let called = call.name().as_bytes();
                let Some(suffix) = Suffix::of_reply(name, called) else {
                    #[cfg(feature = "alloc")]
                    if name == called && self.buffers.outgoing.is_last(payload) {
                        self.peer.set_mirrors(true);
                    }
                    return Accepted::Nothing;
                };
                self.peer.end(called);
                Accepted::Reply(suffix)
            }
            Stage::Echo(echo) => {
                match Suffix::of_reply(name, b"echo") {
                    None => return Accepted::Nothing,
                    Some(Suffix::Ack) if !echo.is_answer(payload) => return Accepted::Echo,
                    Some(Suffix::Ack) => {
                        self.peer.mark_in_step();
                        self.protocol.answered_echo();
                    }
                    // A peer without `echo` gives no guarantee and need not be asked again.
                    Some(Suffix::Err) => self.peer.set_without_echo(),
                }
                call.stage = Stage::InStep;
                Accepted::Echo
            }
            Stage::Begin | Stage::Greeting | Stage::InStep | Stage::Checked(_) => Accepted::Nothing,
        }
    }

    /// Writes the next `echo` of a call.
    fn send_echo<Name>(&mut self, call: &mut OutgoingCall<Name>, now: u32) -> Action {
        let patience_ms = match (&call.goal, call.stage) {
            (Goal::Ready, _) => READY_ECHO_MS,
            (Goal::Reply(_), Stage::Echo(echo)) => echo.patience_ms.saturating_mul(2),
            (Goal::Reply(_), _) => FIRST_ECHO_MS,
        };
        let echo = Echo { argument: self.peer.begin_echo(now), sent: now, patience_ms };
        let (buffer, unsent) = self.buffers.outgoing.split();
        let size = echo.write(buffer);
        log::outgoing(buffer.get(..size).unwrap_or_default());
        *unsent = 0..size as u16;
        call.stage = Stage::Echo(echo);
        Action::Transmit
    }
}

/// What a frame is to a call.
enum Accepted {
    /// The reply.
    Reply(Suffix),
    /// The answer to an `echo`.
    Echo,
    /// A command, or the reply to an earlier call.
    Nothing,
}
