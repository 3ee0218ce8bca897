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

// The arguments of `generate`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

// What is generated.
#[derive(Debug, Subcommand)]
enum What {
    /// A trait in Rust with the commands that the board describes; its client fits the board
    Rust(Target),
    /// A Python module with a class that calls the commands that the board describes, and one that serves them
    #[command(after_help = PYTHON)]
    Python(Target),
}

const PYTHON: &str = "\
The classes use a SerialTalk object that is passed to them: of the package `serialtalk` or of the small peer, which stands in
this repository as serialtalk-python/python/serialtalk_peer.py:
  robot = RobotClient(st)
  print(robot.mult(5.9, 94.0))";

/// Where it goes.
#[derive(Debug, clap::Args)]
struct Target {
    /// The name of the trait; classes begin with it
    #[arg(long, default_value = "Board")]
    name: String,
    /// The file to write instead of standard output; it must not exist
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    let (What::Rust(target) | What::Python(target)) = &args.what;
    let board = context.board("generate")?;
    let interface =
        Connection::with(&board, |connection| contract::read(&mut connection.caller).map_err(of_read))?;
    let source = match args.what {
        What::Rust(_) => {
            let written = interface.to_rust(&target.name);
            written.map_err(|error| Failure::new(Kind::Refused, error.to_string()))?
        }
        What::Python(_) if !is_class_name(&target.name) => {
            let text = format!(
                "`{}` cannot begin the names of classes: expected letters, digits and `_`",
                target.name
            );
            return Err(Failure::usage(text));
        }
        What::Python(_) => serialtalk_python::module(&[interface.leak(&target.name)]),
    };
    match &target.output {
        None => io::stdout().write_all(source.as_bytes())?,
        Some(path) => write_new(path, &source)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn is_class_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// Writes a file that does not exist yet.
fn write_new(path: &Path, text: &str) -> Result<()> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| Failure::file(path, &error))
}
