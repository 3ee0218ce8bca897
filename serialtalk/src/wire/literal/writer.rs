//! Values to text that Python evaluates to the same values.

use super::escape::{escape_byte, escape_char, quote_for};
use crate::wire::frame::FrameWriter;
use crate::wire::integer::Integer;
use crate::wire::number::{Float, Shortest, write_u64, write_u128};

/// Writes a literal from left to right, as Python's `repr` would.
#[derive(Debug)]
pub(crate) struct LiteralWriter<'w, 'a> {
    frame: &'w mut FrameWriter<'a>,
    /// Whether a sequence was just opened, so that no comma precedes its next element.
    is_fresh: bool,
}

impl<'w, 'a> LiteralWriter<'w, 'a> {
    /// Appends to a frame.
    pub(crate) fn new(frame: &'w mut FrameWriter<'a>) -> Self {
        Self { frame, is_fresh: true }
    }

    /// Opens a tuple, a list or a map with its bracket: `(`, `[` or `{`.
    pub(crate) fn open(&mut self, bracket: u8) {
        self.frame.put_byte(bracket);
        self.is_fresh = true;
    }

    /// Precedes each element of a sequence, and each key of a map.
    pub(crate) fn element(&mut self) {
        if !self.is_fresh {
            self.frame.put(b", ");
        }
        self.is_fresh = false;
    }

    /// Separates the key and the value of a map.
    pub(crate) fn colon(&mut self) {
        self.frame.put(b": ");
    }

    /// Closes a list or a map with its bracket: `]` or `}`.
    pub(crate) fn close(&mut self, bracket: u8) {
        self.frame.put_byte(bracket);
        self.is_fresh = false;
    }

    /// Closes a tuple of `len` elements; a single one is followed by a comma.
    pub(crate) fn close_tuple(&mut self, len: usize) {
        self.frame.put(if len == 1 { b",)" } else { b")" });
        self.is_fresh = false;
    }

    /// Writes `None`.
    pub(crate) fn none(&mut self) {
        self.frame.put(b"None");
    }

    /// Writes text that needs neither quotes nor escapes, such as `set()`.
    pub(crate) fn word(&mut self, word: &str) {
        self.frame.put(word.as_bytes());
    }

    /// Writes `True` or `False`.
    pub(crate) fn bool(&mut self, value: bool) {
        self.frame.put(if value { b"True" } else { b"False" });
    }

    /// Writes an integer of up to 64 bits.
    pub(crate) fn integer(&mut self, integer: Integer) {
        self.minus(integer.negative);
        self.frame.put(write_u64(integer.magnitude, &mut [0; 20]));
    }

    /// Writes an integer of up to 128 bits.
    pub(crate) fn wide_integer(&mut self, negative: bool, magnitude: u128) {
        self.minus(negative);
        self.frame.put(write_u128(magnitude, &mut [0; 39]));
    }

    fn minus(&mut self, negative: bool) {
        if negative {
            self.frame.put_byte(b'-');
        }
    }

    /// Writes a float with the fewest digits that read back as the same `f32`.
    pub(crate) fn float32(&mut self, value: f32) {
        self.float(value);
    }

    /// Writes a float with the fewest digits that read back as the same `f64`.
    pub(crate) fn float64(&mut self, value: f64) {
        self.float(value);
    }

    // By its bits: to compare floats would link a library on cores without floating-point hardware.
    fn float<F: Float>(&mut self, value: F) {
        let bits = value.to_bits();
        if F::FORMAT.is_special(bits) {
            self.not_finite(F::FORMAT.fraction(bits) != 0, bits & F::FORMAT.signed(true) != 0);
        } else {
            self.frame.put(Shortest::of(value).text(&mut [0; 32]));
        }
    }

    /// Python writes `inf` and `nan`, which are names that it fails to evaluate; these forms evaluate everywhere.
    fn not_finite(&mut self, is_nan: bool, negative: bool) {
        self.frame.put(match (is_nan, negative) {
            (true, _) => b"float('nan')",
            (false, false) => b"1e999",
            (false, true) => b"-1e999",
        });
    }

    /// Writes a string.
    pub(crate) fn text(&mut self, text: &str) {
        let quote = quote_for(text.as_bytes());
        self.frame.put_byte(quote);
        for character in text.chars() {
            escape_char(character, quote, |bytes| {
                self.frame.put(bytes);
            });
        }
        self.frame.put_byte(quote);
    }

    /// Writes bytes.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        let quote = quote_for(bytes);
        self.frame.put_byte(b'b').put_byte(quote);
        for byte in bytes {
            escape_byte(*byte, quote, |bytes| {
                self.frame.put(bytes);
            });
        }
        self.frame.put_byte(quote);
    }
}

#[cfg(test)]
mod tests;
