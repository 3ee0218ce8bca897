//! The async endpoint: reads, writes, waits and nothing else.

mod call;
mod caller;

use core::convert::Infallible;
use core::future::{pending, poll_fn};
use core::pin::{Pin, pin};
use core::task::Poll;

use embedded_io_async::{Read, Write};

use crate::clock::AsyncClock;
use crate::endpoint::Answered;
use crate::error::LinkError;
use crate::frame::Found;
use crate::names;
use crate::service::{AsyncService, Catalog};
use crate::talk::{Line, SerialTalk};

pub use caller::{AsyncCaller, AsyncWithin};

/// An endpoint over an embedded-io-async device, made by [`SerialTalk::new_async`].
///
/// Its futures may be dropped at any time if those of the device's `read` and `write` may: bytes that were read stay, a
/// frame that was sent in part is sent to its end by whatever is done next, and a reply to a call that was dropped does
/// not reach a later call. A handler that was dropped is not started again.
pub type AsyncSerialTalk<L, C, S = (), const N: usize = 258, const OUTSIDE: usize = 0> =
    SerialTalk<Async<L>, C, S, N, OUTSIDE>;

/// Marks a link as one to be awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Async<L>(pub L);

impl<L: Read + Write, C: AsyncClock> SerialTalk<Async<L>, C> {
    /// An async endpoint with buffers for the largest frames, that serves nothing but the built-in commands.
    pub const fn new_async(link: L, clock: C) -> Self {
        Self::from_parts(Async(link), clock, ())
    }
}

impl<L: Read + Write, C: AsyncClock, S: Catalog, const N: usize, const OUTSIDE: usize>
    SerialTalk<Async<L>, C, S, N, OUTSIDE>
{
    /// An async endpoint that serves commands, two services as a tuple. It can be made at compile time, for a `static`:
    /// nothing has to be moved then when the program starts.
    pub const fn with_async_service(link: L, clock: C, service: S) -> Self {
        const { names::check::<(), S>() }
        Self::from_parts(Async(link), clock, service)
    }
}

impl<L: Read + Write, C: AsyncClock, S, const N: usize, const OUTSIDE: usize>
    SerialTalk<Async<L>, C, S, N, OUTSIDE>
{
    /// Throws away everything that has arrived.
    ///
    /// # Errors
    ///
    /// Those of the link.
    pub async fn flush(&mut self) -> Result<(), LinkError<L::Error>> {
        self.line.flush().await
    }
}

impl<L: Read + Write, C: AsyncClock, S: AsyncService, const N: usize, const OUTSIDE: usize>
    SerialTalk<Async<L>, C, S, N, OUTSIDE>
{
    /// Waits for one command and serves it.
    ///
    /// # Errors
    ///
    /// Those of the link. Whatever a peer sends is no error here: it gets its answer.
    pub async fn process(&mut self) -> Result<(), LinkError<L::Error>> {
        self.line.process(&mut self.service).await
    }

    /// Waits for one command, to be given to [`serve_command`](Self::serve_command) before anything else is done.
    ///
    /// Together they are [`process`](Self::process), for programs that wait for something else at the same time: dropping
    /// this future loses nothing, whereas dropping that one may leave a handler half done.
    ///
    /// # Errors
    ///
    /// Those of the link.
    pub async fn wait_for_command(&mut self) -> Result<Found, LinkError<L::Error>> {
        self.line.send_all().await?;
        self.line.next().await
    }

    /// Serves the command that was waited for.
    ///
    /// # Errors
    ///
    /// Those of the link.
    pub async fn serve_command(&mut self, command: Found) -> Result<(), LinkError<L::Error>> {
        self.line.answer(command, &mut self.service).await;
        self.line.send_all().await
    }

    /// Serves commands until the link fails.
    ///
    /// # Errors
    ///
    /// Those of the link. It never returns otherwise.
    pub async fn run(&mut self) -> Result<Infallible, LinkError<L::Error>> {
        loop {
            self.process().await?;
        }
    }

    /// Serves commands until the peer asks for our command line by `enable repl`, as the loop of a Python peer does.
    ///
    /// # Errors
    ///
    /// Those of the link.
    pub async fn run_until_repl(&mut self) -> Result<(), LinkError<L::Error>> {
        while !self.wants_repl() {
            self.process().await?;
        }
        Ok(())
    }
}

