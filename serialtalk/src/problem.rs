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
        match self.kind {
            ProblemKind::TooFew(expected) => return count(to, expected, "fewer"),
            ProblemKind::TooMany(expected) => return count(to, expected, "more"),
            _ => {}
        }
        if self.argument > 0 {
            to.text("argument ");
            to.integer(false, self.argument.into());
            if let Some(name) =
                names.split(',').nth(usize::from(self.argument) - 1).filter(|name| !name.is_empty())
            {
                to.text(" (`");
                to.text(name);
                to.text("`)");
            }
            to.text(": ");
        }
        self.kind.describe(to);
    }
}

fn count(to: &mut impl Describe, expected: u8, came: &str) {
    to.text("takes ");
    to.integer(false, expected.into());
    to.text(if expected == 1 { " argument, " } else { " arguments, " });
    to.text(came);
    to.text(" came");
}

impl ProblemKind {
    fn describe(&self, to: &mut impl Describe) {
        match *self {
            // Described with the whole.
            Self::TooFew(_) | Self::TooMany(_) => {}
            Self::OutOfRange { value, target: IntegerType { bits, signed } } => {
                to.integer(value.negative, value.magnitude);
                // Only literals hold larger ones.
                if cfg!(feature = "repr") && value.magnitude == u64::MAX {
                    to.text(if value.negative { " or less" } else { " or more" });
                }
                to.text(" does not fit ");
                to.text(if signed { "i" } else { "u" });
                to.integer(false, bits.into());
                if bits <= 64 {
                    // Wraps to zero for 64 bits, and from there to the right limit.
                    let values =
                        1u64.checked_shl(if signed { u32::from(bits) - 1 } else { bits.into() }).unwrap_or(0);
                    to.text(" (");
                    to.integer(signed, if signed { values } else { 0 });
                    to.text(" to ");
                    to.integer(false, values.wrapping_sub(1));
                    to.text(")");
                }
            }
            Self::NoVariant { value, target } => {
                to.integer(value.negative, value.magnitude);
                to.text(" is no variant of ");
                to.text(target);
            }
            Self::UnknownVariant(target) => {
                to.text("not a variant of ");
                to.text(target);
            }
            Self::NoFloat(target) => {
                to.text("the number does not fit ");
                to.text(target);
            }
            Self::Type { came, expected } => {
                to.text("expected ");
                to.text(expected);
                to.text(", got ");
                to.text(came);
            }
            Self::TooLong(capacity) => {
                to.text("too long, there is room for ");
                to.integer(false, capacity.into());
            }
            Self::Length(expected) => {
                to.text("expected ");
                to.integer(false, expected.into());
                to.text(if expected == 1 { " value" } else { " values" });
            }
            Self::NotText => to.text("not UTF-8"),
            Self::NoLiteral => to.text("not a Python literal"),
            Self::NeedsRepr => to.text("this program reads no repr payloads (feature `repr` of serialtalk)"),
            Self::Postcard => to.text("not the postcard of this type"),
            Self::Serde => to.text("not a value of this type"),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        format(f, |to| self.describe("", to))
    }
}

impl core::error::Error for Problem {}
