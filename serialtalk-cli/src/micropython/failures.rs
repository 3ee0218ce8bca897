//! What can go wrong at a REPL, as failures.

use std::fmt::Write;
use std::time::Duration;

use serialtalk::repl::{Exception, ReplError};
use serialtalk::{CallError, Caller, Heard};
use serialtalk_hal::board::{BoardError, DeployError};
use serialtalk_hal::{LinkError, over};

use super::{Line, ReplFailed};
use crate::boards::Board;
use crate::failure::{self, Failure, Kind};

/// How long a board that has no REPL may take to show what it is, in milliseconds.
const LOOK_MS: u32 = 400;

/// What there is in place of a REPL.
pub(crate) fn no_repl(mut line: Line, board: &Board) -> Failure {
    line.ignore_stop();
    let name = line.link.name().to_owned();
    let opened = board.opened_as(&name);
    let waited = humantime::format_duration(board.timeout);
    if speaks_serialtalk(line.heard()) {
        let text = format!(
            "no MicroPython on {opened}: its program speaks SerialTalk, and did not show a REPL within {waited}"
        );
        return Failure::new(Kind::Protocol, text)
            .hint(format!("serialtalk -b {} list: its commands can be called all the same", board.name));
    }
    // Now that it is not interrupted any more, it may tell more of itself.
    match over(line, name).ready(LOOK_MS) {
        Ok(()) => {
            Failure::new(Kind::Protocol, format!("no MicroPython on {opened}: its program speaks SerialTalk"))
        }
        Err(CallError::Timeout { context, .. }) => {
            let mut text = format!("no MicroPython REPL on {opened} within {waited}");
            if *context.heard() == Heard::Nothing {
                text.push_str("; nothing came at all");
            }
            // Writing to text does not fail.
            let _ = write!(text, "{}", context.heard());
            let failure = failure::silent(text, context.heard());
            match context.heard() {
                Heard::Nothing => failure.hint(
                    "the reset button, if its program cannot be interrupted\n\
                     --dtr off, if opening the port holds it in reset\n\
                     --baud, if it has another speed; and check how it is wired",
                ),
                Heard::Noise(_) => failure,
                _ => failure.hint("--timeout 20s, if it takes longer to start; or its reset button"),
            }
        }
        Err(error) => error.into(),
    }
}

/// Whether a board has answered the command that asks it for its REPL.
fn speaks_serialtalk(heard: &[u8]) -> bool {
    let has = |text: &[u8]| heard.windows(text.len()).any(|it| it == text);
    has(b"enable replack") || has(b"enable replerr")
}

impl From<ReplFailed> for Failure {
    fn from(error: ReplFailed) -> Self {
        let kind = match &error {
            ReplError::Raised(exception) => return Self::traceback(traceback(exception)),
            ReplError::Link(serialtalk::LinkError::Failed(error)) => return error.clone().into(),
            ReplError::Link(_) => Kind::Port,
            ReplError::NoPrompt { .. } | ReplError::TimedOut { .. } => Kind::Timeout,
            ReplError::Unsendable(_) => Kind::Usage,
            ReplError::LineTooLong { .. } => Kind::Refused,
            _ => Kind::Protocol,
        };
        let failure = Self::new(kind, error.to_string());
        match error {
            ReplError::TimedOut { stopped: true, .. } => failure.hint("--timeout 1min, if it needs longer"),
            ReplError::TimedOut { stopped: false, .. } => failure.hint("the reset button of the board"),
            _ => failure,
        }
    }
}

/// An exception as Python prints it.
fn traceback(exception: &Exception) -> String {
    let mut text = String::new();
    // Writing to text does not fail.
    for (at, frame) in exception.frames().enumerate() {
        if at == 0 {
            text.push_str("Traceback (most recent call last):\n");
        }
        let _ = write!(text, "  File \"{}\", line {}", frame.file, frame.line);
        if !frame.function.is_empty() {
            let _ = write!(text, ", in {}", frame.function);
        }
        text.push('\n');
    }
    text.push_str(exception.kind());
    if !exception.message().is_empty() {
        let _ = write!(text, ": {}", exception.message().replace("\r\n", "\n"));
    }
    text
}

impl From<BoardError<LinkError>> for Failure {
    fn from(error: BoardError<LinkError>) -> Self {
        match error {
            BoardError::Repl(error) => error.into(),
            BoardError::Local(_) => Self::usage(error.to_string()),
            BoardError::Damaged { .. } => Self::new(Kind::Protocol, error.to_string()),
            BoardError::NoSpace { .. } => {
                Self::new(Kind::Refused, error.to_string()).hint("serialtalk ls, and serialtalk rm :PATH")
            }
            _ => Self::new(Kind::Refused, error.to_string()),
        }
    }
}

/// What the file system of a board refuses at a path, by the number of the error.
const REFUSALS: [(u32, &str); 8] = [
    (1, "the board does not permit it"),
    (13, "the board does not permit it"),
    (17, "there is a file of that name"),
    (19, "there is no such drive on the board"),
    (20, "a part of the path is a file"),
    (21, "it is a folder"),
    (
        30,
        "the file system of the board can only be read (by CircuitPython, as long as USB shows it as a drive)",
    ),
    (39, "the folder is not empty"),
];

/// An error at a path of the board.
pub(crate) fn at(path: &str) -> impl Fn(BoardError<LinkError>) -> Failure + '_ {
    move |error| {
        let Some(exception) = error.exception() else { return error.into() };
        let known = REFUSALS.iter().find(|(number, _)| exception.errno() == Some(*number));
        let text = known.map_or(format!("{}: {}", exception.kind(), exception.message()), |it| it.1.into());
        Failure::new(Kind::Refused, format!(":{path}: {text}"))
    }
}

/// A program that was put on a board, and does not serve there.
pub(crate) fn not_serving(error: DeployError<LinkError>, board: &Board, waited: Duration) -> Failure {
    match error {
        DeployError::Board(error) => error.into(),
        DeployError::Failed(traceback) => Failure::traceback(traceback),
        DeployError::Ended => {
            Failure::new(Kind::Refused, error.to_string()).hint("--no-echo, if it is not to serve")
        }
        DeployError::Call(error @ CallError::Timeout { .. }) => {
            let waited = humantime::format_duration(waited);
            let text = format!(
                "the program was started on {}, and does not answer within {waited}{}",
                board.name,
                error.context().heard()
            );
            Failure::new(Kind::Timeout, text)
                .hint("--no-echo, if it is not to serve\n--timeout 30s, if it needs longer to start")
        }
        DeployError::Call(error) => error.into(),
        error => Failure::new(Kind::Protocol, error.to_string()),
    }
}
