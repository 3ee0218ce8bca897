//! Values to text that Python reads back as the same values.

#[cfg(feature = "serde")]
use core::fmt;

use crate::frame::FrameWriter;
use crate::number::{Float, Shortest};

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
        self.frame.put_integer(magnitude);
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
        self.float(value);
    }

    /// A float with the fewest digits that read back as the same `f64`.
    pub fn float64(&mut self, value: f64) {
        self.float(value);
    }

    // By its bits: comparing floats would link a library for that.
    fn float<F: Float>(&mut self, value: F) {
        let bits = value.to_bits();
        if F::FORMAT.is_special(bits) {
            self.not_finite(F::FORMAT.fraction(bits) != 0, bits & F::FORMAT.signed(true) != 0);
        } else {
            let shortest = Shortest::of(value);
            self.shortest(&shortest);
        }
    }

    #[inline(never)]
    fn shortest(&mut self, float: &Shortest) {
        self.frame.put(float.text(&mut [0; 32]));
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
        put_text(self.frame, text.as_bytes(), quote, usize::MAX);
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
            escape(*byte, quote, |byte| {
                self.frame.put_byte(byte);
            });
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
        put_text(self.0, text.as_bytes(), b'\'', usize::MAX);
        Ok(())
    }
}

/// Single quotes, unless that saves escapes: what Python's `repr` does.
#[allow(clippy::manual_contains, reason = "it would link the longer `memchr`")]
pub(crate) fn quote_for(text: &[u8]) -> u8 {
    let has = |quote| text.iter().any(|byte| *byte == quote);
    if has(b'\'') && !has(b'"') { b'"' } else { b'\'' }
}

/// Puts the inside of a string, as much of it as leaves the frame no longer than `limit`; tells whether that is all.
#[inline(never)]
pub(super) fn put_text(frame: &mut FrameWriter<'_>, text: &[u8], quote: u8, limit: usize) -> bool {
    let mut rest = text;
    while let Some((character, behind)) = split_character(rest) {
        let start = frame.length();
        escape_character(character, quote, |byte| {
            frame.put_byte(byte);
        });
        if frame.length() > limit {
            frame.rewind(start);
            return false;
        }
        rest = behind;
    }
    true
}

/// The first character of a text, and what follows it.
pub(crate) fn split_character(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let (_, rest) = text.split_first()?;
    let more = rest.iter().take_while(|byte| **byte & 0xc0 == 0x80).count();
    text.split_at_checked(1 + more)
}

/// Hands over a character as it stands in a string.
#[inline(always)]
pub(crate) fn escape_character(character: &[u8], quote: u8, mut put: impl FnMut(u8)) {
    match character {
        // Controls and the two invisible characters of Latin-1; Python escapes them too.
        [byte] | [0xc2, byte @ (0x80..=0xa0 | 0xad)] => escape(*byte, quote, put),
        bytes => bytes.iter().for_each(|byte| put(*byte)),
    }
}

/// Hands over a byte as it stands in a bytes literal, or an ASCII character in a string.
#[inline(always)]
pub(crate) fn escape(byte: u8, quote: u8, mut put: impl FnMut(u8)) {
    let letter = match byte {
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        b'\\' => b'\\',
        _ if byte == quote => byte,
        0x20..=0x7e => return put(byte),
        _ => b'x',
    };
    put(b'\\');
    put(letter);
    if letter == b'x' {
        for nibble in [byte >> 4, byte & 15] {
            put(if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 });
        }
    }
}
