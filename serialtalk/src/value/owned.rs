//! The containers of `alloc`.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::sequences::{decode_elements, most_elements};
use super::{Decode, Encode};
use crate::payload::literal::LiteralWriter;
use crate::payload::pack::Pack;
use crate::reader::Reader;
use crate::shape::Shape;

impl Encode for String {
    const SHAPE: Shape = Shape::TEXT;

    fn pack(&self, packer: &mut impl Pack) {
        self.as_str().pack(packer);
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        self.as_str().write(writer);
    }
}

impl Decode<'_> for String {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.text().map(String::from)
    }
}

impl<T: Encode> Encode for Vec<T> {
    const SHAPE: Shape = <[T]>::SHAPE;

    fn pack(&self, packer: &mut impl Pack) {
        self.as_slice().pack(packer);
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        self.as_slice().write(writer);
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for Vec<T> {
    const IS_SEQUENCE: bool = true;

    fn decode(reader: &mut Reader<'a>) -> Option<Self> {
        let mut elements = Self::new();
        decode_elements(reader, usize::MAX, |element| {
            elements.push(element);
            true
        })?;
        Some(elements)
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    const SHAPE: Shape = T::SHAPE;

    fn pack(&self, packer: &mut impl Pack) {
        T::pack(self, packer);
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        T::write(self, writer);
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for Box<T> {
    const IS_SEQUENCE: bool = T::IS_SEQUENCE;
    const IS_PACKED: bool = T::IS_PACKED;

    fn decode(reader: &mut Reader<'a>) -> Option<Self> {
        T::decode(reader).map(Self::new)
    }

    fn missing() -> Option<Self> {
        T::missing().map(Self::new)
    }
}

impl<K: Encode, V: Encode> Encode for BTreeMap<K, V> {
    const SHAPE: Shape = Shape::map(K::SHAPE, V::SHAPE);

    fn pack(&self, packer: &mut impl Pack) {
        packer.unpackable();
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        writer.open(b'{');
        for (key, value) in self {
            writer.element();
            key.write(writer);
            writer.colon();
            value.write(writer);
        }
        writer.close(b'}');
    }
}

impl<'a, K: Decode<'a> + Ord, V: Decode<'a>> Decode<'a> for BTreeMap<K, V> {
    const IS_SEQUENCE: bool = true;

    fn decode(reader: &mut Reader<'a>) -> Option<Self> {
        let mut map = Self::new();
        let sequence = reader.open()?;
        let most = most_elements::<(K, V)>();
        for _ in 0..most {
            if !reader.more() {
                reader.close(sequence, 0)?;
                return Some(map);
            }
            let (key, value) = reader.entry()?;
            map.insert(key, value);
        }
        reader.too_long(most.into())
    }
}
