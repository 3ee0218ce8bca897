//! `serialtalk cp`

mod copy;
mod here;

use std::ffi::OsString;
use std::path::Path;

use crate::context::Context;
use crate::failure::{Failure, Result};
use crate::micropython::at_repl;
use crate::micropython::meter::Meters;
use crate::micropython::place::Place;
use crate::several;
use crate::stop::Stop;

use copy::Copy;

const EXAMPLES: &str = "\
A path of the board begins with `:`
  serialtalk cp main.py :              this file into the folder where the board's programs start
  serialtalk cp a.py b.py :lib/        several files into a folder
  serialtalk cp -r lib :               this folder with all that is in it, as :lib
  serialtalk cp -r . :                 all that is in this folder
  serialtalk cp :log.csv .             a file of the board into this folder
  serialtalk cp :main.py :old.py       a file of the board, once more

What is there already with the same content is not sent. Ctrl-C leaves each file whole: the old or the new one.";

// The arguments of `cp`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Files, and with -r folders
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<OsString>,
    /// A folder that they are copied into; or a name for a single one
    #[arg(value_name = "DESTINATION")]
    destination: OsString,
    /// Copies folders with all that is in them
    #[arg(short, long)]
    recursive: bool,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    let sources: Vec<_> = args.sources.iter().map(|word| Place::of(word)).collect::<Result<_>>()?;
    let destination = Place::of(&args.destination)?;
    for source in &sources {
        check(source, &destination, args)?;
    }
    let boards = context.boards()?;
    if boards.len() > 1 && matches!(destination, Place::Here(_)) {
        let failure = Failure::usage("files of several boards would overwrite each other here");
        return Err(failure.hint("name one board with --board"));
    }
    let stop = Stop::on_signal()?;
    let meters = Meters::default();
    several::each(context, &|board, output| {
        at_repl(board, &stop, |micropython| {
            let mut copy = Copy {
                micropython,
                board,
                output,
                stop: &stop,
                meters: &meters,
                is_recursive: args.recursive,
                is_only: sources.len() == 1,
                copied: 0,
                unchanged: 0,
            };
            sources.iter().try_for_each(|source| match (source, &destination) {
                (Place::Here(from), Place::There(to)) => copy.up(from, to),
                (Place::There(from), Place::Here(to)) => copy.down(from, to),
                (Place::There(from), Place::There(to)) => copy.across(from, to),
                // It was checked.
                (Place::Here(_), Place::Here(_)) => Ok(()),
            })?;
            copy.say()
        })
    })
}

/// What is wrong before anything is asked of a board.
fn check(source: &Place, destination: &Place, args: &Args) -> Result<()> {
    let Place::Here(from) = source else { return Ok(()) };
    let Place::There(_) = destination else {
        let destination = args.destination.to_string_lossy();
        let failure = Failure::usage("neither the source nor the destination is on the board");
        let sources: Vec<_> = args.sources.iter().map(|it| it.to_string_lossy()).collect();
        return Err(failure.hint(format!(
            "serialtalk cp {} :{destination}\nserialtalk cp :{} {destination}",
            sources.join(" "),
            sources.join(" :"),
        )));
    };
    let about = std::fs::metadata(from).map_err(|error| Failure::file(from, &error))?;
    if about.is_dir() && !args.recursive {
        return Err(needs_recursion(&from.display().to_string(), from));
    }
    Ok(())
}

/// A folder that is to be copied without -r.
fn needs_recursion(shown: &str, from: &Path) -> Failure {
    Failure::usage(format!("{shown} is a folder")).hint(format!("serialtalk cp -r {} …", from.display()))
}
