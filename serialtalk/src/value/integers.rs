//! Integers, `bool` and `char`.

use super::{Decode, Encode};
use crate::payload::literal::LiteralWriter;
use crate::payload::pack::Pack;
use crate::problem::{Came, Integer, IntegerType, Problem};
use crate::reader::Reader;
use crate::shape::Shape;

macro_rules! integers {
    ($($type:ident, $target:ident, $code:literal, $signed:literal;)*) => {$(
        impl Encode for $type {
            const SHAPE: Shape = Shape::number($code, size_of::<$type>() as u16, 1);
            integers!(@byte_out $type);

            fn pack(&self, packer: &mut impl Pack) {
                packer.integer(&self.to_le_bytes(), $signed);
            }

            fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
                #[allow(unused_comparisons)]
                let negative = *self < 0;
                // Sign extension makes the two's complement of any width the one of 64 bits.
                let wide = *self as u64;
                writer.integer(negative, if negative { wide.wrapping_neg() } else { wide });
            }
        }

        impl Decode<'_> for $type {
            const DEPTH: u8 = 0;
            const IS_PACKED: bool = true;
            integers!(@byte_in $type);

            // One call for each argument of each command.
            #[inline(never)]
            fn argument(reader: &mut Reader<'_>) -> Option<Self> {
                reader.must_begin_argument();
                Self::decode(reader)
            }

            fn decode(reader: &mut Reader<'_>) -> Option<Self> {
                // In range if there was no problem: the reader saw to that.
                Some(reader.any_integer(IntegerType::$target) as $type)
            }
        }
    )*};
    (@byte_out u8) => {
        const IS_BYTE: bool = true;

        fn as_bytes(slice: &[u8]) -> Option<&[u8]> {
            Some(slice)
        }
    };
    (@byte_in u8) => {
        const IS_BYTE: bool = true;

        fn from_byte(byte: u8) -> Option<Self> {
            Some(byte)
        }

        // In place where it is used: a call would have to copy it.
        #[inline(always)]
        fn decode_array<const N: usize>(reader: &mut Reader<'_>) -> Option<[Self; N]> {
            let length = N as u16;
            let sequence = reader.open_bytes(length);
            let array = core::array::from_fn(|_| reader.next_byte(sequence, length));
            reader.close_bytes(sequence, length);
            // The reader knows if it is none, and whoever takes its values asks it. So this is never copied.
            Some(array)
        }
    };
    (@byte_out $type:ident) => {};
    (@byte_in $type:ident) => {};
}

integers! {
    u8, U8, b'B', false;
    i8, I8, b'b', true;
    u16, U16, b'H', false;
    i16, I16, b'h', true;
    u32, U32, b'I', false;
    i32, I32, b'i', true;
    u64, U64, b'Q', false;
    i64, I64, b'q', true;
}

macro_rules! wide_integers {
    ($($type:ident, $target:ident, $signed:literal;)*) => {$(
        impl Encode for $type {
            const SHAPE: Shape = Shape::wide_integer($signed);

            fn pack(&self, packer: &mut impl Pack) {
                packer.unpackable();
            }

            fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
                #[allow(unused_comparisons)]
                let negative = *self < 0;
                let wide = *self as u128;
                writer.wide_integer(negative, if negative { wide.wrapping_neg() } else { wide });
            }
        }

        impl Decode<'_> for $type {
            const DEPTH: u8 = 0;

            fn decode(reader: &mut Reader<'_>) -> Option<Self> {
                let (negative, magnitude) = reader.wide_integer(IntegerType::$target)?;
                let magnitude = magnitude as $type;
                Some(if negative { magnitude.wrapping_neg() } else { magnitude })
            }
        }
    )*};
}

wide_integers! {
    u128, U128, false;
    i128, I128, true;
}

impl Encode for bool {
    const SHAPE: Shape = Shape::number(b'B', 1, 4);

    fn pack(&self, packer: &mut impl Pack) {
        packer.integer(&[u8::from(*self)], false);
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        writer.bool(*self);
    }
}

impl Decode<'_> for bool {
    const DEPTH: u8 = 0;
    const IS_PACKED: bool = true;

    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        let value = reader.integer(IntegerType::U8)?;
        match value {
            0 => Some(false),
            1 => Some(true),
            magnitude => {
                let value = Integer { negative: false, magnitude };
                reader.fail(Problem::no_variant(value, "bool"))
            }
        }
    }
}

impl Encode for char {
    const SHAPE: Shape = Shape::TEXT;

    fn pack(&self, packer: &mut impl Pack) {
        packer.bytes(self.encode_utf8(&mut [0; 4]).as_bytes());
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        writer.text(self.encode_utf8(&mut [0; 4]));
    }
}

#[cfg(feature = "repr")]
const OTHER_TEXT: Came = Came::LongerText;
/// All text comes as bytes then.
#[cfg(not(feature = "repr"))]
const OTHER_TEXT: Came = Came::Bytes;

impl Decode<'_> for char {
    const DEPTH: u8 = 0;

    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        let text = reader.text()?;
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(character), None) => Some(character),
            _ => reader.fail(Problem::mismatch(OTHER_TEXT, "one character")),
        }
    }
}
