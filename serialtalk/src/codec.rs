//! Rust values to payloads and back: which types can cross, in which form, and how they are converted.

pub(crate) mod argument_list;
pub(crate) mod decode;
#[cfg(feature = "alloc")]
pub(crate) mod dynamic;
pub(crate) mod encode;
pub(crate) mod encoders;
pub(crate) mod error;
pub(crate) mod expected;
pub(crate) mod payload_writer;
#[cfg(feature = "postcard")]
pub(crate) mod postcard;
#[cfg(feature = "serde")]
pub(crate) mod serde;
#[allow(clippy::indexing_slicing, clippy::panic, reason = "evaluated at compile time")]
pub(crate) mod shape;
mod types;
