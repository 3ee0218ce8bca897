//! Single values out of a payload, and their conversion without loss.

use core::mem;
use core::str;

use super::{Reader, Source};
use crate::number::{Format, convert, from_int};
use crate::payload::format::Order;
#[cfg(feature = "repr")]
use crate::payload::literal::{Digits, NumberText};
use crate::payload::unpack::Packed;
use crate::problem::{Integer, IntegerType, Problem, ProblemKind};

/// A single value as it came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scalar<'a> {
    /// An integer, or a bool.
    Integer(Integer),
    /// A float of a struct.
    Float(PackedFloat),
    /// A number of a literal, of any kind and size.
    #[cfg(feature = "repr")]
    Number(NumberText<'a>),
    /// Text, which may turn out to be no UTF-8.
    Text(&'a [u8]),
    /// Bytes.
    Bytes(&'a [u8]),
    /// `None`.
    None,
    /// A sequence or a map; it was not taken.
    Sequence,
}

/// A float as it came in a struct payload: of 16, 32 or 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackedFloat {
    bits: u64,
    format: Format,
}

impl PackedFloat {
    /// The same number as an `f64`.
    pub fn as_f64(self) -> f64 {
        // Always fits.
        self.converted(Format::DOUBLE).map_or(f64::NAN, f64::from_bits)
    }

    /// The same number as an `f32`; none if it came with 64 bits.
    pub fn as_f32(self) -> Option<f32> {
        if self.format == Format::DOUBLE {
            return None;
        }
        self.converted(Format::SINGLE).map(|bits| f32::from_bits(bits as u32))
    }

    fn converted(self, to: Format) -> Option<u64> {
        if self.format == to { Some(self.bits) } else { convert(self.bits, self.format, to) }
    }
}

impl<'a> Reader<'a> {
    /// The next value, which must be there.
    pub fn scalar(&mut self) -> Option<Scalar<'a>> {
        match &mut self.source {
            Source::Struct(unpack) => {
                let scalar = unpack.next().map(scalar_of);
                scalar.or_else(|| self.wrong(ProblemKind::TooFew))
            }
            Source::Bytes(bytes) => {
                let bytes = mem::take(bytes);
                self.source = Source::Nothing;
                Some(Scalar::Bytes(bytes))
            }
            #[cfg(feature = "repr")]
            Source::Literal(text, _) => {
                let scalar = text.scalar();
                scalar.or_else(|| self.wrong(ProblemKind::NoLiteral))
            }
            Source::Nothing => self.wrong(ProblemKind::TooFew),
            #[cfg(feature = "postcard")]
            Source::Postcard(_) => self.wrong(ProblemKind::Postcard),
        }
    }

    /// An integer that `target` can hold, in two's complement.
    #[inline(never)]
    pub fn integer(&mut self, target: IntegerType) -> Option<u64> {
        let scalar = self.scalar()?;
        let value = match scalar {
            Scalar::Integer(value) => value,
            #[cfg(feature = "repr")]
            Scalar::Number(NumberText { negative, text }) => match Digits::<u64>::parse(text) {
                Digits::Integer(magnitude) => Integer { negative, magnitude },
                Digits::TooWide => {
                    let value = Integer { negative, magnitude: u64::MAX };
                    return self.fail(Problem::out_of_range(value, target));
                }
                Digits::NoInteger => return self.expected("an integer", scalar),
            },
            _ => return self.expected("an integer", scalar),
        };
        if !value.fits(target) {
            return self.fail(Problem::out_of_range(value, target));
        }
        Some(if value.negative { value.magnitude.wrapping_neg() } else { value.magnitude })
    }

    /// An integer of up to 128 bits.
    pub fn wide_integer(&mut self, target: IntegerType) -> Option<(bool, u128)> {
        let scalar = self.scalar()?;
        let (negative, magnitude) = match scalar {
            Scalar::Integer(Integer { negative, magnitude }) => (negative, u128::from(magnitude)),
            #[cfg(feature = "repr")]
            Scalar::Number(NumberText { negative, text }) => match Digits::<u128>::parse(text) {
                Digits::Integer(magnitude) => (negative, magnitude),
                Digits::TooWide => return self.too_wide(negative, u128::MAX, target),
                Digits::NoInteger => return self.expected("an integer", scalar),
            },
            _ => return self.expected("an integer", scalar),
        };
        let half = 1 << 127;
        let fits = match (target.signed, negative) {
            (true, true) => magnitude <= half,
            (true, false) => magnitude < half,
            (false, _) => !negative || magnitude == 0,
        };
        if fits { Some((negative, magnitude)) } else { self.too_wide(negative, magnitude, target) }
    }

    fn too_wide<T>(&mut self, negative: bool, magnitude: u128, target: IntegerType) -> Option<T> {
        let value = Integer { negative, magnitude: magnitude.try_into().unwrap_or(u64::MAX) };
        self.fail(Problem::out_of_range(value, target))
    }

    /// A float of 32 bits.
    pub fn float32(&mut self) -> Option<f32> {
        self.float(Format::SINGLE).map(|bits| f32::from_bits(bits as u32))
    }

    /// A float of 64 bits.
    pub fn float64(&mut self) -> Option<f64> {
        self.float(Format::DOUBLE).map(f64::from_bits)
    }

    /// The bits of a float.
    #[inline(never)]
    fn float(&mut self, to: Format) -> Option<u64> {
        let scalar = self.scalar()?;
        let bits = match scalar {
            Scalar::Float(float) => float.converted(to),
            Scalar::Integer(Integer { negative, magnitude }) => from_int(negative, magnitude, to),
            #[cfg(feature = "repr")]
            Scalar::Number(number) => match Digits::<u64>::parse(number.text) {
                Digits::Integer(magnitude) => from_int(number.negative, magnitude, to),
                Digits::TooWide => None,
                Digits::NoInteger => match number.float(to) {
                    Some(bits) => bits,
                    None => return self.expected("a number", scalar),
                },
            },
            _ => return self.expected("a number", scalar),
        };
        bits.or_else(|| self.fail(Problem::no_float(if to == Format::SINGLE { "f32" } else { "f64" })))
    }

    /// Bytes, as they stand in the payload.
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        match self.scalar()? {
            Scalar::Bytes(bytes) => Some(bytes),
            other => self.expected("bytes", other),
        }
    }

    /// Text. UTF-8 bytes are text too; zeros at the end of bytes are not part of it, for they fill up an `s`.
    pub fn text(&mut self) -> Option<&'a str> {
        let bytes = self.text_bytes()?;
        str::from_utf8(bytes).ok().or_else(|| self.wrong(ProblemKind::NotText))
    }

    /// The same, which may turn out to be no UTF-8.
    pub(crate) fn text_bytes(&mut self) -> Option<&'a [u8]> {
        match self.scalar()? {
            Scalar::Text(bytes) => Some(bytes),
            Scalar::Bytes(bytes) => Some(trim_zeros(bytes)),
            other => self.expected("text", other),
        }
    }

    /// Whether `None` comes next, or nothing where the list of arguments is to be read as a value; takes it then.
    pub fn none(&mut self) -> bool {
        let spread = self.spread;
        let is_none = match &mut self.source {
            Source::Nothing => spread,
            Source::Struct(unpack) => spread && unpack.is_done(),
            #[cfg(feature = "repr")]
            Source::Literal(text, scope) => {
                // The list that holds nothing but `None`, or nothing.
                let in_list = scope.filter(|_| spread).and_then(|scope| text.holds_none(scope));
                in_list.unwrap_or(false) || (!spread && text.eat_word(b"None"))
            }
            _ => false,
        };
        self.spread &= !is_none;
        is_none
    }

    /// Notes that something else was expected than what comes next.
    pub(super) fn mismatch<T>(&mut self, expected: &'static str) -> Option<T> {
        let came = self.scalar()?;
        self.expected(expected, came)
    }

    fn expected<T>(&mut self, expected: &'static str, came: Scalar<'_>) -> Option<T> {
        let came = match came {
            Scalar::Integer(_) => "an integer",
            Scalar::Float(_) => "a float",
            #[cfg(feature = "repr")]
            Scalar::Number(number) => number.kind(),
            Scalar::Text(_) => "text",
            Scalar::Bytes(_) => "bytes",
            Scalar::None => "None",
            Scalar::Sequence => "a sequence",
        };
        self.fail(Problem::mismatch(came, expected))
    }
}

