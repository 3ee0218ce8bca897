//! Single values out of a payload, and their conversion without loss.

use core::str;

use super::{Reader, Source};
use crate::number::{Format, convert, from_int};
use crate::payload::format::Order;
#[cfg(feature = "repr")]
use crate::payload::literal::{Digits, NumberText};
use crate::payload::unpack::Packed;
use crate::problem::{Came, Integer, IntegerType, Problem, ProblemKind};

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

/// The same as [`Scalar`], all parts side by side: a small board has not to move them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Last<'a> {
    came: Came,
    /// The sign of an integer, or of a number of a literal.
    negative: bool,
    /// How the bits of a float are laid out.
    format: Format,
    /// That of an integer, or the bits of a float.
    magnitude: u64,
    /// Text or bytes, or those of a number of a literal.
    bytes: &'a [u8],
}

impl<'a> Last<'a> {
    #[inline(always)]
    pub(super) fn nothing() -> Self {
        Self { came: Came::Nothing, negative: false, format: Format::SINGLE, magnitude: 0, bytes: &[] }
    }

    /// What a problem with it says of it.
    pub(super) fn problem(&self) -> Problem {
        let came = match self.came {
            #[cfg(feature = "repr")]
            Came::Number => self.number().kind(),
            came => came,
        };
        Problem { came, integer: self.integer(), ..ProblemKind::Type.into() }
    }

    /// Makes it what a problem is about.
    pub(super) fn is_about(&mut self, problem: &Problem) {
        self.came = problem.came;
        self.set_integer(problem.integer);
    }

    fn set_bytes(&mut self, came: Came, bytes: &'a [u8]) {
        self.came = came;
        self.bytes = bytes;
    }

    fn set_integer(&mut self, Integer { negative, magnitude }: Integer) {
        self.negative = negative;
        self.magnitude = magnitude;
    }

    fn integer(&self) -> Integer {
        Integer { negative: self.negative, magnitude: self.magnitude }
    }

    fn float(&self) -> PackedFloat {
        PackedFloat { bits: self.magnitude, format: self.format }
    }

    #[cfg(feature = "repr")]
    fn number(&self) -> NumberText<'a> {
        NumberText { negative: self.negative, text: self.bytes }
    }

    /// Makes it the value of a struct.
    #[inline(always)]
    fn unpack(&mut self, packed: Packed<'a>) {
        let Packed { code, order, bytes } = packed;
        let length = bytes.len();
        // From the most significant byte on.
        let (mut at, step) = if order == Order::Big { (0, 1) } else { (length.wrapping_sub(1), usize::MAX) };
        let is_float = matches!(code, b'e' | b'f' | b'd');
        let first = bytes.get(at).copied().unwrap_or_default();
        // Signed codes are the lower-case ones.
        let negative = first >= 0x80 && code.is_ascii_lowercase() && !is_float;
        let mut number = if negative { !0 } else { 0 };
        while let Some(byte) = bytes.get(at) {
            number = number << 8 | u64::from(*byte);
            at = at.wrapping_add(step);
        }
        self.came = if is_float { Came::Float } else { Came::Integer };
        self.negative = negative;
        self.magnitude = match code {
            b'?' => u64::from(number != 0),
            _ if negative => number.wrapping_neg(),
            _ => number,
        };
        self.format = match length {
            2 => Format::HALF,
            4 => Format::SINGLE,
            _ => Format::DOUBLE,
        };
        if matches!(code, b's' | b'p' | b'c') {
            let bytes = match (code, bytes) {
                // A Pascal string: its length stands in the first byte.
                (b'p', [length, bytes @ ..]) => bytes.get(..usize::from(*length)).unwrap_or(bytes),
                _ => bytes,
            };
            self.set_bytes(Came::Bytes, bytes);
        }
    }

    fn scalar(&self) -> Scalar<'a> {
        match self.came {
            Came::Integer => Scalar::Integer(self.integer()),
            Came::Float => Scalar::Float(self.float()),
            #[cfg(feature = "repr")]
            Came::Number => Scalar::Number(self.number()),
            Came::Text => Scalar::Text(self.bytes),
            Came::Bytes => Scalar::Bytes(self.bytes),
            Came::Sequence => Scalar::Sequence,
            _ => Scalar::None,
        }
    }
}

