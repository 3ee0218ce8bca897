//! Interfaces as text for people.

use core::fmt;

use super::description::write_options;
use super::interface::{CommandInfo, Interface};
use crate::codec::shape::display;

/// The name of the trait, and one command a line: its [signature](CommandInfo::signature), its options, and the first line
/// of its documentation.
///
/// ```text
/// Robot    // What every robot can do.
///   mult(a: f32, b: f32) -> f32    // Product of two numbers.
///   calibrate() -> {x: f32, y: f32} or {Moving(speed: u16) | Tilted}, idempotent, timeout_ms = 5000
/// ```
impl fmt::Display for Interface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)?;
        write_summary(f, self.docs)?;
        for command in self.commands {
            write!(f, "\n  {}", command.signature())?;
            write_command_options(f, command)?;
            write_summary(f, command.docs)?;
        }
        Ok(())
    }
}

fn write_command_options(f: &mut fmt::Formatter<'_>, command: &CommandInfo) -> fmt::Result {
    display(f, |text| write_options(command, ", ", text))
}

/// Writes the first line of some documentation.
fn write_summary(f: &mut fmt::Formatter<'_>, docs: &str) -> fmt::Result {
    match docs.lines().next() {
        Some(line) if !line.is_empty() => write!(f, "    // {line}"),
        _ => Ok(()),
    }
}
