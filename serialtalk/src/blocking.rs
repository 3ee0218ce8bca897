//! The endpoint that waits: reads, writes and nothing else.

mod call;

use crate::clock::Clock;
use crate::command::Timeout;
use crate::endpoint::{Endpoint, Route};
use crate::error::LinkError;
use crate::frame::Found;
use crate::link::{Link, LinkName, Received};
use crate::names;
use crate::service::{Catalog, Service};

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
    endpoint: Endpoint<N, OUTSIDE>,
    link: L,
    clock: C,
    service: S,
    name: LinkName,
}

impl<L: Link, C: Clock> SerialTalk<L, C> {
    /// An endpoint with buffers for the largest frames, that serves nothing but the built-in commands.
    pub const fn new(link: L, clock: C) -> Self {
        Self { endpoint: Endpoint::new(), link, clock, service: (), name: LinkName::new() }
    }
}

impl<L: Link, C: Clock, S, const N: usize, const OUTSIDE: usize> SerialTalk<L, C, S, N, OUTSIDE> {
    /// The same with other buffers: `M` bytes for the largest frame, `KEPT` bytes of what arrives outside frames.
    /// What has arrived so far is lost.
    pub fn buffers<const M: usize, const KEPT: usize>(self) -> SerialTalk<L, C, S, M, KEPT> {
        SerialTalk {
            endpoint: Endpoint::new(),
            link: self.link,
            clock: self.clock,
            service: self.service,
            name: self.name,
        }
    }

    /// The same with a service added. What was served before goes on being served.
    ///
    /// Does not compile if two of all the commands have the same name, or one that is the name of another's reply.
    pub fn serve<T: Catalog>(self, service: T) -> SerialTalk<L, C, (S, T), N, OUTSIDE>
    where
        S: Catalog,
    {
        const { names::check::<S, T>() }
        SerialTalk {
            endpoint: self.endpoint,
            link: self.link,
            clock: self.clock,
            service: (self.service, service),
            name: self.name,
        }
    }

    /// The same with a name for the link, for messages: the path of a port, the address of a socket.
    #[cfg(feature = "alloc")]
    pub fn named(mut self, name: impl Into<alloc::string::String>) -> Self {
        self.name = LinkName::from(name.into());
        self
    }

    /// The same, told that the peer has no `echo`, as those on Arduino have not. Calls are then not resynchronised after
    /// a timeout, and the late reply to a call may be taken for that to a later call of the same command.
    pub fn without_echo(mut self) -> Self {
        self.endpoint.set_without_echo();
        self
    }

    /// Sets how long calls wait for their replies; 1500 ms if never set. Commands may have times of their own.
    pub fn set_timeout(&mut self, timeout: Timeout) {
        self.endpoint.set_timeout(timeout);
    }

    /// How long calls wait for their replies.
    pub fn timeout(&self) -> Timeout {
        self.endpoint.timeout()
    }

    /// Sets how long the rest of a frame may take to come, in milliseconds; 500 if never set.
    pub fn set_gap_ms(&mut self, gap_ms: u16) {
        self.endpoint.set_gap_ms(gap_ms);
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
        &self.link
    }

    /// What carries the bytes. Bytes that are read from it here are missed by the endpoint.
    pub fn link_mut(&mut self) -> &mut L {
        &mut self.link
    }

    /// Gives the link back.
    pub fn into_link(self) -> L {
        self.link
    }

    /// The name of the link; empty if it has none.
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    /// The last of what arrived outside frames since the last reply.
    pub fn outside(&self) -> &[u8] {
        self.endpoint.outside().as_bytes()
    }

    /// Whether the peer has asked for our command line by `enable repl`, and not taken that back.
    pub fn wants_repl(&self) -> bool {
        self.endpoint.wants_repl()
    }

    /// Throws away everything that has arrived.
    ///
    /// # Errors
    ///
    /// Those of the link.
    pub fn flush(&mut self) -> Result<(), LinkError<L::Error>> {
        self.endpoint.clear();
        while self.receive(0)? {
            self.endpoint.clear();
        }
        Ok(())
    }

    /// Reads what has come, waiting at most `wait_ms` for it; tells whether there was something.
    fn receive(&mut self, wait_ms: u32) -> Result<bool, LinkError<L::Error>> {
        match self.link.receive(self.endpoint.spare(), wait_ms).map_err(LinkError::Failed)? {
            Received::Bytes(count) => {
                self.endpoint.received(count, self.clock.now());
                Ok(true)
            }
            Received::Nothing => Ok(false),
            Received::Closed => Err(LinkError::Closed),
        }
    }

    /// Sends all there is to send.
    fn send_all(&mut self) -> Result<(), LinkError<L::Error>> {
        if self.endpoint.to_send().is_empty() {
            return Ok(());
        }
        while !self.endpoint.to_send().is_empty() {
            let count = self.link.send(self.endpoint.to_send()).map_err(LinkError::Failed)?;
            self.endpoint.sent(count);
        }
        self.link.flush().map_err(LinkError::Failed)
    }
}

impl<L: Link, C: Clock, S: Service, const N: usize, const OUTSIDE: usize> SerialTalk<L, C, S, N, OUTSIDE> {
    /// Serves one command, if one has come. Does not wait for one: call it again and again, as in a main loop.
    ///
    /// Returns whether a frame was dealt with.
    ///
    /// # Errors
    ///
    /// Those of the link. Whatever a peer sends is no error here: it gets its answer.
    pub fn process(&mut self) -> Result<bool, LinkError<L::Error>> {
        self.send_all()?;
        let mut found = self.endpoint.next(self.clock.now());
        if found.is_none() {
            if !self.receive(0)? {
                return Ok(false);
            }
            found = self.endpoint.next(self.clock.now());
        }
        match found {
            Some(found) => self.answer(found).map(|()| true),
            None => Ok(false),
        }
    }

    /// Serves commands until the link fails.
    ///
    /// # Errors
    ///
    /// Those of the link. It never returns otherwise.
    pub fn run(&mut self) -> Result<core::convert::Infallible, LinkError<L::Error>> {
        loop {
            self.step()?;
        }
    }

    /// Serves commands until the peer asks for our command line by `enable repl`, as the loop of a Python peer does.
    ///
    /// # Errors
    ///
    /// Those of the link.
    pub fn run_until_repl(&mut self) -> Result<(), LinkError<L::Error>> {
        while !self.wants_repl() {
            self.step()?;
        }
        Ok(())
    }

    /// Serves one command, waiting for it for at most a second.
    fn step(&mut self) -> Result<(), LinkError<L::Error>> {
        if !self.process()? {
            let wait = self.endpoint.gap_left(self.clock.now()).unwrap_or(1000).min(1000);
            self.receive(wait)?;
        }
        Ok(())
    }

    fn answer(&mut self, found: Found) -> Result<(), LinkError<L::Error>> {
        match self.endpoint.route(found, &self.service) {
            Route::Service(number) => {
                if let Some((call, mut reply)) = self.endpoint.open(found) {
                    self.service.serve(number, call, &mut reply);
                    let size = reply.finish();
                    self.endpoint.close(size);
                }
            }
            Route::Own => self.endpoint.answer(found, &mut self.service),
            Route::Stray => {}
        }
        self.send_all()
    }
}
