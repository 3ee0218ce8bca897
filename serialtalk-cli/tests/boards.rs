//! Boards that run real firmware, in an emulator.

#![cfg(target_os = "linux")]

mod support;
#[path = "support/terminal.rs"]
mod terminal;

use peers::{Firmware, Machine, require_board};
use support::{Place, Started};
use terminal::Terminal;

/// Boards by their firmware, and whether that tells the signatures of some of its commands.
macro_rules! boards {
    ($($name:ident: $machine:ident, $firmware:literal, $tells:literal;)*) => {$(
        #[test]
        fn $name() {
            let builder = require_board!(Machine::$machine, Firmware::Example($firmware));
            let (_board, path) = builder.start_on_pty();
            is_listed_called_and_watched(path.to_str().unwrap(), $tells);
        }
    )*};
}

boards! {
    a_board_with_large_frames: Lm3s6965evb, "lm3s6965evb", true;
    a_board_with_frames_of_64_bytes: Lm3s6965evb, "lm3s6965evb-small", false;
    a_board_with_frames_of_64_bytes_that_describes_itself: Lm3s6965evb, "lm3s6965evb-described", true;
    a_microbit: Microbit, "microbit", true;
    a_risc_v_board: RiscvVirt, "riscv-virt", true;
}

fn is_listed_called_and_watched(path: &str, tells: bool) {
    let place = Place::new();
    let run = |arguments: &[&str]| place.run(&[&["-b", path], arguments].concat());
    let listed = run(&["list"]).ok();
    assert!(listed.lines().any(|line| line.starts_with("mult")), "{listed}");
    assert_eq!(listed.contains("\"dbg overruns\"() -> u32"), tells, "{listed}");
    assert_eq!(run(&["call", "mult", "5.9", "94"]).ok(), "554.60004\n");
    assert_eq!(run(&["call", "mult", "2", "3", "--format", "ff"]).ok(), "6.0\n");
    assert!(run(&["call", "mult", "1"]).failed(1).contains("`mult`"));
    assert!(run(&["call", "mlt"]).failed(1).contains("is it `mult`?"));
    assert_eq!(run(&["call", "set color", "255,0,7"]).ok(), "None\n");
    assert!(run(&["call", "mult", "2", "3", "--json"]).ok().contains("\"value\":6.0"));
    let described = run(&["describe"]);
    assert_eq!(described.code, i32::from(!tells), "{described:?}");
    let lines = place.run_with_input(&["-b", path, "shell"], b"mult 2 3\n'set color' 1,2,3\n");
    assert_eq!(lines.ok(), "6.0\nNone\n");
    let sharing = Started::new(place.command(&["-b", path, "share"]), "is shared");
    assert_eq!(run(&["call", "mult", "2", "4"]).ok(), "8.0\n");
    drop(sharing);
    let mut screen = Terminal::new(&place.command(&["-b", path, "ui"]), 100, 30);
    screen.until_shown("mult");
    screen.press(":mult 2 5\r");
    screen.until_shown("mult 2 5  10.0");
    screen.press("q");
    assert_eq!(screen.end(), 0);
    let values = run(&["watch", "imu", "mult 2 4", "-n", "3", "--csv"]).ok();
    assert_eq!(values.lines().count(), 4, "{values}");
    assert!(values.lines().skip(1).all(|row| row.ends_with(",8.0")), "{values}");
    let measured = run(&["bench", "-n", "20", "--json"]).ok();
    assert!(measured.contains("\"calls\":20"), "{measured}");
    let checked = run(&["check", "--json"]).ok();
    assert!(checked.contains("\"link\":\"checked\""), "{checked}");
    if tells {
        assert!(run(&["generate", "python"]).ok().contains("def overruns(self) -> int:"));
        assert!(run(&["generate", "rust"]).failed(1).contains("`dbg turn` has a type that only serde knows"));
    }
}
