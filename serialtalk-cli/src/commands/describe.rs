//! `serialtalk describe`

mod probe;

use std::fmt::Write;

use clap_complete::ArgValueCompleter;
use serde_json::json;

use crate::commands::list::as_json;
use crate::completion;
use crate::connection::Connection;
use crate::context::Context;
use crate::contract::{self, Known};
use crate::escaped::{escaped, on_one_line};
use crate::failure::{Failure, Kind, Result};
use crate::output::{DIM, NAME, Output, tell};
use crate::several;

// The arguments of `describe`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A board tells it if its interface is marked #[serialtalk::interface(describe)].")]
pub(crate) struct Args {
    /// The name of a command; all if there is none
    #[arg(add = ArgValueCompleter::new(completion::commands))]
    name: Option<String>,
    /// Finds out how many arguments the functions of an untyped Python board take, by calling each with 17: it refuses that many
    /// without running the function, unless the function takes any number
    #[arg(long)]
    probe: bool,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    several::each_open(context, &|connection, output| {
        let board = connection.board.clone();
        let known = contract::read(connection)?;
        let is_meant = |known: &&Known| match &args.name {
            Some(name) => known.name == *name,
            None => !known.is_built_in(),
        };
        let meant: Vec<_> = known.iter().filter(is_meant).collect();
        if let (Some(name), []) = (&args.name, meant.as_slice()) {
            return Err(connection.no_such_command(name));
        }
        if args.probe {
            return probe(connection, &meant, output);
        }
        if meant.iter().all(|known| known.told.is_none()) {
            let text = "the board tells only the names of its commands";
            return Err(Failure::new(Kind::Refused, text).hint(
                "mark its interface with #[serialtalk::interface(describe)]; serialtalk list shows the names\n\
                 --probe, if it is a Python program",
            ));
        }
        for known in meant {
            if output.is_json {
                output.json(as_json(&board.name, known))?;
            } else {
                output.line(&board.name, described(known))?;
            }
        }
        Ok(())
    })
}

/// Finds out how many arguments commands take.
fn probe(connection: &mut Connection, meant: &[&Known], output: Output) -> Result<()> {
    let board = connection.board.name.clone();
    if connection.is_checked() || meant.iter().any(|known| known.told.is_some()) {
        let text = "this board is no untyped Python board, so it is not probed";
        return Err(Failure::usage(text).hint("serialtalk describe, without --probe"));
    }
    tell("each command is called with 17 arguments: one that takes any number runs");
    for known in meant {
        let arity = probe::arity(connection, &known.name)?;
        if output.is_json {
            let arity = arity.map(|(low, high)| json!({ "least": low, "most": high }));
            output.json(json!({ "board": board, "command": known.name, "arguments": arity }))?;
        } else {
            let name = on_one_line(&known.name);
            output.line(&board, format_args!("{NAME}{name}{NAME:#}  {}", probe::shown(arity)))?;
        }
    }
    Ok(())
}

/// All that is known of a command, in several lines.
fn described(known: &Known) -> String {
    let Some(told) = &known.told else {
        return format!("{NAME}{}{NAME:#}\n", on_one_line(&known.name));
    };
    let (name, rest) = known.signature();
    let mut text = format!("{NAME}{name}{NAME:#}{rest}\n");
    // Writing to text does not fail.
    let options = told.options().to_string();
    if !options.is_empty() {
        let _ = writeln!(text, "    {DIM}{options}{DIM:#}");
    }
    for line in escaped(told.docs()).lines() {
        let _ = writeln!(text, "    {line}");
    }
    text
}
