//! What calls have come to.

use std::time::Duration;

use hdrhistogram::Histogram;

/// The longest round trip that is told from others, in microseconds.
const MAX_US: u64 = 600_000_000;

/// What calls have come to.
#[derive(Clone)]
pub(super) struct Tally {
    /// How long each call took that had a value, in microseconds.
    round_trips: Histogram<u64>,
    errors: u64,
    duration: Duration,
}

/// A row of a histogram.
#[derive(Debug, PartialEq)]
pub(super) struct Row {
    /// How long the calls took at most; they took longer than those of the row before.
    pub(super) to: Duration,
    pub(super) calls: u64,
}

impl Tally {
    pub(super) fn new() -> Self {
        let round_trips = Histogram::new_with_bounds(1, MAX_US, 3).expect("the bounds are in order");
        Self { round_trips, errors: 0, duration: Duration::ZERO }
    }

    /// Adds a call that ended so long after the start.
    pub(super) fn add(&mut self, is_ok: bool, took: Duration, ended: Duration) {
        match is_ok {
            true => self.round_trips.saturating_record(u64::try_from(took.as_micros()).unwrap_or(u64::MAX)),
            false => self.errors += 1,
        }
        self.duration = ended;
    }

    /// How many calls were made.
    pub(super) fn calls(&self) -> u64 {
        self.round_trips.len() + self.errors
    }

    /// How many calls had no value.
    pub(super) fn errors(&self) -> u64 {
        self.errors
    }

    /// How long all calls took.
    pub(super) fn duration(&self) -> Duration {
        self.duration
    }

    /// How many calls were made in a second.
    pub(super) fn per_second(&self) -> f64 {
        self.calls() as f64 / self.duration.as_secs_f64().max(1e-9)
    }

    /// The round trip that this part of the calls did not exceed.
    pub(super) fn round_trip(&self, quantile: f64) -> Duration {
        Duration::from_micros(self.round_trips.value_at_quantile(quantile))
    }

    /// A histogram, whose rows end at 1, 2, 5, 10 microseconds and so on, from the fastest call to the slowest.
    pub(super) fn rows(&self) -> Vec<Row> {
        let trips = &self.round_trips;
        if trips.is_empty() {
            return Vec::new();
        }
        let ends = (0..).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u64.pow(power)));
        let (fastest, slowest) = (trips.min(), trips.max());
        let mut rows: Vec<Row> = Vec::new();
        for end in ends {
            if end >= fastest {
                rows.push(Row { to: Duration::from_micros(end), calls: 0 });
            }
            if end >= slowest {
                break;
            }
        }
        for recorded in trips.iter_recorded() {
            let time = Duration::from_micros(recorded.value_iterated_to());
            let row = rows.partition_point(|row| row.to < time);
            rows[row].calls += recorded.count_at_value();
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_has_every_call_once() {
        let many: Vec<u64> = (1..20_000).collect();
        for times in [&[] as &[u64], &[7], &[1, 1, 2, 3, 5], &[10, 11, 12, 13, 400, 90_000], &many] {
            let mut tally = Tally::new();
            let us = |us: &u64| Duration::from_micros(*us);
            times.iter().for_each(|time| tally.add(true, us(time), Duration::ZERO));
            let rows = tally.rows();
            assert_eq!(rows.iter().map(|row| row.calls).sum::<u64>(), times.len() as u64, "{rows:?}");
            assert!(rows.is_sorted_by(|one, next| one.to < next.to), "{rows:?}");
        }
    }

    #[test]
    fn a_row_has_the_calls_that_were_slower_than_those_of_the_row_before() {
        let mut tally = Tally::new();
        for us in [30, 50, 51, 100, 101] {
            tally.add(true, Duration::from_micros(us), Duration::ZERO);
        }
        let row = |us, calls| Row { to: Duration::from_micros(us), calls };
        assert_eq!(tally.rows(), [row(50, 2), row(100, 2), row(200, 1)]);
    }

    #[test]
    fn errors_are_calls_without_a_round_trip() {
        let mut tally = Tally::new();
        tally.add(true, Duration::from_millis(1), Duration::from_millis(1));
        tally.add(false, Duration::from_secs(5), Duration::from_millis(500));
        assert_eq!((tally.calls(), tally.errors(), tally.per_second()), (2, 1, 4.0));
        assert_eq!(tally.round_trip(1.0), Duration::from_millis(1));
    }
}
