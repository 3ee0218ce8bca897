//! What the programs around the robot arm share.

mod board;
mod host;

pub use board::{ARM_WRITE_MS, serve_arm, simulated_arm};
pub use host::{ArmArguments, Event, Events, JointLog, PERIOD, help, set_up};
