//! Tests of contracts without a peer.

mod random;
mod texts;
mod written;

use super::{Command, Interface, description};

/// An interface of described commands.
fn interface(descriptions: &[&str]) -> Interface {
    let commands: Vec<Command> = descriptions
        .iter()
        .map(|text| description::command(text).unwrap_or_else(|error| panic!("{text}: {error}")))
        .collect();
    Interface::new("Board", "", commands).unwrap()
}
