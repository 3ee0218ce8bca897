//! When slots come.

use std::time::{Duration, Instant};

/// Slots of equal length, each at a time that is known from the start, so that delays do not add up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Schedule {
    start: Instant,
    hz: f64,
    slots: Option<u64>,
}

impl Schedule {
    /// So many slots, or slots without end, of which the first begins at `start`.
    pub(crate) fn new(start: Instant, hz: f64, slots: Option<u64>) -> Self {
        Self { start, hz, slots }
    }

    /// How many slots there are in a second.
    pub(crate) fn hz(&self) -> f64 {
        self.hz
    }

    /// Whether there is a slot of this number.
    pub(crate) fn has(&self, slot: u64) -> bool {
        self.slots.is_none_or(|slots| slot < slots)
    }

    /// When a slot begins.
    pub(crate) fn begin(&self, slot: u64) -> Instant {
        self.start + Duration::from_nanos((slot as f64 * 1e9 / self.hz) as u64)
    }

    /// The slot that a time is in, whether the schedule has it or not.
    pub(crate) fn slot_at(&self, time: Instant) -> u64 {
        let seconds = time.saturating_duration_since(self.start).as_secs_f64();
        let slot = (seconds * self.hz) as u64;
        // Rounding may be off by one.
        if self.begin(slot + 1) <= time { slot + 1 } else { slot }
    }

    /// How many slots are over at a time.
    pub(crate) fn over_at(&self, time: Instant) -> u64 {
        self.slot_at(time).min(self.slots.unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_slot_begins_when_the_one_before_is_over(hz in 0.001..10_000.0, slot in 0..10_000_000_u64) {
            let schedule = Schedule::new(Instant::now(), hz, None);
            let begin = schedule.begin(slot);
            prop_assert_eq!(schedule.slot_at(begin), slot);
            prop_assert_eq!(schedule.slot_at(begin + Duration::from_nanos(1)), slot);
            if slot > 0 {
                prop_assert_eq!(schedule.slot_at(begin - Duration::from_nanos(1)), slot - 1);
            }
        }
    }

    #[test]
    fn the_last_slot_is_over_when_the_next_would_begin() {
        let start = Instant::now();
        let schedule = Schedule::new(start, 10.0, Some(3));
        let over = |ms| schedule.over_at(start + Duration::from_millis(ms));
        assert_eq!([over(0), over(99), over(100), over(299), over(300), over(5000)], [0, 0, 1, 2, 3, 3]);
        assert!(schedule.has(2) && !schedule.has(3));
    }
}
