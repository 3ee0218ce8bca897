//! A caller that keeps itself connected: it opens its link again whenever that is lost.

mod attempt;
mod call;
pub(crate) mod common;
pub(crate) mod lifecycle;
mod set_up;
mod share;
mod slot;
mod state;

use alloc::sync::Arc;
use core::fmt;
use core::marker::PhantomData;
use core::time::Duration;
use std::thread;
use std::time::Instant;

use serialtalk::link::Link;
use serialtalk::{CallError, CommandTable, Service, Timeout};

use self::attempt::{Attempt, Ended, Parts};
use self::common::common_methods;
use self::lifecycle::{Lifecycle, Next, rest_of};
pub use self::set_up::{HasSetUp, NoSetUp, SetUpResult};
pub use self::slot::LinkSlot;
pub use self::state::{ConnectionError, State};
use crate::deadline::Deadline;
use crate::services::{NoServices, Services};
#[cfg(all(feature = "serial", feature = "tcp"))]
use crate::{AnyLink, serial::SerialOptions};
use crate::{Interrupter, LinkError, OpenError, SerialTalk, Spawn, over};

/// A caller that opens its link again whenever that is lost: a board may be unplugged, reset or flashed, and a server started
/// again, while the program runs on.
///
/// ```
/// use serialtalk_hal::Reconnecting;
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
/// # let server = serialtalk_hal::tcp::serve(0, RobotServer::new(Fake))?;
/// # let target = format!("tcp://{}", server.local_addr());
/// # let _server = server.spawn();
///
/// let link = Reconnecting::new(&target) // usb:2e8a:0005, /dev/ttyUSB0, tcp://robot.local:8266
///     .on_connect(|talk| Ok(RobotClient::new(talk).led(120)?))
///     .on_state(|state| println!("{state}"));
/// let mut robot = RobotClient::over(link);
/// for number in [1.0, 2.0, 3.0] {
///     match robot.mult(number, 0.5) {
///         Ok(product) => println!("{product}"),
///         Err(error) => println!("{error}"), // calling `mult` failed: usb:2e8a:0005 is not connected: no such port; …
///     }
///     robot.caller_mut().process_within(20); // serves commands of the board, and reconnects
/// }
/// # assert!(robot.caller().is_connected());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # A connection
///
/// A connection is made in steps: the link is opened, the peer answers, its commands have the signatures of the interfaces whose
/// clients were made with `over`, and the program's set-up is done. If a step fails, the link is closed, and all are taken again
/// after 50 ms, 100 ms, and so on, up to a second. A peer with another version of an interface is an exception: the link stays
/// open, every call is a [`Mismatch`](CallError::Mismatch), and the next attempt is made when the link is lost.
///
/// The steps are taken in a thread that ends with them, so that they hold up nobody. Nothing happens unless this is driven:
/// by calls, by [`process_within`](Self::process_within), or by the thread of [`spawn`](Spawn::spawn).
///
/// That a board was reset behind an adapter that stays plugged in does not show at the link. A program that learns of it, for
/// example by a timeout, calls [`give_up`](Self::give_up).
///
/// # Calls
///
/// A call waits for the first attempt to connect. Once an attempt has failed or a connection is lost, a call without a connection
/// is a [`NotConnected`](LinkError::NotConnected) at once, or after the wait that [`wait_for_reconnection`](Self::wait_for_reconnection) sets.
/// It never waits beyond its own deadline.
///
/// A call during which the link is lost is an error, because the peer may have run it. It is not made again.
///
/// # Types
///
/// `L` is the link and `S` are the services, as of a [`SerialTalk`]; `U` says whether there is a set-up. The type of the client above
/// is `RobotClient<Reconnecting<AnyLink>>`; without `on_connect`, it is `RobotClient<Reconnecting<AnyLink, NoServices, NoSetUp>>`.
pub struct Reconnecting<L, S: Services = NoServices, U = HasSetUp> {
    lifecycle: Lifecycle,
    /// Nothing while an attempt has them.
    parts: Option<Box<Parts<L, S>>>,
    attempt: Option<Attempt<L, S>>,
    /// How long calls wait for replies by default.
    timeout: Timeout,
    clock: Instant,
    /// What an attempt is made for.
    owner: Arc<()>,
    /// Told when an attempt has ended.
    attempt_ended: Interrupter,
    has_set_up: PhantomData<U>,
}

#[cfg(all(feature = "serial", feature = "tcp"))]
impl Reconnecting<AnyLink, NoServices, NoSetUp> {
    /// Connects to a target, as [`open()`](crate::open()) takes it, when it is first used; [`connect`](Self::connect) does so at once.
    pub fn new(target: &str) -> Self {
        let name = target.to_owned();
        Self::with(target, move || AnyLink::open(&name, SerialOptions::default()))
    }
}

