//! Firmware for boards that QEMU does not emulate: it is only built, as `docs/your-board.md` says.

use anyhow::Result;

use crate::boards::{Board, CORTEX_M0, CORTEX_M4F, CORTEX_M33F, RISC_V};

/// The firmware that is only built.
pub(crate) const PORTS: [Board; 6] = [
    Board::new("ports/pico", CORTEX_M0).program("pico").with("rp2040").named("pico"),
    Board::new("ports/pico", CORTEX_M33F).program("pico").with("rp2350").named("pico-2"),
    Board::new("ports/pyboard", CORTEX_M4F).program("pyboard").with("spike").named("spike"),
    Board::new("ports/openmv", CORTEX_M4F).program("openmv").named("openmv"),
    Board::new("ports/esp32c3", RISC_V).program("esp32c3").named("esp32c3"),
    Board::new("ports/arduino-zero", CORTEX_M0).program("arduino-zero").named("arduino-zero"),
];

/// Builds each port.
pub(crate) fn build() -> Result<()> {
    PORTS.iter().try_for_each(|port| port.build().map(drop))
}
