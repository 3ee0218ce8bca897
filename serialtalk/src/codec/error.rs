//! Why values cannot be decoded or encoded.

use core::fmt;

use crate::wire::frame::FrameTooLong;
use crate::wire::integer::{Integer, IntegerType};
use crate::wire::number::write_integer;
use crate::wire::struct_format::FormatError;

/// Reports that decoding failed; the [`Decoder`](super::decode::Decoder) keeps the cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invalid;

/// Why the values of a payload do not fit the types that they are decoded to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
pub struct DecodeError {
    /// What is wrong.
    pub kind: DecodeErrorKind,
    /// Number of the argument that is wrong, counted from one; 0 for the payload as a whole, or a reply.
    pub argument: u8,
}

/// Stands for more values than were expected, which are not counted: no frame holds as many.
pub(crate) const UNCOUNTED: u8 = u8::MAX;

/// The kinds of [`DecodeError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// An integer that the type cannot hold.
    OutOfRange {
        /// The integer.
        value: Integer,
        /// The type.
        ty: IntegerType,
    },
    /// An integer with more digits than any type of up to 64 bits, or than the 128-bit type, can hold.
    TooWide {
        /// The type.
        ty: IntegerType,
    },
    /// An integer that is not a variant of the enum.
    NotAVariant {
        /// The integer.
        value: Integer,
        /// The name of the enum.
        ty: &'static str,
    },
    /// A name that is not a variant of the enum.
    UnknownVariant {
        /// The name of the enum.
        ty: &'static str,
    },
    /// A number that the float type cannot hold: an integer not exactly, or a float not finitely.
    FloatRange {
        /// The float type.
        ty: &'static str,
    },
    /// A value of another type.
    Mismatch {
        /// What is expected, with its article.
        expected: &'static str,
        /// What was found.
        got: Unexpected,
    },
    /// A sequence with more elements, or text with more bytes, than there is room for.
    TooLong {
        /// The room, in elements or bytes.
        room: usize,
    },
    /// A sequence with another number of elements than the type has, or another number of arguments than the command takes.
    WrongLength {
        /// How many the type has, or the command takes.
        expected: u16,
        /// How many came; 255 if more than expected came, which are not counted.
        got: u8,
    },
    /// Bytes that are not UTF-8 where text is expected.
    NotUtf8,
    /// Text that is not a Python literal.
    NotALiteral,
    /// A literal, which a program without the feature `repr` cannot read.
    NeedsRepr,
    /// Postcard for a command that does not use it, or bytes that are not postcard of the type.
    Postcard,
    /// A value that serde does not accept for the type.
    #[cfg(feature = "serde")]
    Serde,
}

/// What was found instead of what is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
#[allow(missing_docs, reason = "each variant is displayed as its name says")]
pub enum Unexpected {
    Nothing,
    Integer,
    Float,
    Bool,
    Bytes,
    Text,
    OtherText,
    None,
    Sequence,
    Set,
}

impl Unexpected {
    /// What was found, with its article.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Integer => "an integer",
            Self::Float => "a float",
            Self::Bool => "a bool",
            Self::Bytes => "bytes",
            Self::Text => "text",
            Self::OtherText => "other text",
            Self::None => "None",
            Self::Sequence => "a sequence",
            Self::Set => "a set",
        }
    }
}

impl fmt::Display for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl DecodeErrorKind {
    /// Describes what is wrong, without the argument.
    fn describe(&self, out: &mut impl fmt::Write) -> fmt::Result {
        match *self {
            Self::OutOfRange { value, ty } => {
                write_integer(out, value)?;
                out.write_str(" does not fit ")?;
                out.write_str(ty.name())
            }
            Self::TooWide { ty } => {
                out.write_str("the integer is too wide for ")?;
                out.write_str(ty.name())
            }
            Self::NotAVariant { value, ty } => {
                write_integer(out, value)?;
                out.write_str(" is not a valid ")?;
                out.write_str(ty)
            }
            Self::UnknownVariant { ty } => {
                out.write_str("not a variant of ")?;
                out.write_str(ty)
            }
            Self::FloatRange { ty } => {
                out.write_str("the number does not fit ")?;
                out.write_str(ty)
            }
            Self::Mismatch { expected, got } => {
                out.write_str("expected ")?;
                out.write_str(expected)?;
                out.write_str(", got ")?;
                out.write_str(got.as_str())
            }
            Self::TooLong { room } => count(out, "longer than ", room, ""),
            Self::WrongLength { expected, got } => {
                count(out, "expected ", expected.into(), " value(s), got ")?;
                if got == UNCOUNTED { out.write_str("more") } else { count(out, "", got.into(), "") }
            }
            Self::NotUtf8 => out.write_str("not UTF-8"),
            Self::NotALiteral => out.write_str("not a Python literal"),
            Self::NeedsRepr => out.write_str("cannot read repr"),
            Self::Postcard => out.write_str("not postcard of the expected type"),
            #[cfg(feature = "serde")]
            Self::Serde => out.write_str("not a value of the expected type"),
        }
    }
}

fn count(out: &mut impl fmt::Write, before: &str, number: usize, after: &str) -> fmt::Result {
    out.write_str(before)?;
    write_integer(out, Integer::positive(number as u64))?;
    out.write_str(after)
}

