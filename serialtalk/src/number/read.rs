//! Digits to the nearest float, and to integers.

use super::big::Big;
use super::format::Format;

/// A number as it was written: its digits, as an integer, by a power of ten.
#[derive(Debug)]
pub(crate) struct Decimal {
    digits: Big,
    pub(crate) power: i32,
}

/// What the power is of what is no number.
const NAN: i32 = i32::MAX;

impl Decimal {
    /// Zero.
    #[inline(always)]
    pub(crate) const fn zero() -> Self {
        Self { digits: Big::new(), power: 0 }
    }

    /// Makes it zero again.
    pub(crate) fn clear(&mut self) {
        self.digits.clear();
        self.power = 0;
    }

    /// Appends a digit.
    pub(crate) fn push(&mut self, base: u32, digit: u32) {
        self.digits.multiply_add(base, digit);
    }

    /// Makes it infinity, which is written `1e999`, or no number.
    pub(crate) fn set_special(&mut self, is_nan: bool) {
        self.digits.multiply_add(1, 1);
        self.power = if is_nan { NAN } else { 999 };
    }

    /// The integer that the digits are, if it fits.
    pub(crate) fn integer(&self) -> Option<u64> {
        if self.digits.fits(64) { Some(self.digits.value()) } else { None }
    }

    /// The same with up to 128 bits.
    pub(crate) fn wide_integer(&self) -> Option<u128> {
        if self.digits.fits(128) { Some(self.digits.wide_value()) } else { None }
    }

    /// The bits of the nearest float; none if that is infinite and the number is finite. Beyond the range of `f64` it is not,
    /// as in Python. Uses up the digits.
    #[inline(never)]
    pub(crate) fn float(&mut self, to: Format) -> Option<u64> {
        let power = self.power;
        if power == NAN {
            return Some(to.special(true));
        }
        // digits * 10^power is digits * 5^power * 2^power. A division by five takes 2.33 bits off; the longer dividend
        // leaves at least 64.
        let longer = (5 - ((power * 5) >> 5)).max(5);
        let added = self.digits.lengthen(longer as usize);
        self.digits.scale_by_fives(power);
        let (mantissa, exponent) = self.digits.top();
        let exponent = exponent + power - 16 * added as i32;
        let magnitude = to.pack(mantissa, exponent);
        // For every width of float what rounds to 2^1024 or more.
        let is_infinite = exponent + i32::from(mantissa >= u64::MAX << 10) > 960;
        if to.is_special(magnitude) && !is_infinite { None } else { Some(magnitude) }
    }
}

#[cfg(test)]
mod tests;
