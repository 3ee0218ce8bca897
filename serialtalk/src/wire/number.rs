//! Numbers: decimal text to floats and back, and conversions between widths, each correctly rounded.
//!
//! Integer arithmetic only, so that a core without floating-point hardware links no float library. Nothing here
//! allocates or panics, and a long exponent or text takes a bounded time. Both float widths share the long part of the
//! code; a program links only the directions it uses.

mod big;
mod convert;
mod decimal;
mod format;
#[cfg(feature = "repr")]
mod read;
mod write;

pub(crate) use convert::{Binary, f32_from_f64, f32_from_int, f64_from_f32, f64_from_int};
pub(crate) use decimal::{write_integer, write_u64, write_u128};
pub(crate) use format::{Float, Format};
#[cfg(feature = "repr")]
pub(crate) use read::Decimal;
pub(crate) use write::{Shortest, python_repr};

/// Random bits for tests, the same in every run.
#[cfg(test)]
pub(crate) fn random_bits(seed: u64) -> impl Iterator<Item = u64> {
    core::iter::successors(Some(seed), |state| {
        let state = state ^ state << 13;
        let state = state ^ state >> 7;
        Some(state ^ state << 17)
    })
    .map(|state| state.wrapping_mul(0x2545_f491_4f6c_dd1d))
}
