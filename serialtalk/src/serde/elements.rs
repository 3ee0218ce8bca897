//! What is between the brackets, for serde.

use serde::de::{self, DeserializeSeed, Visitor};

use super::Failed;
use super::source::Source;
use crate::reader::{Reader, Sequence};

/// The elements of a sequence that was opened.
pub(super) struct Elements<'r, 'a> {
    reader: &'r mut Reader<'a>,
    sequence: Sequence,
    levels: u8,
    /// How many more elements are taken. Those that take nothing themselves never use up a struct payload.
    left: u16,
    /// The sequence that holds the entry which was begun, in a map that is written as a list of pairs.
    pair: Option<Sequence>,
}

impl<'r, 'a> Elements<'r, 'a> {
    pub(super) fn open(source: Source<'r, 'a>) -> Result<Self, Failed> {
        let Source { reader, levels } = source;
        let levels = levels.checked_sub(1).ok_or(Failed)?;
        let sequence = reader.open().ok_or(Failed)?;
        Ok(Self { reader, sequence, levels, left: u16::MAX, pair: None })
    }

    /// Closes the sequence, of which all must have been taken.
    pub(super) fn close<T>(self, value: T) -> Result<T, Failed> {
        if self.reader.is_left(self.sequence) {
            return Err(Failed);
        }
        self.reader.close(self.sequence, 0).ok_or(Failed)?;
        Ok(value)
    }

    fn value(&mut self) -> Source<'_, 'a> {
        Source { reader: self.reader, levels: self.levels }
    }

    fn more(&mut self) -> Result<bool, Failed> {
        self.left = self.left.checked_sub(1).ok_or(Failed)?;
        Ok(self.reader.more())
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
        if !self.reader.has_colons() {
            let pair = self.reader.open().ok_or(Failed)?;
            if !self.reader.more() {
                return Err(Failed);
            }
            self.pair = Some(pair);
        }
        seed.deserialize(self.value()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Failed> {
        let Some(pair) = self.pair.take() else {
            self.reader.colon().ok_or(Failed)?;
            return seed.deserialize(self.value());
        };
        if !self.reader.more() {
            return Err(Failed);
        }
        let value = seed.deserialize(self.value())?;
        self.reader.close(pair, 2).ok_or(Failed)?;
        Ok(value)
    }
}

/// A variant with data: a map with its name as the only key.
impl<'a> de::EnumAccess<'a> for &mut Elements<'_, 'a> {
    type Error = Failed;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'a>>(self, seed: V) -> Result<(V::Value, Self), Failed> {
        let name = de::SeqAccess::next_element_seed(self, seed)?.ok_or(Failed)?;
        self.reader.colon().ok_or(Failed)?;
        Ok((name, self))
    }
}

impl<'a> de::VariantAccess<'a> for &mut Elements<'_, 'a> {
    type Error = Failed;

    fn unit_variant(self) -> Result<(), Failed> {
        if self.reader.none() { Ok(()) } else { Err(Failed) }
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
