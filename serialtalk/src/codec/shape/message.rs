//! Messages for the compiler to show, composed at compile time.

/// A message for the compiler to show. A longer one is cut.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Message {
    text: [u8; MAX_MESSAGE],
    len: usize,
}

/// Two names of commands and some words around them.
const MAX_MESSAGE: usize = 640;

impl Message {
    /// A message of some parts, one after the other.
    pub(crate) const fn of(parts: &[&str]) -> Self {
        let mut message = Self::EMPTY;
        let mut rest = parts;
        while let [part, after @ ..] = rest {
            message = message.text(part);
            rest = after;
        }
        message
    }

    pub(super) const EMPTY: Self = Self { text: [0; MAX_MESSAGE], len: 0 };

    /// The whole text.
    pub(crate) const fn as_str(&self) -> &str {
        let text = self.text.split_at(self.len).0;
        match core::str::from_utf8(text) {
            Ok(text) => text,
            // The last character was cut.
            Err(error) => match core::str::from_utf8(text.split_at(error.valid_up_to()).0) {
                Ok(text) => text,
                Err(_) => "",
            },
        }
    }

    /// Appends a text.
    pub(super) const fn text(mut self, text: &str) -> Self {
        let mut rest = text.as_bytes();
        while let [byte, after @ ..] = rest {
            if self.len < MAX_MESSAGE {
                self.text[self.len] = *byte;
                self.len += 1;
            }
            rest = after;
        }
        self
    }

    /// Appends a number in decimal.
    pub(super) const fn number(self, number: usize) -> Self {
        let front = if number >= 10 { self.number(number / 10) } else { self };
        front.byte(b'0' + (number % 10) as u8)
    }

    /// Appends an ASCII character; anything else as `?`.
    pub(super) const fn byte(self, byte: u8) -> Self {
        match core::str::from_utf8(&[byte]) {
            Ok(text) => self.text(text),
            Err(_) => self.text("?"),
        }
    }
}
