//! What every firmware that is measured has: a UART, a clock, a robot.
//!
//! The board is Texas Instruments' LM3S6965 evaluation board, a Cortex-M3.
#![no_std]

// A panic path is a link error, unless the measuring command wants to know how large it is.
#[cfg(feature = "may-panic")]
use panic_halt as _;
#[cfg(not(feature = "may-panic"))]
use panic_never as _;

pub mod board;
pub mod checked;
#[cfg(feature = "alloc")]
pub mod heap;
#[cfg(feature = "postcard-rpc")]
pub mod peer;
pub mod robot;
pub mod serving;
