//! `Option`: `None`, or the value. Trailing ones may be left out of a call.

use super::{Decode, Encode};
use crate::payload::literal::LiteralWriter;
use crate::payload::pack::Pack;
use crate::reader::Reader;
use crate::shape::Shape;

impl<T: Encode> Encode for Option<T> {
    const SHAPE: Shape = Shape::option(T::SHAPE);

    fn pack(&self, packer: &mut impl Pack) {
        packer.unpackable();
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        match self {
            None => writer.none(),
            Some(value) => value.write(writer),
        }
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for Option<T> {
    const IS_SEQUENCE: bool = T::IS_SEQUENCE;

    fn decode(reader: &mut Reader<'a>) -> Option<Self> {
        if reader.none() {
            return Some(None);
        }
        T::decode(reader).map(Some)
    }

    fn missing() -> Option<Self> {
        Some(None)
    }
}
