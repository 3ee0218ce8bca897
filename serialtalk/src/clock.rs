//! Where the endpoints get the time from.

/// A clock that counts milliseconds.
///
/// Any function or closure that returns them is one: `SerialTalk::new(uart, board::millis)`.
pub trait Clock {
    /// Milliseconds since some moment in the past; wraps around after `u32::MAX`, which is 49 days.
    fn now(&self) -> u32;
}

impl<F: Fn() -> u32> Clock for F {
    fn now(&self) -> u32 {
        self()
    }
}

/// A clock that an async endpoint can wait on.
///
/// Two functions or closures are one: what the time is, and what waits. With embassy, on any chip:
///
/// ```ignore
/// let clock = (|| Instant::now().as_millis() as u32, |ms: u32| Timer::after_millis(ms.into()));
/// let mut talk = AsyncSerialTalk::new_async(uart, clock);
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
