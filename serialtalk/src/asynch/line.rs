//! An endpoint with the link and the clock that drive it.

use embedded_io_async::{Read, Write};

use crate::clock::{AsyncClock, within};
use crate::codec::error::EncodeError;
use crate::link::LinkName;
use crate::rpc::dispatch::Dispatch;
use crate::rpc::endpoint::{Action, Endpoint, OutgoingCall, Plain, Protocol, ReplyHandle};
use crate::rpc::error::{CallError, LinkError};
use crate::rpc::service::AsyncService;
use crate::talk::FLUSH_MS;
use crate::wire::frame::FrameHandle;

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

impl<L: Read + Write, C: AsyncClock, const N: usize, const STRAY: usize, P: Protocol>
    Line<L, C, N, STRAY, P>
{
    /// Waits for a command.
    pub(super) async fn wait_for_command(&mut self) -> Result<FrameHandle, LinkError<L::Error>> {
        let mut now = self.clock.now();
        loop {
            let received = match self.endpoint.poll(now) {
                Action::Serve(frame) => return Ok(frame),
                Action::Receive { wait_ms } => self.receive(wait_ms).await?,
                _ => self.transmit().await.map(|()| None)?,
            };
            now = received.unwrap_or_else(|| self.clock.now());
        }
    }

    /// Serves a command. Its reply is the next thing to send.
    pub async fn serve(&mut self, frame: FrameHandle, service: &mut impl AsyncService) {
        let Some(incoming) = &mut self.endpoint.open(frame) else { return };
        let result = match incoming.dispatch(service) {
            None => return,
            Some(Dispatch::Answered(result)) => result,
            Some(Dispatch::Serve(number)) => {
                service.serve(number, &mut incoming.call, &mut incoming.reply).await
            }
        };
        incoming.finish(result);
    }

    /// Drives a call, and serves commands meanwhile, until its reply has arrived or (`None`) its arguments are due. Keeps
    /// `now` up to date: to read the clock of a host takes longer than to decode a number.
    pub(super) async fn advance(
        &mut self,
        call: &mut OutgoingCall<&str>,
        now: &mut u32,
        service: &mut impl AsyncService,
    ) -> Result<Option<ReplyHandle>, CallError<L::Error>> {
        loop {
            let result = match self.endpoint.poll_call(call, *now) {
                Action::Transmit => self.transmit().await.map(|()| None),
                Action::Serve(frame) => {
                    self.serve(frame, service).await;
                    Ok(None)
                }
                Action::Receive { wait_ms } => self.receive(wait_ms).await,
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
    pub(super) async fn prepare_oneway(&mut self) -> Result<(), LinkError<L::Error>> {
        self.transmit().await?;
        if !self.endpoint.recv_buf().is_empty() {
            self.receive(Some(0)).await?;
        }
        let now = self.clock.now();
        self.endpoint.drop_stray_replies(now);
        self.endpoint.greet_before_oneway(now);
        self.transmit().await
    }

    /// Discards everything that arrives, until nothing does or its time is over.
    pub(super) async fn flush(&mut self) -> Result<(), LinkError<L::Error>> {
        let begun = self.clock.now();
        let mut now = begun;
        loop {
            self.endpoint.clear();
            if now.wrapping_sub(begun) >= FLUSH_MS {
                return Ok(());
            }
            match self.receive(Some(0)).await? {
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
    pub async fn receive(&mut self, wait_ms: Option<u32>) -> Result<Option<u32>, LinkError<L::Error>> {
        let read = self.link.read(self.endpoint.recv_buf());
        match within(&self.clock, wait_ms, read).await.transpose().map_err(LinkError::Failed)? {
            Some(0) => Err(LinkError::Closed),
            Some(count) => {
                let now = self.clock.now();
                self.endpoint.commit(count, now);
                Ok(Some(now))
            }
            None => Ok(None),
        }
    }

    /// Sends everything that is to be sent.
    ///
    /// # Errors
    ///
    /// Returns an error if the link fails, or takes no bytes.
    pub async fn transmit(&mut self) -> Result<(), LinkError<L::Error>> {
        if self.endpoint.transmit().is_empty() {
            return Ok(());
        }
        while !self.endpoint.transmit().is_empty() {
            let count = self.link.write(self.endpoint.transmit()).await.map_err(LinkError::Failed)?;
            if count == 0 {
                return Err(LinkError::Closed);
            }
            self.endpoint.consume(count);
        }
        self.link.flush().await.map_err(LinkError::Failed)
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
