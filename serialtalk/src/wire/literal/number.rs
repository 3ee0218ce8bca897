//! Numbers in literals.

use super::cursor::{Cursor, NotALiteral, digit_of};
use crate::wire::frame::MAX_LEN;
use crate::wire::integer::Integer;
use crate::wire::number::{Binary, Decimal};
use crate::wire::scalar::{Scalar, WideInteger};

impl<'a> Cursor<'a> {
    /// Takes a number, `inf` or `nan`, with or without a sign, but without white space before it.
    ///
    /// # Errors
    ///
    /// Returns [`NotALiteral`] if something else comes next, or a number that no frame would hold.
    pub(super) fn number(&mut self) -> Result<Scalar<'a>, NotALiteral> {
        let negative = self.sign();
        match self.word() {
            b"inf" => {
                self.take_word();
                return Ok(Scalar::Float(Binary::Infinite { negative }));
            }
            b"nan" => {
                self.take_word();
                return Ok(Scalar::Float(Binary::NaN { negative }));
            }
            _ => {}
        }
        let start = self.position();
        let mut decimal = Decimal::zero();
        self.unsigned(&mut decimal)?;
        // The decimal holds no more digits than a frame does.
        if self.position() - start > MAX_LEN {
            return Err(NotALiteral);
        }
        if !decimal.is_integer() {
            return Ok(Scalar::Float(decimal.float(negative)));
        }
        Ok(match decimal.integer() {
            Some(magnitude) => Scalar::Integer(Integer { negative: negative && magnitude != 0, magnitude }),
            None => {
                let digits = self.cut(start, self.position());
                Scalar::WideInteger(WideInteger { negative, digits })
            }
        })
    }

    /// Takes a sign, if there is one, and returns whether it is a minus.
    fn sign(&mut self) -> bool {
        let negative = self.eat_exactly(b'-');
        if !negative {
            self.eat_exactly(b'+');
        }
        negative
    }

    /// Takes a number without a sign. An integer may begin with zeros, which Python refuses.
    fn unsigned(&mut self, decimal: &mut Decimal) -> Result<(), NotALiteral> {
        let mut count = self.digits(10, decimal);
        let base = match self.first() {
            Some(b'x' | b'X') => 16,
            Some(b'o' | b'O') => 8,
            Some(b'b' | b'B') => 2,
            _ => 10,
        };
        if base != 10 {
            let has_prefix = count == 1 && decimal.is_zero();
            self.advance();
            return if has_prefix && self.digits(base, decimal) > 0 { Ok(()) } else { Err(NotALiteral) };
        }
        if self.eat_exactly(b'.') {
            decimal.begin_fraction();
            count += self.digits(10, decimal);
        }
        if count > 0 && (self.eat_exactly(b'e') || self.eat_exactly(b'E')) {
            decimal.begin_exponent(self.sign());
            count = self.digits(10, decimal);
        }
        if count > 0 { Ok(()) } else { Err(NotALiteral) }
    }

    /// Takes digits, and returns how many there are.
    fn digits(&mut self, base: u32, decimal: &mut Decimal) -> usize {
        let start = self.position();
        while let Some(digit) = self.first().and_then(|byte| digit_of(byte, base)) {
            self.advance();
            decimal.push(base, digit);
        }
        self.position() - start
    }
}

/// The absolute value of an integer of which `digits` are the digits with their prefix, as in
/// [`WideInteger`]; `None` if it has more than 128 bits.
// Apart from the rest of the reader, so that only who reads integers of 128 bits links their arithmetic.
pub(crate) fn wide_magnitude(digits: &[u8]) -> Option<u128> {
    let (base, digits) = match digits {
        [b'0', b'x' | b'X', digits @ ..] => (16, digits),
        [b'0', b'o' | b'O', digits @ ..] => (8, digits),
        [b'0', b'b' | b'B', digits @ ..] => (2, digits),
        digits => (10, digits),
    };
    digits.iter().try_fold(0u128, |magnitude, byte| {
        let digit = digit_of(*byte, base)?;
        magnitude.checked_mul(base.into())?.checked_add(digit.into())
    })
}

#[cfg(test)]
mod tests;
