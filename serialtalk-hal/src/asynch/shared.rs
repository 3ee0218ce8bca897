//! One async endpoint for many callers.

use std::sync::Arc;

use embedded_io_async::{Read, Write};
use serialtalk::proto::{AsyncCarrier, Carried, Command, RawReply};
use serialtalk::{AsyncCaller, AsyncClock, AsyncService, CallError, Context, LinkError, Timeout, asynch};
use tokio::sync::{mpsc, oneshot};

/// How many calls may wait for their turn; a caller that makes one more waits until there is room.
const QUEUE: usize = 16;

/// A caller that can be cloned for as many tasks as there are. Made by [`share`].
///
/// Calls are made one after the other, in the order in which they are requested. The timeout of a call starts with its
/// turn. A call that is dropped while it waits is not made; the reply of one that is dropped later is ignored.
pub type Shared<E> = Carried<Handle<E>>;

/// Sends the calls of a [`Shared`] to the future that owns the endpoint.
#[derive(Debug)]
pub struct Handle<E> {
    requests: mpsc::Sender<Request<E>>,
    name: Arc<str>,
}

impl<E> Clone for Handle<E> {
    fn clone(&self) -> Self {
        Self { requests: self.requests.clone(), name: Arc::clone(&self.name) }
    }
}

/// An operation for the endpoint, and the channel for its result.
#[derive(Debug)]
enum Request<E> {
    Call { command: OwnedCommand, payload: Vec<u8>, result: Answer<RawReply, E> },
    Send { name: String, payload: Vec<u8>, result: Answer<(), E> },
    Ready { within_ms: u32, result: Answer<(), E> },
}

type Answer<T, E> = oneshot::Sender<Result<T, CallError<E>>>;

#[derive(Debug)]
struct OwnedCommand {
    name: String,
    timeout: Option<Timeout>,
    idempotent: bool,
}

/// Makes a caller of an endpoint that can be cloned, and a future that makes the calls and serves commands meanwhile.
///
/// The future has to be run, for example in a task. It ends when the last caller is dropped, or when the link fails; calls
/// then fail with [`CallError::Closed`].
pub fn share<L, C, S, const N: usize, const STRAY: usize>(
    mut talk: asynch::SerialTalk<L, C, S, N, STRAY>,
) -> (Shared<L::Error>, impl Future<Output = Result<(), LinkError<L::Error>>>)
where
    L: Read + Write,
    C: AsyncClock,
    S: AsyncService,
{
    let (sender, mut requests) = mpsc::channel(QUEUE);
    let handle = Handle { requests: sender, name: talk.name().into() };
    let run = async move {
        loop {
            tokio::select! {
                request = requests.recv() => match request {
                    Some(request) => request.run(&mut talk).await,
                    None => return Ok(()),
                },
                command = talk.wait_for_command() => talk.serve_command(command?).await?,
            }
        }
    };
    (Carried(handle), run)
}

impl<E> Request<E> {
    /// Makes the call, unless the caller was dropped. A caller that is dropped meanwhile does not get the result.
    async fn run<L, C, S, const N: usize, const STRAY: usize>(
        self,
        talk: &mut asynch::SerialTalk<L, C, S, N, STRAY>,
    ) where
        L: Read<Error = E> + Write<Error = E>,
        C: AsyncClock,
        S: AsyncService,
    {
        match self {
            Self::Call { command: OwnedCommand { name, timeout, idempotent }, payload, result } => {
                if !result.is_closed() {
                    let command = Command { name: &name, timeout, idempotent };
                    let _ = result.send(talk.call_raw(command, &payload).await);
                }
            }
            Self::Send { name, payload, result } => {
                if !result.is_closed() {
                    let _ = result.send(talk.send_raw(&name, &payload).await);
                }
            }
            Self::Ready { within_ms, result } => {
                if !result.is_closed() {
                    let _ = result.send(talk.ready(within_ms).await);
                }
            }
        }
    }
}

impl<E> Handle<E> {
    /// Sends a request and waits for its result. `command` is the command that is called, for errors.
    async fn request<T>(
        &self,
        command: &str,
        request: impl FnOnce(Answer<T, E>) -> Request<E>,
    ) -> Result<T, CallError<E>> {
        let (sender, result) = oneshot::channel();
        let closed = || CallError::Closed { context: Context::new(command, &self.name, b"") };
        self.requests.send(request(sender)).await.map_err(|_| closed())?;
        result.await.map_err(|_| closed())?
    }
}

impl<E> AsyncCarrier for Handle<E> {
    type Error = E;

    fn name(&self) -> &str {
        &self.name
    }

    async fn call_raw(&mut self, command: Command<'_>, payload: &[u8]) -> Result<RawReply, CallError<E>> {
        let Command { name, timeout, idempotent } = command;
        let command = OwnedCommand { name: name.into(), timeout, idempotent };
        let payload = payload.to_vec();
        self.request(name, |result| Request::Call { command, payload, result }).await
    }

    async fn send_raw(&mut self, name: &str, payload: &[u8]) -> Result<(), CallError<E>> {
        let payload = payload.to_vec();
        self.request(name, |result| Request::Send { name: name.into(), payload, result }).await
    }

    async fn wait_until_ready(&mut self, within_ms: u32) -> Result<(), CallError<E>> {
        self.request("echo", |result| Request::Ready { within_ms, result }).await
    }
}
