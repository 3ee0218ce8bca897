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
        self.holds_number = true;
        if digits.part != Part::Whole {
            last.set_float(negative, magnitude);
        } else {
            self.holds_number = digits.exponent > 0;
            last.came = Came::Integer;
            last.set_integer(negative, if self.holds_number { u64::MAX } else { magnitude });
        }
        if self.eat_letter('j') {
            last.came = Came::Complex;
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
        let base = if self.eat_letter('x') {
            16
        } else if self.eat_letter('o') {
            8
        } else {
            2
        };
        if base > 2 || self.eat_letter('b') {
            // An underscore may stand behind the prefix.
            self.eat_letter('_');
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

    /// Takes digits and the single underscores between them; tells how many digits that were, or less than none if an
    /// underscore stands behind them.
    #[inline(never)]
    fn run(&mut self, digits: &mut Decimal, base: u32) -> i32 {
        let mut count = 0;
        loop {
            let underscore = count > 0 && self.eat_letter('_');
            let digit = digit_of(self.first());
            if digit >= base {
                return if underscore { i32::MIN / 2 } else { count };
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
    #[inline(never)]
    fn eat_letter(&mut self, letter: char) -> bool {
        let found = self.first().to_ascii_lowercase() == letter;
        if found {
            self.at += 1;
        }
        found
    }
}