impl<'a> Reader<'a> {
    /// The next value, which must be there.
    pub fn scalar(&mut self) -> Option<Scalar<'a>> {
        self.advance().then(|| self.last.scalar())
    }

    /// Makes the next value the last one; false if there is none.
    #[inline(never)]
    pub(crate) fn advance(&mut self) -> bool {
        let problem = match &mut self.source {
            Source::Struct(unpack) => match unpack.next() {
                Some(packed) => {
                    self.last.unpack(packed);
                    return true;
                }
                None => ProblemKind::TooFew,
            },
            Source::Bytes(bytes) => {
                self.last.set_bytes(Came::Bytes, bytes);
                self.source = Source::Nothing;
                return true;
            }
            #[cfg(feature = "repr")]
            Source::Literal(text, _) => {
                let came = text.take();
                if came != Came::NoLiteral {
                    self.last.set_bytes(came, text.value);
                    self.last.negative = text.is_negative;
                    return true;
                }
                ProblemKind::NoLiteral
            }
            Source::Nothing => ProblemKind::TooFew,
            #[cfg(feature = "postcard")]
            Source::Postcard(_) => ProblemKind::Postcard,
        };
        self.note(problem, "");
        false
    }

    /// An integer that `target` can hold, in two's complement.
    pub fn integer(&mut self, target: &'static IntegerType) -> Option<u64> {
        if self.take_integer(target) { Some(self.last.magnitude) } else { None }
    }

    /// Takes an integer, and leaves it in two's complement where the last value is; false if there is none.
    #[inline(never)]
    fn take_integer(&mut self, target: &'static IntegerType) -> bool {
        if !self.advance() {
            return false;
        }
        #[cfg(feature = "repr")]
        if self.last.came == Came::Number {
            match Digits::<u64>::parse(self.last.bytes) {
                Digits::Integer(magnitude) => {
                    self.last.came = Came::Integer;
                    self.last.magnitude = magnitude;
                }
                Digits::TooWide => return self.too_wide::<()>(u64::MAX, target).is_some(),
                Digits::NoInteger => {}
            }
        }
        let (kind, expected) = if self.last.came != Came::Integer {
            (ProblemKind::Type, AN_INTEGER)
        } else if self.last.integer().fits(target) {
            if self.last.negative {
                self.last.magnitude = self.last.magnitude.wrapping_neg();
            }
            return true;
        } else {
            (ProblemKind::OutOfRange, target.name())
        };
        self.note(kind, expected);
        false
    }

    /// An integer of up to 128 bits.
    pub fn wide_integer(&mut self, target: &'static IntegerType) -> Option<(bool, u128)> {
        let (negative, magnitude) = match self.scalar()? {
            Scalar::Integer(Integer { negative, magnitude }) => (negative, u128::from(magnitude)),
            #[cfg(feature = "repr")]
            Scalar::Number(NumberText { negative, text }) => match Digits::<u128>::parse(text) {
                Digits::Integer(magnitude) => (negative, magnitude),
                Digits::TooWide => return self.too_wide(u64::MAX, target),
                Digits::NoInteger => return self.wrong_with(ProblemKind::Type, AN_INTEGER),
            },
            _ => return self.wrong_with(ProblemKind::Type, AN_INTEGER),
        };
        let half = 1 << 127;
        let fits = match (target.is_signed(), negative) {
            (true, true) => magnitude <= half,
            (true, false) => magnitude < half,
            (false, _) => !negative || magnitude == 0,
        };
        if fits {
            return Some((negative, magnitude));
        }
        self.too_wide(magnitude.try_into().unwrap_or(u64::MAX), target)
    }

    /// Notes that an integer does not fit whose nearest of 64 bits is this one.
    fn too_wide<T>(&mut self, magnitude: u64, target: &'static IntegerType) -> Option<T> {
        self.last.came = Came::Integer;
        self.last.magnitude = magnitude;
        self.wrong_with(ProblemKind::OutOfRange, target.name())
    }

    /// A float of 32 bits.
    pub fn float32(&mut self) -> Option<f32> {
        if self.take_float(Format::SINGLE, "f32") {
            Some(f32::from_bits(self.last.magnitude as u32))
        } else {
            None
        }
    }

    /// A float of 64 bits.
    pub fn float64(&mut self) -> Option<f64> {
        if self.take_float(Format::DOUBLE, "f64") { Some(f64::from_bits(self.last.magnitude)) } else { None }
    }

    /// Takes a float, and leaves its bits where the last value is; false if there is none.
    #[inline(never)]
    fn take_float(&mut self, to: Format, name: &'static str) -> bool {
        if !self.advance() {
            return false;
        }
        let Integer { negative, magnitude } = self.last.integer();
        let mut problem = (ProblemKind::NoFloat, name);
        let bits = match self.last.came {
            Came::Float => self.last.float().converted(to),
            Came::Integer => from_int(negative, magnitude, to),
            #[cfg(feature = "repr")]
            Came::Number => self.last.number().float(to).unwrap_or_else(|| {
                problem = (ProblemKind::Type, A_NUMBER);
                None
            }),
            _ => {
                problem = (ProblemKind::Type, A_NUMBER);
                None
            }
        };
        match bits {
            Some(bits) => self.last.magnitude = bits,
            None => self.note(problem.0, problem.1),
        }
        bits.is_some()
    }

    /// Bytes, as they stand in the payload.
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        if !self.advance() {
            return None;
        }
        if self.last.came != Came::Bytes {
            return self.wrong_with(ProblemKind::Type, "bytes");
        }
        Some(self.last.bytes)
    }

    /// Text. UTF-8 bytes are text too; zeros at the end of bytes are not part of it, for they fill up an `s`.
    pub fn text(&mut self) -> Option<&'a str> {
        let bytes = self.text_bytes()?;
        str::from_utf8(bytes).ok().or_else(|| self.wrong(ProblemKind::NotText))
    }

    /// The same, which may turn out to be no UTF-8.
    pub(crate) fn text_bytes(&mut self) -> Option<&'a [u8]> {
        if !self.advance() {
            return None;
        }
        match self.last.came {
            Came::Text => Some(self.last.bytes),
            Came::Bytes => Some(trim_zeros(self.last.bytes)),
            _ => self.wrong_with(ProblemKind::Type, "text"),
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
                if spread { scope.is_some_and(|scope| text.holds_none(scope)) } else { text.none() }
            }
            _ => false,
        };
        self.spread &= !is_none;
        is_none
    }

    /// Notes that something else was expected than what comes next.
    pub(super) fn mismatch<T>(&mut self, expected: &'static str) -> Option<T> {
        if self.advance() {
            self.note(ProblemKind::Type, expected);
        }
        None
    }
}

const AN_INTEGER: &str = "an integer";
const A_NUMBER: &str = "a number";

fn trim_zeros(mut bytes: &[u8]) -> &[u8] {
    while let [front @ .., 0] = bytes {
        bytes = front;
    }
    bytes
}

/// A value of a struct by itself.
#[cfg(any(feature = "alloc", feature = "log", feature = "defmt"))]
pub(crate) fn scalar_of(packed: Packed<'_>) -> Scalar<'_> {
    let mut last = Last::nothing();
    last.unpack(packed);
    last.scalar()
}
