//! Values packed under a struct format that was chosen by hand.

use crate::codec::encode::Encoder;
use crate::codec::error::EncodeError;
use crate::wire::integer::IntegerType;
use crate::wire::struct_format::FormatPacker;

/// Packs values under a chosen format; tuples, lists and structs are flattened.
pub(crate) struct ByFormat<'p, 'w, 'a, 'f>(pub(crate) &'p mut FormatPacker<'w, 'a, 'f>);

impl Encoder for ByFormat<'_, '_, '_, '_> {
    type Error = EncodeError;

    fn unsupported(&mut self) -> Result<(), EncodeError> {
        Ok(self.0.unpackable()?)
    }

    fn integer(&mut self, bits: u64, ty: IntegerType) -> Result<(), EncodeError> {
        Ok(self.0.integer(bits, ty)?)
    }

    fn wide_integer(&mut self, bits: u128, ty: IntegerType) -> Result<(), EncodeError> {
        Ok(self.0.wide_integer(bits, ty)?)
    }

    fn float32(&mut self, value: f32) -> Result<(), EncodeError> {
        Ok(self.0.float32(value)?)
    }

    fn float64(&mut self, value: f64) -> Result<(), EncodeError> {
        Ok(self.0.float64(value)?)
    }

    fn text(&mut self, text: &str) -> Result<(), EncodeError> {
        self.bytes(text.as_bytes())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), EncodeError> {
        Ok(self.0.bytes(bytes)?)
    }

    fn begin_list(&mut self) -> Result<(), EncodeError> {
        Ok(())
    }
}
