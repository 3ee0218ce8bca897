//! Why a call has no value.

mod display;

use core::convert::Infallible;
use core::fmt;

#[cfg(feature = "alloc")]
use super::heard::Heard;
use super::mismatch::Mismatch;
use super::text::Text;
use crate::codec::error::{DecodeError, EncodeError};
use crate::wire::frame::FrameTooLong;

/// Why a call has no value.
///
/// `L` is the error of the link, `E` the error type of the command: that of its `Result`, or [`Infallible`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum CallError<L, E = Infallible> {
    /// The link failed.
    Link {
        /// The link's own error.
        error: L,
        /// The call that failed.
        context: Context,
    },
    /// The other end closed the link, or the link takes no more bytes.
    Closed {
        /// The call that failed.
        context: Context,
    },
    /// Nobody answered in time.
    Timeout {
        /// How long the call waited, in milliseconds.
        waited_ms: u32,
        /// What it waited for when its time was over. The command was sent if that was its reply. Otherwise it was not sent, or an
        /// idempotent one was not sent again.
        awaited: Awaited,
        /// Whether the command ran.
        ran: Ran,
        /// The call that failed, and what arrived outside frames meanwhile.
        context: Context,
    },
    /// The peer has restarted, or a program took its place, after the command was sent over a checked link. Whether it ran is not
    /// known.
    Restarted {
        /// The call that failed.
        context: Context,
    },
    /// The command ran, but its reply was lost on the line, and the peer has not kept it.
    ReplyLost {
        /// The call that failed.
        context: Context,
    },
    /// The peer does not speak the checked link, which this end requires. Nothing was sent.
    NotChecked {
        /// The call that failed.
        context: Context,
    },
    /// The peer answered with something that is not a reply to this command.
    Protocol {
        /// What is wrong with the reply.
        error: ReplyError,
        /// The call that failed.
        context: Context,
    },
    /// The peer rejected the call.
    Refused {
        /// The peer's words.
        error: RemoteError,
        /// The call that failed.
        context: Context,
    },
    /// The command failed with an error of its own.
    Failed {
        /// The command's error.
        error: E,
        /// The call that failed.
        context: Context,
    },
    /// The peer has the command with another signature. It was not called.
    Mismatch {
        /// Both signatures, as far as they are known.
        error: Mismatch,
        /// The command that differs.
        context: Context,
    },
    /// The arguments cannot be sent. Nothing of them was sent.
    Unsendable {
        /// What is wrong with the arguments.
        error: EncodeError,
        /// The call that failed.
        context: Context,
    },
}

/// What a call waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Awaited {
    /// Its turn on an endpoint that several callers share.
    Turn,
    /// The answer to the `echo` that precedes the first call after a timeout.
    Echo,
    /// An answer to the question whether the peer speaks the checked link, or still does.
    Hello,
    /// The reply.
    Reply,
}

impl Awaited {
    /// What this says of whether a command ran, if its call ended while it waited for this and had not sent it before.
    pub fn ran(self) -> Ran {
        match self {
            Self::Turn | Self::Echo | Self::Hello => Ran::No,
            Self::Reply => Ran::Unknown,
        }
    }
}

/// Whether the command of a call that failed ran on the peer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum Ran {
    /// It ran: once, unless it is idempotent.
    Yes,
    /// It did not run, and will not.
    No,
    /// It may have run, or run yet: once, unless it is idempotent.
    Unknown,
}

/// Why an endpoint stopped serving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum LinkError<L> {
    /// The link failed, with its own error.
    Failed(L),
    /// The other end closed the link, or the link takes no more bytes.
    Closed,
}

impl<L> LinkError<L> {
    /// Turns the error into that of a call.
    pub fn of_call<E>(self, context: Context) -> CallError<L, E> {
        match self {
            Self::Failed(error) => CallError::Link { error, context },
            Self::Closed => CallError::Closed { context },
        }
    }
}

impl<L: fmt::Display> fmt::Display for LinkError<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(error) => fmt::Display::fmt(error, f),
            Self::Closed => f.write_str("the peer closed the link"),
        }
    }
}

impl<L: core::error::Error + 'static> core::error::Error for LinkError<L> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Failed(error) => error.source(),
            Self::Closed => None,
        }
    }
}

/// Why a reply cannot be used.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ReplyError {
    /// The value does not fit the expected type.
    Value(DecodeError),
    /// The peer could not pack its value and sent these bytes instead: in Python, the return format of the command does
    /// not fit what it returned.
    NotPacked(Text),
    /// The reply, of this size in bytes, is larger than this endpoint's buffer.
    TooLarge(usize),
}

