//! Firmware, run by an emulator and called by the host program.

use std::path::PathBuf;

use peers::{Board, Firmware, Machine, Toolchain, firmware_folder, require_board};

use crate::made::{CALLED, Made};

/// Firmware by the board that it is made for, its example and the target.
macro_rules! boards {
    ($($name:ident: $machine:ident, $board:literal, $example:literal, $target:literal;)*) => {$(
        #[test]
        fn $name() {
            // Its crates were built with the firmware of the example.
            require_board!(Machine::$machine, Firmware::Example($board));
            is_built_and_called($board, $example, $target);
        }
    )*};
}

boards! {
    a_microbit: Microbit, "microbit", "microbit", "thumbv6m-none-eabi";
    an_evaluation_board: Lm3s6965evb, "lm3s6965evb", "lm3s6965evb", "thumbv7m-none-eabi";
    a_risc_v_board: RiscvVirt, "riscv-virt", "riscv-virt", "riscv32imc-unknown-none-elf";
    a_pyboard: NetduinoPlus2, "pyboard", "ports/pyboard", "thumbv7em-none-eabihf";
    an_arduino_mega: ArduinoMega, "arduino-mega", "ports/arduino-mega", "avr-none";
}

fn is_built_and_called(board: &str, example: &str, target: &str) {
    let made = Made::new("arm", &["--firmware", board]);
    made.lock_firmware(example);
    let host = "cargo run -- PORT";
    assert_eq!(made.commands(), ["cargo test", "(cd firmware && cargo run --release)", host]);
    let firmware = build(&made, target);
    if Toolchain::look(target) == Some(Toolchain::Rustup) {
        made.shell("cd firmware && cargo clippy --release -- --deny=warnings").ok();
    }
    let (_board, port) = Board::run_by(&runner(&made), &firmware);
    let port = port.to_str().unwrap();
    let called = made.run(host, port);
    assert!(called.starts_with(CALLED), "{called}");
    let listed = made.place.run(&["-b", port, "list"]).ok();
    assert!(listed.contains("set_color(rgb: [u8; 3])"), "{listed}");
}

/// Builds the firmware by the compiler that this machine has for the target.
fn build(made: &Made, target: &str) -> PathBuf {
    let mut cargo = Toolchain::find(target).unwrap().cargo(&made.folder.join("firmware"));
    cargo.args(["build", "--release"]).env("CARGO_NET_OFFLINE", "true");
    let built = crate::support::said(cargo);
    assert!(built.code == 0 && !built.stderr.contains("warning"), "{built:?}");
    let suffix = if target == "avr-none" { ".elf" } else { "" };
    firmware_folder().join(target).join("release").join(format!("arm-firmware{suffix}"))
}

/// What `cargo run` runs the firmware by.
fn runner(made: &Made) -> String {
    let config = made.read("firmware/.cargo/config.toml");
    let runner = config.lines().find_map(|line| line.strip_prefix("runner = ")).unwrap();
    runner.trim_matches('"').to_owned()
}
