//! Text of a limited size inside a string literal: what an error reply says.

use core::fmt;

use super::escape::escape_byte;
use crate::wire::frame::FrameWriter;

/// Writes the inside of a string literal in single quotes, and cuts it before the character with which the frame would
/// grow over a limit.
///
/// After the cut nothing more is written, because that would only hide that something is missing. Digits right before the
/// cut are removed: half a number would be another one. The caller writes the quotes.
#[derive(Debug)]
pub struct TextWriter<'w, 'a> {
    frame: &'w mut FrameWriter<'a>,
    /// The largest size that the frame may have so far, in bytes.
    limit: usize,
    /// The size of the frame before the character or number that was written last.
    start: usize,
    /// Whether that is a number.
    is_digit: bool,
    is_cut: bool,
}

impl<'w, 'a> TextWriter<'w, 'a> {
    /// Writes to the end of a frame until the frame has `limit` bytes, what was written before included.
    pub(crate) fn new(frame: &'w mut FrameWriter<'a>, limit: usize) -> Self {
        Self { frame, limit, start: 0, is_digit: false, is_cut: false }
    }

    /// Whether something was left out because of the limit.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Writes text that is known to be UTF-8, or ASCII of a peer.
    pub(crate) fn bytes(&mut self, text: &[u8]) {
        let mut rest = text;
        while !self.is_cut {
            let (byte, is_escaped);
            (byte, is_escaped, rest) = match rest {
                [] => return,
                // Controls and the two invisible characters of Latin-1 are escaped, as in Python.
                [0xc2, byte @ (0x80..=0xa0 | 0xad), after @ ..] => (*byte, true, after),
                [byte, after @ ..] => (*byte, byte.is_ascii(), after),
            };
            self.byte(byte, is_escaped);
        }
    }

    fn byte(&mut self, byte: u8, is_escaped: bool) {
        let goes_on = if is_escaped { self.is_digit && byte.is_ascii_digit() } else { byte & 0xc0 == 0x80 };
        if !goes_on {
            self.start = self.frame.len();
        }
        self.is_digit = byte.is_ascii_digit();
        if is_escaped {
            escape_byte(byte, b'\'', |bytes| _ = self.frame.put(bytes));
        } else {
            self.frame.put_byte(byte);
        }
        if self.frame.len() > self.limit {
            self.is_cut = true;
            self.frame.truncate(self.start);
        }
    }
}

impl fmt::Write for TextWriter<'_, '_> {
    /// Writes a text. Never fails; a text that is cut is still a text.
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.bytes(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use super::*;
    use crate::wire::frame::Head;
    use alloc::string::{String, ToString};
    use core::fmt::Write;

    /// Writes to a frame that has 4 bytes already and may grow to `limit`; returns the text and whether it is cut.
    fn written(limit: usize, write: impl FnOnce(&mut TextWriter<'_, '_>)) -> (String, bool) {
        let mut buffer = [0; 64];
        let mut frame = FrameWriter::new(&mut buffer, Head::command(b"x"));
        let start = frame.len();
        let mut text = TextWriter::new(&mut frame, limit);
        write(&mut text);
        let is_cut = text.is_cut();
        let end = frame.finish().unwrap() - 1;
        (core::str::from_utf8(&buffer[start..end]).unwrap().to_string(), is_cut)
    }

    fn write_text(text: &str) -> impl FnOnce(&mut TextWriter<'_, '_>) {
        move |writer| writer.bytes(text.as_bytes())
    }

    #[test]
    fn text_is_escaped_for_single_quotes() {
        let (text, is_cut) = written(60, write_text("it's \"so\" \\\n\r\t\x07é\u{85}\u{ad}€"));
        assert_eq!((text.as_str(), is_cut), (r#"it\'s "so" \\\n\r\t\x07é\x85\xad€"#, false));
    }

    #[test]
    fn text_is_cut_before_the_character_that_does_not_fit() {
        for (text, room, expected, expected_cut) in [
            ("abc", 3, "abc", false),
            ("abc", 2, "ab", true),
            ("abc", 0, "", true),
            ("a€b", 5, "a€b", false),
            ("a€b", 4, "a€", true),
            ("a€b", 3, "a", true),
            ("a'b", 3, r"a\'", true),
            ("a'b", 2, "a", true),
            ("\x07", 4, r"\x07", false),
            ("\x07", 3, "", true),
        ] {
            let (written, is_cut) = written(4 + room, write_text(text));
            assert_eq!((written.as_str(), is_cut), (expected, expected_cut), "{text}");
        }
    }

    #[test]
    fn nothing_is_written_after_the_cut() {
        let (text, is_cut) = written(8, |text| {
            text.bytes("ab€".as_bytes());
            text.bytes(b"c");
        });
        assert_eq!((text.as_str(), is_cut), ("ab", true));
    }

    #[test]
    fn a_number_is_written_whole_or_not_at_all() {
        assert_eq!(written(9, write_text("12345")), ("12345".to_string(), false));
        assert_eq!(written(9, write_text("123456")), (String::new(), true));
        assert_eq!(written(9, write_text("a:3456")), ("a:".to_string(), true));
    }

    #[test]
    fn formatting_does_not_fail_when_the_text_is_cut() {
        let (text, is_cut) = written(8, |text| assert_eq!(write!(text, "{}-{}", 123, 456), Ok(())));
        assert_eq!((text.as_str(), is_cut), ("123-", true));
    }
}
