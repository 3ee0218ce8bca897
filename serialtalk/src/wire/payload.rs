//! The payload of a frame: a value that says itself how it is encoded.
//!
//! | first bytes | meaning |
//! |---|---|
//! | none | a CPython server finished without a value |
//! | `01 'z'` | no value: a call without arguments |
//! | `LF FMT[LF] DATA` | a Python `struct` format and its packed bytes |
//! | `03 'raw' BYTES` | raw bytes |
//! | `04 'repr' TEXT` | a Python literal, nearly always a tuple |
//! | `04 'post' BYTES` | postcard, between Rust peers; Python reads it as bytes |
//! | anything else | bare bytes without a header |

use super::frame::FrameWriter;

const NO_ARGUMENTS: &[u8] = b"\x01z";
const NO_VALUE: &[u8] = b"\x00";
const RAW: &[u8] = b"\x03raw";
const LITERAL: &[u8] = b"\x04repr";
/// No letter of `post` but `p` and `s` is a struct code, so no Python peer takes it for a struct format.
const POSTCARD: &[u8] = b"\x04post";

/// What a payload holds, as its header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payload<'a> {
    /// No value: a call without arguments, or a CPython server that finished.
    None,
    /// A struct format and its data, not yet checked against each other.
    Struct {
        /// The format as it arrived.
        format: &'a [u8],
        /// The packed bytes.
        data: &'a [u8],
    },
    /// Raw bytes.
    Raw(&'a [u8]),
    /// The text of a Python literal.
    Literal(&'a [u8]),
    /// Values in postcard.
    Postcard(&'a [u8]),
    /// Bytes without a header, which a Python peer sends when it cannot pack its values.
    Bare(&'a [u8]),
}

impl<'a> Payload<'a> {
    /// Reads the header of `bytes`, which are all bytes of a frame between the name and the closing `>`.
    pub fn parse(bytes: &'a [u8]) -> Self {
        if bytes.is_empty() || bytes == NO_ARGUMENTS {
            Self::None
        } else if let Some(data) = bytes.strip_prefix(RAW) {
            Self::Raw(data)
        } else if let Some(text) = bytes.strip_prefix(LITERAL) {
            Self::Literal(text)
        } else if let Some(data) = bytes.strip_prefix(POSTCARD) {
            Self::Postcard(data)
        } else if let Some((format, data)) = split_header(bytes) {
            Self::Struct { format, data }
        } else {
            Self::Bare(bytes)
        }
    }
}

/// Splits a payload into the text of its header and what follows; `None` if it has no whole header.
pub(crate) fn split_header(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first()?;
    rest.split_at_checked(usize::from(*length))
}

/// That part of a payload which a checked frame carries: all of it if the command is called by name; if it `is_numbered`, nothing
/// of a payload without values, and if the format `is_known` at both ends, only the packed data.
pub(crate) fn bare(payload: &[u8], is_numbered: bool, is_known: bool) -> &[u8] {
    match Payload::parse(payload) {
        Payload::None if is_numbered => b"",
        Payload::Struct { format: b"", data: b"" } if is_numbered => b"",
        Payload::Struct { data, .. } if is_known => data,
        _ => payload,
    }
}

/// Splits off the text of a literal, mutable so that its strings can be unescaped in place.
pub(crate) fn literal_text(payload: &mut [u8]) -> Option<&mut [u8]> {
    if payload.starts_with(LITERAL) { payload.get_mut(LITERAL.len()..) } else { None }
}

/// The header of a payload to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Header<'a> {
    /// A call without arguments.
    NoArguments,
    /// A reply without a value: the empty struct format. Every peer reads it; an Arduino waits forever for anything less.
    NoValue,
    /// Raw bytes follow.
    Raw,
    /// The text of a Python literal follows.
    Literal,
    /// Postcard follows.
    #[cfg(feature = "postcard")]
    Postcard,
    /// Packed bytes under a struct format follow.
    Struct(&'a [u8]),
}

impl Header<'_> {
    /// Writes the header; its text has at most 255 bytes, or the frame is too long anyway.
    // Called out of line it takes 53 instructions more of a call of `mult`.
    #[inline]
    pub(crate) fn write(self, frame: &mut FrameWriter<'_>) {
        match self {
            Self::NoArguments => frame.put(NO_ARGUMENTS),
            Self::NoValue => frame.put(NO_VALUE),
            Self::Raw => frame.put(RAW),
            Self::Literal => frame.put(LITERAL),
            #[cfg(feature = "postcard")]
            Self::Postcard => frame.put(POSTCARD),
            Self::Struct(format) => frame.put_byte(format.len() as u8).put(format),
        };
    }
}
