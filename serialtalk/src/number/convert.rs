//! Conversions between number types, on their bits.

use super::format::{Float, Format, pack};

const F16: Format = Format { exponent_bits: 5, fraction_bits: 10 };

/// An integer as a float; none if that is not exact.
pub(crate) fn f64_from_int(negative: bool, magnitude: u64) -> Option<f64> {
    exact(negative, magnitude)
}

/// An integer as a float; none if that is not exact.
pub(crate) fn f32_from_int(negative: bool, magnitude: u64) -> Option<f32> {
    exact(negative, magnitude)
}

/// The nearest `f32`, on a tie the one with an even mantissa; none if that makes a finite number infinite.
/// Infinities stay infinite and NaN stays NaN.
pub(crate) fn f32_from_f64(value: f64) -> Option<f32> {
    let special = f64::FORMAT.is_special(value.to_bits());
    let value: f32 = converted(value.to_bits(), &f64::FORMAT);
    let overflow = !special && f32::FORMAT.is_special(value.to_bits().into());
    if overflow { None } else { Some(value) }
}

/// The same number. NaN stays NaN and keeps its payload, made quiet.
pub(crate) fn f64_from_f32(value: f32) -> f64 {
    converted(value.to_bits().into(), &f32::FORMAT)
}

/// The number that the bits of an IEEE 754 half mean. NaN stays NaN and keeps its payload, made quiet.
pub(crate) fn f32_from_f16(bits: u16) -> f32 {
    converted(bits.into(), &F16)
}

fn exact<F: Float>(negative: bool, magnitude: u64) -> Option<F> {
    let (mut mantissa, mut exponent) = (magnitude, 0);
    while mantissa & 1 == 0 && mantissa != 0 {
        mantissa >>= 1;
        exponent += 1;
    }
    if mantissa < F::FORMAT.hidden_bit() * 2 {
        Some(signed(negative, pack(mantissa, exponent)))
    } else {
        None
    }
}

#[inline(always)]
fn converted<F: Float>(bits: u64, from: &Format) -> F {
    let magnitude = if from.is_special(bits) {
        let payload = from.fraction(bits);
        let quiet = if payload == 0 { 0 } else { F::FORMAT.hidden_bit() / 2 };
        let payload = payload << (63 - from.fraction_bits) >> (63 - F::FORMAT.fraction_bits);
        F::from_bits(F::FORMAT.infinity() | quiet | payload)
    } else {
        let (mantissa, exponent) = from.unpack(bits);
        pack(mantissa, exponent)
    };
    signed(bits & from.sign() != 0, magnitude)
}

fn signed<F: Float>(negative: bool, magnitude: F) -> F {
    let sign = if negative { F::FORMAT.sign() } else { 0 };
    F::from_bits(magnitude.to_bits() | sign)
}

#[cfg(test)]
mod tests {
    use super::super::random_bits;
    use super::*;

    #[test]
    fn integers_become_floats_only_if_exact() {
        assert_eq!(f32_from_int(false, 94), Some(94.0));
        assert_eq!(f32_from_int(true, 1 << 24), Some(-16_777_216.0));
        assert_eq!(f32_from_int(false, (1 << 24) + 1), None);
        assert_eq!(f32_from_int(false, (1 << 24) + 2), Some(16_777_218.0));
        assert_eq!(f32_from_int(false, 1 << 63), Some(9_223_372_036_854_775_808.0));
        assert_eq!(f32_from_int(false, u64::MAX), None);
        assert_eq!(f64_from_int(false, (1 << 53) + 1), None);
        assert_eq!(f64_from_int(true, u64::MAX << 11), Some(-18_446_744_073_709_549_568.0));
        assert_eq!(f64_from_int(false, 0).map(f64::to_bits), Some(0));
        for (bits, shift) in random_bits(1).zip(random_bits(2)).take(20_000) {
            let integer = (bits >> (shift % 64)) << (shift / 64 % 64);
            let double = Some(integer as f64).filter(|double| *double as u128 == u128::from(integer));
            let single = Some(integer as f32).filter(|single| *single as u128 == u128::from(integer));
            assert_eq!(f64_from_int(false, integer), double, "{integer}");
            assert_eq!(f32_from_int(true, integer), single.map(|single| -single), "{integer}");
        }
    }

    #[test]
    fn doubles_round_to_singles() {
        let near_singles = random_bits(3).map(|bits| bits & !0x3fff_ffff | bits << 63 >> 34);
        let small = random_bits(4).map(|bits| (bits & !(0x7ff << 52)) | ((1023 - 120 - bits % 32) << 52));
        for bits in random_bits(5).take(20_000).chain(near_singles.take(20_000)).chain(small.take(20_000)) {
            let double = f64::from_bits(bits);
            let single = double as f32;
            if double.is_finite() && single.is_infinite() {
                assert_eq!(f32_from_f64(double), None, "{double:e}");
            } else if !double.is_nan() {
                assert_eq!(f32_from_f64(double).map(f32::to_bits), Some(single.to_bits()), "{double:e}");
            }
        }
        let largest = f64::from(f32::MAX);
        let halfway = largest + f64::from(f32::MAX - f32::from_bits(f32::MAX.to_bits() - 1)) / 2.0;
        assert_eq!(f32_from_f64(f64::from_bits(halfway.to_bits() - 1)), Some(f32::MAX));
        assert_eq!(f32_from_f64(halfway), None);
        assert_eq!(f32_from_f64(-halfway), None);
    }

    #[test]
    fn infinities_and_nan_stay_what_they_are() {
        assert_eq!(f32_from_f64(f64::NEG_INFINITY), Some(f32::NEG_INFINITY));
        assert_eq!(f64_from_f32(f32::INFINITY), f64::INFINITY);
        assert_eq!(f32_from_f16(0xfc00), f32::NEG_INFINITY);
        let bits_of = |bits| f32_from_f64(f64::from_bits(bits)).map(f32::to_bits);
        assert_eq!(bits_of(0x7ff8_0000_0000_0000), Some(0x7fc0_0000));
        assert_eq!(bits_of(0xfff0_0000_0000_0001), Some(0xffc0_0000));
        assert_eq!(bits_of(0x7ff2_4000_0000_0000), Some(0x7fd2_0000));
        assert_eq!(f64_from_f32(f32::from_bits(0xff80_0001)).to_bits(), 0xfff8_0000_2000_0000);
        assert_eq!(f32_from_f16(0x7e01).to_bits(), 0x7fc0_2000);
    }

    #[test]
    fn widening_is_exact() {
        for bits in random_bits(6).map(|bits| bits as u32).take(50_000).chain(0..100) {
            let single = f32::from_bits(bits);
            if !single.is_nan() {
                assert_eq!(f64_from_f32(single).to_bits(), f64::from(single).to_bits(), "{single:e}");
            }
        }
        for bits in (0..=u16::MAX).filter(|bits| bits & 0x7c00 != 0x7c00) {
            let (field, fraction) = (i32::from(bits >> 10 & 0x1f), f32::from(bits & 0x3ff));
            let magnitude = match field {
                0 => fraction / 1024.0 / 16384.0,
                _ => (1.0 + fraction / 1024.0) * 2f32.powi(field - 15),
            };
            let expected = if bits & 0x8000 == 0 { magnitude } else { -magnitude };
            assert_eq!(f32_from_f16(bits).to_bits(), expected.to_bits(), "{bits:#06x}");
        }
    }
}
