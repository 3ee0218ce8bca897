//! How the reply to a call is decoded.

#[cfg(all(test, feature = "alloc", feature = "repr"))]
mod tests;

#[cfg(feature = "alloc")]
use core::convert::Infallible;

use super::error::{CallError, Context, RemoteError, ReplyError};
use super::text::Text;
use crate::codec::decode::{Decode, Decoder};
#[cfg(feature = "alloc")]
use crate::codec::dynamic::Value;
use crate::codec::error::Invalid;
use crate::codec::expected::Expected;
use crate::wire::frame::Suffix;

/// How the reply to a call is decoded: its value, and the command's own error.
#[derive(Debug)]
pub struct ReplyDecoder<T, E> {
    /// What the value is expected to be.
    pub(crate) expected: Expected,
    pub(crate) value: fn(&mut Decoder<'_>) -> Result<T, Invalid>,
    /// Decodes the command's own error from an error reply, in which it follows the text; `None` if it has none.
    pub(crate) error: Option<fn(&mut Decoder<'_>) -> Result<E, Invalid>>,
}

impl<T, E> Clone for ReplyDecoder<T, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, E> Copy for ReplyDecoder<T, E> {}

impl<T: for<'a> Decode<'a>, E> ReplyDecoder<T, E> {
    /// A value of a command without errors of its own.
    pub const VALUE: Self =
        Self { expected: Expected::UNKNOWN, value: |decoder| decoder.sole(), error: None };
}

impl<T: for<'a> Decode<'a>, E: for<'a> Decode<'a>> ReplyDecoder<T, E> {
    /// A value, or an error of the command's own.
    pub const RESULT: Self = Self { error: Some(|decoder| decoder.argument()), ..Self::VALUE };
}

#[cfg(feature = "alloc")]
impl ReplyDecoder<Value, Infallible> {
    /// Whatever arrives: nothing, one value, or a tuple of several.
    pub const DYNAMIC: Self = Self {
        expected: Expected::UNKNOWN,
        value: |decoder| {
            let mut values = decoder.rest()?;
            Ok(match values.len() {
                0 => Value::None,
                1 => values.remove(0),
                _ => Value::Tuple(values),
            })
        },
        error: None,
    };
}

/// Why a reply holds no value.
#[derive(Debug)]
pub(crate) enum NoValue<E> {
    Malformed(ReplyError),
    Refused(RemoteError),
    Failed(E),
}

impl<E> NoValue<E> {
    pub(crate) fn into_error<L>(self, context: Context) -> CallError<L, E> {
        match self {
            Self::Malformed(error) => CallError::Protocol { error, context },
            Self::Refused(error) => CallError::Refused { error, context },
            Self::Failed(error) => CallError::Failed { error, context },
        }
    }
}

impl<T, E> ReplyDecoder<T, E> {
    /// Decodes the payload of a reply.
    pub(crate) fn decode(&self, payload: &mut [u8], suffix: Suffix) -> Result<T, NoValue<E>> {
        match suffix {
            Suffix::Ack => self.decode_value(payload).map_err(NoValue::Malformed),
            Suffix::Err => Err(self.decode_error(payload)),
        }
    }

    /// Decodes the payload of a reply that is a value without a header.
    pub(crate) fn decode_bare(&self, payload: &mut [u8]) -> Result<T, NoValue<E>> {
        let mut decoder = Decoder::unread(payload);
        decoder.begin_bare(&self.expected);
        self.decode_from(decoder).map_err(NoValue::Malformed)
    }

    fn decode_value(&self, payload: &mut [u8]) -> Result<T, ReplyError> {
        self.decode_from(Decoder::unread(payload))
    }

    fn decode_from(&self, mut decoder: Decoder<'_>) -> Result<T, ReplyError> {
        decoder.begin(&self.expected);
        if decoder.is_unreadable() {
            return Err(ReplyError::NotPacked(Text::from_bytes(decoder.bytes().unwrap_or_default())));
        }
        let value = (self.value)(&mut decoder);
        match (value, decoder.finish()) {
            (Ok(value), Ok(())) => Ok(value),
            _ => Err(ReplyError::Value(decoder.cause().of_reply())),
        }
    }

    fn decode_error(&self, payload: &mut [u8]) -> NoValue<E> {
        if !cfg!(feature = "repr") || crate::wire::payload::literal_text(payload).is_none() {
            return NoValue::Refused(RemoteError::from_bytes(payload));
        }
        let mut decoder = Decoder::new(payload);
        let Ok(text) = decoder.argument::<&str>() else {
            return NoValue::Refused(RemoteError::new("an error that is not text"));
        };
        let error = self.error.and_then(|decode| decode(&mut decoder).ok());
        match error {
            Some(error) if decoder.finish().is_ok() => NoValue::Failed(error),
            _ => NoValue::Refused(RemoteError::new(text)),
        }
    }
}
