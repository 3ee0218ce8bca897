//! What can go wrong between a caller and the gateway of a board.

use serialtalk::{CallError, Ran};

/// A call over Zenoh failed: the error of the link in a [`CallError`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FleetError {
    /// No gateway that has the board answers. Nothing was sent.
    #[error(
        "{board} cannot be reached: no gateway that has it answered within {waited_ms} ms; \
         it does not run, the network is cut, or access is denied"
    )]
    Unreachable {
        /// The board.
        board: String,
        /// How long an answer was waited for, in milliseconds.
        waited_ms: u32,
    },
    /// The gateway, or the way to it, was lost after the call was sent. Whether the command ran is not known.
    #[error("the call of {board} is lost: {reason}; it may have run: call it again only if it may run twice")]
    Lost {
        /// The board.
        board: String,
        /// What was lost.
        reason: String,
    },
    /// As many calls wait for the board as may. Nothing was sent.
    #[error("{board} is busy: {waiting} calls wait for it; call it less often, or later")]
    Busy {
        /// The board.
        board: String,
        /// How many calls wait.
        waiting: usize,
    },
    /// The gateway has no such board. Nothing was sent.
    #[error("there is no board {board}: its gateway has none of this name")]
    NoSuchBoard {
        /// The board.
        board: String,
    },
    /// More than one gateway has the board, or the name of the gateway. Nothing was sent.
    #[error("{board} is ambiguous: {found} have it; name one gateway, or give them different names")]
    Several {
        /// The board.
        board: String,
        /// The gateways that answered.
        found: String,
    },
    /// The board has the command with another signature. Nothing was sent.
    #[error(
        "{board} has the command with another signature, {theirs}: build both from the same version of the trait"
    )]
    Skew {
        /// The board.
        board: String,
        /// The signature of the board.
        theirs: String,
    },
    /// The board is not connected to its gateway. Nothing was sent.
    #[error("{board} is down: {reason}")]
    Down {
        /// The board.
        board: String,
        /// Why it is not connected.
        reason: String,
    },
    /// The gateway lets no such call through. Nothing was sent.
    #[error("the gateway lets no such call through: {reason}")]
    Forbidden {
        /// Why not.
        reason: String,
    },
    /// The line between the gateway and the board failed. Whether the command ran is not known.
    #[error("the line to {board} failed: {text}")]
    Line {
        /// The board.
        board: String,
        /// What failed.
        text: String,
    },
    /// Zenoh refused. Nothing was sent.
    #[error("Zenoh: {text}")]
    Engine {
        /// Its words.
        text: String,
    },
}

impl FleetError {
    pub(crate) fn engine(error: &dyn std::fmt::Display) -> Self {
        Self::Engine { text: error.to_string() }
    }

    /// Whether the command ran, as far as this error says it.
    pub fn ran(&self) -> Ran {
        match self {
            Self::Lost { .. } | Self::Line { .. } => Ran::Unknown,
            _ => Ran::No,
        }
    }
}

/// Whether the command of a call over Zenoh that failed ran.
pub fn ran<E>(error: &CallError<FleetError, E>) -> Ran {
    match error {
        CallError::Link { error, .. } => error.ran(),
        error => error.ran(),
    }
}
