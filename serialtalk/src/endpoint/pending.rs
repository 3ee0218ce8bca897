//! A call on its way, from the first byte sent to the reply.

use super::Endpoint;
use crate::command::{Command, Kind, Timeout};
use crate::error::{BadReply, CallError, Context, Unsendable};
use crate::frame::{Decoder, Found, FrameWriter};
use crate::log;
use crate::number::write_u64;
use crate::outcome::{NoValue, Outcome};
use crate::payload::pack::PackProblem;
use crate::payload::{PayloadWriter, REPR};
#[cfg(feature = "alloc")]
use crate::raw::RawReply;

/// How long a call waits for its reply when nothing else is said, as SerialTalk does in Python.
pub const DEFAULT_TIMEOUT_MS: u32 = 1500;

/// How long the answer to the first `echo` may take before the next is sent, and each further one twice as long. A peer that
/// had half a frame before it takes up to 500 ms to find it.
const FIRST_ECHO_MS: u32 = 700;

/// A call that has begun and not ended.
#[derive(Debug)]
pub struct Pending<'n> {
    command: Command<'n>,
    stage: Stage,
    begun: u32,
    /// Milliseconds; none waits for ever.
    timeout: Option<u32>,
    /// Whether it may be sent once more.
    again: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing was sent.
    Begin,
    /// `echo` was sent, and what comes before its answer belongs to earlier calls.
    Echo(Echo),
    /// The arguments are due.
    Write,
    /// The command was sent.
    Reply,
}

/// An `echo` on its way. Only the answer to the last one counts: those to the ones before it come earlier, if at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Echo {
    token: u32,
    /// When it was sent.
    sent: u32,
    /// Milliseconds that its answer may take.
    patience: u32,
}

/// What whoever drives a call has to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Send all of [`Endpoint::to_send`].
    Send,
    /// Write the arguments with [`Endpoint::write`].
    Write,
    /// Serve a command that has come meanwhile.
    Serve(Found),
    /// Read, waiting no longer than so many milliseconds.
    Receive(u32),
    /// The reply has come; read it with [`Endpoint::conclude`].
    Conclude(Answer),
    /// No reply has come in so many milliseconds.
    TimedOut(u32),
}

/// A frame that answers a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    found: Found,
    is_error: bool,
}

impl<'n> Pending<'n> {
    /// A call that begins now. `default` counts if the command says nothing about it.
    pub fn new(command: Command<'n>, default: Timeout, now: u32) -> Self {
        let timeout = match command.timeout.unwrap_or(default) {
            Timeout::Never => None,
            Timeout::Ms(ms) => Some(ms.min(i32::MAX as u32)),
        };
        let again = command.idempotent && timeout.is_some();
        Self { command, stage: Stage::Begin, begun: now, timeout, again }
    }

    /// The command that is called.
    pub fn command(&self) -> Command<'n> {
        self.command
    }

    /// Whether the command itself has been sent, so that the peer may have done it.
    pub fn was_sent(&self) -> bool {
        self.stage == Stage::Reply
    }

    fn left(&self, now: u32) -> Option<u32> {
        Some(self.timeout?.saturating_sub(now.wrapping_sub(self.begun)))
    }
}

impl<const N: usize, const OUTSIDE: usize> Endpoint<N, OUTSIDE> {
    /// What to do next about a call.
    pub fn step(&mut self, call: &mut Pending<'_>, now: u32) -> Step {
        if !self.to_send().is_empty() {
            return Step::Send;
        }
        while let Some(found) = self.next(now) {
            match (self.take(call, found), call.stage) {
                (Kind::Ack, Stage::Reply) => return Step::Conclude(Answer { found, is_error: false }),
                (Kind::Err, Stage::Reply) => return Step::Conclude(Answer { found, is_error: true }),
                (Kind::Other, _) => return Step::Serve(found),
                _ => {}
            }
        }
        let left = call.left(now);
        if left == Some(0) {
            self.peer.give_up();
            return Step::TimedOut(call.timeout.unwrap_or(u32::MAX));
        }
        let mut wait = left.unwrap_or(u32::MAX);
        match call.stage {
            Stage::Begin if self.peer.needs_echo(call.command.name.as_bytes()) => {
                call.stage = self.send_echo(now, FIRST_ECHO_MS);
                return Step::Send;
            }
            Stage::Begin | Stage::Write => return Step::Write,
            Stage::Echo(Echo { sent, patience, .. }) => {
                let waited = now.wrapping_sub(sent);
                if waited >= patience {
                    call.stage = self.send_echo(now, patience.saturating_mul(2));
                    return Step::Send;
                }
                wait = wait.min(patience - waited);
            }
            Stage::Reply => {}
        }
        if let (true, Stage::Reply, Some(timeout), Some(left)) = (call.again, call.stage, call.timeout, left)
        {
            let half = timeout / 2;
            if left <= half {
                call.again = false;
                // Either of two replies will do, but the second of them must not be taken for another call's.
                self.peer.give_up();
                return Step::Write;
            }
            wait = left - half;
        }
        Step::Receive(wait.min(self.gap_left(now).unwrap_or(u32::MAX)))
    }

