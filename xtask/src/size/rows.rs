//! What is measured, against what, and how much it may be.

use super::bench::Firmware;
use super::row::{Row, What};

const fn firmware(program: &'static str, features: &'static [&'static str]) -> Firmware {
    Firmware { program, features }
}

const EMPTY: Firmware = firmware("empty", &[]);
const CALLS: Firmware = firmware("calls", &[]);
const SMALL: Firmware = firmware("calls_small", &[]);
const READER: Firmware = firmware("calls", &["repr"]);
const LITERALS: Firmware = firmware("literals", &["repr"]);
const TEXTS: Firmware = firmware("texts", &["repr"]);
const RAW: Firmware = firmware("raw", &[]);
const POSTCARD: Firmware = firmware("postcard", &["postcard"]);
const ADDED: Firmware = firmware("added", &["alloc", "may-panic"]);
const MORE: Firmware = firmware("calls_24", &[]);
const MANY: Firmware = firmware("calls_100", &[]);
const ASYNC: Firmware = firmware("calls_async", &["async", "may-panic"]);
const PEER: Firmware = firmware("postcard_rpc", &["postcard-rpc", "may-panic"]);

const FLASH: What = What::Flash { over: EMPTY, commands: 1 };
const FLASH_MORE: What = What::Flash { over: CALLS, commands: 1 };
const STATICS: What = What::Statics { over: EMPTY };
const RAM: What = What::Ram { over: EMPTY };

/// The tables, each with what stands above it.
pub(super) const TABLES: &[(&str, &[Row])] = &[
    (
        "flash over an empty firmware, in bytes; peer: postcard-rpc 0.12 with the same endpoints, frames of 128 bytes",
        &[
            Row::new("mult imu led echo64, frames of 258 bytes", CALLS, FLASH)
                .at_most(4608)
                .never_above(5120)
                .beside(PEER),
            Row::new("the same, frames of 64 bytes", SMALL, FLASH).beside(PEER),
            Row::new("the same, async, frames of 258 bytes", ASYNC, FLASH).beside(PEER),
        ],
    ),
    (
        "flash over the first of these",
        &[
            Row::new("each of 20 further commands", MORE, What::Flash { over: CALLS, commands: 20 })
                .at_most(100),
            Row::new("literal reader", READER, FLASH_MORE).at_most(3072),
            Row::new("literal reader and writer, a command with floats", LITERALS, FLASH_MORE).at_most(6144),
            Row::new("the same, and three with text, lists, a typed error", TEXTS, FLASH_MORE),
            Row::new("postcard, a command", POSTCARD, FLASH_MORE).at_most(1024),
            Row::new("raw bytes, a command", RAW, FLASH_MORE),
            Row::new("commands at run time, a command, an allocator", ADDED, FLASH_MORE),
        ],
    ),
    (
        "RAM over an empty firmware, in bytes: statics, the most stack of any request, both",
        &[
            Row::new("statics, frames of 258 bytes", CALLS, STATICS).at_most(540).beside(PEER),
            Row::new("statics, frames of 64 bytes", SMALL, STATICS).beside(PEER),
            Row::new("stack", CALLS, What::Stack).at_most(384).beside(PEER),
            Row::new("stack, literals", TEXTS, What::Stack).at_most(800),
            Row::new("stack, postcard", POSTCARD, What::Stack),
            Row::new("stack, async", ASYNC, What::Stack).beside(PEER),
            Row::new("both, frames of 258 bytes", CALLS, RAM).beside(PEER),
            Row::new("both, frames of 64 bytes", SMALL, RAM).beside(PEER),
        ],
    ),
    (
        "instructions from the last byte of a request to the first byte of its reply",
        &[
            Row::new("mult", CALLS, What::Instructions("mult")).at_most(850).beside(PEER),
            Row::new("mult, async", ASYNC, What::Instructions("mult")).beside(PEER),
            Row::new("each byte of it before the last one", CALLS, What::EachByte("mult"))
                .at_most(15)
                .beside(PEER),
            Row::new("imu", CALLS, What::Instructions("imu")).beside(PEER),
            Row::new("led", CALLS, What::Instructions("led")).beside(PEER),
            Row::new("echo64", CALLS, What::Instructions("echo64")).beside(PEER),
            Row::new("raw, 16 bytes", RAW, What::Instructions("sum16")),
            Row::new("raw, 240 bytes", RAW, What::Instructions("sum240")),
            Row::new("a list of four floats as a literal", TEXTS, What::Instructions("scale")),
            Row::new("a name as a literal", TEXTS, What::Instructions("name")),
            Row::new("postcard", POSTCARD, What::Instructions("turn")),
            Row::new("mult among 24 commands", MORE, What::Instructions("mult")),
            Row::new("mult among 100 commands", MANY, What::Instructions("mult")),
            Row::new("the last one of 100 commands", MANY, What::Instructions("last")),
            Row::new("an unknown one among 4 commands", CALLS, What::Instructions("unknown")),
            Row::new("an unknown one among 100 commands", MANY, What::Instructions("unknown")),
        ],
    ),
];
