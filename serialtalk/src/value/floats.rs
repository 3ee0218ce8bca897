//! Floats.

use super::{Decode, Encode};
use crate::payload::literal::LiteralWriter;
use crate::payload::pack::Pack;
use crate::reader::Reader;
use crate::shape::Shape;

impl Encode for f32 {
    const SHAPE: Shape = Shape::number(b'f', 4, 3);

    fn pack(&self, packer: &mut impl Pack) {
        packer.float32(*self);
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        writer.float32(*self);
    }
}

impl Decode<'_> for f32 {
    const DEPTH: u8 = 0;
    const IS_PACKED: bool = true;

    // One call for each argument of each command.
    #[inline(never)]
    fn argument(reader: &mut Reader<'_>) -> Option<Self> {
        reader.must_begin_argument();
        Self::decode(reader)
    }

    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        Some(reader.any_float32())
    }
}

impl Encode for f64 {
    const SHAPE: Shape = Shape::number(b'd', 8, 3);

    fn pack(&self, packer: &mut impl Pack) {
        packer.float64(*self);
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        writer.float64(*self);
    }
}

impl Decode<'_> for f64 {
    const DEPTH: u8 = 0;
    const IS_PACKED: bool = true;

    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        Some(reader.any_float64())
    }
}
