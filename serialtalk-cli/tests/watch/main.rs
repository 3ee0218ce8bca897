//! Values as they change: shown, recorded and sent, whatever becomes of the board, the reader and the program.

#![cfg(unix)]

mod board;
mod ends;
mod errors;
mod lost;
mod plotting;
mod recording;
mod showing;
#[path = "../support/mod.rs"]
mod support;
mod terminal;
mod together;
mod watching;
#[path = "../support/terminal.rs"]
mod window;
