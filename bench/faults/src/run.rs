//! One row with one seed, whatever the protocol.

use std::time::Duration;

use serialtalk_hal::fault::Faults;
use serialtalk_hal::simulation::{Board, Line, LineEnd, Simulation, VirtualClock};

use crate::row::Row;
use crate::tally::{Ended, Tally, argument_of};

/// One row with one seed.
pub(crate) struct Run {
    pub(crate) row: &'static Row,
    pub(crate) seed: u64,
    pub(crate) calls: u32,
}

/// When a call counts as one that waits for ever.
const HUNG: Duration = Duration::from_secs(10);

/// How long the board boots.
const BOOT: Duration = Duration::from_millis(20);

impl Run {
    pub(crate) fn faults(&self) -> Faults {
        (self.row.faults)(self.seed)
    }

    /// The ends of the line: the board's and the host's. A host sees bytes once a millisecond, as over USB.
    pub(crate) fn line(&self, simulation: &Simulation) -> (LineEnd, LineEnd) {
        simulation.line(Line::baud(115_200).delivery_every(Duration::from_millis(1)))
    }

    /// The tallies of the calls by the host, and of those by the board.
    pub(crate) fn tallies(&self) -> [Tally; 2] {
        [self.calls, if self.row.both_directions { self.calls } else { 0 }].map(Tally::new)
    }

    /// Reboots the board from time to time, if this row is about that.
    pub(crate) fn disturb(&self, simulation: &Simulation, board: Board) {
        if !self.row.reboots {
            return;
        }
        let clock = simulation.clock();
        let mut chance = self.seed;
        simulation.spawn(async move {
            loop {
                // The generator of Knuth's MMIX; its high bits are good.
                chance =
                    chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                clock.sleep(Duration::from_micros((chance >> 33) % 2_000_000)).await;
                board.reboot(BOOT);
            }
        });
    }
}

/// Makes all calls of a tally, one after the other. `call` returns the value, or `None` if the call fails.
pub(crate) async fn call_all(
    clock: &VirtualClock,
    tally: &Tally,
    mut call: impl AsyncFnMut(u32) -> Option<u32>,
) {
    for number in 0..tally.calls() {
        let ended = match clock.within(HUNG, call(argument_of(number))).await {
            Some(Some(value)) => Ended::Value(value),
            Some(None) => Ended::Error,
            None => Ended::Hung,
        };
        tally.ended(number, ended);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::COLUMNS;
    use crate::row::ROWS;
    use crate::tally::Counts;

    const CLEAN: Row = Row { name: "clean", faults: Faults::seed, reboots: false, both_directions: false };
    const CLEAN_BOTH_WAYS: Row = Row { both_directions: true, ..CLEAN };

    #[test]
    fn over_a_clean_line_every_value_is_right() {
        for column in COLUMNS {
            for (row, calls) in [(&CLEAN, 500), (&CLEAN_BOTH_WAYS, 1000)] {
                if let Some(counts) = (column.run)(&Run { row, seed: 1, calls: 500 }) {
                    assert_eq!(counts, Counts { right: calls, ..Counts::default() }, "{}", column.name);
                }
            }
        }
    }

    #[test]
    fn the_seed_decides_everything() {
        for (column, row) in COLUMNS.iter().flat_map(|column| ROWS.iter().map(move |row| (column, row))) {
            let counts = |seed| (column.run)(&Run { row, seed, calls: 1000 });
            assert_eq!(counts(1), counts(1), "{} {}", column.name, row.name);
        }
        let counts = |seed| (COLUMNS[0].run)(&Run { row: &ROWS[0], seed, calls: 1000 });
        assert_ne!(counts(1), counts(2));
    }

    #[test]
    fn a_board_that_reboots_costs_calls() {
        const REBOOTS: Row = Row { reboots: true, ..CLEAN };
        for column in COLUMNS {
            let counts = (column.run)(&Run { row: &REBOOTS, seed: 1, calls: 2000 }).unwrap();
            assert!(counts.right < 2000 && counts.right > 1900, "{} {counts:?}", column.name);
            assert_eq!([counts.wrong, counts.twice, counts.stray_runs], [0; 3], "{} {counts:?}", column.name);
        }
    }
}
