//! `serialtalk completions`

use std::env;
use std::io;
use std::process::ExitCode;

use clap::ValueEnum;
use clap_complete::env::Shells;

use crate::failure::{Failure, Result};

// The arguments of `completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
For bash, in ~/.bashrc:            source <(serialtalk completions bash)
For zsh, in ~/.zshrc:              source <(serialtalk completions zsh)
For fish, once:                    serialtalk completions fish > ~/.config/fish/completions/serialtalk.fish")]
pub(crate) struct Args {
    /// The shell
    shell: Shell,
}

/// A shell that knows completion.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

/// The environment variable by which a shell asks for completions.
pub(crate) const VARIABLE: &str = "COMPLETE";

pub(crate) fn run(args: &Args) -> Result {
    let name = format!("{:?}", args.shell).to_lowercase();
    let shells = Shells::builtins();
    let shell =
        shells.completer(&name).ok_or_else(|| Failure::usage(format!("{name} knows no completion")))?;
    let program =
        env::current_exe().map_err(|error| Failure::usage(format!("where this program is: {error}")))?;
    let program = program.to_string_lossy();
    shell.write_registration(VARIABLE, "serialtalk", "serialtalk", &program, &mut io::stdout())?;
    Ok(ExitCode::SUCCESS)
}
