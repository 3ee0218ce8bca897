//! What becomes of a board, for those who ask and those who listen.

use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use super::contract::Contract;
use super::events::Events;
use crate::lock::lock;
use crate::{BoardState, EventKind};

/// Whether a board is connected, and what it can do.
pub(super) struct Status {
    board: String,
    events: Events,
    now: Mutex<Now>,
}

/// The status at some moment.
#[derive(Debug, Clone)]
pub(super) struct Now {
    pub(super) state: BoardState,
    /// Since when, in milliseconds since 1970.
    pub(super) since_ms: u64,
    pub(super) contract: Option<Arc<Contract>>,
}

impl Status {
    /// The status of a board that is not connected.
    pub(super) fn new(board: &str, events: Events, contract: Option<Arc<Contract>>) -> Self {
        let state = BoardState::Down("it has not been connected yet".into());
        let now = Mutex::new(Now { state, since_ms: now_ms(), contract });
        Self { board: board.into(), events, now }
    }

    pub(super) fn board(&self) -> &str {
        &self.board
    }

    pub(super) fn now(&self) -> Now {
        lock(&self.now).clone()
    }

    /// Reads the status without a copy of it.
    pub(super) fn with<T>(&self, read: impl FnOnce(&Now) -> T) -> T {
        read(&lock(&self.now))
    }

    pub(super) fn is_up(&self) -> bool {
        self.with(|now| now.state == BoardState::Up)
    }

    /// Notes the commands of the board.
    pub(super) fn learn(&self, contract: Option<Arc<Contract>>) {
        lock(&self.now).contract = contract;
    }

    /// The board is connected.
    pub(super) fn up(&self) {
        self.change(BoardState::Up, EventKind::Up);
    }

    /// The board is not connected.
    pub(super) fn down(&self, reason: &str) {
        let was_up = self.is_up();
        self.set(BoardState::Down(reason.into()));
        if was_up {
            self.events.tell(&self.board, EventKind::Down { reason: reason.into() });
        }
    }

    /// The board has restarted.
    pub(super) fn reset(&self) {
        self.events.tell(&self.board, EventKind::Reset);
    }

    fn change(&self, state: BoardState, event: EventKind) {
        self.set(state);
        self.events.tell(&self.board, event);
    }

    fn set(&self, state: BoardState) {
        let mut now = lock(&self.now);
        if now.state != state {
            (now.state, now.since_ms) = (state, now_ms());
        }
    }
}

/// The time in milliseconds since 1970.
pub(super) fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
