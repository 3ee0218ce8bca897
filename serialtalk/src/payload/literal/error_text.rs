//! The text of an error reply.

use core::fmt;

use super::write::put_text;
use crate::describe::Describe;
use crate::frame::FrameWriter;
use crate::problem::Integer;

/// Writes the text of an error as a string literal, and cuts it, at a character, where it would grow over its limit.
#[derive(Debug)]
pub struct ErrorText<'w, 'a> {
    frame: &'w mut FrameWriter<'a>,
    /// The longest that the frame may become with the text, its closing quote not counted.
    limit: usize,
}

impl<'w, 'a> ErrorText<'w, 'a> {
    /// Opens the string; `reserve` bytes of the frame stay free behind its closing quote.
    pub(crate) fn new(frame: &'w mut FrameWriter<'a>, reserve: usize) -> Self {
        frame.put_byte(b'\'');
        // Behind that, the closing quote and the end of the frame.
        let limit = frame.room_of_frame().saturating_sub(reserve.saturating_add(2));
        Self { frame, limit }
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) {
        if !put_text(self.frame, text.as_bytes(), b'\'', self.limit) {
            self.end();
        }
    }

    /// Closes the string and the tuple of which it is the only element.
    #[inline(never)]
    pub(crate) fn close(self) {
        self.frame.put(b"',)");
    }

    /// Closes the string; another element follows it.
    pub(crate) fn close_before_another(self) {
        self.frame.put(b"', ");
    }

    /// Adds a byte of a text that is printable for the most part: `?` stands for what is not.
    #[inline(never)]
    pub(crate) fn byte(&mut self, byte: u8) {
        let is_special = matches!(byte, b'\'' | b'\\');
        // Characters of several bytes come whole or not at all.
        let longest = if byte >= 0xc0 { 4 } else { 1 + usize::from(is_special) };
        if self.frame.length() + longest > self.limit {
            return self.end();
        }
        if is_special {
            self.frame.put_byte(b'\\');
        }
        self.frame.put_byte(if byte.is_ascii_control() { b'?' } else { byte });
    }

    /// Adds nothing any more: what follows would only hide that something is missing.
    fn end(&mut self) {
        self.limit = 0;
    }
}

impl Describe for ErrorText<'_, '_> {
    fn bytes(&mut self, text: &[u8]) {
        text.iter().for_each(|byte| self.byte(*byte));
    }

    #[inline(never)]
    fn integer(&mut self, Integer { negative, magnitude }: Integer) {
        if negative {
            self.byte(b'-');
        }
        let start = self.frame.length();
        self.frame.put_integer(magnitude);
        // Half a number would be another one.
        if self.frame.length() > self.limit {
            self.frame.rewind(start);
            self.end();
        }
    }
}

impl fmt::Write for ErrorText<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text(text);
        Ok(())
    }
}
