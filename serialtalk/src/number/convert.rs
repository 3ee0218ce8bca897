//! Conversions between number types, on bits.

use super::format::{Float, Format, pack};

const F16: Format = Format { exponent_bits: 5, fraction_bits: 10 };

/// The integer as a float, if that is exact.
pub(crate) fn f64_from_int(negative: bool, magnitude: u64) -> Option<f64> {
    exact(negative, magnitude)
}

/// The integer as a float, if that is exact.
pub(crate) fn f32_from_int(negative: bool, magnitude: u64) -> Option<f32> {
    exact(negative, magnitude)
}

/// The nearest `f32`, on a tie the one with an even mantissa. None if that would make a finite number infinite.
/// Infinities stay, NaN stays NaN.
pub(crate) fn f32_from_f64(value: f64) -> Option<f32> {
    let special = f64::FORMAT.is_special(value.to_bits());
    let value: f32 = converted(value.to_bits(), &f64::FORMAT);
    let overflow = !special && f32::FORMAT.is_special(value.to_bits().into());
    if overflow { None } else { Some(value) }
}

/// The same value. NaN stays NaN, with its payload.
pub(crate) fn f64_from_f32(value: f32) -> f64 {
    converted(value.to_bits().into(), &f32::FORMAT)
}

/// The value of an IEEE 754 half. NaN stays NaN, with its payload.
pub(crate) fn f32_from_f16(bits: u16) -> f32 {
    converted(bits.into(), &F16)
}

fn exact<F: Float>(negative: bool, magnitude: u64) -> Option<F> {
    let (mut mantissa, mut exponent) = (magnitude, 0);
    while mantissa & 1 == 0 && mantissa != 0 {
        mantissa >>= 1;
        exponent += 1;
    }
    (mantissa < F::FORMAT.hidden_bit() * 2).then(|| signed(negative, pack(mantissa, exponent)))
}

#[inline(always)]
fn converted<F: Float>(bits: u64, from: &Format) -> F {
    let (mantissa, exponent) = from.unpack(bits);
    let magnitude = if from.is_special(bits) {
        let payload = mantissa - from.hidden_bit();
        let quiet = if payload == 0 { 0 } else { F::FORMAT.hidden_bit() / 2 };
        let payload = payload << (63 - from.fraction_bits) >> (63 - F::FORMAT.fraction_bits);
        F::from_bits(F::FORMAT.infinity() | quiet | payload)
    } else {
        pack(mantissa, exponent)
    };
    signed(bits & from.sign() != 0, magnitude)
}

fn signed<F: Float>(negative: bool, magnitude: F) -> F {
    let sign = if negative { F::FORMAT.sign() } else { 0 };
    F::from_bits(magnitude.to_bits() | sign)
}
