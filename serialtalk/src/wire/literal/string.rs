//! Strings and bytes in literals.

use super::cursor::{Cursor, NotALiteral, digit_of, is_quote};

/// What a string literal holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Text,
    Bytes,
}

/// The letters after a backslash that mean one character, and that character.
const ESCAPES: [(u8, u8); 10] = [
    (b'\\', b'\\'),
    (b'\'', b'\''),
    (b'"', b'"'),
    (b'a', 0x07),
    (b'b', 0x08),
    (b't', b'\t'),
    (b'n', b'\n'),
    (b'v', 0x0b),
    (b'f', 0x0c),
    (b'r', b'\r'),
];

impl<'a> Cursor<'a> {
    /// Takes a string or bytes literal, or several of a kind side by side, which are one.
    ///
    /// # Errors
    ///
    /// Returns [`NotALiteral`] if there is no such literal, one is not closed, has an escape that does not exist, or, as
    /// bytes, has a character that is not ASCII.
    pub(super) fn string(&mut self) -> Result<&'a [u8], NotALiteral> {
        let content = if self.peek() == Some(b'b') { Content::Bytes } else { Content::Text };
        // The value replaces the text it is read from, which is never shorter: `\x80` is 4 bytes of text and 2 of UTF-8.
        let start = self.position();
        let mut end = start;
        loop {
            if content == Content::Bytes {
                self.advance();
            }
            self.piece(content, &mut end)?;
            let is_last = match content {
                Content::Text => !self.peek().is_some_and(is_quote),
                Content::Bytes => self.peek() != Some(b'b'),
            };
            if is_last {
                return Ok(self.cut(start, end));
            }
        }
    }

    /// Skips the rest of a string after the opening `quote`, and the closing one.
    pub(super) fn skip_quoted(&mut self, quote: u8) -> Result<(), NotALiteral> {
        loop {
            match self.next()? {
                b'\\' => _ = self.next(),
                byte if byte == quote => return Ok(()),
                _ => {}
            }
        }
    }

    /// Takes one pair of quotes, and appends what is between them to the value, which ends at `end`.
    fn piece(&mut self, content: Content, end: &mut usize) -> Result<(), NotALiteral> {
        let quote = self.quote()?;
        let start = self.position();
        loop {
            match self.next()? {
                byte if byte == quote => break,
                b'\\' => self.escape(content, end)?,
                // Python takes a zero for the end of the text.
                b'\0' | b'\n' => return Err(NotALiteral),
                byte if content == Content::Text || byte.is_ascii() => self.gather(byte, end),
                _ => return Err(NotALiteral),
            }
        }
        // A triple quote would be an empty piece that another quote follows; `repr` never writes one.
        let is_empty = self.position() == start + 1;
        if is_empty && self.first() == Some(quote) { Err(NotALiteral) } else { Ok(()) }
    }

    /// Takes an escape after its backslash, and appends its meaning. `\N{..}`, which names a character, is refused, and
    /// so is any letter that keeps its backslash in Python, which warns of it.
    fn escape(&mut self, content: Content, end: &mut usize) -> Result<(), NotALiteral> {
        let letter = self.next()?;
        let code = match letter {
            // A line that goes on in the next one.
            b'\n' => return Ok(()),
            b'0'..=b'7' => {
                let first = u32::from(letter - b'0');
                self.digits_of_code(first, 8, 2).0
            }
            b'x' => self.hexadecimal(2)?,
            b'u' if content == Content::Text => self.hexadecimal(4)?,
            b'U' if content == Content::Text => self.hexadecimal(8)?,
            _ => {
                let escape = ESCAPES.iter().find(|(known, _)| *known == letter).ok_or(NotALiteral)?;
                escape.1.into()
            }
        };
        match content {
            Content::Text => {
                let character = char::from_u32(code).ok_or(NotALiteral)?;
                for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                    self.gather(byte, end);
                }
            }
            Content::Bytes => self.gather(u8::try_from(code).map_err(|_| NotALiteral)?, end),
        }
        Ok(())
    }

    /// Takes exactly `count` hexadecimal digits, at most 8.
    fn hexadecimal(&mut self, count: usize) -> Result<u32, NotALiteral> {
        let (code, taken) = self.digits_of_code(0, 16, count);
        if taken == count { Ok(code) } else { Err(NotALiteral) }
    }

    /// Takes up to `most` digits, appends them to a code, and returns that and how many there were.
    fn digits_of_code(&mut self, code: u32, base: u32, most: usize) -> (u32, usize) {
        let (mut code, mut count) = (code, 0);
        while count < most
            && let Some(digit) = self.first().and_then(|byte| digit_of(byte, base))
        {
            self.advance();
            code = code * base + digit;
            count += 1;
        }
        (code, count)
    }

    /// Appends a byte to the value, which ends at `end`.
    fn gather(&mut self, byte: u8, end: &mut usize) {
        self.overwrite(*end, byte);
        *end += 1;
    }
}
