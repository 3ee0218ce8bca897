//! MicroPython boards: at their REPL, with their files.

pub(crate) mod changes;
mod failures;
mod line;
pub(crate) mod meter;
pub(crate) mod place;
pub(crate) mod printed;
pub(crate) mod program;

use serialtalk::Timeout;
use serialtalk::repl::ReplError;
use serialtalk_hal::LinkError;

use crate::boards::Board;
use crate::failure::{Failure, Kind, Result};
use crate::link::BoardLink;
use crate::stop::Stop;

use failures::no_repl;
pub(crate) use failures::{at, not_serving};
pub(crate) use line::Line;

/// A board at its raw REPL.
pub(crate) type MicroPython = serialtalk_hal::board::Board<Line>;

/// The error of a REPL.
pub(crate) type ReplFailed = ReplError<LinkError>;

/// Opens a board for this program alone, brings it to its raw REPL, works there, and leaves it at its friendly prompt. Ctrl-C ends
/// the work as a lost line would, unless the line is told to [ignore it](Line::ignore_stop).
pub(crate) fn at_repl<T>(
    board: &Board,
    stop: &Stop,
    work: impl FnOnce(&mut MicroPython) -> Result<T>,
) -> Result<T> {
    at_line(board, stop, |micropython| {
        let outcome = work(micropython);
        leave(micropython, stop);
        outcome
    })
}

/// Opens a board for this program alone, brings it to its raw REPL, and works there.
pub(crate) fn at_line<T>(
    board: &Board,
    stop: &Stop,
    work: impl FnOnce(&mut MicroPython) -> Result<T>,
) -> Result<T> {
    let (link, _claim) = BoardLink::open_alone(board, stop)?;
    let mut micropython = MicroPython::new(Line::new(link, stop.clone()));
    let repl = micropython.repl();
    repl.set_prompt_timeout(board.timeout_ms());
    repl.set_timeout(Timeout::Ms(board.timeout_ms()));
    let outcome = match repl.activate(board.timeout_ms()) {
        Ok(()) => {
            micropython.repl().link_mut().is_known();
            work(&mut micropython)
        }
        Err(ReplError::NoPrompt { .. }) => Err(no_repl(micropython.into_link(), board)),
        Err(error) => Err(error.into()),
    };
    outcome.map_err(|failure| match failure.kind {
        // The line failed because it was told to.
        Kind::Port if stop.is_set() => Failure::interrupted(),
        _ => failure,
    })
}

/// Leaves a board at its friendly prompt, without what an interrupted write has left. If that fails, the next program that needs
/// the board brings it to its prompt.
pub(crate) fn leave(micropython: &mut MicroPython, stop: &Stop) {
    if stop.is_set() {
        micropython.repl().link_mut().ignore_stop();
    }
    if micropython.tidy().is_ok() {
        let _ = micropython.repl().exit();
    }
}
