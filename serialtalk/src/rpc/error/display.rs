//! What is said of a call that has no value.

use core::fmt;

use super::{Awaited, CallError, Context, Ran, ReplyError};

impl<L: fmt::Display, E: fmt::Debug> fmt::Display for CallError<L, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let context = self.context();
        let command = Named(context.command());
        match self {
            Self::Link { error, .. } if names(error, context.link()) => {
                write!(f, "calling {command} failed: {error}")
            }
            Self::Link { error, .. } => write!(f, "calling {command}{} failed: {error}", On(context)),
            Self::Closed { .. } => {
                write!(f, "the peer closed the link{} before {command} was answered", On(context))
            }
            Self::Timeout { waited_ms, awaited: Awaited::Turn, .. } => write!(
                f,
                "{command} was not sent: other calls{} took the {waited_ms} ms that it could wait for its turn",
                On(context)
            ),
            Self::Timeout { waited_ms, awaited: Awaited::Reply, .. } => {
                write!(f, "no answer to {command} within {waited_ms} ms{}{}", On(context), context.heard())
            }
            Self::Timeout { waited_ms, awaited: Awaited::Hello, ran, .. } => write!(
                f,
                "nobody answered within {waited_ms} ms{}, so {command} was not sent{}{}",
                On(context),
                if *ran == Ran::No { "" } else { " again" },
                context.heard()
            ),
            Self::Timeout { waited_ms, awaited: Awaited::Echo, .. } => write!(
                f,
                "no answer to `echo` within {waited_ms} ms{}, so {command} was not sent{}{}",
                On(context),
                if context.is_silent() { WITHOUT_ECHO } else { "" },
                context.heard()
            ),
            Self::Restarted { .. } => write!(
                f,
                "the peer{} restarted before it answered {command}, which may have run: \
                 call it again if it may run twice",
                On(context)
            ),
            Self::ReplyLost { .. } => {
                write!(f, "{command} ran, but its reply was damaged{} and is lost", On(context))
            }
            Self::NotChecked { .. } => write!(
                f,
                "{command} was not sent: the peer{} does not speak the checked link; \
                 without `require_checked()` it is called plainly",
                On(context)
            ),
            Self::Protocol { error, .. } => write!(f, "malformed reply to {command}: {error}"),
            Self::Refused { error, .. } if error.is_not_found() => {
                write!(f, "the peer has no command {command}{}", context.came_back())
            }
            Self::Refused { error, .. } => write!(f, "the peer rejected {command}: {error}"),
            Self::Failed { error, .. } => write!(f, "{command} failed on the peer: {error:?}"),
            Self::Mismatch { error, .. } => {
                write!(f, "the interface does not fit the peer{}: {error}", On(context))
            }
            Self::Unsendable { error, .. } => {
                write!(f, "the arguments of {command} cannot be sent: {error}")
            }
        }
    }
}

impl fmt::Display for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(error) => fmt::Display::fmt(error, f),
            Self::NotPacked(text) => write!(
                f,
                "the peer could not pack its value and sent {text:?} instead; its return format does not fit the value"
            ),
            Self::TooLarge(size) => write!(f, "a frame of {size} bytes does not fit this endpoint's buffer"),
        }
    }
}

/// What is said of `echo` to those who have heard nothing of their peer.
const WITHOUT_ECHO: &str = "; if the peer has no `echo`, say so with `without_echo`";

/// The name of a command, or words for one that is not known.
struct Named<'a>(&'a str);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { f.write_str("the command") } else { write!(f, "`{}`", self.0) }
    }
}

/// Whether the error of a link says by itself which link that is, as it does unless the program gave it another name.
#[cfg(feature = "alloc")]
fn names(error: &impl fmt::Display, link: &str) -> bool {
    alloc::string::ToString::to_string(error).contains(link)
}

/// Whether nothing is to be added to the error of a link: without the feature `alloc` its name is not known.
#[cfg(not(feature = "alloc"))]
fn names(_error: &impl fmt::Display, _link: &str) -> bool {
    true
}

struct On<'a>(&'a Context);

impl fmt::Display for On<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.link().is_empty() { Ok(()) } else { write!(f, " on {}", self.0.link()) }
    }
}
