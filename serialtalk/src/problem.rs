//! What is wrong with a value that has arrived.

use core::fmt;

use crate::describe::{Describe, format};

/// Why the values of a payload do not fit the types that were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct Problem {
    /// Which argument, counted from one; 0 where it is the whole payload, or a reply.
    pub argument: u8,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

/// The kinds of [`Problem`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum ProblemKind {
    /// There are fewer values than this.
    TooFew(u8),
    /// There are more values than this.
    TooMany(u8),
    /// An integer that the type cannot hold.
    OutOfRange {
        /// The integer; of one with more than 64 bits, the nearest that has no more.
        value: Integer,
        /// The type that should hold it.
        target: IntegerType,
    },
    /// An integer that is no variant of this enum.
    NoVariant {
        /// The integer.
        value: Integer,
        /// The name of the enum.
        target: &'static str,
    },
    /// A name that is no variant of this enum.
    UnknownVariant(&'static str),
    /// A number that this float type cannot hold: an integer not exactly, or a float not finitely.
    NoFloat(&'static str),
    /// Something else than what is expected.
    Type {
        /// What came.
        came: &'static str,
        /// What was expected.
        expected: &'static str,
    },
    /// A sequence with more elements, or text with more bytes, than there is room for.
    TooLong(u16),
    /// A sequence with another number of elements than this.
    Length(u16),
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

impl IntegerType {
    /// Its name in Rust.
    pub const fn name(self) -> &'static str {
        match (self.signed, self.bits) {
            (false, 8) => "u8",
            (false, 16) => "u16",
            (false, 32) => "u32",
            (false, 64) => "u64",
            (false, _) => "u128",
            (true, 8) => "i8",
            (true, 16) => "i16",
            (true, 32) => "i32",
            (true, 64) => "i64",
            (true, _) => "i128",
        }
    }
}

impl Problem {
    /// The same for a reply, which has one value and no arguments.
    pub(crate) fn of_reply(self) -> Self {
        let kind = match self.kind {
            ProblemKind::TooFew(_) | ProblemKind::TooMany(_) => ProblemKind::Length(1),
            kind => kind,
        };
        Self { argument: 0, kind }
    }

    /// Describes the problem; `names` are the names of the arguments with commas between them.
    pub(crate) fn describe(&self, names: &str, to: &mut impl Describe) {
        if self.argument > 0 && !matches!(self.kind, ProblemKind::TooFew(_) | ProblemKind::TooMany(_)) {
            to.fill_integer("argument #", self.argument.into());
            let name = names.as_bytes().split(|byte| *byte == b',').nth(usize::from(self.argument) - 1);
            if let Some(name @ [_, ..]) = name {
                to.bytes(b" (`");
                to.bytes(name);
                to.bytes(b"`)");
            }
            to.bytes(b": ");
        }
        self.kind.describe(to);
    }
}

impl ProblemKind {
    fn describe(&self, to: &mut impl Describe) {
        let plural = |count: u64| if count == 1 { "" } else { "s" };
        let nothing = Integer::positive(0);
        let (template, integer, words) =
            match *self {
                Self::TooFew(expected) => (
                    "takes # argument@, fewer came",
                    Integer::positive(expected.into()),
                    [plural(expected.into()), ""],
                ),
                Self::TooMany(expected) => (
                    "takes # argument@, more came",
                    Integer::positive(expected.into()),
                    [plural(expected.into()), ""],
                ),
                Self::OutOfRange { value, target } => {
                    // Only literals hold larger ones.
                    let more =
                        match value {
                            Integer { magnitude: u64::MAX, negative } if cfg!(feature = "repr") => {
                                if negative { " or less" } else { " or more" }
                            }
                            _ => "",
                        };
                    ("#@ does not fit @", value, [more, target.name()])
                }
                Self::NoVariant { value, target } => ("# is no variant of @", value, [target, ""]),
                Self::UnknownVariant(target) => ("not a variant of @", nothing, [target, ""]),
                Self::NoFloat(target) => ("the number does not fit @", nothing, [target, ""]),
                Self::Type { came, expected } => ("expected @, got @", nothing, [expected, came]),
                Self::TooLong(capacity) => {
                    ("too long, there is room for #", Integer::positive(capacity.into()), [""; 2])
                }
                Self::Length(expected) => {
                    ("expected # value@", Integer::positive(expected.into()), [plural(expected.into()), ""])
                }
                Self::NotText => ("not UTF-8", nothing, [""; 2]),
                #[cfg(feature = "repr")]
                Self::NoLiteral => ("not a Python literal", nothing, [""; 2]),
                #[cfg(not(feature = "repr"))]
                Self::NoLiteral | Self::NeedsRepr => {
                    ("this program reads no repr payloads (feature `repr` of serialtalk)", nothing, [""; 2])
                }
                #[cfg(feature = "repr")]
                Self::NeedsRepr => ("", nothing, [""; 2]),
                Self::Postcard => ("not the postcard of this type", nothing, [""; 2]),
                Self::Serde => ("not a value of this type", nothing, [""; 2]),
            };
        to.fill(template, integer, words);
        if let Self::OutOfRange { target: IntegerType { bits: bits @ 0..=64, signed }, .. } = *self {
            // Wraps to zero for 64 bits, and from there to the right limit.
            let values =
                1u64.checked_shl(if signed { u32::from(bits) - 1 } else { bits.into() }).unwrap_or(0);
            let low = Integer { negative: signed, magnitude: if signed { values } else { 0 } };
            to.fill(" (#", low, [""; 2]);
            to.fill_integer(" to #)", values.wrapping_sub(1));
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        format(f, |to| self.describe("", to))
    }
}

impl core::error::Error for Problem {}
