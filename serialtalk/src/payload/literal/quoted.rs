//! Strings and bytes.

use super::read::LiteralReader;
use crate::number::{NO_DIGIT, digit_of};

impl<'a> LiteralReader<'a> {
    /// Takes a string or bytes literal, several that stand side by side as one. None if there is none, or one is not closed,
    /// has an escape that does not exist, or, as bytes, a character that is not ASCII.
    #[inline(never)]
    pub(super) fn quoted(&mut self) -> Option<&'a [u8]> {
        self.is_text = self.peek() != 'b';
        // All the pieces are gathered at the front of the text that they took.
        self.cut();
        loop {
            if !self.is_text {
                self.next();
            }
            if !self.unescape() {
                return None;
            }
            let next = self.peek();
            if !(if self.is_text { is_quote(next) } else { next == 'b' }) {
                return Some(self.cut());
            }
        }
    }

    /// Takes a piece with its quotes.
    #[inline(always)]
    fn unescape(&mut self) -> bool {
        let quote = self.next();
        if !is_quote(quote) {
            return false;
        }
        let start = self.at;
        loop {
            let character = self.next();
            if character == quote {
                // A triple quote would be an empty piece with another behind it; `repr` never writes one.
                return start + 1 != self.at || self.first() != quote;
            }
            // A zero is the end, or what Python takes for it.
            if matches!(character, '\0' | '\n') || (!self.is_text && !character.is_ascii()) {
                return false;
            }
            if character != '\\' {
                self.gather(u32::from(character));
                continue;
            }
            let letter = self.next();
            if letter == '\n' {
                continue;
            }
            let code = self.escape(letter);
            if !(if self.is_text { char::from_u32(code).is_some() } else { code <= 0xff }) {
                return false;
            }
            self.gather_character(code, if self.is_text { 0x80 } else { 0x100 });
        }
    }

    /// What an escape stands for that begins with this letter; more than any character if it does not exist. `\N{..}` names
    /// a character, and any other letter keeps its backslash in Python with a warning.
    #[inline(never)]
    fn escape(&mut self, letter: char) -> u32 {
        let digits = match letter {
            '0'..='7' => {
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
            'x' => 2,
            'u' if self.is_text => 4,
            'U' if self.is_text => 8,
            '\\' | '\'' | '"' => return letter.into(),
            // From 7 on, in order.
            _ => {
                let place = b"abtnvfr".iter().position(|known| char::from(*known) == letter);
                return place.map_or(NO_DIGIT, |place| place as u32 + 7);
            }
        };
        // What is no digit has all bits set, some of which are beyond the last character behind seven digits, too.
        (0..digits).fold(0, |code, _| code << 4 | digit_of(self.next()))
    }

    /// Adds a character: one byte below `limit`, or else a byte with that limit behind what is left.
    // It calls itself three times at most.
    #[inline(never)]
    fn gather_character(&mut self, code: u32, limit: u32) {
        let mut byte = code;
        if code < limit {
            // The first byte has as many bits set at its top as there are bytes, if there are others.
            byte |= (limit << 1).wrapping_neg();
        } else {
            self.gather_character(code >> 6, (limit >> 1).min(0x20));
            byte = code & 0x3f | 0x80;
        }
        self.gather(byte);
    }

    /// Adds a byte to the value. That is never longer than what it was read from: `\x80` is 4 bytes of text and 2 of UTF-8.
    fn gather(&mut self, byte: u32) {
        if let Some(place) = self.text.get_mut(self.gathered) {
            *place = byte as u8;
            self.gathered += 1;
        }
    }
}

pub(super) fn is_quote(character: char) -> bool {
    matches!(character, '\'' | '"')
}
