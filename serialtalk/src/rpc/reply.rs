//! The reply to one command.

#[cfg(all(test, feature = "alloc", feature = "repr"))]
mod tests;

use super::call::Call;
use crate::codec::encode::Encode;
use crate::codec::encoders::describe;
use crate::codec::error::{EncodeError, Invalid, UNENCODABLE, Unencodable};
use crate::codec::expected::Expected;
use crate::codec::payload_writer::PayloadWriter;
use crate::wire::frame::{FrameTooLong, FrameWriter, Head, Suffix};
use crate::wire::literal::{LiteralWriter, TextWriter};
use crate::wire::payload::Header;

const COMMAND_FAILED: &[u8] = b"Command failed: ";
const COMMAND_NOT_FOUND: &[u8] = b"Command not found: ";
const PACKING_FAILED: &[u8] = b"Response packing failed: ";

/// Closes the tuple of a text, and the frame.
const CLOSING_LEN: usize = b"',)>".len();

/// Writes the reply to a command: a value, or an error.
///
/// The last reply that is written counts. A value that does not fit becomes an error that says so; the text of an error is
/// cut to fit, at a character boundary.
#[derive(Debug)]
pub struct Reply<'a> {
    frame: FrameWriter<'a>,
    /// The name of the command.
    name: &'a [u8],
    is_written: bool,
}

impl<'a> Reply<'a> {
    /// Writes to a buffer for one frame; `name` is the name of the command.
    pub(crate) fn new(buffer: &'a mut [u8], name: &'a [u8]) -> Self {
        Self { frame: FrameWriter::empty(buffer), name, is_written: false }
    }

