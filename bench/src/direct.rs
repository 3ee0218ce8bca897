//! A client and a server in one thread: a call without system calls.

use std::time::Duration;

use anyhow::Result;
use serialtalk::link::{Link, Received};
use serialtalk::{Checked, Commands, Service};
use serialtalk_hal::{LinkError, SerialTalk, StdClock, over};

use crate::blocking;
use crate::board::{self, BoardClient, BoardServer, Exchange, Simulated};

/// A server, and its link.
type Serving<S> = serialtalk::SerialTalk<Lane, StdClock, S, 258, 1024, Checked<64>>;

/// A client that calls a server in the same thread.
pub(crate) struct Direct<S> {
    pub(crate) client: BoardClient<SerialTalk<Wire<S>>>,
}

impl Direct<(((), Commands), BoardServer<Simulated>)> {
    /// A client of the board.
    pub(crate) fn new() -> Self {
        Self::to(board::serve(over(Lane::default(), "").plain()))
    }
}

impl<S: Service> Direct<S> {
    /// A client of any server.
    pub(crate) fn to(server: Serving<S>) -> Self {
        Self { client: BoardClient::new(over(Wire { server }, "").plain()) }
    }

    /// Makes `count` calls.
    pub(crate) fn run(&mut self, exchange: Exchange, count: u32) -> Result<Duration> {
        blocking::call(&mut self.client, exchange, count)
    }
}

/// The client's link, which lets the server work when the client waits.
pub(crate) struct Wire<S> {
    server: Serving<S>,
}

/// The server's link: its unread input, and its output.
#[derive(Debug, Default)]
pub(crate) struct Lane {
    requests: Vec<u8>,
    replies: Vec<u8>,
}

impl<S: Service> Link for Wire<S> {
    type Error = LinkError;

    fn receive(&mut self, buffer: &mut [u8], _wait_ms: u32) -> Result<Received, LinkError> {
        match self.server.process() {
            Ok(_) => Ok(take(&mut self.server.link_mut().replies, buffer)),
            Err(serialtalk::LinkError::Failed(error)) => Err(error),
            Err(serialtalk::LinkError::Closed) => Ok(Received::Closed),
        }
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        self.server.link_mut().requests.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), LinkError> {
        Ok(())
    }
}

impl Link for Lane {
    type Error = LinkError;

    fn receive(&mut self, buffer: &mut [u8], _wait_ms: u32) -> Result<Received, LinkError> {
        Ok(take(&mut self.requests, buffer))
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        self.replies.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), LinkError> {
        Ok(())
    }
}

/// Moves as many bytes as fit.
fn take(from: &mut Vec<u8>, buffer: &mut [u8]) -> Received {
    let count = from.len().min(buffer.len());
    for (to, byte) in buffer.iter_mut().zip(from.drain(..count)) {
        *to = byte;
    }
    if count == 0 { Received::Nothing } else { Received::Bytes(count) }
}
