//! Calls whose arguments are written, and whose replies are read, somewhere else than at the endpoint: by the handles of
//! an endpoint that many share.

use alloc::vec::Vec;

use crate::error::{CallError, Context, Unsendable};
use crate::frame::{FrameWriter, HEADER, MAX_FRAME};
use crate::outcome::Outcome;
use crate::payload::PayloadWriter;
use crate::payload::pack::PackProblem;

/// The payload of a call of `command`.
///
/// # Errors
///
/// Arguments that cannot be sent.
pub fn arguments(
    command: &str,
    write: impl FnOnce(&mut PayloadWriter<'_>) -> Result<(), PackProblem>,
) -> Result<Vec<u8>, Unsendable> {
    let mut buffer = [0; MAX_FRAME];
    let mut payload = PayloadWriter::new(FrameWriter::new(&mut buffer, command.as_bytes(), b""));
    write(&mut payload).map_err(Unsendable::Values)?;
    let size = payload.finish().map_err(Unsendable::TooLong)?;
    let start = HEADER + command.len();
    Ok(buffer.get(start..size - 1).unwrap_or_default().to_vec())
}

/// A reply as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawReply {
    payload: Vec<u8>,
    is_error: bool,
}

impl RawReply {
    pub(crate) fn new(payload: &[u8], is_error: bool) -> Self {
        Self { payload: payload.to_vec(), is_error }
    }

    /// What stands behind the name of its frame.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// Whether it is an error reply.
    pub fn is_error(&self) -> bool {
        self.is_error
    }

    /// Reads it as the reply to `command`; `link` is the name of the link, for messages.
    ///
    /// # Errors
    ///
    /// What the reply says, or that it makes no sense.
    pub fn read<L, T, E>(
        mut self,
        command: &str,
        link: &str,
        outcome: Outcome<T, E>,
    ) -> Result<T, CallError<L, E>> {
        let value = outcome.read(&mut self.payload, self.is_error);
        value.map_err(|reason| reason.into_error(Context::new(command, link, b"")))
    }
}
