//! IEEE 754 binary formats: a float's bits to `mantissa * 2^exponent` and, rounded, back.

/// A float that crosses the wire: `f32` or `f64`.
pub(crate) trait Float: Copy {
    /// The layout of its bits.
    const FORMAT: Format;

    /// The float with these bits, of which only the low ones, as many as it has, count.
    fn from_bits(bits: u64) -> Self;

    /// Its bits, extended by zeros.
    fn to_bits(self) -> u64;
}

impl Float for f32 {
    const FORMAT: Format = Format::SINGLE;

    fn from_bits(bits: u64) -> Self {
        f32::from_bits(bits as u32)
    }

    fn to_bits(self) -> u64 {
        f32::to_bits(self).into()
    }
}

impl Float for f64 {
    const FORMAT: Format = Format::DOUBLE;

    fn from_bits(bits: u64) -> Self {
        f64::from_bits(bits)
    }

    fn to_bits(self) -> u64 {
        f64::to_bits(self)
    }
}

/// A binary format of IEEE 754, known by its size: 2, 4 or 8 bytes. From the highest bit on: sign, exponent, fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Format {
    size: usize,
}

impl Format {
    /// 32 bits, `f32`.
    pub(crate) const SINGLE: Self = Self { size: 4 };
    /// 64 bits, `f64`.
    pub(crate) const DOUBLE: Self = Self { size: 8 };

    /// The format of a float of 2, 4 or 8 bytes.
    pub(crate) const fn of_size(bytes: usize) -> Self {
        match bytes {
            2 => Self { size: 2 },
            4 => Self::SINGLE,
            _ => Self::DOUBLE,
        }
    }

    /// The size of a float in bytes.
    pub(crate) const fn size(self) -> usize {
        self.size
    }

    /// How many bits the exponent has: 5, 8 or 11.
    pub(super) const fn exponent_bits(self) -> u32 {
        match self.size {
            2 => 5,
            4 => 8,
            _ => 11,
        }
    }

    /// How many bits the fraction has: 10, 23 or 52.
    const fn fraction_bits(self) -> u32 {
        self.size as u32 * 8 - 1 - self.exponent_bits()
    }

    /// The magnitude of a float as `mantissa * 2^exponent`. Infinities and NaN look like larger floats.
    pub(super) const fn unpack(self, bits: u64) -> (u64, i32) {
        let fraction = self.fraction(bits);
        match self.exponent_field(bits) {
            0 => (fraction, self.lowest_exponent()),
            field => (fraction | self.hidden_bit(), self.lowest_exponent() - 1 + field as i32),
        }
    }

    /// The bits of the magnitude nearest to `mantissa * 2^exponent`, on a tie those of the one with an even mantissa; `None`
    /// beyond the largest one, or if it has to be exact and is not.
    pub(crate) fn round(self, mantissa: u64, exponent: i32, exact: bool) -> Option<u64> {
        if mantissa == 0 {
            return Some(0);
        }
        let mut mantissa = mantissa;
        let mut field = exponent + 63 - self.fraction_bits() as i32 - self.lowest_exponent();
        // By single bits: a shift of 64 bits by a variable is long on 32-bit cores.
        while mantissa >> 63 == 0 {
            mantissa <<= 1;
            field -= 1;
        }
        if self.size == 8 {
            rounded_double(mantissa, field, exact)
        } else {
            // The last bit stands for all that were lower.
            let is_more = mantissa as u32 != 0;
            rounded_single((mantissa >> 32) as u32 | u32::from(is_more), field, exact).map(u64::from)
        }
    }

    /// The bit of a quiet NaN, which infinity does not have.
    pub(crate) const fn quiet_bit(self) -> u64 {
        self.hidden_bit() >> 1
    }

    /// Whether the bits are those of infinity or NaN.
    pub(crate) const fn is_special(self, bits: u64) -> bool {
        bits & self.infinity() == self.infinity()
    }

    /// Whether the next lower magnitude is half as far away as the next higher one.
    pub(super) const fn is_lopsided(self, bits: u64) -> bool {
        self.exponent_field(bits) > 1 && self.fraction(bits) == 0
    }

    /// The sign bit, if it is to be set.
    pub(crate) const fn signed(self, negative: bool) -> u64 {
        if negative { self.hidden_bit() << self.exponent_bits() } else { 0 }
    }

    /// The exponent field of infinities and NaN.
    pub(super) const fn highest_field(self) -> u32 {
        (1 << self.exponent_bits()) - 1
    }

    /// The value of the exponent field for an exponent of zero.
    pub(super) const fn bias(self) -> i32 {
        (1 << (self.exponent_bits() - 1)) - 1
    }

