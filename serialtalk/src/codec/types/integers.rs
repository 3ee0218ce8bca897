//! Integers and `bool`.

use crate::codec::decode::{Decode, Decoder};
use crate::codec::encode::{Encode, Encoder};
use crate::codec::error::Invalid;
use crate::codec::shape::Shape;
use crate::wire::integer::IntegerType;

macro_rules! integers {
    ($($type:ident $variant:ident $code:literal $({$($encode:item)*} {$($decode:item)*})?;)*) => {$(
        impl Encode for $type {
            const SHAPE: &'static Shape = &Shape::Integer(IntegerType::$variant);

            fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
                // Sign extension makes the two's complement of any width that of 64 bits.
                encoder.integer(*self as u64, IntegerType::$variant)
            }

            $($($encode)*)?
        }

        impl Decode<'_> for $type {
            fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Invalid> {
                match decoder.packed($code) {
                    Some(bytes) => Ok(Self::from_le_bytes(bytes)),
                    None => Ok(decoder.integer(IntegerType::$variant)? as Self),
                }
            }

            $($($decode)*)?
        }
    )*};
}

integers! {
    u8 U8 b'B' {
        const IS_BYTE: bool = true;

        fn as_bytes(values: &[u8]) -> Option<&[u8]> {
            Some(values)
        }
    } {
        fn from_byte(byte: u8) -> Option<Self> {
            Some(byte)
        }
    };
    i8 I8 b'b';
    u16 U16 b'H';
    i16 I16 b'h';
    u32 U32 b'I';
    i32 I32 b'i';
    u64 U64 b'Q';
    i64 I64 b'q';
}

macro_rules! wide_integers {
    ($($type:ident $variant:ident;)*) => {$(
        impl Encode for $type {
            const SHAPE: &'static Shape = &Shape::Integer(IntegerType::$variant);

            fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
                encoder.wide_integer(*self as u128, IntegerType::$variant)
            }
        }

        impl Decode<'_> for $type {
            fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Invalid> {
                Ok(decoder.wide_integer(IntegerType::$variant)? as Self)
            }
        }
    )*};
}

wide_integers! {
    u128 U128;
    i128 I128;
}

impl Encode for bool {
    const SHAPE: &'static Shape = &Shape::Bool;

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        encoder.bool(*self)
    }
}

impl Decode<'_> for bool {
    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Invalid> {
        match u8::decode(decoder)? {
            0 => Ok(false),
            1 => Ok(true),
            other => Err(decoder.not_a_variant("bool", other.into(), IntegerType::U8)),
        }
    }
}