fn trim_zeros(mut bytes: &[u8]) -> &[u8] {
    while let [front @ .., 0] = bytes {
        bytes = front;
    }
    bytes
}

pub(crate) fn scalar_of(packed: Packed<'_>) -> Scalar<'_> {
    let Packed { code, order, bytes } = packed;
    match code {
        b's' | b'c' => return Scalar::Bytes(bytes),
        // A Pascal string: its length stands in the first byte.
        b'p' => {
            let (length, bytes) = bytes.split_first().unwrap_or((&0, &[]));
            return Scalar::Bytes(bytes.get(..usize::from(*length)).unwrap_or(bytes));
        }
        _ => {}
    }
    let mut number = 0u64;
    let mut shift = 0u32;
    for byte in bytes {
        match order {
            Order::Little => number |= u64::from(*byte) << (shift & 63),
            Order::Big => number = number << 8 | u64::from(*byte),
        }
        shift += 8;
    }
    match code {
        b'f' => Scalar::Float(PackedFloat { bits: number, format: Format::SINGLE }),
        b'd' => Scalar::Float(PackedFloat { bits: number, format: Format::DOUBLE }),
        b'e' => Scalar::Float(PackedFloat { bits: number, format: Format::HALF }),
        b'?' => Scalar::Integer(Integer { negative: false, magnitude: u64::from(number != 0) }),
        _ => {
            // Signed codes are the lower-case ones.
            let unused = 64u32.saturating_sub(shift) & 63;
            let value = ((number << unused) as i64) >> unused;
            let negative = code.is_ascii_lowercase() && value < 0;
            let magnitude = if negative { value.unsigned_abs() } else { number };
            Scalar::Integer(Integer { negative, magnitude })
        }
    }
}
