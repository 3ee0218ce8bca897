//! Numbers: decimal text to floats and back, and conversions between widths, each correctly rounded.
//!
//! Integer arithmetic only, so a core without floating-point hardware links no float library. Nothing here
//! allocates, panics or loops longer for a longer exponent. Both float widths run through the same code, told
//! apart by a [`Format`]; a program links only the directions it uses.

mod big;
mod convert;
mod decimal;
mod format;
mod read;
mod write;

pub(crate) use convert::{f32_from_f16, f32_from_f64, f32_from_int, f64_from_f32, f64_from_int};
pub(crate) use decimal::write_u64;
pub(crate) use format::Float;
pub(crate) use read::read;
pub(crate) use write::write;
