//! Single values out of a payload, and their conversion without loss.

use core::str;

use super::{Reader, Source};
use crate::number::{Binary, Format, convert};
use crate::payload::format::Order;
#[cfg(feature = "repr")]
use crate::payload::literal::LiteralReader;
use crate::payload::unpack::Packed;
use crate::problem::{Came, Integer, IntegerType, Problem, ProblemKind};

/// A single value as it came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scalar<'a> {
    /// An integer, or a bool.
    Integer(Integer),
    /// A float of a struct.
    Float(PackedFloat),
    /// An integer of a literal that has more than 64 bits: its sign, and its distance from zero if that has 128 at most.
    #[cfg(feature = "repr")]
    WideInteger(bool, Option<u128>),
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

    fn binary(self) -> Binary {
        Binary::of_float(self.bits, self.format)
    }

    fn converted(self, to: Format) -> Option<u64> {
        if self.format == to { Some(self.bits) } else { convert(self.bits, self.format, to) }
    }
}

/// The same as [`Scalar`], all parts side by side: a small board has not to move them.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub(crate) struct Last<'a> {
    /// Text or bytes, or those of a number.
    bytes: &'a [u8],
    pub(crate) came: Came,
    /// The sign of an integer, or of a number of a literal.
    pub(crate) negative: bool,
    /// An integer in two's complement, or the bits of a float, or the mantissa of one of a literal.
    bits: u64,
}

impl<'a> Last<'a> {
    #[inline(always)]
    pub(crate) fn nothing() -> Self {
        Self { came: Came::Nothing, negative: false, bits: 0, bytes: &[] }
    }

    /// Makes it what a problem is about.
    pub(super) fn is_about(&mut self, problem: &Problem) {
        self.came = problem.came;
        self.set_integer(problem.integer.negative, problem.integer.magnitude);
    }

    /// Makes it a count that a problem is about.
    pub(super) fn set_count(&mut self, count: usize) {
        self.came = Came::Nothing;
        self.set_integer(false, count as u64);
    }

    /// Makes it bytes.
    pub(super) fn set_bytes(&mut self, bytes: &'a [u8]) {
        self.came = Came::Bytes;
        self.bytes = bytes;
    }

    /// Sets its text, or its bytes where it is known that it has some.
    pub(crate) fn use_bytes(&mut self, bytes: &'a [u8]) {
        self.bytes = bytes;
    }

    /// How many bytes it has.
    pub(super) fn length(&self) -> usize {
        self.bytes.len()
    }

    /// Takes one of its bytes.
    pub(super) fn next_byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    pub(super) fn has_bytes(&self) -> bool {
        !self.bytes.is_empty()
    }

    #[cfg(feature = "postcard")]
    pub(super) fn bytes_mut(&mut self) -> &mut &'a [u8] {
        &mut self.bytes
    }

    pub(crate) fn set_integer(&mut self, negative: bool, magnitude: u64) {
        self.negative = negative && magnitude != 0;
        self.bits = if negative { magnitude.wrapping_neg() } else { magnitude };
    }

    pub(super) fn integer(&self) -> Integer {
        let magnitude = if self.negative { self.bits.wrapping_neg() } else { self.bits };
        Integer { negative: self.negative, magnitude }
    }

    fn float(&self) -> PackedFloat {
        PackedFloat { bits: self.bits, format: Format::of_size(self.bytes.len()) }
    }

    /// Tells what the value of a struct is.
    #[inline(always)]
    fn unpack(&mut self, packed: Packed<'a>) {
        let Packed { code, kind, order, bytes } = packed;
        self.bytes = bytes;
        self.came = kind;
        if kind == Came::Bytes {
            // A Pascal string: its length stands in the first byte.
            if let (b'p', [length, behind @ ..]) = (code, bytes) {
                self.bytes = behind.get(..usize::from(*length)).unwrap_or(behind);
            }
            return;
        }
        // Signed codes are the lower-case ones; of a float only its own bits count.
        let is_signed = code >= b'a';
        self.bits = gather(bytes, order, is_signed);
        self.negative = is_signed && self.bits >> 63 != 0;
        if code == b'?' && self.bits != 0 {
            self.bits = 1;
        }
    }

    /// Takes the next number of a struct that is as expected. It does not end before, for whoever takes what was expected.
    #[inline(always)]
    fn take_exact(&mut self, size: usize) {
        if let Some((number, rest)) = self.bytes.split_at_checked(size) {
            self.bits = gather(number, Order::Little, false);
            self.bytes = rest;
        }
    }

    fn scalar(&self) -> Scalar<'a> {
        match self.came {
            Came::Integer => Scalar::Integer(self.integer()),
            Came::Float => Scalar::Float(self.float()),
            #[cfg(feature = "repr")]
            Came::Text => Scalar::Text(self.bytes),
            Came::Bytes => Scalar::Bytes(self.bytes),
            #[cfg(feature = "repr")]
            Came::Sequence => Scalar::Sequence,
            _ => Scalar::None,
        }
    }

    /// The same if it came in a literal; none for what Rust has no type for.
    #[cfg(feature = "repr")]
    pub(crate) fn literal_scalar(&self, text: &mut LiteralReader<'a>) -> Option<Scalar<'a>> {
        Some(match self.came {
            Came::Float => {
                let format = Format::DOUBLE;
                Scalar::Float(PackedFloat { bits: self.float_by(text.exponent).to_float(format)?, format })
            }
            _ if text.is_wide => Scalar::WideInteger(self.negative, text.wide_integer()),
            _ => self.scalar(),
        })
    }

    /// Makes it a float of a literal, of which this is the mantissa.
    #[cfg(feature = "repr")]
    pub(crate) fn set_float(&mut self, negative: bool, mantissa: u64) {
        self.came = Came::Float;
        self.negative = negative;
        self.bits = mantissa;
    }

    /// A float of a literal, which is by this power of two.
    #[cfg(feature = "repr")]
    pub(crate) fn float_by(&self, exponent: i32) -> Binary {
        Binary::new(self.negative, self.bits, exponent)
    }
}

