//! Values as Python literals.

use crate::codec::encode::Encoder;
use crate::codec::error::Unencodable;
use crate::wire::integer::{Integer, IntegerType};
use crate::wire::literal::LiteralWriter;

impl Encoder for LiteralWriter<'_, '_> {
    type Error = Unencodable;

    /// Everything has a literal.
    fn unsupported(&mut self) -> Result<(), Unencodable> {
        Err(Unencodable)
    }

    fn integer(&mut self, bits: u64, ty: IntegerType) -> Result<(), Unencodable> {
        let value = if ty.is_signed() { Integer::signed(bits) } else { Integer::positive(bits) };
        LiteralWriter::integer(self, value);
        Ok(())
    }

    fn wide_integer(&mut self, bits: u128, ty: IntegerType) -> Result<(), Unencodable> {
        let negative = ty.is_signed() && bits >> 127 != 0;
        LiteralWriter::wide_integer(self, negative, if negative { bits.wrapping_neg() } else { bits });
        Ok(())
    }

    fn bool(&mut self, value: bool) -> Result<(), Unencodable> {
        LiteralWriter::bool(self, value);
        Ok(())
    }

    fn float32(&mut self, value: f32) -> Result<(), Unencodable> {
        LiteralWriter::float32(self, value);
        Ok(())
    }

    fn float64(&mut self, value: f64) -> Result<(), Unencodable> {
        LiteralWriter::float64(self, value);
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Unencodable> {
        LiteralWriter::text(self, text);
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Unencodable> {
        LiteralWriter::bytes(self, bytes);
        Ok(())
    }

    fn none(&mut self) -> Result<(), Unencodable> {
        LiteralWriter::none(self);
        Ok(())
    }

    fn element(&mut self) -> Result<(), Unencodable> {
        LiteralWriter::element(self);
        Ok(())
    }

    fn begin_tuple(&mut self) -> Result<(), Unencodable> {
        self.open(b'(');
        Ok(())
    }

    fn end_tuple(&mut self, len: usize) -> Result<(), Unencodable> {
        self.close_tuple(len);
        Ok(())
    }

    fn begin_list(&mut self) -> Result<(), Unencodable> {
        self.open(b'[');
        Ok(())
    }

    fn end_list(&mut self) -> Result<(), Unencodable> {
        self.close(b']');
        Ok(())
    }

    fn begin_map(&mut self) -> Result<(), Unencodable> {
        self.open(b'{');
        Ok(())
    }

    fn colon(&mut self) -> Result<(), Unencodable> {
        LiteralWriter::colon(self);
        Ok(())
    }

    fn end_map(&mut self) -> Result<(), Unencodable> {
        self.close(b'}');
        Ok(())
    }

    fn begin_set(&mut self, is_empty: bool) -> Result<(), Unencodable> {
        if is_empty {
            self.word("set()");
        } else {
            self.open(b'{');
        }
        Ok(())
    }

    fn end_set(&mut self, is_empty: bool) -> Result<(), Unencodable> {
        if !is_empty {
            self.close(b'}');
        }
        Ok(())
    }
}
