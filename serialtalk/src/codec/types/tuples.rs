//! Tuples; `()` is no value.

use crate::codec::decode::{Decode, Decoder};
use crate::codec::encode::{Encode, Encoder};
use crate::codec::error::Invalid;
use crate::codec::shape::Shape;

macro_rules! tuples {
    ($($count:literal: $($type:ident $index:tt)*;)*) => {$(
        impl<$($type: Encode),*> Encode for ($($type,)*) {
            const SHAPE: &'static Shape = &Shape::Tuple(&[$($type::SHAPE),*]);

            fn encode<En: Encoder>(&self, encoder: &mut En) -> Result<(), En::Error> {
                encoder.begin_tuple()?;
                $(
                    encoder.element()?;
                    self.$index.encode(encoder)?;
                )*
                encoder.end_tuple($count)
            }
        }

        impl<'a, $($type: Decode<'a>),*> Decode<'a> for ($($type,)*) {
            const IS_SEQUENCE: bool = true;

            fn decode(decoder: &mut Decoder<'a>) -> Result<Self, Invalid> {
                let sequence = decoder.open()?;
                let tuple = ($(decoder.element::<$type>($index, $count)?,)*);
                decoder.close(sequence, $count)?;
                Ok(tuple)
            }
        }
    )*};
}

tuples! {
    1: A 0;
    2: A 0 B 1;
    3: A 0 B 1 C 2;
    4: A 0 B 1 C 2 D 3;
    5: A 0 B 1 C 2 D 3 E 4;
    6: A 0 B 1 C 2 D 3 E 4 F 5;
    7: A 0 B 1 C 2 D 3 E 4 F 5 G 6;
    8: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7;
    9: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8;
    10: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9;
    11: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10;
    12: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11;
}

impl Encode for () {
    const SHAPE: &'static Shape = &Shape::Tuple(&[]);

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        encoder.begin_tuple()?;
        encoder.end_tuple(0)
    }
}

/// Also what a Python function that returns nothing returns under the format `repr`.
impl Decode<'_> for () {
    const IS_SEQUENCE: bool = true;

    fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Invalid> {
        if decoder.none() {
            return Ok(());
        }
        let sequence = decoder.open()?;
        decoder.close(sequence, 0)
    }
}
