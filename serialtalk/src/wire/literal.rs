//! Python literals: the text that `repr` writes and that a Python peer evaluates.
//!
//! Nothing is evaluated here. The reader accepts literals and the few constructor calls that `repr` writes for standard
//! types, and refuses any other text. Size and time are bounded by the frame that holds the text; who reads nested
//! sequences into values bounds their depth.
//!
//! ```text
//! cursor <- kind, string, number <- reader <- sequence     (reading)
//! escape <- writer, text                                   (writing)
//! ```

#[cfg(feature = "repr")]
mod cursor;
mod escape;
#[cfg(feature = "repr")]
mod kind;
#[cfg(feature = "repr")]
mod number;
#[cfg(feature = "repr")]
mod reader;
#[cfg(feature = "repr")]
mod scope;
#[cfg(feature = "repr")]
mod sequence;
#[cfg(feature = "repr")]
mod string;
mod text;
mod writer;

#[cfg(all(feature = "repr", any(feature = "alloc", test)))]
pub(crate) use cursor::NotALiteral;
pub(crate) use escape::{escape_byte, escape_char, quote_for};
#[cfg(feature = "repr")]
pub(crate) use kind::Kind;
#[cfg(feature = "repr")]
pub(crate) use number::wide_magnitude;
#[cfg(feature = "repr")]
pub(crate) use reader::LiteralReader;
#[cfg(feature = "repr")]
pub(crate) use scope::Opened;
pub use text::TextWriter;
pub(crate) use writer::LiteralWriter;

#[cfg(all(test, feature = "repr"))]
mod tests;
