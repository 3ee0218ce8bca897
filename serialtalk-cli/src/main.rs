//! The `serialtalk` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    serialtalk_cli::main()
}
