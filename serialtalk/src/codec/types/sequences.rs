//! Arrays, slices and vectors. Those of `u8` are bytes objects on the wire, all others tuples and lists.

use crate::codec::decode::{Decode, Decoder};
use crate::codec::encode::{Encode, Encoder};
use crate::codec::error::Invalid;
use crate::codec::shape::Shape;

/// Arrays have a fixed length, so they are tuples.
impl<T: Encode, const N: usize> Encode for [T; N] {
    const SHAPE: &'static Shape = if T::IS_BYTE { &Shape::ByteArray(N) } else { &Shape::Array(T::SHAPE, N) };

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        if let Some(bytes) = T::as_bytes(self) {
            return encoder.byte_array(bytes);
        }
        encoder.begin_tuple()?;
        for element in self {
            encoder.element()?;
            element.encode(encoder)?;
        }
        encoder.end_tuple(N)
    }
}

impl<'a, T: Decode<'a>, const N: usize> Decode<'a> for [T; N] {
    const IS_SEQUENCE: bool = true;

    fn decode(decoder: &mut Decoder<'a>) -> Result<Self, Invalid> {
        let len = N as u16;
        let mut elements = heapless::Vec::<T, N>::new();
        if T::from_byte(0).is_some() && decoder.is_bytes()? {
            let bytes = decoder.bytes()?;
            if bytes.len() != N {
                return Err(decoder.wrong_length(len, bytes.len()));
            }
            // There is room for each.
            bytes.iter().filter_map(|byte| T::from_byte(*byte)).for_each(|byte| _ = elements.push(byte));
        } else {
            let sequence = decoder.open()?;
            for index in 0..len {
                // There is room for each.
                let _ = elements.push(decoder.element(index, len)?);
            }
            decoder.close(sequence, len)?;
        }
        elements.into_array().map_err(|_| decoder.wrong_length(len, N))
    }
}

/// Slices and vectors have any length, so they are lists.
impl<T: Encode> Encode for [T] {
    const SHAPE: &'static Shape = if T::IS_BYTE { &Shape::Bytes } else { &Shape::List(T::SHAPE) };

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        encode_elements(self, encoder)
    }
}

impl<T: Encode, const N: usize> Encode for heapless::Vec<T, N> {
    const SHAPE: &'static Shape = <[T]>::SHAPE;

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        encode_elements(self, encoder)
    }
}

impl<'a, T: Decode<'a>, const N: usize> Decode<'a> for heapless::Vec<T, N> {
    const IS_SEQUENCE: bool = true;

    fn decode(decoder: &mut Decoder<'a>) -> Result<Self, Invalid> {
        let mut elements = Self::new();
        decode_elements(decoder, N, |element| elements.push(element))?;
        Ok(elements)
    }
}

/// Encodes a list, or a bytes object.
pub(super) fn encode_elements<T: Encode, E: Encoder>(
    elements: &[T],
    encoder: &mut E,
) -> Result<(), E::Error> {
    if let Some(bytes) = T::as_bytes(elements) {
        return encoder.bytes(bytes);
    }
    encoder.begin_list()?;
    for element in elements {
        encoder.element()?;
        element.encode(encoder)?;
    }
    encoder.end_list()
}

/// Hands over every element of a sequence, or of the bytes that stand for it, until one is given back because it does
/// not fit the `room`.
pub(super) fn decode_elements<'a, T: Decode<'a>>(
    decoder: &mut Decoder<'a>,
    room: usize,
    mut push: impl FnMut(T) -> Result<(), T>,
) -> Result<(), Invalid> {
    if T::from_byte(0).is_some() && decoder.is_bytes()? {
        for element in decoder.bytes()?.iter().filter_map(|byte| T::from_byte(*byte)) {
            push(element).map_err(|_| decoder.too_long(room))?;
        }
        return Ok(());
    }
    let sequence = decoder.open()?;
    let max = max_elements::<T>();
    for _ in 0..max {
        if !decoder.more()? {
            return decoder.close(sequence, 0);
        }
        push(T::decode(decoder)?).map_err(|_| decoder.too_long(room))?;
    }
    Err(decoder.too_long(max.into()))
}

/// How many elements are taken at most. Elements that take nothing, such as `()`, never use up a struct payload.
pub(super) const fn max_elements<T>() -> u16 {
    if size_of::<T>() == 0 { 255 } else { u16::MAX }
}
