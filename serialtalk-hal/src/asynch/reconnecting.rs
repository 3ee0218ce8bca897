//! An async caller that keeps itself connected.

mod attempt;
mod call;
mod share;

use alloc::sync::{Arc, Weak};
use core::fmt;
use core::future::poll_fn;
use core::marker::PhantomData;
use core::pin::{Pin, pin};
use core::task::Poll;

use embedded_io_async::{Read, Write};
use serialtalk::proto::FrameHandle;
use serialtalk::{AsyncService, CallError, CommandTable, Interface, Timeout};
use tokio::sync::Mutex;
use tokio::time::{self, Instant, sleep};

pub use self::attempt::Attempted;
use self::attempt::{Parts, attempt};
#[cfg(all(feature = "serial", feature = "tcp"))]
use super::AsyncAnyLink;
use super::{SerialTalk, over};
use crate::reconnecting::common::common_methods;
use crate::reconnecting::lifecycle::{Lifecycle, Next, rest_of};
use crate::reconnecting::{ConnectionError, HasSetUp, LinkSlot, NoSetUp, SetUpResult, State};
#[cfg(all(feature = "serial", feature = "tcp"))]
use crate::serial::SerialOptions;
use crate::services::{NoServices, Services};
use crate::{LinkError, OpenError};

