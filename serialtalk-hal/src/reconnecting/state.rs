//! What a program is told of a connection.

use alloc::sync::Arc;
use core::error::Error;
use core::fmt;

use serialtalk::{CallError, Context};

use crate::{LinkError, OpenError};

/// A change in the life of a connection. As text it is a line for a log: `usb:2e8a:0005 is connected`.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum State<'a> {
    /// A connection is being made. Told once: attempts go on until one succeeds.
    Connecting {
        /// The name of the link.
        port: &'a str,
    },
    /// The link is open, the peer has the contract, and the set-up is done.
    Connected {
        /// The name of the link.
        port: &'a str,
    },
    /// There is no connection, or none that can be used. Told when one is lost, when the first attempt to make another fails,
    /// and when a later attempt fails for another reason.
    Lost {
        /// The name of the link.
        port: &'a str,
        /// Why there is none.
        reason: &'a ConnectionError,
    },
}

impl fmt::Display for State<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connecting { port } => write!(f, "{port} is being connected"),
            Self::Connected { port } => write!(f, "{port} is connected"),
            Self::Lost { port, reason } => reason.on(port).fmt(f),
        }
    }
}

/// Why there is no connection.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectionError {
    /// The link cannot be opened.
    #[error(transparent)]
    Open(OpenError),
    /// The link has failed.
    #[error(transparent)]
    Link(LinkError),
    /// The other end has closed the link.
    #[error("the other end closed the link")]
    Closed,
    /// The peer does not answer, or, as [`CallError::Mismatch`], has another version of the contract. After a mismatch the link
    /// stays open, and the next attempt is made when it is lost.
    #[error(transparent)]
    Contract(CallError<LinkError>),
    /// The program's set-up has failed.
    #[error("the set-up failed: {0}")]
    SetUp(Arc<dyn Error + Send + Sync>),
    /// The program gave the connection up.
    #[error("the program gave the connection up")]
    GivenUp,
}

impl ConnectionError {
    /// Why a call shows that there is no connection any more; `None` if it does not.
    pub(crate) fn of_call<E>(error: &CallError<LinkError, E>) -> Option<Self> {
        match error {
            CallError::Link { error, .. } => Some(Self::Link(error.clone())),
            CallError::Closed { .. } => Some(Self::Closed),
            _ => None,
        }
    }

    /// Why the check of a contract has failed.
    pub(crate) fn of_check(error: CallError<LinkError>) -> Self {
        Self::of_call(&error).unwrap_or(Self::Contract(error))
    }

    /// The error of a call of `command` during which the connection was lost. `port` is the name of the link.
    pub(crate) fn during_call(&self, command: &str, port: &str) -> CallError<LinkError> {
        let context = Context::new(command, port, &[]);
        match self {
            Self::Link(error) => CallError::Link { error: error.clone(), context },
            Self::Closed => CallError::Closed { context },
            other => CallError::Link { error: other.on(port), context },
        }
    }

    /// Whether the peer has another version of the contract.
    pub(crate) fn is_mismatch(&self) -> bool {
        matches!(self, Self::Contract(CallError::Mismatch { .. }))
    }

    /// The error of what needs the link of this name.
    pub(crate) fn on(&self, port: &str) -> LinkError {
        let reason = match self {
            Self::Link(LinkError::Unplugged { .. }) => "it was unplugged, or its other end was closed".into(),
            other => other.to_string(),
        };
        // Most errors begin with the name of the link.
        let prefix = format!("{port}: ");
        LinkError::not_connected(port, reason.strip_prefix(&prefix).unwrap_or(&reason))
    }
}

impl From<serialtalk::LinkError<LinkError>> for ConnectionError {
    fn from(error: serialtalk::LinkError<LinkError>) -> Self {
        match error {
            serialtalk::LinkError::Failed(error) => Self::Link(error),
            serialtalk::LinkError::Closed => Self::Closed,
        }
    }
}

#[cfg(test)]
mod tests {
    use serialtalk::{Awaited, Ran};

    use super::*;

    #[test]
    fn each_state_is_a_line_for_a_log() {
        let port = "/dev/robot";
        let unplugged = ConnectionError::Link(LinkError::unplugged("/dev/ttyACM0"));
        let missing = ConnectionError::Open(OpenError::NotFound { port: port.into(), ports: vec![] });
        let context = Context::new("echo", port, &[]);
        let silent = ConnectionError::of_check(CallError::Timeout {
            waited_ms: 5000,
            awaited: Awaited::Reply,
            ran: Ran::Unknown,
            context,
        });
        let lost = |reason| State::Lost { port, reason };
        for (state, text) in [
            (State::Connecting { port }, "/dev/robot is being connected"),
            (State::Connected { port }, "/dev/robot is connected"),
            (lost(&unplugged), "/dev/robot is not connected: it was unplugged, or its other end was closed"),
            (
                lost(&missing),
                "/dev/robot is not connected: no such port; there is no serial port on this machine",
            ),
            (lost(&ConnectionError::Closed), "/dev/robot is not connected: the other end closed the link"),
            (lost(&silent), "/dev/robot is not connected: no answer to `echo` within 5000 ms on /dev/robot"),
        ] {
            assert_eq!(state.to_string(), text);
        }
    }
}
