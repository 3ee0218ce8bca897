//! The endpoint that blocks: reads, writes and waits.

mod call;
mod line;

use crate::clock::Clock;
use crate::link::{Link, LinkName};
use crate::rpc::clashes::{check_services, check_together};
use crate::rpc::command::Timeout;
#[cfg(feature = "alloc")]
use crate::rpc::commands::{BadName, Commands, Handler};
use crate::rpc::endpoint::{Checked, Endpoint, Plain, Policy, Protocol, Stray};
use crate::rpc::error::LinkError;
use crate::rpc::service::{CommandTable, Service};
use crate::rpc::state::State;
pub use line::Line;

/// How long [`SerialTalk::run`] waits for a command at a time, in milliseconds. Not every link can wait for longer.
const RUN_STEP_MS: u32 = 1000;

/// One end of a line, which calls and serves.
///
/// `L` carries the bytes, `C` tells the time, `S` is what is served. `N` is the size of the largest frame in bytes, 32 to
/// 258; `STRAY` is how many bytes are kept of what arrives outside frames, to be quoted in errors.
///
/// A board that serves calls [`process`](Self::process) in its main loop; a program that only serves calls
/// [`run`](Self::run). A client is made of the endpoint itself or of a mutable reference to it. Commands that arrive while
/// a call waits for its reply are served meanwhile.
#[derive(Debug)]
pub struct SerialTalk<L, C, S = (), const N: usize = 258, const STRAY: usize = 0, P = Plain> {
    line: Line<L, C, N, STRAY, P>,
    service: S,
}

crate::talk::common_methods!();

impl<L: Link, C: Clock> SerialTalk<L, C> {
    /// Creates an endpoint with buffers for the largest frames. It serves only the built-in commands.
    pub const fn new(link: L, clock: C) -> Self {
        Self::from_parts(link, clock, ())
    }
}

impl<L: Link, C: Clock, S: CommandTable, const N: usize, const STRAY: usize, P: Protocol>
    SerialTalk<L, C, S, N, STRAY, P>
{
    /// Creates an endpoint that serves commands; two services are a tuple. It can be evaluated at compile time, for a
    /// `static`. `P` is the protocol that it speaks.
    pub const fn with_service(link: L, clock: C, service: S) -> Self {
        const { check_services::<S>() }
        Self::from_parts(link, clock, service)
    }
}

impl<L: Link, C: Clock, S, const N: usize, const STRAY: usize, P: Protocol> SerialTalk<L, C, S, N, STRAY, P> {
    /// Discards everything that has arrived. Takes at most 100 ms, even if the peer keeps sending.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails or is closed.
    pub fn flush(&mut self) -> Result<(), LinkError<L::Error>> {
        self.line.flush()
    }
}

impl<L: Link, C: Clock, S: Service, const N: usize, const STRAY: usize, P: Protocol>
    SerialTalk<L, C, S, N, STRAY, P>
{
    /// Serves one command if one has arrived, without waiting. A main loop calls it again and again.
    ///
    /// Returns whether a frame was handled.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails or is closed. Nothing that a peer sends is an error: it is answered.
    pub fn process(&mut self) -> Result<bool, LinkError<L::Error>> {
        self.process_within(0)
    }

    /// Serves one command. Waits for it at most `wait_ms` milliseconds if the link can wait.
    ///
    /// Returns whether a frame was handled.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails or is closed.
    pub fn process_within(&mut self, wait_ms: u32) -> Result<bool, LinkError<L::Error>> {
        self.line.process_within(&mut self.service, wait_ms)
    }

    /// Serves commands until the link ends: `Ok` if the other end closed it.
    ///
    /// # Errors
    ///
    /// Returns the error of the link if it fails.
    pub fn run(&mut self) -> Result<(), L::Error> {
        loop {
            match self.process_within(RUN_STEP_MS) {
                Ok(_) => {}
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
    pub fn run_until_repl(&mut self) -> Result<(), LinkError<L::Error>> {
        while !self.wants_repl() {
            self.process_within(RUN_STEP_MS)?;
        }
        Ok(())
    }
}

/// The checked link, with a peer that speaks it.
impl<L: Link, C: Clock, S, const N: usize, const STRAY: usize, const NUMBERS: usize>
    SerialTalk<L, C, S, N, STRAY, Checked<NUMBERS>>
{
    /// Tells the peer that this end leaves, so that it expects plain frames at once rather than after two seconds: before a
    /// program ends whose board another program, perhaps one in Python, is to use.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails or is closed.
    pub fn leave(&mut self) -> Result<(), LinkError<L::Error>> {
        self.line.transmit()?;
        self.line.endpoint.leave();
        self.line.transmit()
    }
}

/// Serving with services that the program keeps, for one endpoint or for several.
impl<L: Link, C: Clock, const N: usize, const STRAY: usize, P: Protocol> SerialTalk<L, C, (), N, STRAY, P> {
    /// Serves one command with `services` if one has arrived, without waiting.
    ///
    /// Returns whether a frame was handled.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails or is closed.
    pub fn process_with(&mut self, services: &mut impl Service) -> Result<bool, LinkError<L::Error>> {
        self.process_within_with(services, 0)
    }

    /// Serves one command with `services`. Waits for it at most `wait_ms` milliseconds if the link can wait.
    ///
    /// Returns whether a frame was handled.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails or is closed.
    pub fn process_within_with(
        &mut self,
        services: &mut impl Service,
        wait_ms: u32,
    ) -> Result<bool, LinkError<L::Error>> {
        self.line.process_within(services, wait_ms)
    }
}
