//! Payloads to serde values.

use serde::de::Deserialize;

#[cfg(feature = "repr")]
use super::absent::Absent;
#[cfg(feature = "repr")]
use super::failed::Failed;
#[cfg(feature = "repr")]
use super::source::{MAX_DEPTH, Source};
use crate::codec::decode::Decoder;
use crate::codec::error::{DecodeErrorKind, Invalid};

impl<'a> Decoder<'a> {
    /// Takes the next argument of several, whose type has serde.
    pub(crate) fn serde_argument<T: Deserialize<'a>>(&mut self) -> Result<T, Invalid> {
        let was_sent = self.begin_argument()?;
        #[cfg(feature = "postcard")]
        if let Some(bytes) = self.postcard() {
            // Some values take no bytes, so that none need be left.
            return match postcard::take_from_bytes(bytes) {
                Ok((value, rest)) => {
                    *bytes = rest;
                    Ok(value)
                }
                Err(_) if was_sent => Err(self.fail(DecodeErrorKind::Postcard)),
                Err(_) => Err(self.too_few()),
            };
        }
        self.deserialize(was_sent)
    }

    /// Takes a value that did not arrive as postcard.
    #[cfg(feature = "repr")]
    fn deserialize<T: Deserialize<'a>>(&mut self, was_sent: bool) -> Result<T, Invalid> {
        if !was_sent {
            let missing = T::deserialize(Absent).map_err(|Failed| self.too_few())?;
            self.leave_out_argument();
            return Ok(missing);
        }
        T::deserialize(Source { decoder: self, levels: MAX_DEPTH })
            .map_err(|Failed| self.fail(DecodeErrorKind::Serde))
    }

    /// Refuses a value: without literals, serde reads postcard only.
    #[cfg(not(feature = "repr"))]
    fn deserialize<T: Deserialize<'a>>(&mut self, was_sent: bool) -> Result<T, Invalid> {
        Err(if was_sent { self.fail(DecodeErrorKind::Postcard) } else { self.too_few() })
    }

    /// Takes the only argument, or the value of a reply, whose type has serde.
    pub(crate) fn serde_sole<T: Deserialize<'a>>(&mut self) -> Result<T, Invalid> {
        #[cfg(feature = "repr")]
        if !self.holds_one_sequence() {
            self.spread_arguments();
            return self.deserialize(true);
        }
        self.serde_argument()
    }
}
