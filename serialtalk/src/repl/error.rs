//! What can come of code for a board instead of its end.

use core::fmt;

use super::exception::Exception;
use super::script::Script;
use super::session::Ending;
use crate::command::Timeout;
use crate::error::{BadReply, LinkError};
use crate::text::Text;

/// Why code did not run to its end on a board. `L` is the error of the link.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ReplError<L> {
    /// The link failed, or was closed.
    Link(LinkError<L>),
    /// The board did not come to its raw prompt in so many milliseconds, or did not do there what it was told in that time.
    NoPrompt {
        /// The time that was given.
        waited_ms: u32,
    },
    /// The program failed with a Python exception.
    Raised(Exception),
    /// The program took longer than it may.
    TimedOut {
        /// The time that was given, in milliseconds.
        waited_ms: u32,
        /// Whether it ended when it was interrupted by Ctrl-C.
        stopped: bool,
    },
    /// The board has restarted while the program ran.
    Restarted,
    /// The board sent something else than a raw REPL does; what is known of it.
    Unexpected(Text),
    /// The code has this control character in it, which the board would take for a command. Nothing was sent.
    Unsendable(u8),
    /// The value of an expression is not of the type that was asked for.
    Value(BadReply),
    /// The value of an expression is longer than the buffer for it, which has so many bytes.
    TooLong(usize),
}

impl<L> ReplError<L> {
    /// The exception, if the program raised one.
    pub fn exception(&self) -> Option<&Exception> {
        match self {
            Self::Raised(exception) => Some(exception),
            _ => None,
        }
    }

    /// What the end of a program, or of something else, comes to.
    pub(super) fn of_ending(
        ending: Ending<'_>,
        script: Option<&Script<'_>>,
        limit: Timeout,
    ) -> Result<(), Self> {
        let waited_ms = match limit {
            Timeout::Ms(ms) => ms,
            Timeout::Never => u32::MAX,
        };
        Err(match (ending, script) {
            (Ending::Good, _) => return Ok(()),
            (Ending::TimedOut { stopped }, Some(_)) => Self::TimedOut { waited_ms, stopped },
            (Ending::TimedOut { .. }, None) => Self::NoPrompt { waited_ms },
            (Ending::Raised(traceback), script) => {
                Self::Raised(Exception::new(traceback, script.unwrap_or(&Script::new(""))))
            }
            (Ending::Restarted, _) => Self::Restarted,
            (Ending::Unexpected(bytes), _) => Self::Unexpected(Text::from_bytes(bytes)),
            (Ending::Unsendable(byte), _) => Self::Unsendable(byte),
        })
    }
}

impl<L> From<LinkError<L>> for ReplError<L> {
    fn from(error: LinkError<L>) -> Self {
        Self::Link(error)
    }
}

impl<L: fmt::Display> fmt::Display for ReplError<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Link(error) => fmt::Display::fmt(error, f),
            Self::NoPrompt { waited_ms } => write!(
                f,
                "no raw REPL within {waited_ms} ms; is it MicroPython, and does its program let itself be interrupted?"
            ),
            Self::Raised(exception) => write!(f, "the board raised {exception}"),
            Self::TimedOut { waited_ms, stopped: true } => {
                write!(f, "the program took longer than {waited_ms} ms and was interrupted")
            }
            Self::TimedOut { waited_ms, stopped: false } => {
                write!(
                    f,
                    "the program took longer than {waited_ms} ms and does not let itself be interrupted"
                )
            }
            Self::Restarted => f.write_str("the board has restarted while the program ran"),
            Self::Unexpected(text) => {
                write!(f, "the board sent {text:?} where a raw REPL says something else")
            }
            Self::Unsendable(byte) => write!(
                f,
                "the code has the control character {byte:#04x} in it, which the board would take for a command; \
                 write it as an escape"
            ),
            Self::Value(problem) => write!(f, "the value of the expression: {problem}"),
            Self::TooLong(capacity) => {
                write!(
                    f,
                    "the value of the expression is longer than the {capacity} bytes that there are for it"
                )
            }
        }
    }
}

impl<L: core::error::Error + 'static> core::error::Error for ReplError<L> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Link(error) => error.source(),
            _ => None,
        }
    }
}
