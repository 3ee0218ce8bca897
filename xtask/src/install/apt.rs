//! Debian's packages.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use anyhow::{Result, ensure};

use crate::step::{self, succeeds};

/// The packages that are wanted; they are installed together.
#[derive(Debug, Default)]
pub(super) struct Apt {
    is_updated: bool,
    packages: BTreeSet<&'static str>,
}

impl Apt {
    /// Notes packages; fails if this machine cannot install them.
    pub(super) fn want(&mut self, packages: &'static [&'static str]) -> Result<()> {
        ensure!(is_there(), "there is no apt-get, or this user may not install");
        if !self.is_updated {
            // Where this fails, the lists of before may do.
            step::run("install", &mut apt_get(&["update", "-qq"]))
                .unwrap_or_else(|error| println!("{error:#}"));
            self.is_updated = true;
        }
        let mut simulation = Command::new("apt-get");
        simulation.args(["install", "--simulate", "-qq", "--no-install-recommends"]).args(packages);
        let output = simulation.output()?;
        let complaint = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{}", complaint.trim());
        self.packages.extend(packages);
        Ok(())
    }

    /// Installs what was noted.
    pub(super) fn install(self) -> Result<()> {
        if self.packages.is_empty() {
            return Ok(());
        }
        let mut install = apt_get(&["install", "-y", "-qq", "--no-install-recommends"]);
        // What it has to say beside errors are hundreds of lines.
        step::run("install", install.args(self.packages).stdout(Stdio::null()))
    }
}

/// Whether this machine has `apt-get`, and this user may install with it.
pub(super) fn is_there() -> bool {
    succeeds("apt-get", &["--version"]) && (is_root() || succeeds("sudo", &["--version"]))
}

/// An `apt-get` that may install, and asks nothing.
fn apt_get(arguments: &[&str]) -> Command {
    let as_root: &[&str] = if is_root() { &[] } else { &["sudo"] };
    let words = [as_root, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"], arguments].concat();
    let mut command = Command::new(words[0]);
    command.args(&words[1..]);
    command
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
