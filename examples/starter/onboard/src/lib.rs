//! What the board does, whatever its chip.
//!
//! [`Received`] and [`Ring`] carry bytes between the interrupts of a UART and the main loop.
#![no_std]
#![forbid(unsafe_code)]

mod commands;
mod received;

pub use commands::OnboardRobot;
pub use received::{Overrun, Received, Ring};
