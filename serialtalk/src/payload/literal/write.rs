//! Values to text that Python reads back as the same values.

use core::fmt;

use crate::frame::FrameWriter;
use crate::number;

/// Writes a literal from left to right, as Python's `repr` would.
#[derive(Debug)]
pub struct LiteralWriter<'w, 'a> {
    frame: &'w mut FrameWriter<'a>,
    /// Whether a sequence was just opened, so that no comma is due before its next element.
    fresh: bool,
}

impl<'w, 'a> LiteralWriter<'w, 'a> {
    pub(crate) fn new(frame: &'w mut FrameWriter<'a>) -> Self {
        Self { frame, fresh: true }
    }

    /// Opens a sequence: `(`, `[` or `{`.
    pub fn open(&mut self, bracket: u8) {
        self.frame.put_byte(bracket);
        self.fresh = true;
    }

    /// Comes before each element of a sequence.
    pub fn element(&mut self) {
        if !self.fresh {
            self.frame.put(b", ");
        }
        self.fresh = false;
    }

    /// Stands between the key and the value of a map.
    pub fn colon(&mut self) {
        self.frame.put(b": ");
    }

    /// Closes a list or a map: `]` or `}`.
    pub fn close(&mut self, bracket: u8) {
        self.frame.put_byte(bracket);
        self.fresh = false;
    }

    /// Closes a tuple of `count` elements; one alone has a comma behind it.
    pub fn close_tuple(&mut self, count: usize) {
        self.frame.put(if count == 1 { b",)" } else { b")" });
        self.fresh = false;
    }

    /// A tuple of one element.
    pub fn sole(&mut self, value: impl FnOnce(&mut Self)) {
        self.open(b'(');
        self.element();
        value(self);
        self.close_tuple(1);
    }

    /// `None`.
    pub fn none(&mut self) {
        self.frame.put(b"None");
    }

    /// A word that needs no quotes and no escapes, such as `set()`.
    #[cfg(feature = "alloc")]
    pub(crate) fn word(&mut self, word: &str) {
        self.frame.put(word.as_bytes());
    }

    /// `True` or `False`.
    pub fn bool(&mut self, value: bool) {
        self.frame.put(if value { b"True" } else { b"False" });
    }

    /// An integer.
    pub fn integer(&mut self, negative: bool, magnitude: u64) {
        if negative {
            self.frame.put_byte(b'-');
        }
        self.frame.put(number::write_u64(magnitude, &mut [0; 20]));
    }

    /// An integer of more than 64 bits.
    pub fn wide_integer(&mut self, negative: bool, mut magnitude: u128) {
        if negative {
            self.frame.put_byte(b'-');
        }
        let mut digits = [0; 39];
        let mut start = digits.len();
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (magnitude % 10) as u8;
            magnitude /= 10;
            start -= 1;
            if magnitude == 0 {
                break;
            }
        }
        self.frame.put(digits.get(start..).unwrap_or_default());
    }

    /// A float with the fewest digits that read back as the same `f32`.
    pub fn float32(&mut self, value: f32) {
        if value.is_finite() {
            self.frame.put(number::write(value, &mut [0; 32]));
        } else {
            self.not_finite(value.is_nan(), value.is_sign_negative());
        }
    }

    /// A float with the fewest digits that read back as the same `f64`.
    pub fn float64(&mut self, value: f64) {
        if value.is_finite() {
            self.frame.put(number::write(value, &mut [0; 32]));
        } else {
            self.not_finite(value.is_nan(), value.is_sign_negative());
        }
    }

    /// Python's own `inf` and `nan` are names, and evaluating them fails; these forms evaluate everywhere.
    fn not_finite(&mut self, is_nan: bool, is_negative: bool) {
        self.frame.put(match (is_nan, is_negative) {
            (true, _) => b"float('nan')",
            (false, false) => b"1e999",
            (false, true) => b"-1e999",
        });
    }

    /// A string.
    pub fn text(&mut self, text: &str) {
        let quote = quote_for(text.as_bytes());
        self.frame.put_byte(quote);
        for character in text.chars() {
            Escaped::text(character, quote).put(self.frame);
        }
        self.frame.put_byte(quote);
    }

    /// What a value displays, as a string.
    #[cfg(feature = "serde")]
    pub(crate) fn display(&mut self, value: &(impl fmt::Display + ?Sized)) -> fmt::Result {
        self.frame.put_byte(b'\'');
        let result = fmt::write(&mut Displayed(self.frame), format_args!("{value}"));
        self.frame.put_byte(b'\'');
        result
    }

    /// Bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        let quote = quote_for(bytes);
        self.frame.put_byte(b'b');
        self.frame.put_byte(quote);
        for byte in bytes {
            Escaped::byte(*byte, quote).put(self.frame);
        }
        self.frame.put_byte(quote);
    }

    /// Leaves the value out and spoils the frame: it cannot be written as a literal.
    #[cfg(feature = "serde")]
    pub(crate) fn spoil(&mut self) {
        self.frame.spoil();
    }
}

