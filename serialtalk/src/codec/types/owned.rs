//! The containers of `alloc`.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::sequences::{decode_elements, encode_elements, max_elements};
use crate::codec::decode::{Decode, Decoder};
use crate::codec::encode::{Encode, Encoder};
use crate::codec::error::Invalid;
use crate::codec::shape::Shape;

impl Encode for String {
    const SHAPE: &'static Shape = &Shape::Text;

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        encoder.text(self)
    }
}

impl Decode<'_> for String {
    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Invalid> {
        decoder.text().map(Self::from)
    }
}

impl<T: Encode> Encode for Vec<T> {
    const SHAPE: &'static Shape = <[T]>::SHAPE;

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        encode_elements(self, encoder)
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for Vec<T> {
    const IS_SEQUENCE: bool = true;

    fn decode(decoder: &mut Decoder<'a>) -> Result<Self, Invalid> {
        let mut elements = Self::new();
        decode_elements(decoder, usize::MAX, |element| {
            elements.push(element);
            Ok(())
        })?;
        Ok(elements)
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    const SHAPE: &'static Shape = T::SHAPE;

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        T::encode(self, encoder)
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for Box<T> {
    const IS_SEQUENCE: bool = T::IS_SEQUENCE;

    fn decode(decoder: &mut Decoder<'a>) -> Result<Self, Invalid> {
        T::decode(decoder).map(Self::new)
    }

    fn missing() -> Option<Self> {
        T::missing().map(Self::new)
    }
}

impl<K: Encode, V: Encode> Encode for BTreeMap<K, V> {
    const SHAPE: &'static Shape = &Shape::Map(K::SHAPE, V::SHAPE);

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        encoder.begin_map()?;
        for (key, value) in self {
            encoder.element()?;
            key.encode(encoder)?;
            encoder.colon()?;
            value.encode(encoder)?;
        }
        encoder.end_map()
    }
}

impl<'a, K: Decode<'a> + Ord, V: Decode<'a>> Decode<'a> for BTreeMap<K, V> {
    const IS_SEQUENCE: bool = true;

    fn decode(decoder: &mut Decoder<'a>) -> Result<Self, Invalid> {
        let mut map = Self::new();
        let sequence = decoder.open()?;
        let max = max_elements::<(K, V)>();
        for _ in 0..max {
            if !decoder.more()? {
                decoder.close(sequence, 0)?;
                return Ok(map);
            }
            let (key, value) = decoder.entry()?;
            map.insert(key, value);
        }
        Err(decoder.too_long(max.into()))
    }
}