/// The words with which a peer rejects a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteError {
    text: Text,
}

/// The call to which an error belongs.
///
/// With the feature `alloc` it knows the command, the link, and what arrived outside frames; without, nothing, so that
/// errors stay small on a board.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Context {
    #[cfg(feature = "alloc")]
    details: Option<alloc::boxed::Box<Details>>,
}

#[cfg(feature = "alloc")]
#[derive(Debug, Clone, PartialEq, Eq)]
struct Details {
    command: alloc::string::String,
    link: alloc::string::String,
    stray: Text,
    heard: Heard,
    answers_echo: bool,
}

impl Context {
    /// Describes the call of `command` over `link`; `stray` is what arrived outside frames before it failed.
    #[cfg(feature = "alloc")]
    pub fn new(command: &str, link: &str, stray: &[u8]) -> Self {
        let details = Details {
            command: command.into(),
            link: link.into(),
            stray: Text::from_bytes(stray),
            heard: Heard::of(stray, command),
            answers_echo: false,
        };
        Self { details: Some(alloc::boxed::Box::new(details)) }
    }

    /// Adds what is known of the peer: whether it has answered `echo`, and whether a call came back as it was sent.
    #[cfg(feature = "alloc")]
    pub(crate) fn of_peer(mut self, answers_echo: bool, mirrors: bool) -> Self {
        if let Some(details) = &mut self.details {
            details.answers_echo = answers_echo;
            if mirrors {
                details.heard = Heard::Mirror;
            }
        }
        self
    }

    /// Describes the call of a command; nothing is kept of it without the feature `alloc`.
    #[cfg(not(feature = "alloc"))]
    pub fn new(_command: &str, _link: &str, _stray: &[u8]) -> Self {
        Self {}
    }

    /// The command that was called; empty if unknown.
    pub fn command(&self) -> &str {
        #[cfg(feature = "alloc")]
        return self.details.as_ref().map_or("", |details| &details.command);
        #[cfg(not(feature = "alloc"))]
        ""
    }

    /// The name of the link, such as `/dev/ttyUSB0`; empty if unknown.
    pub fn link(&self) -> &str {
        #[cfg(feature = "alloc")]
        return self.details.as_ref().map_or("", |details| &details.link);
        #[cfg(not(feature = "alloc"))]
        ""
    }

    /// Whether the peer has never answered `echo`, and nothing else came from it, as far as it is known.
    fn is_silent(&self) -> bool {
        #[cfg(feature = "alloc")]
        return self
            .details
            .as_ref()
            .is_none_or(|details| !details.answers_echo && details.heard == Heard::Nothing);
        #[cfg(not(feature = "alloc"))]
        true
    }

    /// What came in place of a reply, as far as it is known.
    #[cfg(feature = "alloc")]
    pub fn heard(&self) -> &Heard {
        self.details.as_ref().map_or(&Heard::Nothing, |details| &details.heard)
    }

    /// What came in place of a reply; nothing is known of it without the feature `alloc`.
    #[cfg(not(feature = "alloc"))]
    fn heard(&self) -> &str {
        ""
    }

    /// That the call itself came back, if it did: this end has refused it then.
    #[cfg(feature = "alloc")]
    fn came_back(&self) -> &Heard {
        if *self.heard() == Heard::Mirror { &Heard::Mirror } else { &Heard::Nothing }
    }

    /// That the call itself came back; nothing is known of it without the feature `alloc`.
    #[cfg(not(feature = "alloc"))]
    fn came_back(&self) -> &str {
        ""
    }

    /// The last bytes that arrived outside frames since the last reply, as text: a boot log, a traceback.
    pub fn stray(&self) -> &str {
        #[cfg(feature = "alloc")]
        return self.details.as_ref().map_or("", |details| details.stray.as_str());
        #[cfg(not(feature = "alloc"))]
        ""
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("command", &self.command())
            .field("link", &self.link())
            .finish_non_exhaustive()
    }
}

impl RemoteError {
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.into() }
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        Self { text: Text::from_bytes(bytes) }
    }

    /// The whole text, as the peer sent it.
    pub fn text(&self) -> &str {
        self.text.as_str()
    }

    /// Whether the peer does not have the command.
    pub fn is_not_found(&self) -> bool {
        self.text().starts_with("Command not found")
    }

    /// The sizes in bytes, if a Rust peer says that the command or its reply does not fit the peer's buffer.
    pub fn frame_too_long(&self) -> Option<FrameTooLong> {
        let (_, sizes) = self.text().split_once(" failed: ")?;
        let (size, limit) = sizes.split_once(" bytes > frame of ")?;
        Some(FrameTooLong { size: size.parse().ok()?, limit: limit.parse().ok()? })
    }
}

