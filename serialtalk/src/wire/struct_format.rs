//! Struct formats: how Python's `struct` module describes types, and where it puts their bytes.
//!
//! [`Values`] reads packed bytes under any format that a peer can send, [`FormatPacker`] packs values under a format
//! chosen by hand, and [`check`] finds out whether every peer reads a format alike. A *template* is a format of ours
//! in which `*s` is written for bytes whose length is known at run time only; on the wire, digits replace the `*`.

mod check;
mod code;
mod items;
mod layout;
mod offset;
mod packed;
mod packer;
mod template;
mod values;

#[cfg(test)]
mod tests;

pub use check::FormatError;
pub(crate) use check::{check, data_len};
pub(crate) use code::{Kind, code_info};
pub(crate) use layout::standard_size;
pub(crate) use offset::Offset;
pub(crate) use packed::Packed;
pub(crate) use packer::FormatPacker;
pub use template::{Count, TemplateItem, TemplateItems};
pub(crate) use values::Values;

/// The longest format that fits a frame, beside one byte each for its length, the length of the name and the name.
pub(crate) const MAX_FORMAT: usize = 252;
