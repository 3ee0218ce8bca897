//! A call of the peer, from the first byte sent to its reply.

use super::checked::Exchange;
use crate::rpc::command::Terms;
use crate::rpc::error::{Awaited, Ran};
use crate::wire::frame::{self, FrameHandle, FrameWriter, Head, MIN_BUFFER, Suffix};
use crate::wire::number::write_u64;
use crate::wire::payload::Header;

/// A call that has begun and not ended; made by [`Endpoint::begin_call`](super::Endpoint::begin_call) or [`Endpoint::begin_ready`](super::Endpoint::begin_ready).
///
/// `N` holds the name of the command: `&str`, or `String` for a call that outlives what asked for it.
#[derive(Debug)]
pub struct OutgoingCall<N> {
    pub(super) goal: Goal<N>,
    pub(super) stage: Stage,
    pub(super) begun: u32,
    /// `None` waits forever.
    pub(super) timeout_ms: Option<u32>,
    /// Whether the command may be sent once more.
    pub(super) may_repeat: bool,
    /// Whether it was sent in a session that is no more.
    pub(super) was_sent: bool,
    /// What both ends know of the command, if its signature is known.
    pub(super) terms: Option<Terms>,
}

/// What a call is made for.
#[derive(Debug)]
pub(super) enum Goal<N> {
    /// The reply to the command with this name.
    Reply(N),
    /// A peer that answers.
    Ready,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Stage {
    /// Nothing was sent.
    Begin,
    /// An `echo` was sent; what arrives before its answer belongs to earlier calls.
    Echo(Echo),
    /// No reply to an earlier call can arrive any more.
    InStep,
    /// The command was sent.
    Sent,
    /// The checked link is being opened or resumed.
    Greeting,
    /// A checked frame was sent.
    Checked(Exchange),
}

/// An `echo` that was sent. Only the answer to the last one counts: those to earlier ones arrive before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Echo {
    pub(super) argument: u32,
    pub(super) sent: u32,
    /// How long its answer may take.
    pub(super) patience_ms: u32,
}

/// The reply to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplyHandle {
    pub(super) frame: FrameHandle,
    pub(super) suffix: Suffix,
}

impl<N> OutgoingCall<N> {
    /// Begins to wait for a peer that answers, at most `within_ms` milliseconds.
    pub(super) fn ready(within_ms: u32, now: u32) -> Self {
        Self {
            goal: Goal::Ready,
            stage: Stage::Begin,
            begun: now,
            timeout_ms: Some(within_ms),
            may_repeat: false,
            was_sent: false,
            terms: None,
        }
    }
}

#[cfg(feature = "alloc")]
impl OutgoingCall<&str> {
    /// The call with a name of its own, so that it can outlive what asked for it.
    pub fn into_owned(self) -> OutgoingCall<alloc::string::String> {
        let Self { goal, stage, begun, timeout_ms, may_repeat, was_sent, terms } = self;
        let goal = match goal {
            Goal::Reply(name) => Goal::Reply(name.into()),
            Goal::Ready => Goal::Ready,
        };
        OutgoingCall { goal, stage, begun, timeout_ms, may_repeat, was_sent, terms }
    }
}

impl<N: AsRef<str>> OutgoingCall<N> {
    /// The name of the command that is called; `echo` if the call waits for a peer that is ready.
    pub fn name(&self) -> &str {
        match &self.goal {
            Goal::Reply(name) => name.as_ref(),
            Goal::Ready => "echo",
        }
    }

    /// What the call waits for: the reply to its command once that was sent.
    pub fn awaited(&self) -> Awaited {
        match (self.stage, &self.goal) {
            (Stage::Sent, _) | (_, Goal::Ready) => Awaited::Reply,
            (Stage::Checked(exchange), _) if exchange.asks_for_value() => Awaited::Reply,
            (Stage::Greeting | Stage::Checked(_), _) => Awaited::Hello,
            (Stage::Begin | Stage::Echo(_) | Stage::InStep, Goal::Reply(_)) => Awaited::Echo,
        }
    }

    /// Whether the command ran, if its call ends now without a reply.
    pub(super) fn ran(&self) -> Ran {
        match self.goal {
            // There is no command but `echo`.
            Goal::Ready => Ran::No,
            Goal::Reply(_) if self.was_sent => Ran::Unknown,
            Goal::Reply(_) => self.awaited().ran(),
        }
    }

    /// The time left until the deadline, in milliseconds; `None` if there is no deadline.
    pub fn time_left(&self, now: u32) -> Option<u32> {
        Some(self.timeout_ms?.saturating_sub(now.wrapping_sub(self.begun)))
    }

    /// The time left until the command is repeated, which is at half time; `None` if it is not repeated.
    pub(super) fn time_to_repeat(&self, time_left: Option<u32>) -> Option<u32> {
        if self.may_repeat { Some(time_left?.saturating_sub(self.timeout_ms? / 2)) } else { None }
    }
}

impl Echo {
    /// Writes the frame and returns its size, which is never more than [`MIN_BUFFER`]. Every peer answers a literal with
    /// the same text.
    pub(super) fn write(&self, buffer: &mut [u8]) -> usize {
        let mut frame = FrameWriter::new(buffer, Head::command(b"echo"));
        Header::Literal.write(&mut frame);
        frame.put(b"(").put(write_u64(self.argument.into(), &mut [0; 20])).put(b",)");
        frame.finish().unwrap_or(0)
    }

    /// Whether `payload` is that of the answer.
    pub(super) fn is_answer(&self, payload: &[u8]) -> bool {
        let mut buffer = [0; MIN_BUFFER];
        let size = self.write(&mut buffer);
        frame::split(buffer.get(..size).unwrap_or_default()).is_some_and(|(_, sent)| sent == payload)
    }

    /// How long the answer may still take.
    pub(super) fn time_left(&self, now: u32) -> u32 {
        self.patience_ms.saturating_sub(now.wrapping_sub(self.sent))
    }
}
