//! Why a command has failed, and its exit code.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use serialtalk::{CallError, Heard};
use serialtalk_hal::{LinkError, OpenError};

use crate::holders::holders;

/// What kind of failure it is, which is the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Whoever reads the output has enough of it.
    NoReader = 0,
    /// The board refused, failed or raised.
    Refused = 1,
    /// The command line is wrong, or what it names is not there.
    Usage = 2,
    /// No answer came in time.
    Timeout = 3,
    /// The port is missing, busy, not permitted or was unplugged.
    Port = 4,
    /// The board said what nobody can understand, or is another one than before.
    Protocol = 5,
    /// Ctrl-C, before the work was done.
    Interrupted = 130,
}

impl Kind {
    /// How JSON calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NoReader => "no reader",
            Self::Refused => "refused",
            Self::Usage => "usage",
            Self::Timeout => "timeout",
            Self::Port => "port",
            Self::Protocol => "protocol",
            Self::Interrupted => "interrupted",
        }
    }
}

impl From<Kind> for ExitCode {
    fn from(kind: Kind) -> Self {
        Self::from(kind as u8)
    }
}

/// A failure, with what to do about it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Failure {
    pub(crate) kind: Kind,
    /// What went wrong, in one or several lines.
    pub(crate) text: String,
    /// What to try, in one or several lines.
    pub(crate) hint: Option<String>,
    pub(crate) form: Form,
}

/// How the text of a failure is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// As an error of this program.
    Error,
    /// As the board printed it, without a word of this program.
    Traceback,
    /// As the board printed it, with its control characters.
    Raw,
}

/// The result of a part of a command, or the exit code of a whole one.
pub(crate) type Result<T = ExitCode> = std::result::Result<T, Failure>;

impl Failure {
    pub(crate) fn new(kind: Kind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), hint: None, form: Form::Error }
    }

    /// A traceback that the board printed.
    pub(crate) fn traceback(text: String) -> Self {
        Self { form: Form::Traceback, ..Self::new(Kind::Refused, text) }
    }

    /// Ctrl-C, before the work was done.
    pub(crate) fn interrupted() -> Self {
        Self::new(Kind::Interrupted, "interrupted")
    }

    /// Something that the user has written, or named, is wrong.
    pub(crate) fn usage(text: impl Into<String>) -> Self {
        Self::new(Kind::Usage, text)
    }

    /// A file that cannot be read or written.
    pub(crate) fn file(path: &Path, error: &io::Error) -> Self {
        Self::usage(format!("{}: {error}", path.display()))
    }

    /// Says what to try.
    #[must_use]
    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// Standard output cannot be written to.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::new(Kind::NoReader, "nobody reads the output any more"),
            _ => Self::usage(format!("the output cannot be written: {error}")),
        }
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        match &error {
            OpenError::BadTarget { .. } | OpenError::BadName { .. } => Self::usage(error.to_string()),
            OpenError::NotTheOnlyOne { ports } => {
                let failure = Self::new(Kind::Port, without_advice(&error));
                failure.hint(if ports.is_empty() {
                    "plug a board in, or start `serialtalk demo` in another terminal"
                } else {
                    "name one: --board PATH; `serialtalk ports --save NAME` gives it a name"
                })
            }
            OpenError::Busy { port } => {
                let programs: Vec<_> = holders(Path::new(port)).iter().map(ToString::to_string).collect();
                match programs.as_slice() {
                    [] => Self::new(Kind::Port, error.to_string()),
                    programs => {
                        let text = format!("{port} is in use by {}", programs.join(", "));
                        Self::new(Kind::Port, text)
                            .hint("close it first; serialtalk share lets several programs use a board")
                    }
                }
            }
            _ => Self::new(Kind::Port, error.to_string()),
        }
    }
}

impl From<LinkError> for Failure {
    fn from(error: LinkError) -> Self {
        Self::new(Kind::Port, error.to_string())
    }
}

/// The text of an error without its last clause, which advises what programs do.
fn without_advice(error: &OpenError) -> String {
    let text = error.to_string();
    text.rsplit_once("; ").map_or(text.clone(), |(text, _)| text.to_owned())
}

/// What carries calls is broken.
pub(crate) trait Breach: std::fmt::Display {
    /// What kind of failure that is.
    fn kind(&self) -> Kind;
}

impl Breach for LinkError {
    fn kind(&self) -> Kind {
        Kind::Port
    }
}

impl<L: Breach, E: std::fmt::Debug> From<CallError<L, E>> for Failure {
    fn from(error: CallError<L, E>) -> Self {
        let kind = match &error {
            CallError::Link { error, .. } => error.kind(),
            CallError::Refused { .. } | CallError::Failed { .. } | CallError::ReplyLost { .. } => {
                Kind::Refused
            }
            CallError::Unsendable { .. } => Kind::Usage,
            CallError::Timeout { .. } => Kind::Timeout,
            CallError::Closed { .. } => Kind::Port,
            _ => Kind::Protocol,
        };
        let hint = hint_of(error.context().heard()).map(str::to_owned);
        Self { hint, ..Self::new(kind, error.to_string()) }
    }
}

/// No answer to the first question, which was asked for so long on a port that is opened as `opened` says.
pub(crate) fn no_answer(error: &CallError<LinkError>, opened: &str, waited: std::time::Duration) -> Failure {
    let heard = error.context().heard();
    let waited = humantime::format_duration(waited);
    silent(format!("no answer on {opened} within {waited}{heard}"), heard)
}

/// A board from which nothing came that was expected, but this.
pub(crate) fn silent(text: String, heard: &Heard) -> Failure {
    let hint = hint_of(heard).unwrap_or(
        "--no-echo, if its firmware has no `echo`, as on many Arduino boards\n\
         --dtr off, if opening the port holds it in reset\n\
         --baud, if its firmware has another speed; and check how it is wired",
    );
    Failure::new(Kind::Timeout, text).hint(hint)
}

/// What to try after what was heard in place of a reply.
fn hint_of(heard: &Heard) -> Option<&'static str> {
    match heard {
        Heard::Prompt(_) => Some("serialtalk deploy FILE.py, or serialtalk repl"),
        Heard::Noise(_) => Some("the speed of the firmware: --baud BITS_PER_SECOND"),
        _ => None,
    }
}
