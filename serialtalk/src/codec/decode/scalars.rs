//! Single values, converted without loss.

use super::Decoder;
use super::input::Input;
use crate::codec::error::{DecodeErrorKind, Invalid, Unexpected};
use crate::wire::integer::{Integer, IntegerType};
#[cfg(feature = "repr")]
use crate::wire::literal::wide_magnitude;
use crate::wire::number::{Binary, Float};
use crate::wire::scalar::{Scalar, WideInteger};

impl<'a> Decoder<'a> {
    /// Takes the next value if it arrived packed under just this struct code, little-endian.
    pub(crate) fn packed<const SIZE: usize>(&mut self, code: u8) -> Option<[u8; SIZE]> {
        match &mut self.input {
            Input::Struct(values) => values.take_exact(code, SIZE as u8)?.try_into().ok(),
            _ => None,
        }
    }

    /// Takes an integer of up to 64 bits that `ty` holds, as its sign-extended two's complement.
    ///
    /// # Errors
    ///
    /// Something else, or an integer that `ty` cannot hold.
    pub fn integer(&mut self, ty: IntegerType) -> Result<u64, Invalid> {
        match self.scalar("an integer")? {
            Scalar::Integer(value) if ty.holds(value) => Ok(value.bits()),
            Scalar::Integer(value) => Err(self.fail(DecodeErrorKind::OutOfRange { value, ty })),
            Scalar::Bool(value) => Ok(value.into()),
            Scalar::WideInteger(_) => Err(self.fail(DecodeErrorKind::TooWide { ty })),
            other => Err(self.unexpected("an integer", &other)),
        }
    }

    /// Takes an integer of up to 128 bits that `ty` holds, as its two's complement.
    ///
    /// # Errors
    ///
    /// Something else, or an integer that `ty` cannot hold.
    pub fn wide_integer(&mut self, ty: IntegerType) -> Result<u128, Invalid> {
        match self.scalar("an integer")? {
            Scalar::Integer(value) if ty.holds(value) => {
                let magnitude = u128::from(value.magnitude);
                Ok(if value.negative { magnitude.wrapping_neg() } else { magnitude })
            }
            Scalar::Integer(value) => Err(self.fail(DecodeErrorKind::OutOfRange { value, ty })),
            Scalar::Bool(value) => Ok(value.into()),
            Scalar::WideInteger(integer) => {
                wide_bits(integer, ty).ok_or_else(|| self.fail(DecodeErrorKind::TooWide { ty }))
            }
            other => Err(self.unexpected("an integer", &other)),
        }
    }

    /// Takes a float of 32 bits.
    ///
    /// # Errors
    ///
    /// Something else than a number, or a number that `f32` cannot hold.
    pub fn float32(&mut self) -> Result<f32, Invalid> {
        self.float("f32")
    }

    /// Takes a float of 64 bits.
    ///
    /// # Errors
    ///
    /// Something else than a number, or a number that `f64` cannot hold.
    pub fn float64(&mut self) -> Result<f64, Invalid> {
        self.float("f64")
    }

    fn float<F: Float>(&mut self, ty: &'static str) -> Result<F, Invalid> {
        let number = match self.scalar("a number")? {
            Scalar::Float(number) => number,
            Scalar::Integer(Integer { negative, magnitude }) => Binary::of_integer(negative, magnitude),
            Scalar::Bool(value) => Binary::of_integer(false, value.into()),
            Scalar::WideInteger(_) => return Err(self.fail(DecodeErrorKind::FloatRange { ty })),
            other => return Err(self.unexpected("a number", &other)),
        };
        let bits = number.to_float(F::FORMAT);
        bits.map(F::from_bits).ok_or_else(|| self.fail(DecodeErrorKind::FloatRange { ty }))
    }

