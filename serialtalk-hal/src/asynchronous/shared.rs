//! One async endpoint for many callers.

use std::sync::Arc;

use embedded_io_async::{Read, Write};
use serialtalk::clock::AsyncClock;
use serialtalk::command::{Command, Timeout};
use serialtalk::error::{CallError, Context, Unsendable};
use serialtalk::outcome::Outcome;
use serialtalk::payload::PayloadWriter;
use serialtalk::payload::pack::PackProblem;
use serialtalk::raw::{self, RawReply};
use serialtalk::service::AsyncService;
use serialtalk::{AsyncCaller, AsyncSerialTalk, LinkError};
use tokio::sync::{mpsc, oneshot};

/// How many calls may wait for their turn; whoever makes one more waits until there is room.
const QUEUE: usize = 16;

/// A handle of an endpoint, to be cloned for as many callers as there are. Made by [`share`].
///
/// Calls are made one after the other, in the order in which they come. The time that a call may take starts when its turn
/// comes. A call that is dropped while it waits is not made; one that is dropped later is finished for nobody.
#[derive(Debug)]
pub struct Shared<E> {
    calls: mpsc::Sender<Request<E>>,
    name: Arc<str>,
}

impl<E> Clone for Shared<E> {
    fn clone(&self) -> Self {
        Self { calls: self.calls.clone(), name: Arc::clone(&self.name) }
    }
}

#[derive(Debug)]
struct Request<E> {
    what: What,
    answer: oneshot::Sender<Result<Option<RawReply>, CallError<E>>>,
}

#[derive(Debug)]
enum What {
    Call { name: String, timeout: Option<Timeout>, idempotent: bool, payload: Vec<u8> },
    Send { name: String, payload: Vec<u8> },
    Ready { within_ms: u32 },
}

/// Makes a handle of an endpoint, and a future that does what its callers want and serves what comes meanwhile.
///
/// The future has to be run, in a task for example. It ends when the last handle is gone, or the link fails; calls then
/// fail with [`CallError::Closed`].
pub fn share<L, C, S, const N: usize, const OUTSIDE: usize>(
    mut talk: AsyncSerialTalk<L, C, S, N, OUTSIDE>,
) -> (Shared<L::Error>, impl Future<Output = Result<(), LinkError<L::Error>>>)
where
    L: Read + Write,
    C: AsyncClock,
    S: AsyncService,
{
    let (calls, mut requests) = mpsc::channel::<Request<L::Error>>(QUEUE);
    let shared = Shared { calls, name: talk.name().into() };
    let run = async move {
        loop {
            let request = tokio::select! {
                request = requests.recv() => request,
                command = talk.wait_for_command() => {
                    talk.serve_command(command?).await?;
                    continue;
                }
            };
            let Some(Request { what, answer }) = request else { return Ok(()) };
            if answer.is_closed() {
                continue;
            }
            let outcome = match what {
                What::Call { name, timeout, idempotent, payload } => {
                    talk.call_raw(Command { name: &name, timeout, idempotent }, &payload).await.map(Some)
                }
                What::Send { name, payload } => {
                    let write = |writer: &mut PayloadWriter<'_>| {
                        writer.whole(&payload);
                        Ok(())
                    };
                    talk.send_with(&name, write).await.map(|()| None)
                }
                What::Ready { within_ms } => talk.ready(within_ms).await.map(|()| None),
            };
            // Nobody waits any more: that is the caller's choice.
            let _ = answer.send(outcome);
        }
    };
    (shared, run)
}

impl<E> Shared<E> {
    async fn ask(&self, name: &str, what: What) -> Result<Option<RawReply>, CallError<E>> {
        let (answer, outcome) = oneshot::channel();
        let closed = |_| CallError::Closed { context: self.context(name) };
        self.calls.send(Request { what, answer }).await.map_err(|_| closed(()))?;
        outcome.await.map_err(|_| closed(()))?
    }

    fn payload(
        &self,
        name: &str,
        arguments: impl FnOnce(&mut PayloadWriter<'_>) -> Result<(), PackProblem>,
    ) -> Result<Vec<u8>, CallError<E>> {
        raw::arguments(name, arguments)
            .map_err(|problem: Unsendable| CallError::Unsendable { problem, context: self.context(name) })
    }

    fn context(&self, name: &str) -> Context {
        Context::new(name, &self.name, b"")
    }
}

impl<E> AsyncCaller for Shared<E> {
    type Error = E;

    async fn call_with<T, F>(
        &mut self,
        command: Command<'_>,
        arguments: impl Fn(&mut PayloadWriter<'_>) -> Result<(), PackProblem>,
        outcome: Outcome<T, F>,
    ) -> Result<T, CallError<E, F>> {
        let Command { name, timeout, idempotent } = command;
        let payload = self.payload(name, arguments).map_err(CallError::widen)?;
        let what = What::Call { name: name.into(), timeout, idempotent, payload };
        match self.ask(name, what).await.map_err(CallError::widen)? {
            Some(reply) => reply.read(name, &self.name, outcome),
            None => Err(CallError::Closed { context: self.context(name) }),
        }
    }

    async fn send_with(
        &mut self,
        name: &str,
        arguments: impl FnOnce(&mut PayloadWriter<'_>) -> Result<(), PackProblem>,
    ) -> Result<(), CallError<E>> {
        let payload = self.payload(name, arguments)?;
        self.ask(name, What::Send { name: name.into(), payload }).await.map(drop)
    }

    async fn ready(&mut self, within_ms: u32) -> Result<(), CallError<E>> {
        self.ask("echo", What::Ready { within_ms }).await.map(drop)
    }
}
