//! `serialtalk rm`

use crate::commands::ls::missing;
use crate::context::Context;
use crate::failure::{Failure, Kind, Result};
use crate::micropython::place::BoardPath;
use crate::micropython::{at, at_repl};
use crate::several;
use crate::stop::Stop;

// The arguments of `rm`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Files of the board, and with -r folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<BoardPath>,
    /// Removes folders with all that is in them
    #[arg(short, long)]
    recursive: bool,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    if let Some(path) = args.paths.iter().find(|path| path.is_all()) {
        let failure = Failure::usage(format!("{path} is all that the board has"));
        return Err(failure.hint("name what to remove: serialtalk rm -r :main.py :lib"));
    }
    let stop = Stop::on_signal()?;
    several::each(context, &|board, _| {
        at_repl(board, &stop, |micropython| {
            for path in &args.paths {
                match micropython.find(&path.path).map_err(at(&path.path))? {
                    None => return Err(missing(path)),
                    Some(entry) if entry.is_folder && !args.recursive => {
                        let failure = Failure::new(Kind::Refused, format!("{path} is a folder"));
                        return Err(failure.hint(format!("serialtalk rm -r {path}")));
                    }
                    Some(_) => micropython.remove(&path.path).map_err(at(&path.path))?,
                }
            }
            Ok(())
        })
    })
}
