//! The answer to one command.

use core::fmt::{Debug, Write};

use crate::command::Suffix;
use crate::describe::{Describe, NOTHING, Template};
use crate::frame::FrameWriter;
use crate::payload::literal::{ErrorText, LiteralWriter};
use crate::payload::pack::PackProblem;
use crate::payload::{NO_VALUE, PayloadWriter};
use crate::reader::Reader;
use crate::value::Encode;

/// Takes the answer to a command: a value, or an error.
///
/// What was written last counts. A value that does not fit its frame becomes an error that says so.
#[derive(Debug)]
pub struct Reply<'a> {
    payload: PayloadWriter<'a>,
    /// That of the command.
    name: &'a [u8],
}

impl<'a> Reply<'a> {
    pub(crate) fn new(buffer: &'a mut [u8], name: &'a [u8]) -> Self {
        Self { payload: PayloadWriter::new(FrameWriter::empty(buffer)), name }
    }

    /// The name of the command.
    pub(crate) fn name(&self) -> &'a [u8] {
        self.name
    }

    /// Begins the value of the reply.
    pub fn value(&mut self) -> &mut PayloadWriter<'a> {
        self.structure(b"");
        &mut self.payload
    }

    /// Begins a value behind the header of a payload that is known to be right; what is packed follows.
    #[inline(never)]
    pub(crate) fn structure(&mut self, header: &[u8]) -> &mut FrameWriter<'a> {
        self.begin(Suffix::Ack, header)
    }

    /// Whether the arguments were all that came, and right; answers what is wrong otherwise.
    #[inline(never)]
    pub fn accepts(&mut self, arguments: &mut Reader<'_>) -> bool {
        if arguments.is_right() {
            return true;
        }
        self.refuse(arguments);
        false
    }

    /// Answers what is wrong with arguments; does nothing if nothing is.
    #[inline(never)]
    pub fn refuse(&mut self, arguments: &Reader<'_>) {
        self.refuse_by(arguments, Template::NamedArgument);
    }

    /// The same as [`accepts`](Self::accepts) for arguments without names.
    pub fn accepts_unnamed(&mut self, arguments: &mut Reader<'_>) -> bool {
        if arguments.is_right() {
            return true;
        }
        self.refuse_by(arguments, Template::Argument);
        false
    }

    #[inline(always)]
    fn refuse_by(&mut self, arguments: &Reader<'_>, argument: Template) {
        if arguments.has_problem() {
            self.error(Template::CommandFailed);
            arguments.describe(argument, &mut self.payload.frame);
            self.close();
        }
    }

    /// Answers that the command failed, with a text that says why.
    pub fn fail(&mut self, why: impl FnOnce(&mut ErrorText<'_, 'a>)) {
        self.error(Template::CommandFailed);
        why(&mut ErrorText::new(&mut self.payload.frame));
        self.close();
    }

    /// Answers that the command failed, with an error that a Rust peer gets as a value and a Python peer as text.
    ///
    /// If both do not fit, the text is cut.
    pub fn fail_with<E: Encode + Debug>(&mut self, error: &E) {
        self.fail_with_value(error, |writer| error.write(writer));
    }

    pub(crate) fn fail_with_value<E: Debug>(
        &mut self,
        error: &E,
        value: impl Fn(&mut LiteralWriter<'_, '_>),
    ) {
        let frame = &mut self.payload.frame;
        let start = frame.length();
        value(&mut LiteralWriter::new(frame));
        let length = frame.length().saturating_sub(start);
        self.quote(Suffix::Err);
        let frame = &mut self.payload.frame;
        frame.set_limit(frame.limit().saturating_sub(length.saturating_add(1)));
        frame.add(Template::CommandFailed, NOTHING);
        put_debug(error, &mut ErrorText::new(frame));
        frame.put(b"', ");
        value(&mut LiteralWriter::new(frame));
        frame.put_byte(b')');
    }

    /// Answers with a text of printable characters.
    #[inline(always)]
    pub(crate) fn text(&mut self, text: &[u8]) {
        self.quote(Suffix::Ack);
        self.payload.frame.say(text);
        self.close();
    }

    /// Answers that there is no such command.
    #[inline(always)]
    pub(crate) fn not_found(&mut self) {
        self.error(Template::CommandNotFound);
        self.payload.frame.say(self.name);
        self.close();
    }

    /// Answers that there is no such module.
    #[inline(always)]
    pub(crate) fn no_module(&mut self) {
        self.error(Template::NoModule);
        self.close();
    }

    /// Answers that a command of so many bytes cannot be read here.
    pub(crate) fn too_large(&mut self, size: usize) {
        self.does_not_fit(Template::CommandFailed, size);
    }

    /// Answers that the value could not be packed.
    pub fn unpackable(&mut self, problem: PackProblem) {
        self.error(Template::PackingFailed);
        problem.describe(&mut self.payload.frame);
        self.close();
    }

    /// Closes the reply and returns its size; zero if not even an error fits, for the command's name is too long.
    #[inline(always)]
    pub(crate) fn finish(&mut self) -> usize {
        if self.payload.frame.length() == 0 {
            self.structure(NO_VALUE);
        }
        let length = self.payload.frame.length();
        if length >= self.payload.frame.room_of_frame() {
            self.does_not_fit(Template::PackingFailed, length + 1);
        }
        self.payload.frame.close()
    }

    /// What was written.
    pub(crate) fn bytes(&self, size: usize) -> &[u8] {
        self.payload.frame.bytes(size)
    }

    /// Answers that a frame of so many bytes, or one that was spoiled, does not fit.
    fn does_not_fit(&mut self, kind: Template, size: usize) {
        self.error(kind);
        let frame = &mut self.payload.frame;
        let mut last = Template::DoesNotFit;
        if !FrameWriter::is_spoiled(size) {
            frame.say_integer(size as u64);
            last = Template::BytesOver;
        }
        frame.add(last, NOTHING);
        frame.say_integer(frame.room_of_frame() as u64);
        self.close();
    }

    /// Begins the text of an error.
    #[inline(never)]
    fn error(&mut self, template: Template) -> &mut FrameWriter<'a> {
        let frame = self.quote(Suffix::Err);
        frame.add(template, NOTHING);
        frame
    }

    /// Begins a reply that is a tuple whose first element is a text.
    #[inline(never)]
    fn quote(&mut self, suffix: Suffix) -> &mut FrameWriter<'a> {
        let frame = self.begin(suffix, b"\x04repr('");
        // Behind the text it must be possible to close the tuple and the frame. Where there is no room for that, whatever
        // is written fits no frame either.
        frame.set_limit(frame.room_of_frame().wrapping_sub(b"',)>".len()));
        frame
    }

    /// Ends a text, and the tuple of which it is the only element.
    #[inline(never)]
    fn close(&mut self) -> &mut FrameWriter<'a> {
        self.payload.frame.put(b"',)")
    }

    #[inline(never)]
    fn begin(&mut self, suffix: Suffix, header: &[u8]) -> &mut FrameWriter<'a> {
        self.payload.frame.begin(self.name, suffix.bytes());
        self.payload.frame.put(header)
    }
}

/// Says what an error is to peers that know nothing of Rust.
fn put_debug<E: Debug>(error: &E, text: &mut ErrorText<'_, '_>) {
    // Writing to a buffer that counts cannot fail; a broken `Debug` leaves the text short.
    #[cfg(not(target_arch = "avr"))]
    let _ = write!(text, "{error:?}");
    // The compiler does not align the stack there, and `core::fmt` takes arguments at odd addresses for something else: the
    // type has to do, and the value behind the text tells the rest.
    #[cfg(target_arch = "avr")]
    let _ = (error, text.write_str(core::any::type_name::<E>()));
}

#[cfg(all(test, feature = "repr"))]
mod tests;
