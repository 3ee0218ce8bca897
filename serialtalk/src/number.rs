//! Numbers: decimal text to floats and back, and conversions between widths, each correctly rounded.
//!
//! Integer arithmetic only, so a core without floating-point hardware links no float library. Nothing here
//! allocates or panics, and a long exponent or text costs a bounded time. Both float widths share the long part of
//! the code; a program links only the directions it uses.

mod big;
mod convert;
mod decimal;
mod format;
#[cfg(feature = "repr")]
mod read;
mod write;

pub(crate) use convert::{Binary, convert, f32_from_f64, f32_from_int, f64_from_f32, f64_from_int};
pub(crate) use decimal::{last_digit, write_u64};
pub(crate) use format::{Float, Format};
#[cfg(feature = "repr")]
pub(crate) use read::{Decimal, Part};
pub(crate) use write::Shortest;

/// More than the value of any digit.
#[cfg(feature = "repr")]
pub(crate) const NO_DIGIT: u32 = u32::MAX;

/// The value of a hexadecimal digit; `NO_DIGIT` where it is none.
#[cfg(feature = "repr")]
#[inline(never)]
pub(crate) fn digit_of(character: char) -> u32 {
    character.to_digit(16).unwrap_or(NO_DIGIT)
}

/// Random bits for tests, the same in every run.
#[cfg(test)]
fn random_bits(seed: u64) -> impl Iterator<Item = u64> {
    core::iter::successors(Some(seed), |state| {
        let state = state ^ state << 13;
        let state = state ^ state >> 7;
        Some(state ^ state << 17)
    })
    .map(|state| state.wrapping_mul(0x2545_f491_4f6c_dd1d))
}
