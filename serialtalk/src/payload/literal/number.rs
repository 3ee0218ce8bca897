//! Numbers in literals.

use crate::number::{Big, Binary, Format, Written, parse, read};

/// The text of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberText<'a> {
    /// Whether a minus stands before it.
    pub negative: bool,
    /// Digits, and whatever else belongs to them; also `inf` and `nan`.
    pub text: &'a [u8],
}

impl NumberText<'_> {
    /// The bits of the nearest float; none if it is finite and the float would not be. Text beyond the range of `f64` is
    /// infinity, as in Python.
    #[inline(never)]
    pub(crate) fn float(&self, to: Format) -> Option<u64> {
        let magnitude = match read(self.text) {
            None => to.special(matches!(self.text, [.., b'n' | b'N'])),
            Some(Binary { mantissa, exponent }) => {
                let magnitude = to.pack(mantissa, exponent);
                // `1e999` is how infinity is written, for every width of float: what rounds to 2^1024 or more.
                let is_infinite = exponent > 960 || (exponent == 960 && mantissa >> 10 == u64::MAX >> 10);
                if to.is_special(magnitude) && !is_infinite {
                    return None;
                }
                magnitude
            }
        };
        Some(magnitude | to.signed(self.negative))
    }

    /// The nearest `f64`.
    #[cfg(any(feature = "alloc", feature = "serde"))]
    pub(crate) fn float64(&self) -> Option<f64> {
        // No number is finite beyond the range of `f64`.
        self.float(Format::DOUBLE).map(f64::from_bits)
    }

    /// The integer that it is, if it is one of up to 128 bits: its sign and its distance from zero.
    #[cfg(feature = "serde")]
    pub fn integer(&self) -> Option<(bool, u128)> {
        match Digits::parse(self.text) {
            Digits::Integer(magnitude) => Some((self.negative, magnitude)),
            _ => None,
        }
    }
}

/// What the text of a number is as an integer of up to 128 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digits {
    /// This integer.
    Integer(u128),
    /// An integer that does not fit.
    TooWide,
    /// No integer.
    NoInteger,
}

impl Digits {
    /// Reads decimal, `0x`, `0o` and `0b` digits with single underscores between them. Zeros may lead, which Python refuses.
    pub fn parse(text: &[u8]) -> Self {
        let mut digits = Big::new();
        match parse(text, &mut digits) {
            (Written::Integer, length) if length == text.len() => {
                if digits.fits(128) {
                    Self::Integer(digits.wide_value())
                } else {
                    Self::TooWide
                }
            }
            _ => Self::NoInteger,
        }
    }
}
