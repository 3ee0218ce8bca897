//! Calls over the async endpoint.

use embedded_io_async::{Read, Write};

use super::SerialTalk;
use crate::clock::AsyncClock;
use crate::codec::error::EncodeError;
use crate::codec::payload_writer::PayloadWriter;
use crate::rpc::caller::AsyncCaller;
#[cfg(feature = "alloc")]
use crate::rpc::carrier::{AsyncCarrier, RawReply, copied};
use crate::rpc::command::Command;
use crate::rpc::endpoint::{OutgoingCall, Protocol, ReplyHandle};
use crate::rpc::error::CallError;
use crate::rpc::interface::CommandInfo;
use crate::rpc::reply_decoder::ReplyDecoder;
use crate::rpc::service::AsyncService;

impl<L: Read + Write, C: AsyncClock, S: AsyncService, const N: usize, const STRAY: usize, P: Protocol>
    AsyncCaller for SerialTalk<L, C, S, N, STRAY, P>
{
    type Error = L::Error;

    async fn call_with<T, E>(
        &mut self,
        command: Command<'_>,
        arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
        decoder: ReplyDecoder<T, E>,
    ) -> Result<T, CallError<L::Error, E>> {
        let now = self.line.clock.now();
        let mut call = self.line.endpoint.begin_call(command, now);
        let reply = self.exchange(&mut call, now, arguments).await.map_err(CallError::widen)?;
        self.line.endpoint.finish_call(&call, self.line.name.as_str(), reply, decoder)
    }

    async fn send_with(
        &mut self,
        name: &str,
        arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
    ) -> Result<(), CallError<L::Error>> {
        self.greet(name).await?;
        self.line.prepare_oneway().await.map_err(|error| self.line.call_error(error, name))?;
        let written = self.line.endpoint.write_oneway(name, arguments);
        written.map_err(|error| self.line.unsendable(error, name))?;
        self.line.transmit().await.map_err(|error| self.line.call_error(error, name))
    }

    async fn ready(&mut self, within_ms: u32) -> Result<(), CallError<L::Error>> {
        let mut now = self.line.clock.now();
        let mut call = self.line.endpoint.begin_ready(within_ms, now);
        self.line.advance(&mut call, &mut now, &mut self.service).await.map(drop)
    }

    fn learn_numbers(&mut self, commands: &'static [CommandInfo], numbers: &[u8]) {
        self.line.endpoint.learn(commands, numbers);
    }

    fn is_without_echo(&self) -> bool {
        self.line.endpoint.is_without_echo()
    }

    fn link_name(&self) -> &str {
        self.line.name.as_str()
    }
}

impl<L: Read + Write, C: AsyncClock, S: AsyncService, const N: usize, const STRAY: usize, P: Protocol>
    SerialTalk<L, C, S, N, STRAY, P>
{
    /// Finds out what the peer speaks, if that has to be known before a one-way command is sent.
    async fn greet(&mut self, command: &str) -> Result<(), CallError<L::Error>> {
        let mut now = self.line.clock.now();
        let Some(mut call) = self.line.endpoint.begin_greeting(now) else { return Ok(()) };
        match self.line.advance(&mut call, &mut now, &mut self.service).await {
            Ok(_) => Ok(()),
            // Nobody is there, or somebody who does not answer: it is sent plainly, if it may be.
            Err(CallError::Timeout { .. }) if self.line.endpoint.begin_greeting(now).is_none() => Ok(()),
            Err(error) => {
                let context = self.line.endpoint.context(command, self.line.name.as_str());
                Err(error.of_greeting(context))
            }
        }
    }

    async fn exchange(
        &mut self,
        call: &mut OutgoingCall<&str>,
        mut now: u32,
        arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
    ) -> Result<ReplyHandle, CallError<L::Error>> {
        loop {
            if let Some(reply) = self.line.advance(call, &mut now, &mut self.service).await? {
                return Ok(reply);
            }
            let written = self.line.endpoint.write_arguments(call, &arguments);
            written.map_err(|error| self.line.unsendable(error, call.name()))?;
        }
    }
}

#[cfg(feature = "alloc")]
impl<L: Read + Write, C: AsyncClock, S: AsyncService, const N: usize, const STRAY: usize, P: Protocol>
    AsyncCarrier for SerialTalk<L, C, S, N, STRAY, P>
{
    type Error = L::Error;

    fn name(&self) -> &str {
        self.line.name.as_str()
    }

    fn is_without_echo(&self) -> bool {
        self.line.endpoint.is_without_echo()
    }

    async fn call_raw(
        &mut self,
        command: Command<'_>,
        payload: &[u8],
    ) -> Result<RawReply, CallError<L::Error>> {
        let now = self.line.clock.now();
        let mut call = self.line.endpoint.begin_call(command, now);
        let reply = self.exchange(&mut call, now, copied(payload)).await?;
        self.line.endpoint.finish_raw(&call, self.line.name.as_str(), reply)
    }

    async fn send_raw(&mut self, name: &str, payload: &[u8]) -> Result<(), CallError<L::Error>> {
        self.send_with(name, copied(payload)).await
    }

    async fn wait_until_ready(&mut self, within_ms: u32) -> Result<(), CallError<L::Error>> {
        self.ready(within_ms).await
    }
}
