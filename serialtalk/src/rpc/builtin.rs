//! The commands that every SerialTalk peer answers.

#[cfg(all(test, feature = "alloc", feature = "repr"))]
mod tests;

use super::builtin_names::{BUILTIN_NAMES, Builtin};
use super::call::Call;
use super::reply::Reply;
use super::service::CommandTable;
use crate::codec::error::Invalid;
use crate::codec::expected::Expected;
use crate::wire::payload::Payload;

/// The arguments of the built-in commands that take one.
static VALUE: Expected = Expected { template: None, data_len: None, argument_names: &["value"] };

/// The value of `get_num_commands`.
static COUNT: Expected = Expected { template: Some("I"), data_len: Some(4), argument_names: &[] };

/// The answer to `get_version`.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Answers a built-in command; returns `None` if it is not one. Sets `wants_repl` if the peer asks for a command line, or
/// takes that back.
pub(crate) fn serve(
    call: &mut Call<'_>,
    table: &mut impl CommandTable,
    reply: &mut Reply<'_>,
    wants_repl: &mut bool,
) -> Option<Result<(), Invalid>> {
    let builtin = Builtin::of_name(call.name())?;
    Some(match builtin {
        Builtin::EnableRepl | Builtin::DisableRepl => {
            *wants_repl = builtin == Builtin::EnableRepl;
            Ok(())
        }
        Builtin::Echo => {
            echo(call.payload(), reply);
            Ok(())
        }
        // A Python peer loses the value that it sends back here, because its return format is empty.
        Builtin::RawEcho => Ok(()),
        Builtin::Module => load(call, table, reply),
        Builtin::GetNumCommands => {
            let count = BUILTIN_NAMES.len().saturating_add(table.count()) as u32;
            reply.value(count, &COUNT);
            Ok(())
        }
        Builtin::GetNthCommand => name_of(call, table, reply),
        Builtin::GetVersion => {
            reply.text(VERSION);
            Ok(())
        }
    })
}

/// Sends back what was sent, so that its sender decodes it to what it encoded.
fn echo(payload: &[u8], reply: &mut Reply<'_>) {
    let mut writer = reply.begin_value();
    match Payload::parse(payload) {
        Payload::None => writer.no_value(),
        // Python imports a module that a literal names before its first parenthesis. It reads such text as bytes.
        Payload::Literal(text) if !text.starts_with(b"(") => writer.raw_bytes(payload),
        _ => writer.copy(payload),
    }
}

/// Switches on the commands of a module.
fn load<T: CommandTable>(call: &mut Call<'_>, table: &mut T, reply: &mut Reply<'_>) -> Result<(), Invalid> {
    let is_loaded = T::HAS_MODULES && {
        let arguments = call.arguments(&VALUE);
        arguments.begin_argument()?;
        let name = arguments.text_bytes()?;
        table.load(name)
    };
    if !is_loaded {
        reply.fail(|text| text.bytes(b"no such module"));
    }
    Ok(())
}

/// Replies with the name of the command at an index, built-in ones first; without a value beyond the last one.
fn name_of(call: &mut Call<'_>, table: &impl CommandTable, reply: &mut Reply<'_>) -> Result<(), Invalid> {
    let arguments = call.arguments(&VALUE);
    let index = usize::from(arguments.argument::<u16>()?);
    arguments.finish()?;
    let name = match index.checked_sub(BUILTIN_NAMES.len()) {
        None => BUILTIN_NAMES.get(index).copied(),
        Some(index) => table.nth(index),
    };
    match name {
        Some(name) => reply.text(name),
        None => reply.begin_value().no_arguments(),
    }
    Ok(())
}
