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
#[cfg(feature = "async")]
pub trait AsyncClock: Clock {
    /// Resolves `ms` milliseconds from now, or a little later.
    ///
    /// Dropping the future before that must be harmless.
    fn wait(&self, ms: u32) -> impl Future<Output = ()>;
}
