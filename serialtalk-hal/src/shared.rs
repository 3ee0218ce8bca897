//! One endpoint for many callers.

mod handle;
mod queue;
mod request;
#[cfg(test)]
mod tests;
mod turns;

use alloc::sync::Arc;

use serialtalk::link::Link;
use serialtalk::proto::Protocol;
use serialtalk::proto::{Carried, Carrier, Command, PayloadWriter, RawReply, ReplyDecoder};
use serialtalk::{
    CallError, Caller, Clock, Context, EncodeError, Interface, LinkError, SerialTalk, Service, Timeout,
};

use self::handle::Handle;
pub(crate) use self::queue::{Callers, EndOfDriver, Queue};
pub(crate) use self::turns::{Step, Turns};
use crate::running::{RUN_STEP_MS, Running};
use crate::{Interruptible, OpenError};

/// A caller that can be cloned for as many threads and tasks as there are. Made by [`share`] or
/// [`asynch::share`](crate::asynch::share); it blocks, and with feature `tokio` it can be awaited instead, wherever it was made.
///
/// Calls have their turns in the order in which they are asked for. The deadline of a call includes the wait for its turn:
/// what has not been sent until then is never sent. A command whose reply nobody awaits is sent as soon as the line is
/// free to write to, whoever waits.
#[derive(Clone)]
pub struct Shared<E: Clone> {
    pub(crate) carried: Carried<Handle<E>>,
}

impl<E: Clone> Shared<E> {
    /// Makes a caller of what is driven by way of `queue`; all else is as the endpoint has it. `link` is the name of its link.
    pub(crate) fn new<C: Clock + Clone + Send + Sync + 'static>(
        queue: Arc<Queue<E>>,
        clock: C,
        link: &str,
        timeout: Timeout,
        is_without_echo: bool,
    ) -> Self {
        let handle = Handle {
            callers: Arc::new(Callers { queue }),
            link: link.into(),
            clock: Arc::new(move || clock.now()),
            timeout,
            is_without_echo,
            is_urgent: false,
        };
        Self { carried: Carried(handle) }
    }

    /// A caller whose calls are sent before all that wait, on a plain line even while the reply to another call is awaited.
    ///
    /// A board serves in order: what is sent runs when the handler that runs now returns. So this is no safety function; an
    /// emergency stop belongs in hardware. An urgent call waits nevertheless for the reply to an earlier one on the checked
    /// link, which carries one call at a time, and to an earlier one of the same command, or while the endpoint has to
    /// wait for an `echo` first. A one-way command waits for no reply.
    #[must_use]
    pub fn urgent(&self) -> Self {
        let mut urgent = self.clone();
        urgent.carried.0.is_urgent = true;
        urgent
    }
}

/// Makes an endpoint a caller that can be cloned, and starts a thread that makes the calls and serves commands meanwhile.
///
/// The thread ends when the last caller is dropped, when the link fails, or with the [`Running`]; calls then fail at once. That
/// of [`Reconnecting`](crate::Reconnecting) does not end when the link fails: it makes connections, too.
///
/// ```
/// use serialtalk_hal::{Spawn, loopback, share};
/// # #[serialtalk::interface]
/// # trait Robot { fn mult(&mut self, a: f32, b: f32) -> f32; }
/// # struct Fake;
/// # impl Robot for Fake { fn mult(&mut self, a: f32, b: f32) -> f32 { a * b } }
///
/// let (board, host) = loopback();
/// # let _board = board.serve(RobotServer::new(Fake)).spawn();
/// let (shared, _running) = share(host)?;
/// std::thread::scope(|scope| {
///     for _ in 0..4 {
///         let mut robot = RobotClient::new(shared.clone());
///         scope.spawn(move || assert_eq!(robot.mult(2.0, 3.0).unwrap(), 6.0));
///     }
/// });
/// # Ok::<(), serialtalk_hal::OpenError>(())
/// ```
///
/// # Errors
///
/// [`OpenError::Io`] if the operating system has no descriptor left.
pub fn share<T: Shareable>(talk: T) -> Result<(Shared<T::Error>, Running<T, T::Error>), OpenError> {
    talk.share()
}

/// What [`share`] takes: an endpoint, or [`Reconnecting`](crate::Reconnecting).
pub trait Shareable: Sized {
    /// The error of the link.
    type Error: Clone;

    /// Does what [`share`] does.
    ///
    /// # Errors
    ///
    /// [`OpenError::Io`] if the operating system has no descriptor left.
    fn share(self) -> Result<(Shared<Self::Error>, Running<Self, Self::Error>), OpenError>;
}

