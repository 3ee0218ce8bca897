//! `serialtalk cat`

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use serde_json::json;
use serialtalk::Value;

use crate::commands::ls::missing;
use crate::context::Context;
use crate::failure::{Failure, Kind, Result};
use crate::json;
use crate::micropython::place::BoardPath;
use crate::micropython::printed::Printed;
use crate::micropython::{MicroPython, at, at_repl};
use crate::output::Output;
use crate::stop::Stop;

// The arguments of `cat`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Files of the board
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<BoardPath>,
    /// Writes the bytes as they are to a terminal, too, which escapes keep from control characters otherwise
    #[arg(long, conflicts_with = "json")]
    raw: bool,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    let board = context.board("cat")?;
    let stop = Stop::on_signal()?;
    at_repl(&board, &stop, |micropython| {
        for path in &args.paths {
            let bytes = read(micropython, path)?;
            let output = context.output;
            if output.is_json {
                let content = match String::from_utf8(bytes) {
                    Ok(text) => Value::Str(text),
                    Err(error) => Value::Bytes(error.into_bytes()),
                };
                let content = json::of(&content);
                output.json(json!({ "board": board.name, "path": path.path, "content": content }))?;
            } else {
                show(&bytes, &board.name, output, args.raw || !io::stdout().is_terminal())?;
            }
        }
        Ok(())
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The content of a file of a board.
pub(crate) fn read(micropython: &mut MicroPython, path: &BoardPath) -> Result<Vec<u8>> {
    match micropython.find(&path.path).map_err(at(&path.path))? {
        None => Err(missing(path)),
        Some(entry) if entry.is_folder => {
            let failure = Failure::new(Kind::Refused, format!("{path} is a folder"));
            Err(failure.hint(format!("serialtalk ls {path}")))
        }
        Some(_) => micropython.read(&path.path).map_err(at(&path.path)),
    }
}

fn show(bytes: &[u8], board: &str, output: Output, is_raw: bool) -> io::Result<()> {
    let mut printed = Printed::new(board, output, is_raw);
    printed.write(bytes)?;
    printed.end()?;
    io::stdout().flush()
}
