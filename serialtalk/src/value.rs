//! Types that can cross the wire.

mod floats;
mod integers;
mod option;
#[cfg(feature = "alloc")]
mod owned;
mod sequences;
mod text;
mod tuples;

use crate::payload::literal::LiteralWriter;
use crate::payload::pack::Pack;
use crate::reader::Reader;
use crate::shape::Shape;

/// A type that can be sent.
///
/// Derived by `#[derive(serialtalk::Value)]`. Implemented for integers, floats, `bool`, `char`, text, bytes, tuples,
/// arrays, `Option`, the containers of `heapless` and, with the feature `alloc`, those of `alloc`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross the wire",
    label = "this type cannot be sent",
    note = "derive it: `#[derive(serialtalk::Value)]`",
    note = "or, for a type that has only serde, mark the command `#[command(repr)]` or `#[command(postcard)]`"
)]
pub trait Encode {
    /// The form of the type on the wire.
    const SHAPE: Shape;

    /// Packs the value into a struct payload. Only called if [`SHAPE`](Self::SHAPE) is fixed, or if somebody chose a
    /// format.
    fn pack(&self, packer: &mut impl Pack);

    /// Writes the value as a Python literal.
    fn write(&self, writer: &mut LiteralWriter<'_, '_>);

    #[doc(hidden)]
    const IS_BYTE: bool = false;

    #[doc(hidden)]
    fn as_bytes(_slice: &[Self]) -> Option<&[u8]>
    where
        Self: Sized,
    {
        None
    }
}

/// A type that can be received; `'a` is the life of the payload, for those that borrow from it.
///
/// Derived by `#[derive(serialtalk::Value)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross the wire",
    label = "this type cannot be received",
    note = "derive it: `#[derive(serialtalk::Value)]`",
    note = "or, for a type that has only serde, mark the command `#[command(repr)]` or `#[command(postcard)]`"
)]
pub trait Decode<'a>: Sized {
    /// Whether the type is a sequence of others: a sole one may then be spread over the arguments.
    const IS_SEQUENCE: bool = false;

    /// Takes a value out of a payload. If there was something wrong, which the reader keeps, there is none, or one that means
    /// nothing; nobody uses it then.
    fn decode(reader: &mut Reader<'a>) -> Option<Self>;

    /// What stands for an argument that was not sent. Only options have that.
    fn missing() -> Option<Self> {
        None
    }

    /// Takes an argument.
    #[doc(hidden)]
    fn argument(reader: &mut Reader<'a>) -> Option<Self> {
        if reader.begins::<Self>() { Self::decode(reader) } else { Self::missing() }
    }

    /// How deep brackets are nested in its literals; 255 where that is not known.
    #[doc(hidden)]
    const DEPTH: u8 = u8::MAX;

    /// Whether it asks the reader for just the numbers and bytes that its shape lays down. What is written by hand may ask for
    /// something else.
    #[doc(hidden)]
    const IS_PACKED: bool = false;

    #[doc(hidden)]
    const IS_BYTE: bool = false;

    #[doc(hidden)]
    fn from_byte(_byte: u8) -> Option<Self> {
        None
    }

    #[doc(hidden)]
    fn decode_array<const N: usize>(reader: &mut Reader<'a>) -> Option<[Self; N]> {
        sequences::decode_array(reader)
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    const SHAPE: Shape = T::SHAPE;

    fn pack(&self, packer: &mut impl Pack) {
        T::pack(self, packer);
    }

    fn write(&self, writer: &mut LiteralWriter<'_, '_>) {
        T::write(self, writer);
    }
}
