//! `serialtalk generate`

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use serialtalk_hal::contract;

use crate::connection::Connection;
use crate::context::Context;
use crate::contract::of_read;
use crate::failure::{Failure, Kind, Result};

/// The arguments of `generate`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

/// What is generated.
#[derive(Debug, Subcommand)]
enum What {
    /// A trait in Rust with the commands that the board describes; its client fits the board
    Rust {
        /// The name of the trait
        #[arg(long, default_value = "Board")]
        name: String,
        /// The file to write instead of standard output; it must not exist
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    let What::Rust { name, output } = &args.what;
    let board = context.board("generate")?;
    let interface =
        Connection::with(&board, |connection| contract::read(&mut connection.caller).map_err(of_read))?;
    let source = interface.to_rust(name).map_err(|error| Failure::new(Kind::Refused, error.to_string()))?;
    match output {
        None => io::stdout().write_all(source.as_bytes())?,
        Some(path) => write_new(path, &source)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes a file that does not exist yet.
fn write_new(path: &Path, text: &str) -> Result<()> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| Failure::file(path, &error))
}
