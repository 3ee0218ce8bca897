//! The checked link at one end of a line.
//!
//! Two ends that speak it find a damaged frame by its CRC, repeat a call until its reply arrives, and never run one twice.
//! Source: spec/checked-link.md.

mod arrivals;
mod calling;
mod exchange;
mod greeting;
mod numbers;
mod serving;
mod session;
mod state;
mod steps;
#[cfg(all(test, feature = "repr"))]
mod tests;
mod writing;

pub(super) use exchange::Exchange;
pub use state::{Checked, Policy};
