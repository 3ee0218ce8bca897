//! Enums.

use crate::problem::{Integer, Problem};
use crate::reader::{Reader, Sequence};
use crate::value::Decode;

/// Takes an integer and picks the variant that it stands for; `name` is that of the enum.
pub fn decode_variant<'a, N: Number<'a>, T>(
    reader: &mut Reader<'a>,
    name: &'static str,
    pick: impl FnOnce(N) -> Option<T>,
) -> Option<T> {
    let number = N::decode(reader)?;
    let variant = pick(number);
    variant.or_else(|| reader.fail(Problem::no_variant(number.integer(), name)))
}

/// Ends a variant without data, which may stand in a tuple of its own.
pub fn end_variant(reader: &mut Reader<'_>, fields: Option<Sequence>) -> Option<()> {
    match fields {
        None => Some(()),
        Some(sequence) => reader.close(sequence, 1),
    }
}

/// An integer type that an enum may have as its representation.
pub trait Number<'a>: Decode<'a> + Copy {
    fn integer(self) -> Integer;
}

macro_rules! numbers {
    ($($type:ident)*) => {$(
        impl Number<'_> for $type {
            fn integer(self) -> Integer {
                #[allow(unused_comparisons, reason = "one body for signed and unsigned")]
                let negative = self < 0;
                let wide = self as u64;
                Integer { negative, magnitude: if negative { wide.wrapping_neg() } else { wide } }
            }
        }
    )*};
}

numbers! { u8 u16 u32 u64 i8 i16 i32 i64 }
