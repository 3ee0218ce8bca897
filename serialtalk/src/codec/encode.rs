//! Rust values to payloads.

use super::error::Unencodable;
use super::shape::Shape;
use crate::wire::integer::IntegerType;

/// A type that can be sent.
///
/// Derived by `#[derive(serialtalk::Value)]`. Implemented for integers, floats, `bool`, `char`, text, bytes, tuples,
/// arrays, `Option`, the containers of `heapless` and, with the feature `alloc`, those of `alloc`.
///
/// By hand, for a temperature that crosses as hundredths of a degree:
///
/// ```
/// use serialtalk::{Decode, Decoder, Encode, Encoder, Invalid, Shape};
///
/// struct Celsius(f32);
///
/// impl Encode for Celsius {
///     const SHAPE: &'static Shape = i16::SHAPE;
///
///     fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
///         ((self.0 * 100.0) as i16).encode(encoder)
///     }
/// }
///
/// impl Decode<'_> for Celsius {
///     fn decode(decoder: &mut Decoder<'_>) -> Result<Self, Invalid> {
///         let hundredths = i16::decode(decoder)?;
///         Ok(Self(f32::from(hundredths) / 100.0))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot cross the wire",
    label = "this type cannot be sent",
    note = "a type of this crate crosses with `#[derive(serialtalk::Value)]`",
    note = "a type that has only serde crosses if the command is marked `#[command(repr)]` or `#[command(postcard)]`",
    note = "in place of a type of another crate, write its parts or a struct of this crate that has them: `u32` milliseconds for a `Duration`, a `BTreeMap` for a `HashMap`, `Result<T, E>` for an alias of it"
)]
#[cfg_attr(
    not(feature = "alloc"),
    diagnostic::on_unimplemented(
        note = "`String`, `Vec`, `Box` and `BTreeMap` cross with the feature `alloc` of serialtalk, which is off: add it in Cargo.toml"
    )
)]
pub trait Encode {
    /// The form of the type on the wire.
    const SHAPE: &'static Shape;

    /// Hands the value to an encoder: just what [`SHAPE`](Self::SHAPE) says.
    ///
    /// # Errors
    ///
    /// Those of the encoder: a value that its encoding cannot hold.
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error>;

    /// Whether values of the type are bytes, so that sequences of them cross as bytes objects: `u8` only.
    const IS_BYTE: bool = false;

    /// Returns a slice of values as bytes, if [`IS_BYTE`](Self::IS_BYTE).
    fn as_bytes(values: &[Self]) -> Option<&[u8]>
    where
        Self: Sized,
    {
        let _ = values;
        None
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    const SHAPE: &'static Shape = T::SHAPE;

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        T::encode(self, encoder)
    }
}

/// Takes the parts of values and writes them in one encoding: packed, as a Python literal, raw, or as a description.
///
/// Every method fails if the encoding cannot hold the value.
#[allow(unused_variables, reason = "an encoding looks at what it can hold")]
pub trait Encoder {
    /// Why a value cannot be encoded.
    type Error: From<Unencodable>;

    /// Returns the result for a part that this encoding cannot hold.
    fn unsupported(&mut self) -> Result<(), Self::Error>;

    /// Encodes an integer of up to 64 bits, given as its sign-extended two's complement.
    fn integer(&mut self, bits: u64, ty: IntegerType) -> Result<(), Self::Error> {
        self.unsupported()
    }

    /// Encodes an integer of 128 bits, given as its two's complement.
    fn wide_integer(&mut self, bits: u128, ty: IntegerType) -> Result<(), Self::Error> {
        self.unsupported()
    }

    /// Encodes a bool.
    fn bool(&mut self, value: bool) -> Result<(), Self::Error> {
        self.integer(value.into(), IntegerType::U8)
    }

    /// Encodes a float of 32 bits.
    fn float32(&mut self, value: f32) -> Result<(), Self::Error> {
        self.unsupported()
    }

    /// Encodes a float of 64 bits.
    fn float64(&mut self, value: f64) -> Result<(), Self::Error> {
        self.unsupported()
    }

    /// Encodes text.
    fn text(&mut self, text: &str) -> Result<(), Self::Error> {
        self.unsupported()
    }

    /// Encodes bytes whose number is known at run time only: the shape [`Bytes`](Shape::Bytes).
    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Self::Error> {
        self.unsupported()
    }

    /// Encodes bytes whose number belongs to the type: the shape [`ByteArray`](Shape::ByteArray).
    fn byte_array(&mut self, bytes: &[u8]) -> Result<(), Self::Error> {
        self.bytes(bytes)
    }

    /// Encodes `None`.
    fn none(&mut self) -> Result<(), Self::Error> {
        self.unsupported()
    }

    /// Announces the next element of a tuple, list or map.
    fn element(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }

    /// Begins a tuple.
    fn begin_tuple(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }

    /// Ends a tuple of `len` elements.
    fn end_tuple(&mut self, len: usize) -> Result<(), Self::Error> {
        Ok(())
    }

    /// Begins a list.
    fn begin_list(&mut self) -> Result<(), Self::Error> {
        self.unsupported()
    }

    /// Ends a list.
    fn end_list(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }

    /// Begins a map.
    fn begin_map(&mut self) -> Result<(), Self::Error> {
        self.unsupported()
    }

    /// Separates the key of an entry from its value.
    fn colon(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }

    /// Ends a map.
    fn end_map(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }

    /// Begins a set; Python has no brackets for an empty one.
    fn begin_set(&mut self, is_empty: bool) -> Result<(), Self::Error> {
        self.unsupported()
    }

    /// Ends a set.
    fn end_set(&mut self, is_empty: bool) -> Result<(), Self::Error> {
        Ok(())
    }

    /// Begins a struct of this name, which crosses as a tuple.
    fn begin_struct(&mut self, name: &'static str) -> Result<(), Self::Error> {
        self.begin_tuple()
    }

    /// Announces the next field of a struct or a variant; `name` is empty where fields have no names.
    fn field(&mut self, name: &'static str) -> Result<(), Self::Error> {
        self.element()
    }

    /// Ends a struct of `len` fields.
    fn end_struct(&mut self, len: usize) -> Result<(), Self::Error> {
        self.end_tuple(len)
    }

    /// Encodes a variant of an enum without data, which crosses as its integer.
    fn unit_variant(&mut self, name: &'static str, bits: u64, ty: IntegerType) -> Result<(), Self::Error> {
        self.integer(bits, ty)
    }

    /// Begins a variant of an enum with data, which crosses as its name alone, or a tuple of its name and its fields.
    fn begin_variant(&mut self, name: &'static str, fields: usize) -> Result<(), Self::Error> {
        if fields == 0 {
            return self.text(name);
        }
        self.begin_tuple()?;
        self.element()?;
        self.text(name)
    }

    /// Ends a variant of so many fields.
    fn end_variant(&mut self, fields: usize) -> Result<(), Self::Error> {
        if fields == 0 { Ok(()) } else { self.end_tuple(fields + 1) }
    }
}
