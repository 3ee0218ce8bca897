//! Serde values to literals.

use serde::ser::{self, Serialize};

use super::Failed;
use crate::payload::PayloadWriter;
use crate::payload::literal::LiteralWriter;

impl LiteralWriter<'_, '_> {
    /// A value that has serde.
    pub fn serde<T: Serialize + ?Sized>(&mut self, value: &T) {
        if value.serialize(To(self)).is_err() {
            self.spoil();
        }
    }
}

impl PayloadWriter<'_> {
    /// One value that has serde, as a literal.
    pub fn literal_serde<T: Serialize + ?Sized>(&mut self, value: &T) {
        self.literal().sole(|writer| writer.serde(value));
    }
}

/// A sequence or a map that is being written.
struct Compound<'x, 'w, 'a> {
    writer: &'x mut LiteralWriter<'w, 'a>,
    /// What closes it; a tuple needs to know its number of elements.
    close: Close,
    count: usize,
}

#[derive(Clone, Copy)]
enum Close {
    Tuple,
    List,
    Map,
    /// A tuple that is the value of a variant.
    VariantTuple,
    /// A map that is.
    VariantMap,
}

impl<'x, 'w, 'a> LiteralWriter<'w, 'a> {
    fn begin(&'x mut self, close: Close) -> Compound<'x, 'w, 'a> {
        self.open(match close {
            Close::Tuple | Close::VariantTuple => b'(',
            Close::List => b'[',
            Close::Map | Close::VariantMap => b'{',
        });
        Compound { writer: self, close, count: 0 }
    }

    /// Opens `{'Name': `.
    fn variant(&mut self, name: &str) {
        self.open(b'{');
        self.element();
        self.text(name);
        self.colon();
    }
}

impl Compound<'_, '_, '_> {
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.count += 1;
        self.writer.element();
        value.serialize(To(self.writer))
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Failed> {
        self.element(name)?;
        self.writer.colon();
        value.serialize(To(self.writer))
    }

    fn finish(self) -> Result<(), Failed> {
        match self.close {
            Close::Tuple | Close::VariantTuple => self.writer.close_tuple(self.count),
            Close::List => self.writer.close(b']'),
            Close::Map | Close::VariantMap => self.writer.close(b'}'),
        }
        if matches!(self.close, Close::VariantTuple | Close::VariantMap) {
            self.writer.close(b'}');
        }
        Ok(())
    }
}

macro_rules! integers {
    ($($name:ident, $type:ident;)*) => {$(
        fn $name(self, value: $type) -> Result<(), Failed> {
            crate::value::Encode::write(&value, self.0);
            Ok(())
        }
    )*};
}

/// Where serde writes to.
struct To<'x, 'w, 'a>(&'x mut LiteralWriter<'w, 'a>);

impl<'x, 'w, 'a> ser::Serializer for To<'x, 'w, 'a> {
    type Ok = ();
    type Error = Failed;
    type SerializeSeq = Compound<'x, 'w, 'a>;
    type SerializeTuple = Compound<'x, 'w, 'a>;
    type SerializeTupleStruct = Compound<'x, 'w, 'a>;
    type SerializeTupleVariant = Compound<'x, 'w, 'a>;
    type SerializeMap = Compound<'x, 'w, 'a>;
    type SerializeStruct = Compound<'x, 'w, 'a>;
    type SerializeStructVariant = Compound<'x, 'w, 'a>;

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
        self.0.text(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Failed> {
        self.0.bytes(value);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Failed> {
        self.0.none();
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Failed> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Failed> {
        self.0.none();
        Ok(())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Failed> {
        self.0.none();
        Ok(())
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _number: u32,
        variant: &'static str,
    ) -> Result<(), Failed> {
        self.0.text(variant);
        Ok(())
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
        self.0.variant(variant);
        value.serialize(To(self.0))?;
        self.0.close(b'}');
        Ok(())
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Self::SerializeSeq, Failed> {
        Ok(self.0.begin(Close::List))
    }

    fn serialize_tuple(self, _length: usize) -> Result<Self::SerializeTuple, Failed> {
        Ok(self.0.begin(Close::Tuple))
    }

    fn serialize_tuple_struct(
        self,
        _name: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeTupleStruct, Failed> {
        Ok(self.0.begin(Close::Tuple))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _number: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeTupleVariant, Failed> {
        self.0.variant(variant);
        Ok(self.0.begin(Close::VariantTuple))
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Self::SerializeMap, Failed> {
        Ok(self.0.begin(Close::Map))
    }

    fn serialize_struct(self, _name: &'static str, _length: usize) -> Result<Self::SerializeStruct, Failed> {
        Ok(self.0.begin(Close::Map))
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _number: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeStructVariant, Failed> {
        self.0.variant(variant);
        Ok(self.0.begin(Close::VariantMap))
    }

    fn collect_str<T: core::fmt::Display + ?Sized>(self, value: &T) -> Result<(), Failed> {
        self.0.display(value).map_err(|_| Failed)
    }
}

macro_rules! sequences {
    ($($trait:ident, $method:ident;)*) => {$(
        impl ser::$trait for Compound<'_, '_, '_> {
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
        impl ser::$trait for Compound<'_, '_, '_> {
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

impl ser::SerializeMap for Compound<'_, '_, '_> {
    type Ok = ();
    type Error = Failed;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failed> {
        self.element(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failed> {
        self.writer.colon();
        value.serialize(To(self.writer))
    }

    fn end(self) -> Result<(), Failed> {
        self.finish()
    }
}
