//! Formats as text.

use crate::payload::format::MAX_FORMAT;

/// A format as text, made at compile time.
#[derive(Clone, Copy)]
pub struct FormatText {
    text: [u8; MAX_FORMAT],
    length: usize,
}

impl FormatText {
    pub(super) const EMPTY: Self = Self { text: [0; MAX_FORMAT], length: 0 };

    /// How many bytes the text has.
    pub const fn len(&self) -> usize {
        self.length
    }

    /// Whether there is no format.
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The bytes of the text; `N` must be its length.
    pub const fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        let mut at = 0;
        while at < N && at < self.length {
            bytes[at] = self.text[at];
            at += 1;
        }
        bytes
    }

    /// The text.
    pub const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.text.split_at(self.length).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }

    pub(super) const fn push(mut self, byte: u8) -> Self {
        if self.length < MAX_FORMAT {
            self.text[self.length] = byte;
            self.length += 1;
        }
        self
    }

    pub(super) const fn push_number(self, number: u16) -> Self {
        let rest = if number >= 10 { self.push_number(number / 10) } else { self };
        rest.push(b'0' + (number % 10) as u8)
    }
}
