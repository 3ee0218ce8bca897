//! The contract check: a command with which peers find out whether they mean the same by the names of commands.
//!
//! `find_commands` is not listed among the built-in commands. Its argument is raw: a zero byte and hashes of signatures, four
//! bytes each, the lowest first. The reply is raw, one byte for each: the number of the command, or [`UNKNOWN`]. Bytes that
//! do not begin with zero are the name of one command, which is found among those whose signature is known.

use super::call::Call;
use super::reply::Reply;
use super::service::CommandTable;
use crate::codec::error::Invalid;
use crate::codec::expected::Expected;

/// The name of the command.
pub(crate) const FIND_COMMANDS: &str = "find_commands";

/// The answer for a hash or a name that no command has.
pub(crate) const UNKNOWN: u8 = 0xff;

/// The answer for a command whose number is too large for a byte.
pub(crate) const LARGE: u8 = 0xfe;

/// Answers `find_commands`.
pub(super) fn serve(
    call: &mut Call<'_>,
    table: &impl CommandTable,
    reply: &mut Reply<'_>,
) -> Result<(), Invalid> {
    let question = call.arguments(&Expected::UNKNOWN).bytes()?;
    let mut numbers = reply.begin_value();
    numbers.raw_bytes(&[]);
    match question {
        [0, hashes @ ..] => {
            for hash in hashes.as_chunks().0 {
                numbers.copy(&[answer(table.find_hash(u32::from_le_bytes(*hash)))]);
            }
        }
        name => numbers.copy(&[answer(table.find_signed(name))]),
    }
    Ok(())
}

fn answer(number: Option<usize>) -> u8 {
    match number {
        Some(number) => number.min(LARGE.into()) as u8,
        None => UNKNOWN,
    }
}