/// The inside of a string in single quotes, written piece by piece.
#[cfg(feature = "serde")]
struct Displayed<'w, 'a>(&'w mut FrameWriter<'a>);

#[cfg(feature = "serde")]
impl fmt::Write for Displayed<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars().for_each(|character| Escaped::text(character, b'\'').put(self.0));
        Ok(())
    }
}

/// Single quotes, unless that saves escapes: what Python's `repr` does.
pub(crate) fn quote_for(text: &[u8]) -> u8 {
    if text.contains(&b'\'') && !text.contains(&b'"') { b'"' } else { b'\'' }
}

/// One character as it stands in a literal.
pub(crate) struct Escaped {
    bytes: [u8; 4],
    length: u8,
}

impl Escaped {
    pub(crate) fn text(character: char, quote: u8) -> Self {
        match u8::try_from(character) {
            // Controls and the two invisible characters of Latin-1; Python escapes them too.
            Ok(byte @ (0x80..=0xa0 | 0xad)) => Self::hex(byte),
            Ok(byte) if byte.is_ascii() => Self::byte(byte, quote),
            _ => {
                let mut bytes = [0; 4];
                let length = character.encode_utf8(&mut bytes).len() as u8;
                Self { bytes, length }
            }
        }
    }

    pub(crate) fn byte(byte: u8, quote: u8) -> Self {
        let letter = match byte {
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            b'\\' => b'\\',
            _ if byte == quote => byte,
            0x20..=0x7e => return Self { bytes: [byte, 0, 0, 0], length: 1 },
            _ => return Self::hex(byte),
        };
        Self { bytes: [b'\\', letter, 0, 0], length: 2 }
    }

    fn hex(byte: u8) -> Self {
        let digit = |value: u8| if value < 10 { b'0' + value } else { b'a' + value - 10 };
        Self { bytes: [b'\\', b'x', digit(byte >> 4), digit(byte & 15)], length: 4 }
    }

    fn put(&self, frame: &mut FrameWriter<'_>) {
        frame.put(self.as_bytes());
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.length)).unwrap_or_default()
    }
}

/// Writes the text of an error as a string literal, and cuts it, at a character, where it would grow over its limit.
#[derive(Debug)]
pub struct ErrorText<'w, 'a> {
    frame: &'w mut FrameWriter<'a>,
    /// Bytes that must stay free behind the text.
    reserve: usize,
    is_cut: bool,
}

impl<'w, 'a> ErrorText<'w, 'a> {
    /// Opens the string; `reserve` bytes of the frame stay free behind it, its closing quote not counted.
    pub(crate) fn new(frame: &'w mut FrameWriter<'a>, reserve: usize) -> Self {
        frame.put_byte(b'\'');
        Self { frame, reserve: reserve.saturating_add(1), is_cut: false }
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) {
        for character in text.chars() {
            self.put(&Escaped::text(character, b'\''));
        }
    }

    fn put(&mut self, escaped: &Escaped) {
        self.is_cut |= self.frame.room() < escaped.as_bytes().len().saturating_add(self.reserve);
        if !self.is_cut {
            escaped.put(self.frame);
        }
    }

    /// Adds an integer.
    pub fn integer(&mut self, negative: bool, magnitude: u64) {
        if negative {
            self.text("-");
        }
        for digit in number::write_u64(magnitude, &mut [0; 20]) {
            self.put(&Escaped::byte(*digit, b'\''));
        }
    }

    pub(crate) fn close(self) {
        self.frame.put_byte(b'\'');
    }
}

impl fmt::Write for ErrorText<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text(text);
        Ok(())
    }
}
