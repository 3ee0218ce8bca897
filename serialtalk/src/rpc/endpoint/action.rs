//! What the state machine asks of a driver.

use super::outgoing_call::ReplyHandle;
use crate::rpc::error::{Awaited, CallError, Context, Ran};
use crate::wire::frame::FrameHandle;

/// Why a call is over without a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoReply {
    /// The reply has not arrived in time.
    TimedOut {
        /// How long the call waited.
        waited_ms: u32,
        /// Whether the command ran.
        ran: Ran,
    },
    /// The peer has lost the session in which the command was called.
    Restarted,
    /// The command ran, and the peer did not keep its reply.
    Lost,
    /// The peer does not speak the checked link, which this end requires.
    NotChecked,
}

impl NoReply {
    /// The error of a call that waited for `awaited` when it ended.
    pub fn of_call<L, E>(self, awaited: Awaited, context: Context) -> CallError<L, E> {
        match self {
            Self::TimedOut { waited_ms, ran } => CallError::Timeout { waited_ms, awaited, ran, context },
            Self::Restarted => CallError::Restarted { context },
            Self::Lost => CallError::ReplyLost { context },
            Self::NotChecked => CallError::NotChecked { context },
        }
    }
}

/// What a driver has to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Send all of [`Endpoint::transmit`](super::Endpoint::transmit).
    Transmit,
    /// Serve a command with [`Endpoint::serve`](super::Endpoint::serve) or [`Endpoint::open`](super::Endpoint::open).
    Serve(FrameHandle),
    /// The peer is ready: write the arguments with [`Endpoint::write_arguments`](super::Endpoint::write_arguments).
    WriteArguments,
    /// The reply has arrived: read it with [`Endpoint::finish_call`](super::Endpoint::finish_call).
    Reply(ReplyHandle),
    /// The call is over, without a reply.
    Ended(NoReply),
    /// Read into [`Endpoint::recv_buf`](super::Endpoint::recv_buf), at most as long as said.
    Receive {
        /// How long to wait; `None` until something arrives.
        wait_ms: Option<u32>,
    },
}