impl<L: Link<Error = LinkError> + Send + 'static> Reconnecting<L, NoServices, NoSetUp> {
    /// Connects over any link, which `open` opens each time. `name` is the name of the link in errors.
    ///
    /// ```
    /// use serialtalk_hal::serial::{SerialLink, SerialOptions};
    /// use serialtalk_hal::Reconnecting;
    ///
    /// let options = SerialOptions::new(9600).dtr(false);
    /// let link = Reconnecting::with("scales", move || SerialLink::open("usb:0403:6001", options));
    /// # let _ = link;
    /// ```
    pub fn with(name: &str, open: impl FnMut() -> Result<L, OpenError> + Send + 'static) -> Self {
        let owner = Arc::new(());
        let talk = over(LinkSlot::new(name, Arc::downgrade(&owner)), name);
        Self {
            lifecycle: Lifecycle::new(name),
            timeout: talk.timeout(),
            parts: Some(Box::new(Parts { talk, open: Box::new(open), set_up: Box::new(nothing) })),
            attempt: None,
            clock: Instant::now(),
            owner,
            attempt_ended: Interrupter::none(),
            has_set_up: PhantomData,
        }
    }
}

/// The set-up of a program that has none.
fn nothing<T>(_talk: &mut T) -> SetUpResult {
    Ok(())
}

impl<L, S: Services, U> Reconnecting<L, S, U> {
    common_methods!();
}

/// Settings, before it is used.
impl<L, S, U> Reconnecting<L, S, U>
where
    L: Link<Error = LinkError> + Send + 'static,
    S: Services<All: Service + Send> + 'static,
{
    /// Changes the settings of the endpoint, which stay for all connections:
    /// `.with_endpoint(|talk| talk.without_echo())`.
    pub fn with_endpoint(
        self,
        change: impl FnOnce(SerialTalk<LinkSlot<L>, S>) -> SerialTalk<LinkSlot<L>, S>,
    ) -> Self {
        self.with_parts(|parts| Parts { talk: change(parts.talk), ..parts })
    }

    fn with_parts<T: Services, V>(
        mut self,
        change: impl FnOnce(Parts<L, S>) -> Parts<L, T>,
    ) -> Reconnecting<L, T, V> {
        let parts = change(*self.take_parts());
        let Self { lifecycle, clock, owner, attempt_ended, .. } = self;
        let timeout = parts.talk.timeout();
        Reconnecting {
            lifecycle,
            parts: Some(Box::new(parts)),
            attempt: None,
            timeout,
            clock,
            owner,
            attempt_ended,
            has_set_up: PhantomData,
        }
    }

    /// Takes the parts, after the attempt that has them if one is being made.
    fn take_parts(&mut self) -> Box<Parts<L, S>> {
        loop {
            match self.parts.take() {
                Some(parts) => return parts,
                None => _ = self.end_within(Duration::MAX),
            }
        }
    }
}

impl<L: Link<Error = LinkError> + Send + 'static> Reconnecting<L, NoServices, NoSetUp> {
    /// Serves commands of the peer, over each connection with the same service; several services are a tuple. Comes before
    /// [`on_connect`](Self::on_connect).
    pub fn serve<S: CommandTable + 'static>(self, service: S) -> Reconnecting<L, S, NoSetUp> {
        self.with_parts(|Parts { talk, open, .. }| Parts {
            talk: talk.serve(service),
            open,
            set_up: Box::new(nothing),
        })
    }
}

impl<L, S> Reconnecting<L, S, NoSetUp>
where
    L: Link<Error = LinkError> + Send + 'static,
    S: Services<All: Service + Send> + 'static,
{
    /// Sets up each new connection: brings the board into the state that the program expects. `set_up` makes calls with clients
    /// that are `new` over the endpoint it is given. It runs in another thread, and commands of the peer are served meanwhile.
    ///
    /// If it returns an error, the connection is lost, and another is made. Its calls fail once the program has dropped the caller.
    pub fn on_connect(
        self,
        set_up: impl FnMut(&mut SerialTalk<LinkSlot<L>, S>) -> SetUpResult + Send + 'static,
    ) -> Reconnecting<L, S> {
        self.with_parts(|parts| Parts { set_up: Box::new(set_up), ..parts })
    }
}

