//! Code run over the raw REPL: of MicroPython 1.29 behind a pty, with raw paste, and of a micro:bit, without.
#![cfg(target_os = "linux")]

mod activating;
mod boards;
mod output;
mod running;
