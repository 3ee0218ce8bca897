//! What the example boards have in common, whatever their chip.
//!
//! A board brings a UART and a clock, in one small file. [`Received`] is what stands between its interrupts and its main loop,
//! [`OnboardRobot`] the robot that it is, [`Checks`] what it tells about itself.
#![no_std]
#![forbid(unsafe_code)]

// These measure in 32 bits, which an AVR cannot load at once.
#[cfg(not(target_arch = "avr"))]
mod checks;
mod overrun;
mod received;
mod ring;
mod robot;

#[cfg(not(target_arch = "avr"))]
pub use checks::{Checks, Chip, LoopGap};
pub use overrun::Overrun;
pub use received::Received;
pub use ring::Ring;
pub use robot::OnboardRobot;
