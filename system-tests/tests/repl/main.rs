//! Code run over the raw REPL of real boards: a MicroPython of today behind a pty, which has raw paste, and that of a
//! micro:bit, which has not.
#![cfg(target_os = "linux")]

mod activating;
mod boards;
mod output;
mod running;
