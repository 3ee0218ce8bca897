//! The time of a call.

use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime};

use serialtalk::Timeout;
use tokio::runtime::{Builder, Runtime};

use crate::LEASE_MS;

/// When a call has to be over.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline {
    /// `None` for never. While a machine sleeps, the first clock may stand still. The second may be set, and has the lease more.
    end: Option<(Instant, SystemTime)>,
    given_ms: u32,
}

impl Deadline {
    pub(crate) fn after(timeout: Timeout) -> Self {
        match timeout {
            Timeout::Ms(ms) => Self::after_ms(ms),
            Timeout::Never => Self { end: None, given_ms: u32::MAX },
        }
    }

    pub(crate) fn after_ms(ms: u32) -> Self {
        let after = Duration::from_millis(ms.into());
        let lease = Duration::from_millis(LEASE_MS.into());
        Self { end: Some((Instant::now() + after, SystemTime::now() + after + lease)), given_ms: ms }
    }

    /// This deadline, or one that is at most `ms` milliseconds away if there is none.
    pub(crate) fn or_after_ms(self, ms: u32) -> Self {
        if self.end.is_none() { Self::after_ms(ms) } else { self }
    }

    /// How much time there was at first, in milliseconds.
    pub(crate) fn given_ms(self) -> u32 {
        self.given_ms
    }

    /// How much time is left, in milliseconds; `None` for no end.
    pub(crate) fn left_ms(self) -> Option<u32> {
        self.end.map(|end| left_ms(end, Instant::now(), SystemTime::now()))
    }

    pub(crate) fn is_over(self) -> bool {
        self.left_ms() == Some(0)
    }
}

fn left_ms((end, wall_end): (Instant, SystemTime), now: Instant, wall: SystemTime) -> u32 {
    if wall > wall_end {
        return 0;
    }
    let left = end.saturating_duration_since(now);
    u32::try_from(left.as_millis()).unwrap_or(u32::MAX)
}

/// Waits `ms` milliseconds, or until the deadline, on any executor.
pub(crate) async fn pause(ms: u32, deadline: Deadline) {
    // A timer needs a runtime of tokio, which neither a caller that blocks nor another executor has.
    static TIMER: LazyLock<Runtime> = LazyLock::new(|| {
        let mut timer = Builder::new_multi_thread();
        timer.worker_threads(1).enable_time().thread_name("serialtalk timer");
        timer.build().expect("the operating system starts a thread")
    });
    let ms = deadline.left_ms().map_or(ms, |left| left.min(ms));
    let waiting = {
        let _here = TIMER.enter();
        tokio::time::sleep(Duration::from_millis(ms.into()))
    };
    waiting.await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_is_over_after_a_sleep_that_the_clock_does_not_count() {
        let (start, wall) = (Instant::now(), SystemTime::now());
        let ms = Duration::from_millis;
        let end = (start + ms(1500), wall + ms(3500));
        assert_eq!(left_ms(end, start + ms(500), wall + ms(500)), 1000);
        assert_eq!(left_ms(end, start + ms(500), wall + ms(3500)), 1000, "the wall clock was set a little");
        assert_eq!(left_ms(end, start + ms(500), wall + ms(3501)), 0);
        assert_eq!(left_ms(end, start + ms(1500), wall - ms(3_600_000)), 0);
    }
}
