//! What is wrong with the line, or with the board.

use serialtalk_hal::fault::Faults;

/// One row of the table.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    /// The faults that follow from a seed, in both directions.
    pub(crate) faults: fn(u64) -> Faults,
    /// Whether the board reboots from time to time.
    pub(crate) reboots: bool,
    /// Whether the board calls the host, too, at the same time.
    pub(crate) both_directions: bool,
}

pub(crate) const ROWS: &[Row] = &[
    Row {
        name: "1e-4 of bits flipped, 1e-4 of bytes lost",
        faults: flips_and_drops,
        reboots: false,
        both_directions: false,
    },
    Row {
        name: "2e-3 of bits flipped, 1e-3 of bytes lost",
        faults: |seed| Faults::seed(seed).flip_per_bit(2e-3).drop_per_byte(1e-3),
        reboots: false,
        both_directions: false,
    },
    Row {
        name: "bursts at 1e-4 of bytes: up to 16 bytes of noise, and as many lost",
        faults: |seed| Faults::seed(seed).noise_burst_per_byte(1e-4, 16).loss_burst_per_byte(1e-4, 16),
        reboots: false,
        both_directions: false,
    },
    Row {
        name: "repeats at 1e-4 of bytes: a byte twice, and the last 1 to 64 bytes again",
        faults: |seed| Faults::seed(seed).repeat_per_byte(1e-4).repeat_burst_per_byte(1e-4, 64),
        reboots: false,
        both_directions: false,
    },
    Row {
        name: "the first row, and a board that reboots about every second",
        faults: flips_and_drops,
        reboots: true,
        both_directions: false,
    },
    Row {
        name: "the first row, in both directions at once",
        faults: flips_and_drops,
        reboots: false,
        both_directions: true,
    },
];

fn flips_and_drops(seed: u64) -> Faults {
    Faults::seed(seed).flip_per_bit(1e-4).drop_per_byte(1e-4)
}
