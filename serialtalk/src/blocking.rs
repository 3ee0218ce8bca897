//! The endpoint that waits: reads, writes and nothing else.

mod call;

use crate::clock::Clock;
use crate::endpoint::Answered;
use crate::error::LinkError;
use crate::frame::Found;
use crate::link::{Link, Received};
use crate::names;
use crate::service::{Catalog, Service};
use crate::talk::{Line, SerialTalk};

/// How long a link that can wait is told to at a time when there is nothing to do.
const IDLE_MS: u32 = 1000;

impl<L: Link, C: Clock> SerialTalk<L, C> {
    /// An endpoint with buffers for the largest frames, that serves nothing but the built-in commands.
    pub const fn new(link: L, clock: C) -> Self {
        Self::from_parts(link, clock, ())
    }
}

impl<L: Link, C: Clock, S: Catalog, const N: usize, const OUTSIDE: usize> SerialTalk<L, C, S, N, OUTSIDE> {
    /// An endpoint that serves commands, two services as a tuple. It can be made at compile time, for a `static`: nothing
    /// has to be moved then when the program starts.
    pub const fn with_service(link: L, clock: C, service: S) -> Self {
        const { names::check::<(), S>() }
        Self::from_parts(link, clock, service)
    }
}

impl<L: Link, C: Clock, S, const N: usize, const OUTSIDE: usize> SerialTalk<L, C, S, N, OUTSIDE> {
    /// Throws away everything that has arrived.
    ///
    /// # Errors
    ///
    /// Those of the link.
    pub fn flush(&mut self) -> Result<(), LinkError<L::Error>> {
        self.line.flush()
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
        self.line.process(&mut self.service)
    }

    /// Serves one command, waiting for it at most `wait_ms` milliseconds where the link can wait.
    ///
    /// Returns whether a frame was dealt with.
    ///
    /// # Errors
    ///
    /// Those of the link.
    pub fn process_within(&mut self, wait_ms: u32) -> Result<bool, LinkError<L::Error>> {
        self.line.process_within(&mut self.service, wait_ms)
    }

    /// Serves commands until the link fails.
    ///
    /// # Errors
    ///
    /// Those of the link. It never returns otherwise.
    pub fn run(&mut self) -> Result<core::convert::Infallible, LinkError<L::Error>> {
        loop {
            self.process_within(IDLE_MS)?;
        }
    }

    /// Serves commands until the peer asks for our command line by `enable repl`, as the loop of a Python peer does.
    ///
    /// # Errors
    ///
    /// Those of the link.
    pub fn run_until_repl(&mut self) -> Result<(), LinkError<L::Error>> {
        while !self.wants_repl() {
            self.process_within(IDLE_MS)?;
        }
        Ok(())
    }
}

impl<L: Link, C: Clock, const N: usize, const OUTSIDE: usize> Line<L, C, N, OUTSIDE> {
    /// Serves one command, if one has come; see [`SerialTalk::process`].
    ///
    /// # Errors
    ///
    /// Those of the link.
    pub fn process(&mut self, service: &mut impl Service) -> Result<bool, LinkError<L::Error>> {
        self.process_within(service, 0)
    }

    /// Serves one command, waiting for it; see [`SerialTalk::process_within`].
    ///
    /// # Errors
    ///
    /// Those of the link.
    pub fn process_within(
        &mut self,
        service: &mut impl Service,
        wait_ms: u32,
    ) -> Result<bool, LinkError<L::Error>> {
        self.send_all()?;
        let now = self.clock.now();
        let mut found = self.endpoint.next(now);
        if found.is_none() {
            let gap = self.endpoint.gap_left(now).unwrap_or(u32::MAX);
            let Some(now) = self.receive(wait_ms.min(gap))? else { return Ok(false) };
            found = self.endpoint.next(now);
        }
        let Some(found) = found else { return Ok(false) };
        self.answer(found, service);
        self.send_all().map(|()| true)
    }

    /// Throws away everything that has arrived.
    fn flush(&mut self) -> Result<(), LinkError<L::Error>> {
        self.endpoint.clear();
        while self.receive(0)?.is_some() {
            self.endpoint.clear();
        }
        Ok(())
    }

    /// Reads what has come, waiting at most `wait_ms` for it; tells when it came, if there was something.
    ///
    /// Looking at the clock of a host takes longer than decoding a number: nobody needs to look again right after this.
    fn receive(&mut self, wait_ms: u32) -> Result<Option<u32>, LinkError<L::Error>> {
        match self.link.receive(self.endpoint.spare(), wait_ms).map_err(LinkError::Failed)? {
            Received::Bytes(count) => {
                let now = self.clock.now();
                self.endpoint.received(count, now);
                Ok(Some(now))
            }
            Received::Nothing => Ok(None),
            Received::Closed => Err(LinkError::Closed),
        }
    }

    /// Sends all there is to send.
    fn send_all(&mut self) -> Result<(), LinkError<L::Error>> {
        let mut is_sent = false;
        loop {
            let bytes = self.endpoint.to_send();
            if bytes.is_empty() {
                break;
            }
            let size = bytes.len();
            let count = self.link.send(bytes).map_err(LinkError::Failed)?;
            self.endpoint.keep(size.saturating_sub(count));
            is_sent = true;
        }
        if is_sent { self.link.flush().map_err(LinkError::Failed) } else { Ok(()) }
    }

    /// Does a command. Its reply is the next thing to send.
    fn answer(&mut self, found: Found, service: &mut impl Service) {
        let Some(mut exchange) = self.endpoint.open(found) else { return };
        match exchange.answer(service) {
            Answered::Silent => return,
            Answered::Written => {}
            Answered::Due(number) => {
                let (call, reply) = exchange.parts();
                service.serve(number, call, reply);
            }
        }
        exchange.finish();
    }
}
