//! One async endpoint for many callers.

use alloc::sync::Arc;

use embedded_io_async::{Read, Write};
use serialtalk::proto::{Command, PayloadWriter, ReplyDecoder};
use serialtalk::{AsyncCaller, AsyncClock, AsyncService, CallError, EncodeError, LinkError, asynch};
use tokio::sync::Notify;

use crate::Interrupter;
use crate::shared::{EndOfDriver, Queue, Shared, Step, Turns, call_error};

/// Makes an endpoint a caller that can be cloned, and a future that makes the calls and serves commands meanwhile.
///
/// The future has to be run, for example in a task. It ends when the last caller is dropped, or when the link fails; calls
/// then fail at once. A call that is dropped while it waits for its turn is not made; the reply to one that is dropped
/// later is ignored.
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
pub fn share<L, C, S, const N: usize, const STRAY: usize>(
    mut talk: asynch::SerialTalk<L, C, S, N, STRAY>,
) -> (Shared<L::Error>, impl Future<Output = Result<(), LinkError<L::Error>>>)
where
    L: Read + Write,
    L::Error: Clone + Send + 'static,
    C: AsyncClock + Clone + Send + Sync + 'static,
    S: AsyncService,
{
    let asked = Arc::new(Notify::new());
    let notify = Arc::clone(&asked);
    let queue = Arc::new(Queue::new(Interrupter::new(move || notify.notify_one())));
    let clock = talk.parts_mut().0.clock.clone();
    let shared = Shared::new(Arc::clone(&queue), clock, talk.name(), talk.timeout(), talk.is_without_echo());
    let run = async move {
        let end = EndOfDriver { queue };
        let result = drive(&mut talk, &end.queue, &asked).await;
        if let Err(error) = &result {
            end.queue.end(error.clone());
        }
        result
    };
    (shared, run)
}

/// Drives an endpoint until its queue has ended, or the link fails.
async fn drive<L, C, S, const N: usize, const STRAY: usize>(
    talk: &mut asynch::SerialTalk<L, C, S, N, STRAY>,
    queue: &Queue<L::Error>,
    asked: &Notify,
) -> Result<(), LinkError<L::Error>>
where
    L: Read + Write,
    L::Error: Clone,
    C: AsyncClock,
    S: AsyncService,
{
    let mut turns = Turns::new();
    let link = talk.name().to_owned();
    let (line, service) = talk.parts_mut();
    while let Some(requests) = queue.take() {
        requests.into_iter().for_each(|request| turns.add(request));
        let done = match turns.poll(&mut line.endpoint, line.clock.now(), &link) {
            Step::Transmit => line.transmit().await,
            Step::Serve(frame) => {
                line.serve(frame, service).await;
                Ok(())
            }
            Step::Receive(wait_ms) => tokio::select! {
                received = line.receive(wait_ms) => received.map(drop),
                () = asked.notified() => Ok(()),
            },
        };
        if let Err(error) = done {
            turns.fail(|command| call_error(error.clone(), command, &link));
            return Err(error);
        }
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
        arguments: impl FnOnce(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
    ) -> Result<(), CallError<E>> {
        AsyncCaller::send_with(&mut self.carried, name, arguments).await
    }

    async fn ready(&mut self, within_ms: u32) -> Result<(), CallError<E>> {
        AsyncCaller::ready(&mut self.carried, within_ms).await
    }

    fn is_without_echo(&self) -> bool {
        AsyncCaller::is_without_echo(&self.carried)
    }

    fn link_name(&self) -> &str {
        AsyncCaller::link_name(&self.carried)
    }
}
