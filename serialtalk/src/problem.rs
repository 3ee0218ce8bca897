//! What is wrong with a value that has arrived.

use core::fmt;

use crate::describe::{Describe, Facts, NOTHING, Template, format};

/// Why the values of a payload do not fit the types that were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// With which argument, counted from one; 0 where it is the whole payload, or a reply.
    pub argument: u8,
    /// What came, if it is something else than what is expected.
    pub came: Came,
    /// What was expected, or the name of the type; empty where there is nothing to say.
    pub expected: &'static str,
    /// The integer that came; or the number of arguments, elements or bytes that there should be.
    pub integer: Integer,
}

/// The kinds of [`Problem`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ProblemKind {
    /// There are fewer arguments than the command takes.
    // From one on: zero is that there is no problem, of which most code asks.
    TooFew = 1,
    /// There are more arguments than the command takes.
    TooMany,
    /// An integer that the type cannot hold; of one with more than 64 bits, the nearest that has no more is told.
    OutOfRange,
    /// An integer that is no variant of the enum.
    NoVariant,
    /// A name that is no variant of the enum.
    UnknownVariant,
    /// A number that the float type cannot hold: an integer not exactly, or a float not finitely.
    NoFloat,
    /// Something else than what is expected.
    Type,
    /// Something else than an integer.
    NotInteger,
    /// Something else than a number.
    NotNumber,
    /// A sequence with more elements, or text with more bytes, than there is room for.
    TooLong,
    /// A sequence with another number of elements than there should be.
    Length,
    /// Bytes that are no UTF-8 where text is expected.
    NotText,
    /// Text that is no Python literal.
    NoLiteral,
    /// A literal came, and the feature `repr` that reads it is not in this program.
    NeedsRepr,
    /// Postcard came for a command that does not use it, or bytes that are no postcard of the type.
    Postcard,
    /// Serde says that the value is not of the type.
    #[cfg(feature = "serde")]
    Serde,
}

/// An integer of up to 64 bits, either sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Integer {
    /// Whether it is below zero.
    pub negative: bool,
    /// Its distance from zero.
    pub magnitude: u64,
}

impl Integer {
    /// One that is not below zero.
    pub const fn positive(magnitude: u64) -> Self {
        Self { negative: false, magnitude }
    }
}

/// An integer type of Rust.
// Packed, or each would be followed by four bytes of nothing where pointers have four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(Rust, packed(4))]
pub struct IntegerType {
    /// The largest number that it holds, of those that 64 bits hold.
    most: u64,
    signed: bool,
    /// Its size in bytes.
    size: u8,
    name: &'static str,
}

