//! How many bytes a line carries.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The time that the rate is taken from.
const WINDOW: Duration = Duration::from_secs(2);

/// How many bytes a line has carried, in both directions. Its clones are one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Carried(Arc<Mutex<Bytes>>);

#[derive(Debug, Default)]
struct Bytes {
    total: u64,
    lately: VecDeque<(Instant, usize)>,
}

impl Carried {
    /// Adds bytes that were carried at a time.
    pub(crate) fn add(&self, bytes: usize, now: Instant) {
        let Bytes { total, lately } = &mut *self.bytes();
        *total += bytes as u64;
        while lately.front().is_some_and(|(time, _)| now.saturating_duration_since(*time) >= WINDOW) {
            lately.pop_front();
        }
        lately.push_back((now, bytes));
    }

    fn bytes(&self) -> MutexGuard<'_, Bytes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All bytes so far.
    pub(crate) fn total(&self) -> u64 {
        self.bytes().total
    }

    /// The bytes in a second, up to a time.
    pub(crate) fn per_second(&self, now: Instant) -> f64 {
        let lately = &self.bytes().lately;
        let is_late = |time: Instant| now.saturating_duration_since(time) < WINDOW;
        let bytes: usize = lately.iter().filter(|(time, _)| is_late(*time)).map(|(_, bytes)| bytes).sum();
        bytes as f64 / WINDOW.as_secs_f64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_that_of_the_last_seconds() {
        let start = Instant::now();
        let at = |ms: u64| start + Duration::from_millis(ms);
        let carried = Carried::default();
        for slot in 0..100 {
            carried.add(25, at(slot * 100));
        }
        assert_eq!(carried.per_second(at(9_950)), 250.0);
        assert_eq!(carried.per_second(at(10_950)), 125.0);
        assert_eq!(carried.per_second(at(20_000)), 0.0);
        assert_eq!(carried.total(), 2500);
    }
}
