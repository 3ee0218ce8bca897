//! The async endpoint: reads, writes and waits.

mod call;
mod line;

use embedded_io_async::{Read, Write};

use crate::clock::AsyncClock;
use crate::link::LinkName;
use crate::rpc::clashes::{check_services, check_together};
use crate::rpc::command::Timeout;
#[cfg(feature = "alloc")]
use crate::rpc::commands::{BadName, Commands, Handler};
use crate::rpc::endpoint::{Checked, Endpoint, Plain, Policy, Protocol, Stray};
use crate::rpc::error::LinkError;
use crate::rpc::service::{AsyncService, CommandTable};
use crate::rpc::state::State;
use crate::wire::frame::FrameHandle;
pub use line::Line;

/// One end of a line over an embedded-io-async device, which calls and serves.
///
/// `L` carries the bytes, `C` tells the time and waits, `S` is what is served. `N` is the size of the largest frame in
/// bytes, 32 to 258; `STRAY` is how many bytes are kept of what arrives outside frames, to be quoted in errors.
///
/// Its futures may be dropped at any time if those of the device's `read` and `write` may: bytes that were read are kept,
/// a frame that was sent in part is sent to its end by whatever is done next, and the reply to a call that was dropped
/// does not reach a later call. A handler that was dropped is not started again.
#[derive(Debug)]
pub struct SerialTalk<L, C, S = (), const N: usize = 258, const STRAY: usize = 0, P = Plain> {
    line: Line<L, C, N, STRAY, P>,
    service: S,
}

crate::talk::common_methods!();

impl<L: Read + Write, C: AsyncClock> SerialTalk<L, C> {
    /// Creates an endpoint with buffers for the largest frames. It serves only the built-in commands.
    pub const fn new(link: L, clock: C) -> Self {
        Self::from_parts(link, clock, ())
    }
}

impl<L: Read + Write, C: AsyncClock, S: CommandTable, const N: usize, const STRAY: usize, P: Protocol>
    SerialTalk<L, C, S, N, STRAY, P>
{
    /// Creates an endpoint that serves commands; two services are a tuple. It can be evaluated at compile time, for a
    /// `static`. `P` is the protocol that it speaks.
    pub const fn with_service(link: L, clock: C, service: S) -> Self {
        const { check_services::<S>() }
        Self::from_parts(link, clock, service)
    }
}

impl<L: Read + Write, C: AsyncClock, S, const N: usize, const STRAY: usize, P: Protocol>
    SerialTalk<L, C, S, N, STRAY, P>
{
    /// Discards everything that has arrived. Takes at most 100 ms, even if the peer keeps sending.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails or is closed.
    pub async fn flush(&mut self) -> Result<(), LinkError<L::Error>> {
        self.line.flush().await
    }
}

impl<L: Read + Write, C: AsyncClock, S: AsyncService, const N: usize, const STRAY: usize, P: Protocol>
    SerialTalk<L, C, S, N, STRAY, P>
{
    /// Waits for one command and serves it.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails or is closed. Nothing that a peer sends is an error: it is answered.
    pub async fn process(&mut self) -> Result<(), LinkError<L::Error>> {
        let command = self.wait_for_command().await?;
        self.serve_command(command).await
    }

    /// Waits for one command, to be passed to [`serve_command`](Self::serve_command) before anything else is done.
    ///
    /// The two make up [`process`](Self::process) for programs that wait for something else at the same time: dropping this
    /// future loses nothing, whereas dropping that of `process` may leave a handler half done.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails or is closed.
    pub async fn wait_for_command(&mut self) -> Result<FrameHandle, LinkError<L::Error>> {
        self.line.wait_for_command().await
    }

    /// Serves the command that [`wait_for_command`](Self::wait_for_command) returned.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails.
    pub async fn serve_command(&mut self, command: FrameHandle) -> Result<(), LinkError<L::Error>> {
        self.line.serve(command, &mut self.service).await;
        self.line.transmit().await
    }

    /// Serves commands until the link ends: `Ok` if the other end closed it.
    ///
    /// # Errors
    ///
    /// Returns the error of the link if it fails.
    pub async fn run(&mut self) -> Result<(), L::Error> {
        loop {
            match self.process().await {
                Ok(()) => {}
                Err(LinkError::Closed) => return Ok(()),
                Err(LinkError::Failed(error)) => return Err(error),
            }
        }
    }

    /// Serves commands until the peer asks for the command line with `enable repl`, as the loop of a Python peer does.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails or is closed.
    pub async fn run_until_repl(&mut self) -> Result<(), LinkError<L::Error>> {
        while !self.wants_repl() {
            self.process().await?;
        }
        Ok(())
    }
}

/// The checked link, with a peer that speaks it.
impl<L: Read + Write, C: AsyncClock, S, const N: usize, const STRAY: usize, const NUMBERS: usize>
    SerialTalk<L, C, S, N, STRAY, Checked<NUMBERS>>
{
    /// Tells the peer that this end leaves, so that it expects plain frames at once rather than after two seconds: before a
    /// program ends whose board another program, perhaps one in Python, is to use.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails or is closed.
    pub async fn leave(&mut self) -> Result<(), LinkError<L::Error>> {
        self.line.transmit().await?;
        self.line.endpoint.leave();
        self.line.transmit().await
    }
}

/// Serving with services that the program keeps, for one endpoint or for several.
impl<L: Read + Write, C: AsyncClock, const N: usize, const STRAY: usize, P: Protocol>
    SerialTalk<L, C, (), N, STRAY, P>
{
    /// Waits for one command and serves it with `services`.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails or is closed.
    pub async fn process_with(
        &mut self,
        services: &mut impl AsyncService,
    ) -> Result<(), LinkError<L::Error>> {
        let command = self.line.wait_for_command().await?;
        self.serve_command_with(command, services).await
    }

    /// Serves the command that [`wait_for_command`](Self::wait_for_command) returned, with `services`.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails.
    pub async fn serve_command_with(
        &mut self,
        command: FrameHandle,
        services: &mut impl AsyncService,
    ) -> Result<(), LinkError<L::Error>> {
        self.line.serve(command, services).await;
        self.line.transmit().await
    }
}