/// An async caller that opens its link again whenever that is lost, in the way that [`serialtalk_hal::Reconnecting`](crate::Reconnecting)
/// describes.
///
/// ```
/// use serialtalk_hal::asynch::Reconnecting;
/// # use serialtalk_hal::Spawn;
/// # #[serialtalk::interface]
/// # trait Robot {
/// #     fn led(&mut self, hue: u16);
/// #     fn mult(&mut self, a: f32, b: f32) -> f32;
/// # }
/// # struct Fake;
/// # impl Robot for Fake {
/// #     fn led(&mut self, _hue: u16) {}
/// #     fn mult(&mut self, a: f32, b: f32) -> f32 { a * b }
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let server = serialtalk_hal::tcp::serve(0, RobotServer::new(Fake))?;
/// # let target = format!("tcp://{}", server.local_addr());
/// # let _server = server.spawn();
///
/// let link = Reconnecting::new(&target) // usb:2e8a:0005, /dev/ttyUSB0, tcp://robot.local:8266
///     .on_connect(async |talk| Ok(RobotAsyncClient::new(talk).led(120).await?))
///     .on_state(|state| println!("{state}"));
/// let mut robot = RobotAsyncClient::over(link);
/// assert_eq!(robot.mult(2.0, 3.0).await?, 6.0);
///
/// // Between calls: serves commands of the board, and reconnects.
/// let pause = tokio::time::sleep(std::time::Duration::from_millis(20));
/// tokio::select! {
///     _ = robot.caller_mut().run() => {}
///     () = pause => {}
/// }
/// # Ok(())
/// # }
/// ```
///
/// Nothing happens unless this is driven: by calls, by [`process`](Self::process) or by [`run`](Self::run). If their futures are
/// dropped, an attempt to connect goes on where it was when this is driven again; a handler is not started again.
///
/// # Types
///
/// `L` is the link and `S` are the services, as of a [`SerialTalk`]; `U` says whether there is a set-up. `A` is the future that
/// connects, which has no name: code that keeps the caller has a parameter `A: Future<Output = Attempted<L, S>>`.
pub struct Reconnecting<L, S: Services, U, A> {
    lifecycle: Lifecycle,
    /// Nothing while an attempt has them.
    parts: Option<Parts<L, S>>,
    attempt: Option<Pin<Box<A>>>,
    start: Box<dyn FnMut(Parts<L, S>, Vec<&'static Interface>) -> A + Send>,
    /// How long calls wait for replies by default.
    timeout: Timeout,
    clock: Instant,
    has_set_up: PhantomData<U>,
}

#[cfg(all(feature = "serial", feature = "tcp"))]
impl Reconnecting<AsyncAnyLink, NoServices, NoSetUp, ()> {
    /// Connects to a target, as [`serialtalk_hal::open`](crate::open()) takes it, when it is first used;
    /// [`connect`](Reconnecting::connect) does so at once.
    #[allow(clippy::new_ret_no_self, reason = "the future that connects has no name")]
    pub fn new(
        target: &str,
    ) -> Reconnecting<
        AsyncAnyLink,
        NoServices,
        NoSetUp,
        impl Future<Output = Attempted<AsyncAnyLink, NoServices>> + use<>,
    > {
        let name: Arc<str> = target.into();
        Reconnecting::with(target, move || {
            let name = Arc::clone(&name);
            async move { AsyncAnyLink::open(&name, SerialOptions::default()).await }
        })
    }
}

impl<L> Reconnecting<L, NoServices, NoSetUp, ()>
where
    L: Read<Error = LinkError> + Write<Error = LinkError> + 'static,
{
    /// Connects over any link, which `open` opens each time. `name` is the name of the link in errors.
    pub fn with<F, O>(
        name: &str,
        mut open: F,
    ) -> Reconnecting<L, NoServices, NoSetUp, impl Future<Output = Attempted<L, NoServices>> + use<L, F, O>>
    where
        F: FnMut() -> O + Send + 'static,
        O: Future<Output = Result<L, OpenError>> + Send + 'static,
    {
        let talk = over(LinkSlot::new(name, Weak::new()), name);
        let parts = Parts { talk, open: Box::new(move || Box::pin(open())) };
        Reconnecting::from_parts(parts, Lifecycle::new(name), Instant::now(), nothing)
    }
}

/// The set-up of a program that has none.
async fn nothing<T>(_talk: &mut T) -> SetUpResult {
    Ok(())
}

impl<L, S, U> Reconnecting<L, S, U, ()>
where
    L: Read<Error = LinkError> + Write<Error = LinkError> + 'static,
    S: Services<All: AsyncService> + 'static,
{
    fn from_parts<F>(
        parts: Parts<L, S>,
        lifecycle: Lifecycle,
        clock: Instant,
        set_up: F,
    ) -> Reconnecting<L, S, U, impl Future<Output = Attempted<L, S>>>
    where
        F: AsyncFnMut(&mut SerialTalk<LinkSlot<L>, S>) -> SetUpResult + Send + 'static,
    {
        let set_up = Arc::new(Mutex::new(set_up));
        Reconnecting {
            lifecycle,
            timeout: parts.talk.timeout(),
            parts: Some(parts),
            attempt: None,
            start: Box::new(move |parts, interfaces| attempt(parts, interfaces, Arc::clone(&set_up))),
            clock,
            has_set_up: PhantomData,
        }
    }
}

impl<L, S: Services, U, A> Reconnecting<L, S, U, A> {
    common_methods!();
}

/// Settings, before it is used.
impl<L, S, U, A> Reconnecting<L, S, U, A>
where
    L: Read<Error = LinkError> + Write<Error = LinkError>,
    S: Services<All: AsyncService>,
{
    /// Changes the settings of the endpoint, which stay for all connections:
    /// `.with_endpoint(|talk| talk.without_echo())`.
    ///
    /// # Panics
    ///
    /// Panics if a connection is being made.
    pub fn with_endpoint(
        mut self,
        change: impl FnOnce(SerialTalk<LinkSlot<L>, S>) -> SerialTalk<LinkSlot<L>, S>,
    ) -> Self {
        let Parts { talk, open } = self.take_parts();
        self.parts = Some(Parts { talk: change(talk), open });
        self
    }

    fn take_parts(&mut self) -> Parts<L, S> {
        self.parts.take().expect("it is set up before it is used")
    }
}

impl<L, A> Reconnecting<L, NoServices, NoSetUp, A>
where
    L: Read<Error = LinkError> + Write<Error = LinkError> + 'static,
{
    /// Serves commands of the peer, over each connection with the same service; several services are a tuple. Comes before
    /// [`on_connect`](Reconnecting::on_connect).
    ///
    /// # Panics
    ///
    /// Panics if a connection is being made.
    pub fn serve<S: CommandTable + AsyncService + 'static>(
        mut self,
        service: S,
    ) -> Reconnecting<L, S, NoSetUp, impl Future<Output = Attempted<L, S>>> {
        let Parts { talk, open } = self.take_parts();
        let parts = Parts { talk: talk.serve(service), open };
        Reconnecting::from_parts(parts, self.lifecycle, self.clock, nothing)
    }
}

impl<L, S, A> Reconnecting<L, S, NoSetUp, A>
where
    L: Read<Error = LinkError> + Write<Error = LinkError> + 'static,
    S: Services<All: AsyncService> + 'static,
{
    /// Sets up each new connection: brings the board into the state that the program expects. `set_up` makes calls with clients
    /// that are `new` over the endpoint it is given. Commands of the peer are served meanwhile.
    ///
    /// If it returns an error, the connection is lost, and another is made.
    ///
    /// # Panics
    ///
    /// Panics if a connection is being made.
    pub fn on_connect<F>(
        mut self,
        set_up: F,
    ) -> Reconnecting<L, S, HasSetUp, impl Future<Output = Attempted<L, S>>>
    where
        F: AsyncFnMut(&mut SerialTalk<LinkSlot<L>, S>) -> SetUpResult + Send + 'static,
    {
        Reconnecting::from_parts(self.take_parts(), self.lifecycle, self.clock, set_up)
    }
}

