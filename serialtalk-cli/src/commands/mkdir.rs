//! `serialtalk mkdir`

use crate::context::Context;
use crate::failure::Result;
use crate::micropython::place::BoardPath;
use crate::micropython::{at, at_repl};
use crate::several;
use crate::stop::Stop;

// The arguments of `mkdir`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Folders of the board; those that they are in are made, too
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<BoardPath>,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    let stop = Stop::on_signal()?;
    several::each(context, &|board, _| {
        at_repl(board, &stop, |micropython| {
            for path in args.paths.iter().filter(|path| !path.is_all()) {
                micropython.make_folder(&path.path).map_err(at(&path.path))?;
            }
            Ok(())
        })
    })
}
