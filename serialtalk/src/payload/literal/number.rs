//! Numbers in literals.

use super::read::{Kind, LiteralReader};
use crate::number::digit_of;
use crate::problem::Came;
use crate::reader::Last;

/// The longest float that is read, in bytes. A frame holds no longer one.
const LONGEST: usize = 255;

impl<'a> LiteralReader<'a> {
    /// Takes a number; also `inf` and `nan`. Floats, and integers that do not fit, stay in `number`.
    #[inline(never)]
    pub(super) fn number(&mut self, last: &mut Last<'a>) -> bool {
        self.number.clear();
        let negative = self.sign();
        let start = self.at;
        let kind = self.kind();
        if self.at != start {
            // No spaces stand behind a sign.
            return false;
        }
        let is_special = matches!(kind, Kind::Infinity | Kind::NaN);
        if is_special {
            self.take_word();
            self.number.set_special(kind == Kind::NaN);
        }
        let is_float = if is_special { Some(true) } else { self.digits() };
        let mut magnitude = u64::MAX;
        match is_float {
            None => return false,
            Some(false) => {
                last.came = Came::Integer;
                match self.number.integer() {
                    Some(integer) => magnitude = integer,
                    None => self.holds_number = true,
                }
            }
            Some(true) => {
                last.came = Came::Float;
                self.holds_number = true;
                if self.at - start > LONGEST {
                    return false;
                }
            }
        }
        last.set_integer(negative, magnitude);
        if self.eat_letter('j') {
            last.came = Came::Complex;
        }
        true
    }

    /// Takes a number without a sign; tells whether it is a float, if it is one. Zeros may lead integers, which Python
    /// refuses.
    #[inline(always)]
    fn digits(&mut self) -> Option<bool> {
        let mut count = self.run(10, Part::Whole);
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
            if count != 1 || !self.number.is_zero() {
                return None;
            }
            count = self.run(base, Part::Whole);
        } else {
            if self.eat_letter('.') {
                is_float = true;
                count += self.run(10, Part::Fraction);
            }
            if count > 0 && self.eat_letter('e') {
                is_float = true;
                let is_negative = self.sign();
                count = self.run(10, Part::Exponent);
                self.number.scale(is_negative);
            }
        }
        if count > 0 { Some(is_float) } else { None }
    }

    /// Takes digits and the single underscores between them; tells how many digits that were.
    #[inline(never)]
    fn run(&mut self, base: u32, part: Part) -> u32 {
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
                Part::Whole => self.number.push(base, digit),
                Part::Fraction => self.number.push_place(digit),
                Part::Exponent => self.number.push_exponent(digit),
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
