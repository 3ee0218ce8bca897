//! The rows of the tables, with their budgets and limits.

use super::bench::Firmware;
use super::row::{Row, What};

const fn firmware(program: &'static str, features: &'static [&'static str]) -> Firmware {
    Firmware { program, features }
}

const EMPTY: Firmware = firmware("empty", &[]);
const CALLS: Firmware = firmware("calls", &[]);
const CONTRACT: Firmware = firmware("calls", &["contract"]);
const SIGNATURES: Firmware = firmware("calls", &["describe-signatures"]);
const DESCRIBED: Firmware = firmware("calls", &["describe"]);
const SMALL: Firmware = firmware("calls_small", &[]);
const READER: Firmware = firmware("calls", &["repr"]);
const LITERALS: Firmware = firmware("literals", &["repr"]);
const TEXTS: Firmware = firmware("texts", &["repr"]);
const FLOAT_ERROR: Firmware = firmware("float_error", &["repr"]);
const USER: Firmware = firmware("user", &["repr"]);
const RAW: Firmware = firmware("raw", &[]);
const POSTCARD: Firmware = firmware("postcard", &["postcard"]);
const ADDED: Firmware = firmware("added", &["alloc", "may-panic"]);
const MORE: Firmware = firmware("calls_24", &[]);
const MANY: Firmware = firmware("calls_100", &[]);
const ASYNC: Firmware = firmware("calls_async", &["async", "may-panic"]);
const CHECKED: Firmware = firmware("calls_checked", &["contract"]);
const HOST: Firmware = firmware("calls_host", &["contract"]);
const HOST_CHECKED: Firmware = firmware("calls_host_checked", &["contract"]);
const PEER: Firmware = firmware("postcard_rpc", &["postcard-rpc", "may-panic"]);
const PEER_USER: Firmware = firmware("postcard_rpc_user", &["postcard-rpc", "may-panic"]);

const FLASH: What = What::Flash { over: EMPTY, commands: 1 };
const FLASH_MORE: What = What::Flash { over: CALLS, commands: 1 };
const FLASH_FLOATS: What = What::Flash { over: LITERALS, commands: 1 };
const FLASH_CONTRACT: What = What::Flash { over: CONTRACT, commands: 1 };
const FLASH_HOST: What = What::Flash { over: HOST, commands: 1 };
const DESCRIBING: What = What::Describing { over: CONTRACT };
const STATICS: What = What::Statics { over: EMPTY };
const STATICS_PLAIN: What = What::Statics { over: CONTRACT };
const STACK_PLAIN: What = What::StackOver { over: CONTRACT };
const RAM: What = What::Ram { over: EMPTY };

/// The tables, each with its title. A limit is the larger of what two compilers make of it: that of rustup, whose standard
/// library is built for speed, and that of Debian, which builds it for size. Firmware on the plain link pays 4 bytes of flash
/// and 8 of stack for the steps at which an endpoint could do otherwise.
pub(super) const TABLES: &[(&str, &[Row])] = &[
    (
        "flash over an empty firmware, without contract check, in bytes; peer: postcard-rpc 0.12 with the same endpoints, frames of 128 bytes",
        &[
            Row::new("mult imu led echo64, frames of 258 bytes", CALLS, FLASH)
                .at_most(6144)
                .never_above(10_380)
                .beside(PEER),
            Row::new("mult imu led echo64, frames of 64 bytes", SMALL, FLASH).beside(PEER),
            Row::new("mult imu led echo64, frames of 258 bytes, async", ASYNC, FLASH).beside(PEER),
            Row::new("a user's firmware: the trait of examples/robot", USER, FLASH)
                .at_most_percent(80)
                .never_above(17_748)
                .beside(PEER_USER),
        ],
    ),
    (
        "flash over the firmware with mult imu led echo64 and frames of 258 bytes",
        &[
            Row::new("each of 20 further commands", MORE, What::Flash { over: CALLS, commands: 20 })
                .at_most(96)
                .never_above(106),
            Row::new("literal reader", READER, FLASH_MORE).at_most(3584).never_above(4628),
            Row::new("literal reader and writer, a command with floats", LITERALS, FLASH_MORE)
                .at_most(6144)
                .never_above(6952),
            Row::new("a typed error with a float, over literals with floats", FLOAT_ERROR, FLASH_FLOATS)
                .at_most(1024)
                .never_above(1956),
            Row::new("literals: four commands with floats, text, lists, a typed error", TEXTS, FLASH_MORE),
            Row::new("postcard, a command", POSTCARD, FLASH_MORE).at_most(1024).never_above(1728),
            Row::new("raw bytes, a command", RAW, FLASH_MORE),
            Row::new("commands at run time, a command, an allocator", ADDED, FLASH_MORE),
        ],
    ),
    (
        "flash of the contract check and of descriptions, mult imu led echo64",
        &[
            Row::new("contract check, over the firmware without it", CONTRACT, FLASH_MORE)
                .at_most(256 + 4 * 4)
                .never_above(280)
                .new_since_baseline(),
            Row::new("describe = \"signatures\", over the contract check", SIGNATURES, FLASH_CONTRACT)
                .new_since_baseline(),
            Row::new(
                "describe = \"signatures\", over the contract check, without texts",
                SIGNATURES,
                DESCRIBING,
            )
            .at_most(384)
            .new_since_baseline(),
            Row::new("describe, with documentation, over the contract check", DESCRIBED, FLASH_CONTRACT)
                .new_since_baseline(),
            Row::new(
                "describe, with documentation, over the contract check, without texts",
                DESCRIBED,
                DESCRIBING,
            )
            .at_most(384)
            .new_since_baseline(),
        ],
    ),
    (
        "the checked link, over the same firmware with the contract check, in bytes",
        &[
            Row::new("checked, flash, the board serves", CHECKED, FLASH_CONTRACT)
                .at_most(2048)
                .never_above(4916)
                .new_since_baseline(),
            Row::new("checked, flash, the board also calls", HOST_CHECKED, FLASH_HOST)
                .at_most(3072)
                .never_above(9160)
                .new_since_baseline(),
            Row::new("checked, statics, with the numbers of 4 commands of its host", CHECKED, STATICS_PLAIN)
                .at_most(48 + 4 * 5)
                .never_above(96)
                .new_since_baseline(),
            Row::new("checked, stack", CHECKED, STACK_PLAIN).at_most(80).new_since_baseline(),
        ],
    ),
    (
        "RAM over an empty firmware, in bytes: statics, the most stack of any request, both",
        &[
            Row::new("statics, frames of 258 bytes", CALLS, STATICS)
                .at_most(552)
                .never_above(556)
                .beside(PEER),
            Row::new("statics, frames of 64 bytes", SMALL, STATICS).beside(PEER),
            Row::new("statics, a user's firmware", USER, STATICS).beside(PEER_USER),
            Row::new("stack", CALLS, What::Stack).at_most(448).never_above(656).beside(PEER),
            Row::new("stack, literals", TEXTS, What::Stack).at_most(800).never_above(1024),
            Row::new("stack, postcard", POSTCARD, What::Stack),
            Row::new("stack, async", ASYNC, What::Stack).beside(PEER),
            Row::new("stack, a user's firmware", USER, What::Stack).beside(PEER_USER),
            Row::new("both, frames of 258 bytes", CALLS, RAM).beside(PEER),
            Row::new("both, frames of 64 bytes", SMALL, RAM).beside(PEER),
            Row::new("both, a user's firmware", USER, RAM).beside(PEER_USER),
        ],
    ),
    (
        "instructions from the last byte of a request to the first byte of its reply",
        &[
            Row::new("mult", CALLS, What::Instructions("mult")).at_most(1000).never_above(1312).beside(PEER),
            Row::new("mult, async", ASYNC, What::Instructions("mult")).beside(PEER),
            Row::new("each byte of mult before the last one", CALLS, What::EachByte("mult"))
                .at_most(15)
                .beside(PEER),
            Row::new("mult, checked", CHECKED, What::Instructions("mult"))
                .at_most(1400)
                .never_above(1664)
                .new_since_baseline(),
            Row::new("each byte of mult before the last one, checked", CHECKED, What::EachByte("mult"))
                .at_most(40)
                .new_since_baseline(),
            Row::new("imu", CALLS, What::Instructions("imu")).beside(PEER),
            Row::new("led", CALLS, What::Instructions("led")).beside(PEER),
            Row::new("echo64", CALLS, What::Instructions("echo64")).beside(PEER),
            Row::new("raw, 16 bytes", RAW, What::Instructions("sum16")),
            Row::new("raw, 240 bytes", RAW, What::Instructions("sum240")),
            Row::new("a list of four floats as a literal", TEXTS, What::Instructions("scale")),
            Row::new("a name as a literal", USER, What::Instructions("name")).beside(PEER_USER),
            Row::new("a list of three bytes as a literal", USER, What::Instructions("set_color"))
                .beside(PEER_USER),
            Row::new("a typed error", USER, What::Instructions("calibrate_now")),
            Row::new("postcard", POSTCARD, What::Instructions("turn")),
            Row::new("mult among 24 commands", MORE, What::Instructions("mult")),
            Row::new("mult among 100 commands", MANY, What::Instructions("mult")),
            Row::new("the last one of 100 commands", MANY, What::Instructions("last")),
            Row::new("find_commands, four hashes", CONTRACT, What::Instructions("find_commands"))
                .new_since_baseline(),
            Row::new("an unknown one among 4 commands", CALLS, What::Instructions("unknown")),
            Row::new("an unknown one among 100 commands", MANY, What::Instructions("unknown")),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use crate::cargo::root;

    /// The methods of the trait `Robot` in a file, without comments.
    fn robot(path: &str) -> Vec<String> {
        let source = std::fs::read_to_string(root().join(path)).unwrap();
        let (_, methods) = source.split_once("pub trait Robot {\n").unwrap();
        let (methods, _) = methods.split_once("\n}\n").unwrap();
        let lines = methods.lines().map(str::trim);
        lines.filter(|line| !line.is_empty() && !line.starts_with("///")).map(str::to_owned).collect()
    }

    #[test]
    fn the_users_firmware_serves_the_trait_of_the_examples() {
        assert_eq!(robot("bench/firmware/src/bin/user.rs"), robot("examples/robot/src/lib.rs"));
    }
}
