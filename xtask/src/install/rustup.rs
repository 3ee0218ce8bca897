//! Rust's targets, components and toolchains.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::step::succeeds;

/// Whether this system has rustup.
pub(super) fn is_there() -> bool {
    succeeds("rustup", &["--version"])
}

/// Runs a command of rustup, which says itself what it does.
pub(super) fn run(command: &[&str]) -> Result<()> {
    ensure!(is_there(), "there is no rustup");
    println!("==> install: {}", command.join(" "));
    let status = Command::new(command[0]).args(&command[1..]).status()?;
    ensure!(status.success(), "{status}");
    Ok(())
}

/// Whether a toolchain of this version is installed, whichever patch of it.
pub(super) fn has(version: &str) -> bool {
    let output = Command::new("rustup").args(["toolchain", "list"]).output();
    output.is_ok_and(|output| lists(&String::from_utf8_lossy(&output.stdout), version))
}

fn lists(list: &str, version: &str) -> bool {
    let mut rests = list.lines().filter_map(|toolchain| toolchain.strip_prefix(version));
    rests.any(|rest| rest.starts_with(['-', '.']))
}

#[cfg(test)]
mod tests {
    use super::lists;

    #[test]
    fn a_version_is_found_with_any_patch() {
        let list =
            "stable-x86_64-unknown-linux-gnu (active, default)\n1.88.2-x86_64-unknown-linux-gnu\n1.95-x\n";
        assert!(lists(list, "1.88") && lists(list, "1.95"));
        assert!(!lists(list, "1.8") && !lists(list, "1.9"));
    }
}
