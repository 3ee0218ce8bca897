//! Why code did not run to its end.

use core::fmt;

use super::exception::Exception;
use super::script::Script;
use super::session::Ending;
use crate::codec::error::DecodeError;
use crate::rpc::command::Timeout;
use crate::rpc::error::LinkError;
use crate::rpc::text::Text;

/// Why code did not run to its end on a board. `L` is the error of the link.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ReplError<L> {
    /// The link failed, or the other end closed it.
    Link(LinkError<L>),
    /// The board did not reach its raw prompt in time, or did not do in time what it was told there.
    NoPrompt {
        /// How long it was given, in milliseconds.
        waited_ms: u32,
    },
    /// The program failed with a Python exception.
    Raised(Exception),
    /// The program ran for longer than it is allowed to.
    TimedOut {
        /// How long it was allowed to run, in milliseconds.
        waited_ms: u32,
        /// Whether it ended when it was interrupted by Ctrl-C.
        stopped: bool,
    },
    /// The board restarted while the program ran.
    Restarted,
    /// The board sent something that a raw REPL does not send: this.
    Unexpected(Text),
    /// The code contains this control character, which the board would take for a command. Nothing was sent.
    Unsendable(u8),
    /// The value of the expression does not fit the expected type.
    Value(DecodeError),
    /// The value of the expression is longer than the buffer for it, which has this many bytes.
    TooLong(usize),
    /// The board printed a longer line than is kept of what it prints. The program was interrupted by Ctrl-C.
    LineTooLong {
        /// How many bytes of a line are kept.
        limit: u32,
        /// How the line begins.
        start: Text,
    },
}

impl<L> ReplError<L> {
    /// The exception, if the program raised one.
    pub fn exception(&self) -> Option<&Exception> {
        match self {
            Self::Raised(exception) => Some(exception),
            _ => None,
        }
    }

    /// Converts the end of an exchange; `script` is the program, if there was one.
    pub(super) fn of_ending(
        ending: Ending<'_>,
        script: Option<&Script<'_>>,
        timeout: Timeout,
    ) -> Result<(), Self> {
        let waited_ms = match timeout {
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
                "no raw REPL within {waited_ms} ms; does the board run MicroPython, and can its program be interrupted?"
            ),
            Self::Raised(exception) => write!(f, "the board raised {exception}"),
            Self::TimedOut { waited_ms, stopped: true } => {
                write!(f, "the program took longer than {waited_ms} ms and was interrupted")
            }
            Self::TimedOut { waited_ms, stopped: false } => {
                write!(f, "the program took longer than {waited_ms} ms and cannot be interrupted")
            }
            Self::Restarted => f.write_str("the board restarted while the program ran"),
            Self::Unexpected(text) => write!(f, "the board sent {text:?}, which a raw REPL does not send"),
            Self::Unsendable(byte) => write!(
                f,
                "the code contains the control character {byte:#04x}, which the board would take for a command; \
                 write it as an escape sequence"
            ),
            Self::Value(error) => write!(f, "the value of the expression: {error}"),
            Self::TooLong(room) => {
                write!(f, "the value of the expression is longer than its buffer of {room} bytes")
            }
            Self::LineTooLong { limit, start } => write!(
                f,
                "the board printed a line of more than {limit} bytes, which begins with {start:?}, and was interrupted; \
                 let it print shorter lines and values, or raise the limit with `set_line_limit`"
            ),
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
