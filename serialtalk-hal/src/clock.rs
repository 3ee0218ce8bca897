//! Clocks of a host.

use std::time::Instant;

use serialtalk::Clock;

/// The clock of the operating system: milliseconds since it was made.
#[derive(Debug, Clone, Copy)]
pub struct StdClock {
    start: Instant,
}

impl StdClock {
    /// A clock that starts at zero.
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Default for StdClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for StdClock {
    /// Wraps around after 49 days, as every [`Clock`] does.
    fn now(&self) -> u32 {
        self.start.elapsed().as_millis() as u32
    }
}

/// The clock of tokio: milliseconds since it was made. Follows tokio's paused time in tests.
///
/// Waiting needs a tokio runtime whose time is enabled.
#[cfg(feature = "tokio")]
#[derive(Debug, Clone, Copy)]
pub struct TokioClock {
    start: tokio::time::Instant,
}

#[cfg(feature = "tokio")]
impl TokioClock {
    /// A clock that starts at zero.
    pub fn new() -> Self {
        Self { start: tokio::time::Instant::now() }
    }
}

#[cfg(feature = "tokio")]
impl Default for TokioClock {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(feature = "tokio")]
impl Clock for TokioClock {
    fn now(&self) -> u32 {
        self.start.elapsed().as_millis() as u32
    }
}

#[cfg(feature = "tokio")]
impl serialtalk::AsyncClock for TokioClock {
    fn wait(&self, ms: u32) -> impl Future<Output = ()> {
        tokio::time::sleep(core::time::Duration::from_millis(ms.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_std_clock_starts_at_zero_and_runs() {
        let clock = StdClock::new();
        let first = clock.now();
        assert!(first < 60_000, "{first}");
        while clock.now() == first {
            std::thread::yield_now();
        }
        assert!(clock.now() > first);
    }

    #[cfg(feature = "tokio")]
    #[tokio::test(start_paused = true)]
    async fn the_tokio_clock_runs_while_it_waits() {
        use serialtalk::AsyncClock;
        let clock = TokioClock::new();
        assert_eq!(clock.now(), 0);
        clock.wait(86_400_000).await;
        assert!(clock.now() >= 86_400_000);
    }
}
