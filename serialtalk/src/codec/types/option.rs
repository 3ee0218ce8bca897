//! `Option`: `None`, or the value. Trailing ones may be left out of a call. An option in an option cannot be encoded,
//! because a literal cannot tell `Some(None)` from `None`.

use crate::codec::decode::{Decode, Decoder};
use crate::codec::encode::{Encode, Encoder};
use crate::codec::error::Invalid;
use crate::codec::shape::Shape;

impl<T: Encode> Encode for Option<T> {
    const SHAPE: &'static Shape = &Shape::Option(T::SHAPE);

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        const {
            let is_nested = matches!(T::SHAPE, Shape::Option(_));
            assert!(!is_nested, "an `Option` directly in an `Option`: Python has one `None` for both");
        }
        match self {
            None => encoder.none(),
            Some(value) => value.encode(encoder),
        }
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for Option<T> {
    const IS_SEQUENCE: bool = T::IS_SEQUENCE;

    fn decode(decoder: &mut Decoder<'a>) -> Result<Self, Invalid> {
        if decoder.none() { Ok(None) } else { T::decode(decoder).map(Some) }
    }

    fn missing() -> Option<Self> {
        Some(None)
    }
}
