//! The encodings that an [`Encoder`](super::encode::Encoder) writes.

mod by_format;
mod description;
mod literal;
mod packed;
mod raw;
mod run_time_lengths;

pub(crate) use by_format::ByFormat;
pub(crate) use description::describe;
pub(crate) use packed::Packed;
pub(crate) use raw::Raw;
pub(crate) use run_time_lengths::write_format;
