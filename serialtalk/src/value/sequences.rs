//! Arrays, slices and vectors. Those of bytes are byte strings on the wire, all others tuples and lists.

use super::{Decode, Encode};
use crate::payload::literal::LiteralWriter;
use crate::payload::pack::Pack;
use crate::reader::Reader;
use crate::shape::Shape;

/// Arrays have a fixed length, so they are tuples.
impl<T: Encode, const N: usize> Encode for [T; N] {
    const SHAPE: Shape = if T::IS_BYTE { Shape::byte_array(N) } else { Shape::array(T::SHAPE, N) };

    fn pack(&self, packer: &mut impl Pack) {
        match T::as_bytes(self) {
            Some(bytes) => packer.bytes(bytes),
            None => self.iter().for_each(|element| element.pack(packer)),
        }
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        match T::as_bytes(self) {
            Some(bytes) => writer.bytes(bytes),
            None => {
                writer.open(b'(');
                write_elements(self, writer);
                writer.close_tuple(N);
            }
        }
    }
}

impl<'a, T: Decode<'a>, const N: usize> Decode<'a> for [T; N] {
    const IS_SEQUENCE: bool = true;
    const DEPTH: u8 = T::DEPTH.saturating_add(1);
    const IS_PACKED: bool = T::IS_PACKED;

    #[inline(always)]
    fn decode(reader: &mut Reader<'a>) -> Option<Self> {
        T::decode_array(reader)
    }
}

/// An array of anything but bytes.
pub(super) fn decode_array<'a, T: Decode<'a>, const N: usize>(reader: &mut Reader<'a>) -> Option<[T; N]> {
    let mut elements = heapless::Vec::<T, N>::new();
    let sequence = reader.open()?;
    for _ in 0..N {
        let element = reader.element(N as u16)?;
        elements.push(element).ok()?;
    }
    reader.close(sequence, N as u16)?;
    elements.into_array().ok()
}

/// Slices and vectors have any length, so they are lists.
impl<T: Encode> Encode for [T] {
    const SHAPE: Shape = if T::IS_BYTE { Shape::BYTES } else { Shape::list(T::SHAPE) };

    fn pack(&self, packer: &mut impl Pack) {
        match T::as_bytes(self) {
            Some(bytes) => packer.bytes(bytes),
            None => packer.unpackable(),
        }
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        match T::as_bytes(self) {
            Some(bytes) => writer.bytes(bytes),
            None => {
                writer.open(b'[');
                write_elements(self, writer);
                writer.close(b']');
            }
        }
    }
}

impl<T: Encode, const N: usize> Encode for heapless::Vec<T, N> {
    const SHAPE: Shape = <[T]>::SHAPE;

    fn pack(&self, packer: &mut impl Pack) {
        self.as_slice().pack(packer);
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        self.as_slice().write(writer);
    }
}

impl<'a, T: Decode<'a>, const N: usize> Decode<'a> for heapless::Vec<T, N> {
    const IS_SEQUENCE: bool = true;
    const DEPTH: u8 = T::DEPTH.saturating_add(1);

    fn decode(reader: &mut Reader<'a>) -> Option<Self> {
        let mut elements = Self::new();
        decode_elements(reader, N, |element| elements.push(element).is_ok())?;
        Some(elements)
    }
}

/// Hands over every element of a sequence, or every one of the bytes that stand for it, until one does not fit the `room`.
pub(super) fn decode_elements<'a, T: Decode<'a>>(
    reader: &mut Reader<'a>,
    room: usize,
    mut push: impl FnMut(T) -> bool,
) -> Option<()> {
    if T::IS_BYTE && reader.is_bytes() {
        for byte in reader.bytes()? {
            if !push(T::from_byte(*byte)?) {
                return reader.too_long(room);
            }
        }
        return Some(());
    }
    let sequence = reader.open()?;
    let most = most_elements::<T>();
    for _ in 0..most {
        if !reader.more() {
            return reader.close(sequence, 0);
        }
        if !push(T::decode(reader)?) {
            return reader.too_long(room);
        }
    }
    reader.too_long(most.into())
}

/// How many elements are taken at most. Those that take nothing, such as `()`, never use up a struct payload.
pub(super) const fn most_elements<T>() -> u16 {
    if size_of::<T>() == 0 { 255 } else { u16::MAX }
}

fn write_elements<T: Encode>(elements: &[T], writer: &mut LiteralWriter<'_, '_>) {
    for element in elements {
        writer.element();
        element.write(writer);
    }
}