impl<'a> Reader<'a> {
    /// The next value, which must be there.
    pub fn scalar(&mut self) -> Option<Scalar<'a>> {
        if !self.advance() {
            return None;
        }
        #[cfg(feature = "repr")]
        if self.source == Source::Literal {
            let scalar = self.last.literal_scalar(&mut self.text);
            return scalar.or_else(|| self.wrong(ProblemKind::NoLiteral));
        }
        Some(self.last.scalar())
    }

    /// Makes the next value the last one; false if there is none.
    #[inline(always)]
    pub(crate) fn advance(&mut self) -> bool {
        self.advance_to(0)
    }

    /// The same for a number of so many bytes; also false if it came as is expected, and is there already.
    #[inline(never)]
    fn advance_to(&mut self, size: usize) -> bool {
        let problem = match self.source {
            Source::Exact if size > 0 => {
                self.last.take_exact(size);
                return false;
            }
            Source::Struct => {
                if let Some(packed) = self.values.next() {
                    self.last.unpack(packed);
                    return true;
                }
                ProblemKind::TooFew
            }
            // It is the last one already.
            Source::Bytes => {
                self.source = Source::Nothing;
                return true;
            }
            #[cfg(feature = "repr")]
            Source::Literal => {
                if self.text.take(&mut self.last) {
                    return true;
                }
                ProblemKind::NoLiteral
            }
            // Whoever takes something else than numbers and bytes does not take what was expected.
            Source::Nothing | Source::Exact => ProblemKind::TooFew,
            #[cfg(feature = "postcard")]
            Source::Postcard => ProblemKind::Postcard,
        };
        self.note_kind(problem);
        false
    }

    /// The low bits of an integer that `target` can hold, in two's complement; those above them mean nothing.
    pub fn integer(&mut self, target: &'static IntegerType) -> Option<u64> {
        let bits = self.any_integer(target);
        if self.has_problem() { None } else { Some(bits) }
    }

    /// The same; something else if there was a problem.
    // The value is always there: nobody has to look whether it is.
    pub(crate) fn any_integer(&mut self, target: &'static IntegerType) -> u64 {
        self.take_integer(target).last.bits
    }

    /// Takes an integer, and leaves it where the last value is; gives the reader back.
    #[inline(never)]
    fn take_integer(&mut self, target: &'static IntegerType) -> &mut Self {
        if !self.advance_to(target.size()) {
            return self;
        }
        if self.last.came != Came::Integer {
            self.note_kind(ProblemKind::NotInteger);
        } else if self.is_wide() || !target.holds(self.last.negative, self.last.bits) {
            self.note(ProblemKind::OutOfRange, target.name());
        }
        self
    }

    /// Whether the last value is a number that only the literal holds.
    fn is_wide(&self) -> bool {
        #[cfg(feature = "repr")]
        return self.text.is_wide;
        #[cfg(not(feature = "repr"))]
        false
    }

    /// An integer of up to 128 bits.
    pub fn wide_integer(&mut self, target: &'static IntegerType) -> Option<(bool, u128)> {
        if !self.advance() {
            return None;
        }
        if self.last.came != Came::Integer {
            return self.wrong(ProblemKind::NotInteger);
        }
        let Some(magnitude) = self.wide_magnitude() else { return self.too_wide(u64::MAX, target) };
        let negative = self.last.negative;
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

    /// The distance from zero of the integer that was taken last, if it has no more than 128 bits.
    fn wide_magnitude(&mut self) -> Option<u128> {
        #[cfg(feature = "repr")]
        if self.text.is_wide {
            return self.text.wide_integer();
        }
        Some(self.last.integer().magnitude.into())
    }

    /// Notes that an integer does not fit whose nearest of 64 bits is this one.
    fn too_wide<T>(&mut self, magnitude: u64, target: &'static IntegerType) -> Option<T> {
        self.last.came = Came::Integer;
        self.last.set_integer(self.last.negative, magnitude);
        self.wrong_with(ProblemKind::OutOfRange, target.name())
    }

    /// A float of 32 bits.
    pub fn float32(&mut self) -> Option<f32> {
        let float = self.any_float32();
        if self.has_problem() { None } else { Some(float) }
    }

    /// A float of 64 bits.
    pub fn float64(&mut self) -> Option<f64> {
        let float = self.any_float64();
        if self.has_problem() { None } else { Some(float) }
    }

    /// A float of 32 bits; something else if there was a problem.
    pub(crate) fn any_float32(&mut self) -> f32 {
        self.take_float(Format::SINGLE, "f32");
        f32::from_bits(self.last.bits as u32)
    }

    /// A float of 64 bits; something else if there was a problem.
    pub(crate) fn any_float64(&mut self) -> f64 {
        self.take_float(Format::DOUBLE, "f64");
        f64::from_bits(self.last.bits)
    }

    /// Takes a float, and leaves its bits where the last value is.
    // In place: what it has to convert to is known there.
    #[inline(always)]
    fn take_float(&mut self, to: Format, name: &'static str) {
        if !self.advance_to(to.size()) {
            return;
        }
        let number = match self.last.came {
            #[cfg(feature = "repr")]
            Came::Float if self.source == Source::Literal => self.last.float_by(self.text.exponent),
            Came::Float if self.last.bytes.len() == to.size() => return,
            Came::Float => self.last.float().binary(),
            Came::Integer => {
                let Integer { negative, magnitude } = self.last.integer();
                Binary::of_integer(negative, magnitude)
            }
            _ => return self.note_kind(ProblemKind::NotNumber),
        };
        match number.to_float(to) {
            Some(bits) => self.last.bits = bits,
            None => self.note(ProblemKind::NoFloat, name),
        }
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
        if self.advance() { self.last_text() } else { None }
    }

    /// The last value, which must be text.
    #[inline(always)]
    pub(crate) fn last_text(&mut self) -> Option<&'a [u8]> {
        match self.last.came {
            #[cfg(feature = "repr")]
            Came::Text => Some(self.last.bytes),
            Came::Bytes => Some(trim_zeros(self.last.bytes)),
            _ => self.wrong_with(ProblemKind::Type, "text"),
        }
    }

    /// Whether `None` comes next, or nothing where the list of arguments is to be read as a value; takes it then.
    pub fn none(&mut self) -> bool {
        let spread = self.spread;
        let is_none = match self.source {
            Source::Nothing => spread,
            Source::Exact | Source::Struct => spread && !self.more(),
            #[cfg(feature = "repr")]
            Source::Literal => {
                // The list that holds nothing but `None`, or nothing.
                if spread { self.text.holds_none() } else { self.text.none() }
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

/// The number that bytes make.
// In place: where it is known that bytes are little-endian and no sign is meant, most of it falls away.
#[inline(always)]
fn gather(bytes: &[u8], order: Order, is_signed: bool) -> u64 {
    // From the most significant byte on.
    let (mut at, step) = if order == Order::Big { (0, 1) } else { (bytes.len().wrapping_sub(1), usize::MAX) };
    let is_negative = is_signed && bytes.get(at).is_some_and(|first| *first >= 0x80);
    let mut number = if is_negative { u64::MAX } else { 0 };
    while let Some(byte) = bytes.get(at) {
        number = number << 8 | u64::from(*byte);
        at = at.wrapping_add(step);
    }
    number
}

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
