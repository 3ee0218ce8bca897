//! `serialtalk exec`

use std::io::{self, Read};

use serialtalk::Timeout;
use serialtalk::repl::Script;

use crate::boards::Board;
use crate::context::Context;
use crate::failure::{Failure, Result};
use crate::micropython::at_repl;
use crate::micropython::program::{Running, run as run_program};
use crate::several;
use crate::stop::Stop;

// The arguments of `exec`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  serialtalk exec 'print(1)'
  serialtalk exec - <program.py
Ctrl-C interrupts the program on the board, whose traceback is shown; a second one leaves.")]
pub(crate) struct Args {
    /// The code; `-` reads it from standard input
    #[arg(allow_hyphen_values = true)]
    code: String,
    /// Writes the bytes that the program prints as they are
    #[arg(long, conflicts_with = "json")]
    raw: bool,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    let mut code = args.code.clone();
    if code == "-" {
        code.clear();
        io::stdin()
            .read_to_string(&mut code)
            .map_err(|error| Failure::usage(format!("standard input: {error}")))?;
    }
    let stop = Stop::on_signal()?;
    several::each(context, &|board, output| {
        at_repl(board, &stop, |micropython| {
            let running = Running {
                board: &board.name,
                output,
                is_raw: args.raw,
                timeout: timeout(board, context),
                stop: &stop,
                is_outdated: &|| false,
            };
            run_program(micropython, Script::new(&code), &running).map(drop)
        })
    })
}

/// How long a program may run: as long as it likes, unless the command line says how long.
pub(crate) fn timeout(board: &Board, context: &Context) -> Timeout {
    match context.global.timeout {
        Some(_) => Timeout::Ms(board.timeout_ms()),
        None => Timeout::Never,
    }
}
