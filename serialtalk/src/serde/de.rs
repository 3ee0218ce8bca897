//! Payloads to serde values.

use serde::de::{self, Deserialize, DeserializeSeed, IntoDeserializer, Visitor};

use super::Failed;
use crate::problem::{Integer, ProblemKind};
use crate::reader::{Reader, Scalar, Sequence};

impl<'a> Reader<'a> {
    /// The next argument of several, whose type has serde.
    pub fn serde<T: Deserialize<'a>>(&mut self) -> Option<T> {
        match self.begin_argument()? {
            true => self.deserialize(),
            false => self.fail(ProblemKind::TooFew(0)),
        }
    }

    /// The only argument, or the value of a reply, whose type has serde.
    pub fn serde_sole<T: Deserialize<'a>>(&mut self) -> Option<T> {
        if self.holds_one_bracket() {
            return self.serde();
        }
        self.spread_argument();
        self.deserialize()
    }

    fn deserialize<T: Deserialize<'a>>(&mut self) -> Option<T> {
        #[cfg(feature = "postcard")]
        if let Some(bytes) = self.as_postcard() {
            return match postcard::take_from_bytes(bytes) {
                Ok((value, rest)) => {
                    *bytes = rest;
                    Some(value)
                }
                Err(_) => self.fail(ProblemKind::Postcard),
            };
        }
        match T::deserialize(Source(self)) {
            Ok(value) => Some(value),
            Err(Failed) => self.fail(ProblemKind::Serde),
        }
    }

    /// The next value, which may be the first of the arguments.
    fn single(&mut self) -> Result<Scalar<'a>, Failed> {
        if self.take_spread() && !self.more().ok_or(Failed)? {
            return Ok(Scalar::None);
        }
        self.scalar().ok_or(Failed)
    }

    fn sequence(&mut self) -> Result<Elements<'_, 'a>, Failed> {
        let sequence = self.open().ok_or(Failed)?;
        Ok(Elements { reader: self, sequence })
    }

    fn close_all<T>(&mut self, sequence: Sequence, value: T) -> Result<T, Failed> {
        self.close(sequence, 0).ok_or(Failed)?;
        Ok(value)
    }

    fn visit_sequence<V: Visitor<'a>>(&mut self, visitor: V) -> Result<V::Value, Failed> {
        let elements = self.sequence()?;
        let sequence = elements.sequence;
        let value = visitor.visit_seq(elements)?;
        self.close_all(sequence, value)
    }

    fn visit_entries<V: Visitor<'a>>(&mut self, visitor: V) -> Result<V::Value, Failed> {
        let elements = self.sequence()?;
        let sequence = elements.sequence;
        let value = visitor.visit_map(elements)?;
        self.close_all(sequence, value)
    }
}

/// Where serde reads from.
struct Source<'r, 'a>(&'r mut Reader<'a>);

