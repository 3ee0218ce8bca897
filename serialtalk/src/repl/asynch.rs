//! The async REPL.

use embedded_io_async::{Read, Write};

use super::conversation::{Conversation, Printed};
use super::error::ReplError;
#[cfg(feature = "repr")]
use super::eval::{self, LastLine};
#[cfg(all(feature = "repr", feature = "alloc"))]
use super::methods::DEFAULT_LINE_LIMIT;
use super::methods::{DEFAULT_PROMPT_MS, DEFAULT_TIMEOUT, repl_methods};
use super::script::Script;
use super::session::{Action, Ending, Session};
use crate::clock::{AsyncClock, within};
#[cfg(feature = "repr")]
use crate::codec::decode::Decode;
use crate::rpc::command::Timeout;
use crate::rpc::error::LinkError;

/// The REPL of a board over an embedded-io-async device.
///
/// Nothing is sent before a method needs it. Each method first brings the board to its raw prompt if it is not there, and
/// so interrupts the program that runs on it. A future may be dropped at any time, for example if a program is no longer to
/// be waited for: the next method interrupts it.
///
/// `N` is the size of its buffer in bytes, at least 128; see [`Session`].
#[derive(Debug)]
pub struct AsyncRepl<L, C, const N: usize = 512> {
    session: Session<N>,
    link: L,
    clock: C,
    timeout: Timeout,
    prompt_ms: u32,
    #[cfg(all(feature = "repr", feature = "alloc"))]
    line_limit: u32,
}

repl_methods!(AsyncRepl, [Read + Write], AsyncClock, [async], [.await]);

impl<L: Read + Write, C: AsyncClock, const N: usize> AsyncRepl<L, C, N> {
    async fn receive(&mut self, wait_ms: Option<u32>) -> Result<(), LinkError<L::Error>> {
        let read = self.link.read(self.session.recv_buf());
        match within(&self.clock, wait_ms, read).await.transpose().map_err(LinkError::Failed)? {
            Some(0) => Err(LinkError::Closed),
            Some(count) => {
                self.session.commit(count);
                Ok(())
            }
            None => Ok(()),
        }
    }
}

/// Sends the first of `bytes`, and returns how many: at least one.
async fn send<L: Write>(link: &mut L, bytes: &[u8]) -> Result<usize, LinkError<L::Error>> {
    let sent = link.write(bytes).await.map_err(LinkError::Failed)?;
    if sent == 0 {
        return Err(LinkError::Closed);
    }
    link.flush().await.map_err(LinkError::Failed)?;
    Ok(sent)
}
