//! A board at a gateway, whose loss is told.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serialtalk::CallError;
use serialtalk::proto::{Carrier, Command, RawReply};
use serialtalk_zenoh::{Board, FleetError};

use crate::failure::{Breach, Kind};

/// A board at a gateway.
#[derive(Clone)]
pub(crate) struct Remote {
    board: Board,
    has_echo: bool,
    was_lost: Arc<AtomicBool>,
    told: Arc<dyn Fn(Option<&FleetError>) + Send + Sync>,
}

impl Remote {
    /// A board whose loss only its callers see.
    pub(super) fn new(board: Board, has_echo: bool) -> Self {
        Self { board, has_echo, was_lost: Arc::default(), told: Arc::new(|_| ()) }
    }

    /// Calls `told` with the error when the way to the board is lost, and with nothing when it is back.
    pub(crate) fn telling(self, told: impl Fn(Option<&FleetError>) + Send + Sync + 'static) -> Self {
        Self { told: Arc::new(told), ..self }
    }

    fn heed<T>(&self, result: Result<T, CallError<FleetError>>) -> Result<T, CallError<FleetError>> {
        let lost = match &result {
            Err(CallError::Link { error, .. }) if error.kind() == Kind::Port => Some(error),
            _ => None,
        };
        if self.was_lost.swap(lost.is_some(), Ordering::Relaxed) != lost.is_some() {
            (self.told)(lost);
        }
        result
    }
}

impl Carrier for Remote {
    type Error = FleetError;

    fn name(&self) -> &str {
        Carrier::name(&self.board)
    }

    fn is_without_echo(&self) -> bool {
        !self.has_echo
    }

    fn call_raw(&mut self, command: Command<'_>, payload: &[u8]) -> Result<RawReply, CallError<FleetError>> {
        let result = self.board.call_raw(command, payload);
        self.heed(result)
    }

    fn send_raw(&mut self, name: &str, payload: &[u8]) -> Result<(), CallError<FleetError>> {
        let result = self.board.send_raw(name, payload);
        self.heed(result)
    }
}