    /// Replies with a value that `write` writes.
    pub fn value_with(&mut self, write: impl FnOnce(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>) {
        if let Err(error) = write(&mut self.begin_value()) {
            let mut text = self.begin_error(PACKING_FAILED);
            let _ = error.describe(&mut text);
            self.end_text();
        }
    }

    /// Replies that the command failed, with a text that says why.
    pub fn fail(&mut self, describe: impl FnOnce(&mut TextWriter<'_, '_>)) {
        describe(&mut self.begin_error(COMMAND_FAILED));
        self.end_text();
    }

    /// Replies that the command failed, with an error that a Rust peer receives as a value and a Python peer as text.
    ///
    /// If both do not fit, the text is cut.
    pub fn fail_with<E: Encode>(&mut self, error: &E) {
        let capacity = self.frame.capacity();
        let mut text_limit = capacity;
        // The second time the text is cut so that the value fits.
        for _ in 0..2 {
            let _ = describe(error, &mut self.begin_text(Suffix::Err, COMMAND_FAILED, text_limit));
            let text_end = self.frame.len();
            self.frame.put(b"', ");
            if error.encode(&mut LiteralWriter::new(&mut self.frame)).is_err() {
                return self.unencodable();
            }
            self.frame.put(b")");
            // The closing byte follows.
            let excess = (self.frame.len() + 1).saturating_sub(capacity);
            text_limit = text_end.saturating_sub(excess);
            if excess == 0 {
                return;
            }
        }
    }

    /// Replies with a payload that was written elsewhere: a value, or an error if `is_error`.
    pub fn copy(&mut self, payload: &[u8], is_error: bool) {
        self.begin(if is_error { Suffix::Err } else { Suffix::Ack });
        self.frame.put(payload);
    }

    /// Ends the reply to `call`, which was served with this result: with an error if its arguments are invalid, without a
    /// value if nothing was replied so far.
    ///
    /// Returns the size of the frame in bytes; 0 if not even an error fits, because the name of the command is too long.
    pub(crate) fn finish(&mut self, call: &Call<'_>, result: Result<(), Invalid>) -> usize {
        if result.is_err() {
            self.reject(call);
        }
        if !self.is_written {
            self.begin_value().no_value();
        }
        match self.frame.finish() {
            Ok(size) => size,
            Err(error) => {
                let mut text = self.begin_error(PACKING_FAILED);
                let _ = error.describe(&mut text);
                self.end_text();
                self.frame.finish().unwrap_or(0)
            }
        }
    }

    /// The first `size` bytes of the buffer.
    pub(crate) fn bytes(&self, size: usize) -> &[u8] {
        self.frame.bytes(size)
    }

    /// The buffer.
    pub(crate) fn buffer(&mut self) -> &mut [u8] {
        self.frame.buffer()
    }

    /// Replies with a text.
    pub(crate) fn text(&mut self, text: &str) {
        let limit = self.frame.capacity();
        self.begin_text(Suffix::Ack, text.as_bytes(), limit);
        self.end_text();
    }

    /// Replies that the arguments of a call do not fit their types.
    fn reject(&mut self, call: &Call<'_>) {
        let (error, expected) = call.error();
        let mut text = self.begin_error(COMMAND_FAILED);
        match error {
            Some(error) => _ = error.describe(expected.argument_names, &mut text),
            None => text.bytes(b"invalid arguments"),
        }
        self.end_text();
    }

    /// Replies that there is no such command.
    pub(crate) fn not_found(&mut self) {
        let name = self.name;
        self.begin_error(COMMAND_NOT_FOUND).bytes(name);
        self.end_text();
    }

    /// Replies that the command does not fit the buffer of this endpoint.
    pub(crate) fn too_large(&mut self, error: FrameTooLong) {
        let mut text = self.begin_error(COMMAND_FAILED);
        let _ = error.describe(&mut text);
        self.end_text();
    }

    fn unencodable(&mut self) {
        self.begin_error(PACKING_FAILED).bytes(UNENCODABLE.as_bytes());
        self.end_text();
    }

    // Inlined everywhere it takes 172 bytes more of firmware.
    #[inline(never)]
    fn begin(&mut self, suffix: Suffix) {
        self.is_written = true;
        self.frame.begin(Head::reply(self.name, suffix));
    }

    /// Begins a value.
    pub(crate) fn begin_value(&mut self) -> PayloadWriter<'_, 'a> {
        self.begin(Suffix::Ack);
        PayloadWriter::new(&mut self.frame)
    }

    fn begin_error(&mut self, kind: &[u8]) -> TextWriter<'_, 'a> {
        let limit = self.frame.capacity().saturating_sub(CLOSING_LEN);
        self.begin_text(Suffix::Err, kind, limit)
    }

    /// Begins a tuple with a text, which may go on until the frame has `limit` bytes.
    fn begin_text(&mut self, suffix: Suffix, start: &[u8], limit: usize) -> TextWriter<'_, 'a> {
        self.begin(suffix);
        Header::Literal.write(&mut self.frame);
        self.frame.put(b"('");
        let mut text = TextWriter::new(&mut self.frame, limit);
        text.bytes(start);
        text
    }

    /// Ends a text that is the only element of its tuple.
    fn end_text(&mut self) {
        self.frame.put(b"',)");
    }
}

/// What generated code calls.
impl Reply<'_> {
    /// Replies with a value in the encoding that its type says; `expected` has its struct format if it has one.
    #[doc(hidden)]
    pub fn value<T: Encode>(&mut self, value: T, expected: &Expected) {
        let written = self.begin_value().value_as_expected(&value, expected);
        self.end_value(written);
    }

    /// Replies with a value as a literal.
    #[doc(hidden)]
    pub fn literal<T: Encode>(&mut self, value: T) {
        let written = self.begin_value().literal(&value);
        self.end_value(written);
    }

    /// Replies with bytes or text, raw.
    #[doc(hidden)]
    pub fn raw<T: Encode>(&mut self, value: T) {
        let written = self.begin_value().raw(&value);
        self.end_value(written);
    }

    /// Replies with a value in postcard.
    #[cfg(feature = "postcard")]
    #[doc(hidden)]
    pub fn postcard<T: serde::Serialize>(&mut self, value: T) {
        let written = self.begin_value().postcard(&(value, ()));
        self.end_value(written);
    }

    /// Replies with an error. Without the feature `postcard` a program that calls this does not compile.
    #[cfg(not(feature = "postcard"))]
    #[doc(hidden)]
    pub fn postcard<T>(&mut self, _value: T) {
        self.unencodable();
    }

    /// Replies with a value under a format that lays it down as it is.
    #[doc(hidden)]
    pub fn packed<T: Encode>(&mut self, value: T, format: &str) {
        let written = self.begin_value().value_by_exact_format(&value, format);
        self.end_value(written);
    }

    /// Replies with a value under a format that was chosen by hand.
    #[doc(hidden)]
    pub fn by_format<T: Encode>(&mut self, value: T, format: &str) {
        self.value_with(|payload| payload.by_format(format, &value));
    }

    fn end_value(&mut self, written: Result<(), Unencodable>) {
        if written.is_err() {
            self.unencodable();
        }
    }
}
