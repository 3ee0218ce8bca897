//! The text of an error reply.

use core::fmt;

use super::write::put_text;
use crate::describe::Describe;
use crate::frame::FrameWriter;

/// Writes the text of an error as a string literal, and cuts it, at a character, where it would grow over its limit.
#[derive(Debug)]
pub struct ErrorText<'w, 'a> {
    frame: &'w mut FrameWriter<'a>,
}

impl<'w, 'a> ErrorText<'w, 'a> {
    pub(crate) fn new(frame: &'w mut FrameWriter<'a>) -> Self {
        Self { frame }
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) {
        if !put_text(self.frame, text.as_bytes(), b'\'', self.frame.limit()) {
            self.frame.set_limit(0);
        }
    }
}

impl fmt::Write for ErrorText<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text(text);
        Ok(())
    }
}

/// What is said about an error stands in a string literal in single quotes.
impl Describe for FrameWriter<'_> {
    /// Adds a byte of a text that is printable for the most part: `?` stands for what is not.
    #[inline(never)]
    fn say_byte(&mut self, byte: u8) -> &mut Self {
        let start = self.length();
        if matches!(byte, b'\'' | b'\\') {
            self.put_byte(b'\\');
        }
        self.put_byte(if byte < b' ' { b'?' } else { byte });
        // Characters of several bytes come whole or not at all.
        self.cut(start, if byte >= 0xc0 { 3 } else { 0 });
        self
    }

    #[inline(never)]
    fn say(&mut self, text: &[u8]) -> &mut Self {
        for byte in text {
            self.say_byte(*byte);
        }
        self
    }

    #[inline(never)]
    fn say_integer(&mut self, integer: u64) -> &mut Self {
        let start = self.length();
        self.put_integer(integer);
        // Half a number would be another one.
        self.cut(start, 0);
        self
    }
}