impl DecodeError {
    /// Describes the error; `names` are the names of the arguments, as far as they are known.
    pub(crate) fn describe(&self, names: &[&str], out: &mut impl fmt::Write) -> fmt::Result {
        if self.argument > 0 {
            count(out, "argument ", self.argument.into(), "")?;
            let name = names.get(usize::from(self.argument) - 1);
            if let Some(name) = name.filter(|name| !name.is_empty()) {
                out.write_str(" (`")?;
                out.write_str(name)?;
                out.write_str("`)")?;
            }
            out.write_str(": ")?;
        }
        self.kind.describe(out)
    }

    /// The error as that of a reply, which has one value and no arguments.
    pub(crate) fn of_reply(self) -> Self {
        Self { argument: 0, ..self }
    }
}

impl From<DecodeErrorKind> for DecodeError {
    fn from(kind: DecodeErrorKind) -> Self {
        Self { kind, argument: 0 }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.describe(&[], f)
    }
}

impl core::error::Error for DecodeError {}

/// Reports a value that an encoding cannot hold: in a struct format one that is neither a number nor bytes, in `raw` one
/// that is neither bytes nor text, in any one that serde fails to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unencodable;

/// Why values cannot be encoded. Nothing of them is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[non_exhaustive]
pub enum EncodeError {
    /// They make a frame that is too long for the wire or for the buffer.
    TooLong(FrameTooLong),
    /// They do not fit the struct format that was chosen for them.
    Format(FormatError),
    /// A value that its encoding cannot hold.
    Unencodable,
}

impl EncodeError {
    /// Describes the error to a peer.
    pub(crate) fn describe(&self, out: &mut impl fmt::Write) -> fmt::Result {
        match self {
            Self::TooLong(error) => error.describe(out),
            Self::Format(error) => error.describe(out),
            Self::Unencodable => out.write_str(UNENCODABLE),
        }
    }
}

/// What is said of a value that its encoding cannot hold.
pub(crate) const UNENCODABLE: &str =
    "a value has no place in its encoding: use `repr`, or an enum for `Some(None)`";

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(error) => fmt::Display::fmt(error, f),
            _ => self.describe(f),
        }
    }
}

impl core::error::Error for EncodeError {}

impl From<FormatError> for EncodeError {
    fn from(error: FormatError) -> Self {
        Self::Format(error)
    }
}

impl From<FrameTooLong> for EncodeError {
    fn from(error: FrameTooLong) -> Self {
        Self::TooLong(error)
    }
}

impl From<Unencodable> for EncodeError {
    fn from(Unencodable: Unencodable) -> Self {
        Self::Unencodable
    }
}

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use alloc::string::{String, ToString};

    use super::*;

    #[test]
    fn every_kind_of_error_says_what_is_wrong() {
        let value = Integer { negative: true, magnitude: 3 };
        for (kind, text) in [
            (DecodeErrorKind::OutOfRange { value, ty: IntegerType::U8 }, "-3 does not fit u8 (0 to 255)"),
            (
                DecodeErrorKind::TooWide { ty: IntegerType::I16 },
                "the integer is too wide for i16 (-32768 to 32767)",
            ),
            (DecodeErrorKind::NotAVariant { value, ty: "Mode" }, "-3 is not a valid Mode"),
            (DecodeErrorKind::UnknownVariant { ty: "Fault" }, "not a variant of Fault"),
            (DecodeErrorKind::FloatRange { ty: "f32" }, "the number does not fit f32"),
            (
                DecodeErrorKind::Mismatch { expected: "a number", got: Unexpected::Sequence },
                "expected a number, got a sequence",
            ),
            (DecodeErrorKind::TooLong { room: 16 }, "longer than 16"),
            (DecodeErrorKind::WrongLength { expected: 3, got: 2 }, "expected 3 value(s), got 2"),
            (DecodeErrorKind::WrongLength { expected: 3, got: UNCOUNTED }, "expected 3 value(s), got more"),
            (DecodeErrorKind::NotUtf8, "not UTF-8"),
            (DecodeErrorKind::NotALiteral, "not a Python literal"),
            (DecodeErrorKind::NeedsRepr, "cannot read repr"),
            (DecodeErrorKind::Postcard, "not postcard of the expected type"),
        ] {
            assert_eq!(DecodeError::from(kind).to_string(), text);
            let error = DecodeError { kind, argument: 2 };
            assert_eq!(error.to_string(), ["argument 2: ", text].concat());
            assert_eq!(error.of_reply().to_string(), text);
            let described = |names: &[&str]| {
                let mut described = String::new();
                error.describe(names, &mut described).unwrap();
                described
            };
            assert_eq!(described(&["a", "b"]), ["argument 2 (`b`): ", text].concat());
            assert_eq!(described(&["a", ""]), ["argument 2: ", text].concat());
            assert_eq!(described(&["a"]), ["argument 2: ", text].concat());
        }
    }

    #[test]
    fn an_error_of_encoding_says_what_to_do() {
        let too_long = EncodeError::TooLong(FrameTooLong { size: 300, limit: 258 });
        assert_eq!(too_long.to_string(), "a frame of 300 bytes is too long, at most 258 fit");
        let padding = EncodeError::Format(FormatError::Padding);
        assert_eq!(
            padding.to_string(),
            "the format needs padding, which not every peer adds: put `<` before it"
        );
        let unencodable = EncodeError::from(Unencodable);
        assert_eq!(
            unencodable.to_string(),
            "a value has no place in its encoding: use `repr`, or an enum for `Some(None)`"
        );
    }
}
