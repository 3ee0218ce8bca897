//! `serialtalk reset`

use serde_json::json;
use serialtalk::Timeout;
use serialtalk::repl::ReplError;

use crate::boards::Board;
use crate::context::Context;
use crate::failure::{Failure, Kind, Result};
use crate::link::BoardLink;
use crate::micropython::{MicroPython, at_line};
use crate::output::{Output, tell};
use crate::several;
use crate::stop::Stop;

/// How long a board may take to vanish when it restarts, in milliseconds.
const RESTART_MS: u32 = 1000;

// The arguments of `reset`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Restarts the whole chip by machine.reset(), or by DTR and RTS if it has no REPL or no such function
    #[arg(long)]
    hard: bool,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    let stop = Stop::on_signal()?;
    several::each(context, &|board, output| {
        let how = if args.hard { hard(board, &stop)? } else { soft(board, &stop)? };
        said(board, output, how)
    })
}

fn said(board: &Board, output: Output, how: &str) -> Result<()> {
    if output.is_json {
        return Ok(output.json(json!({ "board": board.name, "reset": how }))?);
    }
    tell(format_args!("{}: restarted by {how}", board.name));
    Ok(())
}

/// Restarts Python, which then runs main.py.
fn soft(board: &Board, stop: &Stop) -> Result<&'static str> {
    at_line(board, stop, |micropython| Ok(micropython.repl().restart()?))?;
    Ok("a soft reset, after which main.py runs")
}

/// Restarts the chip.
fn hard(board: &Board, stop: &Stop) -> Result<&'static str> {
    let by_repl = at_line(board, stop, by_machine);
    match by_repl {
        Ok(true) => return Ok("machine.reset()"),
        Err(failure) if !matches!(failure.kind, Kind::Timeout | Kind::Protocol) => return Err(failure),
        Ok(false) | Err(_) => {}
    }
    let (mut link, _claim) = BoardLink::open_alone(board, stop)?;
    match link.pulse_lines() {
        Ok(()) => Ok("DTR and RTS"),
        Err(error) => Err(match by_repl {
            Err(failure) => failure,
            Ok(_) => Failure::new(
                Kind::Refused,
                format!("the board has no machine.reset(), and its port no lines DTR and RTS: {error}"),
            )
            .hint("its reset button; or serialtalk reset, which restarts Python alone"),
        }),
    }
}

/// Restarts the chip by its own Python. Returns whether that can do it.
fn by_machine(micropython: &mut MicroPython) -> Result<bool> {
    let repl = micropython.repl();
    repl.set_timeout(Timeout::Ms(RESTART_MS));
    match repl.run("import machine\nmachine.reset()", |_| {}) {
        Err(ReplError::Raised(exception))
            if matches!(exception.kind(), "ImportError" | "AttributeError" | "ModuleNotFoundError") =>
        {
            let _ = repl.exit();
            Ok(false)
        }
        Err(ReplError::Raised(exception)) => Err(ReplError::Raised(exception).into()),
        // It has gone, or says nothing that a REPL would say.
        _ => Ok(true),
    }
}