macro_rules! integer_types {
    ($($name:ident = $size:literal, $most:expr, $signed:literal, $text:literal;)*) => {
        #[allow(missing_docs, reason = "their texts are in their names")]
        impl IntegerType {
            $(pub const $name: &'static Self = &Self { most: $most as u64, signed: $signed, size: $size, name: $text };)*
        }
    };
}

// As whole texts: a program links those of the types that it uses, and nothing that would work them out.
integer_types! {
    U8 = 1, u8::MAX, false, "u8 (0 to 255)";
    I8 = 1, i8::MAX, true, "i8 (-128 to 127)";
    U16 = 2, u16::MAX, false, "u16 (0 to 65535)";
    I16 = 2, i16::MAX, true, "i16 (-32768 to 32767)";
    U32 = 4, u32::MAX, false, "u32 (0 to 4294967295)";
    I32 = 4, i32::MAX, true, "i32 (-2147483648 to 2147483647)";
    U64 = 8, u64::MAX, false, "u64 (0 to 18446744073709551615)";
    I64 = 8, i64::MAX, true, "i64 (-9223372036854775808 to 9223372036854775807)";
    U128 = 16, u64::MAX, false, "u128";
    I128 = 16, u64::MAX, true, "i128";
}

impl IntegerType {
    /// Whether it can hold an integer whose two's complement has these low bits. Types of more than 64 bits hold all, but for
    /// negative ones without a sign.
    pub(crate) const fn holds(&self, negative: bool, bits: u64) -> bool {
        // The most negative number is one further from zero than the most positive.
        let distance = if negative { !bits } else { bits };
        (self.signed || !negative) && distance <= self.most
    }

    /// Its size in bytes.
    pub(crate) const fn size(&self) -> usize {
        self.size as usize
    }

    /// Whether it has a sign.
    pub const fn is_signed(&self) -> bool {
        self.signed
    }

    /// Its name and its range.
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

/// What came instead of what was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
#[allow(missing_docs, reason = "see how they are displayed")]
pub enum Came {
    Nothing,
    Integer,
    Float,
    Bytes,
    #[cfg(feature = "repr")]
    Text,
    #[cfg(feature = "repr")]
    LongerText,
    #[cfg(feature = "repr")]
    None,
    #[cfg(feature = "repr")]
    Sequence,
    #[cfg(feature = "repr")]
    Set,
}

impl Came {
    pub(crate) const fn template(self) -> Template {
        match self {
            Self::Nothing => Template::Nothing,
            Self::Integer => Template::AnInteger,
            Self::Float => Template::AFloat,
            #[cfg(feature = "repr")]
            Self::Text => Template::SomeText,
            #[cfg(feature = "repr")]
            Self::LongerText => Template::LongerText,
            Self::Bytes => Template::SomeBytes,
            #[cfg(feature = "repr")]
            Self::None => Template::NoneValue,
            #[cfg(feature = "repr")]
            Self::Sequence => Template::ASequence,
            #[cfg(feature = "repr")]
            Self::Set => Template::ASet,
        }
    }
}

impl fmt::Display for Came {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        format(f, |to| {
            to.add(self.template(), NOTHING);
        })
    }
}

impl From<ProblemKind> for Problem {
    fn from(kind: ProblemKind) -> Self {
        Self { kind, argument: 0, came: Came::Nothing, expected: "", integer: Integer::positive(0) }
    }
}

impl Problem {
    /// An integer that `target` cannot hold.
    pub fn out_of_range(integer: Integer, target: &IntegerType) -> Self {
        Self { integer, expected: target.name, ..ProblemKind::OutOfRange.into() }
    }

    /// An integer that is no variant of the enum.
    pub fn no_variant(integer: Integer, name: &'static str) -> Self {
        Self { integer, expected: name, ..ProblemKind::NoVariant.into() }
    }

    /// A name that is no variant of the enum.
    pub fn unknown_variant(name: &'static str) -> Self {
        Self { expected: name, ..ProblemKind::UnknownVariant.into() }
    }

    /// A number that the float type cannot hold.
    pub fn no_float(name: &'static str) -> Self {
        Self { expected: name, ..ProblemKind::NoFloat.into() }
    }

    /// Something else than what is expected.
    pub fn mismatch(came: Came, expected: &'static str) -> Self {
        Self { expected, came, ..ProblemKind::Type.into() }
    }

    /// More elements, or bytes of text, than the `room` that there is.
    pub fn too_long(room: usize) -> Self {
        Self { integer: Integer::positive(room as u64), ..ProblemKind::TooLong.into() }
    }

    /// Another number of elements than this.
    pub fn length(expected: usize) -> Self {
        Self::counted(ProblemKind::Length, expected)
    }

    pub(crate) fn counted(kind: ProblemKind, count: usize) -> Self {
        Self { integer: Integer::positive(count as u64), ..kind.into() }
    }

    /// The same for a reply, which has one value and no arguments.
    pub(crate) fn of_reply(self) -> Self {
        match self.kind {
            ProblemKind::TooFew | ProblemKind::TooMany => Self::length(1),
            _ => Self { argument: 0, ..self },
        }
    }
}

impl ProblemKind {
    /// Whether it is about how many arguments came.
    pub(crate) fn is_count(self) -> bool {
        matches!(self, Self::TooFew | Self::TooMany)
    }

    /// What is said about it.
    #[inline(always)]
    pub(crate) fn template(self) -> Template {
        match self {
            Self::TooFew => Template::TooFew,
            Self::TooMany => Template::TooMany,
            Self::OutOfRange => Template::OutOfRange,
            Self::NoVariant => Template::NoVariant,
            Self::UnknownVariant => Template::UnknownVariant,
            Self::NoFloat => Template::NoFloat,
            Self::Type => Template::Type,
            Self::NotInteger => Template::NotInteger,
            Self::NotNumber => Template::NotNumber,
            Self::TooLong => Template::TooLong,
            Self::Length => Template::Length,
            Self::NotText => Template::NotText,
            Self::NoLiteral => Template::NoLiteral,
            Self::NeedsRepr => Template::NeedsRepr,
            Self::Postcard => Template::Postcard,
            #[cfg(feature = "serde")]
            Self::Serde => Template::Serde,
        }
    }
}

impl Facts for Problem {
    fn integer(&self) -> Integer {
        self.integer
    }

    fn word(&self) -> &[u8] {
        self.expected.as_bytes()
    }

    fn came(&self) -> Template {
        self.came.template()
    }

    fn count(&self) -> u8 {
        self.integer.magnitude as u8
    }

    fn argument(&self) -> u8 {
        self.argument
    }

    fn name(&self) -> &[u8] {
        b""
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        format(f, |to| {
            if self.argument > 0 {
                to.add(Template::Argument, Some(self));
            }
            to.add(self.kind.template(), Some(self));
        })
    }
}

impl core::error::Error for Problem {}
