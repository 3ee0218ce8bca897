//! The board: its UART and its clock. Everything else is the same on every board.
#![no_std]

pub mod board;
#[cfg(feature = "log")]
pub mod logger;
