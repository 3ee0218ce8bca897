//! Whether a board that is back runs the same firmware as before.

use serialtalk::proto::Carrier;
use serialtalk::{CallError, Caller, Decode};

use crate::connection::Connection;
use crate::failure::{Failure, Kind};
use crate::way::Broken;

/// What tells one firmware from another: its version, and how many commands it has, as far as it tells.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Firmware {
    version: Option<String>,
    commands: Option<u16>,
}

impl Firmware {
    /// Asks a board. One without `echo` answers only what it knows, and is not asked.
    pub(crate) fn of<C>(connection: &mut Connection<C>) -> Result<Self, CallError<Broken>>
    where
        C: Carrier<Error = Broken>,
    {
        if !connection.board.has_echo {
            return Ok(Self { version: None, commands: None });
        }
        let caller = &mut connection.caller;
        Ok(Self { version: told(caller, "get_version")?, commands: told(caller, "get_num_commands")? })
    }

    /// Says that the board is back with another one.
    pub(crate) fn other(&self, other: &Self) -> Failure {
        let shown = |firmware: &Self| {
            let version =
                firmware.version.as_deref().map_or(String::new(), |version| format!("version {version}, "));
            let commands = firmware.commands.map_or("some".into(), |count| count.to_string());
            format!("{version}{commands} commands")
        };
        let text =
            format!("the board is back with other firmware: {} instead of {}", shown(other), shown(self));
        Failure::new(Kind::Protocol, text).hint("start again: serialtalk list shows what it can do now")
    }
}

/// What a command without arguments tells; `None` if the board refuses it.
fn told<C, T>(caller: &mut C, name: &str) -> Result<Option<T>, CallError<Broken>>
where
    C: Caller<Error = Broken>,
    T: for<'a> Decode<'a>,
{
    match caller.call(name, ()) {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.is_link() || error.is_timeout() => Err(error),
        Err(_) => Ok(None),
    }
}
