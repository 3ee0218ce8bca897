//! `serialtalk list`

use serde_json::{Value as Json, json};
use serialtalk_hal::contract::Command;

use crate::completion;
use crate::context::Context;
use crate::contract::{self, Known};
use crate::escaped::on_one_line;
use crate::failure::Result;
use crate::output::{DIM, NAME, tell};
use crate::several;

// The arguments of `list`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Lists the built-in commands, too, which every peer has
    #[arg(short, long)]
    all: bool,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    #[cfg(feature = "fleet")]
    if let Some(realm) = crate::fleet::realm(context) {
        return crate::fleet::list(realm, context);
    }
    several::each_open(context, &|connection, output| {
        let board = connection.board.clone();
        let known = contract::read(connection)?;
        completion::keep(&board.name, &known);
        let listed: Vec<_> = known.iter().filter(|known| args.all || !known.is_built_in()).collect();
        if output.is_json {
            return listed.iter().try_for_each(|known| Ok(output.json(as_json(&board.name, known))?));
        }
        let width = listed.iter().map(|known| wide(known)).max().unwrap_or_default();
        for known in &listed {
            output.line(&board.name, line(known, width))?;
        }
        if listed.is_empty() {
            tell("the board has no commands of its own; `--all` lists the built-in ones");
        } else if listed.iter().all(|known| known.told.is_none()) {
            tell("the board tells only the names of its commands");
        }
        Ok(())
    })
}

/// How many characters a command takes with its signature.
fn wide(known: &Known) -> usize {
    let (name, rest) = known.signature();
    name.chars().count() + rest.chars().count()
}

fn line(known: &Known, width: usize) -> String {
    let (name, rest) = known.signature();
    let docs = known.told.as_ref().and_then(|told| told.docs().lines().next()).unwrap_or_default();
    if docs.is_empty() {
        return format!("{NAME}{name}{NAME:#}{rest}");
    }
    let gap = " ".repeat(width.min(60).saturating_sub(wide(known)) + 2);
    format!("{NAME}{name}{NAME:#}{rest}{gap}{DIM}{}{DIM:#}", on_one_line(docs))
}

/// A command as JSON.
pub(crate) fn as_json(board: &str, known: &Known) -> Json {
    let told = known.told.as_ref();
    json!({
        "board": board,
        "command": known.name,
        "signature": told.map(|told| told.signature().to_string()),
        "options": told.map(|told| told.options().to_string()).filter(|options| !options.is_empty()),
        "docs": told.map(Command::docs),
    })
}
