//! Text, characters and borrowed bytes.

use crate::codec::decode::{Decode, Decoder};
use crate::codec::encode::{Encode, Encoder};
use crate::codec::error::{Invalid, Unexpected};
use crate::codec::shape::Shape;

impl Encode for str {
    const SHAPE: &'static Shape = &Shape::Text;

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        encoder.text(self)
    }
}

impl<'a> Decode<'a> for &'a str {
    fn decode(decoder: &mut Decoder<'a>) -> Result<Self, Invalid> {
        decoder.text()
    }
}

impl<const N: usize> Encode for heapless::String<N> {
    const SHAPE: &'static Shape = &Shape::Text;

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        encoder.text(self)
    }
}

impl<const N: usize> Decode<'_> for heapless::String<N> {
    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Invalid> {
        let text = decoder.text()?;
        Self::try_from(text).map_err(|_| decoder.too_long(N))
    }
}

impl Encode for char {
    const SHAPE: &'static Shape = &Shape::Char;

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        encoder.text(self.encode_utf8(&mut [0; 4]))
    }
}

impl Decode<'_> for char {
    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Invalid> {
        let mut characters = decoder.text()?.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Ok(character),
            _ => Err(decoder.mismatch("one character", Unexpected::OtherText)),
        }
    }
}

impl<'a> Decode<'a> for &'a [u8] {
    fn decode(decoder: &mut Decoder<'a>) -> Result<Self, Invalid> {
        decoder.bytes()
    }
}
