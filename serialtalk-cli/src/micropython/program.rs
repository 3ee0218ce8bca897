//! A program that runs on a board while its output is shown here.

use std::cell::Cell;
use std::io;
use std::ops::ControlFlow;

use serialtalk::Timeout;
use serialtalk::repl::{Conversation, ReplError, Script};

use super::MicroPython;
use super::printed::Printed;
use crate::failure::{Failure, Form, Result};
use crate::output::Output;
use crate::stop::Stop;

/// How a program is run.
pub(crate) struct Running<'r> {
    pub(crate) board: &'r str,
    pub(crate) output: Output,
    /// Whether output and traceback are shown with their control characters.
    pub(crate) is_raw: bool,
    /// How long the program may run.
    pub(crate) timeout: Timeout,
    pub(crate) stop: &'r Stop,
    /// Whether there is a newer program, which is to take its place.
    pub(crate) is_outdated: &'r dyn Fn() -> bool,
}

/// Runs a program to its end, or until Ctrl-C, which it gets as `KeyboardInterrupt`. Returns whether a newer program took its
/// place.
pub(crate) fn run(micropython: &mut MicroPython, script: Script<'_>, running: &Running<'_>) -> Result<bool> {
    let repl = micropython.repl();
    repl.set_timeout(running.timeout);
    repl.link_mut().ignore_stop();
    let mut following = Following {
        printed: Printed::new(running.board, running.output, running.is_raw),
        failed: None,
        running,
        is_outdated: Cell::new(false),
    };
    let outcome = repl.converse(script, &mut following);
    let ended = following.printed.end();
    if let Some(error) = following.failed {
        return Err(error.into());
    }
    ended?;
    match outcome {
        Ok(()) => Ok(following.is_outdated.get()),
        Err(ReplError::Raised(exception))
            if following.is_outdated.get() && exception.kind() == "KeyboardInterrupt" =>
        {
            Ok(true)
        }
        Err(error) => {
            let mut failure = Failure::from(error);
            if running.is_raw && failure.form == Form::Traceback {
                failure.form = Form::Raw;
            }
            Err(failure)
        }
    }
}

/// Shows the output of a program, and ends it in time.
struct Following<'f> {
    printed: Printed<'f>,
    /// Why its output cannot be shown any more.
    failed: Option<io::Error>,
    running: &'f Running<'f>,
    is_outdated: Cell<bool>,
}

impl Conversation for Following<'_> {
    fn output(&mut self, bytes: &[u8]) -> ControlFlow<()> {
        if self.failed.is_none() {
            self.failed = self.printed.write(bytes).err();
        }
        if self.failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn is_over(&mut self) -> bool {
        if self.running.stop.is_set() {
            return true;
        }
        if !self.is_outdated.get() {
            self.is_outdated.set((self.running.is_outdated)());
        }
        self.is_outdated.get()
    }
}
