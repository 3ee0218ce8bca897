//! Digits to the nearest float, and to integers.

use super::big::Big;
use super::format::Format;

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

    /// Appends a digit to the part that is being read. The exponent is cut off at 999, which no other digits can make up for.
    #[inline(never)]
    pub(crate) fn push(&mut self, base: u32, digit: u32) {
        match self.part {
            Part::Exponent => return self.exponent = (self.exponent * 10 + digit as i32).min(999),
            Part::Fraction => self.places += 1,
            Part::Whole => {}
        }
        self.digits.multiply_add(base, digit);
    }

    /// Whether the digits are zeros.
    pub(crate) fn is_zero(&self) -> bool {
        self.digits.fits(0)
    }

    /// The integer that the digits are, if it has no more than 128 bits.
    pub(crate) fn wide_integer(&self) -> Option<u128> {
        if self.digits.fits(128) { Some(self.digits.wide_value()) } else { None }
    }

    /// The number as `mantissa * 2^exponent`, exact or with more bits than any float has, the last of which is set. Uses up the
    /// digits, and leaves the exponent where the decimal one was.
    #[inline(never)]
    pub(crate) fn mantissa(&mut self) -> u64 {
        let power = if self.negative { -self.exponent } else { self.exponent } - self.places;
        self.exponent = power;
        if power < 0 {
            // A division by five takes 2.33 bits off; the longer dividend leaves at least 64.
            self.exponent -= 16 * self.digits.lengthen((5 - ((power * 5) >> 5)) as usize) as i32;
        }
        // digits * 10^power is digits * 5^power * 2^power.
        self.digits.scale_by_fives(power);
        let mantissa = self.digits.top();
        self.exponent += self.digits.dropped;
        mantissa
    }

    /// Makes zero infinity or no number, and gives its mantissa.
    pub(crate) fn special(&mut self, is_nan: bool) -> u64 {
        self.part = Part::Exponent;
        self.exponent = if is_nan { NAN } else { 2000 };
        1
    }
}

/// The exponent of what is no number.
const NAN: i32 = i32::MAX;

/// The bits of the float nearest to `mantissa * 2^exponent`, or of this one if it has to be exact; none if there is none, or
/// if that is infinite and the number is finite. Beyond the range of `f64` it is not, as in Python.
pub(crate) fn float(mut mantissa: u64, mut exponent: i32, to: Format, exact: bool) -> Option<u64> {
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

#[cfg(test)]
mod tests;