impl<L: Read + Write, C: AsyncClock, const N: usize, const OUTSIDE: usize> Line<Async<L>, C, N, OUTSIDE> {
    /// Waits for one command and serves it.
    ///
    /// # Errors
    ///
    /// Those of the link.
    pub async fn process(&mut self, service: &mut impl AsyncService) -> Result<(), LinkError<L::Error>> {
        let mut is_done = false;
        // One place that sends: each has all the code of that.
        loop {
            self.send_all().await?;
            if is_done {
                return Ok(());
            }
            let found = self.next().await?;
            self.answer(found, service).await;
            is_done = true;
        }
    }

    /// Waits for a frame to come whole.
    async fn next(&mut self) -> Result<Found, LinkError<L::Error>> {
        let mut now = self.clock.now();
        loop {
            if let Some(found) = self.endpoint.next(now) {
                return Ok(found);
            }
            let came = self.receive(self.endpoint.gap_left(now)).await?;
            now = came.unwrap_or_else(|| self.clock.now());
        }
    }

    /// Throws away everything that has arrived.
    async fn flush(&mut self) -> Result<(), LinkError<L::Error>> {
        self.endpoint.clear();
        while self.receive(Some(0)).await?.is_some() {
            self.endpoint.clear();
        }
        Ok(())
    }

    /// Reads what has come, waiting at most `wait_ms` for it; tells when it came, if there was something.
    async fn receive(&mut self, wait_ms: Option<u32>) -> Result<Option<u32>, LinkError<L::Error>> {
        let read = self.link.0.read(self.endpoint.spare());
        let count = first(pin!(read), pin!(pass(&self.clock, wait_ms))).await;
        let Some(count) = count else { return Ok(None) };
        match count.map_err(LinkError::Failed)? {
            0 => Err(LinkError::Closed),
            count => {
                let now = self.clock.now();
                self.endpoint.received(count, now);
                Ok(Some(now))
            }
        }
    }

    /// Sends all there is to send.
    async fn send_all(&mut self) -> Result<(), LinkError<L::Error>> {
        if self.endpoint.to_send().is_empty() {
            return Ok(());
        }
        while !self.endpoint.to_send().is_empty() {
            let bytes = self.endpoint.to_send();
            let size = bytes.len();
            let count = self.link.0.write(bytes).await.map_err(LinkError::Failed)?;
            self.endpoint.keep(size.saturating_sub(count));
        }
        self.link.0.flush().await.map_err(LinkError::Failed)
    }

    /// Does a command. Its reply is the next thing to send.
    async fn answer(&mut self, found: Found, service: &mut impl AsyncService) {
        let Some(mut exchange) = self.endpoint.open(found) else { return };
        match exchange.answer(service) {
            Answered::Silent => return,
            Answered::Written => {}
            Answered::Due(number) => {
                let (call, reply) = exchange.parts();
                service.serve(number, call, reply).await;
            }
        }
        exchange.finish();
    }
}

/// What `work` comes to, unless `limit` is there first.
pub(crate) fn first<T>(
    mut work: Pin<&mut impl Future<Output = T>>,
    mut limit: Pin<&mut impl Future<Output = ()>>,
) -> impl Future<Output = Option<T>> {
    poll_fn(move |context| {
        if let Poll::Ready(value) = work.as_mut().poll(context) {
            return Poll::Ready(Some(value));
        }
        limit.as_mut().poll(context).map(|()| None)
    })
}

/// Waits so many milliseconds, or for ever.
pub(crate) async fn pass(clock: &impl AsyncClock, ms: Option<u32>) {
    match ms {
        Some(ms) => clock.wait(ms).await,
        None => pending().await,
    }
}
