//! The contract check: a command with which Rust peers find out whether they mean the same by the names of commands.
//!
//! `find_commands` is not listed among the built-in commands. Its arguments are hashes of signatures, as in `12I`; the reply
//! is raw, one byte for each: the number of the command, or [`UNKNOWN`]. With raw bytes as its argument it finds the one
//! command with this name, among those whose signature is known.

mod comparison;

use super::call::Call;
use super::reply::Reply;
use super::service::CommandTable;
use crate::codec::error::Invalid;
use crate::codec::expected::Expected;

pub(crate) use comparison::{Comparison, Next};

/// The name of the command.
pub(crate) const FIND_COMMANDS: &str = "find_commands";

/// The answer for a hash or a name that no command has.
pub(crate) const UNKNOWN: u8 = 0xff;

/// The answer for a command whose number is too large for a byte.
const LARGE: u8 = 0xfe;

/// Answers `find_commands`.
pub(super) fn serve(
    call: &mut Call<'_>,
    table: &impl CommandTable,
    reply: &mut Reply<'_>,
) -> Result<(), Invalid> {
    let arguments = call.arguments(&Expected::UNKNOWN);
    let mut numbers = reply.begin_value();
    numbers.raw_bytes(&[]);
    if arguments.begins_with_bytes() {
        let number = table.find_signed(arguments.bytes()?);
        numbers.copy(&[answer(number)]);
        return arguments.finish();
    }
    while arguments.more()? {
        let number = table.find_hash(arguments.argument()?);
        numbers.copy(&[answer(number)]);
    }
    Ok(())
}

fn answer(number: Option<usize>) -> u8 {
    match number {
        Some(number) => u8::try_from(number).unwrap_or(LARGE).min(LARGE),
        None => UNKNOWN,
    }
}
