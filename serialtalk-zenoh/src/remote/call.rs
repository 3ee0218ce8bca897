//! A call, as its attempts send it.

use serialtalk::CallError;
use serialtalk::proto::Command;

use super::Board;
use super::deadline::Deadline;
use super::route::Route;
use crate::FleetError;
use crate::answer::Failure;
use crate::id::CallId;
use crate::request::Request;

/// A call, as its attempts send it.
pub(super) struct Call<'c> {
    pub(super) command: Command<'c>,
    pub(super) payload: &'c [u8],
    pub(super) is_oneway: bool,
    pub(super) deadline: Deadline,
    /// The board as the caller named it.
    pub(super) board: &'c str,
}

impl<'c> Call<'c> {
    pub(super) fn new(board: &'c Board, command: Command<'c>, payload: &'c [u8], is_oneway: bool) -> Self {
        let deadline = Deadline::after(command.timeout.unwrap_or(board.timeout));
        Self { command, payload, is_oneway, deadline, board: &board.name }
    }

    /// What is said of its first attempt, by this route.
    pub(super) fn request(&self, route: &Route) -> Request {
        Request {
            id: CallId::next(),
            budget_ms: self.deadline.left_ms(),
            attempt: 1,
            incarnation: Some(route.incarnation),
            hash: self.command.terms.map(|terms| terms.hash),
            is_oneway: self.is_oneway,
            is_idempotent: self.command.idempotent,
        }
    }

    pub(super) fn error(&self, failure: Failure) -> CallError<FleetError> {
        failure.into_error(self.command.name, self.board)
    }

    pub(super) fn failed(&self, error: FleetError) -> CallError<FleetError> {
        CallError::Link { error, context: serialtalk::Context::new(self.command.name, self.board, b"") }
    }

    pub(super) fn lost(&self, reason: String) -> CallError<FleetError> {
        self.failed(FleetError::Lost { board: self.board.into(), reason })
    }
}
