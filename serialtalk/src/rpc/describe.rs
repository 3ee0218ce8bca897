//! The descriptions of commands: a command with which a peer reads the signatures of an interface that it may not know.
//!
//! `describe` is not listed among the built-in commands, and is there only if an interface asks for it. Its arguments are
//! the number of a command, as `find_commands` answers it, and an offset, as in `2H`; the reply is raw: as much of the text
//! from there on as fits, nothing at its end. A number that no command can have is refused.

use super::call::Call;
use super::reply::Reply;
use super::service::CommandTable;
use crate::codec::error::Invalid;
use crate::codec::expected::Expected;

/// The name of the command.
pub(crate) const DESCRIBE: &str = "describe";

static EXPECTED: Expected =
    Expected { template: Some("2H"), data_len: Some(4), argument_names: &["number", "offset"] };

/// Answers `describe`.
pub(super) fn serve(
    call: &mut Call<'_>,
    table: &impl CommandTable,
    reply: &mut Reply<'_>,
) -> Result<(), Invalid> {
    let arguments = call.arguments(&EXPECTED);
    let (number, offset): (u16, u16) = (arguments.argument()?, arguments.argument()?);
    arguments.finish()?;
    match table.description(number.into()) {
        Some(text) => {
            let rest = text.as_bytes().get(offset.into()..).unwrap_or_default();
            reply.begin_value().raw_bytes_that_fit(rest);
        }
        None => reply.fail(|text| text.bytes(b"no such number")),
    }
    Ok(())
}
