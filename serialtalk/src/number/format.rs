//! IEEE 754 binary formats: a float's bits to `mantissa * 2^exponent` and, rounded, back.

/// A float that crosses the wire: `f32` or `f64`.
pub(crate) trait Float: Copy {
    /// How wide the fields are.
    const FORMAT: Format;

    /// The float with these bits, of which only the low ones of its width count.
    fn from_bits(bits: u64) -> Self;

    /// Its bits, zero-extended.
    fn to_bits(self) -> u64;
}

impl Float for f32 {
    const FORMAT: Format = Format { exponent_bits: 8, fraction_bits: 23 };

    fn from_bits(bits: u64) -> Self {
        f32::from_bits(bits as u32)
    }

    fn to_bits(self) -> u64 {
        f32::to_bits(self).into()
    }
}

impl Float for f64 {
    const FORMAT: Format = Format { exponent_bits: 11, fraction_bits: 52 };

    fn from_bits(bits: u64) -> Self {
        f64::from_bits(bits)
    }

    fn to_bits(self) -> u64 {
        f64::to_bits(self)
    }
}

/// The fields of a binary float: from the top a sign bit, the exponent, the fraction.
pub(crate) struct Format {
    pub(super) exponent_bits: u32,
    pub(super) fraction_bits: u32,
}

impl Format {
    /// The bit above the fraction, which the mantissa of a normal float has.
    pub(super) const fn hidden_bit(&self) -> u64 {
        1 << self.fraction_bits
    }

    /// The sign bit.
    pub(super) const fn sign(&self) -> u64 {
        self.hidden_bit() << self.exponent_bits
    }

    /// The bits of positive infinity.
    pub(super) const fn infinity(&self) -> u64 {
        self.sign() - self.hidden_bit()
    }

    /// The exponent of the lowest bit of the smallest floats.
    pub(super) const fn lowest(&self) -> i32 {
        2 - (1 << (self.exponent_bits - 1)) - self.fraction_bits as i32
    }

    /// Whether the bits are those of an infinity or NaN.
    pub(super) const fn is_special(&self, bits: u64) -> bool {
        bits & self.infinity() == self.infinity()
    }

    /// A float's magnitude as `mantissa * 2^exponent`. Infinities and NaN look like larger floats.
    #[inline(always)]
    pub(super) const fn unpack(&self, bits: u64) -> (u64, i32) {
        let fraction = bits & (self.hidden_bit() - 1);
        let field = self.exponent_field(bits);
        match field {
            0 => (fraction, self.lowest()),
            _ => (fraction | self.hidden_bit(), self.lowest() - 1 + field as i32),
        }
    }

    /// Whether the next lower float is half as far away as the next higher.
    #[inline(always)]
    pub(super) const fn is_lopsided(&self, bits: u64) -> bool {
        self.exponent_field(bits) > 1 && bits & (self.hidden_bit() - 1) == 0
    }

    const fn exponent_field(&self, bits: u64) -> u32 {
        ((bits & self.infinity()) >> self.fraction_bits) as u32
    }
}

/// The float nearest to `mantissa * 2^exponent`, on a tie the one with an even mantissa; beyond the largest,
/// infinity.
#[inline(never)]
pub(super) fn pack<F: Float>(mantissa: u64, exponent: i32) -> F {
    let Format { fraction_bits, exponent_bits } = F::FORMAT;
    if mantissa == 0 {
        return F::from_bits(0);
    }
    let mut mantissa = mantissa;
    let mut field = exponent + 63 - fraction_bits as i32 - F::FORMAT.lowest();
    while mantissa >> 63 == 0 {
        mantissa <<= 1;
        field -= 1;
    }
    while field < 0 {
        mantissa = mantissa >> 1 | mantissa & 1;
        field += 1;
    }
    // The hidden bit adds one to the exponent field, and so does a carry into it.
    if field >= (1 << exponent_bits) - 2 {
        return F::from_bits(F::FORMAT.infinity());
    }
    let kept = mantissa >> (63 - fraction_bits);
    let dropped = mantissa << (fraction_bits + 1);
    let up = (dropped | (kept & 1)) > 1 << 63;
    F::from_bits(((field as u64) << fraction_bits) + kept + u64::from(up))
}
