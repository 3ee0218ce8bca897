//! A command that arrived.

use super::log;
use crate::codec::decode::Decoder;
use crate::codec::error::DecodeError;
use crate::codec::expected::Expected;

/// A command that arrived, to be served.
#[derive(Debug)]
pub struct Call<'a> {
    name: &'a [u8],
    decoder: Decoder<'a>,
    expected: &'static Expected,
}

impl<'a> Call<'a> {
    pub(crate) fn new(name: &'a [u8], payload: &'a mut [u8]) -> Self {
        Self { name, decoder: Decoder::unread(payload), expected: &Expected::UNKNOWN }
    }

    /// The name of the command on the wire; empty if it was called by its number.
    pub fn name(&self) -> &'a [u8] {
        self.name
    }

    /// The payload as it arrived; empty once the arguments were asked for.
    pub fn payload(&self) -> &[u8] {
        self.decoder.unread_payload()
    }

    /// Begins to decode the arguments; `expected` says what they are expected to be.
    pub fn arguments(&mut self, expected: &'static Expected) -> &mut Decoder<'a> {
        self.expected = expected;
        self.decoder.begin(expected);
        &mut self.decoder
    }

    /// Begins to decode arguments that have no header if their format is fixed.
    pub(crate) fn begin_bare(&mut self, expected: &Expected) {
        if log::ENABLED {
            log::incoming_bare("call", expected.template, self.decoder.unread_payload());
        }
        self.decoder.begin_bare(expected);
    }

    /// Why the arguments do not fit, if that is known, and what they were expected to be.
    pub(crate) fn error(&self) -> (Option<&DecodeError>, &'static Expected) {
        (self.decoder.error(), self.expected)
    }
}
