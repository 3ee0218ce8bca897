//! What is measured, against what, and how much it may be.

use super::row::{Firmware, Over, Row};

const EMPTY: Firmware = Firmware { program: "empty", features: &[] };
const CALLS: Firmware = Firmware { program: "calls", features: &[] };
const PEER: Firmware = Firmware { program: "postcard_rpc", features: &["postcard-rpc", "may-panic"] };

/// The table, from top to bottom.
pub(super) const ROWS: [Row; 11] = [
    Row {
        name: "mult imu led echo64, frames of 258 bytes",
        flash: Some(4608),
        ram: Some(540),
        peer: Some(PEER),
        ..Row::new(CALLS, EMPTY)
    },
    Row {
        name: "the same, frames of 64 bytes",
        peer: Some(PEER),
        ..Row::new(Firmware { program: "calls_small", features: &[] }, EMPTY)
    },
    Row {
        name: "the same by postcard-rpc 0.12, frames of 128 bytes",
        may_panic: true,
        ..Row::new(PEER, EMPTY)
    },
    Row {
        name: "each further command",
        flash: Some(100),
        over: Over { firmware: CALLS, commands: 20 },
        ..Row::new(Firmware { program: "calls_24", features: &[] }, CALLS)
    },
    Row {
        name: "literal reader",
        flash: Some(3072),
        ..Row::new(Firmware { program: "calls", features: &["repr"] }, CALLS)
    },
    Row {
        name: "literal reader and writer, a command with lists of floats",
        flash: Some(6144),
        ..Row::new(Firmware { program: "literals", features: &["repr"] }, CALLS)
    },
    Row {
        name: "the same, and text, lists, a typed error",
        ..Row::new(Firmware { program: "texts", features: &["repr"] }, CALLS)
    },
    Row {
        name: "postcard, one command",
        flash: Some(1024),
        ..Row::new(Firmware { program: "postcard", features: &["postcard"] }, CALLS)
    },
    Row { name: "raw bytes, one command", ..Row::new(Firmware { program: "raw", features: &[] }, CALLS) },
    Row {
        name: "commands added at run time, allocator and all",
        may_panic: true,
        ..Row::new(Firmware { program: "added", features: &["alloc", "may-panic"] }, CALLS)
    },
    Row {
        name: "mult imu led echo64, async",
        may_panic: true,
        peer: Some(PEER),
        ..Row::new(Firmware { program: "calls_async", features: &["async", "may-panic"] }, EMPTY)
    },
];
