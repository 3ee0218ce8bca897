//! Digits to the nearest float, and to integers.

use super::big::Big;
use super::format::Format;

/// A number as it is written: its digits, how many of them are behind the point, and its exponent.
// Small fields first: they are reached by shorter code.
#[repr(C)]
pub(crate) struct Decimal {
    places: i32,
    exponent: i32,
    /// Whether the exponent is negative.
    pub(crate) negative: bool,
    digits: Big,
}

impl Decimal {
    /// Zero.
    #[inline(always)]
    pub(crate) const fn zero() -> Self {
        Self { places: 0, exponent: 0, negative: false, digits: Big::new() }
    }

    /// Appends a digit, which may stand behind the point.
    pub(crate) fn push(&mut self, base: u32, digit: u32, is_place: bool) {
        self.digits.multiply_add(base, digit);
        self.places += i32::from(is_place);
    }

    /// Appends a digit to the exponent. That is cut off at 999, which no other digits can make up for.
    pub(crate) fn push_exponent(&mut self, digit: u32) {
        self.exponent = (self.exponent * 10 + digit as i32).min(999);
    }

    /// Whether the digits are zeros.
    pub(crate) fn is_zero(&self) -> bool {
        self.digits.fits(0)
    }

    /// The integer that the digits are, if it has no more than 128 bits.
    pub(crate) fn wide_integer(&self) -> Option<u128> {
        if self.digits.fits(128) { Some(self.digits.wide_value()) } else { None }
    }

    /// The number in binary. Uses up the digits.
    #[inline(never)]
    pub(crate) fn binary(&mut self) -> Binary {
        let power = if self.negative { -self.exponent } else { self.exponent } - self.places;
        let mut added = 0;
        if power < 0 {
            // A division by five takes 2.33 bits off; the longer dividend leaves at least 64.
            added = self.digits.lengthen((5 - ((power * 5) >> 5)) as usize);
        }
        // digits * 10^power is digits * 5^power * 2^power.
        self.digits.scale_by_fives(power);
        let (mantissa, exponent) = self.digits.top();
        Binary { mantissa, exponent: exponent + power - 16 * added as i32 }
    }
}

/// `mantissa * 2^exponent`: exact, or with more bits than any float has, the last of which is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Binary {
    pub(crate) mantissa: u64,
    pub(crate) exponent: i32,
}

/// The exponent of what is no number.
const NAN: i32 = i32::MAX;

impl Binary {
    /// What is no number, or infinity.
    pub(crate) fn special(is_nan: bool) -> Self {
        Self { mantissa: 1, exponent: if is_nan { NAN } else { 2000 } }
    }

    /// The bits of the nearest float, or of this one if it has to be exact; none if there is none, or if that is infinite and
    /// the number is finite. Beyond the range of `f64` it is not, as in Python.
    pub(crate) fn float(self, to: Format, exact: bool) -> Option<u64> {
        let Self { mut mantissa, mut exponent } = self;
        if exponent == NAN {
            return Some(to.special(true));
        }
        let magnitude = to.round(mantissa, exponent, exact);
        if to.is_special(magnitude) {
            while mantissa >> 63 == 0 {
                mantissa <<= 1;
                exponent -= 1;
            }
            // For every width of float what rounds to 2^1024 or more is infinite.
            let (_, up) = mantissa.overflowing_add(1 << 10);
            if exponent + i32::from(up) <= 960 {
                return None;
            }
        }
        Some(magnitude)
    }
}

#[cfg(test)]
mod tests;
