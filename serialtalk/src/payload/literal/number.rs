//! Numbers in literals.

use super::escape::digit_of;
use crate::number::{Format, read};
use crate::problem::Came;
use crate::texts::position;

/// The text of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberText<'a> {
    /// Whether a minus stands before it.
    pub negative: bool,
    /// Digits, and whatever else belongs to them; also `inf` and `nan`.
    pub text: &'a [u8],
}

impl NumberText<'_> {
    /// The bits of the nearest float; none if it is no number. The inner none means that the number is finite and the
    /// float would not be. Text beyond the range of `f64` is infinity, as in Python.
    pub(crate) fn float(&self, to: Format) -> Option<Option<u64>> {
        let magnitude = match self.special() {
            Some(special) => to.special(special == Special::NaN),
            None => {
                let (mantissa, exponent) = read(self.text)?;
                let magnitude = to.pack(mantissa, exponent);
                // `1e999` is how infinity is written, for every width of float: what rounds to 2^1024 or more.
                let is_infinite = exponent > 960 || (exponent == 960 && mantissa >> 10 == u64::MAX >> 10);
                if to.is_special(magnitude) && !is_infinite {
                    return Some(None);
                }
                magnitude
            }
        };
        Some(Some(magnitude | to.signed(self.negative)))
    }

    /// The nearest `f64`; none if it is no number.
    #[cfg(any(feature = "alloc", feature = "serde"))]
    pub(crate) fn float64(&self) -> Option<f64> {
        // No number is finite beyond the range of `f64`.
        self.float(Format::DOUBLE)?.map(f64::from_bits)
    }

    /// The integer that it is, if it is one of up to 128 bits: its sign and its distance from zero.
    #[cfg(feature = "serde")]
    pub fn integer(&self) -> Option<(bool, u128)> {
        match Digits::<u128>::parse(self.text) {
            Digits::Integer(magnitude) => Some((self.negative, magnitude)),
            _ => None,
        }
    }

    /// What kind of value this is, for a message.
    pub(crate) fn kind(&self) -> Came {
        // Told by its looks: whoever wants no floats need not link what reads them.
        match self.text {
            [.., b'j' | b'J'] => Came::Complex,
            text if !matches!(Digits::<u64>::parse(text), Digits::NoInteger) => Came::Integer,
            [b'0'..=b'9' | b'.', ..] => Came::Float,
            _ if self.special().is_some() => Came::Float,
            _ => Came::NoLiteral,
        }
    }

    #[inline(never)]
    fn special(&self) -> Option<Special> {
        let mut lower = [0; 8];
        let text = lower.get_mut(..self.text.len())?;
        for (to, from) in text.iter_mut().zip(self.text) {
            *to = from.to_ascii_lowercase();
        }
        match position(b"\x03inf\x08infinity\x03nan", text)? {
            2 => Some(Special::NaN),
            _ => Some(Special::Infinity),
        }
    }
}

#[derive(PartialEq, Eq)]
enum Special {
    Infinity,
    NaN,
}

/// What the text of a number is as an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digits<T> {
    /// This integer.
    Integer(T),
    /// An integer that does not fit.
    TooWide,
    /// No integer.
    NoInteger,
}

impl Digits<u64> {
    /// Reads decimal, `0x`, `0o` and `0b` digits with single underscores between them. Zeros may lead,
    /// which Python refuses.
    pub fn parse(text: &[u8]) -> Self {
        parse(text, |number: u64, base, digit| number.checked_mul(base.into())?.checked_add(digit.into()))
    }
}

impl Digits<u128> {
    /// The same for wider integers.
    pub fn parse(text: &[u8]) -> Self {
        parse(text, |number: u128, base, digit| number.checked_mul(base.into())?.checked_add(digit.into()))
    }
}

fn parse<T: Default>(text: &[u8], append: impl Fn(T, u32, u32) -> Option<T>) -> Digits<T> {
    let (base, digits) = match text {
        [b'0', letter, digits @ ..] if !letter.is_ascii_digit() => match letter {
            b'x' | b'X' => (16, digits),
            b'o' | b'O' => (8, digits),
            b'b' | b'B' => (2, digits),
            _ => (10, text),
        },
        _ => (10, text),
    };
    // An underscore may stand behind `0x`.
    let mut number = Some(T::default());
    let mut before = if base == 10 { b'_' } else { b'0' };
    for byte in digits {
        if *byte == b'_' {
            if before == b'_' {
                return Digits::NoInteger;
            }
        } else {
            let digit = digit_of(*byte);
            if digit >= base {
                return Digits::NoInteger;
            }
            number = number.and_then(|number| append(number, base, digit));
        }
        before = *byte;
    }
    match number {
        _ if before == b'_' || digits.is_empty() => Digits::NoInteger,
        Some(number) => Digits::Integer(number),
        None => Digits::TooWide,
    }
}