impl<L, S, U, A> Reconnecting<L, S, U, A>
where
    L: Read<Error = LinkError> + Write<Error = LinkError>,
    S: Services<All: AsyncService>,
    A: Future<Output = Attempted<L, S>>,
{
    /// Waits until there is a connection, or the next attempt to make one has failed.
    ///
    /// # Errors
    ///
    /// Returns why there is none.
    pub async fn connect(&mut self) -> Result<(), ConnectionError> {
        self.look().await;
        loop {
            match self.step().await {
                Next::Serve => return self.lifecycle.reason().cloned().map_or(Ok(()), Err),
                Next::Await => {
                    if let Some(reason) = self.lifecycle.reason() {
                        return Err(reason.clone());
                    }
                }
                Next::Attempt | Next::Wait(_) => {}
            }
        }
    }

    /// Waits for one command and serves it. Makes a connection whenever there is none.
    pub async fn process(&mut self) {
        let command = self.wait_for_command().await;
        self.serve_command(command).await;
    }

    /// Waits for one command, to be passed to [`serve_command`](Self::serve_command) before anything else is done. Makes a
    /// connection whenever there is none.
    ///
    /// The two make up [`process`](Self::process) for programs that wait for something else at the same time: dropping this
    /// future loses nothing, whereas dropping that of `process` may leave a handler half done.
    pub async fn wait_for_command(&mut self) -> FrameHandle {
        loop {
            while self.step().await != Next::Serve {}
            let Some(parts) = &mut self.parts else { continue };
            match parts.talk.wait_for_command().await {
                Ok(command) => return command,
                Err(error) => self.lose(error.into()),
            }
        }
    }

    /// Serves the command that [`wait_for_command`](Self::wait_for_command) returned.
    pub async fn serve_command(&mut self, command: FrameHandle) {
        if let Some(parts) = &mut self.parts
            && let Err(error) = parts.talk.serve_command(command).await
        {
            self.lose(error.into());
        }
    }

    /// Serves commands, and makes a connection whenever there is none.
    pub async fn run(&mut self) -> ! {
        loop {
            self.process().await;
        }
    }

    /// Takes the next step to a connection, and returns which that was.
    async fn step(&mut self) -> Next {
        let next = self.lifecycle.next(self.clock.elapsed());
        match next {
            Next::Attempt => self.begin(),
            Next::Await => self.end().await,
            Next::Wait(time) => sleep(time).await,
            Next::Serve => {}
        }
        next
    }

    /// Begins an attempt.
    fn begin(&mut self) {
        let Some(parts) = self.parts.take() else { return };
        self.timeout = parts.talk.timeout();
        self.attempt = Some(Box::pin((self.start)(parts, self.lifecycle.begin())));
    }

    /// Waits until the attempt has ended.
    async fn end(&mut self) {
        let Some(attempt) = &mut self.attempt else { return };
        let Attempted { mut parts, outcome } = attempt.await;
        self.attempt = None;
        self.lifecycle.end(outcome, self.clock.elapsed());
        if !self.lifecycle.is_open() {
            parts.talk.link_mut().clear();
        }
        self.parts = Some(parts);
    }

    /// Makes a call over a connection, with as much of its timeout as is left then.
    async fn over_connection<T, E>(
        &mut self,
        command: &str,
        timeout: Option<Timeout>,
        call: impl AsyncFnOnce(&mut SerialTalk<LinkSlot<L>, S>, Timeout) -> Result<T, CallError<LinkError, E>>,
    ) -> Result<T, CallError<LinkError, E>> {
        let began = Instant::now();
        let timeout = timeout.unwrap_or_else(|| self.timeout());
        self.look().await;
        loop {
            let left = self.lifecycle.patience(timeout).saturating_sub(began.elapsed());
            if let Err(_) | Ok(Next::Serve) = time::timeout(left, self.step()).await {
                break;
            }
        }
        let result = match &mut self.parts {
            Some(parts) if self.lifecycle.is_connected() => {
                call(&mut parts.talk, rest_of(timeout, began.elapsed())).await
            }
            _ => return Err(self.lifecycle.refusal(command).widen()),
        };
        if let Err(error) = &result
            && let Some(reason) = ConnectionError::of_call(error)
        {
            self.lose(reason);
        }
        result
    }

    /// Notices if the link was lost since it was last used.
    async fn look(&mut self) {
        if self.lifecycle.is_open()
            && let Some(command) = now(self.wait_for_command()).await
        {
            self.serve_command(command).await;
        }
    }
}

/// The output of a future that has it at once.
async fn now<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    match poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}

impl<L, S: Services, U, A> fmt::Debug for Reconnecting<L, S, U, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reconnecting").field("lifecycle", &self.lifecycle).finish_non_exhaustive()
    }
}
