//! Digits to the nearest float, and to integers.

use super::big::Big;
use super::convert::{INFINITE, NAN};

/// A number as it is written: its digits, how many of them are behind the point, and its exponent.
// Small fields first: they are reached by shorter code.
#[repr(C)]
pub(crate) struct Decimal {
    places: i32,
    pub(crate) exponent: i32,
    pub(crate) part: Part,
    /// Whether the exponent is negative.
    pub(crate) negative: bool,
    digits: Big,
}

/// Parts of a number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    Fraction,
    Exponent,
}

impl Decimal {
    /// Zero.
    #[inline(always)]
    pub(crate) const fn zero() -> Self {
        Self { places: 0, exponent: 0, part: Part::Whole, negative: false, digits: Big::new() }
    }

    /// Appends a digit to the part that is being read, and gives itself back. The exponent is cut off at 999, which no other digits can make up for.
    pub(crate) fn push(&mut self, base: u32, digit: u32) -> &mut Self {
        match self.part {
            Part::Exponent => {
                self.exponent = (self.exponent * 10 + digit as i32).min(999);
                return self;
            }
            Part::Fraction => self.places += 1,
            Part::Whole => {}
        }
        self.digits.multiply_add(base, digit);
        self
    }

    /// Whether the digits are zeros.
    pub(crate) fn is_zero(&self) -> bool {
        self.digits.fits(0)
    }

    /// The integer that the digits are, if it has no more than 128 bits.
    pub(crate) fn wide_integer(&self) -> Option<u128> {
        if self.digits.fits(128) { Some(self.digits.wide_value()) } else { None }
    }

    /// The number as `mantissa * 2^exponent`, exact or with more bits than any float has, the last of which is set. Beyond the
    /// range of `f64` a float is infinity, as in Python. Uses up the digits, and leaves the exponent where the decimal one was.
    pub(crate) fn mantissa(&mut self) -> u64 {
        let power = if self.negative { -self.exponent } else { self.exponent } - self.places;
        let mut exponent = power;
        if power < 0 {
            // A division by five takes 2.33 bits off; the longer dividend leaves at least 64.
            exponent -= 16 * self.digits.lengthen((5 - ((power * 5) >> 5)) as usize) as i32;
        }
        // digits * 10^power is digits * 5^power * 2^power.
        self.digits.scale_by_fives(power);
        let mantissa = self.digits.top();
        exponent += self.digits.dropped;
        self.exponent = exponent;
        // What rounds to 2^1024 or more is infinite; as long numbers have 64 bits here.
        let up = ((mantissa >> 10) + 1) >> 54;
        if mantissa == 0 || self.part == Part::Whole || exponent + up as i32 <= 960 {
            return mantissa;
        }
        self.special(false)
    }

    /// Makes it infinity or no number, and gives its mantissa.
    pub(crate) fn special(&mut self, is_nan: bool) -> u64 {
        self.exponent = if is_nan { NAN } else { INFINITE };
        1
    }
}

#[cfg(test)]
mod tests;
