//! Strings and bytes.

use super::read::LiteralReader;
use crate::number::{NO_DIGIT, digit_of};

impl LiteralReader<'_> {
    /// Takes a string or bytes literal, several that stand side by side as one. False if there is none, one is not closed,
    /// has an escape that does not exist, or, as bytes, a character that is not ASCII.
    #[inline(never)]
    pub(super) fn quoted(&mut self) -> bool {
        self.is_text = self.peek() != b'b';
        // All the pieces are gathered at the front of the text that they took.
        self.cut();
        let mut found = false;
        while self.is_text || self.eat(b'b') {
            let quote = self.first();
            if !is_quote(quote) {
                found &= self.is_text;
                break;
            }
            self.next();
            if !self.unescape(quote) {
                return false;
            }
            found = true;
            self.peek();
        }
        self.cut();
        found
    }

    /// Takes the inside of a piece and its closing quote.
    #[inline(always)]
    fn unescape(&mut self, quote: u8) -> bool {
        let start = self.at;
        loop {
            let byte = self.next();
            if byte == quote {
                // A triple quote would be an empty piece with another behind it; `repr` never writes one.
                return start + 1 != self.at || self.first() != quote;
            }
            // A zero is the end, or what Python takes for it.
            if matches!(byte, 0 | b'\n') || (!self.is_text && !byte.is_ascii()) {
                return false;
            }
            if byte != b'\\' {
                self.gather(byte);
                continue;
            }
            let letter = self.next();
            if letter == b'\n' {
                continue;
            }
            let code = self.escape(letter);
            if !(if self.is_text { char::from_u32(code).is_some() } else { code <= 0xff }) {
                return false;
            }
            self.gather_character(code);
        }
    }

    /// What an escape stands for that begins with this letter; more than any character if it does not exist. `\N{..}` names
    /// a character, and any other letter keeps its backslash in Python with a warning.
    #[inline(never)]
    fn escape(&mut self, letter: u8) -> u32 {
        let digits = match letter {
            b'0'..=b'7' => {
                let mut code = digit_of(letter);
                for _ in 0..2 {
                    let digit = digit_of(self.first());
                    if digit > 7 {
                        break;
                    }
                    self.next();
                    code = code << 3 | digit;
                }
                return code;
            }
            b'x' => 2,
            b'u' if self.is_text => 4,
            b'U' if self.is_text => 8,
            b'\\' | b'\'' | b'"' => return letter.into(),
            // From 7 on, in order.
            _ => {
                let place = b"abtnvfr".iter().position(|known| *known == letter);
                return place.map_or(NO_DIGIT, |place| place as u32 + 7);
            }
        };
        // What is no digit has all bits set, some of which are beyond the last character behind seven digits, too.
        (0..digits).fold(0, |code, _| code << 4 | digit_of(self.next()))
    }

    /// Adds a character in UTF-8, or as one byte.
    #[inline(never)]
    fn gather_character(&mut self, code: u32) {
        // What the first byte holds is below this; a bit less for each byte behind it.
        let mut limit = if self.is_text { 0x80 } else { 0x100 };
        let mut shift = 0;
        while code >> shift >= limit {
            shift += 6;
            limit = (limit >> 1).min(0x20);
        }
        // As many bits are set at its top as there are bytes.
        let mut byte = code >> shift | (limit << 1).wrapping_neg();
        loop {
            self.gather(byte as u8);
            if shift == 0 {
                break;
            }
            shift -= 6;
            byte = code >> shift & 0x3f | 0x80;
        }
    }

    /// Adds a byte to the value. That is never longer than what it was read from: `\x80` is 4 bytes of text and 2 of UTF-8.
    #[inline(never)]
    pub(super) fn gather(&mut self, byte: u8) {
        if let Some(place) = self.text.get_mut(self.gathered) {
            *place = byte;
            self.gathered += 1;
        }
    }
}

pub(super) fn is_quote(byte: u8) -> bool {
    matches!(byte, b'\'' | b'"')
}
