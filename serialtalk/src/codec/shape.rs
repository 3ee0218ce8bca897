//! What is known of a type's form on the wire at compile time.

mod agreement;
mod equality;
mod format_text;
mod hash;
mod message;
mod misfit;
mod signature_writer;
mod size;
mod template;
mod text;
mod tree;

#[cfg(test)]
mod tests;

pub(crate) use agreement::Disagreement;
pub use format_text::FormatText;
pub(crate) use hash::Hasher;
pub(crate) use message::Message;
pub(crate) use misfit::{Subject, misfit};
pub(crate) use signature_writer::{SignatureWriter, display};
pub use tree::{Field, Shape, Variant};
