//! `serialtalk eval`

use std::time::Instant;

use serde_json::json;
use serialtalk::Value;

use crate::commands::call::write_raw;
use crate::context::Context;
use crate::escaped::on_one_line;
use crate::failure::Result;
use crate::micropython::at_repl;
use crate::stop::Stop;
use crate::{json, several};

// The arguments of `eval`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The expression: 'os.listdir()', 6*7
    #[arg(allow_hyphen_values = true)]
    expression: String,
    /// Writes text or bytes as they are, without quotes
    #[arg(long, conflicts_with = "json")]
    raw: bool,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    let stop = Stop::on_signal()?;
    // As text, because not every value is a literal.
    let code = format!("repr(({}\n))", args.expression);
    several::each(context, &|board, output| {
        let (text, took) = at_repl(board, &stop, |micropython| {
            let start = Instant::now();
            let text: String = micropython.repl().eval(code.as_str())?;
            Ok((text, start.elapsed()))
        })?;
        let value = Value::from_literal(&text);
        if args.raw {
            return Ok(write_raw(&value.unwrap_or(Value::Str(text + "\n")))?);
        }
        if output.is_json {
            let value = value.map_or_else(|| json!({ "$repr": text }), |value| json::of(&value));
            let ms = (took.as_secs_f64() * 1e6).round() / 1e3;
            let expression = &args.expression;
            return Ok(output
                .json(json!({ "board": board.name, "expression": expression, "value": value, "ms": ms }))?);
        }
        let text = value.map_or(text, |value| value.to_string());
        Ok(output.line(&board.name, on_one_line(&text))?)
    })
}
