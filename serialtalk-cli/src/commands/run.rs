//! `serialtalk run`

use std::fs;
use std::path::{Path, PathBuf};

use serialtalk::repl::Script;

use crate::boards::Board;
use crate::commands::exec::timeout;
use crate::context::Context;
use crate::failure::{Failure, Kind, Result};
use crate::micropython::at_repl;
use crate::micropython::changes::Changes;
use crate::micropython::program::{Running, run as run_program};
use crate::output::{Output, tell};
use crate::several;
use crate::stop::Stop;

// The arguments of `run`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Ctrl-C interrupts the program on the board, whose traceback is shown; a second one leaves.")]
pub(crate) struct Args {
    /// A Python file of this machine; nothing of it is stored on the board
    file: PathBuf,
    /// Runs the file again whenever it changes
    #[arg(short, long)]
    watch: bool,
    /// Writes the bytes that the program prints as they are
    #[arg(long, conflicts_with = "json")]
    raw: bool,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    read(&args.file)?;
    let stop = Stop::on_signal()?;
    several::each(context, &|board, output| {
        let program = Program { args, context, board, output, stop: &stop };
        if args.watch {
            program.again_and_again()
        } else {
            program.once(&read(&args.file)?, &|| false).map(drop)
        }
    })
}

/// The code of a file.
fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).map_err(|error| Failure::file(file, &error))
}

/// A program for one board.
struct Program<'p> {
    args: &'p Args,
    context: &'p Context,
    board: &'p Board,
    output: Output,
    stop: &'p Stop,
}

impl Program<'_> {
    /// Runs the code on a board that has forgotten all earlier programs. Returns whether it gave way to newer code.
    fn once(&self, code: &str, is_outdated: &dyn Fn() -> bool) -> Result<bool> {
        at_repl(self.board, self.stop, |micropython| {
            micropython.repl().soft_reset()?;
            let running = Running {
                board: &self.board.name,
                output: self.output,
                is_raw: self.args.raw,
                timeout: timeout(self.board, self.context),
                stop: self.stop,
                is_outdated,
            };
            let name = self.args.file.to_string_lossy();
            run_program(micropython, Script::new(code).named(&name), &running)
        })
    }

    /// Runs the file, and again whenever it has changed.
    fn again_and_again(&self) -> Result<()> {
        let file = &self.args.file;
        let changes = Changes::of(file, |_| true)?;
        loop {
            let code = read(file)?;
            // While an editor replaces it, there may be none.
            let is_outdated = || changes.are_there() && read(file).is_ok_and(|now| now != code);
            match self.once(&code, &is_outdated) {
                Ok(true) => continue,
                Ok(false) => {}
                Err(failure) if self.stop.is_set() || failure.kind != Kind::Refused => return Err(failure),
                Err(failure) => self.output.failure(Some(&self.board.name), &failure),
            }
            tell(format_args!("{} runs again when it changes", file.display()));
            changes.wait(self.stop, is_outdated)?;
        }
    }
}