impl<'de> de::Deserializer<'de> for Source<'_, 'de> {
    type Error = Failed;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        if self.0.is_map() {
            return self.0.visit_entries(visitor);
        }
        if self.0.is_sequence() {
            return self.0.visit_sequence(visitor);
        }
        match self.0.single()? {
            Scalar::Integer(Integer { negative: false, magnitude }) => visitor.visit_u64(magnitude),
            Scalar::Integer(Integer { negative: true, magnitude }) => {
                visitor.visit_i64(0i64.checked_sub_unsigned(magnitude).ok_or(Failed)?)
            }
            Scalar::Float32(value) => visitor.visit_f32(value),
            Scalar::Float64(value) => visitor.visit_f64(value),
            #[cfg(feature = "repr")]
            Scalar::Number(number) => match number.integer() {
                Some((false, magnitude)) => match u64::try_from(magnitude) {
                    Ok(magnitude) => visitor.visit_u64(magnitude),
                    Err(_) => visitor.visit_u128(magnitude),
                },
                Some((true, magnitude)) => {
                    let value = 0i128.checked_sub_unsigned(magnitude).ok_or(Failed)?;
                    match i64::try_from(value) {
                        Ok(value) => visitor.visit_i64(value),
                        Err(_) => visitor.visit_i128(value),
                    }
                }
                None => visitor.visit_f64(number.float64().flatten().ok_or(Failed)?),
            },
            Scalar::Text(text) => visitor.visit_borrowed_str(core::str::from_utf8(text).map_err(|_| Failed)?),
            Scalar::Bytes(bytes) => visitor.visit_borrowed_bytes(bytes),
            Scalar::None => visitor.visit_none(),
            Scalar::Sequence => Err(Failed),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        match self.0.single()? {
            Scalar::Integer(Integer { negative: false, magnitude: value @ (0 | 1) }) => {
                visitor.visit_bool(value == 1)
            }
            _ => Err(Failed),
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.0.begin_spread().ok_or(Failed)?;
        visitor.visit_f32(self.0.float32().ok_or(Failed)?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.0.begin_spread().ok_or(Failed)?;
        visitor.visit_f64(self.0.float64().ok_or(Failed)?)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.deserialize_str(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.0.begin_spread().ok_or(Failed)?;
        visitor.visit_borrowed_str(self.0.text().ok_or(Failed)?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.0.begin_spread().ok_or(Failed)?;
        visitor.visit_borrowed_bytes(self.0.bytes().ok_or(Failed)?)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        if self.0.none() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        if self.0.none() { visitor.visit_unit() } else { Err(Failed) }
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
        self.0.visit_sequence(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, Failed> {
        self.0.visit_sequence(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Failed> {
        self.0.visit_sequence(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.0.visit_entries(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failed> {
        if self.0.is_map() { self.0.visit_entries(visitor) } else { self.0.visit_sequence(visitor) }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failed> {
        if !self.0.is_map() {
            self.0.begin_spread().ok_or(Failed)?;
            let name = self.0.text().ok_or(Failed)?;
            return visitor.visit_enum(name.into_deserializer());
        }
        let elements = self.0.sequence()?;
        let sequence = elements.sequence;
        let value = visitor.visit_enum(elements)?;
        self.0.close_all(sequence, value)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128
    }

    fn is_human_readable(&self) -> bool {
        true
    }
}

/// What is between the brackets.
struct Elements<'r, 'a> {
    reader: &'r mut Reader<'a>,
    sequence: Sequence,
}

impl<'a> de::SeqAccess<'a> for Elements<'_, 'a> {
    type Error = Failed;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Failed> {
        if !self.reader.more_elements(self.sequence).ok_or(Failed)? {
            return Ok(None);
        }
        seed.deserialize(Source(self.reader)).map(Some)
    }
}

impl<'a> de::MapAccess<'a> for Elements<'_, 'a> {
    type Error = Failed;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, Failed> {
        de::SeqAccess::next_element_seed(self, seed)
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Failed> {
        self.reader.colon().ok_or(Failed)?;
        seed.deserialize(Source(self.reader))
    }
}

impl<'a> de::EnumAccess<'a> for Elements<'_, 'a> {
    type Error = Failed;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'a>>(mut self, seed: V) -> Result<(V::Value, Self), Failed> {
        let name = de::SeqAccess::next_element_seed(&mut self, seed)?.ok_or(Failed)?;
        self.reader.colon().ok_or(Failed)?;
        Ok((name, self))
    }
}

impl<'a> de::VariantAccess<'a> for Elements<'_, 'a> {
    type Error = Failed;

    fn unit_variant(self) -> Result<(), Failed> {
        if self.reader.none() { Ok(()) } else { Err(Failed) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Result<T::Value, Failed> {
        seed.deserialize(Source(self.reader))
    }

    fn tuple_variant<V: Visitor<'a>>(self, _length: usize, visitor: V) -> Result<V::Value, Failed> {
        self.reader.visit_sequence(visitor)
    }

    fn struct_variant<V: Visitor<'a>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failed> {
        de::Deserializer::deserialize_struct(Source(self.reader), "", fields, visitor)
    }
}
