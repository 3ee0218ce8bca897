//! `serialtalk ls`

use serde_json::json;

use crate::context::Context;
use crate::escaped::on_one_line;
use crate::failure::{Failure, Kind, Result};
use crate::micropython::place::BoardPath;
use crate::micropython::{at, at_repl};
use crate::output::NAME;
use crate::several;
use crate::stop::Stop;

// The arguments of `ls`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A folder or a file of the board; `:` is the folder in which its programs start
    #[arg(default_value = ":", hide_default_value = true)]
    path: BoardPath,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    let stop = Stop::on_signal()?;
    let path = &args.path;
    several::each(context, &|board, output| {
        let entries = at_repl(board, &stop, |micropython| {
            match micropython.find(&path.path).map_err(at(&path.path))? {
                None => Err(missing(path)),
                Some(entry) if entry.is_folder => micropython.list(&path.path).map_err(at(&path.path)),
                Some(entry) => Ok(vec![entry]),
            }
        })?;
        for entry in &entries {
            if output.is_json {
                output.json(json!({
                    "board": board.name, "name": entry.name, "folder": entry.is_folder, "size": entry.size,
                }))?;
            } else if entry.is_folder {
                let name = on_one_line(&entry.name);
                output.line(&board.name, format_args!("{:>10}  {NAME}{name}/{NAME:#}", ""))?;
            } else {
                let name = on_one_line(&entry.name);
                output.line(&board.name, format_args!("{:>10}  {name}", entry.size))?;
            }
        }
        Ok(())
    })
}

/// There is nothing at a path of the board.
pub(crate) fn missing(path: &BoardPath) -> Failure {
    let failure = Failure::new(Kind::Refused, format!("there is no {path} on the board"));
    failure.hint(format!("serialtalk ls {}", path.parent()))
}
