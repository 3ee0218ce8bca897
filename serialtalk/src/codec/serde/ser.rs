//! Serde values to literals.

use core::fmt::Write;

use serde::ser::{self, Serialize};

use super::failed::Failed;
use crate::codec::encode::{Encode, Encoder};
use crate::codec::error::Unencodable;
use crate::codec::shape::Shape;

/// A value whose type has only serde.
#[derive(Debug)]
pub struct SerdeValue<'v, T: ?Sized>(pub(crate) &'v T);

impl<T: Serialize + ?Sized> Encode for SerdeValue<'_, T> {
    const SHAPE: &'static Shape = &Shape::Opaque;

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        self.0.serialize(To::new(encoder)).map_err(|Failed| Unencodable.into())
    }
}

/// A sequence or a map that is being written.
struct Compound<'e, E> {
    encoder: &'e mut E,
    close: Close,
    /// How many elements were written; a tuple needs to know.
    count: usize,
}

/// What ends a sequence or a map.
#[derive(Clone, Copy)]
enum Close {
    Tuple,
    List,
    Map,
    /// A tuple that is the value of a variant, in a map with the variant's name as the only key.
    VariantTuple,
    /// A map that is the value of a variant, in a map with the variant's name as the only key.
    VariantMap,
}

impl<'e, E: Encoder> Compound<'e, E> {
    fn begin(encoder: &'e mut E, close: Close) -> Result<Self, Failed> {
        match close {
            Close::Tuple | Close::VariantTuple => encoder.begin_tuple().map_err(|_| Failed)?,
            Close::List => encoder.begin_list().map_err(|_| Failed)?,
            Close::Map | Close::VariantMap => encoder.begin_map().map_err(|_| Failed)?,
        }
        Ok(Self { encoder, close, count: 0 })
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.count += 1;
        self.encoder.element().map_err(|_| Failed)?;
        value.serialize(To::new(self.encoder))
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Failed> {
        self.element(name)?;
        self.encoder.colon().map_err(|_| Failed)?;
        value.serialize(To::new(self.encoder))
    }

    fn finish(self) -> Result<(), Failed> {
        match self.close {
            Close::Tuple | Close::VariantTuple => self.encoder.end_tuple(self.count).map_err(|_| Failed)?,
            Close::List => self.encoder.end_list().map_err(|_| Failed)?,
            Close::Map | Close::VariantMap => self.encoder.end_map().map_err(|_| Failed)?,
        }
        if matches!(self.close, Close::VariantTuple | Close::VariantMap) {
            self.encoder.end_map().map_err(|_| Failed)?;
        }
        Ok(())
    }
}

/// Writes `{'Name': `.
fn begin_variant(encoder: &mut impl Encoder, name: &str) -> Result<(), Failed> {
    encoder.begin_map().map_err(|_| Failed)?;
    encoder.element().map_err(|_| Failed)?;
    encoder.text(name).map_err(|_| Failed)?;
    encoder.colon().map_err(|_| Failed)
}

macro_rules! integers {
    ($($name:ident, $type:ident;)*) => {$(
        fn $name(self, value: $type) -> Result<(), Failed> {
            value.encode(self.encoder).map_err(|_| Failed)
        }
    )*};
}

/// The text of a value that serde displays.
#[cfg(feature = "alloc")]
type Collected = alloc::string::String;
/// The text of a value that serde displays; a longer one fits no frame.
#[cfg(not(feature = "alloc"))]
type Collected = heapless::String<255>;

/// Serializes to an encoder.
struct To<'e, E> {
    encoder: &'e mut E,
    /// Whether the value is that of a `Some`, which must not be written as `None`.
    is_some: bool,
}

impl<'e, E: Encoder> To<'e, E> {
    fn new(encoder: &'e mut E) -> Self {
        Self { encoder, is_some: false }
    }

    /// Writes `None`.
    fn none(self) -> Result<(), Failed> {
        if self.is_some { Err(Failed) } else { self.encoder.none().map_err(|_| Failed) }
    }
}

