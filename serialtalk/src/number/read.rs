//! Digits to the nearest float, and to integers.

use super::big::Big;
use super::format::Format;

/// A number as it is written: its digits, as an integer, by a power of ten.
// Small fields first: they are reached by shorter code.
#[derive(Debug)]
#[repr(C)]
pub(crate) struct Decimal {
    power: i32,
    exponent: i32,
    digits: Big,
}

/// What the power is of what is no number.
const NAN: i32 = i32::MAX;

impl Decimal {
    /// No number.
    #[inline(always)]
    pub(crate) const fn nothing() -> Self {
        Self { power: NAN, exponent: 0, digits: Big::new() }
    }

    /// Makes it zero.
    #[inline(always)]
    pub(crate) fn clear(&mut self) {
        self.power = 0;
        self.exponent = 0;
        self.digits.clear();
    }

    /// Appends a digit.
    pub(crate) fn push(&mut self, base: u32, digit: u32) {
        self.digits.multiply_add(base, digit);
    }

    /// Appends a digit behind the point.
    pub(crate) fn push_place(&mut self, digit: u32) {
        self.push(10, digit);
        self.power -= 1;
    }

    /// Appends a digit to the exponent. That is cut off at 999, which no other digits can make up for.
    pub(crate) fn push_exponent(&mut self, digit: u32) {
        self.exponent = (self.exponent * 10 + digit as i32).min(999);
    }

    /// Ends the exponent.
    pub(crate) fn scale(&mut self, is_negative: bool) {
        self.power += if is_negative { -self.exponent } else { self.exponent };
    }

    /// Makes what was zero infinity, which is written `1e999`, or no number.
    pub(crate) fn set_special(&mut self, is_nan: bool) {
        self.push(1, 1);
        self.power = if is_nan { NAN } else { 999 };
    }

    /// Whether the digits are zeros, of which none was appended.
    pub(crate) fn is_zero(&self) -> bool {
        self.digits.fits(0)
    }

    /// The integer that the digits are, if it fits.
    #[inline(always)]
    pub(crate) fn integer(&self) -> Option<u64> {
        if self.digits.fits(64) { Some(self.digits.top().0) } else { None }
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
        let (mut mantissa, exponent) = self.digits.top();
        let mut exponent = exponent + power - 16 * added as i32;
        let magnitude = to.round(mantissa, exponent, false);
        if to.is_special(magnitude) {
            while mantissa >> 63 == 0 {
                mantissa <<= 1;
                exponent -= 1;
            }
            // For every width of float what rounds to 2^1024 or more is infinite.
            if exponent + i32::from(mantissa >= u64::MAX << 10) <= 960 {
                return None;
            }
        }
        Some(magnitude)
    }
}

#[cfg(test)]
mod tests;
