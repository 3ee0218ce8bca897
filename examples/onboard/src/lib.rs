//! What the example boards have in common, whatever their chip.
//!
//! A board adds a UART and a clock, in one small file. [`Received`] carries bytes from its interrupts to its main loop,
//! [`OnboardRobot`] is its robot, [`Checks`] reports about the board, [`host`] is what its main loop calls.
#![no_std]
#![forbid(unsafe_code)]

// These measure in 32 bits, which an AVR cannot load at once.
#[cfg(not(target_arch = "avr"))]
mod checks;
mod host;
mod received;
mod robot;

#[cfg(not(target_arch = "avr"))]
pub use checks::{Checks, LoopGap};
pub use host::{HOST_MS, host};
pub use received::{Overrun, Received, Ring};
pub use robot::OnboardRobot;
