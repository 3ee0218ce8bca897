//! A command that arrived.

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

    /// The name of the command on the wire.
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

    /// Why the arguments do not fit, if that is known, and what they were expected to be.
    pub(crate) fn error(&self) -> (Option<&DecodeError>, &'static Expected) {
        (self.decoder.error(), self.expected)
    }
}