impl<L, S, U> Reconnecting<L, S, U>
where
    L: Link<Error = LinkError> + Send + 'static,
    S: Services<All: Service + Send> + 'static,
{
    /// Waits until there is a connection, or the next attempt to make one has failed.
    ///
    /// # Errors
    ///
    /// Returns why there is none.
    pub fn connect(&mut self) -> Result<(), ConnectionError> {
        self.look();
        loop {
            match self.lifecycle.next(self.clock.elapsed()) {
                Next::Attempt => self.begin(),
                Next::Wait(time) => thread::sleep(time),
                Next::Await => {
                    self.end_within(Duration::MAX);
                    if let Some(reason) = self.lifecycle.reason() {
                        return Err(reason.clone());
                    }
                }
                Next::Serve => return self.lifecycle.reason().cloned().map_or(Ok(()), Err),
            }
        }
    }

    /// Serves one command. Waits for it at most `wait_ms` milliseconds, and makes a connection meanwhile if there is none.
    ///
    /// Returns whether a frame was handled. A program that waits for other things calls this again and again, also if it
    /// serves nothing: that is how it notices that its link is lost, and gets another.
    pub fn process_within(&mut self, wait_ms: u32) -> bool {
        let deadline = Deadline::in_ms(wait_ms);
        let left_ms = || deadline.left_ms().unwrap_or(0);
        loop {
            self.advance(|_| Duration::from_millis(left_ms().into()));
            let Some(parts) = self.parts.as_mut().filter(|_| self.lifecycle.is_open()) else { return false };
            match parts.talk.process_within(left_ms()) {
                Ok(false) if left_ms() > 0 => {}
                Ok(is_handled) => return is_handled,
                Err(error) => self.lose(error.into()),
            }
        }
    }

    /// Makes a connection if there is none. Ends when there is one, or when no time is `left`.
    fn advance(&mut self, left: impl Fn(&Lifecycle) -> Duration) {
        loop {
            let left = left(&self.lifecycle);
            match self.lifecycle.next(self.clock.elapsed()) {
                Next::Attempt => self.begin(),
                Next::Await if self.end_within(left) => {}
                Next::Wait(time) if !left.is_zero() => thread::sleep(time.min(left)),
                Next::Await | Next::Wait(_) | Next::Serve => return,
            }
        }
    }

    /// Begins an attempt.
    fn begin(&mut self) {
        let Some(parts) = self.parts.take() else { return };
        self.timeout = parts.talk.timeout();
        match Attempt::start(parts, self.lifecycle.begin(), self.attempt_ended.clone()) {
            Ok(attempt) => self.attempt = Some(attempt),
            Err((parts, error)) => {
                let error = OpenError::from_io(self.lifecycle.port(), &error);
                self.end((parts, Err(ConnectionError::Open(error))));
            }
        }
    }

    /// Waits at most for `limit` until the attempt has ended. Returns whether it has.
    fn end_within(&mut self, limit: Duration) -> bool {
        match self.attempt.take().map(|attempt| attempt.wait(limit)) {
            Some(Ok(ended)) => self.end(ended),
            Some(Err(attempt)) => self.attempt = Some(attempt),
            None => {}
        }
        self.attempt.is_none()
    }

    fn end(&mut self, (mut parts, outcome): Ended<L, S>) {
        self.lifecycle.end(outcome, self.clock.elapsed());
        if !self.lifecycle.is_open() {
            parts.talk.link_mut().clear();
        }
        self.parts = Some(parts);
    }

    /// Makes a call over a connection, with as much of its timeout as is left then.
    fn over_connection<T, E>(
        &mut self,
        command: &str,
        timeout: Option<Timeout>,
        call: impl FnOnce(&mut SerialTalk<LinkSlot<L>, S>, Timeout) -> Result<T, CallError<LinkError, E>>,
    ) -> Result<T, CallError<LinkError, E>> {
        let began = Instant::now();
        let timeout = timeout.unwrap_or_else(|| self.timeout());
        self.look();
        self.advance(|lifecycle| lifecycle.patience(timeout).saturating_sub(began.elapsed()));
        let result = match &mut self.parts {
            Some(parts) if self.lifecycle.is_connected() => {
                call(&mut parts.talk, rest_of(timeout, began.elapsed()))
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
    fn look(&mut self) {
        if self.lifecycle.is_open() {
            self.process_within(0);
        }
    }
}

impl<L, S, U> Spawn for Reconnecting<L, S, U>
where
    L: Link<Error = LinkError> + Send + 'static,
    S: Services<All: Service + Send> + 'static,
    U: Send + 'static,
{
    type Error = LinkError;

    /// Never fails: a link that is lost is opened again.
    fn serve_for(&mut self, wait_ms: u32) -> Result<(), serialtalk::LinkError<LinkError>> {
        self.process_within(wait_ms);
        Ok(())
    }
}

impl<L, S: Services, U> fmt::Debug for Reconnecting<L, S, U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reconnecting").field("lifecycle", &self.lifecycle).finish_non_exhaustive()
    }
}
