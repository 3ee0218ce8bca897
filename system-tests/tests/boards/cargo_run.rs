//! The command that `cargo run` uses in the folder of a board: it starts the board behind a virtual serial port.

use std::path::Path;

use peers::Board;
use serialtalk_hal::serial;

use crate::{ARDUINO_MEGA, EMBASSY, Example, LM3S6965, MICROBIT, PYBOARD, RISC_V, robot, wait_until_ready};

fn assert_runs(example: Example, folder: &str) {
    // Skipped without firmware or emulator.
    let (Some(firmware), Some(_)) = (peers::example(example.firmware), example.board()) else { return };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(folder);
    let config = std::fs::read_to_string(folder.join(".cargo/config.toml")).unwrap();
    let runner = config.lines().find_map(|line| line.strip_prefix("runner = \"")?.strip_suffix('"'));
    let (_board, port) = Board::run_by(runner.unwrap(), &firmware);
    let mut talk = serial::open(port.to_str().unwrap(), 115_200).unwrap();
    wait_until_ready(&mut talk);
    talk.set_timeout(crate::TIMEOUT);
    assert_eq!(robot(&mut talk).mult(5.9, 94.0).unwrap(), 5.9 * 94.0);
}

#[test]
fn lm3s6965evb() {
    assert_runs(LM3S6965, "lm3s6965evb");
}

#[test]
fn lm3s6965evb_embassy() {
    assert_runs(EMBASSY, "lm3s6965evb-embassy");
}

#[test]
fn microbit() {
    assert_runs(MICROBIT, "microbit");
}

#[test]
fn riscv_virt() {
    assert_runs(RISC_V, "riscv-virt");
}

#[test]
fn pyboard() {
    assert_runs(PYBOARD, "ports/pyboard");
}

#[test]
fn arduino_mega() {
    assert_runs(ARDUINO_MEGA, "ports/arduino-mega");
}
