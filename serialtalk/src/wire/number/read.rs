//! Digits to integers and to the nearest float.

use super::big::Big;
use super::convert::Binary;

/// A number as it is written: its digits, how many of them follow the point, and its exponent.
pub(crate) struct Decimal {
    digits: Big,
    /// How many digits follow the point.
    places: i32,
    exponent: i32,
    exponent_is_negative: bool,
    part: Part,
}

/// A part of a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Integer,
    Fraction,
    Exponent,
}

impl Decimal {
    /// Zero, as an integer without digits.
    pub(crate) const fn zero() -> Self {
        Self { digits: Big::new(), places: 0, exponent: 0, exponent_is_negative: false, part: Part::Integer }
    }

    /// The digits that follow are those after the point.
    pub(crate) fn begin_fraction(&mut self) {
        self.part = Part::Fraction;
    }

    /// The digits that follow are those of the exponent.
    pub(crate) fn begin_exponent(&mut self, is_negative: bool) {
        self.part = Part::Exponent;
        self.exponent_is_negative = is_negative;
    }

    /// Appends a digit to the part that was begun last. Only integers have another base than 10.
    pub(crate) fn push(&mut self, base: u32, digit: u32) {
        match self.part {
            Part::Exponent => {
                // Not even all the digits of a frame make up for an exponent of 999.
                self.exponent = (self.exponent * 10 + digit as i32).min(999);
                return;
            }
            // Longer numbers are refused in the end.
            Part::Fraction => self.places = self.places.wrapping_add(1),
            Part::Integer => {}
        }
        self.digits.multiply_add(base, digit);
    }

    /// Whether all digits so far are zeros.
    pub(crate) fn is_zero(&self) -> bool {
        self.digits.is_zero()
    }

    /// Whether it has neither a point nor an exponent.
    pub(crate) fn is_integer(&self) -> bool {
        self.part == Part::Integer
    }

    /// The integer that its digits are; `None` if that has more than 64 bits.
    pub(crate) fn integer(&self) -> Option<u64> {
        let (value, bits_dropped) = self.digits.top();
        if bits_dropped == 0 { Some(value) } else { None }
    }

    /// The number with a sign, of up to 255 digits: exact, or with more bits than any float, the last of which is set.
    ///
    /// A number beyond the range of `f64` is infinite, as in Python. Uses up the digits.
    pub(crate) fn float(&mut self, negative: bool) -> Binary {
        let exponent = if self.exponent_is_negative { -self.exponent } else { self.exponent };
        let power = exponent - self.places;
        let mut exponent = power;
        if power < 0 {
            // A division by five takes 2.33 bits off; the longer dividend leaves at least 64.
            exponent -= 16 * self.digits.lengthen((5 - ((power * 5) >> 5)) as usize) as i32;
        }
        // digits * 10^power is digits * 5^power * 2^power.
        self.digits.scale_by_fives(power);
        let (mantissa, dropped) = self.digits.top();
        exponent += dropped;
        // The mantissa of a number this large has 64 bits: by 2^960 it is infinite if rounding it to 54 bits carries.
        let up = ((mantissa >> 10) + 1) >> 54;
        if mantissa != 0 && exponent + up as i32 > 960 {
            return Binary::Infinite { negative };
        }
        Binary::Finite { negative, mantissa, exponent, is_exact: false }
    }
}
