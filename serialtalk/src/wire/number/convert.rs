//! Conversions between number types, on their bits.

use super::format::{Float, Format};

/// An integer as a float; `None` if that is not exact.
pub(crate) fn f64_from_int(negative: bool, magnitude: u64) -> Option<f64> {
    from_int(negative, magnitude, Format::DOUBLE).map(Float::from_bits)
}

/// An integer as a float; `None` if that is not exact.
pub(crate) fn f32_from_int(negative: bool, magnitude: u64) -> Option<f32> {
    from_int(negative, magnitude, Format::SINGLE).map(Float::from_bits)
}

/// The nearest `f32`; `None` if that makes a finite number infinite.
pub(crate) fn f32_from_f64(value: f64) -> Option<f32> {
    convert(value.to_bits(), Format::DOUBLE, Format::SINGLE).map(Float::from_bits)
}

/// A number of an `f32` as an `f64`, which is exact.
pub(crate) fn f64_from_f32(value: f32) -> f64 {
    // There always is one.
    convert(value.to_bits().into(), Format::SINGLE, Format::DOUBLE).map_or(f64::NAN, Float::from_bits)
}

/// The bits of an integer as a float of the format `to`; `None` if that is not exact.
pub(crate) fn from_int(negative: bool, magnitude: u64, to: Format) -> Option<u64> {
    Binary::of_integer(negative, magnitude).to_float(to)
}

/// The bits of the nearest float of the format `to`, on a tie those of the one with an even mantissa; `None` if that makes
/// a finite number infinite. Infinities stay infinite, and NaN stays NaN, each with its sign.
pub(crate) fn convert(bits: u64, from: Format, to: Format) -> Option<u64> {
    Binary::of_float(bits, from).to_float(to)
}

/// A number on its way to a float.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Binary {
    /// `mantissa * 2^exponent`.
    Finite {
        /// Whether it is below zero, or is minus zero.
        negative: bool,
        /// Any integer; it need not begin with a bit that is set.
        mantissa: u64,
        /// The power of two by which the mantissa is multiplied.
        exponent: i32,
        /// Whether it must not be rounded.
        is_exact: bool,
    },
    /// Infinity.
    Infinite {
        /// Whether it is minus infinity.
        negative: bool,
    },
    /// Not a number.
    NaN {
        /// Whether the sign bit is set.
        negative: bool,
    },
}

impl Binary {
    /// An integer, which must not be rounded.
    pub(crate) const fn of_integer(negative: bool, magnitude: u64) -> Self {
        Self::Finite { negative, mantissa: magnitude, exponent: 0, is_exact: true }
    }

    /// A float with these bits, which may be rounded.
    pub(crate) fn of_float(bits: u64, from: Format) -> Self {
        // In halves, the fraction in place: a shift of 64 bits by a variable is long on 32-bit cores.
        let (mut high, mut low) = ((bits >> 32) as u32, bits as u32);
        match from.size() {
            2 => (high, low) = (low << 16, 0),
            4 => (high, low) = (low, 0),
            _ => {}
        }
        let negative = high >> 31 != 0;
        let exponent_bits = from.exponent_bits();
        let hidden = 1 << 31 >> exponent_bits;
        let field = high << 1 >> (32 - exponent_bits);
        let fraction = high & (hidden - 1);
        if field == from.highest_field() {
            return if fraction | low == 0 { Self::Infinite { negative } } else { Self::NaN { negative } };
        }
        // The smallest floats have the same exponent as the next larger ones.
        let (field, mantissa) = if field == 0 { (1, fraction) } else { (field, fraction | hidden) };
        Self::Finite {
            negative,
            mantissa: u64::from(mantissa) << 32 | u64::from(low),
            exponent: field as i32 - (from.bias() + 63 - exponent_bits as i32),
            is_exact: false,
        }
    }

    /// The bits of the nearest float; `None` if a finite number is beyond the largest one, or must not be rounded and would
    /// be.
    pub(crate) fn to_float(self, to: Format) -> Option<u64> {
        let (negative, magnitude) = match self {
            Self::Finite { negative, mantissa, exponent, is_exact } => {
                (negative, to.round(mantissa, exponent, is_exact)?)
            }
            Self::Infinite { negative } => (negative, to.infinity()),
            Self::NaN { negative } => (negative, to.infinity() | to.quiet_bit()),
        };
        Some(magnitude | to.signed(negative))
    }
}

#[cfg(test)]
mod tests {
    fn f32_from_f16(bits: u16) -> f32 {
        f32::from_bits(convert(bits.into(), Format::of_size(2), Format::SINGLE).unwrap() as u32)
    }

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
        assert_eq!(bits_of(0x7ff2_4000_0000_0000), Some(0x7fc0_0000));
        assert_eq!(f64_from_f32(f32::from_bits(0xff80_0001)).to_bits(), 0xfff8_0000_0000_0000);
        assert_eq!(f32_from_f16(0x7e01).to_bits(), 0x7fc0_0000);
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
