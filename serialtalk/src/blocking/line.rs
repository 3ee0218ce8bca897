//! An endpoint with the link and the clock that drive it.

use crate::clock::Clock;
use crate::codec::error::EncodeError;
use crate::link::{Link, LinkName, Received};
use crate::rpc::endpoint::{Action, Endpoint, OutgoingCall, Plain, Protocol, ReplyHandle};
use crate::rpc::error::{CallError, LinkError};
use crate::rpc::service::Service;
use crate::talk::FLUSH_MS;

/// An endpoint with the link and the clock that drive it: all that a driver needs except what it serves.
///
/// It is what [`SerialTalk`](super::SerialTalk) consists of; a driver that does more than one thing at a time takes it from there
/// with [`parts_mut`](super::SerialTalk::parts_mut).
#[derive(Debug)]
pub struct Line<L, C, const N: usize, const STRAY: usize, P = Plain> {
    /// The state machine.
    pub endpoint: Endpoint<N, STRAY, P>,
    /// The link.
    pub link: L,
    /// The clock.
    pub clock: C,
    pub(super) name: LinkName,
}

impl<L: Link, C: Clock, const N: usize, const STRAY: usize, P: Protocol> Line<L, C, N, STRAY, P> {
    /// Serves one command, waiting for it at most `wait_ms`. Returns whether a frame was handled.
    pub(super) fn process_within(
        &mut self,
        service: &mut impl Service,
        wait_ms: u32,
    ) -> Result<bool, LinkError<L::Error>> {
        self.transmit()?;
        let mut action = self.endpoint.poll(self.clock.now());
        if let Action::Receive { wait_ms: rest_ms } = action {
            let wait_ms = rest_ms.map_or(wait_ms, |rest_ms| rest_ms.min(wait_ms));
            let Some(now) = self.receive(wait_ms)? else { return Ok(false) };
            action = self.endpoint.poll(now);
        }
        match action {
            Action::Serve(frame) => self.endpoint.serve(frame, service),
            // The endpoint has answered by itself.
            Action::Transmit if Endpoint::<N, STRAY, P>::ANSWERS => {}
            _ => return Ok(false),
        }
        self.transmit()?;
        Ok(true)
    }

    /// Drives a call, and serves commands meanwhile, until its reply has arrived or (`None`) its arguments are due. Keeps
    /// `now` up to date: to read the clock of a host takes longer than to decode a number.
    pub(super) fn advance(
        &mut self,
        call: &mut OutgoingCall<&str>,
        now: &mut u32,
        service: &mut impl Service,
    ) -> Result<Option<ReplyHandle>, CallError<L::Error>> {
        loop {
            let result = match self.endpoint.poll_call(call, *now) {
                Action::Transmit => self.transmit().map(|()| None),
                Action::Serve(frame) => {
                    self.endpoint.serve(frame, service);
                    Ok(None)
                }
                Action::Receive { wait_ms } => self.receive(wait_ms.unwrap_or(u32::MAX)),
                Action::WriteArguments => return Ok(None),
                Action::Reply(reply) => return Ok(Some(reply)),
                Action::Ended(why) => {
                    let context = self.endpoint.context(call.name(), self.name.as_str());
                    return Err(why.of_call(call.awaited(), context));
                }
            };
            let received = result.map_err(|error| self.call_error(error, call.name()))?;
            *now = received.unwrap_or_else(|| self.clock.now());
        }
    }

    /// Sends what is unsent, and prepares the line for a one-way command; commands that have arrived stay.
    pub(super) fn prepare_oneway(&mut self) -> Result<(), LinkError<L::Error>> {
        self.transmit()?;
        if !self.endpoint.recv_buf().is_empty() {
            self.receive(0)?;
        }
        let now = self.clock.now();
        self.endpoint.drop_stray_replies(now);
        self.endpoint.greet_before_oneway(now);
        self.transmit()
    }

    /// Discards everything that arrives, until nothing does or its time is over.
    pub(super) fn flush(&mut self) -> Result<(), LinkError<L::Error>> {
        let begun = self.clock.now();
        let mut now = begun;
        loop {
            self.endpoint.clear();
            if now.wrapping_sub(begun) >= FLUSH_MS {
                return Ok(());
            }
            match self.receive(0)? {
                Some(received) => now = received,
                None => return Ok(()),
            }
        }
    }

    /// Reads what has arrived, waiting at most `wait_ms` milliseconds for it. Returns when something arrived, as the clock counts;
    /// `None` if nothing did.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails or is closed.
    pub fn receive(&mut self, wait_ms: u32) -> Result<Option<u32>, LinkError<L::Error>> {
        match self.link.receive(self.endpoint.recv_buf(), wait_ms).map_err(LinkError::Failed)? {
            Received::Bytes(count) => {
                let now = self.clock.now();
                self.endpoint.commit(count, now);
                Ok(Some(now))
            }
            Received::Nothing => Ok(None),
            Received::Closed => Err(LinkError::Closed),
        }
    }

    /// Sends everything that is to be sent.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails, or takes no bytes.
    pub fn transmit(&mut self) -> Result<(), LinkError<L::Error>> {
        if self.endpoint.transmit().is_empty() {
            return Ok(());
        }
        while !self.endpoint.transmit().is_empty() {
            let count = self.link.send(self.endpoint.transmit()).map_err(LinkError::Failed)?;
            if count == 0 {
                return Err(LinkError::Closed);
            }
            self.endpoint.consume(count);
        }
        self.link.flush().map_err(LinkError::Failed)
    }

    /// The error of a call of `command` whose arguments cannot be sent.
    pub(super) fn unsendable<E>(&self, error: EncodeError, command: &str) -> CallError<L::Error, E> {
        CallError::Unsendable { error, context: self.endpoint.context(command, self.name.as_str()) }
    }

    /// The error of a call of `command` when the link fails or is closed.
    pub(super) fn call_error<E>(&self, error: LinkError<L::Error>, command: &str) -> CallError<L::Error, E> {
        error.of_call(self.endpoint.context(command, self.name.as_str()))
    }
}
