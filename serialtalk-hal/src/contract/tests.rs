//! Tests of contracts without a peer.

#[cfg(feature = "serde")]
mod json;
mod limits;
mod random;
mod texts;
mod written;

use super::{Command, Interface};

/// An interface of described commands.
fn interface(descriptions: &[&str]) -> Interface {
    let commands: Vec<Command> = descriptions
        .iter()
        .map(|text| text.parse::<Command>().unwrap_or_else(|error| panic!("{text}: {error}")))
        .collect();
    Interface::new("Board", "", commands).unwrap()
}
