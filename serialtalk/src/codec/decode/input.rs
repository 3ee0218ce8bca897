//! What a decoder reads from.

use crate::codec::error::DecodeErrorKind;
use crate::codec::expected::Expected;
#[cfg(feature = "repr")]
use crate::wire::literal::{Kind, LiteralReader, Opened};
#[cfg(feature = "repr")]
use crate::wire::payload::literal_text;
use crate::wire::payload::{Payload, split_header};
use crate::wire::struct_format::Values;

/// What is left of a payload, by its encoding.
#[derive(Debug)]
// With a tag of its own, as wide as a word: one that is folded into a field takes 140 bytes more of firmware to test, and
// fields at odd addresses are moved by `memcpy`.
#[repr(u32)]
pub(super) enum Input<'a> {
    /// The whole payload, of which nothing was read.
    Unread(&'a mut [u8]),
    /// No value is left.
    Empty,
    /// The values of a struct.
    Struct(Values<'a>),
    /// One value: raw bytes.
    Bytes(&'a [u8]),
    /// One value: the whole payload as bytes, because it cannot be read under its header.
    Unreadable(&'a [u8]),
    /// A Python literal, and the tuple of the arguments if it has one.
    #[cfg(feature = "repr")]
    Literal(LiteralReader<'a>, Option<Opened>),
    /// Values in postcard.
    #[cfg(feature = "postcard")]
    Postcard(&'a [u8]),
}

impl<'a> Input<'a> {
    /// Reads the header of a payload.
    pub(super) fn new(payload: &'a mut [u8], expected: &Expected) -> Result<Self, DecodeErrorKind> {
        #[cfg(feature = "repr")]
        if literal_text(payload).is_some() {
            return Self::literal(literal_text(payload).unwrap_or_default());
        }
        let payload = &*payload;
        if let Some((format, data)) = split_header(payload)
            && expected.matches(format, data)
        {
            return Ok(Self::Struct(Values::expected(format, data)));
        }
        Ok(match Payload::parse(payload) {
            Payload::None => Self::Empty,
            Payload::Raw(bytes) => Self::Bytes(bytes),
            Payload::Struct { format, data } => {
                Values::new(format, data).map_or(Self::Unreadable(payload), Self::Struct)
            }
            #[cfg(feature = "postcard")]
            Payload::Postcard(bytes) => Self::Postcard(bytes),
            #[cfg(not(feature = "postcard"))]
            Payload::Postcard(_) => return Err(DecodeErrorKind::Postcard),
            // With the feature `repr`, literals were read above.
            Payload::Literal(_) if cfg!(not(feature = "repr")) => return Err(DecodeErrorKind::NeedsRepr),
            Payload::Literal(_) | Payload::Bare(_) => Self::Unreadable(payload),
        })
    }

    /// Reads a Python literal, nearly always a tuple.
    #[cfg(feature = "repr")]
    pub(super) fn literal(text: &'a mut [u8]) -> Result<Self, DecodeErrorKind> {
        let mut reader = LiteralReader::new(text);
        if reader.is_done() {
            return Err(DecodeErrorKind::NotALiteral);
        }
        if reader.none() {
            return if reader.is_done() { Ok(Self::Empty) } else { Err(DecodeErrorKind::NotALiteral) };
        }
        let arguments = match reader.next_kind() == Kind::Tuple {
            true => Some(reader.open().map_err(|_| DecodeErrorKind::NotALiteral)?),
            false => None,
        };
        Ok(Self::Literal(reader, arguments))
    }

    /// Whether a payload of which all values were taken ends as it should.
    pub(super) fn ends_well(&mut self) -> bool {
        match self {
            #[cfg(feature = "repr")]
            Self::Literal(reader, arguments) => {
                let closed = arguments.take().map_or(Ok(()), |arguments| reader.close(arguments));
                closed.is_ok() && reader.is_done()
            }
            _ => true,
        }
    }
}
