//! What a board can do: the names of its commands, and what it tells of them.

use serialtalk::proto::{BUILTIN_NAMES, Carrier};
use serialtalk::{CallError, Caller};
use serialtalk_hal::contract::{self, Command, ReadError};

use crate::connection::Connection;
use crate::escaped::on_one_line;
use crate::failure::{Failure, Kind, Result};
use crate::way::Broken;

/// A command of a board.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Known {
    pub(crate) name: String,
    /// What the board tells of it, if it does.
    pub(crate) told: Option<Command>,
}

impl Known {
    /// The name, in quotes if it has blanks, and the rest of the signature; nothing if the board does not tell it.
    pub(crate) fn signature(&self) -> (String, String) {
        let Some(told) = &self.told else { return (on_one_line(&self.name), String::new()) };
        let mut name = told.signature().to_string();
        let quoted = name.strip_prefix('"').and_then(|rest| Some(rest.find('"')? + 2));
        let rest = name.split_off(quoted.unwrap_or(self.name.len()).min(name.len()));
        (name, rest)
    }

    /// Whether every peer has it.
    pub(crate) fn is_built_in(&self) -> bool {
        BUILTIN_NAMES.contains(&self.name.as_str())
    }
}

/// The commands of a board, in its order.
pub(crate) fn read<C>(connection: &mut Connection<C>) -> Result<Vec<Known>>
where
    C: Carrier<Error = Broken>,
{
    let told = match contract::read(&mut connection.caller) {
        Ok(interface) => interface.commands().to_vec(),
        Err(ReadError::NotDescribed | ReadError::Silent) => Vec::new(),
        // A peer in Python refuses what it does not have in words of its own.
        Err(ReadError::Call(CallError::Refused { .. })) => Vec::new(),
        Err(error) => return Err(of_read(error)),
    };
    let names = match are_all(&told, connection)? {
        true => BUILTIN_NAMES.into_iter().chain(told.iter().map(Command::name)).map(str::to_owned).collect(),
        false => connection.names()?,
    };
    let known = |name: String| Known { told: told.iter().find(|told| told.name() == name).cloned(), name };
    Ok(names.into_iter().map(known).collect())
}

/// Whether a board has no other commands than those that it tells of: their names need not be asked for then.
fn are_all<C: Carrier<Error = Broken>>(told: &[Command], connection: &mut Connection<C>) -> Result<bool> {
    if told.is_empty() {
        return Ok(false);
    }
    let count: u16 = connection.caller.call("get_num_commands", ())?;
    Ok(BUILTIN_NAMES.len() + told.len() == usize::from(count))
}

/// Why a contract cannot be read, as a failure.
pub(crate) fn of_read(error: ReadError<Broken>) -> Failure {
    match error {
        ReadError::Call(error) => error.into(),
        ReadError::NotDescribed | ReadError::Silent => {
            let text = "the board does not tell the signatures of its commands";
            Failure::new(Kind::Refused, text)
                .hint("mark its interface with #[serialtalk::interface(describe)]")
        }
        error => Failure::new(Kind::Protocol, error.to_string()),
    }
}