impl<'e, E: Encoder> ser::Serializer for To<'e, E> {
    type Ok = ();
    type Error = Failed;
    type SerializeSeq = Compound<'e, E>;
    type SerializeTuple = Compound<'e, E>;
    type SerializeTupleStruct = Compound<'e, E>;
    type SerializeTupleVariant = Compound<'e, E>;
    type SerializeMap = Compound<'e, E>;
    type SerializeStruct = Compound<'e, E>;
    type SerializeStructVariant = Compound<'e, E>;

    integers! {
        serialize_bool, bool;
        serialize_i8, i8;
        serialize_i16, i16;
        serialize_i32, i32;
        serialize_i64, i64;
        serialize_i128, i128;
        serialize_u8, u8;
        serialize_u16, u16;
        serialize_u32, u32;
        serialize_u64, u64;
        serialize_u128, u128;
        serialize_f32, f32;
        serialize_f64, f64;
        serialize_char, char;
    }

    fn serialize_str(self, value: &str) -> Result<(), Failed> {
        self.encoder.text(value).map_err(|_| Failed)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Failed> {
        self.encoder.bytes(value).map_err(|_| Failed)
    }

    fn serialize_none(self) -> Result<(), Failed> {
        self.none()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Failed> {
        value.serialize(Self { is_some: true, ..self })
    }

    fn serialize_unit(self) -> Result<(), Failed> {
        self.none()
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Failed> {
        self.none()
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _number: u32,
        variant: &'static str,
    ) -> Result<(), Failed> {
        self.encoder.text(variant).map_err(|_| Failed)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<(), Failed> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _number: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Failed> {
        begin_variant(self.encoder, variant)?;
        value.serialize(To::new(self.encoder))?;
        self.encoder.end_map().map_err(|_| Failed)
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Self::SerializeSeq, Failed> {
        Compound::begin(self.encoder, Close::List)
    }

    fn serialize_tuple(self, _length: usize) -> Result<Self::SerializeTuple, Failed> {
        Compound::begin(self.encoder, Close::Tuple)
    }

    fn serialize_tuple_struct(
        self,
        _name: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeTupleStruct, Failed> {
        Compound::begin(self.encoder, Close::Tuple)
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _number: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeTupleVariant, Failed> {
        begin_variant(self.encoder, variant)?;
        Compound::begin(self.encoder, Close::VariantTuple)
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Self::SerializeMap, Failed> {
        Compound::begin(self.encoder, Close::Map)
    }

    fn serialize_struct(self, _name: &'static str, _length: usize) -> Result<Self::SerializeStruct, Failed> {
        Compound::begin(self.encoder, Close::Map)
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _number: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeStructVariant, Failed> {
        begin_variant(self.encoder, variant)?;
        Compound::begin(self.encoder, Close::VariantMap)
    }

    fn collect_str<T: core::fmt::Display + ?Sized>(self, value: &T) -> Result<(), Failed> {
        let mut text = Collected::default();
        write!(text, "{value}").map_err(|_| Failed)?;
        self.encoder.text(&text).map_err(|_| Failed)
    }
}

macro_rules! sequences {
    ($($trait:ident, $method:ident;)*) => {$(
        impl<E: Encoder> ser::$trait for Compound<'_, E> {
            type Ok = ();
            type Error = Failed;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
                self.element(value)
            }

            fn end(self) -> Result<(), Failed> {
                self.finish()
            }
        }
    )*};
}

sequences! {
    SerializeSeq, serialize_element;
    SerializeTuple, serialize_element;
    SerializeTupleStruct, serialize_field;
    SerializeTupleVariant, serialize_field;
}

macro_rules! structs {
    ($($trait:ident;)*) => {$(
        impl<E: Encoder> ser::$trait for Compound<'_, E> {
            type Ok = ();
            type Error = Failed;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Failed> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Failed> {
                self.finish()
            }
        }
    )*};
}

structs! {
    SerializeStruct;
    SerializeStructVariant;
}

impl<E: Encoder> ser::SerializeMap for Compound<'_, E> {
    type Ok = ();
    type Error = Failed;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failed> {
        self.element(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.encoder.colon().map_err(|_| Failed)?;
        value.serialize(To::new(self.encoder))
    }

    fn end(self) -> Result<(), Failed> {
        self.finish()
    }
}
