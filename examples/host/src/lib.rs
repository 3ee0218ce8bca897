//! What the examples share: how to choose a port, and a robot without hardware for when none is chosen.

mod port;
mod simulated;

pub use port::{Connection, PortArguments};
pub use simulated::{SimulatedRobot, simulate};

/// The README, so that its Rust is compiled with the tests.
#[cfg(doctest)]
#[doc = include_str!(concat!(env!("OUT_DIR"), "/README.md"))]
struct Readme;
