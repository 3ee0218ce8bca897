//! What the state machine asks of a driver.

use super::outgoing_call::ReplyHandle;
use crate::wire::frame::FrameHandle;

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
    /// The reply has not arrived in time. The call is over.
    TimedOut {
        /// How long the call waited.
        waited_ms: u32,
    },
    /// Read into [`Endpoint::recv_buf`](super::Endpoint::recv_buf), at most as long as said.
    Receive {
        /// How long to wait; `None` until something arrives.
        wait_ms: Option<u32>,
    },
}
