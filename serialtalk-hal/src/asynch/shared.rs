//! One async endpoint for many callers.

use alloc::sync::Arc;

use embedded_io_async::{Read, Write};
use serialtalk::proto::Protocol;
use serialtalk::proto::{AsyncCarrier, Command, PayloadWriter, RawReply, ReplyDecoder};
use serialtalk::{
    AsyncCaller, AsyncClock, AsyncService, CallError, Context, EncodeError, Interface, LinkError, asynch,
};
use tokio::sync::Notify;

use crate::Interrupter;
use crate::shared::{EndOfDriver, Queue, Shared, Step, Turns};

/// Makes an endpoint a caller that can be cloned, and a future that makes the calls and serves commands meanwhile.
///
/// The future has to be run, for example in a task. It ends when the last caller is dropped, or when the link fails; calls
/// then fail at once. That of [`Reconnecting`](super::Reconnecting) does not end when the link fails: it makes connections, too.
///
/// A call that is dropped while it waits for its turn is not made; the reply to one that is dropped later is ignored.
///
/// ```
/// # #[serialtalk::interface]
/// # trait Robot { fn mult(&mut self, a: f32, b: f32) -> f32; }
/// # struct Fake;
/// # impl Robot for Fake { fn mult(&mut self, a: f32, b: f32) -> f32 { a * b } }
/// use serialtalk_hal::asynch::{loopback, share};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let (board, host) = loopback();
/// # let mut board = board.serve(RobotServer::new(Fake));
/// # let board = async move { board.run().await.unwrap() };
/// let (shared, run) = share(host);
/// let mut robot = RobotAsyncClient::new(shared.clone());
/// # let work = async move {
/// assert_eq!(robot.mult(2.0, 3.0).await.unwrap(), 6.0);
/// # };
/// # drop(shared);
/// # let (run, ..) = tokio::join!(run, work, board); run.unwrap();
/// # }
/// ```
pub fn share<T: Shareable>(
    talk: T,
) -> (Shared<T::Error>, impl Future<Output = Result<(), LinkError<T::Error>>>) {
    talk.share()
}

/// What [`share`] takes: an endpoint, or [`Reconnecting`](super::Reconnecting).
pub trait Shareable: Sized {
    /// The error of the link.
    type Error: Clone;

    /// Does what [`share`] does.
    fn share(self) -> (Shared<Self::Error>, impl Future<Output = Result<(), LinkError<Self::Error>>>);
}

impl<L, C, S, const N: usize, const STRAY: usize, P: Protocol> Shareable
    for asynch::SerialTalk<L, C, S, N, STRAY, P>
where
    L: Read + Write,
    L::Error: Clone + Send + 'static,
    C: AsyncClock + Clone + Send + Sync + 'static,
    S: AsyncService,
{
    type Error = L::Error;

    fn share(mut self) -> (Shared<L::Error>, impl Future<Output = Result<(), LinkError<L::Error>>>) {
        let (queue, asked) = queue();
        let clock = self.parts_mut().0.clock.clone();
        let (timeout, is_without_echo) = (self.timeout(), self.is_without_echo());
        let shared = Shared::new(Arc::clone(&queue), clock, self.name(), timeout, is_without_echo);
        let run = async move {
            let end = EndOfDriver { queue };
            let result = drive(&mut self, &end.queue, &asked).await;
            if let Err(error) = &result {
                end.queue.end(error.clone());
            }
            result
        };
        (shared, run)
    }
}

/// A queue, and what tells that something is in it.
pub(super) fn queue<E: Clone>() -> (Arc<Queue<E>>, Arc<Notify>) {
    let asked = Arc::new(Notify::new());
    let notify = Arc::clone(&asked);
    (Arc::new(Queue::new(Interrupter::new(move || notify.notify_one()))), asked)
}

