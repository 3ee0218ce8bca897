//! Runs other programs, and prints a line for each.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Prints a command, and runs it.
pub(crate) fn run(what: &str, command: &mut Command) -> Result<()> {
    say(what, command);
    let status = command.status().with_context(|| format!("can't run {}", text(command)))?;
    ensure!(status.success(), "{what}: {} ended with {status}", text(command));
    Ok(())
}

/// Whether a program is there, and ends well with these arguments; nothing of what it prints is shown.
pub(crate) fn succeeds(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Says what is done by which command.
pub(crate) fn say(what: &str, command: &Command) {
    println!("==> {what}: {}", text(command));
}

/// The command line.
fn text(command: &Command) -> String {
    let program = command.get_program();
    let name = std::path::Path::new(program).file_stem().unwrap_or(program).to_string_lossy();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy());
    std::iter::once(name).chain(arguments).collect::<Vec<_>>().join(" ")
}
