//! Text and borrowed bytes.

use super::{Decode, Encode};
use crate::payload::literal::LiteralWriter;
use crate::payload::pack::Pack;
use crate::reader::Reader;
use crate::shape::Shape;

impl Encode for str {
    const SHAPE: Shape = Shape::TEXT;

    fn pack(&self, packer: &mut impl Pack) {
        packer.bytes(self.as_bytes());
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        writer.text(self);
    }
}

impl<'a> Decode<'a> for &'a str {
    const DEPTH: u8 = 0;

    fn decode(reader: &mut Reader<'a>) -> Option<Self> {
        reader.text()
    }
}

impl<'a> Decode<'a> for &'a [u8] {
    fn decode(reader: &mut Reader<'a>) -> Option<Self> {
        reader.bytes()
    }
}

impl<const N: usize> Encode for heapless::String<N> {
    const SHAPE: Shape = Shape::TEXT;

    fn pack(&self, packer: &mut impl Pack) {
        self.as_str().pack(packer);
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        self.as_str().write(writer);
    }
}

impl<const N: usize> Decode<'_> for heapless::String<N> {
    const DEPTH: u8 = 0;

    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        let text = reader.text()?;
        heapless::String::try_from(text).ok().or_else(|| reader.too_long(N))
    }
}
