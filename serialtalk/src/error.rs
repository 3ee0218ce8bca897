//! What can come of a call instead of its value.

use core::convert::Infallible;
use core::fmt;

use crate::frame::FrameTooLong;
use crate::payload::pack::PackProblem;
use crate::problem::Problem;
use crate::text::Text;

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
        /// Which call it was.
        context: Context,
    },
    /// The other end has closed the link.
    Closed {
        /// Which call it was.
        context: Context,
    },
    /// Nobody answered in time.
    Timeout {
        /// How long the call waited, in milliseconds.
        waited_ms: u32,
        /// Whether the command was sent at all. If it was not, the peer did not answer the `echo` that comes before the
        /// first call after a timeout.
        was_sent: bool,
        /// Which call it was, and what came outside frames meanwhile.
        context: Context,
    },
    /// The peer answered with something that is no reply to this command.
    Protocol {
        /// What is wrong with it.
        problem: BadReply,
        /// Which call it was.
        context: Context,
    },
    /// The peer said no.
    Refused {
        /// Its words.
        refusal: Refusal,
        /// Which call it was.
        context: Context,
    },
    /// The command failed with an error of its own.
    Failed {
        /// The error.
        error: E,
        /// Which call it was.
        context: Context,
    },
    /// The arguments cannot be sent. Nothing was sent of them.
    Unsendable {
        /// What is wrong with them.
        problem: Unsendable,
        /// Which call it was.
        context: Context,
    },
}

/// What ends serving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub enum LinkError<L> {
    /// The link failed, with its own error.
    Failed(L),
    /// The other end has closed the link.
    Closed,
}

impl<L> LinkError<L> {
    /// The same as the error of a call.
    pub(crate) fn of_call<E>(self, context: Context) -> CallError<L, E> {
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

/// Why arguments, or a value, cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum Unsendable {
    /// They make a frame that is too long.
    TooLong(FrameTooLong),
    /// They do not fit the format that was chosen for them.
    Values(PackProblem),
}

/// What is wrong with a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadReply {
    /// Its value does not fit the type that was expected.
    Value(Problem),
    /// The peer could not pack its value and sent these bytes instead: in Python, the return format of the command and
    /// what it returned do not fit together.
    NotPacked(Text),
    /// It is larger than this endpoint's buffer, by its size in bytes.
    TooLarge(usize),
}

/// A peer's no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    text: Text,
}

/// Which call an error belongs to.
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
    outside: Text,
}

impl Context {
    /// The call of `command` over `link`, and what came outside frames before it failed.
    #[cfg(feature = "alloc")]
    pub fn new(command: &str, link: &str, outside: &[u8]) -> Self {
        let outside = Text::from_bytes(outside);
        let details = Details { command: command.into(), link: link.into(), outside };
        Self { details: Some(alloc::boxed::Box::new(details)) }
    }

    /// The call of a command; nothing is kept of it without the feature `alloc`.
    #[cfg(not(feature = "alloc"))]
    pub fn new(_command: &str, _link: &str, _outside: &[u8]) -> Self {
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

    /// The last of what arrived outside frames since the last reply: a boot log, a traceback.
    pub fn outside(&self) -> &str {
        #[cfg(feature = "alloc")]
        return self.details.as_ref().map_or("", |details| details.outside.as_str());
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

impl Refusal {
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

    /// Whether the peer has no such command.
    pub fn is_not_found(&self) -> bool {
        self.text().starts_with("Command not found")
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text();
        f.write_str(text.strip_prefix("Command failed: ").unwrap_or(text))?;
        if self.text.is_cut() { f.write_str("…") } else { Ok(()) }
    }
}

impl<L, E> CallError<L, E> {
    /// Which call it was.
    pub fn context(&self) -> &Context {
        match self {
            Self::Link { context, .. }
            | Self::Closed { context }
            | Self::Timeout { context, .. }
            | Self::Protocol { context, .. }
            | Self::Refused { context, .. }
            | Self::Failed { context, .. }
            | Self::Unsendable { context, .. } => context,
        }
    }

    /// The command's own error, if that is what it is.
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

    /// Whether nobody answered in time.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout { .. })
    }
}

impl<L> CallError<L> {
    /// The same as the error of a command that has errors of its own.
    pub fn widen<E>(self) -> CallError<L, E> {
        match self {
            Self::Link { error, context } => CallError::Link { error, context },
            Self::Closed { context } => CallError::Closed { context },
            Self::Timeout { waited_ms, was_sent, context } => {
                CallError::Timeout { waited_ms, was_sent, context }
            }
            Self::Protocol { problem, context } => CallError::Protocol { problem, context },
            Self::Refused { refusal, context } => CallError::Refused { refusal, context },
            Self::Unsendable { problem, context } => CallError::Unsendable { problem, context },
            Self::Failed { error, .. } => match error {},
        }
    }
}

impl<L: fmt::Display, E: fmt::Debug> fmt::Display for CallError<L, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let context = self.context();
        let command = Named(context.command());
        match self {
            Self::Link { error, .. } => write!(f, "calling {command} failed: {error}"),
            Self::Closed { .. } => {
                write!(f, "the peer closed the link{} before {command} was answered", On(context))
            }
            Self::Timeout { waited_ms, was_sent: true, .. } => {
                write!(f, "no answer to {command} within {waited_ms} ms{}{}", On(context), Quoted(context))
            }
            Self::Timeout { waited_ms, was_sent: false, .. } => write!(
                f,
                "no answer to `echo` within {waited_ms} ms{}, so {command} was not sent; \
                 if the peer has no `echo`, say so with `without_echo`{}",
                On(context),
                Quoted(context)
            ),
            Self::Protocol { problem, .. } => write!(f, "the reply to {command} makes no sense: {problem}"),
            Self::Refused { refusal, .. } if refusal.is_not_found() => {
                write!(f, "the peer has no command {command}")
            }
            Self::Refused { refusal, .. } => write!(f, "the peer said no to {command}: {refusal}"),
            Self::Failed { error, .. } => write!(f, "{command} failed on the peer: {error:?}"),
            Self::Unsendable { problem, .. } => {
                write!(f, "the arguments of {command} cannot be sent: {problem}")
            }
        }
    }
}

impl<L: core::error::Error + 'static, E: fmt::Debug> core::error::Error for CallError<L, E> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Link { error, .. } => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for Unsendable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(error) => fmt::Display::fmt(error, f),
            Self::Values(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl core::error::Error for Unsendable {}

impl fmt::Display for BadReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(problem) => fmt::Display::fmt(problem, f),
            Self::NotPacked(text) => write!(
                f,
                "the peer could not pack its value and sent {text:?} instead; its return format does not fit the value"
            ),
            Self::TooLarge(size) => write!(f, "a frame of {size} bytes does not fit this endpoint's buffer"),
        }
    }
}

/// The name of a command, or what stands for one that is not known.
struct Named<'a>(&'a str);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { f.write_str("the command") } else { write!(f, "`{}`", self.0) }
    }
}

struct On<'a>(&'a Context);

impl fmt::Display for On<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.link().is_empty() { Ok(()) } else { write!(f, " on {}", self.0.link()) }
    }
}

struct Quoted<'a>(&'a Context);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.outside().trim();
        if text.is_empty() {
            return Ok(());
        }
        f.write_str("\n  the peer sent this instead of a frame:")?;
        text.lines().try_for_each(|line| write!(f, "\n    {line}"))
    }
}
