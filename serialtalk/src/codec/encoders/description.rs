//! Values as people read them: `Moving(speed=3)`.

use core::fmt::{self, Write};

use crate::codec::encode::{Encode, Encoder};
use crate::codec::error::Unencodable;
use crate::wire::integer::{Integer, IntegerType};
use crate::wire::literal::{escape_byte, escape_char, quote_for};
use crate::wire::number::{Float, python_repr, write_integer, write_u128};

/// Writes a value as Python's `repr` shows it, with the names of structs, variants and fields: `Moving(speed=3)`.
pub(crate) fn describe<T: Encode + ?Sized>(value: &T, out: &mut impl Write) -> fmt::Result {
    let mut description = Description { out, is_fresh: true, result: Ok(()) };
    // Everything can be described; what can fail is `out`.
    let _ = value.encode(&mut description);
    description.result
}

/// Describes values to a text.
struct Description<'w, W> {
    out: &'w mut W,
    /// Whether a bracket was just opened, so that no comma precedes the next element.
    is_fresh: bool,
    /// What became of writing so far.
    result: fmt::Result,
}

impl<W: Write> Description<'_, W> {
    fn put(&mut self, text: &str) -> Result<(), Unencodable> {
        self.result = self.result.and_then(|()| self.out.write_str(text));
        Ok(())
    }

    /// Writes ASCII, or one character.
    fn put_bytes(&mut self, bytes: &[u8]) {
        let _ = self.put(str::from_utf8(bytes).unwrap_or_default());
    }

    fn open(&mut self, bracket: &str) -> Result<(), Unencodable> {
        self.is_fresh = true;
        self.put(bracket)
    }

    fn close(&mut self, bracket: &str) -> Result<(), Unencodable> {
        self.is_fresh = false;
        self.put(bracket)
    }

    fn float<F: Float>(&mut self, value: F) -> Result<(), Unencodable> {
        self.put(python_repr(value, &mut [0; 32]))
    }
}

impl<W: Write> Encoder for Description<'_, W> {
    type Error = Unencodable;

    fn unsupported(&mut self) -> Result<(), Unencodable> {
        Err(Unencodable)
    }

    fn integer(&mut self, bits: u64, ty: IntegerType) -> Result<(), Unencodable> {
        let value = if ty.is_signed() { Integer::signed(bits) } else { Integer::positive(bits) };
        self.result = self.result.and_then(|()| write_integer(self.out, value));
        Ok(())
    }

    fn wide_integer(&mut self, bits: u128, ty: IntegerType) -> Result<(), Unencodable> {
        let negative = ty.is_signed() && bits >> 127 != 0;
        self.put(if negative { "-" } else { "" })?;
        let magnitude = if negative { bits.wrapping_neg() } else { bits };
        self.put_bytes(write_u128(magnitude, &mut [0; 39]));
        Ok(())
    }

    fn bool(&mut self, value: bool) -> Result<(), Unencodable> {
        self.put(if value { "True" } else { "False" })
    }

    fn float32(&mut self, value: f32) -> Result<(), Unencodable> {
        self.float(value)
    }

    fn float64(&mut self, value: f64) -> Result<(), Unencodable> {
        self.float(value)
    }

    fn text(&mut self, text: &str) -> Result<(), Unencodable> {
        let quote = quote_for(text.as_bytes());
        self.put_bytes(&[quote]);
        text.chars().for_each(|character| escape_char(character, quote, |bytes| self.put_bytes(bytes)));
        self.put_bytes(&[quote]);
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Unencodable> {
        let quote = quote_for(bytes);
        self.put_bytes(&[b'b', quote]);
        bytes.iter().for_each(|byte| escape_byte(*byte, quote, |bytes| self.put_bytes(bytes)));
        self.put_bytes(&[quote]);
        Ok(())
    }

    fn none(&mut self) -> Result<(), Unencodable> {
        self.put("None")
    }

    fn element(&mut self) -> Result<(), Unencodable> {
        let separator = if self.is_fresh { "" } else { ", " };
        self.is_fresh = false;
        self.put(separator)
    }

    fn begin_tuple(&mut self) -> Result<(), Unencodable> {
        self.open("(")
    }

    fn end_tuple(&mut self, len: usize) -> Result<(), Unencodable> {
        self.close(if len == 1 { ",)" } else { ")" })
    }

    fn begin_list(&mut self) -> Result<(), Unencodable> {
        self.open("[")
    }

    fn end_list(&mut self) -> Result<(), Unencodable> {
        self.close("]")
    }

    fn begin_map(&mut self) -> Result<(), Unencodable> {
        self.open("{")
    }

    fn colon(&mut self) -> Result<(), Unencodable> {
        self.put(": ")
    }

    fn end_map(&mut self) -> Result<(), Unencodable> {
        self.close("}")
    }

    fn begin_set(&mut self, is_empty: bool) -> Result<(), Unencodable> {
        if is_empty { self.put("set()") } else { self.open("{") }
    }

    fn end_set(&mut self, is_empty: bool) -> Result<(), Unencodable> {
        if is_empty { Ok(()) } else { self.close("}") }
    }

    fn begin_struct(&mut self, name: &'static str) -> Result<(), Unencodable> {
        self.put(name)?;
        self.open("(")
    }

    fn field(&mut self, name: &'static str) -> Result<(), Unencodable> {
        self.element()?;
        self.put(name)?;
        self.put(if name.is_empty() { "" } else { "=" })
    }

    fn end_struct(&mut self, _len: usize) -> Result<(), Unencodable> {
        self.close(")")
    }

    fn unit_variant(&mut self, name: &'static str, _bits: u64, _ty: IntegerType) -> Result<(), Unencodable> {
        self.put(name)
    }

    fn begin_variant(&mut self, name: &'static str, fields: usize) -> Result<(), Unencodable> {
        if fields == 0 { self.put(name) } else { self.begin_struct(name) }
    }

    fn end_variant(&mut self, fields: usize) -> Result<(), Unencodable> {
        if fields == 0 { Ok(()) } else { self.close(")") }
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use super::*;
    use alloc::string::String;

    struct Moving {
        speed: f32,
        text: &'static str,
    }

    impl Encode for Moving {
        const SHAPE: &'static crate::codec::shape::Shape = &crate::codec::shape::Shape::Opaque;

        fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
            encoder.begin_variant("Moving", 2)?;
            encoder.field("speed")?;
            self.speed.encode(encoder)?;
            encoder.field("")?;
            (self.text, [1u16, 2]).encode(encoder)?;
            encoder.end_variant(2)
        }
    }

    #[test]
    fn values_are_shown_with_their_names() {
        let mut shown = String::new();
        describe(&Moving { speed: -0.5, text: "it's" }, &mut shown).unwrap();
        assert_eq!(shown, r#"Moving(speed=-0.5, ("it's", (1, 2)))"#);
        let mut shown = String::new();
        describe(&(None::<u8>, i128::MIN, [7u8; 2], true, f64::INFINITY), &mut shown).unwrap();
        assert_eq!(shown, r"(None, -170141183460469231731687303715884105728, b'\x07\x07', True, inf)");
    }
}
