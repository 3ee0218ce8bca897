//! Literals and structs to serde values.

use serde::de::value::SeqDeserializer;
use serde::de::{self, DeserializeSeed, IntoDeserializer, Visitor};

use super::failed::Failed;
use crate::codec::decode::{Decode, Decoder, Sequence};
use crate::wire::integer::{Integer, IntegerType};
use crate::wire::literal::wide_magnitude;
use crate::wire::number::Format;
use crate::wire::scalar::Scalar;

/// Sequences nested deeper than this are refused: what is skipped, and what tells its own type, would otherwise use up
/// the stack.
pub(super) const MAX_DEPTH: u8 = 32;

/// Where serde reads from.
pub(super) struct Source<'r, 'a> {
    pub(super) decoder: &'r mut Decoder<'a>,
    /// How many levels deeper a sequence may go.
    pub(super) levels: u8,
}

impl<'a> Source<'_, 'a> {
    /// Begins a value that is no sequence.
    fn single(&mut self) -> Result<&mut Decoder<'a>, Failed> {
        self.decoder.begin_spread()?;
        Ok(self.decoder)
    }

    fn visit_sequence<V: Visitor<'a>>(mut self, visitor: V) -> Result<V::Value, Failed> {
        if self.decoder.is_byte_sequence() {
            let bytes = self.single()?.bytes()?;
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
            let value = self.single()?.integer(IntegerType::$target)?;
            let value = if IntegerType::$target.is_signed() { Integer::signed(value) } else { Integer::positive(value) };
            visit_integer(value, visitor)
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Source<'_, 'de> {
    type Error = Failed;

    fn deserialize_any<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Failed> {
        if self.decoder.is_map() {
            return self.visit_entries(visitor);
        }
        if self.decoder.is_sequence() {
            return self.visit_sequence(visitor);
        }
        if self.decoder.none() {
            return visitor.visit_none();
        }
        match self.single()?.scalar("a value")? {
            Scalar::Bool(value) => visitor.visit_bool(value),
            Scalar::Integer(value) => visit_integer(value, visitor),
            Scalar::Float(value) => {
                let bits = value.to_float(Format::DOUBLE).ok_or(Failed)?;
                visitor.visit_f64(f64::from_bits(bits))
            }
            Scalar::WideInteger(integer) => {
                let magnitude = wide_magnitude(integer.digits).ok_or(Failed)?;
                visit_wide_integer(integer.negative, magnitude, visitor)
            }
            Scalar::Text(text) => visitor.visit_borrowed_str(str::from_utf8(text).map_err(|_| Failed)?),
            Scalar::Bytes(bytes) => visitor.visit_borrowed_bytes(bytes),
            Scalar::None => visitor.visit_none(),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_bool(bool::decode(self.single()?)?)
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
        visitor.visit_u128(u128::decode(self.single()?)?)
    }

    fn deserialize_i128<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_i128(i128::decode(self.single()?)?)
    }

    fn deserialize_f32<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_f32(self.single()?.float32()?)
    }

    fn deserialize_f64<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_f64(self.single()?.float64()?)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.deserialize_str(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_borrowed_str(self.single()?.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Failed> {
        visitor.visit_borrowed_bytes(self.single()?.bytes()?)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        if self.decoder.none() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failed> {
        if self.decoder.none() { visitor.visit_unit() } else { Err(Failed) }
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
        if self.decoder.is_map() { self.visit_entries(visitor) } else { self.visit_sequence(visitor) }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        mut self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failed> {
        if !self.decoder.is_map() {
            let name = self.single()?.text()?;
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

/// The elements of a sequence that was opened.
struct Elements<'r, 'a> {
    decoder: &'r mut Decoder<'a>,
    sequence: Sequence,
    levels: u8,
    /// How many more elements are taken. Those that take nothing themselves never use up a struct payload.
    left: u16,
    /// The sequence that holds the entry which was begun, in a map that is written as a list of pairs.
    pair: Option<Sequence>,
}

impl<'r, 'a> Elements<'r, 'a> {
    fn open(source: Source<'r, 'a>) -> Result<Self, Failed> {
        let Source { decoder, levels } = source;
        let levels = levels.checked_sub(1).ok_or(Failed)?;
        let sequence = decoder.open()?;
        Ok(Self { decoder, sequence, levels, left: u16::MAX, pair: None })
    }

    /// Closes the sequence, of which all must have been taken.
    fn close<T>(self, value: T) -> Result<T, Failed> {
        if self.decoder.is_left(self.sequence)? {
            return Err(Failed);
        }
        self.decoder.close(self.sequence, 0)?;
        Ok(value)
    }

    fn value(&mut self) -> Source<'_, 'a> {
        Source { decoder: self.decoder, levels: self.levels }
    }

    fn more(&mut self) -> Result<bool, Failed> {
        self.left = self.left.checked_sub(1).ok_or(Failed)?;
        Ok(self.decoder.more()?)
    }
}

impl<'a> de::SeqAccess<'a> for Elements<'_, 'a> {
    type Error = Failed;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Failed> {
        if self.more()? { seed.deserialize(self.value()).map(Some) } else { Ok(None) }
    }
}

impl<'a> de::MapAccess<'a> for Elements<'_, 'a> {
    type Error = Failed;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, Failed> {
        if !self.more()? {
            return Ok(None);
        }
        if !self.decoder.has_colons() {
            let pair = self.decoder.open()?;
            if !self.decoder.more()? {
                return Err(Failed);
            }
            self.pair = Some(pair);
        }
        seed.deserialize(self.value()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Failed> {
        let Some(pair) = self.pair.take() else {
            self.decoder.colon()?;
            return seed.deserialize(self.value());
        };
        if !self.decoder.more()? {
            return Err(Failed);
        }
        let value = seed.deserialize(self.value())?;
        self.decoder.close(pair, 2)?;
        Ok(value)
    }
}

/// A variant with data: a map with its name as the only key.
impl<'a> de::EnumAccess<'a> for &mut Elements<'_, 'a> {
    type Error = Failed;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'a>>(self, seed: V) -> Result<(V::Value, Self), Failed> {
        let name = de::SeqAccess::next_element_seed(self, seed)?.ok_or(Failed)?;
        self.decoder.colon()?;
        Ok((name, self))
    }
}

impl<'a> de::VariantAccess<'a> for &mut Elements<'_, 'a> {
    type Error = Failed;

    fn unit_variant(self) -> Result<(), Failed> {
        if self.decoder.none() { Ok(()) } else { Err(Failed) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Result<T::Value, Failed> {
        seed.deserialize(self.value())
    }

    fn tuple_variant<V: Visitor<'a>>(self, length: usize, visitor: V) -> Result<V::Value, Failed> {
        de::Deserializer::deserialize_tuple(self.value(), length, visitor)
    }

    fn struct_variant<V: Visitor<'a>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failed> {
        de::Deserializer::deserialize_struct(self.value(), "", fields, visitor)
    }
}
