//! What a board can do: the names of its commands, and what it tells of them.

use serialtalk::proto::Carrier;
use serialtalk::{CallError, Caller};
use serialtalk_hal::LinkError;
use serialtalk_hal::contract::{self, Command, ReadError};

use crate::connection::Connection;
use crate::failure::{Failure, Kind, Result};

/// The commands that every peer has.
const BUILT_IN: [&str; 8] = [
    "enable repl",
    "disable repl",
    "echo",
    "raw echo",
    "module",
    "get_num_commands",
    "get_nth_command",
    "get_version",
];

/// A command of a board.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Known {
    pub(crate) name: String,
    /// What the board tells of it, if it does.
    pub(crate) told: Option<Command>,
}

impl Known {
    /// Whether every peer has it.
    pub(crate) fn is_built_in(&self) -> bool {
        BUILT_IN.contains(&self.name.as_str())
    }
}

/// The commands of a board, in its order.
pub(crate) fn read<C>(connection: &mut Connection<C>) -> Result<Vec<Known>>
where
    C: Caller<Error = LinkError> + Carrier<Error = LinkError>,
{
    let names = connection.caller.remote_commands()?;
    let told = match contract::read(&mut connection.caller) {
        Ok(interface) => interface.commands().to_vec(),
        Err(ReadError::NotDescribed | ReadError::Silent) => Vec::new(),
        // A peer in Python refuses what it does not have in words of its own.
        Err(ReadError::Call(CallError::Refused { .. })) => Vec::new(),
        Err(ReadError::Call(error)) => return Err(error.into()),
        Err(error) => return Err(Failure::new(Kind::Protocol, error.to_string())),
    };
    let known = |name: String| Known { told: told.iter().find(|told| told.name() == name).cloned(), name };
    Ok(names.into_iter().map(known).collect())
}
