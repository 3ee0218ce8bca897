//! Values packed one after the other, little-endian and without padding.

use crate::codec::encode::Encoder;
use crate::codec::error::Unencodable;
use crate::wire::frame::FrameWriter;
use crate::wire::integer::IntegerType;

/// Packs values in the layout of the struct format that their shape says.
pub(crate) struct Packed<'w, 'a>(pub(crate) &'w mut FrameWriter<'a>);

impl Encoder for Packed<'_, '_> {
    type Error = Unencodable;

    fn unsupported(&mut self) -> Result<(), Unencodable> {
        Err(Unencodable)
    }

    fn integer(&mut self, bits: u64, ty: IntegerType) -> Result<(), Unencodable> {
        let bytes = bits.to_le_bytes();
        self.bytes(bytes.get(..ty.size()).unwrap_or_default())
    }

    fn float32(&mut self, value: f32) -> Result<(), Unencodable> {
        self.bytes(&value.to_le_bytes())
    }

    fn float64(&mut self, value: f64) -> Result<(), Unencodable> {
        self.bytes(&value.to_le_bytes())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Unencodable> {
        self.0.put(bytes);
        Ok(())
    }
}