/// Drives an endpoint until its queue has ended, or the link fails.
async fn drive<L, C, S, const N: usize, const STRAY: usize, P: Protocol>(
    talk: &mut asynch::SerialTalk<L, C, S, N, STRAY, P>,
    queue: &Queue<L::Error>,
    asked: &Notify,
) -> Result<(), LinkError<L::Error>>
where
    L: Read + Write,
    L::Error: Clone,
    C: AsyncClock,
    S: AsyncService,
{
    let mut turns = Turns::new(talk.name());
    while let Some(requests) = queue.take() {
        requests.into_iter().for_each(|request| turns.add(request));
        // An endpoint checks no contract by itself.
        if let Err(error) = step(talk, &mut turns, asked, |_| {}).await {
            turns.fail(|command| error.clone().of_call(Context::new(command, talk.name(), b"")));
            return Err(error);
        }
    }
    Ok(())
}

/// Does what is to be done next, and passes on an interface that is expected.
pub(super) async fn step<L, C, S, const N: usize, const STRAY: usize, P: Protocol>(
    talk: &mut asynch::SerialTalk<L, C, S, N, STRAY, P>,
    turns: &mut Turns<L::Error>,
    asked: &Notify,
    expect: impl FnOnce(&'static Interface),
) -> Result<(), LinkError<L::Error>>
where
    L: Read + Write,
    C: AsyncClock,
    S: AsyncService,
{
    let (line, service) = talk.parts_mut();
    match turns.poll(&mut line.endpoint, line.clock.now()) {
        Step::Transmit => line.transmit().await?,
        Step::Serve(frame) => line.serve(frame, service).await,
        Step::Expect(interface) => expect(interface),
        Step::Receive(wait_ms) => tokio::select! {
            received = line.receive(wait_ms) => drop(received?),
            () = asked.notified() => {}
        },
    }
    Ok(())
}

impl<E: Clone + Send + 'static> AsyncCaller for Shared<E> {
    type Error = E;

    async fn call_with<T, F>(
        &mut self,
        command: Command<'_>,
        arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
        decoder: ReplyDecoder<T, F>,
    ) -> Result<T, CallError<E, F>> {
        AsyncCaller::call_with(&mut self.carried, command, arguments, decoder).await
    }

    async fn send_with(
        &mut self,
        name: &str,
        arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
    ) -> Result<(), CallError<E>> {
        AsyncCaller::send_with(&mut self.carried, name, arguments).await
    }

    async fn ready(&mut self, within_ms: u32) -> Result<(), CallError<E>> {
        AsyncCaller::ready(&mut self.carried, within_ms).await
    }

    fn expect_interface(&mut self, interface: &'static Interface) {
        AsyncCaller::expect_interface(&mut self.carried, interface);
    }

    fn is_without_echo(&self) -> bool {
        AsyncCaller::is_without_echo(&self.carried)
    }

    fn link_name(&self) -> &str {
        AsyncCaller::link_name(&self.carried)
    }
}

/// For payloads that are written and read elsewhere.
impl<E: Clone + Send + 'static> AsyncCarrier for Shared<E> {
    type Error = E;

    fn name(&self) -> &str {
        AsyncCarrier::name(&self.carried.0)
    }

    fn is_without_echo(&self) -> bool {
        AsyncCarrier::is_without_echo(&self.carried.0)
    }

    fn expect_interface(&mut self, interface: &'static Interface) {
        AsyncCarrier::expect_interface(&mut self.carried.0, interface);
    }

    async fn call_raw(&mut self, command: Command<'_>, payload: &[u8]) -> Result<RawReply, CallError<E>> {
        AsyncCarrier::call_raw(&mut self.carried.0, command, payload).await
    }

    async fn send_raw(&mut self, name: &str, payload: &[u8]) -> Result<(), CallError<E>> {
        AsyncCarrier::send_raw(&mut self.carried.0, name, payload).await
    }

    async fn wait_until_ready(&mut self, within_ms: u32) -> Result<(), CallError<E>> {
        AsyncCarrier::wait_until_ready(&mut self.carried.0, within_ms).await
    }
}
