//! Who answers a command.

use super::builtin;
use super::call::Call;
use super::contract::{self, FIND_COMMANDS};
use super::describe::{self, DESCRIBE};
use super::reply::Reply;
use super::service::CommandTable;
use crate::codec::error::Invalid;

/// Who answers a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dispatch {
    /// It is answered already, with this result.
    Answered(Result<(), Invalid>),
    /// The service does the command with this number and writes the reply.
    Serve(usize),
}

impl Dispatch {
    /// Finds a command in `table`, or answers a built-in one; returns `None` if it is neither. Sets `wants_repl` if the peer
    /// asks for a command line, or takes that back.
    pub(super) fn of<T: CommandTable>(
        call: &mut Call<'_>,
        table: &mut T,
        reply: &mut Reply<'_>,
        wants_repl: &mut bool,
    ) -> Option<Self> {
        if let Some(number) = table.find(call.name()) {
            return Some(Self::Serve(number));
        }
        if T::HAS_SIGNATURES && call.name() == FIND_COMMANDS.as_bytes() {
            return Some(Self::Answered(contract::serve(call, table, reply)));
        }
        if T::HAS_DESCRIPTIONS && call.name() == DESCRIBE.as_bytes() {
            return Some(Self::Answered(describe::serve(call, table, reply)));
        }
        builtin::serve(call, table, reply, wants_repl).map(Self::Answered)
    }
}
