//! The commands for MicroPython boards, with a real MicroPython behind a serial port.
#![cfg(target_os = "linux")]

mod bench;
mod code;
mod copying;
mod files;
mod interrupted;
mod other_boards;
mod serving;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/terminal.rs"]
mod terminal;
mod typing;
