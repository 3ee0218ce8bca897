//! Calls over the async endpoint.

use embedded_io_async::{Read, Write};

use super::{Async, AsyncCaller};
use crate::clock::AsyncClock;
use crate::command::{Command, Timeout};
use crate::endpoint::{Answer, Pending, Step};
use crate::error::CallError;
use crate::outcome::Outcome;
use crate::payload::PayloadWriter;
use crate::payload::pack::PackProblem;
#[cfg(feature = "alloc")]
use crate::raw::RawReply;
use crate::service::AsyncService;
use crate::talk::{Line, SerialTalk};

/// How long one `echo` may take while a board boots, before the next is sent.
const READY_STEP_MS: u32 = 250;

impl<L: Read + Write, C: AsyncClock, S: AsyncService, const N: usize, const OUTSIDE: usize> AsyncCaller
    for SerialTalk<Async<L>, C, S, N, OUTSIDE>
{
    type Error = L::Error;

    async fn call_with<T, E>(
        &mut self,
        command: Command<'_>,
        arguments: impl Fn(&mut PayloadWriter<'_>) -> Result<(), PackProblem>,
        outcome: Outcome<T, E>,
    ) -> Result<T, CallError<L::Error, E>> {
        let answer = self.exchange(command, arguments).await.map_err(CallError::widen)?;
        self.line.endpoint.conclude(command.name, self.line.name.as_str(), answer, outcome)
    }

    async fn send_with(
        &mut self,
        name: &str,
        arguments: impl FnOnce(&mut PayloadWriter<'_>) -> Result<(), PackProblem>,
    ) -> Result<(), CallError<L::Error>> {
        self.line.send_all().await.map_err(|error| error.of_call(self.line.context(name)))?;
        if let Err(problem) = self.line.endpoint.write_oneway(name, arguments) {
            return Err(CallError::Unsendable { problem, context: self.line.context(name) });
        }
        self.line.send_all().await.map_err(|error| error.of_call(self.line.context(name)))
    }

    async fn ready(&mut self, within_ms: u32) -> Result<(), CallError<L::Error>> {
        let begun = self.line.clock.now();
        loop {
            self.line.endpoint.distrust();
            let mut now = self.line.clock.now();
            let left = within_ms.saturating_sub(now.wrapping_sub(begun));
            let command = Command::new("echo");
            let mut call = Pending::new(command, Timeout::Ms(left.min(READY_STEP_MS)), now);
            match self.line.advance(&mut call, &mut now, &mut self.service).await {
                // The peer has answered; there is nothing to call.
                Ok(_) => return Ok(()),
                Err(error) if error.is_timeout() && left > READY_STEP_MS => {}
                Err(CallError::Timeout { context, .. }) => {
                    return Err(CallError::Timeout { waited_ms: within_ms, was_sent: true, context });
                }
                Err(error) => return Err(error),
            }
        }
    }
}

impl<L: Read + Write, C: AsyncClock, S: AsyncService, const N: usize, const OUTSIDE: usize>
    SerialTalk<Async<L>, C, S, N, OUTSIDE>
{
    /// Calls a command with a payload that was written somewhere else, and returns the reply as it came.
    ///
    /// # Errors
    ///
    /// As for any call, but that an error reply is none here.
    #[cfg(feature = "alloc")]
    pub async fn call_raw(
        &mut self,
        command: Command<'_>,
        payload: &[u8],
    ) -> Result<RawReply, CallError<L::Error>> {
        let arguments = |writer: &mut PayloadWriter<'_>| {
            writer.whole(payload);
            Ok(())
        };
        let answer = self.exchange(command, arguments).await?;
        self.line.endpoint.conclude_raw(command.name, self.line.name.as_str(), answer)
    }

    async fn exchange(
        &mut self,
        command: Command<'_>,
        arguments: impl Fn(&mut PayloadWriter<'_>) -> Result<(), PackProblem>,
    ) -> Result<Answer, CallError<L::Error>> {
        let mut now = self.line.clock.now();
        let mut call = Pending::new(command, self.timeout(), now);
        loop {
            match self.line.advance(&mut call, &mut now, &mut self.service).await? {
                Next::Write => {
                    if let Err(problem) = self.line.endpoint.write(&mut call, &arguments) {
                        let context = self.line.context(command.name);
                        return Err(CallError::Unsendable { problem, context });
                    }
                }
                Next::Conclude(answer) => return Ok(answer),
            }
        }
    }
}

/// What a call needs of its caller.
enum Next {
    /// Write the arguments.
    Write,
    /// Read the answer.
    Conclude(Answer),
}

impl<L: Read + Write, C: AsyncClock, const N: usize, const OUTSIDE: usize> Line<Async<L>, C, N, OUTSIDE> {
    /// Drives a call until its arguments are due, or its answer is there. `now` is kept up to date.
    async fn advance(
        &mut self,
        call: &mut Pending<'_>,
        now: &mut u32,
        service: &mut impl AsyncService,
    ) -> Result<Next, CallError<L::Error>> {
        loop {
            let moved = match self.endpoint.step(call, *now) {
                Step::Send => self.send_all().await.map(|()| None),
                Step::Serve(found) => {
                    self.answer(found, service).await;
                    Ok(None)
                }
                Step::Receive(wait_ms) => self.receive((wait_ms != u32::MAX).then_some(wait_ms)).await,
                Step::Write => return Ok(Next::Write),
                Step::Conclude(answer) => return Ok(Next::Conclude(answer)),
                Step::TimedOut(waited_ms) => {
                    let context = self.context(call.command().name);
                    return Err(CallError::Timeout { waited_ms, was_sent: call.was_sent(), context });
                }
            };
            let came = moved.map_err(|error| error.of_call(self.context(call.command().name)))?;
            *now = came.unwrap_or_else(|| self.clock.now());
        }
    }
}
