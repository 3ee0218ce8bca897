//! One end of a line: what carries its bytes, what it serves, and how it is set up.

use crate::command::Timeout;
#[cfg(feature = "alloc")]
use crate::commands::{BadName, Commands, Grow, Handler};
use crate::endpoint::Endpoint;
use crate::error::Context;
use crate::link::LinkName;
use crate::names;
use crate::service::Catalog;

/// One end of a line, which calls and serves.
///
/// `L` carries the bytes, `C` tells the time, `S` is what is served. `N` is the largest frame in bytes, 32 to 258;
/// `OUTSIDE` is how many bytes are kept of what arrives outside frames, to be quoted in errors.
///
/// A board that serves calls [`process`](Self::process) in its main loop; a program that only serves calls
/// [`run`](Self::run). Clients are made of the endpoint itself or of a mutable reference to it. Commands that come while
/// a call waits for its reply are served meanwhile.
#[derive(Debug)]
pub struct SerialTalk<L, C, S = (), const N: usize = 258, const OUTSIDE: usize = 0> {
    pub(crate) line: Line<L, C, N, OUTSIDE>,
    pub(crate) service: S,
}

/// An endpoint without what it serves, for programs that serve several lines with one service.
#[derive(Debug)]
pub struct Line<L, C, const N: usize = 258, const OUTSIDE: usize = 0> {
    pub(crate) endpoint: Endpoint<N, OUTSIDE>,
    pub(crate) link: L,
    pub(crate) clock: C,
    pub(crate) name: LinkName,
}

impl<L, C, S, const N: usize, const OUTSIDE: usize> SerialTalk<L, C, S, N, OUTSIDE> {
    /// The same with other buffers: `M` bytes for the largest frame, `KEPT` bytes of what arrives outside frames.
    /// What has arrived so far is lost.
    pub fn buffers<const M: usize, const KEPT: usize>(self) -> SerialTalk<L, C, S, M, KEPT> {
        let Line { link, clock, name, .. } = self.line;
        SerialTalk { line: Line { endpoint: Endpoint::new(), link, clock, name }, service: self.service }
    }

    /// The same with a service added. What was served before goes on being served.
    ///
    /// Does not compile if two of all the commands have the same name, or one that is the name of another's reply.
    pub fn serve<T: Catalog>(self, service: T) -> SerialTalk<L, C, (S, T), N, OUTSIDE>
    where
        S: Catalog,
    {
        const { names::check::<S, T>() }
        SerialTalk { line: self.line, service: (self.service, service) }
    }

    /// The same with a name for the link, for messages: the path of a port, the address of a socket.
    #[cfg(feature = "alloc")]
    pub fn named(mut self, name: impl Into<alloc::string::String>) -> Self {
        self.line.name = LinkName::from(name.into());
        self
    }

    /// The same, told that the peer has no `echo`, as those on Arduino have not. Calls are then not resynchronised after
    /// a timeout, and the late reply to a call may be taken for that to a later call of the same command.
    pub fn without_echo(mut self) -> Self {
        self.line.endpoint.set_without_echo();
        self
    }

    /// Sets how long calls wait for their replies; 1500 ms if never set. Commands may have times of their own.
    pub fn set_timeout(&mut self, timeout: Timeout) {
        self.line.endpoint.set_timeout(timeout);
    }

    /// How long calls wait for their replies.
    pub fn timeout(&self) -> Timeout {
        self.line.endpoint.timeout()
    }

    /// Sets how long the rest of a frame may take to come, in milliseconds, at most a minute; 500 if never set.
    pub fn set_gap_ms(&mut self, gap_ms: u16) {
        self.line.endpoint.set_gap_ms(gap_ms);
    }

    /// What is served.
    pub fn service(&self) -> &S {
        &self.service
    }

    /// What is served.
    pub fn service_mut(&mut self) -> &mut S {
        &mut self.service
    }

    /// What carries the bytes.
    pub fn link(&self) -> &L {
        &self.line.link
    }

    /// What carries the bytes. Bytes that are read from it here are missed by the endpoint.
    pub fn link_mut(&mut self) -> &mut L {
        &mut self.line.link
    }

    /// Gives the link back.
    pub fn into_link(self) -> L {
        self.line.link
    }

    /// The name of the link; empty if it has none.
    pub fn name(&self) -> &str {
        self.line.name.as_str()
    }

    /// The last of what arrived outside frames since the last reply.
    pub fn outside(&self) -> &[u8] {
        self.line.endpoint.outside().as_bytes()
    }

    /// Whether the peer has asked for our command line by `enable repl`, and not taken that back.
    pub fn wants_repl(&self) -> bool {
        self.line.endpoint.wants_repl()
    }

    /// The line without what it serves.
    pub fn into_line(self) -> Line<L, C, N, OUTSIDE> {
        self.line
    }

    pub(crate) const fn from_parts(link: L, clock: C, service: S) -> Self {
        Self { line: Line { endpoint: Endpoint::new(), link, clock, name: LinkName::new() }, service }
    }
}

impl<L, C, const N: usize, const OUTSIDE: usize> Line<L, C, N, OUTSIDE> {
    /// What carries the bytes.
    pub fn link(&self) -> &L {
        &self.link
    }

    /// What carries the bytes. Bytes that are read from it here are missed by the endpoint.
    pub fn link_mut(&mut self) -> &mut L {
        &mut self.link
    }

    pub(crate) fn context(&self, command: &str) -> Context {
        Context::new(command, self.name.as_str(), self.endpoint.outside().as_bytes())
    }
}

#[cfg(feature = "alloc")]
impl<L, C, S: Grow, const N: usize, const OUTSIDE: usize> SerialTalk<L, C, S, N, OUTSIDE> {
    /// Adds a command that is done by a closure; see [`Commands::add`].
    ///
    /// # Errors
    ///
    /// A name that cannot stand on the wire.
    pub fn add_command<A, H: Handler<A> + Send + 'static>(
        &mut self,
        name: &str,
        handler: H,
    ) -> Result<(), BadName> {
        self.service.commands().add(name, handler)
    }

    /// Adds a command whose value travels in a chosen format; see [`Commands::add_as`].
    ///
    /// # Errors
    ///
    /// A name that cannot stand on the wire.
    pub fn add_command_as<A, H: Handler<A> + Send + 'static>(
        &mut self,
        name: &str,
        format: &str,
        handler: H,
    ) -> Result<(), BadName> {
        self.service.commands().add_as(name, format, handler)
    }

    /// The commands that are added at run time.
    pub fn commands(&mut self) -> &mut Commands {
        self.service.commands()
    }
}
