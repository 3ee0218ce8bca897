//! What comes back for a call: the reply of a board, or why there is none.
//!
//! | reply | encoding | what it is |
//! |---|---|---|
//! | value | `application/x-serialtalk` | the payload of the board's reply |
//! | error | `application/x-serialtalk` | the payload of the board's error reply |
//! | error | `application/json` | a [`Failure`] |

use std::fmt;

use serde::{Deserialize, Serialize};
use serialtalk::{Awaited, CallError, Context, Ran, ReplyError};

use crate::FleetError;

/// The encoding of payloads as boards write them.
pub(crate) const SERIALTALK: &str = "application/x-serialtalk";

/// The encoding of failures, and of what gateways tell of themselves.
pub(crate) const JSON: &str = "application/json";

/// Why a gateway has no reply of a board. As JSON it has its name in `failure`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "failure", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Failure {
    /// The gateway has no board of this name. Nothing was sent.
    NoSuchBoard,
    /// The board is not connected. Nothing was sent.
    Down {
        /// Why it is not.
        reason: String,
    },
    /// As many calls wait for the board as may. Nothing was sent.
    Busy {
        /// How many wait.
        waiting: usize,
    },
    /// The board has the command with another signature. Nothing was sent.
    Skew {
        /// The signature of the board.
        theirs: String,
    },
    /// The gateway lets no such call through. Nothing was sent.
    Forbidden {
        /// Why not.
        reason: String,
    },
    /// The call was meant for another run of the gateway. Nothing was sent.
    OtherRun,
    /// Whether the command ran is not known.
    Lost {
        /// What was lost.
        reason: String,
    },
    /// The board did not answer in time.
    Timeout {
        /// How long the call waited, in milliseconds.
        waited_ms: u32,
        /// What it waited for at the end.
        #[serde(with = "AwaitedName")]
        awaited: Awaited,
        /// Whether the command ran.
        #[serde(with = "RanName")]
        ran: Ran,
        /// What the board printed meanwhile.
        printed: String,
    },
    /// The board closed its line, or the line takes no more bytes.
    Closed {
        /// What the board printed before.
        printed: String,
    },
    /// The board restarted before it answered.
    Restarted {
        /// What the board printed meanwhile.
        printed: String,
    },
    /// The command ran, and its reply was lost.
    ReplyLost {
        /// What the board printed meanwhile.
        printed: String,
    },
    /// The board does not speak the checked link, which its gateway requires. Nothing was sent.
    NotChecked,
    /// The reply does not fit the gateway's buffer.
    TooLarge {
        /// The size of the reply in bytes.
        size: usize,
        /// What the board printed meanwhile.
        printed: String,
    },
    /// The line to the board failed.
    Line {
        /// What failed.
        text: String,
        /// What the board printed before.
        printed: String,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Awaited", rename_all = "snake_case")]
enum AwaitedName {
    Turn,
    Echo,
    Hello,
    Reply,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Ran", rename_all = "snake_case")]
enum RanName {
    Yes,
    No,
    Unknown,
}

impl Failure {
    /// Takes over why a call at a line has no reply.
    pub(crate) fn of_call<L: fmt::Display>(error: &CallError<L>) -> Self {
        let printed = error.context().stray().to_owned();
        match error {
            CallError::Timeout { waited_ms, awaited, ran, .. } => {
                Self::Timeout { waited_ms: *waited_ms, awaited: *awaited, ran: *ran, printed }
            }
            CallError::Closed { .. } => Self::Closed { printed },
            CallError::Restarted { .. } => Self::Restarted { printed },
            CallError::ReplyLost { .. } => Self::ReplyLost { printed },
            CallError::NotChecked { .. } => Self::NotChecked,
            CallError::Protocol { error: ReplyError::TooLarge(size), .. } => {
                Self::TooLarge { size: *size, printed }
            }
            CallError::Unsendable { error, .. } => Self::Forbidden { reason: error.to_string() },
            CallError::Link { error, .. } => Self::Line { text: error.to_string(), printed },
            error => Self::Line { text: error.to_string(), printed },
        }
    }

    /// The error of a caller, who called `command` of the board called `board`.
    pub(crate) fn into_error(self, command: &str, board: &str) -> CallError<FleetError> {
        let with = |printed: &str| Context::new(command, board, printed.as_bytes());
        let error = match self {
            Self::Timeout { waited_ms, awaited, ran, printed } => {
                return CallError::Timeout { waited_ms, awaited, ran, context: with(&printed) };
            }
            Self::Closed { printed } => return CallError::Closed { context: with(&printed) },
            Self::Restarted { printed } => return CallError::Restarted { context: with(&printed) },
            Self::ReplyLost { printed } => return CallError::ReplyLost { context: with(&printed) },
            Self::NotChecked => return CallError::NotChecked { context: with("") },
            Self::TooLarge { size, printed } => {
                let error = ReplyError::TooLarge(size);
                return CallError::Protocol { error, context: with(&printed) };
            }
            Self::Line { text, printed } => {
                let error = FleetError::Line { board: board.into(), text };
                return CallError::Link { error, context: with(&printed) };
            }
            Self::NoSuchBoard => FleetError::NoSuchBoard { board: board.into() },
            Self::Down { reason } => FleetError::Down { board: board.into(), reason },
            Self::OtherRun => FleetError::Down {
                board: board.into(),
                reason: "its gateway restarts again and again".into(),
            },
            Self::Busy { waiting } => FleetError::Busy { board: board.into(), waiting },
            Self::Skew { theirs } => FleetError::Skew { board: board.into(), theirs },
            Self::Forbidden { reason } => FleetError::Forbidden { reason },
            Self::Lost { reason } => FleetError::Lost { board: board.into(), reason },
        };
        CallError::Link { error, context: with("") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_traceback_reaches_a_remote_caller() {
        let context = Context::new("led", "/dev/ttyUSB0", b"Traceback: no LED\n");
        let error: CallError<FleetError> =
            CallError::Timeout { waited_ms: 1500, awaited: Awaited::Reply, ran: Ran::Unknown, context };
        let json = serde_json::to_string(&Failure::of_call(&error)).unwrap();
        assert_eq!(
            json,
            r#"{"failure":"timeout","waited_ms":1500,"awaited":"reply","ran":"unknown","printed":"Traceback: no LED\n"}"#
        );
        let read: Failure = serde_json::from_str(&json).unwrap();
        let remote = read.into_error("led", "robots/cell1/arm1");
        assert_eq!(remote.context().stray(), "Traceback: no LED\n");
        assert!(remote.to_string().contains("within 1500 ms on robots/cell1/arm1"), "{remote}");
    }
}
