//! The ports to copy, `examples/ports`: each is copied out of the repository and built there, as who copies one does.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use peers::firmware_folder;

use crate::boards::{BOARDS, Board, CORTEX_M0, CORTEX_M4F, CORTEX_M33F, RISC_V};
use crate::cargo::{cargo, root};
use crate::step;

/// The firmware that no test runs, because QEMU does not emulate the board.
pub(crate) const PORTS: [Board; 6] = [
    Board::new("ports/pico", CORTEX_M0).program("pico").with("rp2040").named("pico"),
    Board::new("ports/pico", CORTEX_M33F).program("pico").with("rp2350").named("pico-2"),
    Board::new("ports/pyboard", CORTEX_M4F).program("pyboard").with("spike").named("spike"),
    Board::new("ports/openmv", CORTEX_M4F).program("openmv").named("openmv"),
    Board::new("ports/esp32c3", RISC_V).program("esp32c3").named("esp32c3"),
    Board::new("ports/arduino-zero", CORTEX_M0).program("arduino-zero").named("arduino-zero"),
];

/// The port that no project is made for: its board has a loader that wants the firmware in another form.
const NOT_NEW: &str = "spike";

/// The arguments of `cargo xtask ports`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only these ports, by their name in `xtask/src/ports.rs` or `xtask/src/boards.rs`
    names: Vec<String>,
}

impl Args {
    /// What continuous integration asks.
    pub(crate) const ALL: Self = Self { names: Vec::new() };
}

/// Builds a copy of each port, and the firmware of a new project for each that no test runs.
pub(crate) fn run(args: &Args) -> Result<()> {
    let is_wanted =
        |port: &&Board| args.names.is_empty() || args.names.iter().any(|name| name == port.name());
    let ports: Vec<_> = all().filter(is_wanted).collect();
    ensure!(!ports.is_empty(), "no port has any of these names");
    for port in ports {
        build_copy(port)?;
        if PORTS.iter().any(|built| built.name() == port.name()) && port.name() != NOT_NEW {
            build_new(port)?;
        }
    }
    Ok(())
}

fn all() -> impl Iterator<Item = &'static Board> {
    PORTS.iter().chain(BOARDS.iter().filter(|board| board.is_port()))
}

/// Builds a copy of a port outside the repository, of which it has the published library only.
fn build_copy(port: &Board) -> Result<()> {
    let copy = std::env::temp_dir().join(format!("serialtalk-port-{}-{}", port.name(), std::process::id()));
    ensure!(!copy.starts_with(root()), "{} is in the repository", copy.display());
    let library = root().join("serialtalk");
    let patch = format!("patch.crates-io.serialtalk.path={library:?}");
    let built = copy_folder(&port.folder(), &copy).and_then(|()| port.build_in(&copy, &[&patch]));
    fs::remove_dir_all(&copy).ok();
    built.with_context(|| format!("a copy of {}", port.folder().display()))?;
    Ok(())
}

/// Copies a folder without what was built in it. A link in it is an error, because a copy would lack what it leads to.
fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir(to).with_context(|| format!("can't make {}", to.display()))?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (kind, path, copy) = (entry.file_type()?, entry.path(), to.join(entry.file_name()));
        ensure!(!kind.is_symlink(), "{} is a link", path.display());
        if kind.is_file() {
            fs::copy(&path, &copy).with_context(|| format!("can't copy {}", path.display()))?;
        } else if entry.file_name() != "target" {
            copy_folder(&path, &copy)?;
        }
    }
    Ok(())
}

/// Builds the firmware of a project that `serialtalk new` makes.
fn build_new(port: &Board) -> Result<()> {
    let folder = firmware_folder().join("new");
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).with_context(|| format!("can't make {}", folder.display()))?;
    let mut new = cargo();
    new.current_dir(&folder).args(["run", "--quiet", "--package", "serialtalk-cli", "--"]);
    step::run(port.name(), new.args(["new", "arm", "--firmware", port.name()]))?;
    let firmware = folder.join("arm").join("firmware");
    fs::copy(port.folder().join("Cargo.lock"), firmware.join("Cargo.lock")).context("no Cargo.lock")?;
    step::run(port.name(), port.toolchain()?.cargo(&firmware).args(["build", "--quiet", "--release"]))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use super::all;

    #[test]
    fn what_ports_have_in_common_is_the_same_in_each() {
        for file in ["robot.rs", "onboard.rs", "received.rs"] {
            let files: Vec<_> = all().map(|port| port.folder().join("src").join(file)).collect();
            let texts: Vec<_> = files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect();
            assert!(texts.len() > 2, "{file} is in {} ports", texts.len());
            assert_eq!(BTreeSet::from_iter(&texts).len(), 1, "{file} differs among ports");
        }
    }
}