    /// Writes the command and its arguments, to be sent next.
    pub fn write(
        &mut self,
        call: &mut Pending<'_>,
        arguments: impl FnOnce(&mut PayloadWriter<'_>) -> Result<(), PackProblem>,
    ) -> Result<(), Unsendable> {
        self.write_command(call.command.name, arguments)?;
        call.stage = Stage::Reply;
        Ok(())
    }

    /// Writes a command whose reply nobody will wait for.
    pub fn write_oneway(
        &mut self,
        name: &str,
        arguments: impl FnOnce(&mut PayloadWriter<'_>) -> Result<(), PackProblem>,
    ) -> Result<(), Unsendable> {
        self.write_command(name, arguments)
    }

    fn write_command(
        &mut self,
        name: &str,
        arguments: impl FnOnce(&mut PayloadWriter<'_>) -> Result<(), PackProblem>,
    ) -> Result<(), Unsendable> {
        let (buffer, left) = self.outgoing.parts();
        let mut payload = PayloadWriter::new(FrameWriter::new(buffer, name.as_bytes(), b""));
        arguments(&mut payload).map_err(Unsendable::Values)?;
        *left = payload.finish().map_err(Unsendable::TooLong)? as u16;
        self.peer.begin(name.as_bytes());
        log::outgoing(self.outgoing.pending());
        Ok(())
    }

    fn send_echo(&mut self, now: u32, patience: u32) -> Stage {
        let token = self.peer.new_token(now);
        // Cannot fail: even the smallest buffer holds it.
        let (buffer, left) = self.outgoing.parts();
        let mut frame = FrameWriter::new(buffer, b"echo", b"");
        put_echo(&mut frame, token);
        if let Ok(size) = frame.finish() {
            *left = size as u16;
            log::outgoing(self.outgoing.pending());
        }
        Stage::Echo(Echo { token, sent: now, patience })
    }

    /// Reads the reply to a call.
    ///
    /// # Errors
    ///
    /// What the reply says, or that it makes no sense.
    pub fn conclude<L, T, E>(
        &mut self,
        command: &str,
        link: &str,
        reply: Answer,
        outcome: Outcome<T, E>,
    ) -> Result<T, CallError<L, E>> {
        let result = match self.decoder.frame(reply.found) {
            Some(frame) if Decoder::<N>::holds(reply.found) => outcome.read(frame.payload, reply.is_error),
            _ => Err(NoValue::Bad(BadReply::TooLarge(reply.found.size()))),
        };
        let result =
            result.map_err(|reason| reason.into_error(Context::new(command, link, self.outside.as_bytes())));
        self.outside.clear();
        result
    }

    /// The reply to a call as it came, to be read somewhere else.
    ///
    /// # Errors
    ///
    /// A reply that is larger than the buffer.
    #[cfg(feature = "alloc")]
    pub fn conclude_raw<L>(
        &mut self,
        command: &str,
        link: &str,
        reply: Answer,
    ) -> Result<RawReply, CallError<L>> {
        let raw = match self.decoder.frame(reply.found) {
            Some(frame) if Decoder::<N>::holds(reply.found) => {
                Ok(RawReply::new(frame.payload, reply.is_error))
            }
            _ => Err(CallError::Protocol {
                problem: BadReply::TooLarge(reply.found.size()),
                context: Context::new(command, link, self.outside.as_bytes()),
            }),
        };
        self.outside.clear();
        raw
    }

    /// Tells what a frame is to a call. Replies to earlier calls are told by whoever opens it.
    fn take(&mut self, call: &mut Pending<'_>, found: Found) -> Kind {
        let Some(frame) = self.decoder.frame(found) else { return Kind::Other };
        match call.stage {
            Stage::Reply => {
                let kind = Kind::of(frame.name, call.command.name.as_bytes());
                if kind != Kind::Other {
                    self.peer.end(call.command.name.as_bytes());
                }
                kind
            }
            Stage::Echo(Echo { token, .. }) => {
                let kind = Kind::of(frame.name, b"echo");
                match kind {
                    Kind::Ack if is_echo(frame.payload, token) => self.peer.synchronised(),
                    // A peer without `echo` gives no guarantee, and need not be asked again.
                    Kind::Err => self.peer.has_no_echo(),
                    _ => return kind,
                }
                call.stage = Stage::Write;
                kind
            }
            Stage::Begin | Stage::Write => Kind::Other,
        }
    }
}

/// The value of an `echo`: a literal, which both Python and we send back as it came.
fn put_echo(frame: &mut FrameWriter<'_>, token: u32) {
    frame.put(REPR);
    frame.put(b"(");
    frame.put(write_u64(token.into(), &mut [0; 20]));
    frame.put(b",)");
}

fn is_echo(payload: &[u8], token: u32) -> bool {
    let digits = payload.strip_prefix(REPR).and_then(|text| text.strip_prefix(b"(")?.strip_suffix(b",)"));
    digits == Some(write_u64(token.into(), &mut [0; 20]))
}
