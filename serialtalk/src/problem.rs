//! What is wrong with a value that has arrived.

use core::fmt;

use crate::describe::{Describe, Template, format};

/// Why the values of a payload do not fit the types that were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// With which argument, counted from one; 0 where it is the whole payload, or a reply.
    pub argument: u8,
    /// The integer that came; or the number of arguments, elements or bytes that there should be.
    pub integer: Integer,
    /// The integer type that the integer does not fit.
    pub target: IntegerType,
    /// What was expected, or the name of the type; empty where there is nothing to say.
    pub expected: &'static str,
    /// What came; empty where there is nothing to say.
    pub came: &'static str,
}

/// The kinds of [`Problem`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ProblemKind {
    /// There are fewer arguments than the command takes.
    TooFew,
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

    /// Whether `target` can hold it. Types of more than 64 bits hold all, but for negative ones without a sign.
    pub const fn fits(self, target: IntegerType) -> bool {
        if self.magnitude == 0 {
            return true;
        }
        if self.negative && !target.signed {
            return false;
        }
        let bits = if target.signed { target.bits - 1 } else { target.bits };
        // The most negative number is one further from zero than the most positive.
        let magnitude = if self.negative { self.magnitude - 1 } else { self.magnitude };
        bits >= 64 || magnitude >> bits == 0
    }
}

/// An integer type of Rust.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct IntegerType {
    /// Its width in bits.
    pub bits: u8,
    /// Whether it has a sign.
    pub signed: bool,
}

impl From<ProblemKind> for Problem {
    fn from(kind: ProblemKind) -> Self {
        let target = IntegerType { bits: 0, signed: false };
        Self { kind, argument: 0, integer: Integer::positive(0), target, expected: "", came: "" }
    }
}

impl Problem {
    /// An integer that `target` cannot hold.
    pub fn out_of_range(integer: Integer, target: IntegerType) -> Self {
        Self { integer, target, ..ProblemKind::OutOfRange.into() }
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
    pub fn mismatch(came: &'static str, expected: &'static str) -> Self {
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
        let plural = if count == 1 { "" } else { "s" };
        Self { integer: Integer::positive(count as u64), expected: plural, ..kind.into() }
    }

    /// The same for a reply, which has one value and no arguments.
    pub(crate) fn of_reply(self) -> Self {
        match self.kind {
            ProblemKind::TooFew | ProblemKind::TooMany => Self::length(1),
            _ => Self { argument: 0, ..self },
        }
    }

    /// Describes the problem; `names` are the names of the arguments with commas between them.
    pub(crate) fn describe(&self, names: &str, to: &mut impl Describe) {
        let argument = self.argument;
        if argument > 0 {
            let name = names.as_bytes().split(|byte| *byte == b',').nth(usize::from(argument) - 1);
            let name = name.unwrap_or_default();
            let template = if name.is_empty() { Template::Argument } else { Template::NamedArgument };
            to.fill(template, Integer::positive(argument.into()), name);
        }
        to.fill(self.template(), self.integer, self.expected.as_bytes());
        let IntegerType { bits, signed } = self.target;
        if bits > 0 {
            to.bytes(if signed { b"i" } else { b"u" });
            to.integer(Integer::positive(bits.into()));
            if let Some(unused) = 64u8.checked_sub(bits) {
                let most = u64::MAX >> ((u32::from(unused) + u32::from(signed)) & 63);
                let least = Integer { negative: signed, magnitude: if signed { most + 1 } else { 0 } };
                to.fill(Template::RangeStart, least, b"");
                to.fill(Template::RangeEnd, Integer::positive(most), b"");
            }
        }
        if !self.came.is_empty() {
            to.fill(Template::Got, self.integer, self.came.as_bytes());
        }
    }

    fn template(&self) -> Template {
        match self.kind {
            ProblemKind::TooFew => Template::TooFew,
            ProblemKind::TooMany => Template::TooMany,
            // Only literals hold larger ones.
            #[cfg(feature = "repr")]
            ProblemKind::OutOfRange if self.integer.magnitude == u64::MAX => {
                if self.integer.negative {
                    Template::OrLess
                } else {
                    Template::OrMore
                }
            }
            ProblemKind::OutOfRange => Template::OutOfRange,
            ProblemKind::NoVariant => Template::NoVariant,
            ProblemKind::UnknownVariant => Template::UnknownVariant,
            ProblemKind::NoFloat => Template::NoFloat,
            ProblemKind::Type => Template::Expected,
            ProblemKind::TooLong => Template::TooLong,
            ProblemKind::Length => Template::Length,
            ProblemKind::NotText => Template::NotText,
            ProblemKind::NoLiteral | ProblemKind::NeedsRepr => Template::NoLiteral,
            ProblemKind::Postcard => Template::Postcard,
            ProblemKind::Serde => Template::Serde,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        format(f, |to| self.describe("", to))
    }
}

impl core::error::Error for Problem {}
