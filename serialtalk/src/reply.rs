//! The answer to one command.

use core::fmt::{Debug, Write};

use crate::command::{ACK, ERR};
use crate::describe::{Describe, Template};
use crate::frame::{FrameTooLong, FrameWriter, HEADER};
use crate::payload::PayloadWriter;
use crate::payload::literal::{ErrorText, LiteralWriter};
use crate::payload::pack::PackProblem;
use crate::problem::Integer;
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
    #[inline(never)]
    pub fn value(&mut self) -> &mut PayloadWriter<'a> {
        self.restart(ACK);
        &mut self.payload
    }

    /// Begins a value under a struct format that is known to be right; what it packs follows.
    #[inline(never)]
    pub(crate) fn structure(&mut self, format: &str) -> &mut FrameWriter<'a> {
        self.value().structure(format)
    }

    /// Whether the arguments were all that came, and right; answers what is wrong otherwise. `names` are those of the
    /// arguments with commas between them.
    pub fn accepts(&mut self, arguments: &mut Reader<'_>, names: &str) -> bool {
        self.accepts_named(arguments, names.as_bytes())
    }

    /// The same for arguments that know their names.
    #[inline(never)]
    pub fn accepts_expected(&mut self, arguments: &mut Reader<'_>) -> bool {
        self.accepts_named(arguments, arguments.names())
    }

    #[inline(always)]
    fn accepts_named(&mut self, arguments: &mut Reader<'_>, names: &[u8]) -> bool {
        let Some(problem) = arguments.check(arguments.count()) else { return true };
        let mut text = self.failed();
        problem.describe(names, &mut text);
        text.close();
        false
    }

    /// Answers that the command failed, with a text that says why.
    pub fn fail(&mut self, why: impl FnOnce(&mut ErrorText<'_, 'a>)) {
        let mut text = self.failed();
        why(&mut text);
        text.close();
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
        text: impl FnOnce(&mut ErrorText<'_, 'a>),
        value: impl Fn(&mut LiteralWriter<'_, '_>),
    ) {
        let frame = &mut self.payload.frame;
        let start = frame.length();
        value(&mut LiteralWriter::new(frame));
        let reserve = frame.length().saturating_sub(start).saturating_add(3);
        frame.rewind(start);
        let mut why = self.error(Template::CommandFailed, reserve);
        text(&mut why);
        why.close_before_another();
        let frame = &mut self.payload.frame;
        value(&mut LiteralWriter::new(frame));
        frame.put_byte(b')');
    }

    /// Begins an answer that is a tuple of one element, to be [closed](Self::close_literal).
    #[inline(never)]
    pub(crate) fn open_literal(&mut self) -> &mut FrameWriter<'a> {
        let frame = &mut self.value().frame;
        frame.put(b"\x04repr(");
        frame
    }

    /// Ends an answer that is a tuple of one element.
    #[inline(never)]
    pub(crate) fn close_literal(&mut self) {
        self.payload.frame.put(b",)");
    }

    /// Answers with a text of printable characters.
    #[inline(never)]
    pub(crate) fn text(&mut self, text: &[u8]) {
        let mut quoted = self.quoted(ACK, 2);
        quoted.bytes(text);
        quoted.close();
    }

    /// Answers that there is no such command.
    #[inline(never)]
    pub(crate) fn not_found(&mut self, name: &[u8]) {
        let mut text = self.error(Template::CommandNotFound, 2);
        text.bytes(name);
        text.close();
    }

    /// Answers that a command of so many bytes cannot be read here.
    pub(crate) fn too_large(&mut self, size: usize) {
        let room = self.payload.frame.room_of_frame();
        self.does_not_fit(Template::CommandFailed, size, room);
    }

    /// Answers that the value could not be packed.
    pub fn unpackable(&mut self, problem: PackProblem) {
        let mut text = self.error(Template::PackingFailed, 2);
        problem.describe(&mut text);
        text.close();
    }

    /// Closes the reply; none if not even an error fits, for the command's name is too long.
    #[inline(never)]
    pub(crate) fn finish(&mut self) -> Option<usize> {
        if self.payload.frame.length() == self.header {
            self.payload.no_value();
        }
        if let Err(FrameTooLong { size, limit }) = self.payload.frame.check() {
            self.does_not_fit(Template::PackingFailed, size, limit);
        }
        self.payload.finish().ok()
    }

    /// What was written.
    pub(crate) fn bytes(&self, size: usize) -> &[u8] {
        self.payload.frame.bytes(size)
    }

    /// Answers that a frame of so many bytes, or one that was not counted to its end, does not fit.
    #[inline(never)]
    fn does_not_fit(&mut self, kind: Template, size: usize, limit: usize) {
        let mut text = self.error(kind, 2);
        match size {
            usize::MAX => text.say(Template::DoesNotFit),
            _ => text.fill(Template::FrameTooLong, size, b""),
        }
        text.integer(Integer::positive(limit as u64));
        text.close();
    }

    /// Begins the text of an error of the command itself.
    pub(crate) fn failed(&mut self) -> ErrorText<'_, 'a> {
        self.error(Template::CommandFailed, 2)
    }

    /// Begins the text of an error; `reserve` bytes stay free behind it.
    #[inline(never)]
    fn error(&mut self, kind: Template, reserve: usize) -> ErrorText<'_, 'a> {
        let mut text = self.quoted(ERR, reserve);
        text.say(kind);
        text
    }

    /// Begins a reply that is a tuple whose first element is a text.
    #[inline(never)]
    fn quoted(&mut self, suffix: &[u8; 3], reserve: usize) -> ErrorText<'_, 'a> {
        self.restart(suffix);
        self.payload.frame.put(b"\x04repr(");
        ErrorText::new(&mut self.payload.frame, reserve)
    }

    #[inline(never)]
    fn restart(&mut self, suffix: &[u8; 3]) {
        let frame = &mut self.payload.frame;
        frame.rewind(self.header.saturating_sub(suffix.len()));
        frame.put(suffix);
    }
}

#[cfg(all(test, feature = "repr"))]
mod tests;
