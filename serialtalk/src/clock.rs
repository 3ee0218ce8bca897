//! The clocks that endpoints need.

#[cfg(feature = "async")]
use core::future::{pending, poll_fn};
#[cfg(feature = "async")]
use core::pin::pin;
#[cfg(feature = "async")]
use core::task::Poll;

/// A clock that counts milliseconds.
///
/// Every function or closure that returns them is one: `SerialTalk::new(uart, board::millis)`.
pub trait Clock {
    /// Milliseconds since some moment in the past. Starts again at 0 after 49 days, when 32 bits are used up.
    fn now(&self) -> u32;
}

impl<F: Fn() -> u32> Clock for F {
    fn now(&self) -> u32 {
        self()
    }
}

/// A clock that an async endpoint can wait on.
///
/// A pair of functions or closures is one: the first returns the time, the second waits. With embassy, on any chip:
///
/// ```
/// # use serialtalk::asynch;
/// # struct Instant;
/// # impl Instant { fn now() -> Self { Self } fn as_millis(&self) -> u64 { 0 } }
/// # struct Timer;
/// # impl Timer { async fn after_millis(_: u64) {} }
/// # fn board(uart: impl embedded_io_async::Read + embedded_io_async::Write) {
/// let clock = (|| Instant::now().as_millis() as u32, |ms: u32| Timer::after_millis(ms.into()));
/// let mut talk = asynch::SerialTalk::new(uart, clock);
/// # }
/// ```
#[cfg(feature = "async")]
pub trait AsyncClock: Clock {
    /// Resolves `ms` milliseconds from now, or a little later.
    ///
    /// Dropping the future before that must be harmless.
    fn wait(&self, ms: u32) -> impl Future<Output = ()>;
}

#[cfg(feature = "async")]
impl<N: Fn() -> u32, W> Clock for (N, W) {
    fn now(&self) -> u32 {
        (self.0)()
    }
}

#[cfg(feature = "async")]
impl<N: Fn() -> u32, W: Fn(u32) -> F, F: Future> AsyncClock for (N, W) {
    async fn wait(&self, ms: u32) {
        (self.1)(ms).await;
    }
}

/// Awaits `work` at most `limit_ms` milliseconds; without a limit if that is `None`. Resolves to `None` if it takes longer.
#[cfg(feature = "async")]
pub(crate) async fn within<T>(
    clock: &impl AsyncClock,
    limit_ms: Option<u32>,
    work: impl Future<Output = T>,
) -> Option<T> {
    let mut work = pin!(work);
    let mut limit = pin!(async {
        match limit_ms {
            Some(ms) => clock.wait(ms).await,
            None => pending().await,
        }
    });
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => limit.as_mut().poll(context).map(|()| None),
    })
    .await
}
