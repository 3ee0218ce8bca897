//! Python literals: the text that `repr` writes and that a Python peer evaluates.
//!
//! Nothing is evaluated here. The reader knows literals and the few constructor calls that `repr` writes for standard
//! types; any other text is refused. Depth, size and time are bounded by the frame that holds the text.

mod error_text;
#[cfg(feature = "repr")]
mod number;
#[cfg(feature = "repr")]
mod quoted;
#[cfg(feature = "repr")]
mod read;
#[cfg(feature = "repr")]
mod scalar;
#[cfg(feature = "repr")]
mod sequence;
mod write;

pub use error_text::ErrorText;
#[cfg(feature = "repr")]
pub(crate) use read::LiteralReader;
#[cfg(all(feature = "repr", feature = "alloc"))]
pub(crate) use sequence::Form;
#[cfg(feature = "repr")]
pub(crate) use sequence::Scope;
pub use write::LiteralWriter;
#[cfg(feature = "alloc")]
pub(crate) use write::{escape, escape_character, quote_for, split_character};
