//! What the examples share: how to choose a port, a robot without hardware for when none is chosen, and an arm without
//! hardware.

mod arm;
mod port;
mod simulated;

pub use arm::{
    ARM_WRITE_MS, ArmArguments, Event, Events, JointLog, PERIOD, help, serve_arm, set_up, simulated_arm,
};
pub use port::{Connection, PortArguments};
pub use simulated::{SimulatedRobot, simulate};

/// The README and the pages of `docs`, so that their Rust is compiled with the tests.
#[cfg(doctest)]
#[doc = include_str!(concat!(env!("OUT_DIR"), "/documents.md"))]
struct Documents;
