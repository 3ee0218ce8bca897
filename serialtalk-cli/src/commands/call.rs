//! `serialtalk call`

use std::ffi::OsString;
use std::io::{self, Write};
use std::time::Instant;

use serialtalk::Value;

use clap_complete::ArgValueCompleter;

use crate::completion;
use crate::connection::Call;
use crate::context::Context;
use crate::escaped::escaped;
use crate::failure::{Failure, Result};
use crate::{several, words};

const ARGUMENTS: &str = "\
Each word is one argument:
  5.9  -3  True  'text'  [1, 2]     a Python literal
  true  false  none  null           as in other languages
  255,0,0                           a list: no quotes, no spaces
  hello                             anything else is text
  str:5  hex:0aff  file:image.bin   text, bytes, the bytes of a file
  py:{'a': 1}  json:{\"a\": 1}        a value of Python or JSON
  -                                 the bytes of standard input";

// The arguments of `call`.
#[derive(Debug, clap::Args)]
#[command(after_help = ARGUMENTS)]
pub(crate) struct Args {
    /// The name of the command
    #[arg(add = ArgValueCompleter::new(completion::commands))]
    name: String,
    /// Its arguments, each a word
    #[arg(value_name = "ARGUMENT", allow_negative_numbers = true)]
    arguments: Vec<OsString>,
    /// Packs the arguments in this format of Python's struct: `ff`, `<if`; as literals otherwise
    #[arg(long)]
    format: Option<String>,
    /// Writes text or bytes as they are, without quotes
    #[arg(long, conflicts_with = "json")]
    raw: bool,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    let arguments = words::values(&args.arguments)?;
    several::each_open(context, &|connection, output| {
        let board = connection.board.clone();
        let arguments = arguments.clone();
        let mut call = Call { name: args.name.clone(), format: args.format.clone(), arguments };
        let start = Instant::now();
        let value = connection.call(&mut call)?;
        if args.raw {
            return Ok(write_raw(&value)?);
        }
        Ok(output.value(&board.name, &args.name, &value, start.elapsed())?)
    })
}

/// Writes text or bytes as they are, other values as literals.
pub(crate) fn write_raw(value: &Value) -> io::Result<()> {
    let mut output = io::stdout().lock();
    match value {
        Value::Bytes(bytes) => output.write_all(bytes)?,
        Value::Str(text) => output.write_all(text.as_bytes())?,
        value => writeln!(output, "{}", escaped(&value.to_string()))?,
    }
    output.flush()
}

impl From<words::BadWord> for Failure {
    fn from(error: words::BadWord) -> Self {
        Self::usage(error.to_string())
    }
}
