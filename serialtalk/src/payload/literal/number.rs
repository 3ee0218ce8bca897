//! Numbers in literals.

use super::read::{Kind, LiteralReader};
use crate::number::digit_of;
use crate::problem::{Came, Integer};
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
        last.came = match kind {
            // No spaces stand behind a sign.
            _ if self.at != start => return false,
            Kind::Infinity | Kind::NaN => {
                self.take_word();
                self.number.set_special(kind == Kind::NaN);
                Came::FloatText
            }
            _ => self.digits(),
        };
        let mut magnitude = u64::MAX;
        match last.came {
            Came::Integer => match self.number.integer() {
                Some(integer) => magnitude = integer,
                None => last.came = Came::WideInteger,
            },
            Came::FloatText if self.at - start <= LONGEST => {}
            _ => return false,
        }
        last.set_integer(Integer { negative, magnitude });
        if self.eat_here('j') || self.eat_here('J') {
            last.came = Came::Complex;
        }
        true
    }

    /// Takes a number without a sign; tells whether it is an integer or a float, or nothing. Zeros may lead integers, which
    /// Python refuses.
    #[inline(always)]
    fn digits(&mut self) -> Came {
        let base = self.base();
        let mut came = Came::Integer;
        let mut count = self.run(base, false);
        if base == 10 {
            let mut places = 0;
            if self.eat_here('.') {
                came = Came::FloatText;
                places = self.run(10, false);
                count += places;
            }
            if count > 0 && (self.eat_here('e') || self.eat_here('E')) {
                came = Came::FloatText;
                let is_negative = self.sign();
                count = self.run(10, true);
                if is_negative {
                    self.number.power = -self.number.power;
                }
            }
            self.number.power -= places;
        }
        if count > 0 { came } else { Came::Nothing }
    }

    /// Takes the prefix of an integer, and an underscore that may stand behind it; gives its base.
    #[inline(always)]
    fn base(&mut self) -> u32 {
        if self.first() != '0' {
            return 10;
        }
        let base = match self.character(self.at + 1) {
            'x' | 'X' => 16,
            'o' | 'O' => 8,
            'b' | 'B' => 2,
            _ => return 10,
        };
        self.at += 2;
        self.eat_here('_');
        base
    }

    /// Takes digits and the single underscores between them; tells how many digits that were. A power is cut off at 999,
    /// which no other digits can make up for.
    #[inline(never)]
    fn run(&mut self, base: u32, is_power: bool) -> i32 {
        let mut count = 0;
        loop {
            let mut next = self.at;
            if count > 0 && self.first() == '_' {
                next += 1;
            }
            let digit = digit_of(self.character(next));
            if digit >= base {
                return count;
            }
            if is_power {
                self.number.power = (self.number.power * 10 + digit as i32).min(999);
            } else {
                self.number.push(base, digit);
            }
            self.at = next + 1;
            count += 1;
        }
    }

    #[inline(never)]
    fn sign(&mut self) -> bool {
        let is_negative = self.eat_here('-');
        if !is_negative {
            self.eat_here('+');
        }
        is_negative
    }

    /// Takes a character if it comes next, with no space before it.
    #[inline(never)]
    fn eat_here(&mut self, character: char) -> bool {
        let found = self.first() == character;
        if found {
            self.at += 1;
        }
        found
    }
}
