//! Calls and replies: commands, what serves them, and the state machine at each end of a line.

pub(crate) mod builtin;
pub(crate) mod builtin_names;
pub(crate) mod call;
pub(crate) mod caller;
#[cfg(feature = "alloc")]
pub(crate) mod carrier;
#[allow(clippy::indexing_slicing, clippy::panic, reason = "evaluated at compile time")]
pub(crate) mod checks;
#[allow(clippy::indexing_slicing, clippy::panic, reason = "evaluated at compile time")]
pub(crate) mod clashes;
pub(crate) mod client;
pub(crate) mod command;
#[cfg(feature = "alloc")]
pub(crate) mod commands;
mod comparison;
mod contract;
mod describe;
#[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
pub(crate) mod description;
pub(crate) mod dispatch;
pub(crate) mod endpoint;
pub(crate) mod error;
#[cfg(feature = "alloc")]
pub(crate) mod heard;
#[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
pub(crate) mod interface;
mod listing;
mod log;
pub(crate) mod mismatch;
#[allow(clippy::indexing_slicing, clippy::panic, reason = "evaluated at compile time")]
pub(crate) mod names;
pub(crate) mod reply;
pub(crate) mod reply_decoder;
#[cfg(feature = "serde")]
mod serialization;
pub(crate) mod serve;
pub(crate) mod service;
pub(crate) mod services;
pub(crate) mod shown;
#[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
pub(crate) mod signature;
pub(crate) mod state;
pub(crate) mod text;