impl fmt::Display for RemoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text();
        f.write_str(text.strip_prefix("Command failed: ").unwrap_or(text))?;
        if self.text.is_cut() { f.write_str("…") } else { Ok(()) }
    }
}

impl<L, E> CallError<L, E> {
    /// The call that failed.
    pub fn context(&self) -> &Context {
        match self {
            Self::Link { context, .. }
            | Self::Closed { context }
            | Self::Timeout { context, .. }
            | Self::Restarted { context }
            | Self::ReplyLost { context }
            | Self::NotChecked { context }
            | Self::Protocol { context, .. }
            | Self::Refused { context, .. }
            | Self::Failed { context, .. }
            | Self::Mismatch { context, .. }
            | Self::Unsendable { context, .. } => context,
        }
    }

    /// The command's own error, if it failed with one.
    pub fn failure(&self) -> Option<&E> {
        match self {
            Self::Failed { error, .. } => Some(error),
            _ => None,
        }
    }

    /// Whether the link failed or was closed: no later call will do better before it is opened again.
    pub fn is_link(&self) -> bool {
        matches!(self, Self::Link { .. } | Self::Closed { .. })
    }

    /// Whether the command ran on the peer.
    pub fn ran(&self) -> Ran {
        match self {
            Self::Timeout { ran, .. } => *ran,
            Self::Failed { .. } | Self::ReplyLost { .. } => Ran::Yes,
            Self::Refused { error, .. } if error.is_not_found() => Ran::No,
            Self::Mismatch { .. } | Self::NotChecked { .. } | Self::Unsendable { .. } => Ran::No,
            // A plain reply may be damaged, or be that to another call.
            Self::Refused { .. }
            | Self::Protocol { .. }
            | Self::Link { .. }
            | Self::Closed { .. }
            | Self::Restarted { .. } => Ran::Unknown,
        }
    }

    /// The error of a greeting as that of the one-way command that could not be sent for it.
    pub(crate) fn of_greeting(self, context: Context) -> Self {
        match self {
            Self::Timeout { waited_ms, .. } => {
                Self::Timeout { waited_ms, awaited: Awaited::Hello, ran: Ran::No, context }
            }
            Self::NotChecked { .. } => Self::NotChecked { context },
            error => error,
        }
    }

    /// Whether nobody answered in time.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout { .. })
    }
}

impl<L, E> CallError<L, E> {
    /// Converts the error of the link.
    pub fn map_link<M>(self, convert: impl FnOnce(L) -> M) -> CallError<M, E> {
        match self {
            Self::Link { error, context } => CallError::Link { error: convert(error), context },
            Self::Closed { context } => CallError::Closed { context },
            Self::Timeout { waited_ms, awaited, ran, context } => {
                CallError::Timeout { waited_ms, awaited, ran, context }
            }
            Self::Restarted { context } => CallError::Restarted { context },
            Self::ReplyLost { context } => CallError::ReplyLost { context },
            Self::NotChecked { context } => CallError::NotChecked { context },
            Self::Protocol { error, context } => CallError::Protocol { error, context },
            Self::Refused { error, context } => CallError::Refused { error, context },
            Self::Failed { error, context } => CallError::Failed { error, context },
            Self::Mismatch { error, context } => CallError::Mismatch { error, context },
            Self::Unsendable { error, context } => CallError::Unsendable { error, context },
        }
    }
}

impl<L> CallError<L> {
    /// Converts the error to that of a command with errors of its own.
    pub fn widen<E>(self) -> CallError<L, E> {
        match self {
            Self::Link { error, context } => CallError::Link { error, context },
            Self::Closed { context } => CallError::Closed { context },
            Self::Timeout { waited_ms, awaited, ran, context } => {
                CallError::Timeout { waited_ms, awaited, ran, context }
            }
            Self::Restarted { context } => CallError::Restarted { context },
            Self::ReplyLost { context } => CallError::ReplyLost { context },
            Self::NotChecked { context } => CallError::NotChecked { context },
            Self::Protocol { error, context } => CallError::Protocol { error, context },
            Self::Refused { error, context } => CallError::Refused { error, context },
            Self::Mismatch { error, context } => CallError::Mismatch { error, context },
            Self::Unsendable { error, context } => CallError::Unsendable { error, context },
            Self::Failed { error, .. } => match error {},
        }
    }
}

impl<L: core::error::Error + 'static, E: fmt::Debug> core::error::Error for CallError<L, E> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            // Its own words are part of these.
            Self::Link { error, .. } => error.source(),
            _ => None,
        }
    }
}
