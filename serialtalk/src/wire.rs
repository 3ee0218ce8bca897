//! Bytes on the wire: frames, payload headers, struct formats, Python literals and numbers.
//!
//! Nothing here knows Rust types or commands.

pub(crate) mod checked;
#[allow(clippy::indexing_slicing, reason = "evaluated at compile time")]
pub(crate) mod const_str;
pub(crate) mod frame;
pub(crate) mod integer;
pub(crate) mod literal;
pub(crate) mod moving;
pub(crate) mod number;
pub(crate) mod payload;
pub(crate) mod scalar;
pub(crate) mod struct_format;
