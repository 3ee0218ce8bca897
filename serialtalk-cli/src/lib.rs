//! The `serialtalk` command: what is on a board, called, watched and recorded from a shell.
//!
//! The flow: `arguments` reads the command line, `context` what else a command needs, a module of `commands` does it, and
//! `output` shows the result. A command that fails returns a `Failure`, whose kind is the exit code.

#[cfg(unix)]
mod answers;
mod arguments;
mod boards;
mod carried;
mod clock;
mod commands;
mod completion;
mod config;
mod connection;
mod context;
mod contract;
mod escaped;
mod failure;
mod figures;
mod firmware;
#[cfg(feature = "fleet")]
mod fleet;
mod holders;
mod json;
mod kept;
mod leaves;
mod line;
mod link;
mod micropython;
mod output;
mod overheard;
mod packing;
mod pause;
mod plot;
mod record;
mod reply;
mod runtime;
mod sampling;
mod several;
mod sharing;
mod stop;
#[cfg_attr(not(unix), allow(dead_code, reason = "all of it is for `sniff`, which needs a Unix"))]
mod traffic;
mod udp;
mod verbose;
mod way;
mod words;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::Arguments;
use context::Context;

/// The command line as clap knows it, for man pages.
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Does what the command line of this process says. Returns the exit code of the process.
pub fn main() -> ExitCode {
    completion::complete(Arguments::command);
    let arguments = Arguments::parse();
    arguments.global.color.apply();
    verbose::apply(arguments.global.verbose);
    let output = output::Output::new(&arguments.global);
    let result =
        Context::new(arguments.global).and_then(|context| commands::run(arguments.command, &context));
    result.unwrap_or_else(|failure| {
        output.failure(None, &failure);
        failure.kind.into()
    })
}
