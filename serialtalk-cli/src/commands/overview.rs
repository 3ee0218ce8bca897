//! `serialtalk` alone.

use std::process::ExitCode;

use crate::commands::ports;
use crate::context::Context;
use crate::failure::Result;

const TRY: &str = "
Try:
  serialtalk list                 what the board can do
  serialtalk call NAME ARGUMENT…  call it
  serialtalk demo                 a simulated board, if there is none

serialtalk help shows all commands.";

/// Lists the ports and three things to try; opens nothing.
pub(crate) fn run(context: &Context) -> Result {
    ports::list(context)?;
    if !context.output.is_json {
        context.output.line("", TRY)?;
    }
    Ok(ExitCode::SUCCESS)
}
