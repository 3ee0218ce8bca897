//! Payloads: the value that a frame carries, which describes itself.
//!
//! | first bytes | meaning |
//! |---|---|
//! | none | a CPython server is done and has no value |
//! | `01 'z'` | no value: a call without arguments |
//! | `LF FMT[LF] DATA` | a Python `struct` format and its packed bytes |
//! | `03 'raw' BYTES` | raw bytes |
//! | `04 'repr' TEXT` | a Python literal, nearly always a tuple |
//! | `04 'post' BYTES` | postcard, between Rust peers; Python gets bytes |
//! | anything else | bare bytes, without a header |

pub mod format;
pub mod literal;
pub mod pack;
pub mod unpack;
mod writer;

pub use writer::PayloadWriter;

use crate::texts::position;

/// What stands before a payload that is no struct, joined: no arguments, raw bytes, literals, postcard.
static HEADERS: [u8; 16] = *b"\x01z\x03raw\x04repr\x04post";

pub(crate) const NO_ARGUMENTS: &[u8] = b"\x01z";
/// The empty struct format. Every peer reads it as "done, no value"; an Arduino waits for ever for anything less.
pub(crate) const NO_VALUE: &[u8] = b"\x00";
pub(crate) const RAW: &[u8] = b"\x03raw";
pub(crate) const REPR: &[u8; 5] = b"\x04repr";
#[cfg(feature = "postcard")]
/// No letter of `post` but `p` and `s` is a format code, so no Python peer takes it for a struct format.
pub(crate) const POSTCARD: &[u8] = b"\x04post";

/// What a payload holds, told by its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payload<'a> {
    /// No value: a call without arguments, or a CPython server that is done.
    None,
    /// A struct format and its data. Whether the two fit together is not known yet.
    Struct {
        /// The format as it came.
        format: &'a [u8],
        /// The packed bytes.
        data: &'a [u8],
    },
    /// Raw bytes.
    Raw(&'a [u8]),
    /// The text of a Python literal.
    Repr(&'a [u8]),
    /// Values in postcard.
    Postcard(&'a [u8]),
    /// Bytes without a header: what a Python peer sends when it could not pack its values.
    Bare(&'a [u8]),
}

impl<'a> Payload<'a> {
    /// Tells what `bytes`, all that stands behind the name of a frame, hold.
    pub fn parse(bytes: &'a [u8]) -> Self {
        let Some((length, rest)) = bytes.split_first() else { return Self::None };
        match rest.split_at_checked(usize::from(*length)) {
            None => Self::Bare(bytes),
            Some((format, data)) => Self::of(format, data),
        }
    }

    /// The same for one whose header is there as a whole.
    #[inline(always)]
    pub(crate) fn of(format: &'a [u8], data: &'a [u8]) -> Self {
        match position(&HEADERS, format) {
            0 if data.is_empty() => Self::None,
            1 => Self::Raw(data),
            2 => Self::Repr(data),
            3 => Self::Postcard(data),
            _ => Self::Struct { format, data },
        }
    }
}
