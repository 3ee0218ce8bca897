//! Numbers in literals.

use crate::number::{Big, Binary, Format, Written, parse, read};
use crate::problem::Came;
use crate::texts::position;

/// The text of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberText<'a> {
    /// Whether a minus stands before it.
    pub negative: bool,
    /// Digits, and whatever else belongs to them, in lower case; also `inf` and `nan`.
    pub text: &'a [u8],
}

impl NumberText<'_> {
    /// The bits of the nearest float; none if it is no number, or finite and the float would not be. Text beyond the range of
    /// `f64` is infinity, as in Python.
    #[inline(never)]
    pub(crate) fn float(&self, to: Format) -> Option<u64> {
        let magnitude = match read(self.text) {
            None => to.special(self.special()? == Special::NaN),
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

    /// The nearest `f64`; none if it is no number.
    #[cfg(any(feature = "alloc", feature = "serde"))]
    pub(crate) fn float64(&self) -> Option<f64> {
        // No number is finite beyond the range of `f64`.
        self.float(Format::DOUBLE).map(f64::from_bits)
    }

    /// The integer that it is, if it is one of up to 128 bits: its sign and its distance from zero.
    #[cfg(feature = "serde")]
    pub fn integer(&self) -> Option<(bool, u128)> {
        match Digits::<u128>::parse(self.text) {
            Digits::Integer(magnitude) => Some((self.negative, magnitude)),
            _ => None,
        }
    }

    /// Tells what it is, and the magnitude of an integer: the largest one if it does not fit.
    #[inline(never)]
    pub(super) fn kind(&self) -> (Came, u64) {
        let mut digits = Big::new();
        let came = match parse(self.text, &mut digits) {
            Written::Integer if digits.fits(64) => return (Came::Integer, digits.value()),
            Written::Integer => return (Came::WideInteger, u64::MAX),
            Written::Float(_) => Came::FloatText,
            Written::Nothing if self.special().is_some() => Came::FloatText,
            Written::Nothing if self.text.ends_with(b"j") => Came::Complex,
            Written::Nothing => Came::NoLiteral,
        };
        (came, 0)
    }

    #[inline(never)]
    fn special(&self) -> Option<Special> {
        match position(b"inf\0infinity\0nan\0", self.text)? {
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
    /// Reads decimal, `0x`, `0o` and `0b` digits in lower case with single underscores between them. Zeros may lead,
    /// which Python refuses.
    pub fn parse(text: &[u8]) -> Self {
        let mut digits = Big::new();
        match parse(text, &mut digits) {
            Written::Integer if digits.fits(64) => Self::Integer(digits.value()),
            Written::Integer => Self::TooWide,
            _ => Self::NoInteger,
        }
    }
}

impl Digits<u128> {
    /// The same for wider integers.
    pub fn parse(text: &[u8]) -> Self {
        let mut digits = Big::new();
        match parse(text, &mut digits) {
            Written::Integer if digits.fits(128) => Self::Integer(digits.wide_value()),
            Written::Integer => Self::TooWide,
            _ => Self::NoInteger,
        }
    }
}
