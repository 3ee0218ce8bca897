//! Formats as text.

use crate::wire::struct_format::MAX_FORMAT;

/// A format as text, made at compile time. Text that no frame could hold is cut.
#[derive(Debug, Clone, Copy)]
pub struct FormatText {
    text: [u8; MAX_FORMAT],
    len: usize,
}

impl FormatText {
    pub(super) const EMPTY: Self = Self { text: [0; MAX_FORMAT], len: 0 };

    /// The length in bytes.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether the text is empty.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The text as an array; `N` must be its length.
    pub const fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        let mut at = 0;
        while at < N && at < self.len {
            bytes[at] = self.text[at];
            at += 1;
        }
        bytes
    }

    /// The text.
    pub const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.text.split_at(self.len).0) {
            Ok(text) => text,
            // Only ASCII is pushed.
            Err(_) => "",
        }
    }

    /// Whether nothing more fits.
    pub(super) const fn is_full(&self) -> bool {
        self.len == MAX_FORMAT
    }

    /// Appends an ASCII character.
    pub(super) const fn push(&mut self, byte: u8) {
        if !self.is_full() {
            self.text[self.len] = byte;
            self.len += 1;
        }
    }

    /// Appends a number in decimal.
    pub(super) const fn push_number(&mut self, number: u16) {
        if number >= 10 {
            self.push_number(number / 10);
        }
        self.push(b'0' + (number % 10) as u8);
    }

    /// Appends an ASCII text.
    pub(super) const fn push_str(&mut self, text: &str) {
        let mut rest = text.as_bytes();
        while let [byte, after @ ..] = rest {
            self.push(*byte);
            rest = after;
        }
    }
}
