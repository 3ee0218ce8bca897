//! Floats.

use crate::codec::decode::{Decode, Decoder};
use crate::codec::encode::{Encode, Encoder};
use crate::codec::error::Invalid;
use crate::codec::shape::Shape;

impl Encode for f32 {
    const SHAPE: &'static Shape = &Shape::Float32;

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        encoder.float32(*self)
    }
}

impl Decode<'_> for f32 {
    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Invalid> {
        match decoder.packed(b'f') {
            Some(bytes) => Ok(Self::from_le_bytes(bytes)),
            None => decoder.float32(),
        }
    }
}

impl Encode for f64 {
    const SHAPE: &'static Shape = &Shape::Float64;

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        encoder.float64(*self)
    }
}

impl Decode<'_> for f64 {
    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Invalid> {
        match decoder.packed(b'd') {
            Some(bytes) => Ok(Self::from_le_bytes(bytes)),
            None => decoder.float64(),
        }
    }
}
