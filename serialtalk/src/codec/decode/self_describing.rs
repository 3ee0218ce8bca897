//! What serde needs: it says only when it asks for a value whether it wants a sequence.

use core::mem;

use super::Decoder;
use super::input::Input;
use crate::codec::error::Invalid;

impl Decoder<'_> {
    /// Makes the first argument the next value, if the list of arguments was to be the next sequence.
    pub(crate) fn begin_spread(&mut self) -> Result<(), Invalid> {
        if mem::take(&mut self.spread) && !self.more()? {
            return Err(self.too_few());
        }
        Ok(())
    }

    /// Whether a sequence is next, rather than one value or nothing.
    pub(crate) fn is_sequence(&mut self) -> bool {
        if self.spread { self.arguments_left() == Left::Several } else { self.is_literal_sequence() }
    }

    /// Whether bytes are next that may stand for a sequence of integers.
    pub(crate) fn is_byte_sequence(&mut self) -> bool {
        self.begins_with_bytes() && (!self.spread || self.arguments_left() == Left::One)
    }

    /// Whether a map is next.
    pub(crate) fn is_map(&mut self) -> bool {
        match &mut self.input {
            Input::Literal(reader, _) => reader.is_map(),
            _ => false,
        }
    }

    /// How many arguments there are, none of them taken yet.
    fn arguments_left(&mut self) -> Left {
        let (none, one) = match &mut self.input {
            Input::Empty => (true, false),
            Input::Struct(values) => {
                let mut rest = *values;
                (rest.next().is_none(), rest.is_done())
            }
            Input::Literal(reader, _) => (reader.is_end(), reader.holds_one()),
            _ => (false, true),
        };
        match (none, one) {
            (true, _) => Left::Nothing,
            (_, true) => Left::One,
            _ => Left::Several,
        }
    }
}

#[derive(PartialEq, Eq)]
enum Left {
    Nothing,
    One,
    Several,
}
