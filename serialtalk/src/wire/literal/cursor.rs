//! A position in the text of a literal.

use core::mem;

/// The text is not a literal that this crate reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotALiteral;

/// Takes the text of a literal byte by byte, from left to right.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    /// The text that was not cut off yet.
    text: &'a mut [u8],
    /// How many bytes of it were taken.
    at: usize,
}

impl<'a> Cursor<'a> {
    /// Starts at the beginning of `text`.
    pub(super) const fn new(text: &'a mut [u8]) -> Self {
        Self { text, at: 0 }
    }

    /// The next byte, without taking it; `None` at the end.
    // Called from everywhere: a board's firmware is 516 B smaller than with copies of it.
    #[inline(never)]
    pub(super) fn first(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// Takes the next byte.
    pub(super) fn next(&mut self) -> Result<u8, NotALiteral> {
        let byte = self.first().ok_or(NotALiteral)?;
        self.advance();
        Ok(byte)
    }

    /// Takes the next byte, which is known to be there.
    pub(super) fn advance(&mut self) {
        self.at += 1;
    }

    /// Skips white space and returns the byte after it, without taking that.
    pub(super) fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.first() {
            self.advance();
        }
        self.first()
    }

    /// Takes `byte` if it comes next after white space, and returns whether it does.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        self.peek();
        self.eat_exactly(byte)
    }

    /// Takes `byte` if it comes next with no white space before it, and returns whether it does.
    pub(super) fn eat_exactly(&mut self, byte: u8) -> bool {
        let found = self.first() == Some(byte);
        if found {
            self.advance();
        }
        found
    }

    /// Takes `byte`, which must come next after white space.
    pub(super) fn expect(&mut self, byte: u8) -> Result<(), NotALiteral> {
        if self.eat(byte) { Ok(()) } else { Err(NotALiteral) }
    }

    /// Takes a quotation mark, which must come next with no white space before it, and returns it.
    pub(super) fn quote(&mut self) -> Result<u8, NotALiteral> {
        match self.next()? {
            quote @ (b'\'' | b'"') => Ok(quote),
            _ => Err(NotALiteral),
        }
    }

    /// The letters, digits and underscores that come next, without taking them.
    pub(super) fn word(&self) -> &[u8] {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let len = rest.iter().take_while(|byte| **byte == b'_' || byte.is_ascii_alphanumeric()).count();
        rest.get(..len).unwrap_or_default()
    }

    /// The byte after the letters, digits and underscores that come next.
    pub(super) fn after_word(&self) -> Option<u8> {
        self.text.get(self.at + self.word().len()).copied()
    }

    /// Takes the letters, digits and underscores that come next, and returns how many there are.
    pub(super) fn take_word(&mut self) -> usize {
        let len = self.word().len();
        self.at += len;
        len
    }

    /// How many bytes were taken since the last [`cut`](Self::cut).
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Goes back to a position that was left since the last [`cut`](Self::cut).
    pub(super) fn go_back(&mut self, position: usize) {
        self.at = position;
    }

    /// Replaces a byte that was taken since the last [`cut`](Self::cut).
    pub(super) fn overwrite(&mut self, position: usize, byte: u8) {
        if let Some(place) = self.text.get_mut(position) {
            *place = byte;
        }
    }

    /// Cuts off the text that was taken, and returns it from `start` to `end`, two positions in it.
    pub(super) fn cut(&mut self, start: usize, end: usize) -> &'a [u8] {
        let at = mem::take(&mut self.at);
        let (taken, rest) = mem::take(&mut self.text).split_at_mut_checked(at).unwrap_or_default();
        self.text = rest;
        taken.get(start..end).unwrap_or_default()
    }
}

/// Whether a byte is a quotation mark, with which strings begin.
pub(super) fn is_quote(byte: u8) -> bool {
    matches!(byte, b'\'' | b'"')
}

/// The value of a digit in a base of at most 16.
pub(super) fn digit_of(byte: u8, base: u32) -> Option<u32> {
    char::from(byte).to_digit(16).filter(|digit| *digit < base)
}
