//! What the programs around the robot arm share.

mod board;
mod host;

pub use board::{ARM_WRITE_MS, serve_arm, simulated_arm};
pub use host::{Event, Events, JointLog, help, set_up};
