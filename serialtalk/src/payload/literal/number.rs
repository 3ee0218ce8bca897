//! Numbers in literals.

use super::read::{Kind, LiteralReader};
use crate::number::{Decimal, Part, digit_of};
use crate::problem::Came;
use crate::reader::Last;

/// The longest number that is read, in bytes; a frame holds no longer one.
const LONGEST: usize = 255;

impl<'a> LiteralReader<'a> {
    /// Takes a number; also `inf` and `nan`.
    #[inline(never)]
    pub(super) fn number(&mut self, last: &mut Last<'a>) -> bool {
        let negative = self.sign();
        self.digits = self.at;
        let kind = self.kind();
        if self.at != self.digits {
            // No spaces stand behind a sign.
            return false;
        }
        let mut digits = Decimal::zero();
        let magnitude = if matches!(kind, Kind::Infinity | Kind::NaN) {
            self.take_word();
            digits.part = Part::Exponent;
            digits.special(kind == Kind::NaN)
        } else if self.unsigned(&mut digits) {
            digits.mantissa()
        } else {
            return false;
        };
        self.exponent = digits.exponent;
        self.is_wide = digits.exponent > 0;
        if digits.part != Part::Whole {
            last.set_float(negative, magnitude);
        } else {
            last.came = Came::Integer;
            last.set_integer(negative, if self.is_wide { u64::MAX } else { magnitude });
        }
        true
    }

    /// The integer that was taken last, if it has no more than 128 bits.
    pub(crate) fn wide_integer(&mut self) -> Option<u128> {
        let mut digits = Decimal::zero();
        self.at = self.digits;
        self.unsigned(&mut digits);
        digits.wide_integer()
    }

    /// Takes a number without a sign; false if there is none. Zeros may lead integers, which Python refuses.
    fn unsigned(&mut self, digits: &mut Decimal) -> bool {
        let mut count = self.run(digits, 10);
        let base = match self.first().to_ascii_lowercase() {
            'x' => 16,
            'o' => 8,
            'b' => 2,
            _ => 10,
        };
        if base != 10 {
            self.at += 1;
            return count == 1 && digits.is_zero() && self.run(digits, base) > 0;
        }
        if self.eat_letter('.') {
            digits.part = Part::Fraction;
            count += self.run(digits, 10);
        }
        if count > 0 && self.eat_letter('e') {
            digits.part = Part::Exponent;
            digits.negative = self.sign();
            count = self.run(digits, 10);
        }
        // Other text can be longer than what a frame holds.
        let is_short = cfg!(not(feature = "alloc")) || self.at - self.digits <= LONGEST;
        count > 0 && is_short
    }

    /// Takes digits; tells how many that were.
    #[inline(never)]
    fn run(&mut self, digits: &mut Decimal, base: u32) -> u32 {
        let mut count = 0;
        loop {
            let digit = digit_of(self.first());
            if digit >= base {
                return count;
            }
            digits.push(base, digit);
            self.at += 1;
            count += 1;
        }
    }

    #[inline(never)]
    fn sign(&mut self) -> bool {
        let is_negative = self.eat_letter('-');
        if !is_negative {
            self.eat_letter('+');
        }
        is_negative
    }

    /// Takes a character, in either case, if it comes next with no space before it.
    fn eat_letter(&mut self, letter: char) -> bool {
        let found = self.first().to_ascii_lowercase() == letter;
        if found {
            self.at += 1;
        }
        found
    }
}
