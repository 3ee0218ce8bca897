//! From syntax to model, with every mistake that one item alone shows.

mod command;
mod crossing;
mod foreign;
pub(crate) mod interface;
mod lengths;
mod recursion;
mod signature;
pub(crate) mod value;
mod wire_name;
