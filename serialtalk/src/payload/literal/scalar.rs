//! Single values in literals.

use super::quoted::is_quote;
use super::read::{Kind, LiteralReader};
use crate::problem::Came;
use crate::reader::Last;
#[cfg(feature = "alloc")]
use crate::reader::Scalar;

impl<'a> LiteralReader<'a> {
    /// Takes one value; a sequence is only told, not taken.
    #[cfg(feature = "alloc")]
    pub(crate) fn scalar(&mut self) -> Option<Scalar<'a>> {
        let mut last = Last::nothing();
        if self.take(&mut last) { last.literal_scalar(self) } else { None }
    }

    /// The same to where the last value is put; false if there is none.
    pub(crate) fn take(&mut self, last: &mut Last<'a>) -> bool {
        self.is_wide = false;
        let kind = self.kind();
        match kind {
            Kind::Text => return self.string(Came::Text, last),
            Kind::Bytes => return self.string(Came::Bytes, last),
            Kind::Number | Kind::Infinity | Kind::NaN => return self.number(last),
            Kind::FloatCall | Kind::ByteArray => {
                self.take_word();
                if !self.eat('(') {
                    return false;
                }
                let first = self.peek();
                let is_there = if kind == Kind::FloatCall {
                    is_quote(self.next()) && self.number(last) && self.eat(first)
                } else {
                    first == 'b' && self.string(Came::Bytes, last)
                };
                return is_there && self.eat(')');
            }
            Kind::None => {
                self.take_word();
                last.came = Came::None;
            }
            Kind::True | Kind::False => {
                self.take_word();
                last.came = Came::Integer;
                last.set_integer(false, u64::from(kind == Kind::True));
            }
            Kind::Array
            | Kind::Deque
            | Kind::Set
            | Kind::FrozenSet
            | Kind::OrderedDict
            | Kind::Call
            | Kind::Sequence => last.came = Came::Sequence,
        }
        true
    }

    fn string(&mut self, came: Came, last: &mut Last<'a>) -> bool {
        last.came = came;
        match self.quoted() {
            Some(text) => {
                last.use_bytes(text);
                true
            }
            None => false,
        }
    }

    /// Takes `None` if it comes next.
    pub(crate) fn none(&mut self) -> bool {
        let found = self.kind() == Kind::None;
        if found {
            self.take_word();
        }
        found
    }

    /// Takes `True` or `False` if one of them comes next.
    #[cfg(any(feature = "alloc", feature = "serde"))]
    pub(crate) fn bool(&mut self) -> Option<bool> {
        let value = match self.kind() {
            Kind::True => true,
            Kind::False => false,
            _ => return None,
        };
        self.take_word();
        Some(value)
    }

    /// Whether bytes rather than anything else come next.
    pub(crate) fn is_bytes(&mut self) -> bool {
        matches!(self.kind(), Kind::Bytes | Kind::ByteArray)
    }
}
