//! Running other programs, one line of output each.

use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Says what is done, and does it.
pub(crate) fn run(what: &str, command: &mut Command) -> Result<()> {
    say(what, command);
    let status = command.status().with_context(|| format!("can't run {}", text(command)))?;
    ensure!(status.success(), "{what}: {} ended with {status}", text(command));
    Ok(())
}

/// Says what is done by which command.
pub(crate) fn say(what: &str, command: &Command) {
    println!("==> {what}: {}", text(command));
}

/// The command as one would type it.
fn text(command: &Command) -> String {
    let program = command.get_program();
    let name = std::path::Path::new(program).file_stem().unwrap_or(program).to_string_lossy();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy());
    std::iter::once(name).chain(arguments).collect::<Vec<_>>().join(" ")
}
