//! What is known of a type's form on the wire at compile time.

mod agreement;
mod format_text;
mod hash;
mod message;
mod misfit;
mod size;
mod template;
mod tree;

#[cfg(test)]
mod tests;

pub(crate) use agreement::Disagreement;
pub use format_text::FormatText;
pub(crate) use hash::Hasher;
pub(crate) use message::Message;
pub(crate) use misfit::{Subject, misfit};
pub use tree::{Field, Shape, Variant};
