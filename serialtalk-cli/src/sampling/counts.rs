//! What became of the slots of a command.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

use super::{Sample, Schedule};

/// How many seconds the rate of the last values is taken from.
const WINDOW_S: f64 = 2.0;

/// The longest round trip that is told from others, in microseconds.
const MAX_ROUND_TRIP_US: u64 = 600_000_000;

/// What became of the slots of a command so far.
#[derive(Debug, Clone)]
pub(crate) struct Counts {
    schedule: Schedule,
    values: u64,
    refused: u64,
    /// How many slots have begun, those that were missed as well.
    begun: u64,
    /// The slots of the last values.
    recent: VecDeque<u64>,
    /// How long values took, in microseconds.
    round_trips: Histogram<u64>,
}

impl Counts {
    pub(crate) fn new(schedule: Schedule) -> Self {
        let round_trips =
            Histogram::new_with_bounds(1, MAX_ROUND_TRIP_US, 3).expect("the bounds are in order");
        Self { schedule, values: 0, refused: 0, begun: 0, recent: VecDeque::new(), round_trips }
    }

    /// Counts what a call has come to.
    pub(crate) fn add(&mut self, sample: &Sample) {
        self.begun = sample.slot + 1;
        match &sample.result {
            Ok(_) => {
                self.values += 1;
                self.recent.push_back(sample.slot);
                let took = sample.answered.duration_since(sample.asked);
                self.round_trips.saturating_record(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
            }
            Err(error) if is_answer(error) => self.refused += 1,
            // The slot is missed.
            Err(_) => {}
        }
        let oldest = self.begun.saturating_sub(self.window());
        while self.recent.front().is_some_and(|slot| *slot < oldest) {
            self.recent.pop_front();
        }
    }

    /// How many slots are over: their time, or their call.
    pub(crate) fn slots(&self, now: Instant) -> u64 {
        self.schedule.over_at(now).max(self.begun)
    }

    /// How many slots had a value.
    pub(crate) fn values(&self) -> u64 {
        self.values
    }

    /// How many slots the board has refused.
    pub(crate) fn refused(&self) -> u64 {
        self.refused
    }

    /// How many slots had no answer: they came too late, or the board was away or silent.
    pub(crate) fn missed(&self, now: Instant) -> u64 {
        self.slots(now).saturating_sub(self.values + self.refused)
    }

    /// How many slots are wanted in a second.
    pub(crate) fn wanted_hz(&self) -> f64 {
        self.schedule.hz()
    }

    /// How many values came in a second, on the whole.
    pub(crate) fn reached_hz(&self, now: Instant) -> f64 {
        self.share(self.values, self.slots(now))
    }

    /// How many values came in a second lately.
    pub(crate) fn recent_hz(&self, now: Instant) -> f64 {
        let (slots, window) = (self.slots(now), self.window());
        let oldest = slots.saturating_sub(window);
        let values = self.recent.iter().filter(|slot| **slot >= oldest).count();
        self.share(values as u64, slots.min(window))
    }

    /// The round trip that this part of the values did not exceed.
    pub(crate) fn round_trip(&self, quantile: f64) -> Duration {
        Duration::from_micros(self.round_trips.value_at_quantile(quantile))
    }

    fn share(&self, values: u64, slots: u64) -> f64 {
        self.wanted_hz() * values as f64 / slots.max(1) as f64
    }

    /// How many slots count as lately.
    fn window(&self) -> u64 {
        ((self.wanted_hz() * WINDOW_S) as u64).max(4)
    }
}

/// Whether a call was answered, though not with a value.
fn is_answer<L, E>(error: &serialtalk::CallError<L, E>) -> bool {
    use serialtalk::CallError::{Failed, Protocol, Refused, ReplyLost, Unsendable};
    matches!(error, Refused { .. } | Failed { .. } | ReplyLost { .. } | Protocol { .. } | Unsendable { .. })
}

#[cfg(test)]
mod tests {
    use serialtalk::{CallError, Context, Value};

    use super::*;

    #[test]
    fn every_slot_is_a_value_refused_or_missed() {
        let start = Instant::now();
        let at = |ms: u64| start + Duration::from_millis(ms);
        let mut counts = Counts::new(Schedule::new(start, 10.0, Some(10)));
        let closed = || CallError::Closed { context: Context::new("imu", "port", b"") };
        let refused = || CallError::Unsendable {
            error: serialtalk::EncodeError::Unencodable,
            context: Context::new("imu", "port", b""),
        };
        // Slot 3 and those from 6 on are missed.
        for (slot, result) in [
            (0, Ok(Value::from(1_u8))),
            (1, Ok(Value::from(1_u8))),
            (2, Err(closed())),
            (4, Err(refused())),
            (5, Ok(Value::from(1_u8))),
        ] {
            let asked = at(slot * 100);
            counts.add(&Sample {
                slot,
                asked,
                answered: asked + Duration::from_millis(1),
                command: 0,
                result,
            });
        }
        let now = at(510);
        assert_eq!((counts.slots(now), counts.values(), counts.refused()), (6, 3, 1));
        assert_eq!(counts.missed(now), 2);
        let end = at(60_000);
        assert_eq!((counts.slots(end), counts.missed(end)), (10, 6));
        assert_eq!(counts.reached_hz(end), 3.0);
        assert_eq!(counts.round_trip(0.99), Duration::from_millis(1));
    }
}