    /// The bits of positive infinity.
    pub(crate) const fn infinity(self) -> u64 {
        self.signed(true) - self.hidden_bit()
    }

    /// The bit above the fraction, which the mantissa of a normal float has.
    pub(super) const fn hidden_bit(self) -> u64 {
        1 << self.fraction_bits()
    }

    /// The bits below the exponent.
    pub(crate) const fn fraction(self, bits: u64) -> u64 {
        bits & (self.hidden_bit() - 1)
    }

    const fn exponent_field(self, bits: u64) -> u32 {
        ((bits & self.infinity()) >> self.fraction_bits()) as u32
    }

    /// The exponent of the smallest floats' last bit.
    const fn lowest_exponent(self) -> i32 {
        1 - self.bias() - self.fraction_bits() as i32
    }
}

macro_rules! rounded {
    ($name:ident, $bits:ident, $format:ident) => {
        /// The bits of a magnitude whose mantissa begins with the highest bit; the field of the exponent, which may be
        /// negative, is one too low. `None` beyond the largest magnitude, or if it has to be exact and is not.
        fn $name(mut mantissa: $bits, mut field: i32, exact: bool) -> Option<$bits> {
            const FRACTION_BITS: u32 = Format::$format.fraction_bits();
            while field < 0 {
                mantissa = mantissa >> 1 | mantissa & 1;
                field += 1;
            }
            let kept = mantissa >> ($bits::BITS - 1 - FRACTION_BITS);
            let dropped = mantissa << (FRACTION_BITS + 1);
            if field as u32 >= Format::$format.highest_field() - 1 || exact && dropped != 0 {
                return None;
            }
            // The hidden bit adds one to the exponent field, and so does a carry into it.
            let up = (dropped | (kept & 1)) > 1 << ($bits::BITS - 1);
            let rounded = ((field as $bits) << FRACTION_BITS) + kept + $bits::from(up);
            if Format::$format.is_special(rounded.into()) { None } else { Some(rounded) }
        }
    };
}

rounded!(rounded_single, u32, SINGLE);
rounded!(rounded_double, u64, DOUBLE);

#[cfg(test)]
fn pack<F: Float>(mantissa: u64, exponent: i32) -> F {
    F::from_bits(F::FORMAT.round(mantissa, exponent, false).unwrap_or(F::FORMAT.infinity()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_float_unpacks_to_its_value() {
        assert_eq!(f32::FORMAT.unpack(1.5f32.to_bits().into()), (3 << 22, -23));
        assert_eq!(f64::FORMAT.unpack(f64::to_bits(-1.5)), (3 << 51, -52));
        assert_eq!(f64::FORMAT.unpack(1), (1, -1074));
        assert_eq!(f64::FORMAT.unpack(f64::MIN_POSITIVE.to_bits()), (1 << 52, -1074));
        assert_eq!(f32::FORMAT.unpack(f32::MAX.to_bits().into()), ((1 << 24) - 1, 104));
        assert_eq!(f32::FORMAT.unpack(0), (0, -149));
    }

    #[test]
    fn only_powers_of_two_above_the_smallest_normal_are_lopsided() {
        let lopsided = |value: f32| f32::FORMAT.is_lopsided(value.to_bits().into());
        assert!(lopsided(1.0) && lopsided(-4.0) && lopsided(f32::MIN_POSITIVE * 2.0));
        assert!(
            !lopsided(1.5) && !lopsided(f32::MIN_POSITIVE) && !lopsided(0.0) && !lopsided(f32::from_bits(1))
        );
    }

    #[test]
    fn packing_rounds_to_even_and_ends_in_infinity() {
        assert_eq!(pack::<f32>(0, 5000).to_bits(), 0);
        assert_eq!(pack::<f32>(94, 0), 94.0);
        assert_eq!(pack::<f32>(0x100_0001, 0), 16_777_216.0);
        assert_eq!(pack::<f32>(0x100_0003, 0), 16_777_220.0);
        assert_eq!(pack::<f32>((0x100_0001 << 30) | 1, -30), 16_777_218.0);
        assert_eq!(pack::<f64>(u64::MAX, 960), f64::INFINITY);
        assert_eq!(pack::<f64>(u64::MAX << 11, 960), f64::MAX);
        assert_eq!(pack::<f64>(1, 5000), f64::INFINITY);
        assert_eq!(pack::<f64>(1, -1075), 0.0);
        assert_eq!(pack::<f64>(3, -1076), f64::from_bits(1));
        assert_eq!(pack::<f64>(u64::MAX, -5000), 0.0);
        assert_eq!(pack::<f64>((1 << 53) - 1, -1075), f64::MIN_POSITIVE);
    }
}
