//! Numbers in literals.

use super::read::{Kind, LiteralReader};
use crate::number::{Binary, Decimal, digit_of};
use crate::problem::Came;
use crate::reader::Last;

/// The longest float that is read, in bytes. A frame holds no longer one.
const LONGEST: usize = 255;

impl<'a> LiteralReader<'a> {
    /// Takes a number; also `inf` and `nan`.
    #[inline(never)]
    pub(super) fn number(&mut self, last: &mut Last<'a>) -> bool {
        let negative = self.sign();
        self.digits = self.at;
        let kind = self.kind();
        let mut is_float = true;
        let number = match kind {
            // No spaces stand behind a sign.
            _ if self.at != self.digits => return false,
            Kind::Infinity => Binary::INFINITY,
            Kind::NaN => Binary::NAN,
            _ => {
                let mut digits = Decimal::zero();
                match self.unsigned(&mut digits) {
                    Some(found) => is_float = found,
                    None => return false,
                }
                self.behind = self.at;
                digits.binary()
            }
        };
        self.take_word();
        let is_wide = !is_float && number.exponent > 0;
        self.holds_number = is_float || is_wide;
        self.exponent = number.exponent;
        last.came = if is_float { Came::Float } else { Came::Integer };
        last.set_integer(negative, if is_wide { u64::MAX } else { number.mantissa });
        if is_float {
            // Zero has a sign, too.
            last.negative = negative;
            if self.at - self.digits > LONGEST {
                return false;
            }
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

    /// Takes a number without a sign; tells whether it is a float, if it is one. Zeros may lead integers, which Python
    /// refuses.
    fn unsigned(&mut self, digits: &mut Decimal) -> Option<bool> {
        let mut count = self.run(digits, 10, Part::Whole);
        let base = if self.eat_letter('x') {
            16
        } else if self.eat_letter('o') {
            8
        } else if self.eat_letter('b') {
            2
        } else {
            10
        };
        let mut is_float = false;
        if base != 10 {
            // An underscore may stand behind the prefix.
            self.eat_letter('_');
            if count != 1 || !digits.is_zero() {
                return None;
            }
            count = self.run(digits, base, Part::Whole);
        } else {
            if self.eat_letter('.') {
                is_float = true;
                count += self.run(digits, 10, Part::Fraction);
            }
            if count > 0 && self.eat_letter('e') {
                is_float = true;
                let is_negative = self.sign();
                count = self.run(digits, 10, Part::Exponent);
                digits.scale(is_negative);
            }
        }
        if count > 0 { Some(is_float) } else { None }
    }

    /// Takes digits and the single underscores between them; tells how many digits that were.
    #[inline(never)]
    fn run(&mut self, digits: &mut Decimal, base: u32, part: Part) -> u32 {
        let mut count = 0;
        loop {
            let end = self.at;
            if count > 0 && self.first() == '_' {
                self.at += 1;
            }
            let digit = digit_of(self.first());
            if digit >= base {
                self.at = end;
                return count;
            }
            match part {
                Part::Whole => digits.push(base, digit),
                Part::Fraction => digits.push_place(digit),
                Part::Exponent => digits.push_exponent(digit),
            }
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

#[derive(Clone, Copy)]
enum Part {
    Whole,
    Fraction,
    Exponent,
}
