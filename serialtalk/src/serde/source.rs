//! Literals and structs to serde values.

use serde::de::value::SeqDeserializer;
use serde::de::{self, IntoDeserializer, Visitor};

use super::Failed;
use super::elements::Elements;
use crate::problem::{Integer, IntegerType};
use crate::reader::{Reader, Scalar};
use crate::value::Decode;

/// Sequences nested deeper than this are refused: what is skipped, and what tells its own type, would otherwise use up
/// the stack.
pub(super) const MAX_DEPTH: u8 = 32;

/// Where serde reads from.
pub(super) struct Source<'r, 'a> {
    pub(super) reader: &'r mut Reader<'a>,
    /// How many levels deeper a sequence may go.
    pub(super) levels: u8,
}

impl<'a> Source<'_, 'a> {
    /// Begins a value that is no sequence.
    fn single(&mut self) -> Result<&mut Reader<'a>, Failed> {
        self.reader.begin_spread().ok_or(Failed)?;
        Ok(self.reader)
    }

    fn visit_sequence<V: Visitor<'a>>(mut self, visitor: V) -> Result<V::Value, Failed> {
        if self.reader.is_byte_sequence() {
            let bytes = self.single()?.bytes().ok_or(Failed)?;
            let mut elements = SeqDeserializer::new(bytes.iter().copied());
            let value = visitor.visit_seq(&mut elements)?;
            return elements.end().map(|()| value);
        }
        let mut elements = Elements::open(self)?;
        let value = visitor.visit_seq(&mut elements)?;
        elements.close(value)
    }

    fn visit_entries<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failed> {
        let mut elements = Elements::open(self)?;
        let value = visitor.visit_map(&mut elements)?;
        elements.close(value)
    }
}

macro_rules! integers {
    ($($name:ident, $target:ident;)*) => {$(
        fn $name<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Failed> {
            let value = self.single()?.integer(IntegerType::$target).ok_or(Failed)?;
            let negative = IntegerType::$target.is_signed() && (value as i64) < 0;
            let magnitude = if negative { value.wrapping_neg() } else { value };
            visit_integer(Integer { negative, magnitude }, visitor)
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Source<'_, 'de> {
    type Error = Failed;

    fn deserialize_any<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Failed> {
        if self.reader.is_map() {
            return self.visit_entries(visitor);
        }
        if self.reader.is_sequence() {
            return self.visit_sequence(visitor);
        }
        if self.reader.none() {
            return visitor.visit_none();
        }
        let reader = self.single()?;
        if let Some(value) = reader.take_bool() {
            return visitor.visit_bool(value);
        }
        match reader.scalar().ok_or(Failed)? {
            Scalar::Integer(value) => visit_integer(value, visitor),
            Scalar::Float(value) => match value.as_f32() {
                Some(value) => visitor.visit_f32(value),
                None => visitor.visit_f64(value.as_f64()),
            },
            Scalar::WideInteger(negative, magnitude) => {
                visit_wide_integer(negative, magnitude.ok_or(Failed)?, visitor)
            }
            Scalar::Text(text) => visitor.visit_borrowed_str(core::str::from_utf8(text).map_err(|_| Failed)?),
            Scalar::Bytes(bytes) => visitor.visit_borrowed_bytes(bytes),
            Scalar::None => visitor.visit_none(),
            Scalar::Sequence => Err(Failed),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_bool(bool::decode(self.single()?).ok_or(Failed)?)
    }

    integers! {
        deserialize_u8, U8;
        deserialize_u16, U16;
        deserialize_u32, U32;
        deserialize_u64, U64;
        deserialize_i8, I8;
        deserialize_i16, I16;
        deserialize_i32, I32;
        deserialize_i64, I64;
    }

    fn deserialize_u128<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_u128(u128::decode(self.single()?).ok_or(Failed)?)
    }

    fn deserialize_i128<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_i128(i128::decode(self.single()?).ok_or(Failed)?)
    }

    fn deserialize_f32<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_f32(self.single()?.float32().ok_or(Failed)?)
    }

    fn deserialize_f64<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_f64(self.single()?.float64().ok_or(Failed)?)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.deserialize_str(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_borrowed_str(self.single()?.text().ok_or(Failed)?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_borrowed_bytes(self.single()?.bytes().ok_or(Failed)?)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        if self.reader.none() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        if self.reader.none() { visitor.visit_unit() } else { Err(Failed) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failed> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failed> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.visit_sequence(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, Failed> {
        self.visit_sequence(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Failed> {
        self.visit_sequence(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.visit_entries(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failed> {
        if self.reader.is_map() { self.visit_entries(visitor) } else { self.visit_sequence(visitor) }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        mut self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failed> {
        if !self.reader.is_map() {
            let name = self.single()?.text().ok_or(Failed)?;
            return visitor.visit_enum(name.into_deserializer());
        }
        let mut elements = Elements::open(self)?;
        let value = visitor.visit_enum(&mut elements)?;
        elements.close(value)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.deserialize_any(visitor)
    }

    fn is_human_readable(&self) -> bool {
        true
    }
}

fn visit_integer<'de, V: Visitor<'de>>(value: Integer, visitor: V) -> Result<V::Value, Failed> {
    match value {
        Integer { negative: false, magnitude } => visitor.visit_u64(magnitude),
        Integer { negative: true, magnitude } => match 0i64.checked_sub_unsigned(magnitude) {
            Some(value) => visitor.visit_i64(value),
            None => visit_wide_integer(true, magnitude.into(), visitor),
        },
    }
}

fn visit_wide_integer<'de, V: Visitor<'de>>(
    negative: bool,
    magnitude: u128,
    visitor: V,
) -> Result<V::Value, Failed> {
    match negative {
        false => visitor.visit_u128(magnitude),
        true => visitor.visit_i128(0i128.checked_sub_unsigned(magnitude).ok_or(Failed)?),
    }
}

/// An argument that was left out, which only an option may be.
pub(super) struct Absent;

impl<'de> de::Deserializer<'de> for Absent {
    type Error = Failed;

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Failed> {
        Err(Failed)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_none()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
