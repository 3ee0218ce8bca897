//! Tuples, lists and maps.

use core::mem;

use super::input::Input;
use super::sequence::{Opened, Sequence};
use super::{Decode, Decoder};
use crate::codec::error::{Invalid, UNCOUNTED, Unexpected};
use crate::wire::struct_format::Kind;

impl<'a> Decoder<'a> {
    /// Opens a sequence.
    ///
    /// # Errors
    ///
    /// Something else than a sequence.
    pub fn open(&mut self) -> Result<Sequence, Invalid> {
        if mem::take(&mut self.spread) {
            return Ok(Sequence(Opened::Arguments));
        }
        if let Input::Struct(_) = self.input {
            return Ok(Sequence(Opened::Flat));
        }
        #[cfg(feature = "repr")]
        if let Input::Literal(reader, _) = &mut self.input
            && reader.is_sequence()
        {
            let opened = reader.open().map_err(|_| self.not_a_literal())?;
            return Ok(Sequence(Opened::Literal(opened)));
        }
        let scalar = self.scalar("a sequence")?;
        Err(self.unexpected("a sequence", &scalar))
    }

    /// Whether another value follows: an argument, or an element of the sequence that was opened last.
    ///
    /// # Errors
    ///
    /// A literal in which neither an element nor the end of the sequence follows, or an earlier error.
    pub fn more(&mut self) -> Result<bool, Invalid> {
        match &mut self.input {
            Input::Unread(_) | Input::Empty if self.error.is_some() => Err(Invalid),
            Input::Unread(_) | Input::Empty => Ok(false),
            Input::Struct(values) => Ok(!values.is_done()),
            Input::Bytes(_) | Input::Unreadable(_) => Ok(true),
            #[cfg(feature = "repr")]
            Input::Literal(reader, _) => match reader.more() {
                Ok(more) => Ok(more),
                Err(_) => Err(self.not_a_literal()),
            },
            #[cfg(feature = "postcard")]
            Input::Postcard(bytes) => Ok(!bytes.is_empty()),
        }
    }

    /// Takes the next element of the sequence that was opened last, which should have `len` elements; `index` of them were
    /// taken before.
    ///
    /// # Errors
    ///
    /// An element that is missing or does not fit the type.
    pub fn element<T: Decode<'a>>(&mut self, index: u16, len: u16) -> Result<T, Invalid> {
        self.begin_element(index, len)?;
        T::decode(self)
    }

    /// Checks that another element follows.
    pub(crate) fn begin_element(&mut self, index: u16, len: u16) -> Result<(), Invalid> {
        if self.more()? { Ok(()) } else { Err(self.wrong_length(len, index.into())) }
    }

    /// Closes a sequence that should have `len` elements.
    ///
    /// # Errors
    ///
    /// An element that is left.
    pub fn close(&mut self, sequence: Sequence, len: u16) -> Result<(), Invalid> {
        if self.is_left(sequence)? {
            return Err(self.wrong_length(len, UNCOUNTED.into()));
        }
        #[cfg(feature = "repr")]
        if let (Opened::Literal(opened), Input::Literal(reader, _)) = (sequence.0, &mut self.input)
            && reader.close(opened).is_err()
        {
            return Err(self.not_a_literal());
        }
        Ok(())
    }

    /// Whether a sequence that should end here does not.
    pub(crate) fn is_left(&mut self, sequence: Sequence) -> Result<bool, Invalid> {
        Ok(sequence.0 != Opened::Flat && self.more()?)
    }

    /// Takes the next entry of a map, which may be written as one or as a sequence of pairs.
    ///
    /// # Errors
    ///
    /// A key or a value that does not fit its type.
    pub fn entry<K: Decode<'a>, V: Decode<'a>>(&mut self) -> Result<(K, V), Invalid> {
        if !self.has_colons() {
            return <(K, V)>::decode(self);
        }
        let key = K::decode(self)?;
        self.colon()?;
        Ok((key, V::decode(self)?))
    }

    /// Whether the elements of the sequence that was opened last are written `key: value`, if it is a map.
    pub(crate) fn has_colons(&self) -> bool {
        match &self.input {
            #[cfg(feature = "repr")]
            Input::Literal(reader, _) => reader.has_colons(),
            _ => false,
        }
    }

    /// Takes the colon between the key and the value of a map.
    pub(crate) fn colon(&mut self) -> Result<(), Invalid> {
        match &mut self.input {
            #[cfg(feature = "repr")]
            Input::Literal(reader, _) => {
                if reader.colon() {
                    Ok(())
                } else {
                    Err(self.mismatch("a map", Unexpected::Set))
                }
            }
            _ => Err(self.mismatch("a map", Unexpected::Set)),
        }
    }

    /// Whether bytes are next, rather than a sequence of integers that could stand for them.
    ///
    /// # Errors
    ///
    /// A literal that breaks off before the value.
    pub fn is_bytes(&mut self) -> Result<bool, Invalid> {
        if !self.begins_with_bytes() {
            return Ok(false);
        }
        if mem::take(&mut self.spread) {
            // They are the first of the arguments, not all of them: a literal is read up to there.
            self.more()?;
        }
        Ok(true)
    }

    pub(crate) fn begins_with_bytes(&mut self) -> bool {
        match &mut self.input {
            Input::Bytes(_) | Input::Unreadable(_) => true,
            Input::Struct(values) => values.peek_kind() == Some(Kind::Bytes),
            #[cfg(feature = "repr")]
            Input::Literal(reader, _) => reader.is_bytes(),
            _ => false,
        }
    }

    /// Opens a variant of an enum with data: its name alone, or a sequence that starts with its name.
    ///
    /// # Errors
    ///
    /// Something else than a name.
    pub fn variant(&mut self) -> Result<(&'a str, Option<Sequence>), Invalid> {
        if !self.spread && !self.is_literal_sequence() {
            return Ok((self.text()?, None));
        }
        let sequence = self.open()?;
        self.begin_element(0, 1)?;
        Ok((self.text()?, Some(sequence)))
    }

    /// Ends a variant without fields, whose name may be the only element of a sequence.
    ///
    /// # Errors
    ///
    /// An element that is left.
    pub fn end_variant(&mut self, sequence: Option<Sequence>) -> Result<(), Invalid> {
        sequence.map_or(Ok(()), |sequence| self.close(sequence, 1))
    }

    /// Whether the next value of a literal is a sequence.
    pub(crate) fn is_literal_sequence(&mut self) -> bool {
        match &mut self.input {
            #[cfg(feature = "repr")]
            Input::Literal(reader, _) => reader.is_sequence(),
            _ => false,
        }
    }

    /// Whether there is one argument only, and it is a sequence.
    pub(crate) fn holds_one_sequence(&mut self) -> bool {
        match &mut self.input {
            #[cfg(feature = "repr")]
            Input::Literal(reader, _) => reader.is_sequence() && reader.holds_one(),
            #[cfg(feature = "postcard")]
            Input::Postcard(_) => true,
            _ => false,
        }
    }
}
