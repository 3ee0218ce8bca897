//! The REPL that blocks.

use super::conversation::{Conversation, Printed};
use super::error::ReplError;
#[cfg(feature = "repr")]
use super::eval::{self, LastLine};
#[cfg(all(feature = "repr", feature = "alloc"))]
use super::methods::DEFAULT_LINE_LIMIT;
use super::methods::{DEFAULT_PROMPT_MS, DEFAULT_TIMEOUT, repl_methods};
use super::script::Script;
use super::session::{Action, Ending, Session};
use crate::clock::Clock;
#[cfg(feature = "repr")]
use crate::codec::decode::Decode;
use crate::link::{Link, Received};
use crate::rpc::command::Timeout;
use crate::rpc::error::LinkError;

/// The REPL of a board over a link.
///
/// Nothing is sent before a method needs it. Each method first brings the board to its raw prompt if it is not there, and
/// so interrupts the program that runs on it.
///
/// `N` is the size of its buffer in bytes, at least 128; see [`Session`].
#[derive(Debug)]
pub struct Repl<L, C, const N: usize = 512> {
    session: Session<N>,
    link: L,
    clock: C,
    timeout: Timeout,
    prompt_ms: u32,
    #[cfg(all(feature = "repr", feature = "alloc"))]
    line_limit: u32,
}

repl_methods!(Repl, [Link], Clock, [], []);

impl<L: Link, C: Clock, const N: usize> Repl<L, C, N> {
    fn receive(&mut self, wait_ms: Option<u32>) -> Result<(), LinkError<L::Error>> {
        let wait_ms = wait_ms.unwrap_or(u32::MAX);
        match self.link.receive(self.session.recv_buf(), wait_ms).map_err(LinkError::Failed)? {
            Received::Bytes(count) => self.session.commit(count),
            Received::Nothing => {}
            Received::Closed => return Err(LinkError::Closed),
        }
        Ok(())
    }
}

/// Sends the first of `bytes`, and returns how many: at least one.
fn send<L: Link>(link: &mut L, bytes: &[u8]) -> Result<usize, LinkError<L::Error>> {
    let sent = link.send(bytes).map_err(LinkError::Failed)?;
    if sent == 0 {
        return Err(LinkError::Closed);
    }
    link.flush().map_err(LinkError::Failed)?;
    Ok(sent)
}
