//! The answer to one command.

use core::fmt::{Debug, Write};

use crate::command::{ACK, ERR};
use crate::describe::Describe;
use crate::frame::{FrameTooLong, FrameWriter, HEADER};
use crate::payload::PayloadWriter;
use crate::payload::literal::{ErrorText, LiteralWriter};
use crate::payload::pack::PackProblem;
use crate::reader::Reader;
use crate::value::Encode;

/// Takes the answer to a command: a value, or an error.
///
/// What was written last counts. A value that does not fit its frame becomes an error that says so.
#[derive(Debug)]
pub struct Reply<'a> {
    payload: PayloadWriter<'a>,
    /// Where the payload starts.
    header: usize,
}

impl<'a> Reply<'a> {
    pub(crate) fn new(buffer: &'a mut [u8], name: &[u8]) -> Self {
        let frame = FrameWriter::new(buffer, name, ACK);
        let header = HEADER + name.len() + ACK.len();
        Self { payload: PayloadWriter::new(frame), header }
    }

    /// Begins the value of the reply.
    pub fn value(&mut self) -> &mut PayloadWriter<'a> {
        self.restart(ACK);
        &mut self.payload
    }

    /// Answers that the arguments were not right; `names` are those of the arguments with commas between them.
    pub fn refuse(&mut self, arguments: &mut Reader<'_>, expected: u8, names: &str) {
        if let Err(problem) = arguments.finish(expected) {
            self.error("Command failed: ", |text| problem.describe(names, text));
        }
    }

    /// Answers that the command failed, with a text that says why.
    pub fn fail(&mut self, why: impl FnOnce(&mut ErrorText<'_, '_>)) {
        self.error("Command failed: ", why);
    }

    /// Answers that the command failed, with an error that a Rust peer gets as a value and a Python peer as text.
    ///
    /// If both do not fit, the text is cut.
    pub fn fail_with<E: Encode + Debug>(&mut self, error: &E) {
        self.fail_with_value(
            |text| {
                // Writing to a buffer that counts cannot fail; a broken `Debug` leaves the text short.
                let _ = write!(text, "{error:?}");
            },
            |writer| error.write(writer),
        );
    }

    pub(crate) fn fail_with_value(
        &mut self,
        text: impl FnOnce(&mut ErrorText<'_, '_>),
        value: impl Fn(&mut LiteralWriter<'_, '_>),
    ) {
        self.restart(ERR);
        self.payload.literal().open(b'(');
        let frame = &mut self.payload.frame;
        let start = frame.length();
        value(&mut LiteralWriter::new(frame));
        let reserve = frame.length().saturating_sub(start).saturating_add(3);
        frame.rewind(start);
        let mut why = ErrorText::new(frame, reserve);
        why.text("Command failed: ");
        text(&mut why);
        why.close();
        frame.put(b", ");
        value(&mut LiteralWriter::new(frame));
        frame.put_byte(b')');
    }

    /// Answers that there is no such command.
    pub(crate) fn not_found(&mut self, name: &str) {
        self.error("Command not found: ", |text| text.text(name));
    }

    /// Answers that the value could not be packed.
    pub fn unpackable(&mut self, problem: PackProblem) {
        self.error("Response packing failed: ", |text| {
            problem.describe(text);
        });
    }

    /// Closes the reply; none if not even an error fits, for the command's name is too long.
    pub(crate) fn finish(mut self) -> Option<usize> {
        if self.payload.frame.length() == self.header {
            self.payload.no_value();
        }
        if let Err(FrameTooLong { size, limit }) = self.payload.frame.check() {
            self.error("Response packing failed: ", |text| {
                if size != usize::MAX {
                    text.integer(false, size as u64);
                    text.text(" bytes do not fit ");
                } else {
                    text.text("does not fit ");
                }
                text.integer(false, limit as u64);
            });
        }
        self.payload.finish().ok()
    }

    fn error(&mut self, kind: &str, why: impl FnOnce(&mut ErrorText<'_, '_>)) {
        self.restart(ERR);
        self.payload.literal().open(b'(');
        let mut text = ErrorText::new(&mut self.payload.frame, 2);
        text.text(kind);
        why(&mut text);
        text.close();
        self.payload.frame.put(b",)");
    }

    fn restart(&mut self, suffix: &[u8]) {
        let frame = &mut self.payload.frame;
        frame.rewind(self.header);
        frame.replace(self.header.saturating_sub(suffix.len()), suffix);
    }
}

impl Describe for ErrorText<'_, '_> {
    fn text(&mut self, text: &str) {
        self.text(text);
    }

    fn integer(&mut self, negative: bool, magnitude: u64) {
        self.integer(negative, magnitude);
    }
}

#[cfg(all(test, feature = "repr"))]
mod tests;
