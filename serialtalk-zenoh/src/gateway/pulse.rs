//! Whether this program runs all the time.
//!
//! A program that was stopped, or whose machine slept, finds calls that arrived long ago. Their callers have given them up.

use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime};

use crate::LEASE_MS;
use crate::lock::lock;

/// How often the gateway notes that it runs.
pub(super) const BEAT: Duration = Duration::from_millis(250);

/// How long what is found after a pause may be as old as that.
const AFTER_PAUSE: Duration = Duration::from_secs(1);

const LONGEST: Duration = Duration::from_millis(LEASE_MS as u64);

/// Knows when the gateway has noted last that it runs.
pub(super) struct Pulse {
    beats: Mutex<Beats>,
}

struct Beats {
    /// While a machine sleeps, the first clock may stand still; the second may be set.
    last: (Instant, SystemTime),
    /// Until when what arrives may be old.
    is_late_until: Option<Instant>,
}

impl Pulse {
    pub(super) fn new() -> Self {
        Self { beats: Mutex::new(Beats { last: (Instant::now(), SystemTime::now()), is_late_until: None }) }
    }

    /// Notes that the gateway runs.
    pub(super) fn beat(&self) {
        lock(&self.beats).beat(Instant::now(), SystemTime::now());
    }

    /// Whether a call that is found now may be older than a connection lives without a sign of life.
    pub(super) fn may_be_late(&self) -> bool {
        lock(&self.beats).may_be_late(Instant::now(), SystemTime::now())
    }
}

impl Beats {
    fn beat(&mut self, now: Instant, wall: SystemTime) {
        if self.has_paused(now, wall) {
            self.is_late_until = Some(now + AFTER_PAUSE);
        }
        self.last = (now, wall);
    }

    fn may_be_late(&self, now: Instant, wall: SystemTime) -> bool {
        self.has_paused(now, wall) || self.is_late_until.is_some_and(|until| now < until)
    }

    fn has_paused(&self, now: Instant, wall: SystemTime) -> bool {
        let (last, last_wall) = self.last;
        now.duration_since(last) > LONGEST || wall.duration_since(last_wall).unwrap_or_default() > LONGEST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_after_a_pause_may_be_late() {
        let (start, wall) = (Instant::now(), SystemTime::now());
        let ms = Duration::from_millis;
        // A program that was stopped, and a machine that slept.
        for (clock, other) in [(1, 1), (0, 1)] {
            let mut beats = Beats { last: (start, wall), is_late_until: None };
            let late =
                |beats: &Beats, at: u64| beats.may_be_late(start + ms(at * clock), wall + ms(at * other));
            assert!(!late(&beats, 2000));
            assert!(late(&beats, 2001), "before the first beat");
            beats.beat(start + ms(5000 * clock), wall + ms(5000 * other));
            assert!(beats.may_be_late(start + ms(5000 * clock + 999), wall + ms(5999)));
            beats.beat(start + ms(5000 * clock + 250), wall + ms(5250));
            assert!(!beats.may_be_late(start + ms(5000 * clock + 1000), wall + ms(6000)));
        }
    }

    #[test]
    fn a_clock_that_is_set_back_is_no_pause() {
        let (start, wall) = (Instant::now(), SystemTime::now());
        let beats = Beats { last: (start, wall), is_late_until: None };
        assert!(!beats.may_be_late(start, wall - Duration::from_secs(3600)));
    }
}