    /// Takes bytes, as they are in the payload.
    ///
    /// # Errors
    ///
    /// Something else than bytes.
    pub fn bytes(&mut self) -> Result<&'a [u8], Invalid> {
        match self.scalar("bytes")? {
            Scalar::Bytes(bytes) => Ok(bytes),
            other => Err(self.unexpected("bytes", &other)),
        }
    }

    /// Takes text. UTF-8 bytes are text too; in a struct, zeros at their end are not part of it, because they pad an `s`.
    ///
    /// # Errors
    ///
    /// Something else than text or bytes, or bytes that are not UTF-8.
    pub fn text(&mut self) -> Result<&'a str, Invalid> {
        let text = self.text_bytes()?;
        str::from_utf8(text).map_err(|_| self.fail(DecodeErrorKind::NotUtf8))
    }

    /// Takes text that is not yet known to be UTF-8.
    pub(crate) fn text_bytes(&mut self) -> Result<&'a [u8], Invalid> {
        let is_padded = matches!(self.input, Input::Struct(_));
        match self.scalar("text")? {
            Scalar::Text(text) => Ok(text),
            Scalar::Bytes(bytes) if is_padded => Ok(trim_zeros(bytes)),
            Scalar::Bytes(bytes) => Ok(bytes),
            other => Err(self.unexpected("text", &other)),
        }
    }

    /// Takes `None` if it is next, or nothing where the list of arguments is to be read as a value; returns whether it was.
    pub fn none(&mut self) -> bool {
        let is_none = match &mut self.input {
            Input::Empty => self.spread && self.error.is_none(),
            Input::Struct(values) => self.spread && values.is_done(),
            // The list that holds nothing but `None`, or nothing.
            #[cfg(feature = "repr")]
            Input::Literal(reader, _) => {
                if self.spread {
                    reader.holds_none()
                } else {
                    reader.none()
                }
            }
            _ => false,
        };
        self.spread &= !is_none;
        is_none
    }

    /// Records that a value is of another type than expected.
    pub(crate) fn unexpected(&mut self, expected: &'static str, found: &Scalar<'_>) -> Invalid {
        self.mismatch(expected, unexpected(found))
    }

    /// Takes the next value, which must not be a sequence; `expected` is what the error says then.
    pub(crate) fn scalar(&mut self, expected: &'static str) -> Result<Scalar<'a>, Invalid> {
        let scalar = match &mut self.input {
            Input::Unread(_) | Input::Empty => None,
            Input::Struct(values) => values.next().map(|value| value.scalar()),
            Input::Bytes(bytes) | Input::Unreadable(bytes) => {
                let bytes = *bytes;
                self.input = Input::Empty;
                Some(Scalar::Bytes(bytes))
            }
            #[cfg(feature = "repr")]
            Input::Literal(reader, _) => match reader.scalar() {
                Ok(Some(scalar)) => Some(scalar),
                Ok(None) => return Err(self.mismatch(expected, Unexpected::Sequence)),
                Err(_) => return Err(self.fail(DecodeErrorKind::NotALiteral)),
            },
            #[cfg(feature = "postcard")]
            Input::Postcard(_) => return Err(self.fail(DecodeErrorKind::Postcard)),
        };
        let _ = expected;
        scalar.ok_or_else(|| self.too_few())
    }
}

/// What a value is, for the error that says that something else was expected.
fn unexpected(scalar: &Scalar<'_>) -> Unexpected {
    match scalar {
        Scalar::Integer(_) | Scalar::WideInteger(_) => Unexpected::Integer,
        Scalar::Bool(_) => Unexpected::Bool,
        Scalar::Float(_) => Unexpected::Float,
        Scalar::Text(_) => Unexpected::Text,
        Scalar::Bytes(_) => Unexpected::Bytes,
        Scalar::None => Unexpected::None,
    }
}

/// The two's complement of an integer of more than 64 bits, if `ty` holds it.
#[cfg(feature = "repr")]
pub(super) fn wide_bits(integer: WideInteger<'_>, ty: IntegerType) -> Option<u128> {
    let magnitude = wide_magnitude(integer.digits)?;
    let half = 1 << 127;
    let fits = match (ty.is_signed(), integer.negative) {
        (true, true) => magnitude <= half,
        (true, false) => magnitude < half,
        (false, negative) => !negative,
    };
    fits.then(|| if integer.negative { magnitude.wrapping_neg() } else { magnitude })
}

/// No integer of a struct has more than 64 bits.
#[cfg(not(feature = "repr"))]
fn wide_bits(_integer: WideInteger<'_>, _ty: IntegerType) -> Option<u128> {
    None
}

fn trim_zeros(mut bytes: &[u8]) -> &[u8] {
    while let [front @ .., 0] = bytes {
        bytes = front;
    }
    bytes
}
