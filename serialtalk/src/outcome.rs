//! What the frame that answers a call comes to.

#[cfg(feature = "alloc")]
use core::convert::Infallible;

#[cfg(feature = "alloc")]
use crate::dynamic::Value;
use crate::error::{BadReply, CallError, Context, Refusal};
use crate::payload::Payload;
use crate::reader::Reader;
use crate::text::Text;
use crate::value::Decode;

/// How the answer to a command is read.
#[derive(Debug)]
pub struct Outcome<T, E> {
    /// Takes the value out of a reply.
    pub value: fn(&mut Reader<'_>) -> Option<T>,
    /// Takes the command's own error out of an error reply, where it stands behind the text.
    pub error: fn(&mut Reader<'_>) -> Option<E>,
}

impl<T, E> Clone for Outcome<T, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, E> Copy for Outcome<T, E> {}

impl<T: for<'a> Decode<'a>, E> Outcome<T, E> {
    /// A value, and no errors of the command's own.
    pub const VALUE: Self = Self { value: |reader| reader.take_sole(), error: |_| None };
}

impl<T: for<'a> Decode<'a>, E: for<'a> Decode<'a>> Outcome<T, E> {
    /// A value, or an error of the command's own.
    pub const RESULT: Self = Self { value: |reader| reader.take_sole(), error: |reader| reader.take() };
}

#[cfg(feature = "alloc")]
impl Outcome<Value, Infallible> {
    /// Whatever comes: none, one value, or a tuple of several.
    pub const DYNAMIC: Self = Self {
        value: |reader| {
            let mut values = reader.rest()?;
            Some(match values.len() {
                0 => Value::None,
                1 => values.remove(0),
                _ => Value::Tuple(values),
            })
        },
        error: |_| None,
    };
}

/// Why an answer holds no value.
#[derive(Debug)]
pub(crate) enum NoValue<E> {
    Bad(BadReply),
    Refused(Refusal),
    Failed(E),
}

impl<E> NoValue<E> {
    pub(crate) fn into_error<L>(self, context: Context) -> CallError<L, E> {
        match self {
            Self::Bad(problem) => CallError::Protocol { problem, context },
            Self::Refused(refusal) => CallError::Refused { refusal, context },
            Self::Failed(error) => CallError::Failed { error, context },
        }
    }
}

impl<T, E> Outcome<T, E> {
    /// Reads the payload of a reply, or of an error reply.
    pub(crate) fn read(&self, payload: &mut [u8], is_error: bool) -> Result<T, NoValue<E>> {
        if is_error {
            return Err(match self.of_error(payload) {
                Ok(error) => NoValue::Failed(error),
                Err(refusal) => NoValue::Refused(refusal),
            });
        }
        self.of_reply(payload).map_err(NoValue::Bad)
    }

    fn of_reply(&self, payload: &mut [u8]) -> Result<T, BadReply> {
        let length = payload.len();
        let mut reader = Reader::new(&mut *payload);
        if reader.count_of_bytes() == Some(length) {
            return Err(BadReply::NotPacked(Text::from_bytes(payload)));
        }
        let value = (self.value)(&mut reader);
        match (reader.finish(1), value) {
            (Ok(()), Some(value)) => Ok(value),
            (Err(problem), _) => Err(BadReply::Value(problem.of_reply())),
            // A reader that has no value knows why.
            (Ok(()), None) => Err(BadReply::NotPacked(Text::default())),
        }
    }

    fn of_error(&self, payload: &mut [u8]) -> Result<E, Refusal> {
        if !cfg!(feature = "repr") || !matches!(Payload::parse(payload), Payload::Repr(_)) {
            return Err(Refusal::from_bytes(payload));
        }
        let mut reader = Reader::new(payload);
        let text = reader.take::<&str>();
        let error = (self.error)(&mut reader);
        match (error, text) {
            (Some(error), Some(_)) if reader.finish(2).is_ok() => Ok(error),
            (_, Some(text)) => Err(Refusal::new(text)),
            (_, None) => Err(Refusal::new("an error that is no text")),
        }
    }
}

#[cfg(all(test, feature = "repr"))]
mod tests;