impl<L, C, S, const N: usize, const STRAY: usize, P: Protocol> Shareable for SerialTalk<L, C, S, N, STRAY, P>
where
    L: Interruptible<Error: Clone + Send + 'static> + Send + 'static,
    C: Clock + Clone + Send + Sync + 'static,
    S: Service + Send + 'static,
{
    type Error = L::Error;

    fn share(mut self) -> Result<(Shared<L::Error>, Running<Self, L::Error>), OpenError> {
        let interrupter = self.link_mut().interrupter();
        let interrupter = interrupter.map_err(|error| OpenError::from_io(self.name(), &error))?;
        let queue = Arc::new(Queue::new(interrupter));
        let clock = self.parts_mut().0.clock.clone();
        let (timeout, is_without_echo) = (self.timeout(), self.is_without_echo());
        let shared = Shared::new(Arc::clone(&queue), clock, self.name(), timeout, is_without_echo);
        let stop = Arc::clone(&queue);
        let running = Running::start(
            move || stop.end(LinkError::Closed),
            move || {
                let end = EndOfDriver { queue };
                let result = drive(&mut self, &end.queue);
                if let Err(error) = &result {
                    end.queue.end(error.clone());
                }
                (self, result)
            },
        );
        Ok((shared, running))
    }
}

/// Drives an endpoint until its queue has ended, or the link fails.
fn drive<L, C, S, const N: usize, const STRAY: usize, P: Protocol>(
    talk: &mut SerialTalk<L, C, S, N, STRAY, P>,
    queue: &Queue<L::Error>,
) -> Result<(), LinkError<L::Error>>
where
    L: Link<Error: Clone>,
    C: Clock,
    S: Service,
{
    let mut turns = Turns::new(talk.name());
    while let Some(requests) = queue.take() {
        requests.into_iter().for_each(|request| turns.add(request));
        // An endpoint checks no contract by itself.
        if let Err(error) = step(talk, &mut turns, |_| {}) {
            turns.fail(|command| error.clone().of_call(Context::new(command, talk.name(), b"")));
            return Err(error);
        }
    }
    Ok(())
}

/// Does what is to be done next, and passes on an interface that is expected.
pub(crate) fn step<L, C, S, const N: usize, const STRAY: usize, P: Protocol>(
    talk: &mut SerialTalk<L, C, S, N, STRAY, P>,
    turns: &mut Turns<L::Error>,
    expect: impl FnOnce(&'static Interface),
) -> Result<(), LinkError<L::Error>>
where
    L: Link,
    C: Clock,
    S: Service,
{
    let (line, service) = talk.parts_mut();
    match turns.poll(&mut line.endpoint, line.clock.now()) {
        Step::Transmit => line.transmit()?,
        Step::Serve(frame) => line.endpoint.serve(frame, service),
        Step::Expect(interface) => expect(interface),
        Step::Receive(wait_ms) => drop(line.receive(wait_ms.unwrap_or(RUN_STEP_MS))?),
    }
    Ok(())
}

impl<E: Clone + Send + 'static> Caller for Shared<E> {
    type Error = E;

    fn call_with<T, F>(
        &mut self,
        command: Command<'_>,
        arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
        decoder: ReplyDecoder<T, F>,
    ) -> Result<T, CallError<E, F>> {
        Caller::call_with(&mut self.carried, command, arguments, decoder)
    }

    fn send_with(
        &mut self,
        name: &str,
        arguments: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
    ) -> Result<(), CallError<E>> {
        Caller::send_with(&mut self.carried, name, arguments)
    }

    fn ready(&mut self, within_ms: u32) -> Result<(), CallError<E>> {
        Caller::ready(&mut self.carried, within_ms)
    }

    fn expect_interface(&mut self, interface: &'static Interface) {
        Caller::expect_interface(&mut self.carried, interface);
    }

    fn is_without_echo(&self) -> bool {
        Caller::is_without_echo(&self.carried)
    }

    fn link_name(&self) -> &str {
        Caller::link_name(&self.carried)
    }
}

/// For payloads that are written and read elsewhere.
impl<E: Clone + Send + 'static> Carrier for Shared<E> {
    type Error = E;

    fn name(&self) -> &str {
        Carrier::name(&self.carried.0)
    }

    fn is_without_echo(&self) -> bool {
        Carrier::is_without_echo(&self.carried.0)
    }

    fn expect_interface(&mut self, interface: &'static Interface) {
        Carrier::expect_interface(&mut self.carried.0, interface);
    }

    fn call_raw(&mut self, command: Command<'_>, payload: &[u8]) -> Result<RawReply, CallError<E>> {
        Carrier::call_raw(&mut self.carried.0, command, payload)
    }

    fn send_raw(&mut self, name: &str, payload: &[u8]) -> Result<(), CallError<E>> {
        Carrier::send_raw(&mut self.carried.0, name, payload)
    }

    fn wait_until_ready(&mut self, within_ms: u32) -> Result<(), CallError<E>> {
        Carrier::wait_until_ready(&mut self.carried.0, within_ms)
    }
}

impl<E: Clone> core::fmt::Debug for Shared<E> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Shared").field("link", &self.carried.0.link).finish_non_exhaustive()
    }
}
