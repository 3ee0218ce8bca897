//! Tuples; `()` is no value at all.

use super::{Decode, Encode};
use crate::payload::literal::LiteralWriter;
use crate::payload::pack::Pack;
use crate::reader::Reader;
use crate::shape::Shape;

macro_rules! tuples {
    ($($count:literal: $($type:ident $index:tt)*;)*) => {$(
        impl<$($type: Encode),*> Encode for ($($type,)*) {
            const SHAPE: Shape = Shape::tuple(&[$($type::SHAPE),*]);

            fn pack(&self, _packer: &mut impl Pack) {
                $(self.$index.pack(_packer);)*
            }

            fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
                writer.open(b'(');
                $(
                    writer.element();
                    self.$index.write(writer);
                )*
                writer.close_tuple($count);
            }
        }

        impl<'a, $($type: Decode<'a>),*> Decode<'a> for ($($type,)*) {
            const IS_SEQUENCE: bool = true;
            const IS_PACKED: bool = $($type::IS_PACKED)&&*;

            fn decode(reader: &mut Reader<'a>) -> Option<Self> {
                let sequence = reader.open()?;
                let tuple = ($(reader.element::<$type>($count)?,)*);
                reader.close(sequence, $count)?;
                Some(tuple)
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
    const SHAPE: Shape = Shape::tuple(&[]);

    fn pack(&self, _packer: &mut impl Pack) {}

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        writer.open(b'(');
        writer.close_tuple(0);
    }
}

/// Also what a Python function returns that returns nothing, under the format `repr`.
impl Decode<'_> for () {
    const IS_SEQUENCE: bool = true;

    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        if reader.none() {
            return Some(());
        }
        let sequence = reader.open()?;
        reader.close(sequence, 0)
    }
}
