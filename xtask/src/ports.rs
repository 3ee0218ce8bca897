//! Firmware for boards that QEMU does not emulate: it is only built, as `docs/your-board.md` says.

use std::fs;

use anyhow::{Context, Result};
use peers::firmware_folder;

use crate::boards::{Board, CORTEX_M0, CORTEX_M4F, CORTEX_M33F, RISC_V};
use crate::cargo::cargo;
use crate::step;

/// The firmware that is only built.
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

/// Builds each port, and the firmware of a new project for it.
pub(crate) fn build() -> Result<()> {
    PORTS.iter().try_for_each(|port| {
        port.build()?;
        if port.name() == NOT_NEW { Ok(()) } else { build_new(port) }
    })
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
