//! The time of the day, from a clock that does not jump.

use std::time::{Duration, Instant, SystemTime};

/// The time of the day, as it was at the start and has gone on since: whoever sets the clock meanwhile does not make times jump.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    start: Instant,
    since_epoch: Duration,
}

impl Clock {
    pub(crate) fn new() -> Self {
        let since_epoch = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        Self { start: Instant::now(), since_epoch: since_epoch.unwrap_or_default() }
    }

    /// The time at which this was made, since the epoch.
    #[cfg(unix)]
    pub(crate) fn start(&self) -> Duration {
        self.since_epoch
    }

    /// The time since the epoch.
    pub(crate) fn at(&self, time: Instant) -> Duration {
        self.since_epoch + time.saturating_duration_since(self.start)
    }

    /// The present time since the epoch.
    #[cfg(unix)]
    pub(crate) fn now(&self) -> Duration {
        self.at(Instant::now())
    }
}
